"""How the reading of the official portal goes, in words: no blame for whoever did not answer, and nothing of them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from portal.clock import LAW_ZONE
from portal.i18n.formats import instant, number, table_date
from portal.i18n.locale import LazyText, gettext, lazy_pgettext, ngettext, pgettext

MINUTE, HOUR, DAY = 60, 3600, 86_400

JOBS: Mapping[str, LazyText] = {
    "look_at_the_list": lazy_pgettext("poll", "Counts of all petitions, from the list"),
    "look_at_the_newest": lazy_pgettext("poll", "New petitions, from the top of the list"),
    "look_at_those_near": lazy_pgettext("poll", "Counts of petitions that are near a threshold"),
    "read_records": lazy_pgettext("poll", "Full records of petitions"),
    "read_the_past": lazy_pgettext("poll", "Earlier signatures, counted by hours"),
}
"""What the jobs that read the official portal look at, by their names."""

TROUBLES: Mapping[str, LazyText] = {
    "timeout": lazy_pgettext("trouble", "No answer in time"),
    "connection": lazy_pgettext("trouble", "No connection"),
    "http_error": lazy_pgettext("trouble", "The server answered with an error"),
    "not_json": lazy_pgettext("trouble", "The answer was a page and not data"),
    "truncated": lazy_pgettext("trouble", "The answer broke off"),
    "too_large": lazy_pgettext("trouble", "The answer was too large"),
    "not_expected": lazy_pgettext("trouble", "The answer had another form than we know"),
    "refused": lazy_pgettext("trouble", "Reading was refused"),
    "busy": lazy_pgettext("trouble", "We were asked to wait"),
    "lying": lazy_pgettext("trouble", "An improbable number of petitions was said to be gone; none of it was believed"),
    "broken_row": lazy_pgettext("trouble", "A row could not be read and was left out"),
}
"""What may go wrong while the official portal is read, by the codes of ``domain.official.Trouble``."""

AGES: Mapping[str, LazyText] = {
    "hour": lazy_pgettext("age", "within an hour"),
    "day": lazy_pgettext("age", "within a day"),
    "week": lazy_pgettext("age", "within a week"),
    "older": lazy_pgettext("age", "longer ago"),
    "never": lazy_pgettext("age", "never yet"),
}

SIGHTS: Mapping[str, LazyText] = {
    "whole": lazy_pgettext("sight", "looked at"),
    "part": lazy_pgettext("sight", "looked at in part: more than one petition in ten was missing"),
    "none": lazy_pgettext("sight", "nobody looked"),
    "before": lazy_pgettext("sight", "before the reading began"),
    "ahead": lazy_pgettext("sight", "not yet"),
}
"""What the cells of the strip say."""

BACKFILLS: Mapping[str, LazyText] = {
    "waiting": lazy_pgettext("backfill", "waiting"),
    "running": lazy_pgettext("backfill", "being read"),
    "stopped": lazy_pgettext("backfill", "stopped"),
    "done": lazy_pgettext("backfill", "done"),
}


def job_name(job: str) -> str:
    """Return what a job looks at; one that nobody has worded is another one."""
    return str(JOBS.get(job) or pgettext("poll", "Something else"))


def trouble_name(code: str) -> str:
    """Return what went wrong; what nobody has worded is something else."""
    return str(TROUBLES.get(code) or pgettext("trouble", "Something else"))


def moment(at: datetime | int) -> str:
    """Return an instant for lists: 22.11.2026, 14:05, in the time of Astana."""
    there = (datetime.fromtimestamp(at, UTC) if isinstance(at, int) else at).astimezone(LAW_ZONE)
    return pgettext("instant", "%(date)s, %(time)s", date=table_date(there.date()), time=f"{there:%H:%M}")


def duration(seconds: int) -> str:
    """Return how long something lasted, in one unit, rounded down."""
    if seconds < MINUTE:
        return ngettext("%(num)s second", "%(num)s seconds", seconds, num=number(seconds))
    if seconds < HOUR:
        count = seconds // MINUTE
        return ngettext("%(num)s minute", "%(num)s minutes", count, num=number(count))
    if seconds < 2 * DAY:
        count = seconds // HOUR
        return ngettext("%(num)s hour", "%(num)s hours", count, num=number(count))
    count = seconds // DAY
    return ngettext("%(num)s day", "%(num)s days", count, num=number(count))


def state_sentence(state: str, why: str | None, stopped_at: datetime | None) -> str:
    """Return whether a program reads the official portal; where it was stopped, since when and why."""
    if state == "stopped":
        assert stopped_at is not None
        if why == "asked":
            return gettext(
                "A person stopped the reading of the official portal. Since when: %(when)s. The log says why.",
                when=instant(stopped_at),
            )
        return gettext(
            "The reading stopped because the official portal refused our program. Since when: %(when)s. "
            "A person must say when it goes on.",
            when=instant(stopped_at),
        )
    if state == "off":
        return gettext("No program reads the official portal here. The records come from people and from files.")
    return gettext("A program reads the official portal; it has not read anything yet.")


def look_sentence(last: datetime, seen: int, known: int, *, is_silent: bool) -> str:
    """Return when the official portal was last read and how many petitions were; where that is long ago, so much."""
    if is_silent:
        return gettext(
            "The official portal was last read on %(when)s. What happened there since is not known to us.",
            when=instant(last),
        )
    return gettext(
        "The official portal was last read on %(when)s. Petitions looked at within a day: %(seen)s of %(known)s.",
        when=instant(last),
        seen=number(seen),
        known=number(known),
    )


def skew_sentence(seconds: int) -> str:
    """Return by how much the clock of the official portal differs from ours."""
    if seconds == 0:
        return gettext("The clock of the official portal agrees with ours to the second.")
    long = duration(abs(seconds))
    if seconds > 0:
        return gettext("The clock of the official portal is ahead of ours. Difference: %(long)s.", long=long)
    return gettext("The clock of the official portal is behind ours. Difference: %(long)s.", long=long)

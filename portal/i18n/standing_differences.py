"""What differs between two standings, in whole sentences: what somebody is about to change, or what two days show.

The rule of the house holds here too: *overdue* is said only of an obligation that the later standing calls so.
"""

from collections.abc import Iterable, Iterator

from portal.domain.dates import DateRange
from portal.domain.standing_difference import Difference, ObligationDifference, OutcomeDifference, StageDifference
from portal.domain.timeline import Obligation, OutcomeStated, Status
from portal.i18n.formats import date_range, long_date
from portal.i18n.labels import label, step_name, within
from portal.i18n.locale import gettext, ngettext, pgettext
from portal.i18n.obligations import obligation_sentence

SAID_BY_ITS_LAST_DAY = frozenset(
    {Status.OPEN, Status.RUNS, Status.MAY_HAVE_ENDED, Status.ENDED_NOT_SEEN, Status.ENDED, Status.NOT_OBSERVABLE}
)
"""Statuses of which another last day is told alone, where nothing else differs."""


def sentences(differences: Iterable[Difference]) -> list[str]:
    """Return the differences in words, one text for each, in their order."""
    return [" ".join(_said(each)) for each in differences]


def _said(difference: Difference) -> Iterator[str]:
    match difference:
        case StageDifference():
            yield _stage(difference)
        case OutcomeDifference():
            yield from _outcome(difference.before, difference.after)
        case ObligationDifference(before=None, after=Obligation() as after):
            yield from _becomes(after)
        case ObligationDifference(before=Obligation() as before, after=None):
            yield gettext("%(step)s: no longer among the terms.", step=step_name(before.key))
            yield _was(before)
        case ObligationDifference(before=Obligation() as before, after=Obligation() as after):
            yield from _changed(before, after)


def _stage(difference: StageDifference) -> str:
    stage = label(difference.after)
    if difference.before is not difference.after:
        was = within(label(difference.before))
        return gettext("The stage becomes: %(after)s. It was: %(before)s.", after=within(stage), before=was)
    return gettext(
        "%(stage)s: the stage begins on another day: %(after)s. It was: %(before)s.",
        stage=stage,
        after=date_range(difference.since_after),
        before=date_range(difference.since_before),
    )


def _outcome(before: OutcomeStated | None, after: OutcomeStated | None) -> Iterator[str]:
    if before is None and after is not None:
        yield gettext("The outcome becomes: %(after)s. None was recorded before.", after=within(label(after.value)))
    elif after is None and before is not None:
        yield gettext("The outcome is no longer recorded. It was: %(before)s.", before=within(label(before.value)))
    elif before is not None and after is not None and before.value is not after.value:
        yield gettext(
            "The outcome becomes: %(after)s. It was: %(before)s.",
            after=within(label(after.value)),
            before=within(label(before.value)),
        )
    was_disputed, is_disputed = (each is not None and each.disputed for each in (before, after))
    if is_disputed and not was_disputed:
        yield gettext("Sources disagree on the decision.")
    elif was_disputed and after is not None and not is_disputed:
        yield gettext("Sources no longer disagree on the decision.")


def _changed(before: Obligation, after: Obligation) -> Iterator[str]:
    if before.status is after.status and before.due != after.due and after.status in SAID_BY_ITS_LAST_DAY:
        yield _last_day(after.key, before.due, after.due)
    elif _differs_in_words(before, after):
        yield from _becomes(after)
        yield _was(before)
    if after.results_differ and not before.results_differ:
        yield from _named(after, gettext("Sources give different dates, and the result depends on which is right."))
    elif before.results_differ and not after.results_differ:
        yield from _named(after, gettext("The result no longer depends on which source is right."))


def _differs_in_words(before: Obligation, after: Obligation) -> bool:
    """Whether more differs than what sources make of it."""
    return any(
        getattr(before, name) != getattr(after, name) for name in ("status", "reason", "due", "met", "seen_undone_on")
    )


def _named(each: Obligation, sentence: str) -> Iterator[str]:
    yield pgettext("step and how it stands", "%(step)s: %(sentence)s", step=step_name(each.key), sentence=sentence)


def _last_day(key: str, before: DateRange | None, after: DateRange | None) -> str:
    return gettext(
        "%(step)s: the last day becomes: %(after)s. It was: %(before)s.",
        step=step_name(key),
        after=date_range(after),
        before=date_range(before),
    )


def _becomes(each: Obligation) -> Iterator[str]:
    step = step_name(each.key)
    if each.status is not Status.OVERDUE or each.due is None:
        yield gettext("%(step)s becomes: %(sentence)s", step=step, sentence=within(obligation_sentence(each)))
        return
    late, due = -(each.days or 0), date_range(each.due)
    if late > 0:
        yield ngettext(
            "%(step)s becomes overdue by %(num)s working day (last day: %(due)s).",
            "%(step)s becomes overdue by %(num)s working days (last day: %(due)s).",
            late,
            step=step,
            due=due,
        )
    else:
        yield gettext("%(step)s becomes overdue (last day: %(due)s).", step=step, due=due)
    if each.seen_undone_on is not None:
        yield gettext("On %(date)s it was still not done.", date=long_date(each.seen_undone_on))


def _was(each: Obligation) -> str:
    return gettext("It was: %(sentence)s", sentence=within(obligation_sentence(each)))

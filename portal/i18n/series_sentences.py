"""What a series of counts says, in whole sentences. Instants are seconds since 1970, told in the time of Astana."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from babel.numbers import format_decimal

from portal.clock import LAW_ZONE
from portal.domain.back_test import BackTest
from portal.domain.forecast import Forecast, NotExpected, Silence
from portal.domain.marks import (
    MEASURED,
    NIGHT_RATE,
    NIGHT_SHARE,
    PLATEAU_HOURS,
    PLATEAU_LEAST,
    PLATEAU_PART,
    STEP_HOURS,
    STEP_RATE,
    STEP_SHARE,
)
from portal.i18n.formats import count, long_date, number, percent, table_date
from portal.i18n.labels import label
from portal.i18n.locale import gettext, locale, ngettext


def moment(at: int) -> datetime:
    """Return an instant on the clocks of Kazakhstan."""
    return datetime.fromtimestamp(at, UTC).astimezone(LAW_ZONE)


def clock_time(at: int) -> str:
    """Return the time of day: 14:05."""
    return f"{moment(at):%H:%M}"


def table_instant(at: int) -> str:
    """Return an instant in digits, for tables and lists: 22.11.2026, 14:05."""
    return f"{table_date(moment(at).date())}, {clock_time(at)}"


def rate(value: float) -> str:
    """Return a number of signatures in a length of time: whole, or to one decimal where it is small."""
    return format_decimal(round(value, 1), "#,##0.#", locale=locale()) if abs(value) < 10 else number(round(value))


def latest_sentence(votes: int, at: int, threshold: int | None) -> str:
    """Return how many signatures there were when somebody last looked, and which part of the threshold that is."""
    facts = {
        "signatures": count(votes, of="signatures"),
        "time": clock_time(at),
        "date": long_date(moment(at).date()),
    }
    if not threshold:
        return gettext("%(signatures)s at %(time)s on %(date)s. The threshold is not known.", **facts)
    return gettext(
        "%(signatures)s at %(time)s on %(date)s: %(share)s of %(threshold)s.",
        share=percent(100 * votes / threshold),
        threshold=number(threshold),
        **facts,
    )


def past_only_sentence(votes: int, at: int, threshold: int | None) -> str:
    """Return how many signatures a list of signers held when it was read, where nobody looked at the count itself."""
    facts = {"signatures": count(votes, of="signatures"), "date": long_date(moment(at).date())}
    if not threshold:
        return gettext("%(signatures)s by the list of signers, as read on %(date)s.", **facts)
    return gettext(
        "%(signatures)s by the list of signers, as read on %(date)s: %(share)s of %(threshold)s.",
        share=percent(100 * votes / threshold),
        threshold=number(threshold),
        **facts,
    )


def speed_sentence(speeds: Mapping[str, float | None]) -> str:
    """Return how quickly signatures came of late; ``speeds`` are per hour over the last hour, day and week."""
    week, day = speeds["week"], speeds["day"]
    if week is not None:
        return gettext("Over the last week: %(rate)s a day.", rate=rate(week * 24))
    if day is not None:
        return gettext("Over the last 24 hours: %(rate)s a day.", rate=rate(day * 24))
    return gettext("How quickly they come cannot be said: the last day was not watched all through.")


def outlook_sentence(outlook: Forecast | NotExpected | Silence, ends_at: int | None) -> str:
    """Return when the threshold may be reached, as a range of days, or why that is not said."""
    match outlook:
        case Forecast():
            return gettext(
                "The threshold may be reached between %(first)s and %(last)s: the model gives this range %(share)s.",
                first=_day(outlook.earliest),
                last=_day(outlook.latest),
                share=percent(100 * outlook.share),
            )
        case NotExpected():
            if ends_at is None:
                return gettext("The model does not expect that the threshold will be reached.")
            return gettext(
                "The model does not expect that the threshold will be reached by %(date)s, the last day of collection.",
                date=_day(ends_at - 1),
            )
    return label(outlook.why)


def accuracy_sentences(tried: BackTest | None) -> Sequence[str]:
    """Return how often the forecast was right on finished petitions, or that there are too few of them."""
    if tried is None or not tried.is_enough:
        return [gettext("How often it is right is not known: too few petitions have finished while being watched.")]
    found = [
        ngettext(
            "We tried it on %(num)s finished petition, asking while it ran.",
            "We tried it on %(num)s finished petitions, asking while they ran.",
            tried.histories,
            num=number(tried.histories),
        ),
        gettext(
            "Questions: %(asked)s; not answered: %(silent)s; ranges given: %(said)s, of which true: %(held)s.",
            asked=number(tried.asked),
            silent=number(tried.silent),
            said=number(tried.said),
            held=number(tried.held),
        ),
    ]
    if tried.held_share is not None:
        found.append(gettext("Share of ranges that held: %(share)s.", share=percent(100 * tried.held_share)))
    if tried.not_expected:
        found.append(
            gettext(
                "Answers that the threshold would not be reached: %(num)s, of which right: %(right)s.",
                num=number(tried.not_expected),
                right=number(tried.not_expected_right),
            )
        )
    return found


def method_sentences() -> Sequence[str]:
    """Return by which measures something in a curve is marked, and how often such a mark is a false alarm."""
    return [
        gettext(
            "Step: an hour, or up to %(hours)s in a row, with at least %(rate)s times what the hours around let expect,"
            " and at least %(share)s of the threshold.",
            hours=number(STEP_HOURS),
            rate=number(STEP_RATE),
            share=percent(100 * STEP_SHARE),
        ),
        gettext(
            "Plateau: %(hours)s hours or more in which at most %(part)s came of at least %(least)s expected"
            " signatures.",
            hours=number(PLATEAU_HOURS),
            part=percent(100 * PLATEAU_PART),
            least=number(PLATEAU_LEAST),
        ),
        gettext("Fall: every decrease of the count."),
        gettext(
            "Run at night: between 01:00 and 05:00 at least %(rate)s times what this petition’s nights usually bring,"
            " and at least %(share)s of the threshold.",
            rate=number(NIGHT_RATE),
            share=percent(100 * NIGHT_SHARE),
        ),
        *measured_sentences(),
    ]


def measured_sentences() -> Sequence[str]:
    """Return how often a mark was a false alarm in simulated series, as was measured and when."""
    return [
        gettext(
            "False alarms in simulated series of growth without any such stretch: %(marks)s in %(series)s series,"
            " measured on %(date)s. How often real petitions have one is not known.",
            marks=number(MEASURED.false_alarms),
            series=number(MEASURED.series),
            date=long_date(MEASURED.on),
        ),
        gettext(
            "Simulated series with one step put in: %(series)s; steps found: %(found)s; other marks told: %(others)s.",
            series=number(MEASURED.with_step),
            found=number(MEASURED.steps_found),
            others=number(MEASURED.beside_steps),
        ),
    ]


def opening_sentence(opened_on: date, by: str) -> str:
    """Return from which day days are counted, and what says so."""
    day = gettext("That day: %(date)s.", date=long_date(opened_on))
    return f"{label(by, 'opened_by')} {day}"


def _day(at: int) -> str:
    return long_date(moment(at).date())

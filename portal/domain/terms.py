"""Terms: how a last day follows from an event, with each day's reason."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from portal.domain.refusals import CalendarMissing
from portal.domain.working_days import WorkingCalendar

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time set by the law; ``before`` counts back from the event and not on from it."""

    length: int
    unit: Unit
    before: bool = False


@dataclass(frozen=True, slots=True)
class DerivedDay:
    """One day of a derivation: whether it counts, and the code of the reason."""

    day: date
    counted: bool
    why: str


def due_date(term: Term, event: date, calendar: WorkingCalendar) -> date:
    """Return the last day on which the step bound by ``term`` is still in time.

    The day after the event is the first day (APPC art. 76(2)). A term of no working days ends on the day itself, or
    on the next working day where that is a day off (64(3)). A term in months ends on the same day number, or on the
    last
    day of a shorter month, and moves from a day off to the next working day (76(5)). A term before the event counts
    back
    from the day before it.

    Raises ``CalendarMissing`` if the count runs into a year whose days off are not known: no date is better than a
    guessed one.
    """
    if term.unit is Unit.MONTHS:
        return calendar.next_working(same_day_number(event, term.length))
    if term.before:
        return calendar.back_working_days(event, term.length)
    return calendar.add_working_days(event, term.length)


def clear_days_date(term: Term, event: date, calendar: WorkingCalendar) -> date:
    """Return the last day in time if the days before the event had to be clear ones: one working day earlier.

    "Three working days before" may mean that three whole working days must lie between notice and event. The Code
    does not say
    which; we show both readings.
    """
    return calendar.back_working_days(event, term.length + 1)


def derivation(term: Term, event: date, calendar: WorkingCalendar) -> tuple[DerivedDay, ...]:
    """Return every day from the event to the last day of the term, each with whether it counts and why.

    For a term in months the days between are not counted one by one: the event, the day that the months end on, and the
    days off after it are given. Raises ``CalendarMissing`` like ``due_date``.
    """
    due = due_date(term, event, calendar)
    if term.unit is Unit.MONTHS:
        return (DerivedDay(event, False, "day_of_event"), *_end_of_months(term, event, due, calendar))
    if term.length == 0:
        return tuple(_day(day, calendar) for day in _days(event, due))
    steps = [DerivedDay(event, False, "day_of_event")]
    if term.before:
        steps += [_day(day, calendar) for day in reversed(_days(due, event - ONE_DAY))]
    else:
        steps += [_day(day, calendar) for day in _days(event + ONE_DAY, due)]
    return tuple(steps)


def _end_of_months(term: Term, event: date, due: date, calendar: WorkingCalendar) -> tuple[DerivedDay, ...]:
    end = same_day_number(event, term.length)
    why = "same_day_number" if end.day == event.day else "last_day_of_month"
    if end == due:
        return (DerivedDay(end, True, why),)
    skipped = tuple(DerivedDay(day, False, calendar.why(day)) for day in _days(end, due - ONE_DAY))
    return (*skipped, DerivedDay(due, True, "next_working_day"))


def same_day_number(event: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    if year > MAXYEAR:
        raise CalendarMissing(year)
    month += 1
    return date(year, month, min(event.day, monthrange(year, month)[1]))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(day: date, calendar: WorkingCalendar) -> DerivedDay:
    return DerivedDay(day, calendar.is_working(day), calendar.why(day))

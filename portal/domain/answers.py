"""When an answer to a letter may come and by when it should have come, and the days around it.

``static/js/days.js`` counts alike in the reader's browser, where the day of a letter is typed; here the days are
counted that are the same for everybody. Two readings stand side by side: the calculator of the State's system was seen
to count the day of registration as the first day, the Code begins on the day after it (APPC art. 76(2)).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from portal.domain.terms import Term, Unit, due_date, same_day_number
from portal.domain.working_days import CalendarStatus, CalendarYear, WorkingCalendar

Counted = Literal["WD", "D", "M"]
"""Working days, days of the calendar, months."""

FURTHER = 3
"""Years without a calendar into which a count may run."""

ABOUT = timedelta(days=3)
"""A year without a calendar may hold this many more days off than the plain week."""


@dataclass(frozen=True, slots=True)
class AnswerDays:
    """From when an answer may come, by when it should have come, and whether the last day is only about right."""

    earliest: date
    latest: date
    is_about: bool


class AnswerCalendar:
    """A calendar that does not end: where the days off of a year are not known it takes the plain week, and says so."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.known = frozenset(year.year for year in calendar.years)
        self.provisional = frozenset(year.year for year in calendar.years if year.status is CalendarStatus.BY_RULE)
        last = max(self.known)
        plain = [CalendarYear(last + n, CalendarStatus.BY_RULE, (), "") for n in range(1, FURTHER + 1)]
        self._calendar = WorkingCalendar([*calendar.years, *plain])

    def registered_on(self, received: date) -> date:
        """Return the day on which what came in on a day counts as registered (64(3))."""
        return self._calendar.next_working(received)

    def working_days_after(self, day: date, count: int) -> date:
        """Return the working day so many working days later."""
        return self._calendar.add_working_days(day, count)

    def months_after(self, day: date, count: int) -> date:
        """Return the same day number so many months later, moved from a day off to the next working day."""
        return due_date(Term(count, Unit.MONTHS), day, self._calendar)

    def answer(self, length: int, unit: Counted, registered: date) -> AnswerDays:
        """Return between which days an answer within a term comes that is counted from a registration."""
        earliest, end = self._between(length, unit, registered)
        latest = self.registered_on(end)
        if {end.year, latest.year} <= self.known:
            return AnswerDays(earliest, latest, is_about=False)
        return AnswerDays(earliest, self.registered_on(latest + ABOUT), is_about=True)

    def _between(self, length: int, unit: Counted, registered: date) -> tuple[date, date]:
        if unit == "WD":
            return self.working_days_after(registered, length - 1), self.working_days_after(registered, length)
        if unit == "D":
            return registered + timedelta(days=length - 1), registered + timedelta(days=length)
        end = same_day_number(registered, length)
        return end, end

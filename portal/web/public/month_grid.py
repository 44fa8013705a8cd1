"""A term as a small calendar: its months, Monday first, each day with what it is to the count."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.terms import DerivedDay
from portal.domain.working_days import CalendarStatus, WorkingCalendar

WEEKEND = 5
"""Saturday, as ``date.weekday`` numbers it."""


class CellKind(StrEnum):
    """What a day is to the count."""

    START = "start"
    COUNTED = "counted"
    LAST = "last"
    OFF = "off"
    WEEKEND = "weekend"
    WITHIN = "within"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a derivation; ``number`` is its place in the count, where days are counted one by one."""

    derived: DerivedDay
    number: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month: what it is to the count, and its number where it has one."""

    day: date
    kind: CellKind
    row: DayRow | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the term: weeks of seven cells, nothing where a week reaches into another month."""

    first: date
    weeks: Sequence[Sequence[Cell | None]]
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Between:
    """Months that are said and not drawn: their days are not counted one by one."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The months of a term in order."""

    months: Sequence[Month]
    between: Between | None

    @property
    def kinds(self) -> frozenset[CellKind]:
        """The kinds of days that a legend has to explain."""
        return frozenset(cell.kind for month in self.months for week in month.weeks for cell in week if cell)


def grid_of(rows: Sequence[DayRow], starts_on: date, due_on: date, calendar: WorkingCalendar) -> Grid:
    """Return the calendar of a derivation. ``rows`` are its days, every one of them or those that matter alone."""
    found = {row.derived.day: row for row in rows}
    first, last = min(starts_on, due_on), max(starts_on, due_on)
    wanted = _months(first, last)
    is_whole = len(found) > (last - first).days
    kept = wanted if is_whole else [month for month in wanted if any(_month_of(day) == month for day in found)]
    left_out = [month for month in wanted if month not in kept]
    days = _Days(found, first, last, starts_on, due_on)
    months = [Month(each, days.weeks(each), calendar.status(each, each) is CalendarStatus.BY_RULE) for each in kept]
    return Grid(months, Between(left_out[0], left_out[-1], len(left_out)) if left_out else None)


def _months(first: date, last: date) -> Sequence[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    return [date(year, month + 1, 1) for year, month in months]


def _month_of(day: date) -> date:
    return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a derivation, and the two days that it leads from and to."""

    found: Mapping[date, DayRow]
    first: date
    last: date
    starts_on: date
    due_on: date

    def weeks(self, month: date) -> Sequence[Sequence[Cell | None]]:
        """Return the weeks of a month, Monday first."""
        return [
            [self._cell(day) if day.month == month.month else None for day in week]
            for week in Calendar().monthdatescalendar(month.year, month.month)
        ]

    def _cell(self, day: date) -> Cell:
        row = self.found.get(day)
        if day == self.due_on:
            return Cell(day, CellKind.LAST, row)
        if day == self.starts_on:
            return Cell(day, CellKind.START, row)
        if not self.first <= day <= self.last:
            return Cell(day, CellKind.OUTSIDE)
        if row is None:
            return Cell(day, CellKind.WITHIN)
        if row.derived.counted:
            return Cell(day, CellKind.COUNTED, row)
        return Cell(day, CellKind.WEEKEND if day.weekday() >= WEEKEND else CellKind.OFF, row)


def first_week(monday: date = date(2024, 1, 1)) -> Sequence[date]:
    """Return seven days from a Monday on, for the names of the days of a week."""
    return [monday + timedelta(days=n) for n in range(7)]

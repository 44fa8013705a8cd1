"""The working days of Kazakhstan: weekends, holidays, observed days, days off that were moved.

A working day is Monday to Friday less the days off of the Law on holidays of 13.12.2001 No. 267 and
of the Labour Code (arts. 84, 85), plus the weekend days that an order makes working days. The APPC
counts terms in working days without defining them; this reading is our inference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Final

from portal.domain.refusals import CalendarMissing
from portal.domain.texts import LANGUAGES

SATURDAY: Final = 5
"""The first day of the weekend, as ``date.weekday`` numbers it."""


class CalendarStatus(StrEnum):
    """Where the days off of a year come from: an official calendar, or the rules of the law."""

    PUBLISHED = "published"
    BY_RULE = "by_rule"


class DayKind(StrEnum):
    """What a day is. The first two need no line in the data, the others are special days."""

    WORKING = "working_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OBSERVED = "observed"
    MOVED_OFF = "moved_off"
    WORKED_WEEKEND = "worked_weekend"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from the plain week, or a holiday on a weekend, with its source.

    ``why`` is a stable code that derivations and the API give as the reason. ``act`` is the basis
    in law, ``source`` the address where the day was read. ``certainty`` is A where the act itself
    was read, B where a state body says so, C for the press alone, D for our own reckoning.
    ``names`` holds the day's name in each language of the portal. ``instead_of`` is the other day
    of an exchange: the holiday that an observed day stands for, the weekend day worked for a moved
    day off, or the day off given for a worked weekend.
    """

    on: date
    kind: DayKind
    why: str
    act: str
    source: str
    certainty: str
    names: Mapping[str, str]
    instead_of: date | None = None

    @property
    def is_working(self) -> bool:
        """Whether people work on this day."""
        return self.kind is DayKind.WORKED_WEEKEND


@dataclass(frozen=True)
class CalendarYear:
    """The special days of one year, in order, and where they come from.

    Raises ``ValueError`` where the days cannot be true: a day outside the year or given twice, an
    observed or moved day off on a weekend, a worked weekend on a weekday, a kind that is not
    special.
    """

    year: int
    status: CalendarStatus
    days: tuple[SpecialDay, ...]
    note: str
    certainty: str = ""
    acts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        seen: set[date] = set()
        for day in self.days:
            if day.on.year != self.year:
                raise ValueError(f"{day.on}: the day lies outside {self.year}")
            if day.on in seen:
                raise ValueError(f"{day.on}: the day is given twice")
            _require_possible(day)
            seen.add(day.on)
        object.__setattr__(self, "days", tuple(sorted(self.days, key=lambda day: day.on)))


class WorkingCalendar:
    """The days off and working days of some years; it never changes, and every count is quick.

    Years need not follow each other, but no count crosses a year that is absent: asking for a day
    of such a year, or counting into it, raises ``CalendarMissing``. The day that a count starts
    from must lie in a known year too.
    """

    __slots__ = ("_runs", "_special", "_years")

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        ordered = tuple(sorted(years, key=lambda year: year.year))
        self._years: Final = {year.year: year for year in ordered}
        if len(self._years) < len(ordered):
            raise ValueError("a year is given twice")
        self._special: Final = {day.on: day for year in ordered for day in year.days}
        self._runs: Final[dict[int, _Run]] = {}
        for first, last in _unbroken(self._years):
            run = _Run(first, last, self._special)
            self._runs.update(dict.fromkeys(range(first, last + 1), run))

    @property
    def years(self) -> tuple[CalendarYear, ...]:
        """The years that the calendar knows, earliest first."""
        return tuple(self._years.values())

    def is_working(self, day: date) -> bool:
        """Return whether ``day`` is a working day.

        Raises ``CalendarMissing`` for a day of an absent year.
        """
        run = self._run_of(day)
        position = day.toordinal() - run.start
        return run.counts[position + 1] > run.counts[position]

    def why(self, day: date) -> str:
        """Return the code of what ``day`` is.

        A special day gives its own code, a holiday on a weekend too; any other day is ``weekend``
        or ``working_day``. Raises ``CalendarMissing`` for a day of an absent year.
        """
        special = self.special(day)
        if special is not None:
            return special.why
        return (DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING).value

    def special(self, day: date) -> SpecialDay | None:
        """Return what makes ``day`` special, or None on a plain day.

        Raises ``CalendarMissing`` for a day of an absent year.
        """
        self._run_of(day)
        return self._special.get(day)

    def status(self, first: date, last: date) -> CalendarStatus:
        """Return ``BY_RULE`` if any year from ``first`` to ``last`` is by rule.

        The two days may come in either order. Raises ``CalendarMissing`` with the earliest year
        between them that is absent.
        """
        status = CalendarStatus.PUBLISHED
        for year in range(min(first, last).year, max(first, last).year + 1):
            if year not in self._years:
                raise CalendarMissing(year)
            if self._years[year].status is CalendarStatus.BY_RULE:
                status = CalendarStatus.BY_RULE
        return status

    def next_working(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first working day after it.

        So the APPC moves a last day off (76(5)) and a receipt on one (64(3)). Raises
        ``CalendarMissing`` if that day would lie in an absent year.
        """
        run = self._run_of(day)
        return run.working_day(run.counts[day.toordinal() - run.start])

    def add_working_days(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day``; ``day`` is not counted (APPC art. 76(2)).

        With ``n`` 0 it is ``day`` itself if that is a working day, else the next working day.
        Raises ``ValueError`` for a negative ``n``, and ``CalendarMissing`` if the count runs into
        an absent year.
        """
        if n <= 0:
            _require_not_negative(n)
            return self.next_working(day)
        run = self._run_of(day)
        return run.working_day(run.counts[day.toordinal() - run.start + 1] + n - 1)

    def back_working_days(self, day: date, n: int) -> date:
        """Return the ``n``-th working day before ``day``, which itself is not counted.

        With ``n`` 0 it is ``day`` itself if that is a working day, else the last working day before
        it. Raises ``ValueError`` for a negative ``n``, and ``CalendarMissing`` if the count runs
        into an absent year.
        """
        _require_not_negative(n)
        run = self._run_of(day)
        position = day.toordinal() - run.start
        if n == 0:
            return run.working_day(run.counts[position + 1] - 1)
        return run.working_day(run.counts[position] - n)

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie after ``first`` up to and including ``last``.

        Where ``last`` comes before ``first`` the number is negative and counts from ``last`` to
        ``first`` in the same way. Raises ``CalendarMissing`` if a year from the one to the other is
        absent.
        """
        run = self._run_of(first)
        if self._run_of(last) is not run:
            raise CalendarMissing((run if first < last else self._run_of(last)).last_year + 1)
        counts, start = run.counts, run.start
        return counts[last.toordinal() - start + 1] - counts[first.toordinal() - start + 1]

    def with_day_off(self, day: date, why: str) -> "WorkingCalendar":
        """Return a copy that supposes ``day`` to be a holiday with the code ``why``."""
        return self._with(day, _what_if(day, DayKind.HOLIDAY, why))

    def with_working_day(self, day: date) -> "WorkingCalendar":
        """Return a copy that supposes ``day`` to be a working day."""
        worked = _what_if(day, DayKind.WORKED_WEEKEND, DayKind.WORKED_WEEKEND.value)
        return self._with(day, worked if day.weekday() >= SATURDAY else None)

    def _with(self, day: date, special: SpecialDay | None) -> "WorkingCalendar":
        self._run_of(day)
        old = self._years[day.year]
        days = tuple(other for other in old.days if other.on != day)
        new = replace(old, days=(*days, special) if special else days)
        return WorkingCalendar((self._years | {new.year: new}).values())

    def _run_of(self, day: date) -> "_Run":
        run = self._runs.get(day.year)
        if run is None:
            raise CalendarMissing(day.year)
        return run


class _Run:
    """Years without a gap, counted once, so that every later count is two look-ups.

    ``counts[i]`` is the number of working days in the first ``i`` days of the run, ``working``
    their ordinals.
    """

    __slots__ = ("counts", "first_year", "last_year", "start", "working")

    def __init__(self, first_year: int, last_year: int, special: Mapping[date, SpecialDay]) -> None:
        self.first_year: Final = first_year
        self.last_year: Final = last_year
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        self.start: Final = first.toordinal()
        flags = [_works(first + timedelta(days=n), special) for n in range((last - first).days + 1)]
        self.counts: Final = (0, *accumulate(int(flag) for flag in flags))
        self.working: Final = tuple(self.start + n for n, flag in enumerate(flags) if flag)

    def working_day(self, index: int) -> date:
        """Return the working day at ``index``; beyond the run raise ``CalendarMissing``."""
        if index < 0:
            raise CalendarMissing(self.first_year - 1)
        if index >= len(self.working):
            raise CalendarMissing(self.last_year + 1)
        return date.fromordinal(self.working[index])


def _works(day: date, special: Mapping[date, SpecialDay]) -> bool:
    found = special.get(day)
    return day.weekday() < SATURDAY if found is None else found.is_working


def _unbroken(years: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last year of each run of ``years``, which come in order."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _require_possible(day: SpecialDay) -> None:
    weekend = day.on.weekday() >= SATURDAY
    if day.kind in {DayKind.WORKING, DayKind.WEEKEND}:
        raise ValueError(f"{day.on}: a plain day ({day.kind.value}) is no special day")
    if day.kind in {DayKind.OBSERVED, DayKind.MOVED_OFF} and weekend:
        raise ValueError(f"{day.on}: a day off of the kind {day.kind.value} falls on a weekend")
    if day.kind is DayKind.WORKED_WEEKEND and not weekend:
        raise ValueError(f"{day.on}: a worked weekend is a weekday")


def _require_not_negative(n: int) -> None:
    if n < 0:
        raise ValueError(f"{n} working days: a count is never negative, count the other way")


def _what_if(day: date, kind: DayKind, why: str) -> SpecialDay:
    """Return a supposed day: no act stands behind it, and its code is its name."""
    return SpecialDay(day, kind, why, "", "", "D", dict.fromkeys(LANGUAGES, why))

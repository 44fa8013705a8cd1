"""The working-day ruler: a term drawn as its days. Geometry only; words and colours are the template's.

Each counted day is a cell, weekends are gaps, days off on weekdays are cells of their own, what happened stands above
as numbered pins. Months are drawn as bars, since their days are not counted one by one. Positions are shares of the
whole length, so that a drawing fits any width while its figures keep their size.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.terms import ONE_DAY, Term, Unit, derivation, due_date
from portal.domain.working_days import CalendarStatus, WorkingCalendar

CELL = 12
"""Length of a day, in units of the drawing; a twelfth of it is left free at its end."""

WEEKEND = 6
MONTH_DAY = 3
"""A weekend between two working days, and a day of a bar that stands for a month."""

LONGEST_LATE = 30
"""Working days that are drawn after the last day; what is later stands in words only."""

LONGEST = 260
"""Days that a ruler has at most: a year of working days. Longer terms are said and not drawn."""

CLOSE = 0.07
"""Pins that are nearer to each other than this share of the whole stand one above the other."""

WIDEST, NARROWEST = 18, 8
"""Pixels of a day: a day is as long in a short term as in a long one, until a very long one would not fit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of the drawing: a counted day, a day off on a weekday, or a month. ``no`` is its place in the count."""

    day: date
    start: int
    length: int
    kind: str
    no: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, for a ruler to pin down: its day, the words of the list below, and their sources."""

    day: date
    text: Any
    cited: Any = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered pin: where it stands, how high, and what it stands for."""

    no: int
    at: float
    level: int
    marks: tuple[Mark, ...]

    @property
    def day(self) -> date:
        """The day of the pin."""
        return self.marks[0].day


@dataclass(frozen=True, slots=True)
class Ruler:
    """A term, drawn. Lengths are units of the drawing, ``at`` of pins and ticks shares of it from 0 to 1."""

    term: Term
    starts_on: date
    due_on: date
    length: int
    cells: tuple[Cell, ...]
    pins: tuple[Pin, ...] = ()
    ticks: tuple[tuple[float, int], ...] = ()
    now: float | None = None
    days_off: tuple[date, ...] = field(default=())

    @property
    def width(self) -> int:
        """The width in pixels at which the drawing looks its best; narrower screens shrink it."""
        days = len(self.cells) if self.term.unit is Unit.WORKING_DAYS else self.length / CELL
        return round(min(820, max(180, days * max(NARROWEST, min(WIDEST, 720 / max(1, days))))))

    @property
    def levels(self) -> int:
        """How many rows of pins there are."""
        return 1 + max((pin.level for pin in self.pins), default=-1)

    def paths(self) -> Iterator[tuple[str, str]]:
        """Return each kind of cell with the path that draws all of its cells, 12 units high."""
        kinds = dict.fromkeys(cell.kind for cell in self.cells)
        for kind in kinds:
            yield kind, "".join(f"M{c.start} 0h{c.length}v12h-{c.length}z" for c in self.cells if c.kind == kind)


def ruler_of(
    term: Term | None,
    start: DateRange | None,
    calendar: WorkingCalendar,
    *,
    marks: Iterable[Mark] = (),
    on: date | None = None,
    late_until: date | None = None,
) -> Ruler | None:
    """Return the drawing of a term, or nothing where it cannot be drawn.

    ``start`` is the day of the event; where it is a range the count runs from its last day and the days that may be too
    many fade. ``on`` is the day of the reader, drawn where it lies within. ``late_until`` is the day until which the
    step is known to have been open after its last day. Raises ``CalendarMissing``.
    """
    if term is None or start is None or start.latest is None or term.length == 0 or term.before:
        return None
    due = due_date(term, start.latest, calendar)
    sure = due_date(term, start.earliest, calendar) if start.earliest else due
    if term.unit is Unit.MONTHS:
        cells = _months(term, start.latest, due)
    elif term.length > LONGEST:
        return None
    else:
        cells = _days(term, start.latest, due, sure, calendar)
        if late_until is not None and late_until > due:
            cells += _late(cells, due, late_until, calendar)
    length = cells[-1].start + cells[-1].length
    pins = _pins(cells, length, [each for each in marks if start.latest <= each.day <= cells[-1].day])
    return Ruler(
        term=term,
        starts_on=start.latest,
        due_on=due,
        length=length,
        cells=tuple(cells),
        pins=pins,
        ticks=_ticks(cells, length, term),
        now=_at(cells, on) / length if on is not None and start.latest < on <= cells[-1].day else None,
        days_off=tuple(cell.day for cell in cells if cell.kind == "off"),
    )


def _days(term: Term, starts_on: date, due: date, sure: date, calendar: WorkingCalendar) -> list[Cell]:
    cells: list[Cell] = []
    place = counted = 0
    provisional = calendar.status(starts_on, due) is CalendarStatus.BY_RULE
    for each in derivation(term, starts_on, calendar)[1:]:
        weekend = each.day.weekday() >= 5 and not each.counted
        if weekend:
            place += WEEKEND // 2 if cells else 0
            continue
        counted += each.counted
        kind = _kind(each.counted, each.day, due, sure, provisional)
        cells.append(Cell(each.day, place, CELL - 1, kind, counted if each.counted else None))
        place += CELL
    return cells


def _kind(counted: bool, day: date, due: date, sure: date, provisional: bool) -> str:
    if not counted:
        return "off"
    if day == due:
        return "last"
    if day > sure:
        return "fade"
    return "ruled" if provisional else "day"


def _late(cells: Sequence[Cell], due: date, until: date, calendar: WorkingCalendar) -> list[Cell]:
    late: list[Cell] = []
    day, place = due + ONE_DAY, cells[-1].start + CELL
    while day <= until and len(late) < LONGEST_LATE:
        if calendar.is_working(day):
            late.append(Cell(day, place, CELL - 1, "late"))
            place += CELL
        elif day.weekday() >= 5:
            place += WEEKEND // 2
        else:
            late.append(Cell(day, place, CELL - 1, "off"))
            place += CELL
        day += ONE_DAY
    return late


def _months(term: Term, starts_on: date, due: date) -> list[Cell]:
    """Return a bar for each month of the term; the last ends on the last day, moved or not."""
    ends = [_month_after(starts_on, number) for number in range(1, term.length)] + [due]
    cells, place, first = [], 0, starts_on
    for number, end in enumerate(ends, start=1):
        length = (end - first).days * MONTH_DAY
        kind = "last" if number == term.length else "day"
        cells.append(Cell(end, place, length - 2, kind, number))
        place, first = place + length, end
    return cells


def _month_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - ONE_DAY)


def _at(cells: Sequence[Cell], day: date) -> float:
    """Return where a day stands, in units: in the middle of its cell, or between two; in a bar by the share of days."""
    earlier: Cell | None = None
    for cell in cells:
        if cell.day == day and cell.length < CELL:
            return cell.start + cell.length / 2
        if cell.day >= day:
            if cell.length >= CELL:  # A month: the day's share of its bar.
                return cell.start + cell.length - (cell.day - day).days * MONTH_DAY
            return cell.start - 1 if earlier is None else (earlier.start + earlier.length + cell.start) / 2
        earlier = cell
    return float(cells[-1].start + cells[-1].length)


def _pins(cells: Sequence[Cell], length: int, marks: Sequence[Mark]) -> tuple[Pin, ...]:
    days: dict[date, list[Mark]] = {}
    for each in sorted(marks, key=lambda mark: mark.day):
        days.setdefault(each.day, []).append(each)
    pins: list[Pin] = []
    for no, (day, here) in enumerate(days.items(), start=1):
        at = min(0.985, max(0.015, _at(cells, day) / length))
        taken = {pin.level for pin in pins if at - pin.at < CLOSE}
        level = next(level for level in range(len(days) + 1) if level not in taken)
        pins.append(Pin(no, at, level, tuple(here)))
    return tuple(pins)


def _ticks(cells: Sequence[Cell], length: int, term: Term) -> tuple[tuple[float, int], ...]:
    """Return the numbers that stand below: the first day, each fifth or tenth, and the last."""
    step = 1 if term.unit is Unit.MONTHS or term.length <= 5 else 5 if term.length <= 20 else 10
    shown = [
        cell
        for cell in cells
        if cell.no is not None
        and (cell.no in (1, term.length) or (cell.no % step == 0 and term.length - cell.no >= step / 2))
    ]
    return tuple(((cell.start + cell.length / 2) / length, cell.no) for cell in shown if cell.no is not None)

"""The working-day ruler: what it draws must be what the law counts."""

from datetime import date
from itertools import pairwise
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.terms import Term, Unit, due_date
from portal.services.catalogue import catalogue
from portal.web.public.ruler import CELL, LONGEST_LATE, Mark, Ruler, ruler_of

FORTY = Term(40, Unit.WORKING_DAYS)
TWENTY = Term(20, Unit.WORKING_DAYS)
SIX_MONTHS = Term(6, Unit.MONTHS)
REGISTERED = date(2024, 6, 10)


def drawn(term: Term, start: DateRange, **more: Any) -> Ruler:
    found = ruler_of(term, start, catalogue().calendar, **more)
    assert found is not None
    return found


def exactly(day: date) -> DateRange:
    return DateRange(day, day)


def test_each_counted_day_is_one_cell_and_the_last_is_the_last_day():
    ruler = drawn(FORTY, exactly(REGISTERED))
    counted = [cell for cell in ruler.cells if cell.no is not None]
    assert [cell.no for cell in counted] == list(range(1, 41))
    assert counted[0].day == date(2024, 6, 11)
    assert (counted[-1].kind, counted[-1].day) == ("last", date(2024, 8, 6))
    assert ruler.due_on == due_date(FORTY, REGISTERED, catalogue().calendar)


def test_a_day_off_on_a_weekday_is_a_cell_without_a_number():
    ruler = drawn(FORTY, exactly(REGISTERED))
    assert ruler.days_off == (date(2024, 7, 8),)
    assert [cell.no for cell in ruler.cells if cell.kind == "off"] == [None]


def test_a_weekend_is_a_gap():
    cells = drawn(FORTY, exactly(REGISTERED)).cells
    friday = next(cell for cell in cells if cell.day == date(2024, 6, 14))
    monday = next(cell for cell in cells if cell.day == date(2024, 6, 17))
    assert monday.start - friday.start > CELL
    assert all(cell.day.weekday() < 5 for cell in cells)


def test_a_worked_saturday_is_a_cell():
    """4 May 2024 was worked for 8 May."""
    days = {cell.day: cell.kind for cell in drawn(TWENTY, exactly(date(2024, 4, 29))).cells}
    assert days[date(2024, 5, 4)] == "day"
    assert days[date(2024, 5, 8)] == "off"


def test_cells_never_overlap():
    for start in (REGISTERED, date(2024, 12, 27), date(2025, 1, 2)):
        cells = drawn(FORTY, exactly(start)).cells
        assert all(a.start + a.length <= b.start for a, b in pairwise(cells))


def test_days_that_may_be_too_many_fade():
    ruler = drawn(TWENTY, DateRange(date(2024, 6, 10), date(2024, 6, 12)))
    sure = due_date(TWENTY, date(2024, 6, 10), catalogue().calendar)
    assert {cell.day > sure for cell in ruler.cells if cell.kind == "fade"} == {True}


def test_a_year_by_rule_is_outlined():
    kinds = {cell.kind for cell in drawn(TWENTY, exactly(date(2027, 2, 1))).cells}
    assert "ruled" in kinds
    assert "day" not in kinds


def test_six_months_are_six_bars_and_the_last_ends_on_the_last_day():
    ruler = drawn(SIX_MONTHS, exactly(date(2024, 5, 29)))
    assert [cell.no for cell in ruler.cells] == [1, 2, 3, 4, 5, 6]
    assert ruler.cells[-1].day == ruler.due_on == date(2024, 11, 29)


def test_a_month_that_is_too_short_ends_on_its_last_day():
    ruler = drawn(SIX_MONTHS, exactly(date(2025, 8, 31)))
    assert ruler.cells[0].day == date(2025, 9, 30)


def test_pins_stand_in_order_and_those_of_one_day_share_a_number():
    marks = [Mark(date(2024, 8, 1), "b"), Mark(date(2024, 6, 21), "a"), Mark(date(2024, 8, 1), "c")]
    pins = drawn(FORTY, exactly(REGISTERED), marks=marks).pins
    assert [(pin.no, [mark.text for mark in pin.marks]) for pin in pins] == [(1, ["a"]), (2, ["b", "c"])]
    assert pins[0].at < pins[1].at < 1


def test_pins_that_are_close_stand_one_above_the_other():
    marks = [Mark(date(2024, 8, day), "x") for day in (1, 2, 5)]
    assert [pin.level for pin in drawn(FORTY, exactly(REGISTERED), marks=marks).pins] == [0, 1, 2]


def test_what_happened_outside_the_term_has_no_pin():
    marks = [Mark(date(2024, 6, 9), "before"), Mark(date(2024, 9, 1), "after")]
    assert drawn(FORTY, exactly(REGISTERED), marks=marks).pins == ()


def test_late_days_follow_the_last_day_and_end_somewhere():
    ruler = drawn(FORTY, exactly(REGISTERED), late_until=date(2026, 1, 1))
    late = [cell for cell in ruler.cells if cell.day > ruler.due_on]
    assert late[0].day == date(2024, 8, 7)
    assert len(late) == LONGEST_LATE


def test_a_term_without_a_start_or_a_length_is_not_drawn():
    calendar = catalogue().calendar
    assert ruler_of(FORTY, None, calendar) is None
    assert ruler_of(FORTY, DateRange(REGISTERED, None), calendar) is None
    assert ruler_of(Term(0, Unit.WORKING_DAYS), exactly(REGISTERED), calendar) is None
    assert ruler_of(Term(3, Unit.WORKING_DAYS, before=True), exactly(REGISTERED), calendar) is None


def test_the_number_of_the_last_day_stands_below_it():
    ticks = drawn(FORTY, exactly(REGISTERED)).ticks
    assert [no for _, no in ticks] == [1, 10, 20, 30, 40]
    assert all(0 < at < 1 for at, _ in ticks)

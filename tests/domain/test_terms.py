"""The test vectors of the law, and how a last day is derived."""

from datetime import date, timedelta

import pytest
from hypothesis import given as hypothetically
from hypothesis import strategies as st

from portal.domain.refusals import CalendarMissing
from portal.domain.terms import Term, Unit, clear_days_date, derivation, due_date
from tests.given import day

FORTY = Term(40, Unit.WORKING_DAYS)
TWENTY = Term(20, Unit.WORKING_DAYS)
SIX_MONTHS = Term(6, Unit.MONTHS)
THREE_BEFORE = Term(3, Unit.WORKING_DAYS, before=True)


@pytest.mark.parametrize(
    ("start", "term", "last_day"),
    [
        ("2024-06-10", FORTY, "2024-08-06"),
        ("2024-05-04", SIX_MONTHS, "2024-11-04"),
        ("2026-03-02", FORTY, "2026-05-04"),
        ("2026-04-20", TWENTY, "2026-05-21"),
        ("2026-10-15", FORTY, "2026-12-11"),
        ("2026-12-10", TWENTY, "2027-01-13"),
    ],
)
def test_the_vectors_of_the_law_come_out(calendar, start, term, last_day):
    assert due_date(term, day(start), calendar) == day(last_day)


def test_the_derivation_of_the_central_case_names_8_july(calendar):
    days = derivation(FORTY, day("2024-06-10"), calendar)
    assert days[0].day == day("2024-06-10")
    assert (days[0].counted, days[0].why) == (False, "day_of_event")
    july = next(each for each in days if each.day == day("2024-07-08"))
    assert (july.counted, july.why) == (False, "capital_day_observed")
    assert sum(each.counted for each in days) == 40
    assert days[-1].day == day("2024-08-06")


def test_six_months_from_the_thirty_first_end_on_the_last_day_of_a_short_month(calendar):
    assert due_date(SIX_MONTHS, day("2025-08-31"), calendar) == day("2026-03-02")  # 28 February is a Saturday.
    why = [each.why for each in derivation(SIX_MONTHS, day("2025-08-31"), calendar)]
    assert why == ["day_of_event", "weekend", "weekend", "next_working_day"]


def test_a_term_before_the_event_counts_back_from_the_day_before_it(calendar):
    """A discussion on 2 August 2024 asks for notice by 30 July; clear days would ask for 29 July."""
    assert due_date(THREE_BEFORE, day("2024-08-02"), calendar) == day("2024-07-30")
    assert clear_days_date(THREE_BEFORE, day("2024-08-02"), calendar) == day("2024-07-29")
    counted = [each.day for each in derivation(THREE_BEFORE, day("2024-08-02"), calendar) if each.counted]
    assert counted == [day("2024-08-01"), day("2024-07-31"), day("2024-07-30")]


def test_a_term_of_no_days_ends_on_the_day_or_on_the_next_working_day(calendar):
    none = Term(0, Unit.WORKING_DAYS)
    assert due_date(none, day("2024-06-10"), calendar) == day("2024-06-10")
    assert due_date(none, day("2024-06-08"), calendar) == day("2024-06-10")
    assert [each.why for each in derivation(none, day("2024-06-08"), calendar)] == ["weekend", "weekend", "working_day"]


@pytest.mark.parametrize(("start", "term"), [("2027-12-20", TWENTY), ("2027-08-01", SIX_MONTHS)])
def test_a_count_into_a_year_without_a_calendar_gives_no_date(calendar, start, term):
    with pytest.raises(CalendarMissing) as refused:
        due_date(term, day(start), calendar)
    assert refused.value.year == 2028


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31", "9999-06-30"])
def test_the_ends_of_time_are_refused_and_do_not_break(calendar, start):
    for term in (FORTY, SIX_MONTHS, THREE_BEFORE):
        with pytest.raises(CalendarMissing):
            due_date(term, day(start), calendar)


days_of_the_calendars = st.dates(date(2024, 1, 2), date(2027, 3, 1))


@hypothetically(start=days_of_the_calendars, off=days_of_the_calendars, length=st.integers(0, 60))
def test_a_day_off_more_never_moves_a_last_day_earlier(calendar, start, off, length):
    longer = calendar.with_day_off(off, "extra")
    for term in (Term(length, Unit.WORKING_DAYS), Term(length % 7, Unit.MONTHS)):
        assert due_date(term, start, longer) >= due_date(term, start, calendar)


@hypothetically(start=days_of_the_calendars, length=st.integers(1, 60))
def test_a_derivation_counts_as_many_days_as_the_term_has_and_skips_none(calendar, start, length):
    days = derivation(Term(length, Unit.WORKING_DAYS), start, calendar)
    assert sum(each.counted for each in days) == length
    assert [each.day for each in days] == [start + timedelta(n) for n in range(len(days))]
    assert all(each.counted == calendar.is_working(each.day) for each in days[1:])

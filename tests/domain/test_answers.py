"""When an answer to a letter may come and should have come, on real days of Kazakhstan."""

from datetime import date

import pytest

from portal.domain.answers import AnswerCalendar, AnswerDays
from portal.services.catalogue import catalogue


@pytest.fixture(scope="module")
def calendar():
    return AnswerCalendar(catalogue().calendar)


def test_a_letter_that_comes_in_on_a_day_off_is_registered_on_the_next_working_day(calendar):
    assert calendar.registered_on(date(2026, 11, 21)) == date(2026, 11, 23)
    assert calendar.registered_on(date(2026, 12, 16)) == date(2026, 12, 17)
    assert calendar.registered_on(date(2026, 11, 23)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("length", "unit", "earliest", "latest"),
    [
        (15, "WD", date(2026, 12, 11), date(2026, 12, 14)),
        (20, "WD", date(2026, 12, 21), date(2026, 12, 22)),
        (15, "D", date(2026, 12, 7), date(2026, 12, 8)),
        (2, "M", date(2027, 1, 23), date(2027, 1, 25)),
    ],
)
def test_both_readings_of_a_term_registered_on_a_monday(calendar, length, unit, earliest, latest):
    assert calendar.answer(length, unit, date(2026, 11, 23)) == AnswerDays(earliest, latest, is_about=False)


def test_a_term_in_calendar_days_moves_from_a_day_off(calendar):
    assert calendar.answer(15, "D", date(2026, 11, 20)).latest == date(2026, 12, 7)


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(calendar):
    assert calendar.months_after(date(2026, 11, 30), 3) == date(2027, 3, 1)
    assert calendar.months_after(date(2026, 12, 9), 2) == date(2027, 2, 9)


def test_a_year_without_a_calendar_is_said_to_be_about_right_and_takes_three_days_more(calendar):
    unknown = max(calendar.known) + 1
    found = calendar.answer(15, "D", date(unknown, 3, 1))
    assert found.is_about
    assert found.latest == calendar.registered_on(date(unknown, 3, 19))

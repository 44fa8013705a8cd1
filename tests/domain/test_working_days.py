"""The working days of Kazakhstan: the data against the law and another calendar, the arithmetic."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.refusals import CalendarMissing, Refusal
from portal.domain.working_days import (
    CalendarStatus,
    CalendarYear,
    DayKind,
    SpecialDay,
    WorkingCalendar,
)
from portal.services.calendars import load_calendar

FOLDER = Path(__file__).parents[2] / "portal" / "data" / "calendars"
CALENDAR = load_calendar(FOLDER)
YEARS = range(2024, 2028)
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
ONE_DAY = timedelta(days=1)
SPECIAL = [day for year in CALENDAR.years for day in year.days]

DAYS_OFF_ON_WEEKDAYS = {
    2024: "01-01 01-02 03-08 03-21 03-22 03-25 05-01 05-07 05-08 05-09 07-08 08-30 10-25 12-16",
    2025: "01-01 01-02 01-03 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16",
    2026: "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16",
    2027: "01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16",
}
"""The lists of our summary of the law, day by day."""

WORKED_WEEKENDS = {date(2024, 5, 4), date(2025, 1, 5)}

WORKING_DAY_DIFFERENCES: dict[date, str] = {
    # Empty with the pinned release 0.109: it took the changes of 2026 in July 2026 (no holiday on
    # 30 August 2026 and so none observed on 31 August, 15 March from 2027). Earlier releases differ
    # on 2026-08-31 and 2027-03-15. Kurban Ait of 2026 and 2027 is an estimate of its own that falls
    # on our days.
}
"""Where our calendar and the package ``holidays`` disagree on whether people work, and why."""

NAME_DIFFERENCES = {
    "defenders_day": "the package writes «Отан Қорғаушы күні», the law a small letter",
    "kurban_ait": "the package marks 2026 as an estimate, which the State's calendar does not, and"
    " words the estimate of 2027 otherwise",
}
"""Where the Kazakh name of a holiday is not the package's, by the code of the holiday, and why."""


def every_day() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


def others(language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("KZ", years=YEARS, language=language)


def working_day_differences(calendar: WorkingCalendar) -> set[date]:
    other = others("en_US")
    return {day for day in every_day() if calendar.is_working(day) != other.is_working_day(day)}


def exchanges(kind: DayKind) -> list[tuple[SpecialDay, SpecialDay]]:
    """The special days of a kind, each with the day that it is exchanged for."""
    by_date = {day.on: day for day in SPECIAL}
    return [(day, by_date[day.instead_of]) for day in SPECIAL if day.kind is kind and day.instead_of]


days = st.dates(FIRST, LAST)
small_counts = st.integers(1, 60)
days_with_room = st.dates(FIRST + timedelta(days=150), LAST - timedelta(days=150))


# The data


@pytest.mark.parametrize("year", YEARS)
def test_the_days_off_on_weekdays_are_those_of_the_law(year: int) -> None:
    expected = [date.fromisoformat(f"{year}-{day}") for day in DAYS_OFF_ON_WEEKDAYS[year].split()]
    found = [day for day in every_day() if day.year == year and day.weekday() < 5 and not CALENDAR.is_working(day)]
    assert found == expected


def test_two_weekend_days_are_worked_and_no_others() -> None:
    worked = {day for day in every_day() if day.weekday() >= 5 and CALENDAR.is_working(day)}
    assert worked == WORKED_WEEKENDS


def test_christmas_and_kurban_ait_are_never_carried_over() -> None:
    never = {"orthodox_christmas_observed", "kurban_ait_observed"}
    assert not never & {day.why for day in SPECIAL}
    assert CALENDAR.is_working(date(2024, 1, 8))
    assert CALENDAR.is_working(date(2024, 6, 17))
    assert CALENDAR.is_working(date(2027, 5, 17))


def test_2026_has_no_constitution_day() -> None:
    """It moved from 30 August to 15 March after that day of 2026 had passed."""
    assert "constitution_day" not in {day.why for day in SPECIAL if day.on.year == 2026}
    assert CALENDAR.is_working(date(2026, 8, 31))
    assert CALENDAR.why(date(2027, 3, 15)) == "constitution_day"


def test_every_difference_from_the_package_is_explained() -> None:
    """An unexplained difference fails, and so does an explanation that no longer holds."""
    assert working_day_differences(CALENDAR) == set(WORKING_DAY_DIFFERENCES)


def test_the_comparison_sees_a_single_wrong_day() -> None:
    wrong = CALENDAR.with_working_day(date(2024, 7, 8)).with_day_off(date(2026, 8, 31), "invented")
    assert working_day_differences(wrong) == {date(2024, 7, 8), date(2026, 8, 31)}


def test_the_package_lists_the_same_days_off_weekends_included() -> None:
    """A worked weekend is no holiday: the package keeps it apart, we keep it with the others."""
    ours = {day.on for day in SPECIAL if not day.is_working}
    assert ours == set(others("kk"))


def test_every_difference_of_a_holidays_name_is_explained() -> None:
    theirs = others("kk")
    holidays_of_ours = [day for day in SPECIAL if day.kind is DayKind.HOLIDAY]
    differing = {day.why for day in holidays_of_ours if day.names["kk"] != theirs.get(day.on)}
    assert differing == set(NAME_DIFFERENCES)


def test_every_special_day_has_a_name_in_three_languages() -> None:
    for day in SPECIAL:
        assert set(day.names) == {"kk", "ru", "en"}
        assert all(name == name.strip() != "" for name in day.names.values()), day.on


def test_an_observed_day_is_named_after_its_holiday_and_says_so() -> None:
    for day, holiday in exchanges(DayKind.OBSERVED):
        assert day.why == f"{holiday.why}_observed"
        for language, name in day.names.items():
            assert name.startswith(f"{holiday.names[language]} ("), day.on
            assert str(holiday.on.day) in name


def test_an_observed_day_is_the_next_working_day_after_its_holiday() -> None:
    """Each holiday on a weekend, save the two that are never carried over, gives one day off."""
    for day, holiday in exchanges(DayKind.OBSERVED):
        assert holiday.on.weekday() >= 5
        assert CALENDAR.working_days_between(holiday.on, day.on) == 0
    assert [holiday.on for _, holiday in exchanges(DayKind.OBSERVED)] == [
        day.on
        for day in SPECIAL
        if day.kind is DayKind.HOLIDAY and day.on.weekday() >= 5 and day.why not in {"orthodox_christmas", "kurban_ait"}
    ]


def test_a_moved_day_off_and_the_weekend_worked_for_it_name_each_other() -> None:
    moves = exchanges(DayKind.MOVED_OFF)
    assert {worked.on for _, worked in moves} == WORKED_WEEKENDS
    for day, worked in moves:
        assert (worked.kind, worked.instead_of) == (DayKind.WORKED_WEEKEND, day.on)
        assert day.why == f"moved_from_{worked.on:%Y_%m_%d}"
        assert worked.why == f"worked_for_{day.on:%Y_%m_%d}"


def test_every_code_means_one_thing() -> None:
    """A code has one kind and, within a year, one holiday; no two codes share a holiday's name."""
    kinds, names, codes = defaultdict(set), defaultdict(set), defaultdict(set)
    for day in SPECIAL:
        kinds[day.why].add(day.kind)
        codes[day.names["en"]].add(day.why)
        if day.kind is DayKind.HOLIDAY:
            names[day.why, day.on.year].add(tuple(sorted(day.names.items())))
    plain = {DayKind.WORKING.value, DayKind.WEEKEND.value}
    assert not plain & set(kinds)
    for found in (kinds, names, codes):
        assert {key: values for key, values in found.items() if len(values) > 1} == {}


def test_the_code_that_the_api_promises_for_8_july_2024() -> None:
    assert CALENDAR.why(date(2024, 7, 8)) == "capital_day_observed"


def test_every_day_has_a_source_and_a_year_of_estimates_says_so() -> None:
    assert all(day.source.startswith("https://") and day.act for day in SPECIAL)
    by_rule = [day for day in SPECIAL if day.on.year == 2027]
    unsure = {day.why for day in by_rule if day.certainty == "D"}
    assert "kurban_ait" in unsure
    assert {day.why for day in by_rule if day.kind is DayKind.OBSERVED} <= unsure


# What a day is


def test_a_plain_day_gives_its_plain_reason() -> None:
    assert CALENDAR.why(date(2026, 11, 20)) == "working_day"
    assert CALENDAR.why(date(2026, 11, 21)) == "weekend"
    assert CALENDAR.special(date(2026, 11, 20)) is None


def test_a_holiday_on_a_weekend_gives_its_own_reason() -> None:
    assert CALENDAR.why(date(2024, 7, 6)) == "capital_day"


def test_a_worked_saturday_is_a_working_day() -> None:
    assert CALENDAR.is_working(date(2024, 5, 4))
    assert not CALENDAR.is_working(date(2024, 5, 8))
    worked = CALENDAR.special(date(2024, 5, 4))
    assert worked is not None
    assert worked.instead_of == date(2024, 5, 8)


def test_a_span_that_touches_2027_is_by_rule() -> None:
    assert CALENDAR.status(date(2024, 6, 10), date(2026, 12, 31)) is CalendarStatus.PUBLISHED
    assert CALENDAR.status(date(2026, 12, 10), date(2027, 1, 13)) is CalendarStatus.BY_RULE
    assert CALENDAR.status(date(2027, 1, 13), date(2026, 12, 10)) is CalendarStatus.BY_RULE


def test_the_years_come_in_order() -> None:
    assert [year.year for year in CALENDAR.years] == list(YEARS)


# Counting


@pytest.mark.parametrize(
    ("start", "length", "last"),
    [
        ("2024-06-10", 40, "2024-08-06"),
        ("2026-03-02", 40, "2026-05-04"),
        ("2026-04-20", 20, "2026-05-21"),
        ("2026-10-15", 40, "2026-12-11"),
        ("2026-12-10", 20, "2027-01-13"),
    ],
)
def test_the_terms_worked_out_by_hand(start: str, length: int, last: str) -> None:
    event, due = date.fromisoformat(start), date.fromisoformat(last)
    assert CALENDAR.add_working_days(event, length) == due
    assert CALENDAR.back_working_days(due, length) == event
    assert CALENDAR.working_days_between(event, due) == length


def test_no_working_days_on_a_day_off_end_on_the_next_working_day() -> None:
    friday, saturday, monday = date(2026, 10, 23), date(2026, 10, 24), date(2026, 10, 26)
    assert CALENDAR.why(monday) == "republic_day_observed"
    assert CALENDAR.add_working_days(friday, 0) == friday
    assert CALENDAR.add_working_days(saturday, 0) == date(2026, 10, 27)
    assert CALENDAR.back_working_days(monday, 0) == friday


def test_three_working_days_before_a_discussion_count_back_from_the_day_before() -> None:
    assert CALENDAR.back_working_days(date(2024, 8, 2), 3) == date(2024, 7, 30)


def test_a_count_is_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        CALENDAR.add_working_days(FIRST, -1)
    with pytest.raises(ValueError, match="never negative"):
        CALENDAR.back_working_days(LAST, -1)


@given(days)
def test_the_next_working_day_is_found_as_one_would_by_hand(day: date) -> None:
    expected = day
    while expected <= LAST and not CALENDAR.is_working(expected):
        expected += ONE_DAY
    assert CALENDAR.next_working(day) == expected


@given(days_with_room, small_counts)
def test_counting_on_and_back_is_what_one_would_do_by_hand(day: date, n: int) -> None:
    on, back, left_on, left_back = day, day, n, n
    while left_on:
        on += ONE_DAY
        left_on -= CALENDAR.is_working(on)
    while left_back:
        back -= ONE_DAY
        left_back -= CALENDAR.is_working(back)
    assert CALENDAR.add_working_days(day, n) == on
    assert CALENDAR.back_working_days(day, n) == back


@given(days_with_room, small_counts)
def test_the_days_between_a_day_and_the_nth_after_it_are_n(day: date, n: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, n)) == n


@given(days_with_room, small_counts)
def test_counting_back_undoes_counting_on_from_a_working_day(day: date, n: int) -> None:
    start = CALENDAR.next_working(day)
    assert CALENDAR.back_working_days(CALENDAR.add_working_days(start, n), n) == start


@given(days, days, days)
def test_counting_between_is_symmetric_and_adds_up(first: date, middle: date, last: date) -> None:
    between = CALENDAR.working_days_between
    assert between(first, last) == -between(last, first)
    assert between(first, middle) + between(middle, last) == between(first, last)
    assert between(first, first) == 0


@given(days_with_room, small_counts, days)
def test_a_further_day_off_never_makes_a_term_end_earlier(day: date, n: int, off: date) -> None:
    changed = CALENDAR.with_day_off(off, "supposed")
    assert not changed.is_working(off)
    assert changed.add_working_days(day, n) >= CALENDAR.add_working_days(day, n)
    assert changed.back_working_days(day, n) <= CALENDAR.back_working_days(day, n)


@given(days_with_room, small_counts, days)
def test_a_further_working_day_never_makes_a_term_end_later(day: date, n: int, worked: date) -> None:
    changed = CALENDAR.with_working_day(worked)
    assert changed.is_working(worked)
    assert changed.add_working_days(day, n) <= CALENDAR.add_working_days(day, n)


# Absent years


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2028, 1, 1)])
def test_a_day_of_an_absent_year_is_refused(day: date) -> None:
    for ask in (CALENDAR.is_working, CALENDAR.why, CALENDAR.special, CALENDAR.next_working):
        with pytest.raises(CalendarMissing) as refusal:
            ask(day)
        assert refusal.value.year == day.year


def test_a_count_into_an_absent_year_is_refused_with_that_year() -> None:
    with pytest.raises(CalendarMissing) as after:
        CALENDAR.add_working_days(LAST, 1)
    with pytest.raises(CalendarMissing) as before:
        CALENDAR.back_working_days(date(2024, 1, 3), 1)
    with pytest.raises(CalendarMissing) as between:
        CALENDAR.working_days_between(LAST, date(2028, 1, 10))
    with pytest.raises(CalendarMissing) as status:
        CALENDAR.status(LAST, date(2028, 1, 10))
    found = [refusal.value.year for refusal in (after, before, between, status)]
    assert found == [2028, 2023, 2028, 2028]


def test_the_last_working_day_known_is_still_counted() -> None:
    assert CALENDAR.add_working_days(date(2027, 12, 30), 1) == LAST


def test_years_may_have_a_gap_and_no_count_crosses_it() -> None:
    gap = WorkingCalendar(year for year in CALENDAR.years if year.year != 2025)
    assert gap.is_working(date(2026, 1, 5))
    for first, last in ((date(2024, 12, 30), date(2026, 1, 5)), (date(2027, 1, 5), FIRST)):
        with pytest.raises(CalendarMissing) as refusal:
            gap.working_days_between(first, last)
        assert refusal.value.year == 2025
    with pytest.raises(CalendarMissing):
        gap.add_working_days(date(2024, 12, 30), 2)


def test_a_missing_calendar_is_a_refusal_with_a_code() -> None:
    refusal = CalendarMissing(2028)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.year) == ("calendar_missing", 2028)
    assert "2028" in str(refusal)


# What cannot be true is refused


def test_a_calendar_never_changes() -> None:
    before = CALENDAR.add_working_days(date(2024, 6, 10), 40)
    CALENDAR.with_day_off(date(2024, 6, 11), "supposed")
    assert CALENDAR.add_working_days(date(2024, 6, 10), 40) == before
    with pytest.raises(AttributeError):
        CALENDAR.years = ()  # type: ignore[misc]  # Assigning is what the test tries.


def test_a_year_is_given_once() -> None:
    with pytest.raises(ValueError, match="given twice"):
        WorkingCalendar([CALENDAR.years[0], CALENDAR.years[0]])


@pytest.mark.parametrize("kind", [DayKind.WORKING, DayKind.WEEKEND])
def test_a_plain_day_is_no_special_day(kind: DayKind) -> None:
    plain = SpecialDay(date(2026, 11, 20), kind, "plain", "act", "https://example.org", "D", {})
    with pytest.raises(ValueError, match="2026-11-20"):
        CalendarYear(2026, CalendarStatus.PUBLISHED, (plain,), "note")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no calendar file"):
        load_calendar(tmp_path)


GOOD = (FOLDER / "2024.toml").read_text(encoding="utf-8")
AGAIN = GOOD[GOOD.index("[[day]]") : GOOD.index("[[day]]", GOOD.index("[[day]]") + 1)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("year = 2024", "year = 2023", "2024-01-01: the day lies outside 2023"),
        ('status = "published"', 'status = "guessed"', "status: 'guessed'"),
        ("acts = [", "colour = 1\nacts = [", "unknown key colour"),
        ("on = 2024-01-01", "on = 2025-01-01", "2025-01-01: the day lies outside 2024"),
        ("on = 2024-01-02", "on = 2024-01-01", "2024-01-01: the day is given twice"),
        ("on = 2024-01-01", "on = 2024-01-01T10:00:00", "not a date"),
        ('kind = "holiday"', 'kind = "feast"', "2024-01-01: kind: 'feast'"),
        ('kind = "holiday"', 'kind = "weekend"', "2024-01-01: a plain day"),
        ('why = "new_year"\n', "", "2024-01-01: missing key why"),
        ('why = "new_year"', 'why = " "', "2024-01-01: why is empty"),
        ('why = "new_year"', 'why = "new_year"\nreason = "x"', "2024-01-01: unknown key reason"),
        ('why = "new_year"', 'why = "new_year"\nfor = 2024-01-06', "2024-01-01: unknown key for"),
        ('kk = "Жаңа жыл"\n', "", "2024-01-01: names: missing key kk"),
        ('kk = "Жаңа жыл"', 'kk = ""', "2024-01-01: kk is empty"),
        ('certainty = "B"\n[day', 'certainty = "E"\n[day', "2024-01-01: certainty 'E'"),
        ("on = 2024-05-04", "on = 2024-05-03", "2024-05-03: a worked weekend is a weekday"),
        ("on = 2024-07-08", "on = 2024-07-07", "2024-07-07: a day off of the kind observed"),
        ("for = 2024-07-06", "for = 2024-07-07", "2024-07-08: for 2024-07-07, which is no holiday"),
        ("for = 2024-05-08", "for = 2024-05-09", "2024-05-04: for 2024-05-09, which is no moved"),
        ("year = 2024", "year = twenty", "2024.toml"),
    ],
)
def test_a_file_at_fault_is_refused_by_name_and_day(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    (tmp_path / "2024.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"2024\.toml: ") as refusal:
        load_calendar(tmp_path)
    assert told in str(refusal.value)


def test_a_day_given_twice_in_full_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2024.toml").write_text(GOOD + "\n" + AGAIN, encoding="utf-8")
    with pytest.raises(ValueError, match=r"2024\.toml: 2024-01-01: the day is given twice"):
        load_calendar(tmp_path)


def test_a_file_carries_the_name_of_its_year(tmp_path: Path) -> None:
    (tmp_path / "2030.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ValueError, match=r"2030\.toml: the file says it is of 2024"):
        load_calendar(tmp_path)


@pytest.mark.parametrize("year", YEARS)
def test_every_file_says_where_its_days_come_from(year: int) -> None:
    head = tomllib.loads((FOLDER / f"{year}.toml").read_text(encoding="utf-8"))
    assert head["note"]
    assert head["acts"]
    assert head["certainty"] in set("ABCD")
    assert head["status"] == ("by_rule" if year == 2027 else "published")

"""The modules of ``static/js`` by vectors, against Python and against the law's calendar; one question for each."""

import json
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.refusals import CalendarMissing
from portal.domain.typed import clean, clean_line
from portal.services.answer_days import plain_calendar
from portal.services.calendars import load_calendar
from portal.settings import ROOT

VECTORS = ROOT / "tests" / "vectors"
CALENDAR = load_calendar(ROOT / "portal" / "data" / "calendars")
DATA = plain_calendar()
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


# What is typed

CLEANED = "({clean, cleanLine}, texts) => texts.map(text => [clean(text), cleanLine(text)])"


def test_typed_text_is_clean_as_the_vectors_say():
    for vector in vectors("clean"):
        assert clean(vector["typed"]) == vector["text"], vector["name"]
        assert clean_line(vector["typed"]) == vector["line"], vector["name"]


def test_the_browser_cleans_as_the_vectors_say(in_module):
    given = vectors("clean")
    found = in_module("clean", CLEANED, [vector["typed"] for vector in given])
    assert found == [[vector["text"], vector["line"]] for vector in given]


# A character that Python's tables do not know yet may be composed by a newer browser.
CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cn", "Cs"]),
    st.sampled_from("\0\t\n\r\x0b\x7f\x85\u061c\u200e\u200f\u2028\u2029\u202e\u2066\ufeff \u0306\u0301ИАеқ\u00a0"),
    st.sampled_from("\ud800\udbff\udc00\udfff"),
)


def pairs_joined(text):
    """Return a text as any JSON reader gives it: two halves side by side are one character."""
    return json.loads(json.dumps(text))


def test_python_and_the_browser_clean_alike(in_module):
    asked = []

    @settings(max_examples=300, database=None)
    @given(st.text(CHARACTERS, max_size=40).map(pairs_joined))
    def gather(text):
        assert clean(clean(text)) == clean(text)
        assert clean_line(clean_line(text)) == clean_line(text)
        asked.append(text)

    gather()
    assert in_module("clean", CLEANED, asked) == [[clean(text), clean_line(text)] for text in asked]


# Checks

CHECKED = "(checks, given) => given.map(({check, typed, today}) => checks[check](typed, today))"


def test_checks_say_what_the_vectors_say(in_module):
    given = vectors("checks")
    for vector, found in zip(given, in_module("checks", CHECKED, given), strict=True):
        asked = {key: vector[key] for key in ("check", "typed", "today") if key in vector}
        assert {**asked, **found} == vector


def is_issued(number):
    """Tell whether the twelfth digit follows from the first eleven: the rule written a second time."""
    digits = [int(digit) for digit in number]
    first = sum(digit * weight for digit, weight in zip(digits, range(1, 12), strict=False)) % 11
    again = sum(digit * ((weight + 2) % 11 or 11) for digit, weight in zip(digits, range(1, 12), strict=False)) % 11
    return digits[11] == (again if first == 10 else first)


def test_the_checksum_is_the_one_of_another_reader(in_module):
    dice = random.Random(4)
    numbers = [f"{dice.randrange(10**11):011}" for _ in range(300)]
    asked = [number + str(last) for number in numbers for last in range(10)]
    found = in_module("checks", "({checkIin}, given) => given.map(each => checkIin(each).code === null)", asked)
    assert found == [is_issued(number) for number in asked]
    assert 270 < sum(found) < 300


# Days

COUNTED = """({calendarOf, addWorkingDays, isWorking}, {data, days, most}) => {
  const calendar = calendarOf(data);
  const count = (day, n) => { const found = addWorkingDays(calendar, day, n); return found.about ? null : found.day; };
  return days.map(day => [isWorking(calendar, day), ...Array.from({length: most + 1}, (_, n) => count(day, n))]);
}"""


def counted(day, n):
    try:
        return CALENDAR.add_working_days(day, n).isoformat()
    except CalendarMissing:
        return None


def test_the_browser_counts_every_day_as_python_does(in_module):
    given = {"data": DATA, "days": [day.isoformat() for day in DAYS], "most": 40}
    found = in_module("days", COUNTED, given)
    for day, row in zip(DAYS, found, strict=True):
        assert row == [CALENDAR.is_working(day), *(counted(day, n) for n in range(41))], day


DAY_VECTORS = """(days, {data, registered, due, months, later, unreal}) => {
  const calendar = days.calendarOf(data);
  const dueOf = ([length, unit, on]) => days.dueDates(calendar, [{length, unit}], on)[0];
  const refuses = day => { try { days.addCalendarDays(day, 1); return false; } catch { return true; } };
  return {
    registered: registered.map(([filed]) => days.registeredOn(calendar, filed)),
    due: due.map(dueOf),
    months: months.map(([day, n]) => days.addMonths(day, n)),
    later: later.map(([day, n]) => days.addCalendarDays(day, n)),
    unreal: unreal.map(day => Number.isNaN(days.numberOf(day)) && refuses(day)),
  };
}"""


def test_days_follow_from_the_vectors(in_module):
    given = vectors("days")
    found = in_module("days", DAY_VECTORS, {**given, "data": DATA})
    assert [[each["day"], each["about"]] for each in found["registered"]] == [each[1:] for each in given["registered"]]
    assert [[each["from"], each["by"], each["code"]] for each in found["due"]] == [each[3:] for each in given["due"]]
    assert [each["term"] for each in found["due"]] == [{"length": each[0], "unit": each[1]} for each in given["due"]]
    assert found["months"] == [each[2] for each in given["months"]]
    assert found["later"] == [each[2] for each in given["later"]]
    assert all(found["unreal"])


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Asia/Almaty", "America/St_Johns"])
def test_the_readers_time_zone_has_no_say(chromium, zone):
    source = (ROOT / "static" / "js" / "days.js").read_text(encoding="utf-8").replace("export ", "")
    with chromium.new_context(timezone_id=zone) as context:
        found = context.new_page().evaluate(f"""() => {{{source}
          const calendar = calendarOf({json.dumps(DATA)});
          const later = [addMonths("2026-11-30", 3), addCalendarDays("2026-10-24", 2)];
          const due = addWorkingDays(calendar, "2026-11-23", 20).day;
          return [registeredOn(calendar, "2026-11-21").day, ...later, due];
        }}""")
    assert found == ["2026-11-23", "2027-02-28", "2026-10-26", "2026-12-22"]


def test_a_page_carries_the_calendar_without_words():
    assert DATA["years"] == [2024, 2025, 2026, 2027]
    assert DATA["on"] == ["2024-05-04", "2025-01-05"]
    assert len(DATA["off"]) == 14 + 16 + 14 + 14
    assert "2026-12-16" in DATA["off"]
    assert not [day for day in DATA["off"] if date.fromisoformat(day).weekday() > 4]


# Files

WRITTEN = """async ({docxOf}, letters) => Promise.all(letters.map(async lines => {
  const digest = await crypto.subtle.digest("SHA-256", docxOf(lines));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0")).join("");
}))"""

TIMED = """({docxOf}, lines) => {
  const time = () => {
    const from = performance.now();
    docxOf(lines);
    return performance.now() - from;
  };
  const times = Array.from({length: 21}, time);
  return times.sort((one, other) => one - other)[10];
}"""


def test_the_browser_writes_the_same_letters(in_module):
    given = vectors("docx")
    found = in_module("docx", WRITTEN, [vector["lines"] for vector in given])
    assert found == [vector["sha256"] for vector in given]


def test_a_long_letter_is_written_in_less_than_ten_milliseconds(in_module):
    paragraph = "Ұзақ хат <&> " * 24
    lines = [{"role": "text", "runs": [{"lang": "kk", "text": paragraph}]}] * 40
    assert len(paragraph) * 40 > 12_000
    assert in_module("docx", TIMED, lines) < 10

"""Reminders as a calendar program reads them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from tests.fixtures.metadata import traces_in

MADE = """({remindersOf}, orders) => orders.map(order => {
  let count = 0;
  return remindersOf(order.counts ? {...order, newId: () => `id-${count += 1}`} : order);
})"""

REMINDERS = [
    {
        "day": "2026-11-26",
        "discreet": "Поштаны тексеру",
        "full": "Шағым басқа органға жіберілді ме? 91-бап; \\ , \nекінші жол",
    },
    {"day": "2026-12-31", "discreet": "Проверить почту", "full": "Ә ғ қ ң ө ұ ү һ і 😀 " * 20},
]


def order(**more):
    return {"reminders": REMINDERS, "today": "2026-11-23", **more}


@pytest.fixture(scope="module")
def files(in_module):
    """Discreet, full, and discreet made again."""
    orders = [order(counts=True), order(counts=True, isFull=True), order(), order()]
    return in_module("reminders", MADE, orders)


def events(text):
    return Calendar.from_ical(text).walk("VEVENT")


def test_reminders_are_whole_days_with_an_alarm_at_nine(files):
    found = events(files[0])
    assert [event.decoded("dtstart") for event in found] == [date(2026, 11, 26), date(2026, 12, 31)]
    assert [event.decoded("dtend") for event in found] == [date(2026, 11, 27), date(2027, 1, 1)]
    assert {event.decoded("dtstamp") for event in found} == {datetime(2026, 11, 23, tzinfo=UTC)}
    alarms = [alarm for event in found for alarm in event.walk("VALARM")]
    assert [alarm.decoded("trigger") for alarm in alarms] == [timedelta(hours=9)] * 2


def test_words_are_discreet_unless_chosen_otherwise(files):
    assert [str(event["summary"]) for event in events(files[0])] == ["Поштаны тексеру", "Проверить почту"]
    assert "Шағым" not in files[0].replace("\r\n ", "")
    full = [str(event["summary"]) for event in events(files[1])]
    assert full == ["Шағым басқа органға жіберілді ме? 91-бап; \\ , екінші жол", REMINDERS[1]["full"].strip()]


def test_lines_are_folded_between_characters(files):
    for file in files:
        lines = file.encode().split(b"\r\n")
        assert lines.pop() == b""
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines)
        assert "\n" not in file.replace("\r\n", "")
    assert len(files[1].split("\r\n")) > len(files[0].split("\r\n")) + 10


def test_a_file_says_nothing_of_who_made_it(files):
    for file in files:
        assert traces_in(file.encode(), "ics") == []
        assert "PRODID:-//Calendar//Reminders//EN\r\n" in file
        assert not re.search(r"qadam|letter|petition", file, re.IGNORECASE)


def test_identifiers_are_random_or_given(files):
    assert [str(event["uid"]) for event in events(files[0])] == ["id-1", "id-2"]
    found = [str(event["uid"]) for file in files[2:] for event in events(file)]
    assert len(set(found)) == 4
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", each) for each in found)

"""The days of one's own letter: typed and counted in the browser, the same as the server counts, and nothing leaves."""

from datetime import date, timedelta

import icalendar
import pytest

from portal.domain.texts import LANGUAGES
from portal.i18n.formats import date_words, full_date
from portal.i18n.locale import speaking
from portal.services import answer_days
from tests.browser.conftest import Tab

FIRST = date(2026, 11, 1)
DAYS = 60

COUNT = """(module, {calendar, terms, days}) => days.map(day => {
  const found = module.answerDays({
    years: new Set(calendar.years), provisional: calendar.provisional,
    off: new Set(calendar.off.map(each => Date.parse(each) / 86400000)),
    on: new Set(calendar.on.map(each => Date.parse(each) / 86400000)),
  }, {terms, extendable: true}, day);
  return [found.registered, found.told, ...found.answers.flatMap(({from, by, code}) => [from, by, code])];
})"""

WRITE = "(module, {dates, days}) => days.map(day => module.inWords(dates, day))"


@pytest.mark.parametrize("first", [FIRST, date(2027, 11, 20)])
def test_the_browser_and_the_server_count_alike_over_sixty_days(in_module, first):
    terms = [{"length": each.length, "unit": each.unit} for each in answer_days.readings()]
    terms.append({"length": 2, "unit": "M"})
    calendar = answer_days.answer_calendar()
    expected = []
    for row in answer_days.rows(first, DAYS):
        answers = [calendar.answer(each["length"], each["unit"], row.registered) for each in terms]
        days = [(each.earliest.isoformat(), each.latest.isoformat()) for each in answers]
        codes = ["about" if each.is_about else None for each in answers]
        told = [part for pair, code in zip(days, codes, strict=True) for part in (*pair, code)]
        expected.append([row.registered.isoformat(), row.told.isoformat(), *told])
    asked = [(first + timedelta(n)).isoformat() for n in range(DAYS)]
    given = {"calendar": dict(answer_days.plain_calendar()), "terms": terms, "days": asked}
    assert in_module("answers", COUNT, given) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_browser_writes_days_as_the_server_does(in_module, lang):
    days = [FIRST + timedelta(n) for n in range(0, 400, 7)] + [FIRST + timedelta(n) for n in range(7)]
    with speaking(lang):
        expected = [full_date(day) for day in days]
        given = {"dates": date_words(), "days": [day.isoformat() for day in days]}
    assert in_module("after", WRITE, given) == expected


@pytest.fixture
def own(chromium, address):
    tab = Tab(chromium, address, accept_downloads=True)
    yield tab
    tab.context.close()


def fill(tab, lang, day="20.11.2026", kind="question"):
    tab.open(f"/{lang}/letters/after")
    tab.page.wait_for_selector("#sent")
    tab.page.select_option("#kind", kind)
    tab.page.fill("#sent", day)


def test_nothing_leaves_the_page_and_no_field_has_a_name(own):
    fill(own, "kk")
    asked = []
    own.page.on("request", lambda request: asked.append(request.url))
    own.page.fill("#sent", "19.11.2026")
    own.page.check("#late")
    with own.page.expect_download():
        own.page.click(".after__reminders button")
    assert [url for url in asked if not url.startswith("blob:")] == []
    assert own.objections() == []
    assert own.page.evaluate("[...document.querySelectorAll('input, select')].filter(each => each.name).length") == 0
    kept = "[localStorage.length, sessionStorage.length, document.cookie, location.search + location.hash]"
    assert own.page.evaluate(kept) == [0, 0, "", ""]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", ["2026 жылғы 11 желтоқсан, жұма", "2026 жылғы 7 желтоқсан, дүйсенбі"]),
        ("ru", ["пятница, 11 декабря 2026 года", "понедельник, 7 декабря 2026 года"]),
        ("en", ["Friday, 11 December 2026", "Monday, 7 December 2026"]),
    ],
)
def test_both_readings_of_an_information_request_are_said(own, lang, words):
    fill(own, lang)
    said = own.page.inner_text(".after__days")
    assert [each for each in words if each not in said] == []
    assert own.barriers() == []


def test_a_complaint_is_not_extended(own):
    fill(own, "en", kind="complaint")
    assert "extended" not in own.page.inner_text(".after__days")
    fill(own, "en", kind="message")
    assert "extended" in own.page.inner_text(".after__days")


@pytest.mark.parametrize(("typed", "said"), [("31.02.2026", "There is no such day."), ("yesterday", "DD.MM.YYYY")])
def test_what_is_no_day_gets_a_sentence_and_no_days(own, typed, said):
    fill(own, "en", typed)
    assert said in own.page.inner_text(".after__days")
    assert own.page.locator(".after__reminders button").count() == 0


@pytest.mark.parametrize(
    ("lang", "discreet"), [("kk", "Поштаны тексеру"), ("ru", "Проверить почту"), ("en", "Check the post")]
)
def test_reminders_are_discreet_unless_asked_otherwise(own, lang, discreet):
    fill(own, lang)
    found = []
    for is_full in (False, True):
        if is_full:
            own.page.check("#full")
        with own.page.expect_download() as download:
            own.page.click(".after__reminders button")
        name = download.value.suggested_filename
        assert name == {"kk": "kuntizbe.ics", "ru": "kalendar.ics", "en": "calendar.ics"}[lang]
        events = icalendar.Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
        found.append([(event.decoded("DTSTART"), str(event["SUMMARY"])) for event in events])
    assert {words for _, words in found[0]} == {discreet}
    assert discreet not in {words for _, words in found[1]}
    assert [day for day, _ in found[0]] == [day for day, _ in found[1]]
    assert date(2026, 12, 11) in [day for day, _ in found[0]]


def test_back_shows_empty_fields(own):
    fill(own, "en")
    own.open("/en/letters/cleared")
    own.page.go_back()
    own.page.wait_for_selector("#sent")
    assert own.page.input_value("#sent") == ""

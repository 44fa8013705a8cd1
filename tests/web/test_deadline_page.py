"""The calculator: a last day as a sentence, a small calendar, an address and a file for calendars."""

import re
from datetime import UTC, date, datetime

import html5lib
import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from portal.web import query
from tests.fixtures.pages import markup_of

LANGUAGES = ("kk", "ru", "en")
SPOKEN = ("kk", *(pytest.param(lang, marks=pytest.mark.slow) for lang in ("ru", "en")))
"""The quick loop looks in one language, the whole run in all three."""


def calculator(client: FlaskClient, stage: str, day: str, lang: str = "en") -> TestResponse:
    return client.get(f"/{lang}/deadlines", query_string={"stage": stage, "from": day})


def file_of(client: FlaskClient, stage: str, day: str, lang: str = "en") -> TestResponse:
    return client.get(f"/{lang}/deadlines.ics", query_string={"stage": stage, "from": day})


def event_of(answer: TestResponse):
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return event


def months_of(answer: TestResponse):
    """Return the small calendar: for each month its caption, and the words of each day by its number."""
    page = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    found = {}
    for table in page.iter("table"):
        if not (table.get("class") or "").startswith("cal"):
            continue
        days = {}
        for cell in table.iter("td"):
            texts = [" ".join("".join(span.itertext()).split()) for span in cell.findall("span")]
            if texts:
                days[int(texts[0])] = texts[1:]
        found[" ".join("".join(table.find("caption").itertext()).split())] = days
    return found


@pytest.mark.parametrize(
    ("stage", "day", "due"),
    [
        ("review_central", "2024-06-10", "2024-08-06"),
        ("review_central", "2026-03-02", "2026-05-04"),
        ("review_local", "2026-04-20", "2026-05-21"),
        ("review_central", "2026-10-15", "2026-12-11"),
        ("review_local", "2026-12-10", "2027-01-13"),
        ("collection", "2024-05-04", "2024-11-04"),
    ],
)
def test_the_page_gives_the_last_day_of_each_vector(client: FlaskClient, stage: str, day: str, due: str) -> None:
    answer = calculator(client, stage, day)
    page = markup_of(answer)
    assert answer.status_code == 200
    last = re.search(r'<time datetime="([\d-]+)">(?:(?!<time).)*last day</strong>', page)
    assert last is not None
    assert last[1] == due


@pytest.mark.parametrize(
    ("lang", "due"), [("kk", "2024 жылғы 6 тамыз"), ("ru", "6 августа 2024 года"), ("en", "6 August 2024")]
)
def test_the_last_day_stands_in_words_of_the_language(client: FlaskClient, lang: str, due: str) -> None:
    page = markup_of(calculator(client, "review_central", "2024-06-10", lang))
    assert re.search(rf'id="result">[^<]*{due}[^<]*\.</h2>', page)


def test_the_derivation_names_the_day_off_and_numbers_the_counted_days(client: FlaskClient) -> None:
    page = markup_of(calculator(client, "review_central", "2024-06-10", "ru"))
    page = page[page.index('id="days"') :]
    off = page[page.index('datetime="2024-07-08"') : page.index('datetime="2024-07-09"')]
    assert "День Столицы" in off
    assert "<td>–</td>" in off
    last = page[page.index('datetime="2024-08-06"') :]
    assert "<td>40</td>" in last


def test_a_term_into_2027_is_provisional_and_one_within_2026_is_not(client: FlaskClient) -> None:
    said = "Provisional: the calendar for 2027 is not officially published."
    assert said in markup_of(calculator(client, "review_local", "2026-12-10"))
    assert said not in markup_of(calculator(client, "review_local", "2026-04-20"))


def test_other_readings_stand_beside_the_result(client: FlaskClient) -> None:
    notice = markup_of(calculator(client, "public_discussion_notice", "2024-08-02"))
    assert "The last day is Tuesday, 30 July 2024." in notice
    assert "29 July 2024" in notice
    complaint = markup_of(calculator(client, "pre_trial_complaint", "2024-08-05"))
    assert "The last day is Tuesday, 5 November 2024." in complaint
    assert "5 February 2025" in complaint


def test_what_was_not_read_is_said_with_the_result(client: FlaskClient) -> None:
    page = markup_of(calculator(client, "pre_moderation", "2024-05-06"))
    assert "We have not read this article in this edition." in page
    assert "Edition in force from: 2 March 2026" in page


@pytest.mark.parametrize("lang", SPOKEN)
def test_without_parameters_the_form_is_empty_and_has_no_result(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}/deadlines")
    assert answer.status_code == 200
    assert 'id="result"' not in markup_of(answer)
    assert "-problem" not in markup_of(answer)


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize(
    ("stage", "day", "status"),
    [
        ("review_central", "", 400),
        ("", "2024-06-10", 400),
        ("", "", 400),
        ("review_central", "tomorrow", 400),
        ("review_central", "2024-02-30", 400),
        ("review_central", "0000-00-00", 400),
        ("review_central", "9999-12-31", 400),
        ("review_central", "9" * 3000, 400),
        ("no_such_step", "2024-06-10", 404),
        ("s" * 3000, "2024-06-10", 404),
        ("forwarding", "2024-06-10", 422),
        ("review_central", "2027-12-01", 422),
        ("review_central", "2024-04-03", 422),
        ("public_discussion_notice", "2029-01-01", 422),
        ("subject_lock", "2100-12-31", 422),
    ],
)
def test_what_cannot_be_computed_is_said_beside_the_form_and_never_dated(
    client: FlaskClient, lang: str, stage: str, day: str, status: int
) -> None:
    answer = calculator(client, stage, day, lang)
    page = markup_of(answer)
    assert answer.status_code == status
    assert '-problem">' in page
    assert 'class="govuk-error-summary"' in page
    assert 'id="result"' not in page
    if day:
        assert f'value="{query.as_typed(day)}"' in page


def test_the_chosen_step_is_kept_beside_an_error(client: FlaskClient) -> None:
    page = markup_of(calculator(client, "review_local", "31.02.2024"))
    assert '<option value="review_local" selected>' in page
    assert 'value="31.02.2024"' in page


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_missing_calendar_is_named_in_the_language_of_the_page(client: FlaskClient, lang: str) -> None:
    page = markup_of(calculator(client, "review_central", "2027-12-01", lang))
    problem = re.search(r'<li><a href="#from">([^<]+)<', page)
    assert problem is not None
    assert "2028" in problem[1]
    assert (lang == "en") == problem[1].startswith("Cannot be computed")


def test_markup_in_an_entry_stays_text(client: FlaskClient) -> None:
    page = markup_of(calculator(client, "<script>", '"><script>alert(1)</script>'))
    assert "<script>" not in page


def test_the_sentence_names_the_day_of_the_week(client: FlaskClient) -> None:
    assert ">The last day is Tuesday, 6 August 2024.</h2>" in markup_of(
        calculator(client, "review_central", "2024-06-10")
    )
    assert ">Последний день: вторник, 6 августа 2024 года.</h2>" in markup_of(
        calculator(client, "review_central", "2024-06-10", "ru")
    )
    assert ">Соңғы күні: 2024 жылғы 6 тамыз, сейсенбі.</h2>" in markup_of(
        calculator(client, "review_central", "2024-06-10", "kk")
    )


# The small calendar


def test_forty_days_are_numbered_and_8_july_is_off(client: FlaskClient) -> None:
    months = months_of(calculator(client, "review_central", "2024-06-10"))
    assert list(months) == ["June 2024", "July 2024", "August 2024"]
    numbers = [int(words[0]) for days in months.values() for words in days.values() if words and words[0].isdigit()]
    assert numbers == list(range(41))  # 0 is the day of the event.
    assert months["June 2024"][10] == ["0", "day of the event, not counted"]
    assert months["July 2024"][8] == ["×", "not counted: Capital Day (day off moved from Saturday 6 July)"]
    assert months["July 2024"][9] == ["20"]
    assert months["August 2024"][6] == ["40", "last day"]
    assert months["August 2024"][7] == []
    assert months["June 2024"][15] == ["not counted: Weekend"]


@pytest.mark.parametrize(("lang", "first"), [("kk", "дүйсенбі"), ("ru", "понедельник"), ("en", "Monday")])
def test_a_week_begins_with_monday_and_heads_say_their_day(client: FlaskClient, lang: str, first: str) -> None:
    page = html5lib.parse(
        calculator(client, "review_central", "2024-06-10", lang).get_data(as_text=True), namespaceHTMLElements=False
    )
    table = next(table for table in page.iter("table") if table.get("class") == "cal")
    heads = list(table.iter("th"))
    assert [head.get("scope") for head in heads] == ["col"] * 7
    assert heads[0].find("abbr").get("title") == first


def test_days_off_are_listed_below_with_their_reason(client: FlaskClient) -> None:
    page = markup_of(calculator(client, "review_central", "2024-06-10"))
    assert "Monday, 8 July 2024</time>: Capital Day (day off moved from Saturday 6 July). Not counted." in page
    assert "Saturdays and Sundays that are not counted: 16." in page


def test_a_worked_weekend_is_counted_and_explained(client: FlaskClient) -> None:
    answer = calculator(client, "review_local", "2024-04-22")
    assert months_of(answer)["May 2024"][4] == ["9"]
    assert re.search(r"Saturday, 4 May 2024</time>: [^.]+\. Counted\.", markup_of(answer))


def test_a_term_that_counts_back_is_numbered_from_the_event(client: FlaskClient) -> None:
    months = months_of(calculator(client, "public_discussion_notice", "2024-08-02"))
    assert months["August 2024"][2][0] == "0"
    assert months["August 2024"][1] == ["1"]
    assert months["July 2024"][30] == ["3", "last day"]


def test_months_between_are_one_line(client: FlaskClient) -> None:
    answer = calculator(client, "collection", "2024-05-04")
    months = months_of(answer)
    assert list(months) == ["May 2024", "November 2024"]
    assert months["May 2024"][4][0] == "0"
    assert months["November 2024"][4][-1] == "last day"
    assert "Between them: June 2024 – October 2024. These days are not counted one by one." in markup_of(answer)


def test_a_term_of_months_that_ends_on_a_day_off_shows_where_it_moved(client: FlaskClient) -> None:
    """Six months from 31 August 2026 end on 28 February 2027, a Sunday: Monday, 1 March is the last day."""
    months = months_of(calculator(client, "collection", "2026-08-31"))
    assert list(months) == ["August 2026", "February 2027 provisional calendar", "March 2027 provisional calendar"]
    assert months["February 2027 provisional calendar"][28] == ["not counted: Weekend"]
    assert months["March 2027 provisional calendar"][1][-1] == "last day"


def test_a_provisional_year_is_outlined_and_said_in_its_months_alone(client: FlaskClient) -> None:
    answer = calculator(client, "review_local", "2026-12-10")
    assert list(months_of(answer)) == ["December 2026", "January 2027 provisional calendar"]
    assert answer.get_data(as_text=True).count("cal--provisional") == 1


def test_a_term_of_the_same_day_marks_one_day(client: FlaskClient) -> None:
    months = months_of(calculator(client, "registration", "2024-06-10"))
    assert months["June 2024"][10][-1] == "last day"


def test_working_days_are_drawn_as_a_ruler_too_and_months_are_not(client: FlaskClient) -> None:
    assert '<figure class="ruler">' in markup_of(calculator(client, "review_central", "2024-06-10"))
    assert '<figure class="ruler">' not in markup_of(calculator(client, "collection", "2024-05-04"))


# To pass on


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_address_is_text_in_every_language(client: FlaskClient, lang: str) -> None:
    page = markup_of(calculator(client, "review_central", "10.06.2024", lang))
    for other in LANGUAGES:
        assert f"/{other}/deadlines?stage=review_central&amp;from=2024-06-10</code>" in page
    assert f'href="/{lang}/deadlines.ics?stage=review_central&amp;from=2024-06-10"' in page


@pytest.mark.parametrize(
    ("lang", "summary"),
    [
        ("kk", "Соңғы күні: Орталық мемлекеттік органның қарауы"),
        ("ru", "Последний день: Рассмотрение центральным государственным органом"),
        ("en", "Last day: Review by a central state body"),
    ],
)
def test_the_file_holds_one_whole_day_in_the_language_asked_for(client: FlaskClient, lang: str, summary: str) -> None:
    answer = file_of(client, "review_central", "2024-06-10", lang)
    event = event_of(answer)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=qadam-review_central-2024-08-06.ics"
    assert event.decoded("dtstart") == date(2024, 8, 6)
    assert event.decoded("dtend") == date(2024, 8, 7)
    assert event["summary"] == summary
    assert event["summary"].params["LANGUAGE"] == lang
    assert event["transp"] == "TRANSPARENT"
    assert "90-5(1)" in event["description"]
    assert event["url"] in event["description"]
    assert event["url"].endswith(f"/{lang}/deadlines?stage=review_central&from=2024-06-10")
    assert "2024" in event["description"]


def test_the_same_question_gives_the_same_event_whatever_the_language_or_the_day(client: FlaskClient) -> None:
    answers = [file_of(client, "review_central", "2024-06-10", lang) for lang in LANGUAGES]
    assert len({str(event_of(answer)["uid"]) for answer in answers}) == 1
    assert event_of(answers[0]).decoded("dtstamp") == datetime(2024, 6, 10, tzinfo=UTC)
    assert file_of(client, "review_central", "10.06.2024").data == answers[2].data
    other = {str(event_of(file_of(client, "review_local", "2024-06-10"))["uid"])}
    assert other.isdisjoint(str(event_of(answer)["uid"]) for answer in answers)


def test_the_file_says_what_the_page_says_of_the_calendar_and_of_what_was_not_read(client: FlaskClient) -> None:
    said = event_of(file_of(client, "review_local", "2026-12-10"))["description"]
    assert "Provisional: the calendar for 2027 is not officially published." in said
    assert "We have not read this article in this edition" in said
    assert "Our computation, not an official notice." in said
    clear = event_of(file_of(client, "review_central", "2024-06-10"))["description"]
    assert "Provisional" not in clear
    assert "We have not read" not in clear
    assert "Officially published calendar" in clear


def test_the_file_names_the_other_reading(client: FlaskClient) -> None:
    said = event_of(file_of(client, "public_discussion_notice", "2024-08-02"))["description"]
    assert "If whole working days must lie between the notice and the event: 29 July 2024" in said
    assert "How this term is counted is our reading." in said


def test_a_step_without_a_term_is_a_problem_of_the_step_and_not_of_the_day(client: FlaskClient) -> None:
    page = markup_of(calculator(client, "forwarding", "2024-06-10"))
    assert 'id="stage-problem"' in page
    assert 'id="from-problem"' not in page


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize(
    ("stage", "day", "status"),
    [
        ("review_central", "", 400),
        ("", "", 400),
        ("review_central", "2024-02-30", 400),
        ("dreaming", "2024-06-10", 404),
        ("forwarding", "2024-06-10", 422),
        ("review_central", "2027-12-20", 422),
        ("review_central", "2024-04-03", 422),
    ],
)
def test_a_file_that_cannot_be_made_is_a_plain_sentence(
    client: FlaskClient, lang: str, stage: str, day: str, status: int
) -> None:
    answer = file_of(client, stage, day, lang)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert re.search(r"\w.*\.\n$", answer.get_data(as_text=True))
    assert "<" not in answer.get_data(as_text=True)

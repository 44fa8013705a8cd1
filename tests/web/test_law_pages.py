"""The pages about the law: how it works, the calculator, and norms."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.i18n.library import ACTS
from portal.services import library
from portal.services.catalogue import catalogue
from portal.web.public import law_view

LANGUAGES = ("kk", "ru", "en")


def text_of(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def calculator(client: FlaskClient, stage: str, day: str, lang: str = "en") -> TestResponse:
    return client.get(f"/{lang}/deadlines", query_string={"stage": stage, "from": day})


# How it works


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_the_edition_stands_on_the_page_in_order(client: FlaskClient, lang: str) -> None:
    page = text_of(client.get(f"/{lang}/how-it-works?on=2026-04-01"))
    steps = catalogue().statute.on(date(2026, 4, 1)).steps
    places = [page.index(f'id="2026-03-02-{key}"') for key in steps]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("lang", "shown"), [("kk", "40 жұмыс күні"), ("ru", "40 рабочих дней"), ("en", "40 working days")]
)
def test_the_term_of_review_is_worded_from_the_edition(client: FlaskClient, lang: str, shown: str) -> None:
    assert shown in text_of(client.get(f"/{lang}/how-it-works"))


def test_an_article_leads_to_its_norm(client: FlaskClient) -> None:
    page = text_of(client.get("/ru/how-it-works"))
    assert 'href="/ru/norms/KZ.APPC.90-5.1">90-5(1)</a>' in page


def test_the_sixteen_subjects_are_shown_for_their_edition_and_never_dated_back(client: FlaskClient) -> None:
    first = "violation of human and civil rights"
    assert first in text_of(client.get("/en/how-it-works?on=2026-04-01"))
    later = text_of(client.get("/en/how-it-works?on=2026-11-21"))
    assert first in later
    assert "A later edition has been in force since, and we have not read it." in later
    for day in ("2024-05-01", "2024-09-10", "2026-03-01"):
        page = text_of(client.get(f"/en/how-it-works?on={day}"))
        assert first not in page, day
        assert "We have not read the list of barred subjects of this edition." in page


def test_a_day_on_which_two_editions_are_possible_names_both(client: FlaskClient) -> None:
    page = text_of(client.get("/en/how-it-works?on=2024-09-10"))
    assert "either of two editions may have been in force" in page
    assert "Edition in force from: 4 April 2024" in page
    assert "31 August 2024 to 30 September 2024" in page


def test_an_article_that_was_not_read_in_the_edition_says_so(client: FlaskClient) -> None:
    old = text_of(client.get("/en/how-it-works?on=2024-05-01"))
    row = old[old.index('id="2024-04-04-pre_moderation"') : old.index('id="2024-04-04-initial_support"')]
    assert "not read" in row
    assert "the text of another edition stands in" in old
    new = text_of(client.get("/en/how-it-works?on=2026-04-01"))
    row = new[new.index('id="2026-03-02-pre_moderation"') : new.index('id="2026-03-02-initial_support"')]
    assert "not read" not in row


def test_the_threshold_of_each_region_shows_its_arithmetic(client: FlaskClient) -> None:
    page = text_of(client.get("/en/how-it-works"))
    assert page.count(" × 2% = ") == 20
    assert page.count(" × 1% = ") == 20
    assert "595,676 × 2% = 11,913.52 → 11,914" in page
    assert "2,347,924 × 1% = 23,479.24 → 23,480" in page
    russian = text_of(client.get("/ru/how-it-works"))
    assert "595 676 × 2 % = 11 913,52 → 11 914" in russian


def test_both_readings_of_three_working_days_before_are_shown(client: FlaskClient) -> None:
    page = text_of(client.get("/ru/how-it-works"))
    assert "30 июля 2024 года" in page
    assert "29 июля 2024 года" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_that_the_kazakh_text_was_not_read_and_explains_every_mark(
    client: FlaskClient, lang: str
) -> None:
    page = text_of(client.get(f"/{lang}/how-it-works"))
    assert "adilet.zan.kz" in page
    for mark in ("A", "B", "C", "D", r"\?"):
        assert re.search(rf"<dt>{mark} – \w", page), mark


def test_every_special_day_of_every_calendar_stands_in_its_year(client: FlaskClient) -> None:
    page = text_of(client.get("/kk/how-it-works"))
    years = catalogue().calendar.years
    assert page.count("<details>") == len(years) == 4
    for year in years:
        for day in year.days:
            assert f"{day.on:%d.%m.%Y}" in page
            assert day.names["kk"] in page


def test_no_act_behind_a_day_off_lacks_words() -> None:
    assert {day.act for year in catalogue().calendar.years for day in year.days} <= ACTS.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2020-01-01", 422),
        ("2024-04-03", 422),
        ("1990-01-01", 400),
        ("0000-01-01", 400),
        ("9999-01-01", 400),
        ("2024-02-30", 400),
        ("yesterday", 400),
        ("2024-1-1", 400),
        ("x" * 3000, 400),
    ],
)
def test_a_day_that_cannot_be_used_is_answered_with_the_form_and_a_sentence(
    client: FlaskClient, lang: str, day: str, status: int
) -> None:
    answer = client.get(f"/{lang}/how-it-works", query_string={"on": day})
    page = text_of(answer)
    assert answer.status_code == status
    assert 'aria-invalid="true"' in page
    assert 'id="on-problem"' in page
    assert "<table" not in page


def test_a_day_may_be_typed_as_people_write_it(client: FlaskClient) -> None:
    assert 'value="2024-08-06"' in text_of(client.get("/ru/how-it-works?on=06.08.2024"))


# The calculator


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
    page = text_of(answer)
    assert answer.status_code == 200
    last = re.search(r'<time datetime="([\d-]+)">(?:(?!<time).)*last day</strong>', page)
    assert last is not None
    assert last[1] == due


@pytest.mark.parametrize(
    ("lang", "due"), [("kk", "2024 жылғы 6 тамыз"), ("ru", "6 августа 2024 года"), ("en", "6 August 2024")]
)
def test_the_last_day_stands_in_words_of_the_language(client: FlaskClient, lang: str, due: str) -> None:
    page = text_of(calculator(client, "review_central", "2024-06-10", lang))
    assert re.search(rf'<h2 id="result">[^<]*{due}</h2>', page)


def test_the_derivation_names_the_day_off_and_numbers_the_counted_days(client: FlaskClient) -> None:
    page = text_of(calculator(client, "review_central", "2024-06-10", "ru"))
    off = page[page.index('datetime="2024-07-08"') : page.index('datetime="2024-07-09"')]
    assert "День Столицы" in off
    assert "<td>–</td>" in off
    last = page[page.index('datetime="2024-08-06"') :]
    assert "<td>40</td>" in last


def test_a_term_into_2027_is_provisional_and_one_within_2026_is_not(client: FlaskClient) -> None:
    said = "Provisional: the calendar for 2027 is not officially published."
    assert said in text_of(calculator(client, "review_local", "2026-12-10"))
    assert said not in text_of(calculator(client, "review_local", "2026-04-20"))


def test_other_readings_stand_beside_the_result(client: FlaskClient) -> None:
    notice = text_of(calculator(client, "public_discussion_notice", "2024-08-02"))
    assert "Last day: 30 July 2024" in notice
    assert "29 July 2024" in notice
    complaint = text_of(calculator(client, "pre_trial_complaint", "2024-08-05"))
    assert "Last day: 5 November 2024" in complaint
    assert "5 February 2025" in complaint


def test_what_was_not_read_is_said_with_the_result(client: FlaskClient) -> None:
    page = text_of(calculator(client, "pre_moderation", "2024-05-06"))
    assert "We have not read this article in this edition." in page
    assert "Edition in force from: 2 March 2026" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_parameters_the_form_is_empty_and_has_no_result(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}/deadlines")
    assert answer.status_code == 200
    assert 'id="result"' not in text_of(answer)
    assert "aria-invalid" not in text_of(answer)


@pytest.mark.parametrize("lang", LANGUAGES)
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
    page = text_of(answer)
    assert answer.status_code == status
    assert '-problem">' in page
    assert 'id="result"' not in page
    if day:
        assert f'value="{day}"' in page


def test_the_chosen_step_is_kept_beside_an_error(client: FlaskClient) -> None:
    page = text_of(calculator(client, "review_local", "31.02.2024"))
    assert '<option selected value="review_local">' in page
    assert 'value="31.02.2024"' in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_calendar_is_named_in_the_language_of_the_page(client: FlaskClient, lang: str) -> None:
    page = text_of(calculator(client, "review_central", "2027-12-01", lang))
    problem = re.search(r'id="from-problem">([^<]+)<', page)
    assert problem is not None
    assert "2028" in problem[1]
    assert (lang == "en") == problem[1].startswith("Cannot be computed")


def test_markup_in_an_entry_stays_text(client: FlaskClient) -> None:
    page = text_of(calculator(client, "<script>", '"><script>alert(1)</script>'))
    assert "<script>" not in page


# Norms


@pytest.mark.parametrize("alias", ["90-2", "90 (2)", "ст. 90-2", "90-2-бап", "KZ.APPC.90-2", "Article 90-2"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_of_writing_a_norm_shows_one_page(client: FlaskClient, lang: str, alias: str) -> None:
    answer = client.get(f"/{lang}/norms/{alias}")
    assert answer.status_code == 200
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/{lang}/norms/KZ.APPC.90-2">' in text_of(answer)


def test_a_number_that_several_acts_have_is_a_choice(client: FlaskClient) -> None:
    answer = client.get("/en/norms/4")
    page = text_of(answer)
    assert answer.status_code == 200
    assert "/en/norms/KZ.CONST.4" in page
    assert "/en/norms/KZ.CRIM.4" in page


@pytest.mark.parametrize("alias", ["nothing", "90-99", "x" * 5000, "..", "%20"])
def test_an_unknown_norm_is_not_found(client: FlaskClient, alias: str) -> None:
    assert client.get(f"/ru/norms/{alias}").status_code == 404


def test_searching_leads_to_the_norm_the_choice_or_the_whole_list(client: FlaskClient) -> None:
    one = client.get("/kk/norms", query_string={"q": "90-2-бап"})
    assert one.status_code == 302
    assert one.location == "/kk/norms/KZ.APPC.90-2"
    several = client.get("/kk/norms", query_string={"q": "4"})
    assert several.status_code == 200
    assert "/kk/norms/KZ.CONST.4" in text_of(several)
    none = client.get("/en/norms", query_string={"q": "zzzz"})
    assert none.status_code == 200
    assert "Nothing matches your search." in text_of(none)


def test_all_norms_are_listed_under_their_acts(client: FlaskClient) -> None:
    assert text_of(client.get("/en/norms")).count('href="/en/norms/') >= 313


def test_a_norm_read_in_the_law_and_one_only_cited_are_told_apart(client: FlaskClient) -> None:
    read = text_of(client.get("/en/norms/KZ.APPC.90-5.1"))
    assert "In our own words, from the text of the act." in read
    assert ">Official text</a>" in read
    cited = text_of(client.get("/en/norms/KZ.CONST.4"))
    assert "As cited by the source; this is not the text of the act" in cited
    assert "official text not linked" in cited


def test_the_constitution_of_1995_is_shown_as_ended(client: FlaskClient) -> None:
    assert "No longer in force. Last day: 30 June 2026." in text_of(client.get("/en/norms/KZ.CONST"))


def test_a_norm_before_its_last_day_is_not_shown_as_ended(client: FlaskClient, app) -> None:
    with app.test_request_context("/ru/norms/KZ.CONST"):
        norm = library.norm("KZ.CONST")
        assert norm is not None
        assert not law_view.norm_page(norm, date(2026, 6, 30)).ended
        assert law_view.norm_page(norm, date(2026, 7, 1)).ended


def test_a_source_without_an_article_number_is_flagged(client: FlaskClient) -> None:
    assert "The source gives no article number." in text_of(client.get("/en/norms/KZ.CONST.ASSEMBLY"))


def test_the_barred_subjects_stand_on_their_norm_with_their_edition(client: FlaskClient) -> None:
    page = text_of(client.get("/en/norms/90-2(3)"))
    assert page.count('<li value="') == 16
    assert "Edition in force from: 2 March 2026" in page


def test_who_relies_on_a_norm_is_named_with_the_source(client: FlaskClient) -> None:
    page = text_of(client.get("/ru/norms/KZ.APPC.90-2.3"))
    assert "002:21" in page
    assert "Кампания «queer.kz»" in page


def test_a_norm_names_the_petitions_decided_on_its_ground(client: FlaskClient) -> None:
    page = text_of(client.get("/en/norms/KZ.CONST.27.1"))
    assert "Petitions decided on this ground" in page
    assert 'href="/en/petitions/1"' in page

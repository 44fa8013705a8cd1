"""Home, the list of petitions, and a petition's page, as readers meet them."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.domain.questions import Question

LANGUAGES = ("kk", "ru", "en")
SPOKEN = ["kk", *(pytest.param(lang, marks=pytest.mark.slow) for lang in ("ru", "en"))]
"""The quick loop reads each page in one language, the whole run in all three."""

CENTRAL: dict[str, dict[str, Any]] = {
    "kk": {
        "due": "06.08.2024",
        "day off": "2024 жылғы 8 шілде: Астана күні",
        "published": ("2024 жылғы 5 тамыз", "2024 жылғы 6 тамыз"),
        "no effect": "Құқықтық салдары жоқ",
        "not stated": "Ұстанымы көрсетілмеген",
        "not decided yet": "түпкілікті шешім",
    },
    "ru": {
        "due": "06.08.2024",
        "day off": "8 июля 2024 года: День",
        "published": ("5 августа 2024 года", "6 августа 2024 года"),
        "no effect": "Без правовых последствий",
        "not stated": "Позиция не указана",
        "not decided yet": "окончательного решения еще нет",
    },
    "en": {
        "due": "06.08.2024",
        "day off": "8 July 2024: Capital Day",
        "published": ("5 August 2024", "6 August 2024"),
        "no effect": "No legal effect (as stated by the body)",
        "not stated": "Position not stated",
        "not decided yet": "no final decision yet",
    },
}


def page_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def part(page: str, name: str) -> str:
    """Return one section of a petition's page."""
    found = re.search(rf'<section id="{name}">.*?</section>', page, re.DOTALL)
    assert found is not None, name
    return found[0]


@pytest.fixture(scope="module", params=SPOKEN)
def central(request, app) -> tuple[str, str]:
    """The page of the central case, in each language."""
    return request.param, page_of(app.test_client(), f"/{request.param}/petitions/1")


@pytest.fixture(scope="module", params=SPOKEN)
def voices(request, app) -> tuple[str, str]:
    """What was said about the central case, in each language."""
    return request.param, page_of(app.test_client(), f"/{request.param}/petitions/1/statements")


def test_the_review_was_due_on_6_august_with_8_july_named_as_a_day_off(central):
    lang, page = central
    review = re.search(r'id="term-review_central".*?</li>\s*<li class="term"', part(page, "terms"), re.DOTALL)
    assert review is not None
    assert CENTRAL[lang]["due"] in review[0]
    assert CENTRAL[lang]["day off"] in review[0]
    assert "stage=review_central&from=2024-06-10" in review[0]


def test_the_review_is_drawn_at_the_top_with_forty_days_and_what_happened_in_them(central):
    lang, page = central
    ruler = re.search(r'<figure class="ruler">.*?</figure>.*?</ul>', page, re.DOTALL)
    assert ruler is not None
    cells = re.search(r'<path class="ruler__day" d="([^"]+)"', ruler[0])
    assert cells is not None
    assert cells[1].count("z") == 39  # And the last day, which is a kind of its own.
    assert ruler[0].count('class="ruler__off"') == ruler[0].count('class="ruler__last"') == 1
    assert ruler[0].count('href="#event-') >= 5
    assert CENTRAL[lang]["day off"] in ruler[0]


def test_both_deadlines_that_sources_named_stand_beside_our_own(central):
    lang, page = central
    named = re.search(r'id="event-review_deadline".*?</li>\s*<li class="event', page, re.DOTALL)
    assert named is not None
    for day in CENTRAL[lang]["published"]:
        assert f"<strong>{day}</strong>" in named[0]
    assert "alturi.org" in named[0]
    assert "kyn.kz" in named[0]
    assert 'class="claim--ours"' in named[0]
    assert '<a href="#source-' in named[0]


def test_the_decision_is_disputed_with_both_days_and_their_sources(central):
    _, page = central
    decided = re.search(r'<li class="event event--disputed" id="event-decision">.*?</ul>', page, re.DOTALL)
    assert decided is not None
    assert len(re.findall(r"<strong>[^<]*2024", decided[0])) >= 2
    assert "orda.kz" in decided[0].lower()


def test_what_was_said_on_2_august_stands_as_said(central):
    lang, page = central
    assert CENTRAL[lang]["not decided yet"] in page


def test_no_legal_effect_is_the_body_s_statement(central):
    lang, page = central
    decisions = part(page, "decisions")
    assert CENTRAL[lang]["no effect"] in decisions
    assert '<q class="quote"' in decisions


def test_the_group_of_45_has_22_and_23_not_broken_down(central):
    _, page = central
    group = part(page, "group")
    for number in ("45", "22", "23"):
        assert re.search(rf"<strong>{number}\b", group), number


def test_the_petition_counts_the_organisations_by_channel_and_leads_to_them(central):
    _, page = central
    positions = part(page, "positions")
    assert "30" in positions
    assert '/petitions/1/statements#positions"' in positions


def test_thirty_organisations_are_named_and_no_stance_is_inferred(voices):
    lang, page = voices
    positions = part(page, "positions")
    assert positions.count('<th scope="row">') == 30
    assert positions.count(f"<td>{CENTRAL[lang]['not stated']}</td>") == 30


def test_statements_on_the_demands_stand_side_by_side_and_point_at_each_other(voices):
    _, page = voices
    demands = part(page, "about-demands")
    assert 'id="statement-st-demands-gov-only"' in demands
    assert 'href="#statement-st-demands-campaign"' in demands
    assert page.count('<ul class="cards">') >= 2


def test_a_petition_of_which_little_was_said_shows_it_on_its_own_page(client):
    page = page_of(client, "/en/petitions/2")
    assert 'class="card" id="statement-' in page


def test_every_anchor_of_the_voices_is_there(voices):
    _, page = voices
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_links_from_the_petition_to_the_voices_find_their_anchors(central, app):
    lang, page = central
    there = page_of(app.test_client(), f"/{lang}/petitions/1/statements")
    anchors = set(re.findall(r'/petitions/1/statements#([^"]+)"', page))
    assert anchors
    assert anchors <= set(re.findall(r'\bid="([^"]+)"', there))


def test_no_statement_without_a_petition(client):
    assert client.get("/en/petitions/999/statements").status_code == 404


def test_an_opponents_label_is_never_the_title(central):
    _, page = central
    heading = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    assert heading is not None
    assert "О запрете пропаганды" not in heading[0]
    assert "О запрете пропаганды" in part(page, "titles")


def test_every_anchor_that_the_page_points_at_is_there(central):
    _, page = central
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_sources_are_numbered_in_order(central):
    _, page = central
    numbers = [int(number) for number in re.findall(r'<li id="source-(\d+)"', page)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_petition_last_seen_collecting_in_2024_is_not_shown_as_collecting(client):
    page = page_of(client, "/en/petitions?q=industry")
    assert "Last seen collecting on 1 July 2024; six months ended on 25 November 2024" in page
    assert "<dd>Collection of signatures</dd>" not in page


def test_the_day_asked_for_changes_the_standing(client):
    page = page_of(client, "/en/petitions/1?on=2024-07-01")
    status = re.search(r'<section class="status .*?</section>', page, re.DOTALL)
    assert status is not None
    assert "Under review." in status[0]
    assert "Last day for the decision: 6 August 2024." in status[0]


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("number", range(1, 20))
def test_every_petition_has_a_page(client, lang, number):
    page = page_of(client, f"/{lang}/petitions/{number}")
    assert page.count("<h1") == 1
    assert f'<html lang="{lang}">' in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("stage=decided", {1, 2}),
        ("stage=collection", set()),
        ("stage=ended_not_seen", {3, 4, 5, 6, 10}),
        ("outcome=refused", {2}),
        ("platform=unknown&q=time", {12}),
        ("sort=number&stage=rejected", {11}),
        ("year=2024&outcome=unknown&stage=ended_not_seen", {3, 4, 5, 6}),
        ("body=mci&stage=decided", {1}),
        ("level=gov&stage=unknown", {7, 8, 9}),
        ("q=ЛГБТ", {1}),
        ("q=%3Cscript%3E", set()),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(client, query, numbers):
    page = page_of(client, f"/en/petitions?{query}")
    rows = re.search(r'<ul class="rows">.*?</ul>', page, re.DOTALL)
    found = set(map(int, re.findall(r'<h3 class="row__title"><a href="/en/petitions/(\d+)"', rows[0] if rows else "")))
    assert found == numbers
    assert f"{len(numbers)} petition" in page


def test_an_empty_list_helps(client):
    assert "Show all petitions" in page_of(client, "/en/petitions?q=nothing-of-the-kind")


def test_what_is_searched_for_is_escaped(client):
    page = client.get("/en/petitions?q=%22%3E%3Cscript%3E").get_data(as_text=True)
    assert "<script" not in page


def test_empty_fields_leave_the_address(client):
    answer = client.get("/ru/petitions?stage=decided&outcome=&q=&sort=due")
    assert answer.status_code == 302
    assert answer.location == "/ru/petitions?stage=decided&sort=due"


def test_home_counts_the_answers_to_each_question_and_leads_to_them(client):
    page = page_of(client, "/en/")
    for question in Question:
        address = f"/en/petitions?list={question}" if question is not Question.ALL else "/en/petitions"
        answer = re.search(rf'<a class="answer" href="{re.escape(address)}">.*?number[^>]*">([0-9,]+)<', page)
        assert answer is not None, question
        assert f"{answer[1]} petition" in page_of(client, address)
    assert page.count('<li class="row">') == 5


def test_a_register_id_leads_to_the_number(client):
    answer = client.get("/kk/petitions/lgbt-propaganda-2024")
    assert answer.status_code == 301
    assert answer.location == "/kk/petitions/1"
    assert client.get("/kk/petitions/lgbt-propaganda-2024?on=2024-07-01").location.endswith("?on=2024-07-01")


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("petitions/0", 404),
        ("petitions/999999", 404),
        (f"petitions/{10**40}", 404),
        ("petitions/-1", 404),
        ("petitions/no-such", 404),
        ("petitions/1?on=2024-02-30", 400),
        ("petitions/1?on=0000-01-01", 400),
        ("petitions/1?on=9999-12-31", 400),
        ("petitions/1?x=1", 400),
        ("petitions?stage=nonsense", 400),
        ("petitions?outcome=nonsense", 400),
        ("petitions?body=nonsense", 400),
        ("petitions?region=KZ-99", 400),
        ("petitions?platform=nonsense", 400),
        ("petitions?year=0", 400),
        ("petitions?year=9999", 400),
        ("petitions?sort=nonsense", 400),
        ("petitions?after=nonsense", 400),
        ("petitions?after=2024-01-01~99999999999999999999", 400),
        ("petitions?page=1", 400),
        ("petitions?q=%00", 400),
        (f"petitions?q={'x' * 10_000}", 400),
        ("?x=1", 400),
    ],
)
def test_bad_input_gets_a_sentence_and_a_status(client, lang, address, status):
    answer = client.get(f"/{lang}/{address}")
    assert answer.status_code == status
    assert "<h1>" in answer.get_data(as_text=True)

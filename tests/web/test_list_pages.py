"""Lists that answer questions, and the pages of bodies, working groups and organisations, as readers meet them."""

import html
import re
from datetime import date

import pytest

from portal.domain.questions import Question
from portal.i18n.locale import speak
from portal.services import petition_lists
from portal.services.catalogue import catalogue
from portal.web.public import body_record


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]


def rows(page):
    return [int(number) for number in re.findall(r'<h3 class="row__title"><a href="/\w\w/petitions/(\d+)"', page)]


def chips(page):
    """Return the filters that are set with where their removal leads to."""
    found = re.findall(r'<a class="chip" href="([^"]+)"><span class="chip__words">(.*?)</span>', page)
    return {words: address for address, words in found}


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_each_question_has_its_own_heading_and_says_what_is_in_it_and_what_is_not(client, lang):
    headings, said = set(), set()
    for question in Question:
        page = page_of(client, f"/{lang}/petitions?list={question}")
        headings.add(heading(page))
        said.add(re.search(r'<p class="lead">(.*?)</p>\n<p class="note">(.*?)</p>', page, re.DOTALL).groups())
    assert len(headings) == len(said) == len(Question)


def test_the_list_without_a_question_is_that_of_all(client):
    assert rows(page_of(client, "/en/petitions")) == rows(page_of(client, "/en/petitions?list=all"))


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("list=collecting", []),
        ("list=ended", [10, 6, 3, 4, 5]),
        ("list=overdue", []),
        ("list=decided", [1, 2]),
        ("list=decided&outcome=refused", [2]),
        ("list=rejected", [11]),
        ("list=rejected&ground=unknown", [11]),
        ("list=follow_ups&sort=number", [1, 2]),
        ("list=follow_ups&body=mci", [1]),
        ("list=vanished", []),
    ],
)
def test_the_shipped_record_answers(client, asked, numbers):
    assert rows(page_of(client, f"/en/petitions?{asked}")) == numbers


def test_the_form_keeps_the_question_and_opens_where_a_filter_is_set(client):
    closed = page_of(client, "/en/petitions?list=decided")
    assert '<input type="hidden" name="list" value="decided">' in closed
    assert '<details class="finder__filters">' in closed
    opened = page_of(client, "/en/petitions?list=decided&outcome=refused")
    assert '<details class="finder__filters" open>' in opened
    assert 'name="list"' not in page_of(client, "/en/petitions")
    assert page_of(client, "/en/petitions").index('type="search"') < closed.index("<select")


def test_options_say_how_many_petitions_they_would_leave(client):
    page = page_of(client, "/en/petitions?year=2024")
    stages = dict(
        re.findall(r'<option value="(\w+)">[^<]*\((\d+)\)</option>', page.split('id="stage"')[1].split("</select>")[0])
    )
    for stage, number in stages.items():
        assert len(rows(page_of(client, f"/en/petitions?year=2024&stage={stage}"))) == int(number)
    assert "registration" not in stages  # It would leave nothing.


def test_each_filter_that_is_set_can_be_removed_by_itself(client):
    page = page_of(client, "/en/petitions?list=ended&year=2024&q=law&sort=number")
    assert chips(page) == {
        "Words in the title: “law”": "/en/petitions?list=ended&year=2024&sort=number",
        "Year: 2024": "/en/petitions?list=ended&q=law&sort=number",
    }
    assert '<a class="chips__clear" href="/en/petitions?list=ended">' in page


def test_an_empty_list_says_which_filter_to_drop(client):
    page = page_of(client, "/en/petitions?stage=decided&year=2025")
    assert rows(page) == []
    assert '<a href="/en/petitions?stage=decided">without the filter Year: 2025</a> (2)' in page
    assert '<a href="/en/petitions?year=2025">without the filter Stage: Decided</a>' in page
    nowhere = page_of(client, "/en/petitions?stage=review&region=KZ-75")
    assert "Dropping one filter is not enough" in nowhere


def test_an_empty_answer_is_an_answer(client):
    page = page_of(client, "/en/petitions?list=overdue")
    assert "That is also an answer" in page
    assert '<a href="/en/petitions">Show all petitions</a>' in page


def test_the_next_page_keeps_the_question_and_the_filters(client, monkeypatch):
    everything = rows(page_of(client, "/en/petitions?list=ended&year=2024"))
    whole = petition_lists.list_petitions
    monkeypatch.setattr(petition_lists, "list_petitions", lambda filters, on: whole(filters, on, size=2))
    page = page_of(client, "/en/petitions?list=ended&year=2024")
    following = re.search(r'<a rel="next" href="([^"]+)"', page)[1]
    assert "list=ended" in following
    assert "year=2024" in following
    assert rows(page) + rows(page_of(client, following)) == everything[:4]


def test_decisions_are_divided_by_outcome_and_rejections_by_ground(client):
    decided = page_of(client, "/en/petitions?list=decided")
    parts = decided.split('class="parts"')[1].split("</ul>")[0]
    assert 'href="/en/petitions?list=decided&outcome=refused"' in parts
    assert 'href="/en/petitions?list=decided&outcome=partially_granted"' in parts
    rejected = page_of(client, "/en/petitions?list=rejected")
    assert 'href="/en/petitions?list=rejected&ground=unknown"' in rejected.split('class="parts"')[1]


def test_a_last_day_long_past_is_not_shown_as_one_to_come(client):
    assert "Publication of the decision" not in page_of(client, "/en/petitions?list=decided")


# Bodies


def test_a_body_s_page_has_its_decisions_with_their_days_and_the_ruler(client):
    page = page_of(client, "/en/bodies/mti")
    decided = page.split("What it has decided")[1].split("</section>")[0]
    for words in ("7 June 2024", "5 August 2024", "2 August 2024", "39 working days", "within the term", "Refused"):
        assert words in decided, words
    assert '<svg class="ruler__drawing"' in decided
    assert "median" not in decided.lower()  # Of one decision it would say nothing.


def test_a_disputed_decision_took_a_range_of_days(client):
    assert "37 to 40 working days" in page_of(client, "/en/bodies/mci")


@pytest.mark.parametrize(("reviews", "said"), [(2, None), (3, "3 decisions with known days: 10 working days")])
def test_a_median_is_said_of_three_decisions_and_not_of_two(app, reviews, said):
    days = [(date(2026, 6, 1), catalogue().calendar.add_working_days(date(2026, 6, 1), n)) for n in (5, 10, 40)]
    with app.test_request_context("/en/"):
        speak("en")
        words = body_record._median(days[:reviews])
    assert words is None if said is None else said in words


def test_no_body_is_called_overdue_where_nobody_looked(client):
    page = page_of(client, "/en/bodies/mci")
    assert "Overdue: checked and not done" not in page
    assert "Term over, result not seen" in page


def test_undertakings_stand_with_the_body_that_is_responsible(client):
    page = page_of(client, "/en/bodies/mshe")
    undertaken = page.split("What it undertook")[1].split("</section>")[0]
    assert "three-year study" in undertaken
    assert "no report seen" in undertaken


# Groups and organisations


def test_a_working_group_says_what_is_known_and_what_is_not(client):
    page = page_of(client, "/en/petitions/1/working-group")
    for words in (
        "45 members",
        "22",
        "Not broken down by the sources",
        "No member is named in the sources",
        "21 June 2024",
    ):
        assert words in page, words
    assert 'href="/en/petitions/1#event-meeting-1"' in page
    assert "Notice of public discussion" in page


def test_categories_that_no_source_names_are_named_as_such(client):
    page = page_of(client, "/en/petitions/2/working-group")
    assert "The law asks for these too, and no source speaks of them" in page


def test_a_petition_without_a_known_group_says_so(client):
    assert "There may have been one" in page_of(client, "/en/petitions/3/working-group")


def test_the_working_groups_are_listed(client):
    page = page_of(client, "/en/working-groups")
    assert re.findall(r'href="/en/petitions/(\d+)/working-group"', page) == ["1", "2"]


def test_organisations_stand_by_letter_and_no_position_is_inferred(client):
    page = page_of(client, "/kk/organisations")
    letters = re.findall(r'<h2 id="letter-\d+">(.)[^<]*</h2>', page)
    alphabet = "AаәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяA"
    assert letters[0] == "A"  # Names in Latin letters, under one heading.
    assert [alphabet.index(each.lower()) for each in letters[1:]] == sorted(
        alphabet.index(each.lower()) for each in letters[1:]
    )
    assert page.count('class="lines"') == len(letters)
    one = page_of(client, "/en/organisations/adil-soz")
    assert "Position not stated" in one
    assert 'href="/en/petitions/1"' in one

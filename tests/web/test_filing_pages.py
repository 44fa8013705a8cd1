"""Before you file: what the law lists, asks and gives; no verdict, no advice, and nothing kept."""

import re
from datetime import date

import pytest

from portal import clock
from portal.i18n import formats
from portal.i18n.locale import speaking
from portal.services import audit, deadlines
from portal.services.catalogue import catalogue
from portal.services.filing import filing_facts

pytestmark = pytest.mark.slow
"""A database for each test, or a page in each language: for the whole run."""

LANGUAGES = ("kk", "ru", "en")
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def a_fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: ON)


def text_of(answer):
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def page_of(client, lang="en", expect=200, **asked):
    answer = client.get(f"/{lang}/before-you-file", query_string=asked)
    assert answer.status_code == expect
    return text_of(answer)


def part(page, anchor):
    """Return one part of the page."""
    return page.split(f'<section id="{anchor}"')[1].split("</section>")[0]


# The barred subjects


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_the_sixteen_barred_subjects_stands_with_its_number_in_plain_words_and_as_listed(client, lang):
    shown = part(page_of(client, lang), "subject")
    edition = catalogue().statute.barred_on(ON)
    assert edition is not None
    plain = {each.key: each.plain for each in filing_facts().barred}
    assert len(edition.barred) == 16
    for subject in edition.barred:
        row = shown.split(f'value="{subject.no}" id="barred-{subject.no}"')[1].split("</li>")[0]
        assert plain[subject.key].in_language(lang).text in row
        assert subject.names[lang].replace("'", "&#39;") in row


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "Шешімді модераторлар қабылдайды; біз заңда не тізілгенін ғана көрсетеміз."),
        ("ru", "Решают модераторы; мы только показываем, что перечислено в законе."),
        ("en", "The decision is the moderators’; we only show what the law lists."),
    ],
)
def test_the_decision_is_said_to_be_the_moderators(client, lang, said):
    assert said in page_of(client, lang)


def test_no_verdict_is_given_on_a_subject(client):
    page = page_of(client, q="school uniform", level="gov", **{"from": "2026-12-01"}).casefold()
    assert not re.search(r"\b(allowed|not allowed|will be (rejected|accepted)|admissible\b(?!</a>)|illegal)\b", page)


def test_the_edition_of_the_list_and_that_a_later_one_was_not_read_are_said(client):
    shown = part(page_of(client), "subject")
    assert "Edition in force from: 2 March 2026." in shown
    assert "A later edition has been in force since, and we have not read it." in shown


def test_a_ground_without_a_source_for_a_refusal_has_no_example(client):
    """No source of ours states one of the sixteen as the ground of a refusal; one states another ground."""
    shown = part(page_of(client), "subject")
    barred, others = shown.split("<h3>")
    assert barred.count("A refusal on this ground: we know of none.") == 16
    assert "/petitions/" not in barred
    assert 'href="/en/petitions/11"' in others
    assert "Ground, as stated: A similar petition had already been lodged." in others
    assert re.search(r"By our reading that is: <a [^>]+>90-2\(4\)\(3\)</a>\. <abbr[^>]+>D</abbr>", others)
    assert "Speaker: Ministry of Trade and Integration" in others
    assert "bizmedia.kz" in others


def test_a_dispute_about_a_ground_is_not_called_a_refusal(client):
    row = part(page_of(client), "subject").split('id="barred-1"')[1].split("</li>")[0]
    assert "A dispute about this ground, not a refusal:" in row
    assert "/contradictions#CT-06" in row


# The threshold


@pytest.mark.parametrize(
    ("asked", "votes", "arithmetic"),
    [
        ({"level": "gov"}, "50,000", None),
        ({"level": "akimat_region", "region": "KZ-10"}, "5,957", "595,676 × 1% = 5,956.76 → 5,957"),
        ({"level": "maslikhat_region", "region": "KZ-10"}, "11,914", "595,676 × 2% = 11,913.52 → 11,914"),
        ({"level": "akimat_region", "region": "KZ-75"}, "23,480", "2,347,924 × 1% = 23,479.24 → 23,480"),
        ({"level": "maslikhat_region", "region": "KZ-11"}, "15,760", "787,971 × 2% = 15,759.42 → 15,760"),
        ({"level": "akimat_region", "population": "595 676"}, "5,957", "595,676 × 1% = 5,956.76 → 5,957"),
        ({"level": "akimat_district", "population": "50001"}, "2,500", None),
        ({"level": "akimat_district", "population": "50000"}, "2,500", "50,000 × 5% = 2,500"),
        ({"level": "akimat_district", "population": "48,500"}, "2,425", "48,500 × 5% = 2,425"),
        ({"level": "maslikhat_district", "population": "50001"}, "5,000", None),
        ({"level": "maslikhat_district", "population": "48501"}, "4,851", "48,501 × 10% = 4,850.10 → 4,851"),
    ],
)
def test_the_threshold_is_that_of_the_law_with_its_arithmetic(client, asked, votes, arithmetic):
    shown = part(page_of(client, **asked), "threshold")
    assert f"Votes needed: {votes}</p>" in shown
    assert 'href="/en/norms/KZ.APPC.90-3.4">90-3(4)</a>' in shown
    assert arithmetic is None or arithmetic in shown
    assert ("Rounding up is our reading" in shown) is ("→" in (arithmetic or ""))


def test_the_population_of_a_region_has_its_day_and_its_source(client):
    shown = part(page_of(client, level="akimat_region", region="KZ-11"), "threshold")
    assert "Akmola Region: population 787,971 as of 1 January 2023." in shown
    assert "open-data-kazakhstan" in shown
    assert "Which figure is counted with, and of which day, the law does not say." in shown


def test_what_the_reader_entered_is_counted_with_and_said(client):
    shown = part(page_of(client, level="akimat_region", region="KZ-10", population="100000"), "threshold")
    assert "Votes needed: 1,000</p>" in shown
    assert "Counted with the population that you entered: 100,000." in shown


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({"level": ""}, 400, "level"),
        ({"region": "KZ-10"}, 400, "level"),
        ({"level": "city"}, 400, "level"),
        ({"level": "akimat_region", "region": "KZ-99"}, 400, "region"),
        ({"level": "akimat_region"}, 422, "population"),
        ({"level": "akimat_district", "region": "KZ-10"}, 422, "population"),
        *(
            ({"level": "akimat_district", "population": text}, 400, "population")
            for text in ("0", "-5", "1.5", "48,50", "many", "30000001", "9" * 20, "٣٠", "1e3", "1,000,000,000")
        ),
        ({"q": "x" * 201}, 400, "q"),
        ({"q": "!? a"}, 422, "q"),
        ({"from": "31.02.2027"}, 400, "from"),
        ({"from": "soon"}, 400, "from"),
        ({"from": "2024-04-03"}, 422, "from"),
        ({"from": "2500-01-01"}, 400, "from"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_entry_gets_a_sentence_in_the_summary_and_at_its_field_and_is_kept(client, lang, asked, status, field):
    page = page_of(client, lang, expect=status, **asked)
    assert f'<li><a href="#{field}">' in page
    assert f'id="{field}-problem"' in page
    assert f'id="{field}"' in page
    entered = asked.get(field)
    if entered and field in ("population", "q", "from"):
        assert f'value="{entered}"' in page


def test_a_malformed_entry_weighs_more_than_one_without_an_answer(client):
    page_of(client, expect=400, level="akimat_region", **{"from": "soon"})
    page_of(client, expect=400, level="nobody", **{"from": "2024-04-03"})


def test_an_unknown_name_in_the_address_is_refused(client):
    page_of(client, expect=400, text="my petition")


# Contents


def test_what_a_petition_must_contain_has_its_article_and_certainty_and_the_unknown_is_said(client):
    shown = part(page_of(client), "contents")
    assert shown.count("<li") == len(filing_facts().contents)
    assert shown.count(">A</abbr>") == 7
    assert shown.count(">?</abbr>") == 3
    assert "chapter 12-1 does not say" in shown


# Similar petitions


def test_a_decided_petition_shows_until_when_it_bars_its_subject(client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2025, 8, 4))
    shown = part(page_of(client, q="time zone"), "similar")
    assert "Decided: 2 August 2024. It bars one on the same subject until: 4 August 2025." in shown
    monkeypatch.setattr(clock, "today", lambda: date(2025, 8, 5))
    shown = part(page_of(client, q="time zone"), "similar")
    assert "The year in which it barred a new one ended: 4 August 2025." in shown


def test_our_record_is_said_to_be_incomplete_and_the_official_portal_is_linked(client):
    for asked in ({}, {"q": "no such words"}, {"q": "time"}):
        shown = part(page_of(client, **asked), "similar")
        assert "Our record is not complete: we follow 19 petitions." in shown
        assert 'href="https://epetition.kz"' in shown


def test_nothing_found_is_not_said_to_be_nothing_there(client):
    shown = part(page_of(client, q="zzzz"), "similar")
    assert "In our record nothing was found." in shown
    assert "That does not mean that there is none." in shown


def test_search_words_are_shown_as_text_and_never_as_markup(client):
    page = page_of(client, q="<b>school</b>")
    assert "<b>school" not in page


# Dates


def test_each_expected_day_has_its_condition_and_can_be_counted_again(client):
    shown = part(page_of(client, level="gov", **{"from": "02.03.2026"}), "dates")
    for said in (
        "3 April 2026",
        "4 May 2026",
        "4 June 2026",
        "4 November 2026 to 4 December 2026",
        "The law sets no term",
        "31 December 2026 to 4 February 2027",
        "Provisional: the calendar for 2027 is not officially published.",
        "Cannot be computed: there is no working-day calendar for 2028.",
    ):
        assert said in shown
    assert 'href="/en/deadlines?stage=pre_moderation&amp;from=2026-03-02"' in shown
    assert shown.count('class="way__step"') == 9
    assert "If a maslikhat or an akimat considers it" not in shown


def test_the_days_are_those_of_the_calculator(client):
    shown = part(page_of(client, level="gov", **{"from": "2026-03-02"}), "dates")
    links = re.findall(r'href="(/en/deadlines\?stage=(\w+)&amp;from=([\d-]+))"', shown)
    assert len(links) == 11
    for address, step, day in links:
        assert client.get(address.replace("&amp;", "&")).status_code == 200
        with speaking("en"):
            assert formats.long_date(deadlines.compute(step, date.fromisoformat(day)).due_on) in shown


def test_without_a_day_no_day_is_guessed(client):
    assert "way__step" not in page_of(client)
    assert "way__step" not in page_of(client, **{"from": ""})


# Nothing is kept


def test_each_form_carries_what_was_entered_into_the_others(client):
    asked = {"level": "akimat_region", "region": "KZ-10", "q": "time", "from": "2026-12-01"}
    page = page_of(client, **asked)
    for anchor, own in (("threshold", {"level", "region"}), ("similar", {"q"}), ("dates", {"from"})):
        form = part(page, anchor).split("<form")[1].split("</form>")[0]
        carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', form))
        assert carried == {name: value for name, value in asked.items() if name not in own}
        assert 'method="get"' in form


def test_nothing_is_stored_and_nobody_is_marked(app, client):
    with app.app_context():
        before = audit.head()
    answer = client.get("/en/before-you-file?level=gov&q=time+zone&from=2026-12-01")
    assert "Set-Cookie" not in answer.headers
    page = text_of(answer)
    assert "Nothing is stored." in page
    assert "we keep no log of them" in page
    assert "<textarea" not in page
    assert client.post("/en/before-you-file").status_code == 405
    with app.app_context():
        assert audit.head() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_ends_with_the_official_portal_and_what_we_do_not_do(client, lang):
    shown = part(page_of(client, lang), "file")
    assert 'href="https://epetition.kz"' in shown
    assert {"kk": "қол жинамаймыз", "ru": "не собираем подписей", "en": "collect no signatures"}[lang] in shown

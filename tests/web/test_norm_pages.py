"""The pages about norms."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from portal.services import library
from portal.web.public import norm_view
from tests.fixtures.pages import markup_of

LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize("alias", ["90-2", "90 (2)", "ст. 90-2", "90-2-бап", "KZ.APPC.90-2", "Article 90-2"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_way_of_writing_a_norm_shows_one_page(client: FlaskClient, lang: str, alias: str) -> None:
    answer = client.get(f"/{lang}/norms/{alias}")
    assert answer.status_code == 200
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/{lang}/norms/KZ.APPC.90-2">' in markup_of(answer)


def test_a_number_that_several_acts_have_is_a_choice(client: FlaskClient) -> None:
    answer = client.get("/en/norms/4")
    page = markup_of(answer)
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
    assert "/kk/norms/KZ.CONST.4" in markup_of(several)
    none = client.get("/en/norms", query_string={"q": "zzzz"})
    assert none.status_code == 200
    assert "Nothing matches your search." in markup_of(none)


def test_all_norms_are_listed_under_their_acts(client: FlaskClient) -> None:
    assert markup_of(client.get("/en/norms")).count('href="/en/norms/') >= 313


def test_a_norm_read_in_the_law_and_one_only_cited_are_told_apart(client: FlaskClient) -> None:
    read = markup_of(client.get("/en/norms/KZ.APPC.90-5.1"))
    assert "In our own words, from the text of the act." in read
    assert ">Official text</a>" in read
    cited = markup_of(client.get("/en/norms/KZ.CONST.4"))
    assert "As cited by the source; this is not the text of the act" in cited
    assert "official text not linked" in cited


def test_the_constitution_of_1995_is_shown_as_ended(client: FlaskClient) -> None:
    assert "No longer in force. Last day: 30 June 2026." in markup_of(client.get("/en/norms/KZ.CONST"))


def test_a_norm_before_its_last_day_is_not_shown_as_ended(client: FlaskClient, app) -> None:
    with app.test_request_context("/ru/norms/KZ.CONST"):
        norm = library.norm("KZ.CONST")
        assert norm is not None
        assert not norm_view.norm_page(norm, date(2026, 6, 30)).ended
        assert norm_view.norm_page(norm, date(2026, 7, 1)).ended


def test_a_source_without_an_article_number_is_flagged(client: FlaskClient) -> None:
    assert "The source gives no article number." in markup_of(client.get("/en/norms/KZ.CONST.ASSEMBLY"))


def test_the_barred_subjects_stand_on_their_norm_with_their_edition(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/norms/90-2(3)"))
    assert page.count('<li value="') == 16
    assert "Edition in force from: 2 March 2026" in page


def test_who_relies_on_a_norm_is_named_with_the_source(client: FlaskClient) -> None:
    page = markup_of(client.get("/ru/norms/KZ.APPC.90-2.3"))
    assert "002:21" in page
    assert "Кампания «queer.kz»" in page


def test_a_norm_names_the_petitions_decided_on_its_ground(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/norms/KZ.CONST.27.1"))
    assert "Petitions decided on this ground" in page
    assert 'href="/en/petitions/1"' in page

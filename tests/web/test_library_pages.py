"""Bodies, the directory, sources, contradictions, and the page about us."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.i18n.library import PARTS
from portal.services import library
from portal.services.register_format import SECTIONS as RECORDS
from portal.web.public import directory_view, library_view
from tests.fixtures.pages import markup_of

LANGUAGES = ("kk", "ru", "en")
SPOKEN = ("kk", *(pytest.param(lang, marks=pytest.mark.slow) for lang in ("ru", "en")))
"""The quick loop looks in one language, the whole run in all three."""
PAGES = (
    "how-it-works",
    "deadlines",
    "norms",
    "norms/90-2",
    "norms/4",
    "bodies",
    "bodies/mci",
    "directory",
    "sources",
    "contradictions",
    "changes",
    "changes/how-to-check",
    "corrections",
    "petitions/1/changes",
    "about",
)


@pytest.mark.slow
@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_its_language_and_unique_ids(client: FlaskClient, path: str, lang: str) -> None:
    answer = client.get(f"/{lang}/{path}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in page
    headings = re.findall(r"<h1>(.+?)</h1>", page)
    assert len(headings) == 1
    title = re.search(r"<title>(.+?) · Qadam</title>", page)
    assert title is not None
    assert re.sub(r"<[^>]+>", "", headings[0]) == title[1]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "%(" not in page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("asked", ["nosuch=1", "_method=PUT", "endpoint=x", "on=%00", "a=" + "x" * 10_000])
def test_an_unknown_parameter_is_refused_in_a_page(client: FlaskClient, path: str, asked: str) -> None:
    answer = client.get(f"/kk/{path}?{asked}")
    assert answer.status_code == 400
    assert '<html lang="kk">' in markup_of(answer)


@pytest.mark.parametrize("path", PAGES)
def test_what_trackers_hang_on_a_link_is_ignored(client: FlaskClient, path: str) -> None:
    assert client.get(f"/ru/{path}?utm_source=telegram&fbclid=1").status_code == 200


# Bodies


@pytest.mark.slow
def test_every_body_has_a_page(client: FlaskClient, app: Flask) -> None:
    page = markup_of(client.get("/en/bodies"))
    with app.app_context():
        ids = [body.id for body in library.bodies()]
    assert len(ids) == 50
    for body_id in ids:
        assert f'href="/en/bodies/{body_id}"' in page
        assert client.get(f"/en/bodies/{body_id}").status_code == 200


@pytest.mark.parametrize("body_id", ["nobody", "x" * 3000, "MCI", "%00", "mci%20"])
def test_an_unknown_body_is_not_found(client: FlaskClient, body_id: str) -> None:
    assert client.get(f"/ru/bodies/{body_id}").status_code in {404, 400}


def test_a_body_that_ended_names_its_successor_and_the_other_way_round(client: FlaskClient) -> None:
    former = markup_of(client.get("/en/bodies/parliament"))
    assert "This body has ended. Last day: 30 June 2026." in former
    assert 'href="/en/bodies/kurultai"' in former
    assert 'href="/en/bodies/parliament"' in markup_of(client.get("/en/bodies/kurultai"))


def test_a_body_shows_its_petitions_with_role_and_stage(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/bodies/mci"))
    assert 'href="/en/petitions/1"' in page
    assert "Granted in part" in page
    assert "Addressee" in page


def test_names_sort_by_the_kazakh_alphabet() -> None:
    names = ["Ұлттық", "Үкімет", "Бас", "Әділет", "Ақпарат", "Құрылтай", "Конституциялық"]
    assert sorted(names, key=library_view.sortable) == [
        "Ақпарат",
        "Әділет",
        "Бас",
        "Конституциялық",
        "Құрылтай",
        "Ұлттық",
        "Үкімет",
    ]


# The directory


@pytest.mark.parametrize("lang", SPOKEN)
def test_all_112_rows_of_the_directory_have_an_anchor(client: FlaskClient, lang: str) -> None:
    page = markup_of(client.get(f"/{lang}/directory"))
    assert page.count("<article ") == 112
    assert 'id="S-01"' in page
    assert 'id="R-09"' in page
    assert [page.index(f'id="{section}"') for section in directory_view.SECTIONS] == sorted(
        page.index(f'id="{section}"') for section in directory_view.SECTIONS
    )


@pytest.mark.parametrize("text", ["eotinish", "Е-Өтініш", "ELECTRONIC appeals", "электронные обращения"])
def test_the_directory_is_searched_in_any_language(client: FlaskClient, text: str) -> None:
    page = markup_of(client.get("/kk/directory", query_string={"q": text}))
    assert 'id="S-02"' in page
    assert page.count("<article ") < 20


def test_a_search_that_finds_nothing_says_so(client: FlaskClient) -> None:
    answer = client.get("/en/directory", query_string={"q": "<b>zzz"})
    assert answer.status_code == 200
    assert "Nothing matches your search." in markup_of(answer)
    assert "<b>zzz" not in markup_of(answer)


def test_a_row_says_whether_we_checked_it_and_which_name_is_not_confirmed(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/directory"))
    assert page.count("not checked by us") == 112
    assert page.count("name not confirmed in this language: Kazakh") == 21


# Sources and contradictions


def test_every_source_is_listed_with_the_claims_that_rest_on_it(client: FlaskClient) -> None:
    page = markup_of(client.get("/en/sources"))
    assert page.count('<th scope="row">') == 110
    assert "110 sources" in page
    assert page.count("a side in the matter") == 1


def test_contradictions_stand_side_by_side_with_speakers_and_places(client: FlaskClient) -> None:
    page = markup_of(client.get("/ru/contradictions"))
    assert page.count('class="cards"') == 13
    assert page.count('<li class="card">') == 31
    assert "000:96/230" in page
    assert 'href="/ru/petitions/1"' in page


def test_every_part_of_every_record_has_words() -> None:
    parts = {name for record in RECORDS.values() for name in record.model_fields} - {"id"}
    assert parts <= PARTS.keys()


# About us


def test_the_page_about_us_leads_to_corrections(client: FlaskClient) -> None:
    assert 'href="/en/corrections"' in markup_of(client.get("/en/about"))

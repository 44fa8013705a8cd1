"""The forms of the desk as pages: valid HTML in each language, as they open and as they are refused."""

import re

import pytest

from portal.domain.texts import LANGUAGES
from tests.fixtures.desk import CSRF

pytestmark = pytest.mark.slow

PATHS = [
    "/petitions",
    "/petitions/1",
    "/petitions/new",
    "/petitions/1/particulars",
    "/petitions/8/record/event/registered",
    "/petitions/2/record/event/text_changed",
    "/petitions/2/event/published/claim",
    "/petitions/1/event/decision/correct",
    "/petitions/1/record/sighting",
    "/petitions/1/record/count",
    "/petitions/1/record/title",
    "/petitions/1/record/addressee",
    "/petitions/1/record/demand",
    "/petitions/1/demand/1/withdraw",
    "/sources",
    "/sources?q=tengri",
    "/sources/new?url=https://example.kz/1",
    "/sources/1/correct",
    "/bodies",
    "/bodies/new",
    "/bodies/mci/correct",
    "/organisations",
    "/organisations/new",
    "/organisations/unaids/correct",
]


def opened(client, lang):
    """Return each page as it opens, and each form as it is refused."""
    for path in PATHS:
        address = f"/desk/{lang}{path}"
        page = client.get(address)
        if page.status_code == 404:
            continue
        assert page.status_code == 200, address
        yield address, page.text
        if "data-unsaved" in page.text:
            names = re.findall(r'<(?:input|textarea)[^>]* name="([^"]+)"', page.text)
            wrong = dict.fromkeys(names, "<b>31.02.2024</b>")
            sent = {**wrong, "csrf_token": CSRF.search(page.text)[1], "do": "check"}
            refused = client.post(address, data=sent)
            assert refused.status_code in (200, 422), address
            yield f"{address} (refused)", refused.text


def test_every_form_of_the_desk_is_valid_html(desk, html_problems):
    client = desk.client("editor+confirmer")
    pages = {address: page for lang in LANGUAGES for address, page in opened(client, lang)}
    assert len(pages) > 100
    found = html_problems(pages)
    assert not found, "\n".join(found[:20])


def test_a_page_of_the_desk_has_one_heading_which_its_title_repeats(desk):
    client = desk.client("editor+confirmer")
    for address, page in opened(client, "kk"):
        headings = re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)
        assert len(headings) == 1, address
        assert headings[0].strip() in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1], address

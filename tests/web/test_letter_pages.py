"""Pages of letters that messengers are told nothing of: whole in each language, under one neutral title."""

import pytest

from portal.domain.texts import LANGUAGES
from tests.fixtures.pages import SPOKEN, check

APART = [
    "/letters/complaint/compose",
    "/letters/question/compose?petition=1",
    "/letters/after",
    "/letters/advice",
    "/letters/cleared",
]
TITLES = {"kk": "Хат", "ru": "Письмо", "en": "Letter"}


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("path", APART)
def test_a_page_is_whole_and_its_title_says_nothing(client, english_only, lang, path):
    answer = client.get(f"/{lang}{path}")
    assert answer.status_code == 200
    page = check(answer, lang, english_only)
    assert "".join(page.find("head/title").itertext()) == TITLES[lang]
    assert not [node for node in page.iter("meta") if (node.get("property") or "").startswith("og:")]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_they_are_valid_html(client, html_problems):
    pages = {
        f"/{lang}{path}": client.get(f"/{lang}{path}").get_data(as_text=True) for lang in LANGUAGES for path in APART
    }
    assert html_problems(pages) == []

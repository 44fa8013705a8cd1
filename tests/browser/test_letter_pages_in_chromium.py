"""Pages around a letter as a browser shows them: narrow and wide, on paper, and without a complaint."""

import pytest

from portal.domain.texts import LANGUAGES
from tests.browser.conftest import NARROW, hinders_nobody
from tests.web.test_letter_pages import APART


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", APART)
def test_a_page_hinders_nobody(tab, path, lang):
    tab.open(f"/{lang}{path}", width=NARROW)
    hinders_nobody(tab, lang)


@pytest.mark.parametrize("path", APART)
def test_on_paper_there_is_no_form_and_the_words_remain(tab, path):
    tab.open(f"/kk{path}")
    tab.page.emulate_media(media="print")
    printed, heading = tab.shown("nav, form, .skip, .after"), tab.shown("h1")
    tab.page.emulate_media(media="screen")
    assert printed == []
    assert heading

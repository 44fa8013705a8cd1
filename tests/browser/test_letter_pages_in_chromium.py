"""Pages around a letter as a browser shows them: narrow and wide, on paper, and without a complaint."""

import pytest

from portal.domain.texts import LANGUAGES
from tests.web.test_letter_pages import APART

NARROW, WIDE = 320, 1280


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", APART)
def test_a_page_hinders_nobody(tab, path, lang):
    """Wide, axe-core looks in one language, and in each where more is laid out there, as for all other pages."""
    tab.open(f"/{lang}{path}", width=NARROW)
    assert tab.newly_shown() == []
    assert tab.width_needed() <= NARROW
    assert tab.barriers() == []
    tab.resize(WIDE)
    assert tab.width_needed() <= WIDE
    if lang == LANGUAGES[0] or tab.newly_shown():
        assert tab.barriers() == []
    assert tab.objections() == []


@pytest.mark.parametrize("path", APART)
def test_on_paper_there_is_no_form_and_the_words_remain(tab, path):
    tab.open(f"/kk{path}")
    tab.page.emulate_media(media="print")
    printed, heading = tab.shown("nav, form, .skip, .after"), tab.shown("h1")
    tab.page.emulate_media(media="screen")
    assert printed == []
    assert heading

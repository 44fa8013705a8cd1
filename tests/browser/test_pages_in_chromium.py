"""Every page as a browser shows it: narrow and wide, enlarged, printed, and without a complaint."""

import re

import pytest

from portal.domain.texts import LANGUAGES
from portal.settings import ROOT
from tests.browser.conftest import NARROW, WIDE, hinders_nobody
from tests.web.test_every_page import PATHS, REFUSED

REFUSALS = (
    "/petitions/999",
    "/petitions?stage=dreaming",
    "/deadlines?stage=review_central&from=31.02.2024",
    "/before-you-file?level=&population=abc&from=31.02.2027",
)
"""One of each kind: nothing there, a choice that is none, a form with a mistake."""

NOT_FOR_PAPER = "nav, form, .skip"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*PATHS, *REFUSALS])
def test_a_page_hinders_nobody(tab, path, lang):
    """Narrow, wide, enlarged and printed: where no script runs, a page is in each what it would be if loaded for it."""
    tab.open(f"/{lang}{path}", width=NARROW, status=REFUSED.get(path, 200))
    assert tab.scripts() == 0
    hinders_nobody(tab, lang)
    tab.resize(WIDE // 2)
    assert tab.width_needed() <= WIDE // 2, "enlarged to 200 %"
    tab.resize(WIDE)
    tab.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert tab.width_needed() <= WIDE, "letters enlarged to 200 %"
    tab.page.emulate_media(media="print")
    printed, heading = tab.shown(NOT_FOR_PAPER), tab.shown("h1")
    tab.page.emulate_media(media="screen")
    assert printed == []
    assert heading


def test_data_for_machines_break_no_policy(tab):
    """A script that would run is refused by the policy, and a block of data is not; Chromium tells the two apart."""
    tab.open("/kk/petitions/1")
    assert tab.page.locator('script[type="application/ld+json"]').count() == 1
    assert tab.objections() == []
    tab.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    tab.page.wait_for_function("window.violations.length > 0")
    assert tab.page.evaluate("window.violations") == ["script-src-elem: inline"]


@pytest.mark.parametrize("path", ["/", "/petitions", "/petitions/1", "/how-it-works", "/deadlines", "/directory"])
def test_a_page_can_be_read_in_the_dark(tab, path):
    tab.page.emulate_media(color_scheme="dark")
    tab.open(f"/kk{path}")
    paper = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    barriers = tab.barriers()
    tab.page.emulate_media(color_scheme="light")
    assert barriers == []
    assert max(int(part) for part in paper.strip("rgb()").split(",")[:3]) < 80


@pytest.mark.parametrize("path", ["/petitions/1", "/petitions"])
def test_a_page_can_be_kept_as_a_pdf(tab, path):
    tab.open(f"/ru{path}")
    assert tab.page.pdf(format="A4").startswith(b"%PDF")


def test_no_style_names_a_language():
    """Axe-core looks at wide pages in one language, because none is laid out in another way than the others."""
    naming = re.compile(r":lang\(|\[lang\W?=|\[hreflang\W?=")
    sheets = [*(ROOT / "static" / "css").glob("*.css")]
    assert sheets
    assert [each.name for each in sheets if naming.search(each.read_text(encoding="utf-8"))] == []

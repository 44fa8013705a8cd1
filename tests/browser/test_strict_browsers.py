"""Without scripts, pictures and typefaces, as in Tor Browser at its safest: the same words, all of them legible."""

import pytest

from portal.domain.texts import LANGUAGES
from tests.browser.conftest import Tab

PATHS = ("/", "/petitions", "/petitions/1", "/how-it-works", "/deadlines?stage=review_central&from=2024-06-10")
HELD_BACK = {"image", "font", "media", "script", "other"}


@pytest.fixture(scope="module")
def strict(chromium, address):
    tab = Tab(chromium, address, java_script_enabled=False)
    tab.context.route(
        "**/*",
        lambda route: route.abort() if route.request.resource_type in HELD_BACK else route.fallback(),
    )
    yield tab
    tab.context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_the_same_in_a_strict_browser(tab, strict, path):
    said = []
    for each in (tab, strict):
        each.open(f"/kk{path}", width=320)
        said.append(each.page.locator("main").inner_text())
        assert each.page.locator("h1").is_visible()
        assert each.width_needed() <= 320
    assert said[0] == said[1]


def test_the_blank_way_can_be_finished_in_a_strict_browser(strict):
    """From the kinds to a letter with blanks on the screen and as files: links and a form of codes, nothing more."""
    strict.open("/kk/letters", width=320)
    assert strict.page.locator("a[href$='blank.pdf']").count() == 21
    strict.page.goto(strict.address + "/kk/letters/complaint")
    strict.page.locator("a[href$='/compose']").first.click()
    strict.page.check("input[name=letter][value=kk]")
    strict.page.locator("form.compose button").click()
    assert strict.page.locator(".sheet .sheet__title").inner_text() == "Шағым"
    assert "____" in strict.page.locator(".sheet").inner_text()
    assert strict.width_needed() <= 320
    for ending in ("docx", "pdf", "txt"):
        answer = strict.context.request.get(f"{strict.address}/kk/letters/complaint/blank.{ending}")
        assert answer.status == 200
        assert len(answer.body()) > 1000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_days_is_there_in_a_strict_browser(strict, lang):
    strict.open(f"/{lang}/letters/after", width=320)
    assert strict.page.locator("table.due").count() == 2
    assert strict.page.locator("table.due").first.locator("tbody tr:not(.due__month)").count() == 60
    strict.page.locator("summary").first.click()
    assert strict.page.locator("table.due").last.is_visible()
    assert strict.page.locator("input, select, form").count() == 0
    assert strict.width_needed() <= 320


def test_a_strict_browser_runs_nothing(strict):
    strict.open("/kk/")
    assert strict.page.locator("script:not([type='application/ld+json'])").count() == 0

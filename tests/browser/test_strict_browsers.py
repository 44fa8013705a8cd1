"""Without scripts, pictures and typefaces, as in Tor Browser at its safest: the same words, all of them legible."""

import pytest

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


def test_a_strict_browser_runs_nothing(strict):
    strict.open("/kk/")
    assert strict.page.locator("script:not([type='application/ld+json'])").count() == 0

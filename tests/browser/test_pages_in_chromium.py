"""Pages as a browser shows them: on a narrow telephone and on a wide screen, without a complaint of its own."""

import pytest

from portal.domain.texts import LANGUAGES

PATHS = (
    "/",
    "/petitions",
    "/petitions/1",
    "/petitions/3",
    "/how-it-works",
    "/deadlines?stage=review_central&from=2024-06-10",
    "/norms/90-2",
    "/bodies/mci",
    "/directory",
    "/directory?need=no_answer",
    "/before-you-file?level=akimat_region&region=KZ-10&q=мектеп&from=2026-12-01",
    "/contradictions",
    "/changes",
    "/about",
)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_fit_the_screen_and_the_browser_complains_of_nothing(app, live_server, page, lang, width):
    """No horizontal scroll, nothing in the console, nothing asked of anybody else (the fixture refuses it)."""
    complaints = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.set_viewport_size({"width": width, "height": 800})
    address = live_server(app)
    too_wide = []
    for path in PATHS:
        answer = page.goto(f"{address}/{lang}{path}")
        assert answer is not None
        assert answer.status == 200
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            too_wide.append(f"{path} needs {needed}")
    assert too_wide == []
    assert [each for each in complaints if "favicon" not in each] == []


def test_the_keyboard_leads_past_the_menu(app, live_server, page):
    page.goto(f"{live_server(app)}/kk/petitions/1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"

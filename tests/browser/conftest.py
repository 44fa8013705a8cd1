"""The application as deployed, in one tab per worker that notes whatever the browser complains of."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from portal.domain.texts import LANGUAGES
from tests.fixtures.browser import ForeignRequests, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core" / "axe.min.js"

NOTE_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
  violations.push(`${violatedDirective}: ${blockedURI}`));
"""

FIND_BARRIERS = """async () => {
  await document.fonts.ready;
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(each => each.nodes.slice(0, 3).map(node => `${each.id}: ${node.html.slice(0, 200)}`));
}"""

NOTE_SHOWN = """() => {
  const shown = new Set([...document.querySelectorAll("*")].filter(each => each.getClientRects().length));
  const more = [...shown].filter(each => window.seen && !window.seen.has(each));
  window.seen = window.seen ? new Set([...window.seen, ...shown]) : shown;
  return more.map(each => each.outerHTML.slice(0, 100));
}"""

FIND_SHOWN = """selector => [...document.querySelectorAll(selector)]
  .filter(each => each.getClientRects().length).map(each => each.outerHTML.slice(0, 100))"""


NARROW, WIDE = 320, 1280


class Tab:
    """A tab in which pages are opened one after the other; what is wrong with the one open is in ``complaints``."""

    def __init__(self, browser: "Browser", address: str, **options: Any) -> None:
        self.address = address
        self._axe = AXE.read_text(encoding="utf-8")
        self.context = browser.new_context(**options)
        self.foreign = ForeignRequests(self.context)
        self.context.add_init_script(NOTE_VIOLATIONS)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def _note(self, message: Any) -> None:
        if not message.text.startswith("Clear-Site-Data header"):  # What was asked for was done.
            self.complaints.append(f"console: {message.text}")

    def open(self, path: str, *, width: int = 1280, status: int = 200) -> None:
        """Open a page of ours in a window of some width."""
        self.complaints.clear()
        self.foreign.addresses.clear()
        self.resize(width)
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status
        if status != 200:  # The browser says so in its console, as it should.
            self.complaints[:] = [each for each in self.complaints if "Failed to load resource" not in each]

    def resize(self, width: int) -> None:
        """Give the window another width, which pages without scripts meet as if they were opened in it."""
        self.page.set_viewport_size({"width": width, "height": 800})

    def newly_shown(self) -> list[str]:
        """Return the elements that are laid out now and never were when this was asked of the page before."""
        found: list[str] = self.page.evaluate(NOTE_SHOWN)
        return found

    def barriers(self) -> list[str]:
        """Return what axe-core finds wrong, by all of its rules."""
        if not self.page.evaluate("'axe' in window"):  # Half a megabyte, which most pages are opened without.
            self.page.evaluate(self._axe)
        found: list[str] = self.page.evaluate(FIND_BARRIERS)
        return found

    def width_needed(self) -> int:
        """Return how wide the window would have to be for nothing to be cut off."""
        found: int = self.page.evaluate("document.scrollingElement.scrollWidth")
        return found

    def scripts(self) -> int:
        """Return how many scripts the page has that run."""
        found: int = self.page.evaluate("document.querySelectorAll('script:not([type$=json])').length")
        return found

    def shown(self, selector: str) -> list[str]:
        """Return the elements that are laid out at all, as they begin."""
        found: list[str] = self.page.evaluate(FIND_SHOWN, selector)
        return found

    def objections(self) -> list[str]:
        """Return what the browser complained of, what its policy held back, and whom else the page asked."""
        held_back: list[str] = self.page.evaluate("window.violations")
        return [*self.complaints, *held_back, *self.foreign.addresses]


def hinders_nobody(tab: Tab, lang: str) -> None:
    """Look at the page that is open in a narrow window, and then widen it.

    axe-core looks at each page narrow in each language, and wide in one: what differs between the widths is layout,
    which is of the styles and not of the language. Where the wide page lays out anything that the narrow one hides,
    it is looked at in each language again. A page that asked for the window's width would have to be loaded twice.
    """
    assert tab.newly_shown() == []
    assert tab.width_needed() <= NARROW
    assert tab.barriers() == []
    tab.resize(WIDE)
    assert tab.width_needed() <= WIDE
    if lang == LANGUAGES[0] or tab.newly_shown():
        assert tab.barriers() == []
    assert tab.objections() == []


@pytest.fixture(scope="session")
def address(as_deployed: Flask) -> Iterator[str]:
    """Where the application is served, once a worker."""
    with serving(as_deployed) as found:
        yield found


@pytest.fixture(scope="session")
def tab(chromium: "Browser", address: str) -> Iterator[Tab]:
    """The tab in which most pages are looked at."""
    tab = Tab(chromium, address)
    yield tab
    tab.context.close()

"""With a keyboard alone: the order is the one that is seen, and where one stands is seen too."""

from itertools import pairwise
from typing import Any

import pytest

NOTE_STOPS = """() => {
  const look = element => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor].join();
  };
  const reached = "a[href], button, input, select, textarea, summary, [tabindex]";
  const before = new Map([...document.querySelectorAll(reached)].map(each => [each, look(each)]));
  window.stops = [];
  document.addEventListener("focusin", event => {
    const here = event.target, box = here.getClientRects()[0];
    const stop = {
      name: here.outerHTML.slice(0, 120),
      left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY,
      differs: look(here) !== before.get(here), first: stops.length > 0 && here === first,
    };
    if (!stops.length) window.first = here;
    stops.push(stop);
  });
}"""

AT_ONCE = 10
MOST_STEPS = 1000


def stops(page: Any) -> list[dict[str, Any]]:
    """Press Tab until the page begins anew and return everything that was reached, in order."""
    page.evaluate(NOTE_STOPS)
    for _ in range(MOST_STEPS // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        reached = page.evaluate("stops")
        again = next((number for number, each in enumerate(reached) if each["first"]), None)
        if again is not None:
            return list(reached[:again])
    raise AssertionError("the keyboard never leaves the page")


def goes_back(here, there):
    """Tell whether the second of two stops stands before the first for whoever reads lines downwards.

    A stop further up is fine where it begins a column to the right.
    """
    if there["bottom"] <= here["top"]:
        return there["left"] < here["right"]
    return there["right"] <= here["left"] and there["top"] < here["bottom"] - 2 and there["bottom"] < here["bottom"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "path", ["/", "/petitions/1", "/petitions/3", "/petitions", "/bodies", "/changes", "/deadlines"]
)
def test_the_keyboard_follows_the_eye(tab, path, width):
    tab.open(f"/kk{path}", width=width)
    reached = stops(tab.page)
    assert len(reached) > 10
    assert [each["name"] for each in reached if not each["differs"]] == [], "no focus to be seen"
    assert [(one["name"], other["name"]) for one, other in pairwise(reached) if goes_back(one, other)] == []


def test_the_keyboard_leads_past_the_menu(tab):
    tab.open("/kk/petitions/1")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert tab.page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0, "it comes into sight"
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.querySelector('main').contains(document.activeElement)")

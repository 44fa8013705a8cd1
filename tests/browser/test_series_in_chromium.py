"""Counts through time as a browser shows them: for everybody, at any width, in the dark, on paper, and by keyboard."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from portal.domain.texts import LANGUAGES
from tests.browser.conftest import NARROW, WIDE, Tab, hinders_nobody
from tests.fixtures.browser import serving
from tests.given_series import GIVEN, RICH, RUNNING
from tests.web.test_every_page import WITH_SERIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VOTES = f"/petitions/{RICH}/votes"
CURVE = "[data-chart]"

SMALLEST_LETTERS = """() => Math.min(...[...document.querySelectorAll("svg text")]
  .filter(each => each.getClientRects().length)
  .map(each => each.getBoundingClientRect().height))"""

OUT_OF_SIGHT = """() => [...document.querySelectorAll("svg text")].filter(each => each.getClientRects().length)
  .filter(each => {const box = each.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth})
  .map(each => each.textContent)"""

OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll("svg .chart__extra, svg g")].filter(each => each.getClientRects().length)
    .map(each => each.querySelector("text")?.getBoundingClientRect()).filter(Boolean);
  return boxes.filter((one, place) => boxes.some((two, other) => other > place && Math.abs(one.top - two.top) < 2
    && one.left < two.right && two.left < one.right)).length;
}"""


@pytest.fixture(scope="module")
def counted(chromium: "Browser", with_series: Flask) -> Iterator[Tab]:
    """A tab on the record with series."""
    with serving(with_series) as address:
        tab = Tab(chromium, address)
        yield tab
        tab.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", WITH_SERIES)
def test_a_page_of_a_series_hinders_nobody(counted, path, lang):
    counted.open(f"/{lang}{path}", width=NARROW)
    assert counted.scripts() == path.endswith("/votes")
    hinders_nobody(counted, lang)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("number", GIVEN)
def test_the_figures_of_a_drawing_can_be_read(counted, number, width):
    counted.open(f"/kk/petitions/{number}/votes", width=width)
    assert counted.page.evaluate(SMALLEST_LETTERS) >= 12
    assert counted.page.evaluate(OUT_OF_SIGHT) == []
    assert counted.page.evaluate(OVERLAPPING) == 0


def test_a_drawing_is_seen_in_the_dark_and_on_paper(counted):
    counted.page.emulate_media(color_scheme="dark")
    counted.open(f"/ru{VOTES}")
    line = "getComputedStyle(document.querySelector('.chart__plot .chart__line:not(.chart__line--past)')).stroke"
    dark, barriers = counted.page.evaluate(line), counted.barriers()
    counted.page.emulate_media(color_scheme="light", media="print")
    paper = counted.page.evaluate(line)
    assert counted.shown("nav, form, .skip, .chart__readout") == []
    counted.page.emulate_media(media="screen")
    assert barriers == []
    assert (dark, paper) == ("rgb(108, 195, 196)", "rgb(0, 0, 0)")


def test_the_curve_is_read_by_the_arrow_keys(counted):
    counted.open(f"/en{VOTES}")
    page = counted.page
    stage = page.locator(CURVE)
    stage.focus()
    assert stage.get_attribute("role") == "slider"
    assert stage.get_attribute("aria-valuetext").startswith("31.10.2024. Count at its end: 22,220")
    page.keyboard.press("Home")
    assert stage.get_attribute("aria-valuenow") == "1"
    assert page.locator(".chart__readout").inner_text().startswith("25.05.2024. Count at its end:")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(".chart__readout").inner_text().startswith("27.05.2024.")
    page.keyboard.press("PageUp")
    assert stage.get_attribute("aria-valuenow") == "10"
    page.keyboard.press("ArrowLeft")
    assert "by the list of signers" in stage.get_attribute("aria-valuetext")
    assert counted.objections() == []
    assert counted.barriers() == []


def test_the_curve_is_read_by_the_pointer_and_a_gap_says_so(counted):
    counted.open(f"/en{VOTES}")
    gap = counted.page.locator("#series .chart__gap").first.bounding_box()
    counted.page.mouse.move(gap["x"] + gap["width"] / 2, gap["y"] + 40)
    said = counted.page.locator(".chart__readout").inner_text()
    assert "no data" in said
    assert "not watched all through" in said
    cursor = counted.page.locator(".chart__cursor").bounding_box()
    assert gap["x"] - 8 <= cursor["x"] <= gap["x"] + gap["width"] + 8


def test_no_letter_of_the_page_needs_the_script(chromium, with_series):
    with serving(with_series) as address:
        plain = Tab(chromium, address, java_script_enabled=False)
        plain.page.goto(f"{address}/ru/petitions/{RUNNING}/votes")
        assert plain.page.locator(CURVE).get_attribute("tabindex") is None
        assert plain.page.locator("#series path").count() >= 1
        plain.page.locator("#days summary").click()
        assert plain.page.locator("#table-of-days tbody tr").first.is_visible()
        plain.context.close()

"""The browser composes the letters that Python composes: the same bytes for every vector, and quickly."""

import json

import pytest

from portal.settings import ROOT

VECTORS = json.loads((ROOT / "tests" / "vectors" / "letters.json").read_text(encoding="utf-8"))

COMPOSED = """async ([address, vectors]) => {
  const {compose, plain, short} = await import(address);
  return vectors.map(({sheet, choice}) => {
    const lines = compose(sheet, choice);
    return {text: plain(lines), short: short(sheet, choice), roles: lines.map(each => each.role)};
  });
}"""

TIMED = """async ([address, {sheet, choice}]) => {
  const {compose, plain} = await import(address);
  const times = [];
  for (let round = 0; round < 50; round += 1) {
    const start = performance.now();
    plain(compose(sheet, choice));
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[25];
}"""

MOST_MILLISECONDS = 10


@pytest.fixture
def module(tab):
    """The address of the module, from a page whose policy lets its scripts run."""
    tab.open("/kk/letters")
    return tab.page.evaluate("document.querySelector('link[rel=stylesheet]').href").split("/css/")[0] + "/js/compose.js"


def test_the_browser_composes_the_same_letters(tab, module):
    found = tab.page.evaluate(COMPOSED, [module, VECTORS])
    for vector, letter in zip(VECTORS, found, strict=True):
        assert letter == {name: vector[name] for name in ("text", "short", "roles")}, vector["name"]


def test_composing_takes_the_browser_no_time_to_speak_of(tab, module):
    longest = max(VECTORS, key=lambda vector: len(vector["text"]))
    assert len(longest["text"]) > 10_000
    assert tab.page.evaluate(TIMED, [module, longest]) < MOST_MILLISECONDS

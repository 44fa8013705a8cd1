"""The page on which a letter is drafted, as the server gives it."""

import json
import re

import pytest

from portal.domain.texts import LANGUAGES
from portal.settings import ROOT
from portal.web.letters.modules import modules_of
from tests.fixtures.pages import SPOKEN

LARGEST = 45_000
"""Bytes over the wire: words in three languages, every sentence and the board for filing."""

FORBIDDEN = re.compile(
    r"innerHTML|\bfetch\(|XMLHttpRequest|Storage\b|indexedDB|\.cookie|sendBeacon|\beval\(|import\(|export default"
)


def data_of(page):
    """Return the data within a page."""
    return json.loads(re.search(r'id="letter-data">(.*?)</script>', page, re.DOTALL)[1])


@pytest.mark.slow
def test_a_draft_is_small_over_the_wire(client):
    answer = client.get("/kk/letters/message?petition=1", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.data) < LARGEST


def test_whoever_takes_no_compression_gets_none(client):
    answer = client.get("/kk/letters/message", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert "<h1>" in answer.get_data(as_text=True)


def test_every_module_is_asked_for_at_once(client):
    page = client.get("/kk/letters/message").get_data(as_text=True)
    asked = set(re.findall(r'rel="modulepreload" href="[^"]*/js/([a-z_]+\.js)"', page))
    assert asked == set(modules_of("tool.js"))
    assert {"compose.js", "docx.js", "clean.js"} <= asked


def test_modules_are_plain_and_ask_nobody():
    for name in ("tool.js", *modules_of("tool.js"), "exits.js"):
        script = (ROOT / "static" / "js" / name).read_text(encoding="utf-8")
        assert not FORBIDDEN.search(script), name
        assert script.count("\n") <= 300, name


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_data_speak_three_languages(client, lang):
    data = data_of(client.get(f"/{lang}/letters/complaint?petition=2").get_data(as_text=True))
    assert data["lang"] == lang
    assert set(data["sheets"]) == set(data["words"]) == set(data["frame"]) == set(LANGUAGES)
    assert len({len(words) for words in data["frame"].values()}) == 1
    assert data["appeal"] == "complaint"
    assert [part["key"] for part in data["required"]["parts"]][:2] == ["superior", "name"]
    assert data["mailbox"] is None, "no address is confirmed"
    assert all(set(target) == {"body", "checked_on"} for target in data["board"]["targets"]), "none was checked lately"


def test_what_is_said_of_the_letter_lies_in_the_page_in_every_language(client):
    page = client.get("/ru/letters/question?petition=1").get_data(as_text=True)
    for lang in LANGUAGES:
        assert f'<template data-of="risk" lang="{lang}">' in page
    assert page.count("<h1>") == 1


def test_an_edition_that_was_not_read_is_named(client):
    data = data_of(client.get("/en/letters/question?petition=1").get_data(as_text=True))
    (last,) = [each for each in data["editions"] if each["until"] is None]
    assert last["since"] == "2026-08-25"
    assert "25 August 2026" in last["note"]["en"]

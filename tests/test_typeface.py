"""The typeface that we cut has every letter that our texts and the record need."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from portal.domain.texts import LANGUAGES
from portal.settings import ROOT

FOLDER = ROOT / "static" / "vendor" / "golos-text"
KAZAKH = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
NOT_IN_THE_TYPEFACE = set("→←✓≈↑↓")
"""Signs that Golos Text does not have at all: the system's own font lends them."""


def letters_of(path: Path) -> set[str]:
    return {chr(code) for code in TTFont(path).getBestCmap()}


@pytest.fixture(scope="module", params=[400, 600])
def letters(request) -> set[str]:
    return letters_of(FOLDER / f"golos-text-{request.param}.woff2")


@pytest.mark.slow
def test_every_letter_of_every_catalogue_is_there(letters):
    used = set()
    for lang in LANGUAGES:
        with (ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
            for message in read_po(file, locale=lang):
                texts = message.string if isinstance(message.string, tuple | list) else [message.string]
                used |= set("".join(texts))
    assert not {letter for letter in used - letters - NOT_IN_THE_TYPEFACE if letter.isprintable()}


def test_every_kazakh_letter_and_the_tenge_are_there(letters):
    assert set(KAZAKH + "₸№") <= letters


def test_every_cyrillic_letter_of_the_register_is_there(letters):
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal" / "data").rglob("*.yaml"))
    assert not set(re.findall(r"[Ѐ-ӿ]", text)) - letters


def test_a_weight_is_small_enough_for_a_cheap_phone():
    assert all((FOLDER / f"golos-text-{weight}.woff2").stat().st_size < 20_000 for weight in (400, 600))

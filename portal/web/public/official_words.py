"""Wordings of the official portal as a page shows them: what was struck out, what was added, and what cannot be seen.

Such words are strangers' words. They are escaped, isolated from the direction of the page's own text, and a sign that
no reader could see is shown by its number.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from flask import g
from markupsafe import Markup, escape

from portal.domain.texts import LANGUAGES
from portal.domain.word_differences import Elision, Kind, Piece, differences, elided
from portal.i18n.official import end_of_change, left_out, put_in, struck_out

TAGS = {Kind.REMOVED: "del", Kind.ADDED: "ins"}

HEARD = Markup('<span class="heard" lang="{lang}">{words}</span>')
CHANGED = Markup("<{tag}>{start}{text}{end}</{tag}>")
LEFT_OUT = Markup(' <span class="left-out" lang="{lang}">[… {words} …]</span> ')
WORDING = Markup('<{tag} class="wording" lang="{lang}" dir="auto">{html}</{tag}>')
SIGN = Markup('<span class="sign">[U+{number:04X}]</span>')
BREAK = Markup("<br>")

ALWAYS_SHOWN = frozenset({"Cc", "Cs"})
SHOWN_IN_CHANGES = frozenset({"Cc", "Cs", "Cf", "Zs", "Zl", "Zp"})
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of the text after them."""

KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
BLANKS = {
    " ": Markup('<span class="sign">␣</span>'),
    "\n": Markup('<span class="sign">¶</span><br>'),
    "\r": Markup(""),
}
RUNS = re.compile(r"([\w !-~]+)|(.)", re.DOTALL)
"""Letters, digits and the signs of ASCII are shown as they are; each other sign is looked at."""

ALIASES = {"kaz": "kk", "kz": "kk", "rus": "ru", "eng": "en"}


def language_of(text: str, said: Any = None) -> str:
    """Return the language of a text for its ``lang``: what the portal says of it, else what its letters say.

    Empty where nothing does: then no language is claimed.
    """
    code = str(said or "").lower().replace("_", "-").partition("-")[0]
    code = ALIASES.get(code, code)
    if code in LANGUAGES:
        return code
    if KAZAKH.intersection(text):
        return "kk"
    return "ru" if any("а" <= letter <= "я" or "А" <= letter <= "Я" for letter in text) else ""


def wording(text: str, said: Any = None, *, tag: str = "div") -> Markup:
    """Return a text of the portal in its own language and direction, line by line."""
    return WORDING.format(tag=tag, lang=language_of(text, said), html=_text(text, changed=False))


def changed_wording(
    before: str | None, after: str | None, said: Any = None, *, whole: bool = False, tag: str = "div"
) -> tuple[Markup, bool]:
    """Return two texts as one, with what was struck out and what was added; and whether anything is left out."""
    pieces = differences(before or "", after or "")
    shown: Iterable[Piece | Elision] = pieces if whole else elided(pieces)
    html = Markup("").join(_piece(each) for each in shown)
    is_short = any(isinstance(each, Elision) for each in shown)
    return WORDING.format(tag=tag, lang=language_of(after or before or "", said), html=html), is_short


def replaced(before: Any, after: Any) -> Markup:
    """Return a short value struck out and another added; a side that is None is left out."""
    sides = ((Kind.REMOVED, before), (Kind.ADDED, after))
    return Markup(" ").join(_changed(kind, _said(value)) for kind, value in sides if value is not None)


def plain(text: str) -> Markup:
    """Return a short text of the portal within a sentence of ours."""
    return Markup("<bdi>{}</bdi>").format(_text(text, changed=False))


def has_signs(html: Markup) -> bool:
    """Whether signs are shown that need an explanation."""
    return 'class="sign"' in html


def _piece(piece: Piece | Elision) -> Markup:
    if isinstance(piece, Elision):
        return LEFT_OUT.format(lang=g.lang, words=left_out(piece.words))
    if piece.kind is Kind.KEPT:
        return _text(piece.text, changed=False)
    return _changed(piece.kind, _text(piece.text, changed=True))


def _changed(kind: Kind, html: Markup) -> Markup:
    words = struck_out() if kind is Kind.REMOVED else put_in()
    return CHANGED.format(
        tag=TAGS[kind],
        start=HEARD.format(lang=g.lang, words=f"{words} "),
        text=html,
        end=HEARD.format(lang=g.lang, words=f" {end_of_change()} "),
    )


def _said(value: Any) -> Markup:
    return value if isinstance(value, Markup) else _text(str(value), changed=True)


def _text(text: str, *, changed: bool) -> Markup:
    """Escape a text; a change that is nothing but space is shown by signs for space."""
    if changed and not text.strip():
        return Markup("").join(BLANKS.get(letter) or SIGN.format(number=ord(letter)) for letter in text)
    runs = (escape(plain) if plain else _shown(other, changed=changed) for plain, other in RUNS.findall(text))
    return Markup("").join(runs)


def _shown(letter: str, *, changed: bool) -> Markup:
    """Return how a sign is shown: one that cannot be seen by its number, the half of an end of line not at all."""
    if letter == "\n":
        return BREAK
    if letter == "\r":
        return Markup("")
    is_unseen = unicodedata.category(letter) in (SHOWN_IN_CHANGES if changed else ALWAYS_SHOWN) or letter in BIDI
    return SIGN.format(number=ord(letter)) if is_unseen or _is_no_character(letter) else escape(letter)


def _is_no_character(letter: str) -> bool:
    return ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF

"""What the server says of a kind of letter, in every language: the script shows the one that the page speaks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import g, render_template
from markupsafe import Markup

from portal.domain.texts import LANGUAGES
from portal.i18n.locale import speaking
from portal.services import letter_guides, library
from portal.services.letter_format import Kind
from portal.web.letters.kind_view import view_of

PARTS = ("top", "way", "risk", "plain")


def about_letter(kind: Kind, number: int | None, on: date) -> Mapping[str, Mapping[str, Markup]]:
    """Return the parts of the page that the server writes, by language and name."""
    risk = letter_guides.risk()
    norms = library.norms_by_id(sorted({norm for point in risk.card.points for norm in point.norms}))
    found = {}
    for lang in LANGUAGES:
        with _page_in(lang):
            context = {"view": view_of(kind, on), "number": number, "risk": risk, "norms": norms}
            found[lang] = {part: _part(part, context) for part in PARTS}
    return found


def _part(name: str, context: Mapping[str, Any]) -> Markup:
    return Markup(render_template(f"letters/about/{name}.html", **context))  # noqa: S704 (a template of ours)


@contextmanager
def _page_in(lang: str) -> Iterator[None]:
    """Speak a language, and make links of pages in it, for a while."""
    before = g.lang
    with speaking(lang):
        g.lang = lang
        try:
            yield
        finally:
            g.lang = before

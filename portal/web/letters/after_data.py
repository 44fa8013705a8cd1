"""What ``static/js/after.js`` reads, as JSON within the page: the calendar, the kinds with their terms, words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g
from markupsafe import Markup

from portal.i18n.formats import date_words
from portal.i18n.letters import after_words, answer_term
from portal.services import answer_days, letters
from portal.services.letter_format import Kind
from portal.web.letters.files import CALENDARS
from portal.web.letters.tool_data import as_script


def after_data(on: date) -> Markup:
    """Return the data of the page. Nothing in it depends on who asks."""
    return as_script(
        {
            "lang": g.lang,
            "today": on.isoformat(),
            "calendar": answer_days.plain_calendar(),
            "dates": date_words(),
            "file": f"{CALENDARS[g.lang]}.ics",
            "kinds": [_kind(each) for each in letters.stock().kinds.values()],
            "words": after_words(),
        }
    )


def _kind(kind: Kind) -> Mapping[str, Any]:
    title = kind.title.in_language(g.lang)
    return {
        "code": kind.code,
        "title": f"{kind.name.in_language(g.lang).text}: {title.text}",
        "extendable": answer_days.is_extendable(kind),
        "terms": [
            {"length": term.length, "unit": term.unit, "words": answer_term(term.length, term.unit)}
            for term in kind.terms
        ],
    }

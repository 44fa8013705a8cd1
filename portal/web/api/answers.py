"""What every answer of the API has in common: its language, its headers, its JSON, and the questions it refuses."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from flask import Response, g, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue

from portal.domain.texts import LANGUAGES
from portal.i18n.locale import best_language, gettext, speak
from portal.web import query
from portal.web.errors import answer


class PlainJSON(DefaultJSONProvider):
    """JSON in UTF-8 with its fields in the order in which they were written."""

    ensure_ascii = False
    sort_keys = False


class Unclear(Exception):
    """A question that only the API can be asked wrongly; ``words`` says in the reader's language what is wrong."""

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__()
        self.words = words


def say_what_is_unclear(error: Unclear) -> ResponseReturnValue:
    """Answer a question that is not clear."""
    return answer(400, error.words)


def choose_language() -> None:
    """Speak the language that the address asks for, else the one that the reader prefers."""
    speak(best_language(request.headers.get("Accept-Language")))
    asked = request.args.get("lang", "").strip()
    if not asked:
        return
    if asked not in LANGUAGES:
        raise query.BadInput("unknown_language", value=asked[:60])
    speak(asked)


def set_headers(response: Response) -> Response:
    """Say the language of an answer, and let pages of other sites read it: all of it is public."""
    if request.path.startswith("/api/"):
        response.headers["Content-Language"] = g.get("lang", "ru")
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.vary.add("Accept-Language")
    return response


def read(known: Collection[str]) -> Mapping[str, str]:
    """Return the parameters that are set, the language left out.

    Raises ``BadInput`` for a name that is not known, ``Unclear`` for one that is given twice.
    """
    found = query.read({*known, "lang"})
    for name in found:
        if len(request.args.getlist(name)) > 1:
            raise _twice(name)
    return {name: value for name, value in found.items() if name != "lang"}


def _twice(name: str) -> Unclear:
    return Unclear(lambda: gettext("The address may name this only once: %(name)s.", name=name))


def day(text: str) -> date:
    """Return a day written YYYY-MM-DD; the API takes no other form. Raises ``BadInput``."""
    if not query.ISO_DATE.fullmatch(text):
        raise query.BadInput("date_malformed", value=text[:60])
    return query.day(text)

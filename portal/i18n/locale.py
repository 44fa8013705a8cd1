"""The languages of the portal, and the one door to Babel: no other room imports it.

The language of a page stands in its address; ``web`` puts it into ``flask.g.lang`` before anything
is worded. Outside a request, ``speaking`` sets it: every function here needs an application
context, and falls back to Russian.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import flask_babel  # type: ignore[import-untyped]
from babel import Locale
from flask import Flask, g

from portal.domain.texts import LANGUAGES

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString  # type: ignore[import-untyped]

DEFAULT = "ru"
"""The language of a reader who asks for none of ours."""

NAMES: Mapping[str, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each language as it calls itself."""

LOCALES: Mapping[str, str] = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}
"""The locale that writes the numbers and months of each language."""

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"

LONGEST_HEADER = 1000
"""No browser sends more; what stands beyond is not read."""


def init(app: Flask, translations: Path = TRANSLATIONS) -> None:
    """Let the application speak: its language from ``g.lang``, its words from the catalogues."""
    flask_babel.Babel(
        app,
        default_locale=LOCALES[DEFAULT],
        default_timezone="Asia/Almaty",
        default_translation_directories=str(translations),
        locale_selector=lambda: LOCALES[_asked_for()],
    )


def _asked_for() -> str:
    lang = g.get("lang", DEFAULT)
    return lang if lang in LANGUAGES else DEFAULT


def language() -> str:
    """Return the language that is being spoken."""
    return locale().language


def locale() -> Locale:
    """Return the locale that is being spoken."""
    found = flask_babel.get_locale()
    return found if isinstance(found, Locale) else Locale.parse(LOCALES[DEFAULT])


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language for a while, whatever the page speaks: for mail, feeds, dumps and tests.

    Raises ``ValueError`` for a language that the portal does not speak.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"the portal does not speak {lang!r}")
    with flask_babel.force_locale(LOCALES[lang]):
        yield


def best_language(accept_language: str | None) -> str:
    """Return the language that suits the header ``Accept-Language`` best; Russian where none does.

    The highest quality wins, of equal ones the first. What is not understood is passed over,
    however long or odd it is.
    """
    best, best_quality = DEFAULT, 0.0
    for item in (accept_language or "")[:LONGEST_HEADER].split(","):
        tag, *parameters = item.split(";")
        lang = tag.strip().lower().replace("_", "-").split("-")[0]
        quality = _quality(parameters)
        if lang == "*":
            lang = DEFAULT
        if lang in LANGUAGES and quality > best_quality:
            best, best_quality = lang, quality
    return best


def _quality(parameters: list[str]) -> float:
    """Return the weight of a language: 1 where none is given, 0 where it cannot be right."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() != "q":
            continue
        try:
            quality = float(value)
        except ValueError:
            return 0.0
        return quality if math.isfinite(quality) and 0 <= quality <= 1 else 0.0
    return 1.0


# Babel's verbs, with types. The names are those that the extraction of texts knows.


def gettext(message: str, **facts: object) -> str:
    """Return a text in the language that is being spoken, with the facts in its placeholders."""
    return str(flask_babel.gettext(message, **facts))


def ngettext(one: str, many: str, number: int, **facts: object) -> str:
    """Return a text in the form that a number asks for; its placeholder is ``num``."""
    text = flask_babel.get_translations().ungettext(one, many, number)
    return str(text % {"num": number, **facts})


def pgettext(context: str, message: str, **facts: object) -> str:
    """Return a text that means something else in another context."""
    return str(flask_babel.pgettext(context, message, **facts))


def npgettext(context: str, one: str, many: str, number: int, **facts: object) -> str:
    """Return a text in the form that a number asks for, by its context."""
    text = flask_babel.get_translations().unpgettext(context, one, many, number)
    return str(text % {"num": number, **facts})


def lazy_gettext(message: str, **facts: object) -> "LazyString":
    """Return a text that is worded when it is read."""
    return flask_babel.lazy_gettext(message, **facts)


def lazy_pgettext(context: str, message: str, **facts: object) -> "LazyString":
    """Return a text with its context that is worded when it is read."""
    return flask_babel.lazy_pgettext(context, message, **facts)

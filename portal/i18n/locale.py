"""The languages of the portal, and the one door to Babel: no other room imports it.

The language of a page stands in its address; ``web`` says so by ``speak`` before anything is worded.
Outside a request, ``speaking`` does. Where nobody asked, Russian is spoken.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from babel.support import Translations
from flask import Flask, g
from markupsafe import escape

from portal.domain.texts import LANGUAGES

DEFAULT = "ru"
"""The language of a reader who asks for none of ours."""

NAMES: Mapping[str, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""Each language as it calls itself."""

LOCALES: Mapping[str, str] = {"kk": "kk_KZ", "ru": "ru_KZ", "en": "en_GB"}
"""The locale that writes the numbers and months of each language."""

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"

LONGEST_HEADER = 1000
"""No browser sends more; what stands beyond is not read."""


_spoken: ContextVar[str | None] = ContextVar("language", default=None)
"""The language of whatever is being answered; a context variable, because it is asked for at every word."""


class CatalogueMissing(RuntimeError):
    """A language has no compiled catalogue: half a portal would speak another one."""


def init(app: Flask) -> None:
    """Refuse to start without the words of every language."""
    for lang in LANGUAGES:
        if not (TRANSLATIONS / lang / "LC_MESSAGES" / "messages.mo").exists():
            raise CatalogueMissing(f"There is no compiled catalogue for {lang!r}: run `make catalogues`.")
    app.teardown_request(_fall_silent)


def _fall_silent(_error: BaseException | None) -> None:
    _spoken.set(None)  # The thread will answer somebody else.


def speak(lang: str | None) -> None:
    """Speak a language until the request is over, Russian where it is none of ours; templates find it in ``g.lang``."""
    g.lang = lang if lang in LANGUAGES else DEFAULT
    _spoken.set(g.lang)


def language() -> str:
    """Return the language that is being spoken."""
    return _spoken.get() or DEFAULT


def locale() -> Locale:
    """Return the locale that is being spoken."""
    return _locale(language())


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(LOCALES[lang])


def words() -> NullTranslations:
    """Return the catalogue of the language that is being spoken. It is read once, when first asked for."""
    return _words(language())


@cache
def _words(lang: str) -> NullTranslations:
    return Translations.load(str(TRANSLATIONS), [lang])


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language for a while, whatever the page speaks: for mail, feeds, dumps and tests.

    Raises ``ValueError`` for a language that the portal does not speak.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"the portal does not speak {lang!r}")
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


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


# The verbs of gettext. Their names are those that the extraction of texts knows.


def gettext(message: str, **facts: object) -> str:
    """Return a text in the language that is being spoken, with the facts in its placeholders."""
    text = words().gettext(message)
    return text % facts if facts else text


def ngettext(one: str, many: str, number: int, **facts: object) -> str:
    """Return a text in the form that a number asks for; its placeholder is ``num``."""
    return words().ngettext(one, many, number) % {"num": number, **facts}


def pgettext(context: str, message: str, **facts: object) -> str:
    """Return a text that means something else in another context."""
    text = words().pgettext(context, message)
    return text % facts if facts else text


def npgettext(context: str, one: str, many: str, number: int, **facts: object) -> str:
    """Return a text in the form that a number asks for, by its context."""
    return words().npgettext(context, one, many, number) % {"num": number, **facts}


class LazyText:
    """A text that is worded when it is read: for tables and forms that are made when the portal starts."""

    __slots__ = ("context", "facts", "message")

    def __init__(self, context: str | None, message: str, facts: Mapping[str, object]) -> None:
        self.context = context
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        if self.context is None:
            return gettext(self.message, **self.facts)
        return pgettext(self.context, self.message, **self.facts)

    def __html__(self) -> str:
        return str(escape(str(self)))


def lazy_gettext(message: str, **facts: object) -> LazyText:
    """Return a text that is worded when it is read."""
    return LazyText(None, message, facts)


def lazy_pgettext(context: str, message: str, **facts: object) -> LazyText:
    """Return a text with its context that is worded when it is read."""
    return LazyText(context, message, facts)

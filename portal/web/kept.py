"""Words that stay the same while the portal runs, kept by language: a page asks for hundreds of them.

Catalogues and formats do not change between requests, and finding the language of a text takes longer than the text.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import ParamSpec

from flask import g

from portal.domain.dates import DateRange
from portal.i18n import formats, labels
from portal.i18n import locale as spoken

P = ParamSpec("P")

MOST = 16_384


def by_language(words: Callable[P, str]) -> Callable[P, str]:
    """Keep what a function says, by the language of the page; without a page nothing is kept."""

    @lru_cache(maxsize=MOST)
    def kept(_lang: str, *given: object) -> str:
        return words(*given)  # type: ignore[call-arg, arg-type]

    @wraps(words)
    def said(*given: P.args, **_named: P.kwargs) -> str:
        lang = g.get("lang")
        return words(*given) if lang is None else kept(lang, *given)  # type: ignore[call-arg]

    return said


@by_language
def gettext(message: str) -> str:
    """Return a text of the interface."""
    return spoken.gettext(message)


@by_language
def pgettext(context: str, message: str) -> str:
    """Return a text of the interface that means something else in another context."""
    return spoken.pgettext(context, message)


@by_language
def label(code: str, table: str) -> str:
    """Return the word for a code of one of the domain's lists."""
    return labels.label(code, table)


@by_language
def step_name(key: str) -> str:
    """Return the short name of a step."""
    return labels.step_name(key)


@by_language
def long_date(day: date) -> str:
    """Return a day in words."""
    return formats.long_date(day)


@by_language
def date_range(when: DateRange | None) -> str:
    """Return a date in words, as exact as it is known."""
    return formats.date_range(when)


@by_language
def table_range(when: DateRange | None) -> str:
    """Return a date in digits, as exact as it is known."""
    return formats.table_range(when)

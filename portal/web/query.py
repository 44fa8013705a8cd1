"""Reading a query string: every value is what it should be, or a sentence says what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from flask import request

LONGEST_QUERY = 4096
"""Bytes. Nothing that our pages ask for comes near; what is longer is a mistake or an attack."""

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TYPED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
FIRST_YEAR, LAST_YEAR = 1991, 2100
"""Years in which a day of this portal may lie: the Republic's first, and far enough ahead."""

TRACKING = re.compile(r"utm_.*|fbclid|gclid|yclid|igshid|mc_cid|mc_eid|ref")
"""Names that messengers and networks hang on links. They are ignored, not refused: the reader did not choose them."""


class BadInput(Exception):
    """Something in a request is not what it should be; ``code`` and ``facts`` are worded by ``i18n``."""

    def __init__(self, code: str, *, status: int = 400, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.facts = facts


def require_sane() -> None:
    """Refuse a query string that is too long or holds a NUL character."""
    if len(request.query_string) > LONGEST_QUERY:
        raise BadInput("query_too_long", longest=LONGEST_QUERY)
    if "\0" in request.path or any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        raise BadInput("text_has_nul")


def read(known: Collection[str]) -> Mapping[str, str]:
    """Return the parameters that are set, by name.

    Raises ``BadInput`` for a name that is not known; names that trackers add are ignored.
    """
    found = {}
    for name, value in request.args.items():
        if name in known:
            if value.strip():
                found[name] = value.strip()
        elif not TRACKING.fullmatch(name):
            raise BadInput("unknown_filter", name=name[:60])
    return found


def canonical() -> list[tuple[str, str]]:
    """Return the parameters as they were given, ordered by name, without those that trackers add.

    Of two addresses with the same ones, one page is made; what distinguishes a reader must not come into it.
    """
    given = (pair for pair in request.args.items(multi=True) if not TRACKING.fullmatch(pair[0]))
    return sorted(given, key=itemgetter(0))  # The order of values of one name stays: the first of them counts.


def petition_alone() -> list[tuple[str, str]]:
    """Return the number of a petition where the address has one: nothing else in it may ever be repeated."""
    return [(name, text) for name, text in canonical() if name == "petition" and text.isdigit() and len(text) < 10]


def day(text: str) -> date:
    """Return a day written YYYY-MM-DD, or as people write it, DD.MM.YYYY.

    Raises ``BadInput`` for anything else, for a day that does not exist, and for one outside the portal's years.
    """
    typed = TYPED_DATE.fullmatch(text)
    if typed:
        text = f"{typed[3]}-{int(typed[2]):02}-{int(typed[1]):02}"
    if not ISO_DATE.fullmatch(text):
        raise BadInput("date_malformed", value=text[:60])
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadInput("no_such_date", value=text[:60]) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadInput("date_out_of_range", value=text[:60], first=FIRST_YEAR, last=LAST_YEAR)
    return found


def as_typed(text: str) -> str:
    """Return a day as people write it into a form, DD.MM.YYYY; what is no day is returned as it came."""
    try:
        return f"{day(text):%d.%m.%Y}"
    except BadInput:
        return text


def number(name: str, text: str, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """Return a whole number between two bounds. Raises ``BadInput``."""
    if not text.isascii() or not text.isdigit() or len(text) > 10 or not least <= int(text) <= most:
        raise BadInput("number_out_of_range", name=name, value=text[:60], first=least, last=most)
    return int(text)


def one_of(name: str, text: str, known: Collection[str]) -> str:
    """Return a value that is in the list. Raises ``BadInput``."""
    if text not in known:
        raise BadInput("unknown_value", name=name, value=text[:60])
    return text

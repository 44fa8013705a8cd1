"""What differs between two contents of a campaign, and which translations are older than what they translate."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from portal.domain.texts import LANGUAGES
from portal.services.campaign_format import Campaign, Option, Said, ShareKit, Where, Whose

PARTS = (Campaign, Whose, Said, Option, ShareKit)
ORDER = tuple(dict.fromkeys(name for part in PARTS for name in part.model_fields))
"""The order in which a file names its parts: JSON that is kept beside the chain has none."""

BY = {"by"}
"""The key of a day that may be earlier."""

OF_A_TEXT = frozenset({*LANGUAGES, "original", "marks"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value before and after; nothing on a side where it did not stand. ``lang`` is the language of a text."""

    where: Where
    lang: str | None
    before: str | None
    after: str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Difference]:
    """Return what differs, in the order of the content. What moved within a list is told as taken out and put in."""
    return list(_between((), before, after))


def is_text(value: Any) -> bool:
    """Tell whether a value of a content is a text by language."""
    return isinstance(value, Mapping) and bool(value) and value.keys() <= OF_A_TEXT


def _between(where: Where, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if is_text(before or after) and is_text(after or before):
        for name in (*LANGUAGES, "original"):
            lang = name if name in LANGUAGES else None
            was, became = (before or {}).get(name), (after or {}).get(name)
            if was != became:
                yield Difference(where if lang else (*where, name), lang, was, became)
    elif _has_parts(before) or _has_parts(after):
        was, became = before or {}, after or {}
        for key in sorted(dict.fromkeys((*was, *became)), key=_place):
            yield from _between((*where, key), was.get(key), became.get(key))
    elif isinstance(before or after, list):
        yield from _between_lists(where, before or [], after or [])
    else:
        yield Difference(where, None, _said(before), _said(after))


def _place(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)


def _between_lists(where: Where, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    old, new = ([json.dumps(each, sort_keys=True) for each in side] for side in (before, after))
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        was, became = before[first:last], after[start:end]
        for place in range(max(len(was), len(became))):
            number = start + place if place < len(became) else first + place
            sides = (side[place] if place < len(side) else None for side in (was, became))
            yield from _between((*where, number), *sides)


def _has_parts(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() != BY


def _said(value: Any) -> str | None:
    """Return a single value; a day that may be earlier as ISO 8601-2 writes a range without a beginning."""
    if isinstance(value, Mapping):
        return f"../{value['by']}"
    return None if value is None else str(value)


def texts_in(value: Any, where: Where = ()) -> Iterator[tuple[Where, Mapping[str, Any]]]:
    """Return every text of a content by language, with the way to it."""
    if is_text(value):
        yield where, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts_in(each, (*where, key))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from texts_in(each, (*where, place))


def stale(contents: Sequence[Mapping[str, Any]]) -> Sequence[tuple[Where, str]]:
    """Return the translations in the last of some contents that stayed when their original changed, oldest first.

    A text is followed by its place; of a text whose original language nobody named, nothing can be said.
    """
    touched: dict[tuple[Where, str], int] = {}
    last: dict[tuple[Where, str], str | None] = {}
    current: dict[Where, Mapping[str, Any]] = {}
    for number, content in enumerate(contents):
        current = dict(texts_in(content))
        for where, text in current.items():
            for lang in LANGUAGES:
                if last.get((where, lang)) != text.get(lang):
                    touched[where, lang] = number
                    last[where, lang] = text.get(lang)
    return [
        (where, lang)
        for where, text in current.items()
        for lang in LANGUAGES
        if (first := text.get("original")) in LANGUAGES
        and text.get(lang)
        and touched[where, first] > touched[where, lang]
    ]

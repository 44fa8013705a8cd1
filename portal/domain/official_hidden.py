"""Fields of what the official portal showed that were taken out of what we kept, because they named a person.

What is left of one is a mark: the entry of the chain that says so, and a salted digest by which equal words are still
told to be equal. A mark is plain data, as it is kept: ``{"entry": …, "salt": …, "digest": …}``.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from portal.domain.official_changes import GROUPS, UNREAD, Difference, differing

HIDEABLE = (*GROUPS, *UNREAD)
"""The fields of a reading in which people may stand, by the names that a reading has them under."""

Mark = Mapping[str, Any]
Values = Mapping[str, Any]
Hidden = Mapping[str, Mark]
"""The marks of a version, by its fields."""


@dataclass(frozen=True, slots=True)
class HiddenDifference:
    """A field that two readings say differently, where the words of one or both are hidden.

    Each side is the entry that hid it; None where nothing is hidden. What the other side says is not told: beside
    nothing it would look like new words.
    """

    field: str
    before: int | None
    after: int | None


def shown_under(field: str) -> tuple[str, ...]:
    """Return the fields by which pages show what a reading has under one name."""
    return GROUPS.get(field, (field,))


def mark_of(value: Any, entry: int) -> dict[str, Any]:
    """Return what stays of a value that is hidden by an entry: nobody can try words against it without its salt."""
    salt = secrets.token_hex(16)
    return {"entry": entry, "salt": salt, "digest": _digest(salt, value)}


def is_of(mark: Mark, value: Any) -> bool:
    """Whether a mark was made of a value."""
    return bool(mark["digest"] == _digest(str(mark["salt"]), value))


def same(one: Mark | None, other: Mark | None) -> bool:
    """Whether two fields are hidden alike: neither, or both with the same words."""
    return (one and one["digest"]) == (other and other["digest"])


def differing_seen(
    before: Values, hidden_before: Hidden, after: Values, hidden_after: Hidden
) -> tuple[tuple[Difference, ...], tuple[HiddenDifference, ...]]:
    """Return what differs between two readings: what can be told, and where words are hidden."""
    names = [name for name in HIDEABLE if name in hidden_before or name in hidden_after]
    told = differing(_without(before, names), _without(after, names))
    hidden = [(name, hidden_before.get(name), hidden_after.get(name)) for name in names]
    return told, tuple(
        HiddenDifference(name, _entry(was), _entry(became)) for name, was, became in hidden if not same(was, became)
    )


def _entry(mark: Mark | None) -> int | None:
    return mark["entry"] if mark else None


def _without(values: Values, names: Sequence[str]) -> Values:
    return {name: value for name, value in values.items() if name not in names}


def _digest(salt: str, value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(bytes.fromhex(salt) + said.encode(errors="surrogatepass")).hexdigest()

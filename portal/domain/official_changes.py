"""What two readings of a petition's record on the official portal say differently, field by field.

Nobody has confirmed the shape of a field, so anything may stand anywhere: what is not understood is named, never
interpreted and never repeated.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TEXTS = ("title", "description", "decision_kk", "decision_ru")
"""Wordings, compared word by word."""

FILES = ("files", "decision_files", "cover")
UNREAD = ("location", "unknown")
"""What is named and never repeated: a place may be somebody's address, and of unknown fields nobody knows anything."""

MAY_NAME_PEOPLE = frozenset({"description", "decision_kk", "decision_ru", *FILES, *UNREAD})
"""What is withheld once the portal shows the petition no longer: words and names of files, in which people may stand.

Titles, numbers, dates, states and the names of bodies stay.
"""

SHORT = (
    "title", "organization", "required", "state", "reg_number", "applied", "deadline", "decision_replied", "source",
    "lang",
)  # fmt: skip
"""What is short enough to be given as it was and as it became."""

FIELDS = (
    "title", "description", "organization", "required", "state", "decision_kk", "decision_ru", "decision_replied",
    "decision_files", "applied", "deadline", "reg_number", "source", "lang", "files", "cover", "location", "unknown",
)  # fmt: skip
"""Every field in the order in which it is shown: the events of a petition first."""

LONGEST = 500
"""Characters of what is no wording; more of it is cut."""

NAME = re.compile(r"[A-Za-z_][\w.\[\]-]{0,59}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Organisation:
    """To whom the portal says that the petition is addressed, as it names them in two languages."""

    id: str | None
    kk: str | None
    ru: str | None


@dataclass(frozen=True, slots=True)
class File:
    """A file that the portal offers. Two are one where their hashes are, else their ids, else their names."""

    name: str | None
    id: str | None = None
    hash: str | None = None

    @property
    def identity(self) -> tuple[str, str | None]:
        """By what the file is told from others."""
        if self.hash:
            return "hash", self.hash
        return ("id", self.id) if self.id else ("name", self.name)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after: texts, numbers, an organisation, files, or nothing where it is not repeated.

    ``parts`` names what differs within a field that is not repeated, so far as its names are plain.
    """

    field: str
    before: Any = None
    after: Any = None
    parts: tuple[str, ...] = ()


def read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reading says by ``FIELDS``; what is absent, or of a shape that we do not know, is None."""
    decision = _mapping(values.get("decision"))
    return {
        "title": _text(values.get("title")),
        "description": _text(values.get("description")),
        "organization": _organisation(values.get("organization")),
        "required": _plain(values.get("required")),
        "state": _plain(values.get("state")),
        "decision_kk": _text(_first(decision, "messageKk", "message_kk")),
        "decision_ru": _text(_first(decision, "messageRu", "message_ru")),
        "decision_replied": _plain(_first(decision, "replyDate", "reply_date")),
        "decision_files": _files(decision.get("files")),
        "applied": _plain(values.get("applied")),
        "deadline": _plain(values.get("deadline")),
        "reg_number": _plain(values.get("reg_number")),
        "source": _plain(values.get("source")),
        "lang": _plain(values.get("lang")),
        "files": _files(values.get("files")),
        "cover": _files(values.get("cover")),
        "location": _parts_of(values.get("location")),
        "unknown": _parts_of(values.get("unknown")),
    }


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what differs between two readings, in the order of ``FIELDS``."""
    one, other = read(before), read(after)
    said = [Difference(name, one[name], other[name]) for name in FIELDS if name not in UNREAD]
    named = [each for name in UNREAD for each in _not_repeated(name, before.get(name), after.get(name))]
    return (*(each for each in said if each.before != each.after), *_elsewhere(before, after, one, other), *named)


def _not_repeated(name: str, before: Any, after: Any) -> Iterator[Difference]:
    if _canonical(before) != _canonical(after):
        one, other = _mapping(before), _mapping(after)
        keys = sorted({*one, *other})
        yield Difference(
            name, parts=_named(key for key in keys if _canonical(one.get(key)) != _canonical(other.get(key)))
        )


def _elsewhere(
    before: Mapping[str, Any], after: Mapping[str, Any], one: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[Difference]:
    """Return fields of which something differs that we do not read: their names alone."""
    for name, fields in GROUPS.items():
        if all(one[each] == other[each] for each in fields):
            yield from _not_repeated(name, before.get(name), after.get(name))


GROUPS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "description": ("description",),
    "organization": ("organization",),
    "decision": ("decision_kk", "decision_ru", "decision_replied", "decision_files"),
    "files": ("files",),
    "cover": ("cover",),
}
"""The fields that a reading has under each of its names."""


def file_changes(before: Sequence[File] | None, after: Sequence[File] | None) -> tuple[list[File], list[File]]:
    """Return which files went and which came."""
    one = {each.identity: each for each in before or ()}
    other = {each.identity: each for each in after or ()}
    gone = [each for key, each in one.items() if key not in other]
    return gone, [each for key, each in other.items() if key not in one]


# Reading what may be anything
# ------------------------------------------------------------------------------------------------------------------


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    return None if value is None else _canonical(value)[:LONGEST]


def _plain(value: Any) -> str | int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return (value if isinstance(value, str) else _canonical(value))[:LONGEST] or None


def _organisation(value: Any) -> Organisation | None:
    if isinstance(value, str):
        return Organisation(None, None, value[:LONGEST])
    held = _mapping(value)
    found = Organisation(
        _name(held.get("id")), _name(_first(held, "nameKk", "name_kk")), _name(_first(held, "nameRu", "name_ru"))
    )
    return None if found == Organisation(None, None, None) else found


def _files(value: Any) -> tuple[File, ...]:
    rows = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_file(each) for each in rows)


def _file(value: Any) -> File:
    if not isinstance(value, Mapping):
        return File(_name(value))
    name = _first(value, "fileName", "file_name", "name")
    digest = _first(value, "fileHash", "file_hash", "hash")
    return File(_name(name), _name(_first(value, "fileId", "file_id", "id")), _name(digest))


def _name(value: Any) -> str | None:
    found = _plain(value)
    return None if found is None or found == "" else str(found)


def _parts_of(value: Any) -> tuple[str, ...] | None:
    """Return the names of what is there, so far as they are plain; None where there is nothing."""
    if not value:
        return None
    return _named(key for key, each in sorted(_mapping(value).items()) if each is not None)


def _named(keys: Any) -> tuple[str, ...]:
    return tuple(key for key in keys if isinstance(key, str) and NAME.fullmatch(key))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first(held: Mapping[str, Any], *names: str) -> Any:
    return next((held[name] for name in names if held.get(name) is not None), None)


def _canonical(value: Any) -> str:
    """Return a value as text by which it is compared; an empty list or object is as good as none."""
    return json.dumps(None if value in ({}, [], "") else value, ensure_ascii=False, sort_keys=True)

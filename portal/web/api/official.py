"""What the official portal showed of a petition, as plain data: short values as they were, texts by their digests."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from portal.domain.official_changes import FILES, MAY_NAME_PEOPLE, SHORT, Difference, File, Organisation
from portal.domain.official_hidden import HiddenDifference
from portal.domain.word_differences import words_in
from portal.services.official_record import OfficialRecord, Version
from portal.web.api import shapes

Json = dict[str, Any]

MOST = 50
"""Versions. Whoever needs older ones asks for a past day."""


def readings(found: OfficialRecord) -> Json | None:
    """Return how often the petition was read on the portal; null where it never was."""
    read = found.readings
    if read is None:
        return None
    return {
        "times": read.times,
        "first_at": shapes.instant(read.first_at),
        "last_at": shapes.instant(read.last_at),
        "asked_at": shapes.instant(read.asked_at),
        "status": read.status,
        "withheld": found.is_gone,
    }


def changes(found: OfficialRecord) -> list[Json]:
    """Return the versions that were read, newest first, each with what differs from the one before."""
    return [_version(each, withheld=found.is_gone) for each in found.versions]


def _version(each: Version, *, withheld: bool) -> Json:
    row = each.row
    return {
        "version": row.id,
        "previous": each.before.id if each.before else None,
        "changed_after": shapes.instant(each.changed_after) if each.changed_after else None,
        "read_at": shapes.instant(row.read_at),
        "last_read_at": shapes.instant(each.until),
        "current": each.is_current,
        "fields": _fields(each, withheld=withheld) if each.before else None,
        "hidden": [{"field": name, "entry": mark["entry"]} for name, mark in (row.hidden or {}).items()],
        "url": row.url,
        "sha256": row.sha256,
        "evidence": row.evidence,
    }


def _fields(each: Version, *, withheld: bool) -> list[Json]:
    told, hidden = each.differences()
    return [*(_field(one, withheld=withheld) for one in told), *(_hidden(one) for one in hidden)]


def _field(each: Difference, *, withheld: bool) -> Json:
    return {
        "field": each.field,
        "before": _value(each.field, each.before, withheld=withheld),
        "after": _value(each.field, each.after, withheld=withheld),
        "parts": list(each.parts),
        "hidden": None,
    }


def _hidden(each: HiddenDifference) -> Json:
    """Return that a field changed of which words are hidden: nothing of either side."""
    hidden = {"before": each.before, "after": each.after}
    return {"field": each.field, "before": None, "after": None, "parts": [], "hidden": hidden}


def _value(field: str, value: Any, *, withheld: bool) -> Any:
    if value is None:
        return None
    if field in FILES:
        return _files(value, withheld=withheld and field in MAY_NAME_PEOPLE)
    if isinstance(value, Organisation):
        return {"id": value.id, "kk": value.kk, "ru": value.ru}
    if field in SHORT:
        return value
    text = str(value)
    return {"sha256": sha256(text.encode(errors="surrogatepass")).hexdigest(), "words": words_in(text)}


def _files(files: Sequence[File], *, withheld: bool) -> list[Json]:
    return [{"name": None if withheld else each.name, "id": each.id, "hash": each.hash} for each in files]

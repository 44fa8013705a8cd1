"""Personal values in the record: kept out of the chain when they are recorded, and erased when a person asks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import writing
from portal.domain.refusals import ReasonMissing
from portal.domain.texts import Text
from portal.models import PersonalValue, Petition, PetitionVersion, Proposal
from portal.services import audit, lifecycle
from portal.services.row_reader import row_of
from portal.services.row_writer import CHILDREN, TABLES, digest_of

FIELDS: Mapping[str, frozenset[str]] = {
    "seat": frozenset({"role"}),
    "working_group": frozenset({"chair"}),
    "claim": frozenset({"speaker"}),
    "decision": frozenset({"stated_by"}),
}
"""The columns of each table that may hold a person's name."""

DETAILS = frozenset({"asserted_by", "reported_by", "sender", "recipient"})
"""The details of an event that may."""

QUOTES = frozenset({"speaker"})
"""What may of a quotation of a demand."""


AUTHOR = "author_digest"
"""The particular under which the desk keeps the author's name."""

REMOVED = Text.of(kk="өтініш бойынша алынып тасталды", ru="удалено по просьбе", en="removed on request")
"""What stands where a field may not be empty: somebody sits on a seat, somebody makes an allegation."""

NEVER_EMPTY = frozenset({"role", "asserted_by"})

BY_DESK = "desk"
"""The origin of a row from which something was erased: no register file brings it back."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a personal value stands: the table and field, and the entry of the chain that mentions it."""

    table: str | None
    field: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One personal value that entries about a petition mention, once under each of its digests.

    ``value`` is its canonical text, None where it was erased.
    """

    digests: tuple[str, ...]
    value: str | None
    places: tuple[Place, ...]


def conceal_row(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a row as the chain may hold it: what may be a name is kept beside it, under its digest.

    ``content`` is what ``register_rows.Row.content`` returns. What is kept is the canonical text of the field's value
    (``audit.canonical``). The entry that holds the result must be the next one that the transaction appends.
    """
    values = {name: _concealed(content["table"], name, value) for name, value in content["values"].items()}
    return {**content, "values": values, "children": [conceal_row(child) for child in content["children"]]}


def _concealed(table: str, name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in FIELDS.get(table, ()):
        return _kept(value)
    if table == "event" and name == "details":
        return {key: _kept(each) if key in DETAILS and each is not None else each for key, each in value.items()}
    if table == "demand" and name == "quotes":
        return [
            {key: _kept(each) if key in QUOTES and each is not None else each for key, each in quote.items()}
            for quote in value
        ]
    return value


def _kept(value: object) -> dict[str, str]:
    return {"personal": audit.conceal(audit.canonical(value))}


# Finding
# ------------------------------------------------------------------------------------------------------------------


def values_of(petition: Petition) -> list[Kept]:
    """Return the personal values that the entries about a petition mention, those that were erased last."""
    mentions = _mentions_of(petition)
    found: dict[object, tuple[list[str], str | None, list[Place]]] = {}
    for digest, places in mentions.items():
        value = audit.revealed(digest)
        digests, _, all_places = found.setdefault(digest if value is None else (value,), ([], value, []))
        digests.append(digest)
        all_places += [place for place in places if place not in all_places]
    kept = [Kept(tuple(digests), value, tuple(places)) for digests, value, places in found.values()]
    return sorted(kept, key=lambda each: (each.value is None, each.places[0].sequence))


def plain_of(value: str) -> Any:
    """Return what a kept value says: a name alone is kept as it is, a field of a row as its canonical text."""
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, dict | str) else value


def _mentions_of(petition: Petition) -> Mapping[str, Sequence[Place]]:
    """Return where each digest stands, proposals left out: they hold a draft, and not a value."""
    found: dict[str, list[Place]] = {}
    for entry in audit.entries_of(f"petition/{petition.number}"):
        for text in (entry.before, entry.after):
            if text is not None and '"personal":' in text:
                for table, name, digest in _mentions(json.loads(text), None, ""):
                    if name != "proposal":
                        found.setdefault(digest, []).append(Place(table, name, entry.sequence))
    return found


def _mentions(node: Any, table: str | None, name: str) -> Iterator[tuple[str | None, str, str]]:
    """Walk plain data; ``name`` is the field that leads to it, of the row or of the author."""
    if isinstance(node, dict):
        digest = node.get("personal")
        if isinstance(digest, str) and len(node) == 1:
            yield table, name, digest
            return
        row = node.get("table")
        for key, value in node.items():
            if key == AUTHOR and isinstance(value, str):
                yield None, "author", value
            yield from _mentions(value, row if isinstance(row, str) else table, "author" if name == "author" else key)
    elif isinstance(node, list):
        for value in node:
            yield from _mentions(value, table, name)


# Erasing
# ------------------------------------------------------------------------------------------------------------------


def erase(petition: Petition, digest: str, *, by: str, reason: str) -> int:
    """Erase a personal value wherever the petition's record holds it, in one transaction; return in how many rows.

    It goes from beside the chain under each of its digests, from rows that stand and from rows that were retired, from
    the versions of the petition's own columns, and with the drafts that proposed it. Each digest has its entry. What
    was erased stays erased: no register file brings it back to a row that it was taken from.

    Raises ``ReasonMissing``, and ``PersonalValueMissing`` for a digest that the petition's entries do not mention.
    """
    if not reason:
        raise ReasonMissing
    with writing() as session:
        kept = session.get_one(Petition, petition.id, with_for_update=True)
        mentioned = _mentions_of(kept)
        if digest not in mentioned:
            raise audit.PersonalValueMissing(digest)
        value = audit.revealed(digest)
        if value is None:
            return 0
        same = [each for each in mentioned if audit.revealed(each) == value]
        same += _drafts_with(session, kept, value)
        touched = _blank_rows(session, kept, value) + _blank_columns(session, kept, value)
        for each in same:
            audit.erase_within(each, by=by, reason=reason)
        session.flush()
        lifecycle.refresh(session, kept)
    return touched


def _drafts_with(session: Session, petition: Petition, value: str) -> list[str]:
    """Return the digests of proposals whose draft holds a value: a draft is erased whole."""
    rows = select(Proposal.content_digest).where(Proposal.subject == f"petition/{petition.number}")
    contents = select(PersonalValue.digest, PersonalValue.value).where(PersonalValue.digest.in_(rows))
    plain = plain_of(value)
    return [
        digest
        for digest, content in session.execute(contents)
        if content is not None and any(each == plain for each in _nodes(json.loads(content)))
    ]


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(child)


def _blank_rows(session: Session, petition: Petition, value: str) -> int:
    touched = 0
    for name, table in TABLES.items():
        rows: Any = table
        for row in session.scalars(select(rows).where(rows.petition_id == petition.id)):
            if _blanked(name, row, value):
                session.flush()
                row.origin = BY_DESK
                row.digest = digest_of([row.ordinal, row_of(session, name, row).content()])
                touched += 1
    return touched


def _blanked(table: str, row: Any, value: str) -> bool:
    """Empty the fields of a row and of its children that hold the value; tell whether there was one."""
    found = [_blank_field(row, name, value) for name in FIELDS.get(table, ())]
    if table == "event" and row.details:
        kept = {key: _left(key, each, value) if key in DETAILS else each for key, each in row.details.items()}
        found.append(kept != row.details)
        row.details = {key: each for key, each in kept.items() if each is not None} or None
    if table == "demand" and row.quotes:
        quotes = [{**quote, **{key: _left(key, quote.get(key), value) for key in QUOTES}} for quote in row.quotes]
        found.append(quotes != row.quotes)
        row.quotes = quotes
    for child, (model, _) in CHILDREN.items():
        for attribute in type(row).__mapper__.relationships:
            if attribute.mapper.class_ is model:
                found += [_blanked(child, each, value) for each in getattr(row, attribute.key)]
    return any(found)


def _blank_field(row: Any, name: str, value: str) -> bool:
    held = getattr(row, name)
    if held is None or audit.canonical(held) != value:
        return False
    setattr(row, name, REMOVED if name in NEVER_EMPTY else None)
    return True


def _left(name: str, held: Any, value: str) -> Any:
    if held is None or audit.canonical(held) != value:
        return held
    return REMOVED.as_json() if name in NEVER_EMPTY else None


def _blank_columns(session: Session, petition: Petition, value: str) -> int:
    """Empty the author's role where it is the value, in each version too. The name itself is no column."""
    role = petition.author_role
    touched = role is not None and audit.canonical(role) == value
    if touched:
        petition.author_role = None
    for version in session.scalars(select(PetitionVersion).where(PetitionVersion.petition_id == petition.id)):
        held = version.values.get("author_role")
        if held is not None and audit.canonical(held) == value:
            version.values = {**version.values, "author_role": None}
    return int(touched)

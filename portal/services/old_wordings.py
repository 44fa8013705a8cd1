"""Wordings that a correction took out of the record: past days would show them, so that they can be taken off there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import TextType, db, writing
from portal.domain.refusals import ReasonMissing, RowMissing
from portal.domain.texts import Text
from portal.models import Petition
from portal.services import audit
from portal.services.personal import REMOVED
from portal.services.row_reader import row_of
from portal.services.row_writer import CHILDREN, TABLES, digest_of


@dataclass(frozen=True, slots=True)
class OldWording:
    """A retired row with words in it: its table and id, the entry that retired it, and the words."""

    table: str
    row_id: int
    retired_in: int
    words: tuple[Text | str, ...]


def old_wordings(petition: Petition) -> list[OldWording]:
    """Return the retired rows of a petition that still have words, the last retired first."""
    found = []
    for name, table in TABLES.items():
        rows: Any = table
        retired = select(rows).where(rows.petition_id == petition.id, rows.retired_in.is_not(None))
        for row in db.session.scalars(retired):
            words = (*(words for _, _, words in _columns(name, row)), *_beside_columns(row))
            if words:
                found.append(OldWording(name, row.id, row.retired_in, words))
    return sorted(found, key=lambda each: (-each.retired_in, each.table, each.row_id))


def hide(petition: Petition, table: str, row_id: int, *, by: str, reason: str) -> int:
    """Take the words of a retired row off all pages of past days, in one transaction; return the number of the entry.

    Days, numbers and codes stay, and the sealed log keeps the words, because it cannot forget. Raises ``ReasonMissing``
    and ``RowMissing``.
    """
    if not reason:
        raise ReasonMissing
    with writing() as session:
        row: Any = session.get(TABLES[table], row_id) if table in TABLES else None
        if row is None or row.petition_id != petition.id or row.retired_in is None:
            raise RowMissing(table, str(row_id))
        said = {"table": table, "recorded_in": row.recorded_in, "retired_in": row.retired_in}
        entry = audit.append("wording.hidden", f"petition/{petition.number}", by=by, after=said, reason=reason)
        _empty(session, table, row)
    return entry.sequence


def _empty(session: Session, table: str, row: Any) -> None:
    for owner, name, words in list(_columns(table, row)):
        is_needed = name == "role" or not type(owner).__mapper__.columns[name].nullable
        if isinstance(words, str):
            setattr(owner, name, REMOVED.in_language(owner.lang).text)
        else:
            setattr(owner, name, REMOVED if is_needed else None)
    for name in BESIDE_COLUMNS:
        if getattr(row, name, None):
            setattr(row, name, _without_words(getattr(row, name)))
    session.flush()
    row.digest = digest_of([row.ordinal, row_of(session, table, row).content()])


def _columns(table: str, row: Any) -> Iterator[tuple[Any, str, Text | str]]:
    """Return the words in the columns of a row and of its children, with the object and the column that holds them."""
    for column in type(row).__mapper__.column_attrs:
        value = getattr(row, column.key)
        holds_words = isinstance(column.columns[0].type, TextType) or (table == "title" and column.key == "text")
        if holds_words and value is not None and value != REMOVED and value not in REMOVED.by_language.values():
            yield row, column.key, value
    for child, (model, _) in CHILDREN.items():
        for relation in type(row).__mapper__.relationships:
            if relation.mapper.class_ is model:
                for each in getattr(row, relation.key):
                    yield from _columns(child, each)


BESIDE_COLUMNS = ("details", "quotes", "fields")
"""Columns of plain data that may hold texts."""


def _beside_columns(row: Any) -> Iterator[Text]:
    for name in BESIDE_COLUMNS:
        yield from _texts(getattr(row, name, None))


def _texts(node: Any) -> Iterator[Text]:
    if _is_text(node):
        yield Text.from_json(node)
        return
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(child)


def _without_words(held: Any) -> Any:
    """Return the details of an event without their texts; of quotations and fields, which are nothing else, nothing."""
    if isinstance(held, dict):
        return {name: value for name, value in held.items() if not _is_text(value)} or None
    return None


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and {"text", "marks", "original"} <= value.keys() and "source" not in value

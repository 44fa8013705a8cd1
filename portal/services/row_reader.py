"""Reading rows back: from the tables, and from the plain data that a proposal keeps them as."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, select
from sqlalchemy.orm import Session

from portal.db import Base, TextType
from portal.domain.texts import Text
from portal.models import Source
from portal.services.register_rows import Citation, Row
from portal.services.row_writer import CHILDREN, TABLES

BOOKKEEPING = frozenset(
    {"id", "petition_id", "key", "ordinal", "digest", "origin", "recorded_at", "recorded_in", "retired_in"}
    | {"event_id", "group_id", "decision_id", "source_id", "also", "locator"}
)
"""Columns that say where a row stands or what it cites, and nothing else of what it says."""

PARTS = {
    "event": [("claims", "claim")],
    "decision": [("demands", "decided_demand")],
    "working_group": [("categories", "category_count"), ("seats", "seat")],
}


def row_of(session: Session, table: str, kept: Any) -> Row:
    """Return a row of the record as the form of its kind takes it."""
    return rows_of(session, table, [kept])[0]


def rows_of(session: Session, table: str, kept: Sequence[Any]) -> list[Row]:
    """Return rows of one table as the forms of their kind take them; the sources of all are asked for at once."""
    parts = [part for each in kept for _, part in _parts(table, each)]
    cited = {each.source_id for each in (*kept, *parts) if getattr(each, "source_id", None)}
    known = select(Source.id, Source.key).where(Source.id.in_(cited))
    keys = dict(session.execute(known).all()) if cited else {}
    return [_row(table, each, keys) for each in kept]


def _row(table: str, kept: Any, keys: Mapping[int, str]) -> Row:
    children = tuple(_row(child, each, keys) for child, each in _parts(table, kept))
    return Row(table, getattr(kept, "key", ""), _values(kept), _cites(kept, keys), children)


def _parts(table: str, kept: Any) -> Iterator[tuple[str, Any]]:
    """Yield the rows that belong to a row, each with its table."""
    for name, child in PARTS.get(table, ()):
        yield from ((child, each) for each in getattr(kept, name))


def _values(kept: Any) -> dict[str, Any]:
    columns = [column.key for column in type(kept).__mapper__.column_attrs]
    return {name: getattr(kept, name) for name in columns if name not in BOOKKEEPING}


def _cites(kept: Any, keys: Mapping[int, str]) -> Citation | None:
    if not hasattr(kept, "source_id"):
        return None
    return Citation(keys.get(kept.source_id), tuple(kept.also or ()), kept.locator)


def row_from(content: Mapping[str, Any]) -> Row:
    """Read back what ``Row.content`` wrote and JSON kept. Raises ``KeyError`` for a table that there is none of."""
    table = content["table"]
    model = TABLES.get(table) or CHILDREN[table][0]
    cites = content["cites"]
    return Row(
        table,
        content["key"],
        {name: _typed(model, name, value) for name, value in content["values"].items()},
        None if cites is None else Citation(cites[0], tuple(cites[1]), cites[2]),
        tuple(row_from(child) for child in content["children"]),
        content["body_names"],
    )


def _typed(model: type[Base], name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = model.__mapper__.columns[name].type
    if isinstance(kind, TextType):
        return Text.from_json(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value

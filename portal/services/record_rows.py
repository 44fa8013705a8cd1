"""The rows of a petition's record as the desk works with them: each by its table and key, with what its form needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.models import Petition
from portal.services.register_rows import Row
from portal.services.row_reader import row_of, rows_of
from portal.services.row_writer import TABLES, current_rows


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that stands in the record, by whom it came and by which entry."""

    row: Row
    origin: str
    recorded_in: int


def current(petition: Petition, table: str, key: str) -> Row | None:
    """Return a row that stands in the record; None where there is none."""
    found = kept(petition, table, key)
    return None if found is None else row_of(db.session(), table, found)


def kept(petition: Petition, table: str, key: str) -> Any:
    """Return a row that stands in the record as the table holds it; None where there is none."""
    found = _standing(petition, table, key) if table in TABLES else []
    return found[0] if found else None


def of_table(petition: Petition, table: str) -> Sequence[Row]:
    """Return the rows of one table that stand in the record, in their order."""
    return rows_of(db.session(), table, _standing(petition, table))


def _standing(petition: Petition, table: str, key: str | None = None) -> Sequence[Any]:
    rows: Any = TABLES[table]
    found = select(rows).where(rows.petition_id == petition.id, rows.retired_in.is_(None)).order_by(rows.ordinal)
    return db.session.scalars(found if key is None else found.where(rows.key == key)).all()


def every(petition: Petition) -> Mapping[str, Sequence[Standing]]:
    """Return all rows that stand in the record, by table, in their order."""
    kept: dict[str, list[Any]] = {table: [] for table in TABLES}
    for (table, _key), row in current_rows(db.session(), petition.id).items():
        kept[table].append(row)
    return {table: _in_order(table, rows) for table, rows in kept.items()}


def _in_order(table: str, kept: list[Any]) -> list[Standing]:
    kept.sort(key=lambda row: row.ordinal)
    rows = rows_of(db.session(), table, kept)
    return [Standing(row, each.origin, each.recorded_in) for row, each in zip(rows, kept, strict=True)]

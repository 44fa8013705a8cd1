"""The rows of a petition's record as the desk works with them: each by its table and key, with what its form needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.models import Petition
from portal.services.register_rows import Row
from portal.services.row_reader import row_of
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
    return [row_of(db.session(), table, each) for each in _standing(petition, table)]


def _standing(petition: Petition, table: str, key: str | None = None) -> Sequence[Any]:
    rows: Any = TABLES[table]
    found = select(rows).where(rows.petition_id == petition.id, rows.retired_in.is_(None)).order_by(rows.ordinal)
    return db.session.scalars(found if key is None else found.where(rows.key == key)).all()


def every(petition: Petition) -> Mapping[str, Sequence[Standing]]:
    """Return all rows that stand in the record, by table, in their order."""
    found: dict[str, list[Standing]] = {table: [] for table in TABLES}
    rows = current_rows(db.session(), petition.id)
    for (table, _key), row in sorted(rows.items(), key=lambda each: each[1].ordinal):
        found[table].append(Standing(row_of(db.session(), table, row), row.origin, row.recorded_in))
    return found

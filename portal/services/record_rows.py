"""The rows of a petition's record as the desk works with them: each by its table and key, with what its form needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    kept = current_rows(db.session(), petition.id).get((table, key)) if table in TABLES else None
    return None if kept is None else row_of(db.session(), table, kept)


def every(petition: Petition) -> Mapping[str, Sequence[Standing]]:
    """Return all rows that stand in the record, by table, in their order."""
    found: dict[str, list[Standing]] = {table: [] for table in TABLES}
    kept = current_rows(db.session(), petition.id)
    for (table, _key), row in sorted(kept.items(), key=lambda each: each[1].ordinal):
        found[table].append(Standing(row_of(db.session(), table, row), row.origin, row.recorded_in))
    return found

"""Reading the log of changes: entries of the audit chain, and the rows of the record that each of them touched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy import inspect as columns_of

from portal.db import db
from portal.models import (
    Addressee,
    AuditEntry,
    CountReport,
    Decision,
    Demand,
    Event,
    GroupView,
    Petition,
    Position,
    Source,
    Title,
    WorkingGroup,
)

ON_A_PAGE = 100

ERASED = "personal.erased"
CORRECTED = ".corrected"

TABLES: tuple[type[Any], ...] = (
    Title,
    Addressee,
    Demand,
    Event,
    CountReport,
    WorkingGroup,
    Position,
    GroupView,
    Decision,
)
"""The tables of a petition's own rows, in the order in which its page shows them."""

BOOKKEEPING = frozenset(
    {
        "id",
        "ordinal",
        "digest",
        "origin",
        "recorded_at",
        "recorded_in",
        "retired_in",
        "event_id",
        "group_id",
        "decision_id",
    }
)
"""Columns that say where a row stands, and nothing of the petition."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a petition's record before and after an entry; one side is empty where it was added or withdrawn."""

    before: Any
    after: Any


def page(
    *, before: int | None = None, about: str | None = None, corrections: bool = False
) -> tuple[Sequence[AuditEntry], int | None]:
    """Return a page of the log, newest first, and the number to ask for the next with.

    ``about`` narrows it to a kind of subject, such as ``petition``, or to one, such as ``petition/1``; ``corrections``
    to what was corrected or erased.
    """
    rows: Any = select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(ON_A_PAGE + 1)
    if before is not None:
        rows = rows.where(AuditEntry.sequence < before)
    if about is not None:
        rows = rows.where(or_(AuditEntry.subject == about, AuditEntry.subject.startswith(f"{about}/", autoescape=True)))
    if corrections:
        rows = rows.where(or_(AuditEntry.action.endswith(CORRECTED, autoescape=True), AuditEntry.action == ERASED))
    found = db.session.scalars(rows).all()
    shown = found[:ON_A_PAGE]
    return shown, shown[-1].sequence if len(found) > ON_A_PAGE else None


def entry(sequence: int) -> AuditEntry | None:
    """Find an entry by its number."""
    return db.session.get(AuditEntry, sequence)


def instant_of(sequence: int) -> datetime:
    """Return when an entry was written. Raises ``NoResultFound`` where there is none."""
    return db.session.scalars(select(AuditEntry.at).where(AuditEntry.sequence == sequence)).one()


def rows_touched(number: int, sequence: int) -> Sequence[RowChange]:
    """Return the rows of a petition that an entry retired, added or put in another's place.

    A row that only moved to another place in its list, with nothing of its content changed, is left out.
    """
    petition_id = db.session.scalar(select(Petition.id).where(Petition.number == number))
    return [change for table in TABLES for change in _touched(table, petition_id, sequence)]


def _touched(table: type[Any], petition_id: int | None, sequence: int) -> Iterator[RowChange]:
    rows = db.session.scalars(
        select(table)
        .where(table.petition_id == petition_id, or_(table.recorded_in == sequence, table.retired_in == sequence))
        .order_by(table.ordinal, table.id)
    ).all()
    retired = {row.key: row for row in rows if row.retired_in == sequence}
    for row in rows:
        if row.recorded_in == sequence:
            before = retired.pop(row.key, None)
            if before is None or content(before) != content(row):
                yield RowChange(before, row)
    for row in retired.values():
        yield RowChange(row, None)


def content(row: Any) -> dict[str, Any]:
    """Return what a row says, and the rows that belong to it, without where it stands."""
    mapper = columns_of(type(row))
    said = {each.key: getattr(row, each.key) for each in mapper.column_attrs if each.key not in BOOKKEEPING}
    parts = [each.key for each in mapper.relationships if each.uselist]
    return {**said, **{part: [content(child) for child in getattr(row, part)] for part in parts}}


def publishers(ids: Sequence[int]) -> dict[int, str]:
    """Return who published some sources."""
    rows = db.session.execute(select(Source.id, Source.publisher).where(Source.id.in_(ids)))
    return {row.id: row.publisher for row in rows}


def petitions_changed(first: int, last: int) -> Sequence[tuple[int, datetime]]:
    """Return the numbers of the petitions between two numbers, each with when its record last changed."""
    rows = db.session.execute(
        select(Petition.number, AuditEntry.at)
        .join(AuditEntry, AuditEntry.sequence == Petition.changed_in)
        .where(Petition.number >= first, Petition.number <= last)
        .order_by(Petition.number)
    )
    return [(row.number, row.at) for row in rows]


def greatest_number() -> int:
    """Return the greatest number that a petition has; 0 where there is none."""
    return db.session.scalar(select(func.max(Petition.number))) or 0

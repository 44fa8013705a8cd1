"""Reading the log of changes: entries of the audit chain, and the rows of the record that each of them touched."""

from collections.abc import Iterator, Mapping, Sequence
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
    *, before: int | None = None, about: str | None = None, corrections: bool = False, size: int = ON_A_PAGE
) -> tuple[Sequence[AuditEntry], int | None]:
    """Return a page of the log, newest first, and the number to ask for the next with.

    ``about`` narrows it to a kind of subject, such as ``petition``, or to one, such as ``petition/1``; ``corrections``
    to entries that corrected or erased something.
    """
    rows: Any = select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(size + 1)
    if before is not None:
        rows = rows.where(AuditEntry.sequence < before)
    if about is not None:
        rows = rows.where(or_(AuditEntry.subject == about, AuditEntry.subject.startswith(f"{about}/", autoescape=True)))
    if corrections:
        rows = rows.where(or_(AuditEntry.action.endswith(CORRECTED, autoescape=True), AuditEntry.action == ERASED))
    found = db.session.scalars(rows).all()
    shown = found[:size]
    return shown, shown[-1].sequence if len(found) > size else None


def entry(sequence: int) -> AuditEntry | None:
    """Find an entry by its number."""
    return db.session.get(AuditEntry, sequence)


def instant_of(sequence: int) -> datetime:
    """Return when an entry was written. Raises ``NoResultFound`` where there is none."""
    return db.session.scalars(select(AuditEntry.at).where(AuditEntry.sequence == sequence)).one()


def rows_touched(entries: Sequence[AuditEntry]) -> Mapping[int, Sequence[RowChange]]:
    """Return the rows that each entry retired, added or put in another's place, by the number of the entry.

    A row that only moved to another place in its list, with nothing of its content changed, is left out. Entries that
    corrected no petition have none.
    """
    corrected = [each.sequence for each in entries if each.action == "petition.corrected"]
    numbers = {each.subject.partition("/")[2] for each in entries if each.sequence in corrected}
    known = select(Petition.id).where(Petition.number.in_([int(each) for each in numbers if each.isdecimal()]))
    ids = db.session.scalars(known).all()
    found: dict[int, list[RowChange]] = {sequence: [] for sequence in corrected}
    for table in TABLES if ids else ():
        for sequence, change in _touched(table, ids, corrected):
            found[sequence].append(change)
    return found


def _touched(table: type[Any], ids: Sequence[int], sequences: Sequence[int]) -> Iterator[tuple[int, RowChange]]:
    touched = or_(table.recorded_in.in_(sequences), table.retired_in.in_(sequences))
    rows = db.session.scalars(
        select(table).where(table.petition_id.in_(ids), touched).order_by(table.ordinal, table.id)
    ).all()
    retired = {(row.petition_id, row.retired_in, row.key): row for row in rows if row.retired_in in sequences}
    for row in rows:
        if row.recorded_in in sequences:
            before = retired.pop((row.petition_id, row.recorded_in, row.key), None)
            if before is None or content(before) != content(row):
                yield row.recorded_in, RowChange(before, row)
    for row in retired.values():
        yield row.retired_in, RowChange(row, None)


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

"""Reading the log of changes: entries of the audit chain, and the rows of the record that each of them touched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, union_all
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
    PetitionVersion,
    Position,
    Source,
    Title,
    WorkingGroup,
)
from portal.services.particulars import PARTICULARS

ON_A_PAGE = 100

ERASED = "personal.erased"
HIDDEN = "wording.hidden"
TAKEN_AWAY = (ERASED, HIDDEN)
"""What takes something out of the record's own rows, retired ones too."""

WORD_CORRECTED = "portal_word.corrected"
"""What changes the meaning of a word of the official portal, and no row of the record."""

POLL, POLLED = "watch", "counts.polled"
"""The subject and the action of what a run that read the official portal stored: two dozen entries a day."""

CORRECTED = ".corrected"
PETITION = "petition/"

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


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One of a petition's own columns before and after, as plain data."""

    name: str
    before: Any
    after: Any


def page(
    *,
    before: int | None = None,
    about: str | None = None,
    corrections: bool = False,
    runs: bool = True,
    size: int = ON_A_PAGE,
) -> tuple[Sequence[AuditEntry], int | None]:
    """Return a page of the log, newest first, and the number to ask for the next with.

    ``about`` narrows it to a kind of subject, such as ``petition``, or to one, such as ``petition/1``; ``corrections``
    to entries that corrected or erased something. Without ``runs``, what each run of the poll stored is left out.
    """
    rows: Any = select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(size + 1)
    if before is not None:
        rows = rows.where(AuditEntry.sequence < before)
    if about is not None:
        rows = rows.where(or_(AuditEntry.subject == about, AuditEntry.subject.startswith(f"{about}/", autoescape=True)))
    if corrections:
        rows = rows.where(_corrects())
    if not runs:
        rows = rows.where(~_is_run())
    found = db.session.scalars(rows).all()
    shown = found[:size]
    return shown, shown[-1].sequence if len(found) > size else None


def _is_run() -> Any:
    return and_(AuditEntry.subject == POLL, AuditEntry.action == POLLED)


def has_runs() -> bool:
    """Whether the log has any entry of a run that read the official portal."""
    return db.session.scalar(select(select(AuditEntry.sequence).where(_is_run()).exists())) or False


def _corrects() -> Any:
    """Whether an entry took something out of a petition's record, corrected a reference, or erased something."""
    tables: Any = (*TABLES, PetitionVersion)
    took = [select(table.retired_in).where(table.retired_in.is_not(None)) for table in tables]
    of_reference = ~AuditEntry.subject.startswith(PETITION, autoescape=True)
    return or_(
        AuditEntry.sequence.in_(union_all(*took)),
        and_(of_reference, AuditEntry.action.endswith(CORRECTED, autoescape=True)),
        AuditEntry.action.in_(TAKEN_AWAY),
    )


def entry(sequence: int) -> AuditEntry | None:
    """Find an entry by its number."""
    return db.session.get(AuditEntry, sequence)


def instant_of(sequence: int) -> datetime:
    """Return when an entry was written. Raises ``NoResultFound`` where there is none."""
    return db.session.scalars(select(AuditEntry.at).where(AuditEntry.sequence == sequence)).one()


def rows_touched(entries: Sequence[AuditEntry]) -> Mapping[int, Sequence[RowChange]]:
    """Return the rows that each entry retired, added or put in another's place, by the number of the entry.

    A row that only moved to another place in its list, with nothing of its content changed, is left out. Entries that
    concern no petition have none.
    """
    sequences, ids = _about_petitions(entries)
    found: dict[int, list[RowChange]] = {sequence: [] for sequence in sequences}
    for table in TABLES if ids else ():
        for sequence, change in _touched(table, ids, sequences):
            found[sequence].append(change)
    return found


def columns_touched(entries: Sequence[AuditEntry]) -> Mapping[int, Sequence[ColumnChange]]:
    """Return what each entry changed of its petition's own columns, by the number of the entry."""
    sequences, ids = _about_petitions(entries)
    touched = or_(PetitionVersion.recorded_in.in_(sequences), PetitionVersion.retired_in.in_(sequences))
    rows = db.session.scalars(select(PetitionVersion).where(PetitionVersion.petition_id.in_(ids), touched)).all()
    retired = {(row.petition_id, row.retired_in): row.values for row in rows}
    return {
        row.recorded_in: columns_changed(retired[row.petition_id, row.recorded_in], row.values)
        for row in rows
        if (row.petition_id, row.recorded_in) in retired
    }


def columns_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[ColumnChange]:
    """Return the columns that differ between two versions, in the order in which versions name them."""
    return [
        ColumnChange(name, before.get(name), after.get(name))
        for name in PARTICULARS
        if before.get(name) != after.get(name)
    ]


def between(petition: Petition, first: int, last: int) -> Sequence[RowChange]:
    """Return how the rows of a petition's record differ between two entries of the chain.

    What came and went in between is nothing of either; a row corrected more than once is one change.
    """
    return [change for table in TABLES for change in _between(table, petition.id, first, last)]


def _between(table: type[Any], petition_id: int, first: int, last: int) -> Iterator[RowChange]:
    differing = or_(
        and_(table.recorded_in > first, table.recorded_in <= last),
        and_(table.retired_in > first, table.retired_in <= last),
    )
    rows = db.session.scalars(
        select(table).where(table.petition_id == petition_id, differing).order_by(table.ordinal, table.id)
    ).all()
    was = {row.key: row for row in rows if row.recorded_in <= first}
    for row in rows:
        if row.recorded_in > first and (row.retired_in is None or row.retired_in > last):
            before = was.pop(row.key, None)
            if before is None or content(before) != content(row):
                yield RowChange(before, row)
    for row in was.values():
        yield RowChange(row, None)


def _about_petitions(entries: Sequence[AuditEntry]) -> tuple[list[int], Sequence[int]]:
    """Return the entries that concern petitions, and the petitions by their rows."""
    ours = [each for each in entries if each.subject.startswith(PETITION)]
    about = {each.sequence: each.subject.removeprefix(PETITION) for each in ours}
    numbers = {int(each) for each in about.values() if each.isdecimal()}
    ids = db.session.scalars(select(Petition.id).where(Petition.number.in_(sorted(numbers)))).all() if numbers else ()
    return list(about), ids


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

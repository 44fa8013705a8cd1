"""Writing the rows of a petition's record: each is added or retired under one entry of the chain, never changed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import Base
from portal.models import (
    Addressee,
    AuditEntry,
    CategoryCount,
    Claim,
    CountReport,
    DecidedDemand,
    Decision,
    Demand,
    Event,
    GroupView,
    Position,
    Seat,
    Title,
    WorkingGroup,
)
from portal.services import audit
from portal.services.register_rows import Row

TABLES: dict[str, type[Base]] = {
    "title": Title,
    "addressee": Addressee,
    "demand": Demand,
    "event": Event,
    "count_report": CountReport,
    "working_group": WorkingGroup,
    "position": Position,
    "group_view": GroupView,
    "decision": Decision,
}
"""The tables of a petition's own rows: each is retired and made anew where its content changes."""

CHILDREN: dict[str, tuple[type[Base], str]] = {
    "claim": (Claim, "event_id"),
    "category_count": (CategoryCount, "group_id"),
    "seat": (Seat, "group_id"),
    "decided_demand": (DecidedDemand, "decision_id"),
}


class References(Protocol):
    """How what a row names becomes what its columns point to."""

    def source(self, key: str | None) -> int | None:
        """Return the id of the source under this key."""

    def body(self, names: Mapping[str, str]) -> str:
        """Return the id of the body that bears one of the names."""


def digest_of(content: object) -> str:
    """Return the digest that tells two contents apart."""
    return sha256(audit.canonical(content).encode()).hexdigest()


def current_rows(session: Session, petition_id: int) -> dict[tuple[str, str], Any]:
    """Return the rows that a petition's record is made of now, by table and key."""
    kept: dict[tuple[str, str], Any] = {}
    for name, table in TABLES.items():
        rows: Any = table
        for row in session.scalars(select(rows).where(rows.petition_id == petition_id, rows.retired_in.is_(None))):
            kept[name, row.key] = row
    return kept


def rows_taken_out(session: Session, petition_id: int, *, except_by: str) -> set[tuple[str, str]]:
    """Return table and key of the rows that somebody else than ``except_by`` retired."""
    found: set[tuple[str, str]] = set()
    for name, table in TABLES.items():
        rows: Any = table
        keys = (
            select(rows.key)
            .join(AuditEntry, AuditEntry.sequence == rows.retired_in)
            .where(rows.petition_id == petition_id, AuditEntry.by != except_by)
        )
        found.update((name, key) for key in session.scalars(keys))
    return found


class RowWriter:
    """Writes rows of one petition within the caller's transaction, under one entry of the chain."""

    def __init__(
        self, session: Session, petition_id: int, *, origin: str, sequence: int, references: References
    ) -> None:
        self.session = session
        self.petition_id = petition_id
        self.origin = origin
        self.sequence = sequence
        self.references = references

    def retire(self, row: Any) -> None:
        """Take a row out of the record, where it is kept as what stood before."""
        row.retired_in = self.sequence

    def add(self, row: Row, ordinal: int) -> None:
        """Add a row with the rows that belong to it."""
        made: Any = TABLES[row.table](
            petition_id=self.petition_id,
            key=row.key,
            ordinal=ordinal,
            digest=digest_of([ordinal, row.content()]),
            origin=self.origin,
            recorded_at=clock.now(),
            recorded_in=self.sequence,
            **self._values(row),
        )
        self.session.add(made)
        if row.children:
            self.session.flush()
        for place, child in enumerate(row.children):
            table, parent = CHILDREN[child.table]
            self.session.add(table(**{parent: made.id}, ordinal=place, **self._values(child)))

    def _values(self, row: Row) -> dict[str, Any]:
        values = dict(row.values)
        if row.cites is not None:
            values["source_id"] = self.references.source(row.cites.source)
            values["also"] = list(row.cites.also) or None
            values["locator"] = row.cites.locator
            for each in row.cites.also:
                self.references.source(each)
        if row.table == "addressee" and values["body_id"] is None:
            values["body_id"] = self.references.body(row.body_names)
        return values

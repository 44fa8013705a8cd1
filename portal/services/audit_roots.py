"""What is published of the audit chain: the last hash of each day, by which a later change can be told."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, func, select, type_coerce

from portal.db import EPOCH, MICROSECOND, db
from portal.models.audit import AuditEntry
from portal.services.audit import GENESIS


def hash_at(sequence: int) -> str:
    """Return the hash of an entry; 64 zeros before the first. Raises ``NoResultFound`` for a number of none."""
    if sequence == 0:
        return GENESIS
    return db.session.scalars(select(AuditEntry.hash).where(AuditEntry.sequence == sequence)).one()


class Root(NamedTuple):
    """The last entry of a day in Kazakhstan: whoever keeps its hash can tell later that nothing before it changed."""

    day: date
    sequence: int
    hash: str

    def line(self) -> str:
        """Return the root as published lists have it: the day, the number, the hash."""
        return f"{self.day} {self.sequence} {self.hash}"


ALMATY = timedelta(hours=5)
"""How far the days of Kazakhstan are ahead of UTC since 1 March 2024; the chain is younger."""

A_DAY = timedelta(days=1)


def roots(*, before: date | None = None, limit: int | None = None) -> Sequence[Root]:
    """Return the last entry of each day that has any, newest first: those of days before one, and at most so many.

    The day of an entry is counted in whole microseconds by the database itself, of which an index holds all it needs.
    """
    at = type_coerce(AuditEntry.at, BigInteger)
    day = (at + ALMATY // MICROSECOND) // (A_DAY // MICROSECOND)
    last = select(day.label("day"), func.max(AuditEntry.sequence).label("sequence")).group_by(day)
    if before is not None:
        midnight = (datetime(before.year, before.month, before.day, tzinfo=UTC) - ALMATY - EPOCH) // MICROSECOND
        last = last.where(at < midnight)
    ended = last.order_by(day.desc()).limit(limit).subquery()
    rows = select(ended.c.day, ended.c.sequence, AuditEntry.hash).join(
        AuditEntry, AuditEntry.sequence == ended.c.sequence
    )
    found = db.session.execute(rows.order_by(ended.c.day.desc()))
    return [Root((EPOCH + number * A_DAY).date(), sequence, seal) for number, sequence, seal in found]

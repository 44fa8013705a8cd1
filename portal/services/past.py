"""The record as it was: which entry of the chain a past day ended with, and a petition's own columns after it."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.clock import LAW_ZONE
from portal.db import db
from portal.models import AuditEntry, Petition
from portal.services import particulars


class PastPetition(NamedTuple):
    """A petition with the columns of a past day; ``is_kept`` is False where an older version was not kept."""

    petition: Petition
    is_kept: bool


def last_entry_by(day: date) -> int:
    """Return the number of the last entry that was made by the end of a day in Kazakhstan; 0 where there is none."""
    midnight = datetime.combine(day + timedelta(days=1), time(), LAW_ZONE)
    found = db.session.scalar(select(func.max(AuditEntry.sequence)).where(AuditEntry.at < midnight))
    return found or 0


def first_day_of(petition: Petition) -> date:
    """Return the day in Kazakhstan on which a petition was first recorded."""
    at = db.session.scalars(select(AuditEntry.at).where(AuditEntry.sequence == petition.recorded_in)).one()
    return at.astimezone(LAW_ZONE).date()


def petition_at(session: Session, petition: Petition, sequence: int) -> PastPetition:
    """Return a petition as its own columns said after an entry: an object that no session knows, never to be saved.

    What is derived is left empty. An erased name stays erased: only its digest is kept here.
    """
    version, is_kept = particulars.version_at(session, petition.id, sequence)
    columns = particulars.columns_of(version.values if version else particulars.values_of(petition))
    past = Petition(
        id=petition.id,
        number=petition.number,
        register_id=petition.register_id,
        digest=petition.digest,
        recorded_at=petition.recorded_at,
        recorded_in=petition.recorded_in,
        changed_in=_changed_in(session, petition, sequence),
        **columns,
    )
    return PastPetition(past, is_kept)


def second_of(session: Session, sequence: int) -> int:
    """Return the second at which an entry was made; 0 where there is none."""
    at = session.scalar(select(AuditEntry.at).where(AuditEntry.sequence == sequence))
    return int(at.timestamp()) if at else 0


def _changed_in(session: Session, petition: Petition, sequence: int) -> int:
    """Return the entry that changed a petition last, up to another entry."""
    if petition.changed_in <= sequence:
        return petition.changed_in
    about = select(func.max(AuditEntry.sequence)).where(
        AuditEntry.subject == f"petition/{petition.number}",
        AuditEntry.sequence <= sequence,
        AuditEntry.action.not_like("proposal.%"),
    )
    return session.scalar(about) or petition.recorded_in

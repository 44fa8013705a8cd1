"""The events of a petition that its curve is read against: each on the day that counts, where that day is known."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.domain.events import EventKind
from portal.models import Event, Petition
from portal.services.lifecycle import domain_event

BESIDE_THE_CURVE = (
    EventKind.FIFTY_REACHED,
    EventKind.PUBLISHED,
    EventKind.TEXT_CHANGED,
    EventKind.VANISHED,
    EventKind.REAPPEARED,
    EventKind.THRESHOLD_REACHED,
    EventKind.FORWARDED,
    EventKind.RETURNED,
    EventKind.OVERTAKEN,
    EventKind.WITHDRAWN,
    EventKind.DECIDED,
)
"""What may bear on who signs, or ends it; that it does is not said."""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """What happened on a day."""

    kind: EventKind
    day: date


def dated_events(petition: Petition) -> tuple[DatedEvent, ...]:
    """Return the events whose day the record knows exactly, in order of time."""
    asked = (
        select(Event)
        .where(Event.petition_id == petition.id, Event.retired_in.is_(None), Event.kind.in_(BESIDE_THE_CURVE))
        .options(selectinload(Event.claims))
    )
    found = []
    for event in map(domain_event, db.session.scalars(asked)):
        claim = event.counting()
        if claim is not None and claim.when.is_exact and claim.when.latest is not None:
            found.append(DatedEvent(event.kind, claim.when.latest))
    return tuple(sorted(found, key=lambda each: each.day))

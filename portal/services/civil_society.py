"""Organisations in their public roles, and the working groups: where each appears, and what it is said to have said."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.domain.events import EventKind
from portal.models import Event, Organisation, Petition, Position, Seat, WorkingGroup


@dataclass(frozen=True, slots=True)
class Appearances:
    """Where an organisation appears: with a position, with a seat in a group, with a statement."""

    positions: Sequence[tuple[Petition, Position]]
    seats: Sequence[tuple[Petition, Seat]]
    statements: Sequence[tuple[Petition, Event]]


def organisations() -> Sequence[Organisation]:
    """Return every organisation that sources name in a public role."""
    return db.session.scalars(select(Organisation).order_by(Organisation.id)).all()


def organisation(organisation_id: str) -> Organisation | None:
    """Find an organisation by its id."""
    return db.session.get(Organisation, organisation_id)


def petitions_by_organisation() -> Mapping[str, int]:
    """Return on how many petitions each organisation's position was received."""
    counted = (
        select(Position.organisation_id, func.count(Position.petition_id.distinct()))
        .where(Position.retired_in.is_(None))
        .group_by(Position.organisation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def appearances_of(organisation_id: str) -> Appearances:
    """Return where an organisation appears. A statement is its own only where the record says so."""
    positions = (
        select(Petition, Position)
        .join(Position, Position.petition_id == Petition.id)
        .where(Position.organisation_id == organisation_id, Position.retired_in.is_(None))
    )
    seats = (
        select(Petition, Seat)
        .join(WorkingGroup, WorkingGroup.petition_id == Petition.id)
        .join(Seat, Seat.group_id == WorkingGroup.id)
        .where(Seat.organisation_id == organisation_id, WorkingGroup.retired_in.is_(None))
    )
    named = cast(Event.details, Text).contains(json.dumps(organisation_id), autoescape=True)
    statements = (
        select(Petition, Event)
        .join(Event, Event.petition_id == Petition.id)
        .where(Event.kind == EventKind.STATEMENT_QUOTED.value, Event.retired_in.is_(None), named)
        .options(selectinload(Event.claims))
        .order_by(Event.ordinal)
    )
    return Appearances(
        positions=_pairs(positions),
        seats=_pairs(seats),
        statements=[
            (petition, event)
            for petition, event in _pairs(statements)
            if (event.details or {}).get("organisation") == organisation_id
        ],
    )


def working_groups() -> Sequence[tuple[Petition, WorkingGroup]]:
    """Return every working group with its petition, those with the latest events first."""
    rows = (
        select(Petition, WorkingGroup)
        .join(WorkingGroup, WorkingGroup.petition_id == Petition.id)
        .where(WorkingGroup.retired_in.is_(None))
    )
    return _pairs(rows)


def _pairs(rows: Any) -> list[tuple[Petition, Any]]:
    latest = rows.order_by(Petition.order_activity.desc(), Petition.number)
    return [(row[0], row[1]) for row in db.session.execute(latest)]

"""What a body owes, has decided and has undertaken: read from the terms and events of its petitions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select, true
from sqlalchemy.orm import aliased, selectinload

from portal.db import db
from portal.domain.events import EventKind
from portal.domain.stages import Stage
from portal.models import Addressee, Event, Petition, PetitionTerm
from portal.services.lifecycle import open_undertakings

REVIEWS = ("review_central", "review_local")
"""The terms that a body has for its decision."""

OWED_BY_REVIEWERS = ("reviewing_body", "head")
"""Whose steps are those of the body that reviews a petition. What the authorised body owes is not counted here."""

MOST = 20
"""Rows of one kind on a body's page; the list of petitions has them all."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A petition that a body decided, with the term of its review where it could be computed."""

    petition: Petition
    term: PetitionTerm | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A step of a body's that nobody has seen done."""

    petition: Petition
    term: PetitionTerm


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a body took upon itself, what was reported of it, and whether a report says that it was done."""

    petition: Petition
    event: Event
    reports: Sequence[Event]
    is_done: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that a body still owes: with days left, over without anybody having looked, and seen undone."""

    coming: Sequence[Owed]
    ended: Sequence[Owed]
    overdue: Sequence[Owed]


def decided_by(body_id: str) -> Sequence[Decided]:
    """Return the petitions that a body decided, the latest decision first."""
    rows = (
        select(Petition, PetitionTerm)
        .outerjoin(PetitionTerm, and_(PetitionTerm.petition_id == Petition.id, PetitionTerm.key.in_(REVIEWS)))
        .where(Petition.stage == Stage.DECIDED.value, _reviewed_by(body_id))
        .order_by(Petition.stage_latest.desc(), Petition.number.desc())
    )
    return [Decided(*row) for row in db.session.execute(rows.limit(MOST))]


def days_of_reviews(body_id: str) -> Sequence[tuple[date, date]]:
    """Return the day of registration and that of the decision of every review of a body of which both are known."""
    rows = (
        select(PetitionTerm.start_latest, PetitionTerm.met_latest)
        .join(Petition, Petition.id == PetitionTerm.petition_id)
        .where(
            PetitionTerm.key.in_(REVIEWS),
            PetitionTerm.start_earliest == PetitionTerm.start_latest,
            PetitionTerm.met_earliest == PetitionTerm.met_latest,
            _reviewed_by(body_id),
        )
    )
    return [(first, last) for first, last in db.session.execute(rows) if first is not None and last is not None]


def owed_by(body_id: str, on: date) -> Steps:
    """Return the steps that a body still owes on a day. Only what somebody saw undone after its last day is overdue."""
    unseen = PetitionTerm.seen_undone_on.is_(None)
    return Steps(
        coming=_owed(body_id, PetitionTerm.due_latest >= on),
        ended=_owed(body_id, and_(PetitionTerm.due_latest < on, unseen)),
        overdue=_owed(body_id, ~unseen),
    )


def _owed(body_id: str, which: ColumnElement[bool]) -> Sequence[Owed]:
    rows = (
        select(Petition, PetitionTerm)
        .join(PetitionTerm, PetitionTerm.petition_id == Petition.id)
        .where(
            PetitionTerm.is_met.is_not(true()),
            PetitionTerm.actor.in_(OWED_BY_REVIEWERS),
            which,
            _reviewed_by(body_id),
        )
        .order_by(PetitionTerm.due_latest, Petition.number)
    )
    return [Owed(*row) for row in db.session.execute(rows.limit(MOST))]


def _reviewed_by(body_id: str) -> ColumnElement[bool]:
    """Return the condition that a body decides a petition: as a source says, else because it is addressed to it."""
    other = aliased(Addressee)
    decided = select(other.petition_id).where(other.retired_in.is_(None), other.role == "decides")
    somebody_decides = Addressee.petition_id.in_(decided)
    deciding = select(Addressee.petition_id).where(
        Addressee.body_id == body_id,
        Addressee.retired_in.is_(None),
        or_(Addressee.role == "decides", and_(Addressee.role == "addressee", ~somebody_decides)),
    )
    return Petition.id.in_(deciding)


def undertaken_by(body_id: str) -> Sequence[Undertaking]:
    """Return what a body is named as responsible for, those without a report that it was done first."""
    named = _events(EventKind.FOLLOW_UP_SET, cast(Event.details, Text).contains(json.dumps(body_id), autoescape=True))
    own = [event for event in named if body_id in (event.details or {}).get("responsible", ())]
    ids = {event.petition_id for event in own}
    reports = _events(EventKind.FOLLOW_UP_REPORTED, Event.petition_id.in_(ids))
    petitions = {each.id: each for each in db.session.scalars(select(Petition).where(Petition.id.in_(ids)))}
    found = [_undertaking(petitions[event.petition_id], event, reports) for event in own]
    return sorted(found, key=lambda each: (each.is_done, -each.petition.number, each.event.ordinal))


def _undertaking(petition: Petition, event: Event, reports: Sequence[Event]) -> Undertaking:
    key = event.key.partition(":")[2]
    about = [
        report for report in reports if report.petition_id == petition.id and (report.details or {}).get("of") == key
    ]
    return Undertaking(petition, event, about, is_done=not open_undertakings([event, *about]))


def _events(kind: EventKind, which: ColumnElement[bool]) -> Sequence[Event]:
    rows = select(Event).where(Event.kind == kind.value, Event.retired_in.is_(None), which)
    return db.session.scalars(rows.order_by(Event.petition_id, Event.ordinal).options(selectinload(Event.claims))).all()

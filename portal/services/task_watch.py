"""What the reading of the official portal leaves to a person: words, decisions, addressees, and that it was stopped."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select

from portal import clock
from portal.db import db
from portal.domain.events import EventKind
from portal.domain.official import region_of
from portal.domain.stages import Level
from portal.domain.tasks import Form, Task, TaskKind
from portal.models import (
    AuditEntry,
    Body,
    Decision,
    Event,
    OfficialReading,
    OfficialVersion,
    Petition,
    Region,
    WatchState,
)
from portal.services import looks, portal_words, proposals
from portal.services.official_petitions import BY

Found = Iterator[tuple[int, Task]]
LONGEST_KEY = 200


def tasks() -> list[Task]:
    """Return what is not told by the rows of one petition alone, and so is asked of the database each time."""
    return [*_stopped(), *_words(), *_bodies(), *_decisions()]


def _stopped() -> Iterator[Task]:
    state = db.session.get(WatchState, 1)
    if state is not None and state.stopped_at is not None:
        on = clock.day_of(state.stopped_at)
        yield Task(
            TaskKind.STOPPED, "watch/stopped", None, on, Form.WATCH, facts={"why": state.stopped_why, "since": on}
        )


def _words() -> Iterator[Task]:
    for each in portal_words.unsettled():
        yield Task(
            TaskKind.PORTAL_WORD,
            f"word/{each.kind}/{each.word}"[:LONGEST_KEY],
            None,
            clock.day_of(each.first_seen_at),
            Form.PORTAL_WORD,
            (each.kind.value, each.word),
            {"kind": each.kind.value, "word": each.word},
        )


def _bodies() -> Iterator[Task]:
    """Return a task for each body that the poll made up because no body of the record has its name."""
    rows = (
        select(Body.id, Body.names, AuditEntry.at)
        .join(AuditEntry, AuditEntry.sequence == Body.recorded_in)
        .where(AuditEntry.by == BY)
        .order_by(Body.id)
    )
    for key, names, at in db.session.execute(rows):
        facts = {"part": "addressee", "names": tuple(sorted(names.by_language.items()))}
        target = ("bodies", key)
        yield Task(TaskKind.UNMATCHED, f"body/{key}", None, clock.day_of(at), Form.REFERENCE, target, facts)


def _decisions() -> Iterator[Task]:
    """Return a task for each petition of which the portal shows a decision and the record has none."""
    last = (
        select(OfficialReading.is_decided)
        .where(OfficialReading.petition_id == Petition.id, OfficialReading.is_decided.is_not(None))
        .order_by(OfficialReading.at.desc())
        .limit(1)
        .scalar_subquery()
    )
    decided = select(Event.id).where(
        Event.petition_id == Petition.id, Event.retired_in.is_(None), Event.kind == EventKind.DECIDED.value
    )
    recorded = select(Decision.id).where(Decision.petition_id == Petition.id, Decision.retired_in.is_(None))
    rows = select(Petition.id, Petition.number).where(
        Petition.official_uuid.is_not(None), last.is_(True), ~decided.exists(), ~recorded.exists()
    )
    waiting = {each.subject for each in proposals.waiting()}  # A decision that was recorded waits for a second person.
    every = db.session.execute(rows.order_by(Petition.number))
    found = {row.id: row.number for row in every if f"petition/{row.number}" not in waiting}
    for petition, at in _first_shown(list(found)):
        on = clock.day_of(looks.instant(at))
        number, target = found[petition], ("decision", "")
        yield Task(TaskKind.PORTAL_DECISION, f"decision/{number}", number, on, Form.EVENT, target, {"shown": on})


def _first_shown(petitions: list[int]) -> Any:
    shown = (OfficialReading.petition_id.in_(petitions), OfficialReading.is_decided.is_(True))
    rows = select(OfficialReading.petition_id, func.min(OfficialReading.at)).where(*shown)
    return db.session.execute(rows.group_by(OfficialReading.petition_id)) if petitions else ()


def in_petitions(among: ColumnElement[bool]) -> Found:
    """Return the petitions of a condition whose region could not be told from what the portal says of the addressee."""
    newest = (
        select(func.max(OfficialVersion.id))
        .where(OfficialVersion.petition_id == Petition.id)
        .correlate(Petition)
        .scalar_subquery()
    )
    organization = OfficialVersion.values["organization"]
    rows = (
        select(Petition.id, Petition.number, Petition.recorded_at, Petition.level, organization)
        .join(OfficialVersion, OfficialVersion.id == newest)
        .where(among, Petition.official_uuid.is_not(None), Petition.region_code.is_(None))
    )
    regions = set(db.session.scalars(select(Region.code)))
    for petition, number, at, level, said in db.session.execute(rows):
        code = region_of({"organization": said})
        is_local = level is not None and level != Level.GOV.value
        if code not in regions and (code is not None or is_local):
            facts, on = {"part": "region", "code": code}, clock.day_of(at)
            yield petition, Task(TaskKind.UNMATCHED, f"region/{number}", number, on, Form.PARTICULARS, facts=facts)

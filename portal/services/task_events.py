"""Events that need a person: those without a day, and those whose days stand the wrong way round."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import selectinload

from portal import clock
from portal.db import db
from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.tasks import ORDER, Check, Form, Task, TaskKind, backwards
from portal.models import Claim, Event, Petition
from portal.services.lifecycle import domain_event

Found = Iterator[tuple[int, Task]]


def in_petitions(among: ColumnElement[bool]) -> Found:
    """Return what needs a person in the events of the petitions of a condition, each with the petition's id."""
    yield from _undated(among)
    yield from _out_of_order(among)
    yield from _letters(among)
    yield from _undertakings(among)


def _undated(among: ColumnElement[bool]) -> Found:
    dated = select(Claim.id).where(
        Claim.event_id == Event.id, or_(Claim.earliest.is_not(None), Claim.latest.is_not(None))
    )
    rows = (
        select(Petition.id, Petition.number, Event.key, Event.kind, Event.recorded_at)
        .join(Petition, Petition.id == Event.petition_id)
        .where(among, Event.retired_in.is_(None), ~dated.exists())
    )
    for petition, number, key, kind, recorded_at in db.session.execute(rows):
        yield (
            petition,
            Task(
                TaskKind.UNDATED,
                f"undated/{number}/event/{key}",
                number,
                clock.day_of(recorded_at),
                Form.CLAIM,
                ("event", key),
                {"event": kind},
            ),
        )


# Days in the wrong order
# ------------------------------------------------------------------------------------------------------------------


def _out_of_order(among: ColumnElement[bool]) -> Found:
    candidates = _candidates(among)
    if not candidates:
        return
    kinds = {kind.value for pair in ORDER for kind in pair}
    rows = select(Event).where(Event.petition_id.in_(candidates), Event.retired_in.is_(None), Event.kind.in_(kinds))
    by_petition: dict[int, list[Event]] = {}
    for event in db.session.scalars(rows.options(selectinload(Event.claims)).order_by(Event.ordinal)):
        by_petition.setdefault(event.petition_id, []).append(event)
    for petition, events in by_petition.items():
        yield from ((petition, task) for task in _backwards(candidates[petition], events))


def _candidates(among: ColumnElement[bool]) -> dict[int, int]:
    """Return the petitions of which any two claims stand the wrong way round, by their numbers: few of very many."""
    firsts = {one for one, _ in ORDER}
    seconds = {other for _, other in ORDER}
    last_begin = {kind: func.max(case((Event.kind == kind.value, Claim.earliest))) for kind in firsts}
    first_end = {kind: func.min(case((Event.kind == kind.value, Claim.latest))) for kind in seconds}
    rows = (
        select(Petition.id, Petition.number)
        .join(Event, Event.petition_id == Petition.id)
        .join(Claim, Claim.event_id == Event.id)
        .where(among, Event.retired_in.is_(None), Event.kind.in_([each.value for each in firsts | seconds]))
        .group_by(Petition.id, Petition.number)
        .having(or_(*(last_begin[one] > first_end[other] for one, other in ORDER)))
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _backwards(number: int, events: Iterable[Event]) -> Iterator[Task]:
    rows = {event.id: event for event in events}
    for found in backwards(domain_event(event) for event in rows.values()):
        first, second = rows[found.first.id], rows[found.second.id]
        yield Task(
            TaskKind.MISFIT,
            f"misfit/{number}/{Check.DAY_ORDER}/{first.key}/{second.key}"[:200],
            number,
            clock.day_of(max(first.recorded_at, second.recorded_at)),
            Form.WORKBENCH,
            facts={
                "check": Check.DAY_ORDER,
                "first": first.kind,
                "second": second.kind,
                "first_on": found.first_on,
                "second_on": found.second_on,
            },
        )


# Within one event, or between two letters
# ------------------------------------------------------------------------------------------------------------------


def _with_details(among: ColumnElement[bool], kind: EventKind) -> Iterable[Row[Any]]:
    return db.session.execute(
        select(Petition.id, Petition.number, Event.key, Event.details, Event.recorded_at, Claim.earliest, Claim.latest)
        .join(Petition, Petition.id == Event.petition_id)
        .outerjoin(Claim, and_(Claim.event_id == Event.id, Claim.ordinal == 0))
        .where(among, Event.retired_in.is_(None), Event.kind == kind.value, Event.details.is_not(None))
    )


def _letters(among: ColumnElement[bool]) -> Found:
    every = list(_with_details(among, EventKind.COMMUNICATION_SENT))
    sent = {(row.id, row.key): row for row in every}
    for row in every:
        signed, went = _day(row.details.get("signed")), _day(row.details.get("sent"))
        if signed and went and signed > went:
            yield row.id, _misfit(row, Check.SIGNED_AFTER_SENT, signed, went)
        asked = sent.get((row.id, f"communication:{row.details.get('replies_to')}"))
        if asked is not None and asked.earliest and row.latest and asked.earliest > row.latest:
            yield row.id, _misfit(row, Check.ANSWER_BEFORE_LETTER, asked.earliest, row.latest)


def _undertakings(among: ColumnElement[bool]) -> Found:
    for row in _with_details(among, EventKind.FOLLOW_UP_SET):
        until = _day(row.details.get("until"))
        if until and row.earliest and until < row.earliest:
            yield row.id, _misfit(row, Check.UNTIL_BEFORE_DAY, row.earliest, until)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _misfit(row: Row[Any], check: Check, first: date, second: date) -> Task:
    return Task(
        TaskKind.MISFIT,
        f"misfit/{row.number}/{check}/{row.key}"[:200],
        row.number,
        clock.day_of(row.recorded_at),
        Form.CORRECTION,
        ("event", row.key),
        {"check": check, "first_on": DateRange.on(first), "second_on": DateRange.on(second)},
    )

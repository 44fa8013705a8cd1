"""The rows of a petition's series: what was seen when, when somebody looked, and what its list of signers says."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select

from portal.db import db
from portal.domain.counts import Point, Series, Span, joined, signed
from portal.domain.watching import HOUR
from portal.models import Petition
from portal.models.watch import Backfill, BackfillState, CountObservation, SignedHour, WatchedSpan

EXACT_UP_TO = 5_000
"""Observations that are read one by one; of a longer series the hours are."""

BATCH = 5_000
"""Rows that are read at a time where all of them are given out."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the list of signers said: per hour (seconds // 3600) how many signatures bear a time in it.

    ``broken`` rows could not be read and are in no hour. ``read_at`` is when the whole list had been read.
    """

    hours: dict[int, int]
    rows: int
    broken: int
    read_at: int


def spans_of(petition: Petition) -> tuple[Span, ...]:
    """Return when a petition's count was looked at without a gap."""
    asked = select(WatchedSpan.since, WatchedSpan.until).where(WatchedSpan.petition_id == petition.id)
    return tuple(Span(*row) for row in db.session.execute(asked.order_by(WatchedSpan.since)))


def past_of(petition: Petition) -> Past | None:
    """Return what the list of signers said, once it has been read whole: half of it would be another history."""
    read = db.session.get(Backfill, petition.id)
    if read is None or read.state != BackfillState.DONE or read.finished_at is None:
        return None
    asked = select(SignedHour.hour, SignedHour.votes).where(SignedHour.petition_id == petition.id)
    hours = {row.hour: row.votes for row in db.session.execute(asked)}
    return Past(hours, read.rows, read.broken, int(read.finished_at.timestamp()))


def polled(petition: Petition) -> Series:
    """Return what was seen: each observation, or of a long series the last of each hour and the first of each span."""
    spans = spans_of(petition)
    points = _exact(petition) if _is_short(petition) else _by_hour(petition)
    return Series(tuple(points), spans)


def whole(petition: Petition) -> tuple[Series, Past | None]:
    """Return everything that is known of a petition's count, and what of it the list of signers said."""
    seen, past = polled(petition), past_of(petition)
    return (joined(signed(past.hours, past.read_at), seen) if past else seen), past


def observations(petition: Petition) -> Iterator[tuple[int, int]]:
    """Yield every observation in order of time, so many at a time: nobody who reads slowly keeps a transaction open."""
    last = -1
    while True:
        asked = select(CountObservation.at, CountObservation.votes).where(_of(petition), CountObservation.at > last)
        rows = [(at, votes) for at, votes in db.session.execute(asked.order_by(CountObservation.at).limit(BATCH))]
        db.session.rollback()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1][0]


def latest(petition: Petition) -> tuple[Point, Span] | None:
    """Return the last observation and the span in which somebody last looked; None where nobody ever did."""
    point = db.session.execute(
        select(CountObservation.at, CountObservation.votes)
        .where(_of(petition))
        .order_by(CountObservation.at.desc())
        .limit(1)
    ).first()
    span = db.session.execute(
        select(WatchedSpan.since, WatchedSpan.until)
        .where(WatchedSpan.petition_id == petition.id)
        .order_by(WatchedSpan.since.desc())
        .limit(1)
    ).first()
    return (Point(*point), Span(*span)) if point and span else None


def first_look(petition: Petition) -> int | None:
    """Return when the poll first looked at a petition's count."""
    return db.session.scalar(select(func.min(WatchedSpan.since)).where(WatchedSpan.petition_id == petition.id))


def has_any(petition: Petition) -> bool:
    """Whether anybody ever looked at a petition's count, or its list of signers was read; one question."""
    looked = exists().where(WatchedSpan.petition_id == petition.id)
    read = exists().where(Backfill.petition_id == petition.id, Backfill.state == BackfillState.DONE)
    return bool(db.session.scalar(select(or_(looked, read))))


def _of(petition: Petition) -> ColumnElement[bool]:
    return CountObservation.petition_id == petition.id


def _is_short(petition: Petition) -> bool:
    some = select(CountObservation.at).where(_of(petition)).limit(EXACT_UP_TO + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(some)) or 0) <= EXACT_UP_TO


def _exact(petition: Petition) -> Iterator[Point]:
    asked = select(CountObservation.at, CountObservation.votes).where(_of(petition))
    return (Point(*row) for row in db.session.execute(asked.order_by(CountObservation.at)))


def _by_hour(petition: Petition) -> Iterator[Point]:
    """Yield the last observation of each hour, the first of each span, and both sides of every fall."""
    told = func.lead(CountObservation.at).over(order_by=CountObservation.at)
    after = func.lead(CountObservation.votes).over(order_by=CountObservation.at)
    before = func.lag(CountObservation.votes).over(order_by=CountObservation.at)
    rows = (
        select(CountObservation.at, CountObservation.votes, told.label("next_at"))
        .add_columns(after.label("after"), before.label("before"))
        .where(_of(petition))
        .subquery()
    )
    kept = rows.c
    starts = select(WatchedSpan.since).where(WatchedSpan.petition_id == petition.id)
    last_of_hour = or_(kept.next_at.is_(None), kept.next_at // HOUR != kept.at // HOUR)
    asked = select(kept.at, kept.votes).where(
        or_(last_of_hour, kept.after < kept.votes, kept.before > kept.votes, kept.at.in_(starts))
    )
    return (Point(*row) for row in db.session.execute(asked.order_by(kept.at)))

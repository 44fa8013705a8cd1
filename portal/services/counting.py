"""Keeping the counts that the poll saw: each where it differs from the one before, and that we looked wherever we did.

A count is kept under its petition and second, only after what is kept already, and in the transaction of the run that
read it: a run that is repeated, or done twice at once, keeps nothing twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, case, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal import clock
from portal.domain.questions import percent_of
from portal.domain.watching import FIRST_THRESHOLD, HOUR, is_gap
from portal.models import CountHour, CountObservation, Petition, Watched, WatchedSpan
from portal.services.looks import instant

EXACT = "exact"
AT_ONCE = 500
"""How many petitions are asked for in one query: SQLite takes no more than 32,766 values in one."""


class Seen(NamedTuple):
    """How many signatures the portal showed of a petition at a second."""

    petition_id: int
    at: int
    votes: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """A petition whose count went past a number between two looks; ``after`` is None where there was no look before."""

    petition_id: int
    goal: int
    after: date | None
    by: date


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping counts: the counts that differed, how many petitions were looked at, what was crossed."""

    changed: Sequence[Seen]
    looked: int
    crossings: Sequence[Crossing]


def keep(session: Session, seen: Iterable[Seen]) -> Kept:
    """Keep counts within the caller's transaction. Of a petition that is given twice, the last count stands.

    What is not later than the last look at a petition says nothing new and is left out.
    """
    by_petition = {each.petition_id: each for each in sorted(seen, key=lambda each: each.at)}
    before = _before(session, by_petition.keys())
    fresh = [each for each in by_petition.values() if _is_later(each, before.get(each.petition_id))]
    changed = [each for each in fresh if _differs(each, before.get(each.petition_id))]
    _keep_counts(session, changed)
    _keep_looks(session, fresh, before)
    _bring_up(session, fresh, before)
    crossings = [crossing for each in changed for crossing in _crossed(each, before.get(each.petition_id))]
    return Kept(changed, len(fresh), crossings)


class _Before(NamedTuple):
    """What was known of a petition before a look."""

    petition_id: int
    votes: int | None
    counted_at: int | None
    span_since: int | None
    required: int | None
    shown_on: date | None
    is_watched: bool


def _before(session: Session, ids: Iterable[int]) -> dict[int, _Before]:
    every = sorted(ids)
    found: dict[int, _Before] = {}
    columns = (
        Petition.id,
        Watched.votes,
        Watched.counted_at,
        Watched.span_since,
        Petition.threshold,
        Petition.votes_on,
        Watched.petition_id.is_not(None),
    )
    rows = select(*columns).join(Watched, Watched.petition_id == Petition.id, isouter=True)
    for first in range(0, len(every), AT_ONCE):
        for row in session.execute(rows.where(Petition.id.in_(every[first : first + AT_ONCE]))):
            found[row[0]] = _Before(*row)
    return found


def _is_later(each: Seen, before: _Before | None) -> bool:
    return before is not None and (before.counted_at is None or each.at > before.counted_at)


def _differs(each: Seen, before: _Before | None) -> bool:
    return before is None or before.votes != each.votes


def _upsert(session: Session, table: Any) -> Any:
    """Return an INSERT that may say what to do where the row is there; both databases spell it alike."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)


def _keep_counts(session: Session, changed: Sequence[Seen]) -> None:
    if not changed:
        return
    session.execute(insert(CountObservation), [each._asdict() for each in changed])
    made = _upsert(session, CountHour)
    new = made.excluded
    kept = made.on_conflict_do_update(
        index_elements=[CountHour.petition_id, CountHour.hour],
        set_={
            "votes": new.votes,
            "low": case((new.low < CountHour.low, new.low), else_=CountHour.low),
            "high": case((new.high > CountHour.high, new.high), else_=CountHour.high),
        },
    )
    hours = [
        {"petition_id": petition, "hour": at // HOUR, "votes": votes, "low": votes, "high": votes}
        for petition, at, votes in changed
    ]
    session.execute(kept, hours)


def _keep_looks(session: Session, fresh: Sequence[Seen], before: dict[int, _Before]) -> None:
    """Lengthen the span of every petition that was looked at; after a silence that is too long, begin another."""
    if not fresh:
        return
    made = _upsert(session, WatchedSpan)
    longer = made.on_conflict_do_update(
        index_elements=[WatchedSpan.petition_id, WatchedSpan.since], set_={"until": made.excluded.until}
    )
    since = {each.petition_id: _span_of(each, before[each.petition_id]) for each in fresh}
    session.execute(
        longer,
        [{"petition_id": each.petition_id, "since": since[each.petition_id], "until": each.at} for each in fresh],
    )
    new = [each for each in fresh if not before[each.petition_id].is_watched]
    if new:
        session.execute(insert(Watched), [{"petition_id": each.petition_id, "found_at": each.at} for each in new])
    looked = (
        update(Watched)
        .where(Watched.petition_id == bindparam("of"))
        .values(votes=bindparam("count"), counted_at=bindparam("seen_at"), span_since=bindparam("begun"))
    )
    session.connection().execute(
        looked,
        [
            {"of": each.petition_id, "count": each.votes, "seen_at": each.at, "begun": since[each.petition_id]}
            for each in fresh
        ],
    )


def _span_of(each: Seen, before: _Before) -> int:
    if before.span_since is None or before.counted_at is None or is_gap(before.counted_at, each.at):
        return each.at
    return before.span_since


def _bring_up(session: Session, fresh: Sequence[Seen], before: dict[int, _Before]) -> None:
    """Bring up the columns that lists read; ``lifecycle.derive`` makes the same of the whole record."""
    rows = []
    for each in fresh:
        was, day = before[each.petition_id], clock.day_of(instant(each.at))
        if was.votes == each.votes and was.shown_on == day:
            continue
        if was.shown_on is not None and was.shown_on > day:
            continue  # A source reports a later day.
        percent = percent_of(each.votes, EXACT, was.required)
        rows.append({"of": each.petition_id, "count": each.votes, "day": day, "share": percent})
    if rows:
        count = bindparam("count", type_=Integer)
        shown = update(Petition).where(Petition.id == bindparam("of"))
        shown = shown.values(
            votes=count,
            order_votes=count,
            votes_qualifier=EXACT,
            votes_on=bindparam("day"),
            threshold_percent=bindparam("share"),
        )
        session.connection().execute(shown, rows)


def _crossed(each: Seen, before: _Before | None) -> Iterable[Crossing]:
    """Return which numbers a count went past: the fifty only where it was seen below them."""
    was = before.votes if before else None
    looked = before.counted_at if before else None
    after = clock.day_of(instant(looked)) if looked is not None and was is not None else None
    day = clock.day_of(instant(each.at))
    required = before.required if before else None
    if was is not None and was < FIRST_THRESHOLD <= each.votes:
        yield Crossing(each.petition_id, FIRST_THRESHOLD, after, day)
    if required and each.votes >= required and (was is None or was < required):
        yield Crossing(each.petition_id, required, after, day)

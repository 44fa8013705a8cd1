"""The poll's own record: whether it may ask, what a run did, and a number that grows with whatever it stored.

Counts and readings stand outside the audit chain, which a run enters once: with what it asked for, what it found, and
the SHA-256 of what it stored, a line for each count (petition, second, votes) or reading (petition, second, status,
state, digest), sorted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.domain.refusals import ReasonMissing
from portal.models import PollRun, WatchState
from portal.services import audit, counting
from portal.services.counting import Seen
from portal.services.official_events import note_crossing
from portal.services.official_petitions import BY

SUBJECT = "watch"
RAN, STOPPED, RESUMED = "counts.polled", "watch.stopped", "watch.resumed"

STOPPING = (
    "Ресми портал бағдарламаға рұқсат бермеді (403). / Официальный портал отказал программе (403)."
    " / The official portal refused the program (403)."
)


@dataclass(slots=True)
class Run:
    """What one run of a job did, as it goes along. ``troubles`` counts what went wrong by its code."""

    job: str
    started_at: datetime
    requests: int = 0
    petitions: int = 0
    changed: int = 0
    founded: int = 0
    is_whole: bool = True
    is_forbidden: bool = False
    skew: int | None = None
    troubles: dict[str, int] = field(default_factory=dict)
    stored: list[str] = field(default_factory=list)

    @property
    def result(self) -> str:
        """Return in a word how it went."""
        if self.is_forbidden:
            return "forbidden"
        return "done" if self.is_whole else "partly"


def state_of(session: Session) -> WatchState:
    """Return the poll's one row, made where a database has none yet."""
    found = session.get(WatchState, 1)
    if found is None:
        found = WatchState(id=1, revision=0)
        session.add(found)
        session.flush()
    return found


def revision() -> int:
    """Return the number that grows with whatever the poll stores: pages are kept under it."""
    return db.session.scalar(select(WatchState.revision).where(WatchState.id == 1)) or 0


def stored_something(session: Session) -> None:
    """Let pages be made anew, within the caller's transaction."""
    state_of(session)
    session.execute(update(WatchState).where(WatchState.id == 1).values(revision=WatchState.revision + 1))


def stopped_since() -> datetime | None:
    """Return since when nothing may be asked of the official portal, because it refused us; None where we may."""
    return db.session.scalar(select(WatchState.stopped_at).where(WatchState.id == 1))


def stop(at: datetime) -> None:
    """Stop the poll until a person lets it go on: the official portal answered 403. One transaction, one entry."""
    with writing() as session:
        state = state_of(session)
        if state.stopped_at is None:
            state.stopped_at, state.stopped_why = at, "forbidden"
            audit.append(STOPPED, SUBJECT, by=BY, reason=STOPPING)
            stored_something(session)


def resume(*, by: str, reason: str) -> None:
    """Let the poll go on. Raises ``ReasonMissing``."""
    if not reason:
        raise ReasonMissing
    with writing() as session:
        state = state_of(session)
        if state.stopped_at is not None:
            state.stopped_at = state.stopped_why = None
            audit.append(RESUMED, SUBJECT, by=by, reason=reason)
            stored_something(session)


def finish(run: Run, seen: Iterable[Seen]) -> None:
    """Keep the counts of a list, what a run did and its entry in the chain: one transaction, all of it or nothing."""
    with writing() as session:
        kept = counting.keep(session, seen)
        for crossing in kept.crossings:
            note_crossing(session, crossing)
        run.stored += kept.changed
        run.petitions += kept.looked
        run.changed += len(kept.changed)
        _enter(session, run)


def _enter(session: Session, run: Run) -> None:
    digest = digest_of(run.stored) if run.stored else None
    values: Mapping[str, Any] = {
        "job": run.job,
        "started_at": run.started_at,
        "finished_at": clock.now(),
        "requests": run.requests,
        "petitions": run.petitions,
        "changed": run.changed,
        "founded": run.founded,
        "is_whole": run.is_whole,
        "troubles": dict(sorted(run.troubles.items())),
        "skew": run.skew,
        "digest": digest,
    }
    entered = None
    if digest is not None:
        after = {name: value for name, value in values.items() if name not in ("finished_at", "skew")}
        entered = audit.append(RAN, SUBJECT, by=BY, after=after).sequence
    session.execute(insert(PollRun).values(**values, recorded_in=entered))
    stored_something(session)


def digest_of(lines: Iterable[str]) -> str:
    """Return the digest of what a run stored: its lines, sorted."""
    return sha256("".join([f"{line}\n" for line in sorted(lines)]).encode()).hexdigest()

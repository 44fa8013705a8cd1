"""Which slot of which job was taken, by whom, and what came of it: each slot is done once, whoever else tries.

A job's slot is the second (since 1970, UTC) at which a period of it began. Whoever takes it writes that down before the
work and has it for a while, the lease, which is renewed as long as the work goes on. Where the process dies, the lease
lapses and the slot can be taken again. So the work of a slot may be begun twice, and must be safe to repeat.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.models import JobRun, WatchState

MOST_ATTEMPTS = 3
"""How often a slot is begun: work at which every process dies is not begun for ever."""

KEPT = timedelta(days=90)
"""How long it is known which slots ran."""


class Result(StrEnum):
    """What came of a slot."""

    DONE = "done"
    PARTLY = "partly"
    """It ended, but not all that was to be read could be read."""

    DIFFERED = "differed"
    """It ended, and found what should not be."""

    FORBIDDEN = "forbidden"
    """The official portal refused us: nothing is asked until a person says so."""

    FAILED = "failed"
    GIVEN_UP = "given_up"
    """Every process that began it died."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A slot that is ours until the lease ends. ``attempt`` tells it from an earlier holder's, who may still live."""

    job: str
    slot: int
    by: str
    attempt: int
    lease: timedelta
    lease_until: datetime


class Occupied(Exception):
    """Another job runs beside which this one must not: both would ask the official portal at the same time."""

    def __init__(self, job: str) -> None:
        super().__init__(job)
        self.job = job


def claim(
    job: str, slot: int, *, by: str, lease: timedelta, at: datetime, beside: Collection[str] = ()
) -> Claim | None:
    """Take a slot, in one transaction. None where it is finished, or somebody has it.

    A slot whose lease has lapsed is taken over; at the third lapse it is given up. ``beside`` names the jobs of which
    one runs at a time, however many processes there are.

    Raises ``Occupied`` where one of those runs.
    """
    try:
        with writing() as session:
            kept = session.get(JobRun, (job, slot), with_for_update=True)
            if kept is not None and (kept.finished_at is not None or kept.lease_until > at):
                return None
            if kept is not None and kept.attempts >= MOST_ATTEMPTS:
                kept.finished_at, kept.result = at, Result.GIVEN_UP.value
                return None
            _require_room(session, beside, at)
            if kept is None:
                kept = JobRun(job=job, slot=slot, attempts=0)
                session.add(kept)
            kept.claimed_by, kept.claimed_at, kept.lease_until = by, at, at + lease
            kept.attempts += 1
            session.flush()
            return Claim(job, slot, by, kept.attempts, lease, kept.lease_until)
    except IntegrityError:  # On PostgreSQL two may find the slot free; the key lets one of them have it.
        return None


def _require_room(session: Session, beside: Collection[str], at: datetime) -> None:
    if not beside:
        return
    # Who asks waits here for who asked a moment ago, and then sees what they took. SQLite has one writer anyway.
    if session.get(WatchState, 1, with_for_update=True) is None:
        session.add(WatchState(id=1, revision=0))
        session.flush()
    runs = select(JobRun.job).where(JobRun.job.in_(beside), JobRun.finished_at.is_(None), JobRun.lease_until > at)
    running = session.scalars(runs.limit(1)).first()
    if running is not None:
        raise Occupied(running)


def renew(held: Claim, at: datetime) -> bool:
    """Put the end of the lease off. Tells whether the slot was still ours."""
    return _change(held, lease_until=at + held.lease)


def release(held: Claim, at: datetime) -> bool:
    """Give a slot back that is not done, so that another may begin it at once. Tells whether it was still ours."""
    return _change(held, lease_until=at)


def finish(held: Claim, result: Result, at: datetime) -> bool:
    """Write down what came of the slot, which nobody takes any more. Tells whether it was still ours."""
    return _change(held, finished_at=at, result=result.value)


def _change(held: Claim, **values: object) -> bool:
    ours = update(JobRun).where(
        JobRun.job == held.job,
        JobRun.slot == held.slot,
        JobRun.claimed_by == held.by,
        JobRun.attempts == held.attempt,
        JobRun.finished_at.is_(None),
    )
    with writing() as session:
        done = session.execute(ours.values(**values), execution_options={"synchronize_session": False})
        assert isinstance(done, CursorResult)
        return done.rowcount == 1


def by_slot(job: str, slot: int) -> JobRun | None:
    """Find what is known of a slot."""
    return db.session.get(JobRun, (job, slot), populate_existing=True)


def last_run(job: str) -> JobRun | None:
    """Return the run of a job that was begun last, ended or not."""
    return db.session.scalars(
        select(JobRun).where(JobRun.job == job).order_by(JobRun.claimed_at.desc()).limit(1)
    ).first()


def last_success(job: str) -> JobRun | None:
    """Return the run of a job that last did all it should."""
    done = select(JobRun).where(JobRun.job == job, JobRun.result == Result.DONE)
    return db.session.scalars(done.order_by(JobRun.finished_at.desc()).limit(1)).first()


def open_claims() -> Sequence[JobRun]:
    """Return the slots that were begun and have not ended, the oldest first, whether their lease runs or not."""
    begun = select(JobRun).where(JobRun.finished_at.is_(None)).order_by(JobRun.claimed_at, JobRun.job)
    return db.session.scalars(begun).all()


def given_up() -> Mapping[str, int]:
    """Return how many slots of each job were given up, as far back as runs are kept."""
    counted = (
        select(JobRun.job, func.count().label("times")).where(JobRun.result == Result.GIVEN_UP).group_by(JobRun.job)
    )
    return {row.job: row.times for row in db.session.execute(counted)}


def forget_before(day: date) -> int:
    """Forget the runs that began before a day in Kazakhstan; return how many."""
    begins = datetime.combine(day, time(), clock.LAW_ZONE)
    with writing() as session:
        gone = session.execute(
            delete(JobRun).where(JobRun.claimed_at < begins), execution_options={"synchronize_session": False}
        )
        assert isinstance(gone, CursorResult)
        return gone.rowcount

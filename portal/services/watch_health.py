"""How the poll of the official portal is doing: what people read at ``/health``, and machines at ``/metrics``.

A handful of queries, however many petitions there are; nothing is written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import String, and_, case, cast, func, or_, select
from sqlalchemy.orm import load_only

from portal.db import EPOCH, db
from portal.domain.refusals import CursorUnreadable
from portal.domain.watching import DAY, HOUR, LONGEST_SILENCE
from portal.models import Backfill, Petition, PollRun, Watched, WatchState
from portal.models.watch import BackfillState
from portal.services.petition_lists import SHOWN
from portal.services.tracking import Item, items_of

WITHIN = timedelta(days=30)
"""How far back the page looks."""

ON_A_PAGE = 50
NEVER = -1
"""Stands for the second of what was never read, so that it comes first in a list and in its marks."""


class PollState(StrEnum):
    """Whether a program reads the official portal."""

    ON = "on"
    OFF = "off"
    STOPPED = "stopped"


class Age(StrEnum):
    """How long ago something was last looked at."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    OLDER = "older"
    NEVER = "never"


BOUNDS: Mapping[Age, int] = {Age.HOUR: HOUR, Age.DAY: DAY, Age.WEEK: 7 * DAY}


@dataclass(frozen=True, slots=True)
class Look:
    """What a job last did: its last run, and the last that looked at any petition."""

    job: str
    ran_at: datetime
    looked_at: datetime | None
    petitions: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, how often, and when last."""

    code: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many petitions are how old: by the last look at the count, and by the last reading of the record.

    What the official portal no longer shows is counted apart; so is what the poll knows nothing of.
    """

    counted: Mapping[Age, int]
    read: Mapping[Age, int]
    gone: int
    not_watched: int

    @property
    def watched(self) -> int:
        """How many petitions there are to look at."""
        return sum(self.counted.values())

    @property
    def seen_within_a_day(self) -> int:
        """How many of them were looked at within a day."""
        return self.counted[Age.HOUR] + self.counted[Age.DAY]


@dataclass(frozen=True, slots=True)
class Health:
    """How the poll is doing at an instant."""

    at: datetime
    state: PollState
    stopped_at: datetime | None
    stopped_why: str | None
    looks: Sequence[Look]
    troubles: Sequence[Trouble]
    freshness: Freshness
    skew: tuple[datetime, int] | None
    backfills: Mapping[BackfillState, int]

    @property
    def last_look(self) -> datetime | None:
        """When the official portal was last read."""
        return max((each.looked_at for each in self.looks if each.looked_at is not None), default=None)

    @property
    def is_silent(self) -> bool:
        """Whether nobody has looked for so long that it is a gap."""
        last = self.last_look
        return last is not None and self.at - last > timedelta(seconds=LONGEST_SILENCE)


@dataclass(frozen=True, slots=True)
class Aged:
    """A petition as a list names it, and when it was last looked at, in seconds since 1970."""

    item: Item
    counted_at: int | None
    read_at: int | None


@dataclass(frozen=True, slots=True)
class AgedPage:
    """A page of petitions, those read longest ago first, and the mark of the next."""

    rows: Sequence[Aged]
    next: str | None


def health(now: datetime, *, is_on: bool) -> Health:
    """Return how the poll is doing. ``is_on`` is whether the settings let it read at all."""
    kept = db.session.get(WatchState, 1)
    stopped_at = kept.stopped_at if kept is not None else None
    running = PollState.ON if is_on else PollState.OFF
    return Health(
        at=now,
        state=PollState.STOPPED if is_on and stopped_at is not None else running,
        stopped_at=stopped_at,
        stopped_why=kept.stopped_why if kept is not None else None,
        looks=looks(),
        troubles=troubles(now - WITHIN),
        freshness=freshness(int(now.timestamp())),
        skew=_skew(),
        backfills=_backfills(),
    )


def looks() -> list[Look]:
    """Return what each job of the poll last did, by the names of jobs: two steps into an index for each."""
    jobs = db.session.scalars(select(PollRun.job).distinct().order_by(PollRun.job)).all()
    return [_look(job) for job in jobs]


def _look(job: str) -> Look:
    runs = select(PollRun.finished_at, PollRun.petitions).where(PollRun.job == job)
    latest = runs.order_by(PollRun.finished_at.desc()).limit(1)
    ran = db.session.execute(latest).one()
    looked = db.session.execute(latest.where(PollRun.petitions > 0)).one_or_none()
    return Look(job, ran[0], *((None, 0) if looked is None else looked))


def runs(number: int) -> Sequence[PollRun]:
    """Return the last runs of any job, the latest first."""
    return db.session.scalars(select(PollRun).order_by(PollRun.id.desc()).limit(number)).all()


def pasts(number: int) -> Sequence[tuple[Petition, Backfill]]:
    """Return petitions whose past was asked for: those being read first, then the latest."""
    order = case((Backfill.state.in_([BackfillState.WAITING, BackfillState.RUNNING]), 0), else_=1)
    rows = select(Petition, Backfill).join(Backfill, Backfill.petition_id == Petition.id)
    found = db.session.execute(rows.order_by(order, Backfill.changed_at.desc(), Petition.number).limit(number))
    return [(row[0], row[1]) for row in found]


def troubles(since: datetime) -> list[Trouble]:
    """Return what went wrong since an instant, the most frequent first."""
    rows = (
        select(PollRun.finished_at, PollRun.troubles)
        .where(PollRun.finished_at >= since, cast(PollRun.troubles, String) != "{}")
        .order_by(PollRun.finished_at)
    )
    times: Counter[str] = Counter()
    last: dict[str, datetime] = {}
    for at, found in db.session.execute(rows):
        for code, number in found.items():
            times[code] += int(number)
            last[code] = at
    return [
        Trouble(code, number, last[code]) for code, number in sorted(times.items(), key=lambda each: (-each[1], each))
    ]


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was asked since the poll began, up to a run, and how often what went wrong."""

    last_run: int = 0
    ended_at: datetime = EPOCH
    runs: int = 0
    requests: int = 0
    troubles: Mapping[str, int] = field(default_factory=dict)


_NOTHING = Totals()
_summed: list[Totals] = [_NOTHING]


def totals() -> Totals:
    """Return how often the poll ran, how much it asked and what went wrong, ever. What was summed once is kept."""
    kept = _summed[0]
    known = select(PollRun.finished_at).where(PollRun.id == kept.last_run)
    if kept is not _NOTHING and db.session.scalar(known) != kept.ended_at:
        kept = _NOTHING  # Another database, or one that was set back.
    _summed[0] = found = _with_later(kept)
    return found


def _with_later(kept: Totals) -> Totals:
    later = PollRun.id > kept.last_run
    sums = select(func.count(), func.sum(PollRun.requests), func.max(PollRun.id)).where(later)
    runs, requests, last = db.session.execute(sums).one()
    if not runs:
        return kept
    ended_at = db.session.scalars(select(PollRun.finished_at).where(PollRun.id == last)).one()
    times = Counter(kept.troubles)
    rows = select(PollRun.troubles).where(later, PollRun.id <= last, cast(PollRun.troubles, String) != "{}")
    for found in db.session.scalars(rows):
        times.update({code: int(number) for code, number in found.items()})
    return Totals(last, ended_at, kept.runs + runs, kept.requests + int(requests), dict(times))


def freshness(now: int) -> Freshness:
    """Return how many petitions were last looked at how long ago."""
    is_gone = case((Watched.gone_since.is_(None), 0), else_=1).label("is_gone")
    aged = select(_age(Watched.counted_at, now).label("counted"), _age(Watched.read_at, now).label("read"), is_gone)
    each = aged.subquery().c
    by_count, by_reading = dict.fromkeys(Age, 0), dict.fromkeys(Age, 0)
    gone_ones = known = 0
    grouped: Any = select(*each, func.count()).group_by(*each)
    for of_count, of_reading, has_gone, number in db.session.execute(grouped):
        known += number
        if has_gone:
            gone_ones += number
        else:
            by_count[Age(of_count)] += number
            by_reading[Age(of_reading)] += number
    every = db.session.scalar(select(func.count()).select_from(Petition)) or 0
    return Freshness(by_count, by_reading, gone_ones, every - known)


def _age(column: Any, now: int) -> Any:
    """Return how old an instant of a column is, by the name of its age."""
    return case(
        (column.is_(None), Age.NEVER.value),
        *((column >= now - bound, age.value) for age, bound in BOUNDS.items()),
        else_=Age.OLDER.value,
    )


def stalest(after: str | None = None, size: int = ON_A_PAGE) -> AgedPage:
    """Return the petitions whose record was read longest ago, never first, from a mark on.

    Raises ``CursorUnreadable``.
    """
    read = func.coalesce(Watched.read_at, NEVER)
    rows = (
        select(Petition, Watched.counted_at, Watched.read_at)
        .join(Watched, Watched.petition_id == Petition.id)
        .where(Watched.gone_since.is_(None))
        .options(load_only(*SHOWN, raiseload=True))
        .order_by(read, Petition.number)
        .limit(size + 1)
    )
    if after is not None:
        at, number = _place(after)
        rows = rows.where(or_(read > at, and_(read == at, Petition.number > number)))
    found = db.session.execute(rows).all()
    items = items_of([row[0] for row in found[:size]])
    shown = [Aged(item, row[1], row[2]) for item, row in zip(items, found, strict=False)]
    return AgedPage(shown, _mark(shown[-1]) if len(found) > size else None)


def _mark(last: Aged) -> str:
    return f"{'never' if last.read_at is None else last.read_at}~{last.item.petition.number}"


def _place(after: str) -> tuple[int, int]:
    at, _, number = after.partition("~")
    for text in (at, number):
        if not (text.isascii() and text.isdigit() and len(text) < 11) and not (text == "never" and text is at):
            raise CursorUnreadable(after)
    return (NEVER if at == "never" else int(at)), int(number)


def _skew() -> tuple[datetime, int] | None:
    """Return when the portal's clock was last compared with ours, and by how many seconds it was ahead."""
    rows = select(PollRun.finished_at, PollRun.skew).where(PollRun.skew.is_not(None))
    row = db.session.execute(rows.order_by(PollRun.id.desc()).limit(1)).one_or_none()
    return None if row is None or row[1] is None else (row[0], row[1])


def _backfills() -> Mapping[BackfillState, int]:
    rows = db.session.execute(select(Backfill.state, func.count()).group_by(Backfill.state))
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state.value, 0) for state in BackfillState}

"""What the poll of the official portal keeps: lean series outside the chain, readings, versions, and its own runs.

Series hold whole seconds or hours since 1970 (UTC) and nothing of anybody who signed. What a run stored enters the
chain once, as a digest (``services/watching.py``).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.models.audit import NUMBER
from portal.models.columns import CODE, one_of

SECONDS = NUMBER
"""Whole seconds since 1970 (UTC)."""

LEAN = {"sqlite_with_rowid": False}
"""On SQLite the key alone orders the table: a row is stored once, and a petition's rows lie side by side."""


def _of_petition() -> Mapped[int]:
    return mapped_column(ForeignKey("petition.id"), primary_key=True, autoincrement=False)


def _time(*, key: bool = False) -> Mapped[Any]:
    return mapped_column(SECONDS, primary_key=key, autoincrement=False) if key else mapped_column(SECONDS)


class CountObservation(Base):
    """How many signatures the official portal showed at a second; kept where it differs from the count before."""

    __tablename__ = "count_observation"
    __table_args__ = (CheckConstraint("votes >= 0", name="votes_are_not_negative"), LEAN)

    petition_id: Mapped[int] = _of_petition()
    at: Mapped[int] = _time(key=True)
    votes: Mapped[int]


class WatchedSpan(Base):
    """From when until when a petition's count was looked at without a gap; the heartbeat of the series."""

    __tablename__ = "watched_span"
    __table_args__ = (CheckConstraint("since <= until", name="span_is_in_order"), LEAN)

    petition_id: Mapped[int] = _of_petition()
    since: Mapped[int] = _time(key=True)
    until: Mapped[int] = _time()


class SignedHour(Base):
    """How many of a petition's signatures are dated into an hour, as its list of signers said when it was read."""

    __tablename__ = "signed_hour"
    __table_args__ = (CheckConstraint("votes >= 1", name="votes_are_positive"), LEAN)

    petition_id: Mapped[int] = _of_petition()
    hour: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    votes: Mapped[int]


class BackfillState(StrEnum):
    """Where the reading of a petition's past is."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Backfill(Base):
    """How far a petition's list of signers has been read: a page at a time, each kept with the place of the next.

    ``boundary`` and ``at_boundary`` are the time of the oldest signature that is counted and how many have it: what
    new signers push onto the next page is not counted again. ``total`` is how long the list was at the last page, by
    its own word, and ``shown`` the count that the portal showed at the first: what the rows must add up to.
    """

    __tablename__ = "backfill"
    __table_args__ = (one_of("state", BackfillState),)

    petition_id: Mapped[int] = _of_petition()
    state: Mapped[str] = mapped_column(CODE)
    next_page: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    broken: Mapped[int] = mapped_column(default=0)
    ahead: Mapped[int] = mapped_column(default=0)
    requests: Mapped[int] = mapped_column(default=0)
    boundary: Mapped[int | None] = mapped_column(BigInteger)
    at_boundary: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    shown: Mapped[int | None]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(80))
    begun_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Watched(Base):
    """What the poll knows of a petition between two looks: when it last read it, and what it answered."""

    __tablename__ = "watched"
    __table_args__ = (Index("ix_watched_by_reading", "read_at"),)

    petition_id: Mapped[int] = _of_petition()
    found_at: Mapped[int] = _time()
    votes: Mapped[int | None]
    counted_at: Mapped[int | None] = mapped_column(SECONDS)
    """When the count was last looked at, changed or not."""

    span_since: Mapped[int | None] = mapped_column(SECONDS)
    """The key of the span that this look belongs to."""

    read_at: Mapped[int | None] = mapped_column(SECONDS)
    """When the full record was last answered with 200 or 304."""

    tried_at: Mapped[int | None] = mapped_column(SECONDS)
    etag: Mapped[str | None] = mapped_column(String(200))
    required: Mapped[int | None]
    state: Mapped[str | None] = mapped_column(String(80))
    gone_since: Mapped[int | None] = mapped_column(SECONDS)
    gone_looks: Mapped[int] = mapped_column(default=0)


class OfficialReading(Base):
    """One full reading: what the portal answered, at which state. Where it found the petition it is a look."""

    __tablename__ = "official_reading"
    __table_args__ = (LEAN,)

    petition_id: Mapped[int] = _of_petition()
    at: Mapped[int] = _time(key=True)
    status: Mapped[int]
    state: Mapped[str | None] = mapped_column(String(80))
    is_decided: Mapped[bool | None]
    sha256: Mapped[str | None] = mapped_column(String(64))


class OfficialVersion(Base):
    """What a petition's full record said from a reading on: kept when it is first read and whenever it differs.

    ``values`` holds the fields of ``domain.official.COMPARED``, ``changed`` the names of those that differ from the
    version before. Nobody's name is in it, as far as fields go; of one whose words named somebody and were hidden for
    their sake, ``values`` has null and ``hidden`` its mark (``domain.official_hidden``). Such a version has no file.
    """

    __tablename__ = "official_version"
    __table_args__ = (Index("ix_official_version_by_petition", "petition_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    read_at: Mapped[datetime]
    values: Mapped[dict[str, Any]]
    changed: Mapped[list[str] | None]
    hidden: Mapped[dict[str, Any] | None]
    url: Mapped[str] = mapped_column(String(600))
    sha256: Mapped[str] = mapped_column(String(64))
    evidence: Mapped[str | None] = mapped_column(ForeignKey("kept_file.sha256"))
    # Deferred, because the entry about a version names it.
    recorded_in: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("audit_entry.sequence", deferrable=True, initially="DEFERRED")
    )


class WordKind(StrEnum):
    """What a word of the official portal stands for: a value of its field ``state``, or the name of a date field."""

    STATE = "state"
    FIELD = "field"


class PortalWord(Base):
    """A word of the official portal and what an editor says it means; None until somebody has looked.

    Of a state the meaning is a stage of ours, of a date field a kind of event; "none" says that it means neither.
    """

    __tablename__ = "portal_word"
    __table_args__ = (one_of("kind", WordKind),)

    kind: Mapped[str] = mapped_column(CODE, primary_key=True)
    word: Mapped[str] = mapped_column(String(80), primary_key=True)
    meaning: Mapped[str | None] = mapped_column(CODE)
    first_seen_at: Mapped[datetime]
    settled_by: Mapped[str | None] = mapped_column(String(80))
    settled_in: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class PollRun(Base):
    """One run of a job that reads the official portal: what it asked, found and stored, and what went wrong."""

    __tablename__ = "poll_run"
    __table_args__ = (Index("ix_poll_run_by_end", "job", "finished_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(CODE)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    requests: Mapped[int] = mapped_column(default=0)
    petitions: Mapped[int] = mapped_column(default=0)
    """How many petitions were looked at."""

    changed: Mapped[int] = mapped_column(default=0)
    founded: Mapped[int] = mapped_column(default=0)
    is_whole: Mapped[bool] = mapped_column(default=True)
    """Whether everything that was to be read was read."""

    troubles: Mapped[dict[str, Any]]
    """How often each trouble came, by its code."""

    skew: Mapped[int | None]
    """Seconds by which the portal's clock was ahead of ours, by its header ``Date``; negative where it was behind."""

    digest: Mapped[str | None] = mapped_column(String(64))
    recorded_in: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class JobRun(Base):
    """Who took a job's slot, until when nobody else may, and whether it is done: each slot runs once."""

    __tablename__ = "job_run"
    __table_args__ = (Index("ix_job_run_by_end", "finished_at"),)

    job: Mapped[str] = mapped_column(CODE, primary_key=True)
    slot: Mapped[int] = mapped_column(SECONDS, primary_key=True, autoincrement=False)
    claimed_by: Mapped[str] = mapped_column(String(40))
    claimed_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=1)
    finished_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(CODE)


class SeriesSummary(Base):
    """What follows from a petition's series, made by a job and thrown away at will: speed, marks, forecast."""

    __tablename__ = "series_summary"

    petition_id: Mapped[int] = _of_petition()
    made_at: Mapped[datetime]
    through: Mapped[int] = _time()
    """Up to when the series had been looked at."""

    values: Mapped[dict[str, Any]]


class WatchState(Base):
    """One row: a number that grows with whatever the poll stores, and whether it was told to stop.

    ``back_test`` says how the forecast did over all finished series.
    """

    __tablename__ = "watch_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(NUMBER, default=0)
    stopped_at: Mapped[datetime | None]
    stopped_why: Mapped[str | None] = mapped_column(CODE)
    back_test: Mapped[dict[str, Any] | None]
    back_tested_at: Mapped[datetime | None]


BACKFILL_OPEN = text("state IN ('waiting', 'running')")
Index("ix_backfill_open", Backfill.state, sqlite_where=BACKFILL_OPEN, postgresql_where=BACKFILL_OPEN)

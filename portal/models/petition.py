"""A petition and what is said of it as a whole: titles, addressees, demands, counts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.domain.stages import DemandOutcome, Jurisdiction, Level, Outcome, Stage
from portal.domain.texts import Text
from portal.models.columns import CODE, KEY, Cited, Recorded, one_of
from portal.models.places import Body
from portal.models.source import Source


def current_once(table: str) -> Index:
    """Return the rule that a petition has one current row of a key; retired ones are kept beside it."""
    current = text("retired_in IS NULL")
    return Index(
        f"uq_{table}_current", "petition_id", "key", unique=True, sqlite_where=current, postgresql_where=current
    )


def retired(table: str) -> Index:
    """Return the index that finds what an entry of the chain took out; rows that stand are not in it."""
    gone = text("retired_in IS NOT NULL")
    return Index(f"ix_{table}_retired", "retired_in", sqlite_where=gone, postgresql_where=gone)


class Petition(Base):
    """A petition. The columns below ``stage`` are derived from its record and can be thrown away and made again.

    They hold dates and never lateness: nothing stored depends on today.
    """

    __tablename__ = "petition"
    __table_args__ = (
        one_of("jurisdiction", Jurisdiction),
        one_of("level", Level),
        one_of("stage", Stage),
        one_of("outcome", Outcome),
        CheckConstraint("number >= 1", name="number_is_positive"),
        CheckConstraint("stage_earliest <= stage_latest", name="stage_range_is_in_order"),
        CheckConstraint("due_earliest <= due_latest", name="due_range_is_in_order"),
        Index("ix_petition_by_activity", "order_activity", "number"),
        Index("ix_petition_by_due", "order_due", "number"),
        Index("ix_petition_by_votes", "order_votes", "number"),
        Index("ix_petition_by_platform", "platform"),
        Index("ix_petition_by_stage", "stage", "due_latest"),
        Index("ix_petition_by_stage_and_activity", "stage", "order_activity", "number"),
        Index("ix_petition_by_threshold_percent", "stage", "threshold_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    register_id: Mapped[str | None] = mapped_column(KEY, unique=True)
    jurisdiction: Mapped[str] = mapped_column(CODE)
    platform: Mapped[str | None] = mapped_column(String(120))
    platform_confirmed: Mapped[bool] = mapped_column(default=False)
    official_uuid: Mapped[str | None] = mapped_column(String(36), unique=True)
    official_number: Mapped[str | None] = mapped_column(String(60))
    official_url: Mapped[str | None] = mapped_column(String(600))
    level: Mapped[str | None] = mapped_column(CODE)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)
    original_language: Mapped[str | None] = mapped_column(String(8))
    label: Mapped[Text | None]
    author_kind: Mapped[str | None] = mapped_column(CODE)
    author_role: Mapped[Text | None]
    author_digest: Mapped[str | None] = mapped_column(ForeignKey("personal_value.digest"))
    author_source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    notes: Mapped[Text | None]
    summary: Mapped[Text | None]
    positions_note: Mapped[Text | None]
    threshold: Mapped[int | None]
    threshold_level: Mapped[str | None] = mapped_column(CODE)
    threshold_edition: Mapped[str | None] = mapped_column(CODE)
    threshold_population: Mapped[int | None]
    threshold_population_on: Mapped[date | None]
    related: Mapped[list[str] | None]
    digest: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime]
    recorded_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))
    changed_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))

    # Derived; see services/lifecycle.py.
    stage: Mapped[str] = mapped_column(CODE, default=Stage.UNKNOWN)
    stage_earliest: Mapped[date | None]
    stage_latest: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(CODE, index=True)
    due_key: Mapped[str | None] = mapped_column(CODE)
    due_earliest: Mapped[date | None]
    due_latest: Mapped[date | None]
    sighted_on: Mapped[date | None]
    known_through: Mapped[date | None]
    active_on: Mapped[date | None]
    year: Mapped[int | None] = mapped_column(index=True)
    votes: Mapped[int | None]
    votes_qualifier: Mapped[str | None] = mapped_column(CODE)
    votes_on: Mapped[date | None]
    threshold_percent: Mapped[int | None]
    ground: Mapped[str | None] = mapped_column(CODE)
    undertakings_open: Mapped[int] = mapped_column(default=0, index=True)
    is_vanished: Mapped[bool] = mapped_column(default=False, index=True)
    vanished_on: Mapped[date | None]
    search_text: Mapped[str] = mapped_column(default="")
    # What lists are ordered by: never empty, so that an index serves on every database; the unknown comes last.
    order_activity: Mapped[date] = mapped_column(default=date.min)
    order_due: Mapped[date] = mapped_column(default=date.max)
    order_votes: Mapped[int] = mapped_column(default=-1)

    author_source: Mapped[Source | None] = relationship(foreign_keys=[author_source_id])


class PetitionVersion(Base):
    """What a petition's own columns said from one entry of the chain until another: so that a past day can be shown.

    ``values`` holds what is not derived, by the name of its column, as ``services.particulars`` writes it. ``origin``
    says who brought them: a register file or the desk.
    """

    __tablename__ = "petition_version"
    __table_args__ = (
        Index(
            "uq_petition_version_current",
            "petition_id",
            unique=True,
            sqlite_where=text("retired_in IS NULL"),
            postgresql_where=text("retired_in IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    origin: Mapped[str] = mapped_column(CODE)
    values: Mapped[dict[str, Any]]
    recorded_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))
    retired_in: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class Title(Recorded, Cited, Base):
    """A wording under which a petition is known, with whose it is; an opponents' label is never shown as a title."""

    __tablename__ = "title"
    __table_args__ = (
        current_once("title"),
        retired("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    lang: Mapped[str] = mapped_column(String(8))
    text: Mapped[str]
    role: Mapped[str] = mapped_column(CODE)
    is_main: Mapped[bool]
    note: Mapped[Text | None]


class Addressee(Recorded, Cited, Base):
    """A body that a petition is addressed to, was forwarded by, is decided by, or only names."""

    __tablename__ = "addressee"
    __table_args__ = (
        current_once("addressee"),
        retired("addressee"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[str] = mapped_column(CODE)
    note: Mapped[Text | None]

    body: Mapped[Body] = relationship(lazy="joined")


class Demand(Recorded, Cited, Base):
    """One thing that a petition asks for, how others quote it, and what became of it as far as a source says."""

    __tablename__ = "demand"
    __table_args__ = (current_once("demand"), retired("demand"), one_of("outcome", DemandOutcome))

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    text: Mapped[Text]
    quotes: Mapped[list[dict[str, Any]] | None]
    outcome: Mapped[str] = mapped_column(CODE)
    note: Mapped[Text | None]


class CountReport(Recorded, Cited, Base):
    """How many votes a source says a petition had, on a day or without one. Polled counts stand elsewhere."""

    __tablename__ = "count_report"
    __table_args__ = (
        current_once("count_report"),
        retired("count_report"),
        CheckConstraint("votes >= 0", name="votes_are_not_negative"),
        CheckConstraint("earliest <= latest", name="range_is_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), index=True)
    votes: Mapped[int]
    qualifier: Mapped[str] = mapped_column(CODE)
    earliest: Mapped[date | None]
    latest: Mapped[date | None]
    views: Mapped[int | None]
    comments: Mapped[int | None]
    note: Mapped[Text | None]

"""What the desk works with besides the record: proposals, checks of sources, kept files, notes on tasks, campaigns."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.models.columns import CODE, KEY, one_of


class ProposalState(StrEnum):
    """What became of something that needs two people."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SourceState(StrEnum):
    """What somebody found when they opened a source."""

    WORKS = "works"
    DEAD = "dead"
    CHANGED = "changed"


class Proposal(Base):
    """What one person recorded and another must confirm before it is public.

    ``subject`` is what it is about, as in the chain: ``petition/1``, ``campaign/c1``. ``content_digest`` names the
    content, which stands beside the audit chain under a salted digest until it is confirmed (``audit.conceal``).
    ``proposed_by`` and ``settled_by`` are codes of accounts: the database itself refuses one person for both.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("state", ProposalState),
        CheckConstraint("(state = 'waiting') = (settled_by IS NULL)", name="settled_by_somebody"),
        CheckConstraint("(settled_by IS NULL) = (settled_in IS NULL)", name="settled_in_the_chain"),
        CheckConstraint("state NOT IN ('confirmed', 'declined') OR settled_by <> proposed_by", name="two_people"),
        CheckConstraint("state <> 'withdrawn' OR settled_by = proposed_by", name="withdrawn_by_its_author"),
        Index("ix_proposal_by_state", "state", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(KEY)
    state: Mapped[str] = mapped_column(CODE, default=ProposalState.WAITING)
    content_digest: Mapped[str] = mapped_column(ForeignKey("personal_value.digest"), unique=True)
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]
    proposed_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))
    settled_by: Mapped[str | None] = mapped_column(String(80))
    settled_at: Mapped[datetime | None]
    settled_in: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class KeptFile(Base):
    """A copy of a source that is kept under its SHA-256 in the folder of files; never served to the public."""

    __tablename__ = "kept_file"
    __table_args__ = (CheckConstraint("size >= 1", name="size_is_positive"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    kept_at: Mapped[datetime]
    kept_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class SourceCheck(Base):
    """What somebody found when they opened a source on a day; the last one counts."""

    __tablename__ = "source_check"
    __table_args__ = (one_of("state", SourceState), Index("ix_source_check_by_source", "source_id", "checked_in"))

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    state: Mapped[str] = mapped_column(CODE)
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(String(80))
    checked_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class TaskNote(Base):
    """What somebody said of a task on the hub: whose it is, until when it may wait, and why. The last one counts.

    ``task`` is the task's key, made from what it is about, ``matter`` a digest of the facts that made it a task: where
    they change, a task that was put off comes back. Tasks themselves are found in the record, never stored.
    """

    __tablename__ = "task_note"
    __table_args__ = (Index("ix_task_note_by_task", "task", "noted_in"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(200))
    matter: Mapped[str] = mapped_column(String(16))
    assigned_to: Mapped[str | None] = mapped_column(String(80))
    snoozed_until: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)
    noted_by: Mapped[str] = mapped_column(String(80))
    noted_at: Mapped[datetime]
    noted_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))


class CampaignVersion(Base):
    """A campaign's page as it was written at the desk: never changed, only retired by the version after it.

    ``content`` has the shape of the files in ``portal/data/campaigns``. Two people agreed to a public version;
    beside it there may be one draft.
    """

    __tablename__ = "campaign_version"
    __table_args__ = (
        Index(
            "uq_campaign_version_current",
            "campaign",
            "is_public",
            unique=True,
            sqlite_where=text("retired_in IS NULL"),
            postgresql_where=text("retired_in IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(KEY)
    is_public: Mapped[bool]
    content: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))
    recorded_in: Mapped[int] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))
    retired_in: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("audit_entry.sequence"))

"""Who works at the desk: accounts, their second factor, their sessions, and the counter that slows guessing down.

Nothing here tells where somebody signed in from: the key of a counter is a keyed digest, thrown away with its time.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Account(Base):
    """Somebody who works at the desk.

    ``code`` is what the public audit chain calls them: made at random, never the name that they sign in with. An
    account that waits for its owner has ``invitation_digest``; one that is closed keeps its code and nothing to sign in
    with. ``totp_step`` is the last time step whose code was taken, so that no code is taken twice.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("(password_hash IS NULL) = (totp_secret IS NULL)", name="both_factors_or_none"),
        CheckConstraint("closed_at IS NULL OR password_hash IS NULL", name="closed_cannot_sign_in"),
        CheckConstraint("(invitation_digest IS NULL) = (invitation_ends_at IS NULL)", name="invitation_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    roles: Mapped[list[str]]
    lang: Mapped[str] = mapped_column(String(8))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]
    invitation_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    invitation_ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """One code that replaces the second factor once; only its digest is kept."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    used_at: Mapped[datetime | None]


class DeskSession(Base):
    """One signed-in browser. Its cookie holds a random token, of which only the digest is kept."""

    __tablename__ = "desk_session"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Attempt(Base):
    """How often something was tried in a slot of time; ``key`` is a keyed digest of what is counted."""

    __tablename__ = "attempt"
    __table_args__ = (CheckConstraint("times >= 1", name="times_are_positive"), Index(None, "ends_at"))

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    times: Mapped[int]
    ends_at: Mapped[datetime]

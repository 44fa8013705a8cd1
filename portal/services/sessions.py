"""Signed-in browsers: a random token in the cookie, its digest here, and an end that is never far."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select, update

from portal import clock
from portal.db import db, writing
from portal.models import Account, DeskSession

IDLE = timedelta(minutes=30)
"""How long a session lasts without a request."""

LONGEST = timedelta(hours=10)
"""How long a session lasts at all."""

NOTED = timedelta(minutes=1)
"""How exactly the last request is kept: not every page needs a write."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and by which session."""

    account: Account
    digest: str


def digest_of(token: str) -> str:
    """Return under which key a session is kept: whoever reads the database cannot sign in with it."""
    return sha256(token.encode()).hexdigest()


def start(account: Account) -> str:
    """Start a session and return its token, which is told once and kept nowhere. Within a transaction of its own."""
    token, now = secrets.token_urlsafe(32), clock.now()
    with writing() as session:
        session.add(DeskSession(digest=digest_of(token), account_id=account.id, started_at=now, seen_at=now))
    return token


def find(token: str) -> SignedIn | None:
    """Return who is signed in with a token; nobody where the session has ended, or lies idle, or lasts too long."""
    digest, now = digest_of(token), clock.now()
    kept = db.session.get(DeskSession, digest)
    if kept is None or kept.ended_at is not None or now - kept.seen_at > IDLE or now - kept.started_at > LONGEST:
        return None
    account = db.session.get_one(Account, kept.account_id)
    if account.closed_at is not None or account.password_hash is None:
        return None
    if now - kept.seen_at > NOTED:
        with writing() as session:
            session.execute(update(DeskSession).where(DeskSession.digest == digest).values(seen_at=now))
        account = db.session.get_one(Account, kept.account_id)
    return SignedIn(account, digest)


def end(digest: str) -> None:
    """End one session."""
    with writing() as session:
        session.execute(update(DeskSession).where(DeskSession.digest == digest).values(ended_at=clock.now()))


def end_all(account: Account) -> None:
    """End every session of an account: on every device."""
    with writing() as session:
        running = select(DeskSession.digest).where(DeskSession.account_id == account.id, DeskSession.ended_at.is_(None))
        session.execute(
            update(DeskSession).where(DeskSession.digest.in_(running)).values(ended_at=clock.now()),
            execution_options={"synchronize_session": False},
        )

"""Signed-in browsers: a random token in the cookie, its digest here, and an end that is never far."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.models import Account, DeskSession

IDLE = timedelta(minutes=30)
"""How long a session lasts without a request."""

LONGEST = timedelta(hours=10)
"""How long a session lasts at all."""

KEY_LENGTH = 12

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
    with writing() as session:
        return open_for(session, account)


def open_for(session: Session, account: Account) -> str:
    """Start a session within the caller's transaction, and return its token. Sessions that are over are forgotten."""
    token, now = secrets.token_urlsafe(32), clock.now()
    _forget_those_over(session)
    session.add(DeskSession(digest=digest_of(token), account_id=account.id, started_at=now, seen_at=now))
    return token


def forget_those_over() -> int:
    """Forget the sessions that are over, in one transaction; return how many."""
    with writing() as session:
        return _forget_those_over(session)


def _forget_those_over(session: Session) -> int:
    now = clock.now()
    gone = session.execute(
        delete(DeskSession).where(
            or_(
                DeskSession.ended_at.is_not(None),
                DeskSession.seen_at < now - IDLE - NOTED,
                DeskSession.started_at < now - LONGEST,
            )
        ),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(gone, CursorResult)
    return gone.rowcount


def find(token: str) -> SignedIn | None:
    """Return who is signed in with a token; nobody where the session has ended, or lies idle, or lasts too long."""
    digest, now = digest_of(token), clock.now()
    kept = db.session.get(DeskSession, digest)
    if kept is None or not _runs(kept):
        return None
    account = db.session.get_one(Account, kept.account_id)
    if account.closed_at is not None or account.password_hash is None:
        return None
    if now - kept.seen_at > NOTED:
        with writing() as session:
            session.execute(update(DeskSession).where(DeskSession.digest == digest).values(seen_at=now))
        account = db.session.get_one(Account, kept.account_id)
    return SignedIn(account, digest)


def _runs(kept: DeskSession) -> bool:
    now = clock.now()
    return kept.ended_at is None and now - kept.seen_at <= IDLE and now - kept.started_at <= LONGEST


def running(account: Account) -> Sequence[DeskSession]:
    """Return the sessions of an account that have not ended, the one seen last first."""
    rows = select(DeskSession).where(DeskSession.account_id == account.id, DeskSession.ended_at.is_(None))
    found = db.session.scalars(rows.order_by(DeskSession.seen_at.desc(), DeskSession.digest)).all()
    return [each for each in found if _runs(each)]


def key_of(digest: str) -> str:
    """Return what a page calls a session by: enough to tell it from the others of an account, and no more."""
    return digest[:KEY_LENGTH]


def end(digest: str) -> None:
    """End one session."""
    with writing() as session:
        session.execute(update(DeskSession).where(DeskSession.digest == digest).values(ended_at=clock.now()))


def end_one(account: Account, key: str) -> bool:
    """End the session of an account that a page calls so. Tells whether there was one."""
    found = next((each.digest for each in running(account) if key_of(each.digest) == key), None)
    if found is not None:
        end(found)
    return found is not None


def end_all(account: Account) -> None:
    """End every session of an account: on every device."""
    with writing() as session:
        end_all_within(session, account)


def end_all_within(session: Session, account: Account, *, but: str | None = None) -> None:
    """End every session of an account, within the caller's transaction; ``but`` is the digest of one that goes on."""
    mine = update(DeskSession).where(DeskSession.account_id == account.id, DeskSession.ended_at.is_(None))
    session.execute(
        (mine if but is None else mine.where(DeskSession.digest != but)).values(ended_at=clock.now()),
        execution_options={"synchronize_session": False},
    )

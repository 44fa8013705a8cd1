"""Invitations to the desk: a code that is told once, and what becomes of it."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from portal import clock
from portal.db import db, writing
from portal.domain.account_refusals import CodeNotAccepted, InvitationNotValid
from portal.models import Account
from portal.services import audit, passwords, second_factor, sessions
from portal.services.account_names import plain_name
from portal.services.throttle import Door

LASTS = timedelta(hours=48)

ACCEPTED = "Иесі қабылдады. / Принято владельцем. / Accepted by its owner."
"""The reason in the chain, which is read in three languages."""

DIGITS = 24
"""Of a code: eighty bits, on every keyboard, and easy to read out."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is told to whoever invites, once; only a digest of the code is kept."""

    account: str
    name: str
    lang: str
    code: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """What somebody gets who accepted: the token of their first session, and recovery codes that are told once."""

    token: str
    recovery_codes: Sequence[str]


def issue(account: Account) -> Invitation:
    """Give an account a new invitation, within the caller's transaction; an earlier one is worth nothing any more."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    account.invitation_digest = _digest(code)
    account.invitation_ends_at = clock.now() + LASTS
    told = second_factor.grouped(code)
    return Invitation(account.code, account.name, account.lang, told, account.invitation_ends_at)


def find(name: str, code: str, *, door: Door) -> str:
    """Return the key of the invitation that belongs to a name and a code.

    Raises ``InvitationNotValid``, which does not say what was wrong, and ``TooManyAttempts``.
    """
    name = plain_name(name)
    door.knock(name)
    key = _digest(second_factor.digits_of(code))
    account = waiting(key)
    if account is None or not hmac.compare_digest(account.name.encode(), name.encode()):
        raise InvitationNotValid
    with writing() as session:
        door.welcome(session, name)
    return key


def waiting(key: str) -> Account | None:
    """Return the account whose invitation has this key; None where its time is over or it was accepted."""
    found = db.session.scalars(select(Account).where(Account.invitation_digest == key)).one_or_none()
    return found if found is not None and is_open(found) else None


def accept(key: str, *, password: str, secret: str, code: str) -> Accepted:
    """Give an account its password and its second factor, and start its first session, in one transaction.

    ``code`` shows that the authenticator has the secret; it is used up by that. Raises ``InvitationNotValid``, what
    ``passwords.require_good`` raises, and ``CodeNotAccepted``.
    """
    account = waiting(key)
    if account is None:
        raise InvitationNotValid
    passwords.require_good(password, account.name)
    step = second_factor.step_of(secret, code)
    if step is None:
        raise CodeNotAccepted
    hashed = passwords.hash_of(password)
    with writing() as session:
        mine = select(Account).where(Account.invitation_digest == key).with_for_update()
        locked = session.scalars(mine.execution_options(populate_existing=True)).one_or_none()
        if locked is None or not is_open(locked):
            raise InvitationNotValid  # Another browser was quicker.
        locked.password_hash, locked.totp_secret, locked.totp_step = hashed, secret, step
        locked.invitation_digest = locked.invitation_ends_at = None
        codes = second_factor.renew_recovery_codes(session, locked)
        token = sessions.open_for(session, locked)
        audit.append("account.accepted", f"account/{locked.code}", by=locked.code, reason=ACCEPTED)
    return Accepted(token, codes)


def is_open(account: Account) -> bool:
    """Tell whether an account has an invitation that can still be taken up."""
    ends_at = account.invitation_ends_at
    return account.closed_at is None and ends_at is not None and clock.now() < ends_at


def _digest(code: str) -> str:
    return sha256(f"invitation/{code}".encode()).hexdigest()

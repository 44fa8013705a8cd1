"""The second factor: codes that change every thirty seconds, and codes on paper for when the telephone is lost."""

import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pyotp
from sqlalchemy import CursorResult, delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db
from portal.models import Account, RecoveryCode

ISSUER = "Qadam"
STEP = 30
"""Seconds for which an authenticator shows a code."""

WINDOW = (0, -1, 1)
"""Steps whose code is taken: clocks differ, and typing takes time."""

TOTP_DIGITS, RECOVERY_DIGITS = 6, 20
"""Digits alone: they are on every keyboard, whichever language it is set to, and can be read out in any."""

RECOVERY_CODES = 8
GROUP = 4


def new_secret() -> str:
    """Return a secret for an authenticator: 160 bits in base 32."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """Return what the QR code says to an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def grouped(text: str) -> str:
    """Return a long code as people can read it: four signs at a time."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def digits_of(typed: str) -> str:
    """Return the digits of a code, however it was typed."""
    return "".join(sign for sign in typed if sign in "0123456789")


def step_of(secret: str, code: str) -> int | None:
    """Return the time step that a code belongs to; None where it belongs to none of those that are taken."""
    totp, now = pyotp.TOTP(secret), int(clock.now().timestamp()) // STEP
    given = digits_of(code).encode()
    fitting = [now + away for away in WINDOW if hmac.compare_digest(totp.generate_otp(now + away).encode(), given)]
    return fitting[0] if fitting else None


def take(session: Session, account: Account, code: str) -> bool:
    """Use up a code of either kind, within the caller's transaction; of two browsers with one code, one gets in."""
    digits = digits_of(code)
    if len(digits) == RECOVERY_DIGITS:
        return _take_recovery(session, account, digits)
    step = step_of(account.totp_secret, digits) if account.totp_secret else None
    if step is None:
        return False
    later = or_(Account.totp_step.is_(None), Account.totp_step < step)
    return _changes_one(session, update(Account).where(Account.id == account.id, later).values(totp_step=step))


def _take_recovery(session: Session, account: Account, digits: str) -> bool:
    mine = RecoveryCode.account_id == account.id
    unused = update(RecoveryCode).where(mine, RecoveryCode.digest == _digest(account, digits))
    return _changes_one(session, unused.where(RecoveryCode.used_at.is_(None)).values(used_at=clock.now()))


def _changes_one(session: Session, statement: Any) -> bool:
    done = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def renew_recovery_codes(session: Session, account: Account) -> Sequence[str]:
    """Put new recovery codes in the place of all earlier ones, within the caller's transaction, and return them.

    They are told once: only their digests are kept.
    """
    forget_recovery_codes(session, account)
    codes = ["".join(secrets.choice("0123456789") for _ in range(RECOVERY_DIGITS)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(digest=_digest(account, code), account_id=account.id) for code in codes)
    return [grouped(code) for code in codes]


def forget_recovery_codes(session: Session, account: Account) -> None:
    """Make the recovery codes of an account worthless, within the caller's transaction."""
    session.execute(
        delete(RecoveryCode).where(RecoveryCode.account_id == account.id),
        execution_options={"synchronize_session": False},
    )


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes of an account were not used yet."""
    unused = select(func.count()).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return int(db.session.scalar(unused) or 0)


def _digest(account: Account, digits: str) -> str:
    return sha256(f"recovery/{account.code}/{digits}".encode()).hexdigest()

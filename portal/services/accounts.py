"""Accounts of the desk as admins manage them: invited, given roles, reset, closed.

The audit chain is public: it calls an account by its code, which was made at random, and never by its name.
"""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.domain.account_refusals import (
    AccountClosed,
    LastAdmin,
    NameTaken,
    OwnAccount,
    ReasonNamesAccount,
    RoleMissing,
)
from portal.domain.refusals import NothingChanged, ReasonMissing
from portal.domain.rights import Role
from portal.models import Account
from portal.services import audit, invitations, second_factor, sessions
from portal.services.account_names import names, plain_name, require_usable
from portal.services.invitations import Invitation

SIGNS = "23456789abcdefghjkmnpqrstvwxyz"
"""What a code is made of: no sign that is taken for another."""


# Reading
# ------------------------------------------------------------------------------------------------------------------


def everybody() -> Sequence[Account]:
    """Return all accounts: those that can be worked with first, then by name."""
    found = db.session.scalars(select(Account)).all()
    return sorted(found, key=lambda each: (each.closed_at is not None, each.name))


def by_code(code: str) -> Account | None:
    """Find an account by what the chain calls it."""
    return db.session.scalars(select(Account).where(Account.code == code)).one_or_none()


def by_name(name: str) -> Account | None:
    """Find an account by the name that its owner signs in with, however it was typed."""
    return db.session.scalars(select(Account).where(Account.name == plain_name(name))).one_or_none()


def state_of(account: Account) -> str:
    """Return how an account stands: it works, or is invited, or its invitation has lapsed, or it is closed."""
    if account.closed_at is not None:
        return "closed"
    if account.password_hash is not None:
        return "works"
    return "invited" if invitations.is_open(account) else "lapsed"


# Verbs
# ------------------------------------------------------------------------------------------------------------------


def invite(name: str, roles: Iterable[Role], lang: str, *, by: str, reason: str) -> Invitation:
    """Make an account that waits for its owner, and return its invitation, which is told once.

    Raises ``NameUnusable``, ``NameTaken``, ``RoleMissing``, ``ReasonMissing`` and ``ReasonNamesAccount``.
    """
    name, held = plain_name(name), _sorted(roles)
    require_usable(name)
    _require_reason(reason, name)
    try:
        with writing() as session:
            if session.scalar(select(Account.id).where(Account.name == name)) is not None:
                raise NameTaken
            account = Account(code=_new_code(session), name=name, roles=held, lang=lang, created_at=clock.now())
            invitation = invitations.issue(account)
            session.add(account)
            session.flush()
            audit.append("account.invited", _subject(account), by=by, after={"roles": held}, reason=reason)
    except IntegrityError:  # Somebody took the name between our look and our write.
        raise NameTaken from None
    return invitation


def change_roles(code: str, roles: Iterable[Role], *, by: str, reason: str) -> None:
    """Let an account hold these roles and no others.

    Raises ``RoleMissing``, ``NothingChanged``, ``LastAdmin``, ``AccountClosed``, ``ReasonMissing`` and
    ``ReasonNamesAccount``.
    """
    held = _sorted(roles)
    with writing() as session:
        account = _locked(session, code)
        _require_reason(reason, account.name)
        before, was_admin = list(account.roles), _works_as_admin(account)
        if before == held:
            raise NothingChanged
        account.roles = held
        if was_admin and Role.ADMIN not in held:
            _require_another_admin(session, account)
        audit.append(
            "account.roles_changed", _subject(account), by=by, before={"roles": before}, after={"roles": held},
            reason=reason,
        )  # fmt: skip


def reset(code: str, *, by: str, reason: str) -> Invitation:
    """Take password, second factor and sessions from an account, and return a new invitation for its owner.

    Both factors go together: whoever could renew one of them with the other needs no reset. Raises ``OwnAccount``
    where somebody would reset themselves, ``AccountClosed``, ``ReasonMissing`` and ``ReasonNamesAccount``.
    """
    if by == code:
        raise OwnAccount
    with writing() as session:
        account = _locked(session, code)
        _require_reason(reason, account.name)
        _take_access(session, account)
        invitation = invitations.issue(account)
        audit.append("account.reset", _subject(account), by=by, reason=reason)
    return invitation


def close(code: str, *, by: str, reason: str) -> None:
    """Close an account for good: its code stays in the chain, and nobody signs in with it any more.

    Raises ``LastAdmin``, ``AccountClosed``, ``ReasonMissing`` and ``ReasonNamesAccount``.
    """
    with writing() as session:
        account = _locked(session, code)
        _require_reason(reason, account.name)
        before = list(account.roles)
        if _works_as_admin(account):
            _require_another_admin(session, account)
        _take_access(session, account)
        account.closed_at = clock.now()
        audit.append("account.closed", _subject(account), by=by, before={"roles": before}, reason=reason)


def _locked(session: Session, code: str) -> Account:
    """Return an account, with all of them locked, so that two admins cannot take each other's role at once."""
    rows = select(Account).order_by(Account.id).with_for_update().execution_options(populate_existing=True)
    by_their_codes = {each.code: each for each in session.scalars(rows)}
    found = by_their_codes[code]
    if found.closed_at is not None:
        raise AccountClosed
    return found


def _works_as_admin(account: Account) -> bool:
    return account.password_hash is not None and Role.ADMIN in account.roles


def _require_another_admin(session: Session, account: Account) -> None:
    """Raise ``LastAdmin`` where no other account could manage accounts: one that waits for its owner cannot."""
    others = session.scalars(select(Account).where(Account.id != account.id)).all()
    if not any(_works_as_admin(each) for each in others):
        raise LastAdmin


def _take_access(session: Session, account: Account) -> None:
    account.password_hash = account.totp_secret = account.totp_step = None
    account.invitation_digest = account.invitation_ends_at = None
    second_factor.forget_recovery_codes(session, account)
    sessions.end_all_within(session, account)


def _require_reason(reason: str, name: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    if names(reason, name):
        raise ReasonNamesAccount


def _sorted(roles: Iterable[Role]) -> list[str]:
    held = [role.value for role in Role if role in set(roles)]
    if not held:
        raise RoleMissing
    return held


def _new_code(session: Session) -> str:
    while True:
        signs = "".join(secrets.choice(SIGNS) for _ in range(8))
        code = f"{signs[:4]}-{signs[4:]}"
        if session.scalar(select(Account.id).where(Account.code == code)) is None:
            return code


def _subject(account: Account) -> str:
    return f"account/{account.code}"

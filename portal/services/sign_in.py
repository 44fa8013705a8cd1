"""Signing in: a name, a password and a code at once, so that no answer ever confirms a password alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db, writing
from portal.domain.account_refusals import CodeNotAccepted, PasswordWrong, SignInRefused
from portal.models import Account
from portal.services import passwords, second_factor, sessions
from portal.services.account_names import plain_name
from portal.services.throttle import Door


def enter(name: str, password: str, code: str, *, door: Door) -> str:
    """Start a session and return its token.

    Raises ``SignInRefused``, which is the same in words and in time whichever of the three was wrong, and
    ``TooManyAttempts``. The chain learns nothing of it.
    """
    name = plain_name(name)
    kept = db.session.scalar(select(Account.password_hash).where(Account.name == name))
    try:
        with proven(name, kept, password, code, door=door) as (session, account):
            if passwords.is_outdated(str(account.password_hash)):
                account.password_hash = passwords.hash_of(password)
            return sessions.open_for(session, account)
    except (PasswordWrong, CodeNotAccepted):
        raise SignInRefused from None


@contextmanager
def proven(name: str, kept: str | None, password: str, code: str, *, door: Door) -> Iterator[tuple[Session, Account]]:
    """Open one write transaction for whoever shows both factors of the account with this name.

    ``kept`` is the account's password as it is kept, None where there is no such account or none that works. The code
    is used up by the same transaction as what is done with it. Raises ``PasswordWrong``, ``CodeNotAccepted`` and
    ``TooManyAttempts``.
    """
    door.knock(name)
    is_right = passwords.matches(kept, password)
    if is_right:
        with suppress(_NotTaken), writing() as session:
            account = _locked(session, name, kept)
            if account is None or not second_factor.take(session, account, code):
                raise _NotTaken
            door.welcome(session, name)
            yield session, account
            return
    door.note_guess(name, password_was_right=is_right)
    raise CodeNotAccepted if is_right else PasswordWrong


class _NotTaken(Exception):
    """The code opens nothing: what was begun is undone."""


def _locked(session: Session, name: str, kept: str | None) -> Account | None:
    """Return the account, locked, if its password still is the one that was checked: it may just have been reset."""
    mine = select(Account).where(Account.name == name, Account.password_hash == kept).with_for_update()
    return session.scalars(mine.execution_options(populate_existing=True)).one_or_none()

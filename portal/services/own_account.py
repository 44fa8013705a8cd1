"""What people do to their own account: another password, other recovery codes. Each asks for both factors again."""

from collections.abc import Sequence

from portal.models import Account
from portal.services import audit, passwords, second_factor, sessions, sign_in
from portal.services.throttle import Door

CHANGED = "Иесі өзгертті. / Изменено владельцем. / Changed by its owner."
"""The reason in the chain, which is read in three languages."""


def change_password(account: Account, new: str, *, current: str, code: str, door: Door, session_digest: str) -> None:
    """Give an account another password, and end all its sessions but the one that this is done in.

    Raises what ``passwords.require_good`` and ``sign_in.proven`` raise.
    """
    passwords.require_good(new, account.name)  # Asked first: a good code would be used up for nothing.
    hashed = passwords.hash_of(new)
    with sign_in.proven(account.name, account.password_hash, current, code, door=door) as (session, mine):
        mine.password_hash = hashed
        sessions.end_all_within(session, mine, but=session_digest)
        audit.append("account.password_changed", f"account/{mine.code}", by=mine.code, reason=CHANGED)


def renew_recovery_codes(account: Account, *, current: str, code: str, door: Door) -> Sequence[str]:
    """Put new recovery codes in the place of the earlier ones, and return them, once.

    Raises what ``sign_in.proven`` raises.
    """
    with sign_in.proven(account.name, account.password_hash, current, code, door=door) as (session, mine):
        codes = second_factor.renew_recovery_codes(session, mine)
        audit.append("account.recovery_renewed", f"account/{mine.code}", by=mine.code, reason=CHANGED)
    return codes

"""The audit chain: what was done to the record, each entry sealed together with the one before it.

The hash of an entry is the SHA-256, in lower-case hexadecimal, of the UTF-8 bytes of a JSON array
without spaces::

    ["qadam-audit-1", sequence, at, by, action, subject, before, after, reason, previous_hash]

``at`` is in whole microseconds since 1970 UTC; ``before`` and ``after`` are the stored JSON texts
*as strings*, so that nobody who checks an entry has to reproduce how they were written; what is
absent is ``null``. The first entry's ``previous_hash`` is 64 zeros. ``docs/audit.md`` tells
strangers the same, with a script that checks an export.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.db import EPOCH, MICROSECOND, db, writing
from portal.domain.texts import Text
from portal.models.audit import AuditEntry, AuditHead, PersonalValue

VERSION = "qadam-audit-1"
"""How entries are sealed. Another way gets another tag, so that no two ways can give one hash."""

GENESIS = "0" * 64
"""The hash before the first entry; the head of a chain without entries."""

LONGEST = {"by": 80, "action": 80, "subject": 120}
"""Characters; SQLite would take more in silence, and PostgreSQL refuse late."""

_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


class PersonalValueMissing(LookupError):
    """No personal value was ever kept under this digest."""


def canonical(value: object) -> str:
    """Return a value as the one JSON text that stands for it in the chain.

    Keys are sorted by code point, there are no spaces, letters are not escaped. A date is written
    as in ISO 8601, an instant likewise, in UTC with six decimals; an enum member as its value, a
    ``Text`` as its ``as_json()``. Strings are not normalised: the chain attests what was recorded,
    and two spellings that merely look alike are two recordings.

    Raises ``TypeError`` for a float (no two systems need print it alike), a set, a key that is not
    a string and any other type; ``ValueError`` for an instant without a zone and for text that
    UTF-8 cannot carry.
    """
    text = _JSON.encode(_plain(value))
    text.encode()  # Half a surrogate pair could be written, but neither hashed nor stored.
    return text


def _plain(value: object) -> Any:
    match value:
        case None | bool():
            return value
        case Enum():  # Before str and int, which many enums are too.
            return _plain(value.value)
        case str() | int():
            return value
        case datetime():  # Before date, which every datetime is too.
            if value.tzinfo is None:
                raise ValueError("an instant needs a time zone")
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Text():
            return _plain(value.as_json())
        case Mapping():
            return {_key(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
    raise TypeError(f"the chain cannot hold a {type(value).__name__}")


def _key(key: object) -> str:
    plain = _plain(key)
    if not isinstance(plain, str):
        raise TypeError("a key in the chain must be a string")
    return plain


def hash_of(
    sequence: int,
    at: int,
    by: str,
    action: str,
    subject: str,
    before: str | None,
    after: str | None,
    reason: str | None,
    previous_hash: str,
) -> str:
    """Return the hash that seals an entry, encoded as this module's docstring says."""
    sealed = (VERSION, sequence, at, by, action, subject, before, after, reason, previous_hash)
    return sha256(_JSON.encode(sealed).encode()).hexdigest()


def append(
    action: str,
    subject: str,
    *,
    by: str,
    before: object = None,
    after: object = None,
    reason: str | None = None,
) -> AuditEntry:
    """Add an entry within the caller's transaction, which commits or undoes it with all the rest.

    ``action`` is a noun and a past participle ("event.recorded"), ``subject`` a kind and a key
    ("petition/1"), ``by`` an account's code, "register", "portal" or "system". ``before`` and
    ``after`` are anything that ``canonical`` takes. The head stays locked until the transaction
    ends, so other writers wait: append late and commit soon.

    Raises ``ValueError`` for a name that is empty or too long and for text that a database cannot
    carry, and what ``canonical`` raises.
    """
    _require_storable(by=by, action=action, subject=subject, reason=reason)
    was = None if before is None else canonical(before)
    became = None if after is None else canonical(after)
    session = db.session()
    head = _locked_head(session)
    sequence, at = head.sequence + 1, clock.now()
    micros = (at - EPOCH) // MICROSECOND
    sealed = hash_of(sequence, micros, by, action, subject, was, became, reason, head.hash)
    entry = AuditEntry(
        sequence=sequence,
        at=at,
        by=by,
        action=action,
        subject=subject,
        before=was,
        after=became,
        reason=reason,
        previous_hash=head.hash,
        hash=sealed,
    )
    session.add(entry)
    head.sequence, head.hash = sequence, sealed
    session.flush()
    return entry


def _require_storable(*, reason: str | None, **names: str) -> None:
    for name, text in names.items():
        if not 1 <= len(text) <= LONGEST[name]:
            raise ValueError(f"{name} needs 1 to {LONGEST[name]} characters")
    for text in (*names.values(), reason or ""):
        if "\0" in text:
            raise ValueError("PostgreSQL cannot keep a NUL character")


def _locked_head(session: Session) -> AuditHead:
    """Return the head, locked; the first ever to ask makes it."""
    head = session.get(AuditHead, 1, with_for_update=True)
    if head is None:
        # Two may find it absent at once: the second waits here, is refused, and reads the first's.
        with suppress(IntegrityError), session.begin_nested():
            session.execute(insert(AuditHead).values(id=1, sequence=0, hash=GENESIS))
        head = session.get_one(AuditHead, 1, with_for_update=True)
    return head


def next_sequence() -> int:
    """Return the number of the entry that the caller's transaction appends next: nobody else appends before it ends."""
    return _locked_head(db.session()).sequence + 1


def conceal(value: str) -> str:
    """Keep a personal value beside the chain, within the caller's transaction; return its digest.

    The next entry that the transaction appends is recorded as the first to mention it, as
    ``{"personal": digest}`` in its ``before`` or ``after``; a commit without one fails. The same
    value concealed twice has two digests: each has its own random salt, for otherwise anybody could
    find a name in the published chain by trying names.

    Raises ``ValueError`` for text that a database cannot carry.
    """
    if "\0" in value:
        raise ValueError("PostgreSQL cannot keep a NUL character")
    session = db.session()
    salt = secrets.token_bytes(16)
    digest = personal_digest(salt, value)
    sequence = next_sequence()
    session.add(PersonalValue(digest=digest, sequence=sequence, salt=salt.hex(), value=value))
    session.flush()
    return digest


def personal_digest(salt: bytes, value: str) -> str:
    """Return the digest that stands for a personal value in the chain: the SHA-256 of its salt and its UTF-8 bytes."""
    return sha256(salt + value.encode()).hexdigest()


def revealed(digest: str) -> str | None:
    """Return the personal value kept under a digest, or None where it was erased.

    Raises ``PersonalValueMissing`` for a digest that was never given out.
    """
    kept = db.session().get(PersonalValue, digest)
    if kept is None:
        raise PersonalValueMissing(digest)
    return kept.value


def erase(digest: str, *, by: str, reason: str) -> None:
    """Erase a personal value for good and say so in the chain, in one transaction of its own.

    A second time changes nothing.

    Raises ``PersonalValueMissing`` for a digest that was never given out.
    """
    with writing():
        erase_within(digest, by=by, reason=reason)


def erase_within(digest: str, *, by: str, reason: str) -> AuditEntry | None:
    """Erase a personal value within the caller's transaction; return the entry, None where it was erased before.

    Raises ``PersonalValueMissing``.
    """
    kept = db.session().get(PersonalValue, digest, with_for_update=True)
    if kept is None:
        raise PersonalValueMissing(digest)
    if kept.erased_at is not None:
        return None
    kept.salt = kept.value = None
    kept.erased_at = clock.now()
    return append("personal.erased", f"personal/{digest}", by=by, reason=reason)


def head() -> tuple[int, str]:
    """Return the number and the hash of the last entry; 0 and 64 zeros where there is none."""
    row = db.session().execute(select(AuditHead.sequence, AuditHead.hash)).one_or_none()
    return (0, GENESIS) if row is None else (row.sequence, row.hash)


def entries_since(sequence: int, limit: int) -> Sequence[AuditEntry]:
    """Return at most ``limit`` entries that follow the one of this number, in order."""
    later = select(AuditEntry).where(AuditEntry.sequence > sequence)
    return db.session().scalars(later.order_by(AuditEntry.sequence).limit(limit)).all()


def instants(sequences: Iterable[int]) -> Mapping[int, datetime]:
    """Return when the entries with these numbers were made."""
    rows = select(AuditEntry.sequence, AuditEntry.at).where(AuditEntry.sequence.in_(sorted(sequences)))
    return {row[0]: row[1] for row in db.session.execute(rows)}


def entries_of(subject: str) -> Sequence[AuditEntry]:
    """Return all entries about a subject, in order."""
    about = select(AuditEntry).where(AuditEntry.subject == subject)
    return db.session().scalars(about.order_by(AuditEntry.sequence)).all()

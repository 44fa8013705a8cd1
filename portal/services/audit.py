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
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, exists, func, insert, literal, select, type_coerce
from sqlalchemy.engine import Connection
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

BATCH = 1000
"""How many rows are held at a time while the chain is read."""

HASH = re.compile(r"[0-9a-f]{64}")
MENTION = re.compile(r'"personal":"([0-9a-f]{64})"')
"""A personal value in a canonical text; within a string its quotation marks would be escaped."""

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
    digest = _personal_digest(salt, value)
    sequence = next_sequence()
    session.add(PersonalValue(digest=digest, sequence=sequence, salt=salt.hex(), value=value))
    session.flush()
    return digest


def _personal_digest(salt: bytes, value: str) -> str:
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


class FindingKind(StrEnum):
    """What can be wrong with the chain."""

    ALTERED = "altered"
    MISSING = "missing"
    REORDERED = "reordered"
    INSERTED = "inserted"
    CUT_OFF = "cut_off"
    HEAD_ALTERED = "head_altered"
    ROOT_UNKNOWN = "root_unknown"
    PERSONAL_ALTERED = "personal_altered"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the chain, in English for the command line.

    ``sequence`` is the first number concerned, as stored; None where no entry is.
    """

    kind: FindingKind
    sequence: int | None
    sentence: str


def verify(root: str | None = None) -> Iterator[Finding]:
    """Read the whole committed chain once and yield what is wrong with it; nothing, if it is whole.

    ``root`` is a hash published or noted earlier, 64 lower-case hexadecimal digits: it must still
    be the hash of some entry. Without one, whoever rewrote the chain from some entry to its end, or
    cut off the tail and moved the head back, has left nothing to find. Neighbours with one and the
    same fate share a finding.

    Raises ``ValueError`` for a malformed root, before anything is read.
    """
    if root is not None and not HASH.fullmatch(root):
        raise ValueError("a root is 64 lower-case hexadecimal digits")
    return _findings(root)


def _findings(root: str | None) -> Iterator[Finding]:
    with _reading() as connection:
        yield from _Check(connection, root).findings()


def exported(since: int = 0, until: int | None = None) -> Iterator[str]:
    """Yield every entry as a line of JSON, in order: all its columns, ``at`` in microseconds.

    ``since`` is the number of the last entry that the reader has, ``until`` that of the last one that is wanted. All
    but ASCII is escaped: a line survives any console, and even a damaged text makes one.
    """
    rows = _all_stored().where(AuditEntry.sequence > since)
    if until is not None:
        rows = rows.where(AuditEntry.sequence <= until)
    with _reading() as connection:
        for row in connection.execute(rows):
            yield json.dumps(_Row(*row)._asdict(), default=repr)


def hash_at(sequence: int) -> str:
    """Return the hash of an entry; 64 zeros before the first. Raises ``NoResultFound`` for a number of none."""
    if sequence == 0:
        return GENESIS
    return db.session.scalars(select(AuditEntry.hash).where(AuditEntry.sequence == sequence)).one()


class Root(NamedTuple):
    """The last entry of a day in Kazakhstan: whoever keeps its hash can tell later that nothing before it changed."""

    day: date
    sequence: int
    hash: str

    def line(self) -> str:
        """Return the root as published lists have it: the day, the number, the hash."""
        return f"{self.day} {self.sequence} {self.hash}"


ALMATY = timedelta(hours=5)
"""How far the days of Kazakhstan are ahead of UTC since 1 March 2024; the chain is younger."""

A_DAY = timedelta(days=1)


def roots(*, before: date | None = None, limit: int | None = None) -> Sequence[Root]:
    """Return the last entry of each day that has any, newest first: those of days before one, and at most so many.

    The day of an entry is counted in whole microseconds by the database itself, of which an index holds all it needs.
    """
    at = type_coerce(AuditEntry.at, BigInteger)
    day = (at + ALMATY // MICROSECOND) // (A_DAY // MICROSECOND)
    last = select(day.label("day"), func.max(AuditEntry.sequence).label("sequence")).group_by(day)
    if before is not None:
        midnight = (datetime(before.year, before.month, before.day, tzinfo=UTC) - ALMATY - EPOCH) // MICROSECOND
        last = last.where(at < midnight)
    ended = last.order_by(day.desc()).limit(limit).subquery()
    rows = select(ended.c.day, ended.c.sequence, AuditEntry.hash).join(
        AuditEntry, AuditEntry.sequence == ended.c.sequence
    )
    found = db.session.execute(rows.order_by(ended.c.day.desc()))
    return [Root((EPOCH + number * A_DAY).date(), sequence, seal) for number, sequence, seal in found]


class _Row(NamedTuple):
    """An entry as it is stored: where somebody tampered, a column may hold any type."""

    sequence: int
    at: Any
    by: Any
    action: Any
    subject: Any
    before: Any
    after: Any
    reason: Any
    previous_hash: Any
    hash: Any

    def fits(self, sequence: int | None = None) -> bool:
        """Tell whether the hash seals the content as the entry of this number, or of its own."""
        number = self.sequence if sequence is None else sequence
        try:
            return bool(hash_of(number, *self[1:-1]) == self.hash)
        except (TypeError, ValueError):  # Bytes, or text that is not UTF-8: never what was sealed.
            return False


_START = _Row(0, 0, "", "", "", None, None, None, "", GENESIS)


def _stored() -> Select[*tuple[Any, ...]]:
    columns = [getattr(AuditEntry, name) for name in _Row._fields if name != "at"]
    columns.insert(1, type_coerce(AuditEntry.at, BigInteger))
    return select(*columns)


def _all_stored() -> Select[*tuple[Any, ...]]:
    return _stored().order_by(AuditEntry.sequence).execution_options(yield_per=BATCH)


@contextmanager
def _reading() -> Iterator[Connection]:
    """Open one snapshot of what is committed, in which text that is not UTF-8 can be read too."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Otherwise the head, read last, could be ahead of the entries, read first.
            connection.execution_options(isolation_level="REPEATABLE READ")
        driver: Any = connection.connection.driver_connection
        kept = getattr(driver, "text_factory", None)
        if kept is not None:  # SQLite, which checks no encoding when it writes.
            driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        try:
            yield connection
        finally:
            if kept is not None:
                driver.text_factory = kept


@dataclass(slots=True)
class _Run:
    """Neighbouring rows that were all moved by the same distance."""

    first: int
    last: int
    number: int
    """The true number of the first."""

    def takes(self, row: _Row, number: int) -> bool:
        return row.sequence == self.last + 1 and row.sequence - number == self.first - self.number

    def finding(self) -> Finding:
        if self.first == self.last:
            sentence = f"The entry stored as {self.first} is entry {self.number} of the chain."
        else:
            end = self.number + self.last - self.first
            sentence = (
                f"The entries stored as {self.first} to {self.last} are entries {self.number} to {end} of the chain."
            )
        return Finding(FindingKind.REORDERED, self.first, sentence)


class _Check:
    """One reading of the chain from its first entry to its last."""

    STEPS_BACK = 100
    """How far to follow ``previous_hash`` to find out where a moved entry belongs."""
    NEARBY = 16
    """How far from its place to look for a moved entry's number when that way is broken."""

    def __init__(self, connection: Connection, root: str | None) -> None:
        self.connection = connection
        self.root = root
        self.root_seen = root in {None, GENESIS}
        self.last = _START
        self.last_fits = True
        self.run: _Run | None = None
        self.moved = ("", 0)  # The hash and the true number of the moved entry seen last.

    def findings(self) -> Iterator[Finding]:
        """Yield all that is wrong."""
        rows = self.connection.execute(_all_stored())
        for batch in rows.partitions():
            entries = [_Row(*row) for row in batch]
            for entry in entries:
                yield from self._entry(entry)
            yield from self._mentions(entries)
        yield from self._end_run()
        yield from self._head()
        if not self.root_seen:
            yield Finding(
                FindingKind.ROOT_UNKNOWN,
                None,
                f"The entry with the hash {self.root} is gone: the chain was rewritten or cut off since.",
            )
        yield from self._personal()

    def _entry(self, row: _Row) -> Iterator[Finding]:
        if row.sequence > self.last.sequence + 1:
            yield from self._end_run()
            yield _missing(self.last.sequence + 1, row.sequence - 1)
        fits = row.fits()
        if fits:
            yield from self._end_run()
            yield from self._link(row)
        else:
            yield from self._misfit(row)
        self.root_seen = self.root_seen or row.hash == self.root
        self.last, self.last_fits = row, fits

    def _link(self, row: _Row) -> Iterator[Finding]:
        """Check that an entry follows the one stored before it, if both are sound in themselves."""
        if not self.last_fits or row.sequence != self.last.sequence + 1:
            return
        if row.previous_hash == self.last.hash:
            return
        if self.last is _START:
            yield Finding(FindingKind.ALTERED, 1, "Entry 1 does not begin the chain.")
        else:
            yield Finding(
                FindingKind.ALTERED,
                self.last.sequence,
                f"Entry {self.last.sequence} is not the one that entry {row.sequence}"
                " was chained to: one of the two was replaced.",
            )

    def _misfit(self, row: _Row) -> Iterator[Finding]:
        """Name an entry whose hash does not seal it in its place: it was moved, or altered."""
        number, follows = self._number_of(row)
        if number is None:
            yield from self._end_run()
            yield Finding(
                FindingKind.ALTERED,
                row.sequence,
                f"Entry {row.sequence} was altered: its hash does not fit its content.",
            )
            return
        if self.run is not None and self.run.takes(row, number):
            self.run.last = row.sequence
        else:
            yield from self._end_run()
            if not follows and self.last_fits and self.last.sequence + 1 == row.sequence < number:
                # The gap was hidden: later entries were given its numbers.
                yield _missing(row.sequence, number - 1)
            self.run = _Run(row.sequence, row.sequence, number)
        rival = self._find(AuditEntry.sequence == number)
        if rival is not None and rival.fits() and rival.hash != row.hash:
            yield Finding(
                FindingKind.INSERTED,
                number,
                f"Entry {number} was put in: the entry that belongs there is stored as {row.sequence}.",
            )

    def _number_of(self, row: _Row) -> tuple[int | None, bool]:
        """Return the number as which an entry verifies, and whether the one before it is there."""
        link = row.previous_hash
        if self.run is None and link == self.last.hash and row.sequence == self.last.sequence + 1:
            return None, True  # It is where it belongs, and altered: nothing to search for.
        candidates, follows = [], True
        for steps in range(1, self.STEPS_BACK + 1):
            if link == GENESIS:
                candidates.append(steps)
                break
            if link == self.moved[0]:
                candidates.append(self.moved[1] + steps)
                break
            before = self._with_hash(link)
            if before is None:
                follows = steps > 1
                break
            if before.fits():
                candidates.append(before.sequence + steps)
                break
            link = before.previous_hash
        candidates += range(max(1, row.sequence - self.NEARBY), row.sequence + self.NEARBY + 1)
        for number in candidates:
            if row.fits(number):
                self.moved = (row.hash, number)
                return number, follows
        return None, follows

    def _with_hash(self, link: Any) -> _Row | None:
        if not isinstance(link, str) or not HASH.fullmatch(link):
            return None
        return self._find(AuditEntry.hash == link)

    def _find(self, where: Any) -> _Row | None:
        row = self.connection.execute(_stored().where(where).limit(1)).first()
        return None if row is None else _Row(*row)

    def _end_run(self) -> Iterator[Finding]:
        if self.run is not None:
            yield self.run.finding()
            self.run = None

    def _head(self) -> Iterator[Finding]:
        """Compare the end of the chain with the head that is kept apart."""
        last = self.last
        head = self.connection.execute(select(AuditHead.sequence, AuditHead.hash)).first()
        if head is None:
            if last is not _START:
                sentence = "The head of the chain is missing."
                yield Finding(FindingKind.CUT_OFF, last.sequence, sentence)
        elif self._is_moved(head.hash, head.sequence):
            pass  # The head is right; that its entry is stored elsewhere was said.
        elif head.sequence > last.sequence:
            yield Finding(
                FindingKind.CUT_OFF,
                last.sequence + 1,
                f"The end was cut off: the head is entry {head.sequence},"
                f" the last entry there is has the number {last.sequence}.",
            )
        elif head.sequence < last.sequence:
            yield Finding(
                FindingKind.HEAD_ALTERED,
                head.sequence,
                f"The head is entry {head.sequence}, yet the chain goes on to entry {last.sequence}.",
            )
        elif head.hash != last.hash and not last._replace(hash=head.hash).fits():
            yield Finding(
                FindingKind.HEAD_ALTERED,
                head.sequence,
                "The head's hash is not that of the last entry: one of the two was replaced.",
            )

    def _is_moved(self, link: Any, number: int) -> bool:
        row = self._with_hash(link)
        return row is not None and row.sequence != number and row.fits(number)

    def _mentions(self, entries: Sequence[_Row]) -> Iterator[Finding]:
        """Check that every personal value that is mentioned has its row, if only an erased one."""
        mentioned: dict[str, int] = {}
        for row in entries:
            for text in (row.before, row.after):
                if isinstance(text, str) and '"personal":' in text:
                    for digest in MENTION.findall(text):
                        mentioned.setdefault(digest, row.sequence)
        if not mentioned:
            return
        kept = select(PersonalValue.digest).where(PersonalValue.digest.in_(mentioned))
        there = set(self.connection.scalars(kept))
        for digest, sequence in mentioned.items():
            if digest not in there:
                yield Finding(
                    FindingKind.PERSONAL_ALTERED,
                    sequence,
                    f"The personal value {digest}, mentioned by entry {sequence}, is gone.",
                )

    def _personal(self) -> Iterator[Finding]:
        """Check every personal value against its digest, and every erasure against the chain."""
        announced = exists().where(
            AuditEntry.subject == literal("personal/") + PersonalValue.digest,
            AuditEntry.action == "personal.erased",
        )
        rows = self.connection.execute(
            select(
                PersonalValue.digest,
                PersonalValue.sequence,
                PersonalValue.salt,
                PersonalValue.value,
                announced.label("announced"),
            ).order_by(PersonalValue.digest)
        )
        for digest, sequence, salt, value, is_announced in rows:
            if salt is None and value is None:
                fate = None if is_announced else "was erased without an entry"
            else:
                fate = None if _opens(digest, salt, value) else "is not the one that was recorded"
            if fate is not None:
                yield Finding(
                    FindingKind.PERSONAL_ALTERED,
                    sequence,
                    f"The personal value {digest}, first mentioned by entry {sequence}, {fate}.",
                )


def _opens(digest: str, salt: Any, value: Any) -> bool:
    try:
        return _personal_digest(bytes.fromhex(salt), value) == digest
    except (TypeError, ValueError, AttributeError):  # Not a text, not hexadecimal, not UTF-8.
        return False


def _missing(first: int, last: int) -> Finding:
    sentence = f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."
    return Finding(FindingKind.MISSING, first, sentence)

"""Reading the whole audit chain: to find what is wrong with it, or to hand it on."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, exists, literal, select, type_coerce
from sqlalchemy.engine import Connection

from portal.db import db
from portal.models.audit import AuditEntry, AuditHead, PersonalValue
from portal.services.audit import GENESIS, hash_of, personal_digest

BATCH = 1000
"""How many rows are held at a time while the chain is read."""

HASH = re.compile(r"[0-9a-f]{64}")
MENTION = re.compile(r'"personal":"([0-9a-f]{64})"')
"""A personal value in a canonical text; within a string its quotation marks would be escaped."""


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
        elif not self._is_moved(head.hash, head.sequence):  # Of one that was moved, its entry has been told.
            yield from self._head_beside_last(head.sequence, head.hash)

    def _head_beside_last(self, sequence: int, seal: Any) -> Iterator[Finding]:
        """Compare a head whose entry was not moved with the last entry there is."""
        last = self.last
        if sequence > last.sequence:
            yield Finding(
                FindingKind.CUT_OFF,
                last.sequence + 1,
                f"The end was cut off: the head is entry {sequence},"
                f" the last entry there is has the number {last.sequence}.",
            )
        elif sequence < last.sequence:
            yield Finding(
                FindingKind.HEAD_ALTERED,
                sequence,
                f"The head is entry {sequence}, yet the chain goes on to entry {last.sequence}.",
            )
        elif seal != last.hash and not last._replace(hash=seal).fits():
            yield Finding(
                FindingKind.HEAD_ALTERED,
                sequence,
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
        return personal_digest(bytes.fromhex(salt), value) == digest
    except (TypeError, ValueError, AttributeError):  # Not a text, not hexadecimal, not UTF-8.
        return False


def _missing(first: int, last: int) -> Finding:
    sentence = f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."
    return Finding(FindingKind.MISSING, first, sentence)

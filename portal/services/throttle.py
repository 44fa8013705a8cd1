"""How often something is tried: counted in the database, for all processes together, without storing who it was.

The key of a counter is a digest, keyed with the portal's secret, of what is counted and of the quarter of an hour. So
no address stands in the database, and the counters of two quarters of an hour cannot be told to be of one visitor.

Three things are counted, so that guessing is slow and yet nobody can lock somebody else out:

- what one client fails at, whatever the name;
- what one client fails at under one name;
- what fails under one name, whoever tries, *although the password was right*: only codes are being guessed there.

A counter of all failures under a name would be a lever for strangers, who could keep its owner out; what it would slow
down is slow already, since a password is never confirmed without the code that goes with it.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal import clock
from portal.db import EPOCH, db, writing
from portal.domain.account_refusals import TooManyAttempts
from portal.models import Attempt

SLOT = timedelta(minutes=15)

PER_CLIENT, PER_NAME_AND_CLIENT, PER_NAME = 30, 10, 10
"""Failures in a slot. One office may stand behind one address, so a client has more room than a name."""

SUBNET = 64
"""Bits of an IPv6 address that name a client: the rest it may choose itself."""

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Counter(NamedTuple):
    """One thing that is counted, and how often it may fail."""

    kind: str
    value: str
    most: int


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody tries to come in: it counts, and knows who stands before it only as long as they do."""

    secret: bytes = field(repr=False)
    client: str = field(repr=False)

    def knock(self, name: str) -> None:
        """Count a try under a name before it is looked at, so that many at once cannot slip past the count.

        Raises ``TooManyAttempts``; the try is then not counted.
        """
        with writing() as session:
            _forget_what_is_over(session)
            self._require_room(session, self._guessed(name))
            for counter in self._failed(name):
                if self._count(session, counter) > counter.most:
                    raise TooManyAttempts(_seconds_left())

    def welcome(self, session: Session, name: str) -> None:
        """Take a try back that succeeded, within the caller's transaction."""
        for counter in self._failed(name):
            mine = Attempt.key == self._key(counter)
            session.execute(delete(Attempt).where(mine, Attempt.times == 1))
            session.execute(update(Attempt).where(mine, Attempt.times > 1).values(times=Attempt.times - 1))

    def note_guess(self, name: str, *, password_was_right: bool) -> None:
        """Count a failure under a name where the password was right.

        A wrong password is counted too, to nobody's harm: an answer that took a write less would tell which passwords
        are right.
        """
        counter = self._guessed(name)
        with writing() as session:
            self._count(session, counter if password_was_right else counter._replace(kind="nothing"))

    def _failed(self, name: str) -> tuple[Counter, ...]:
        return (
            Counter("client", self.client, PER_CLIENT),
            Counter("name and client", json.dumps([name, self.client]), PER_NAME_AND_CLIENT),
        )

    def _guessed(self, name: str) -> Counter:
        return Counter("code", name, PER_NAME)

    def _require_room(self, session: Session, counter: Counter) -> None:
        times = session.scalar(select(Attempt.times).where(Attempt.key == self._key(counter)))
        if times is not None and times >= counter.most:
            raise TooManyAttempts(_seconds_left())

    def _count(self, session: Session, counter: Counter) -> int:
        """Count once more, in one statement that is right whoever else counts; return how often it was."""
        new = _INSERT[db.engine.dialect.name](Attempt).values(key=self._key(counter), times=1, ends_at=_ends_at())
        more = new.on_conflict_do_update(index_elements=["key"], set_={"times": Attempt.times + 1})
        return int(session.execute(more.returning(Attempt.times)).scalar_one())

    def _key(self, counter: Counter) -> str:
        counted = json.dumps([counter.kind, counter.value, _slot()])
        return hmac.new(self.secret, counted.encode(), sha256).hexdigest()


def client_of(address: str | None) -> str:
    """Return whom an address stands for: itself, or the network of an IPv6 address. Nobody knows: one for all."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, SUBNET), strict=False))
    return str(found)


def forget_what_is_over() -> int:
    """Forget the counters of quarters of an hour that are over, in one transaction; return how many."""
    with writing() as session:
        return _forget_what_is_over(session)


def _forget_what_is_over(session: Session) -> int:
    over = select(Attempt.key).where(Attempt.ends_at <= clock.now()).with_for_update(skip_locked=True)
    gone = session.execute(
        delete(Attempt).where(Attempt.key.in_(over)), execution_options={"synchronize_session": False}
    )
    assert isinstance(gone, CursorResult)
    return gone.rowcount


def _slot() -> int:
    return (clock.now() - EPOCH) // SLOT


def _ends_at() -> datetime:
    return EPOCH + (_slot() + 1) * SLOT


def _seconds_left() -> int:
    return max(1, -(-(_ends_at() - clock.now()) // timedelta(seconds=1)))

"""What goes wrong with answers: when, how often, and with which requests."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from tests.official_portal.clock import DAY, HOUR, MINUTE

EVERYWHERE = frozenset({"short", "record", "signers", "comments"})
LISTS = frozenset({"short", "signers", "comments"})
RECORD = frozenset({"record"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A trouble of answers: which requests it may meet, every how many of them, and for how long a day."""

    where: frozenset[str]
    every: int
    lasts: int = HOUR


ANSWER_TROUBLES: dict[str, Kind] = {
    "slow": Kind(EVERYWHERE, 3),
    "drip": Kind(EVERYWHERE, 5),
    "truncated": Kind(EVERYWHERE, 3),
    "cut": Kind(EVERYWHERE, 3),
    "html": Kind(EVERYWHERE, 3),
    "empty": Kind(EVERYWHERE, 3),
    "deep": Kind(EVERYWHERE, 4),
    "endless": Kind(EVERYWHERE, 5),
    "bomb": Kind(EVERYWHERE, 5),
    "shapeless": Kind(EVERYWHERE, 3),
    "garbled": Kind(EVERYWHERE, 3),
    "redirected": Kind(EVERYWHERE, 3),
    "busy": Kind(EVERYWHERE, 3),
    "unavailable": Kind(EVERYWHERE, 3),
    "failing": Kind(EVERYWHERE, 3),
    "wrong_record": Kind(RECORD, 3),
    "unasked_304": Kind(EVERYWHERE, 3),
    "pushed": Kind(frozenset({"short"}), 1, 2 * HOUR),
    "wrong_clock": Kind(EVERYWHERE, 1, 2 * HOUR),
    "lies": Kind(EVERYWHERE, 1, 10 * MINUTE),
    "outage": Kind(EVERYWHERE, 1, 5 * HOUR),
    "forbidden": Kind(EVERYWHERE, 1, 10_000 * DAY),
}
"""Every trouble of answers by its name.

- ``slow``: silence first; ``drip``: a byte at a time.
- ``truncated``: shorter than its length says; ``cut``: closed in the midst, without a length.
- ``html``: a page for people with 200; ``empty``: nothing with 200.
- ``deep``: JSON of 100,000 levels; ``endless``: a body that goes on.
- ``bomb``: a small body that is 100 MB when it is unpacked, packed without being asked for.
- ``shapeless``: JSON that is no page and no record; ``garbled``: JSON with bytes that are no UTF-8.
- ``redirected``: 302 to a page for people.
- ``busy``: 429, ``unavailable``: 503, both mostly with Retry-After; ``failing``: 500.
- ``wrong_record``: another petition's; ``unasked_304``: "as before" to whoever said nothing of before.
- ``pushed``: before each later page of the list a petition arrives, so that rows come twice.
- ``wrong_clock``: the header Date is seven hours ahead.
- ``lies``: 404 for everything; ``outage``: connections are closed without a word; ``forbidden``: 403 for good.
"""

FINAL = frozenset({"forbidden"})
"""Left out where all troubles are asked for: it ends every watch."""


BESIDES = frozenset({"wrong_clock", "pushed"})
"""They leave the answer what it is, and may come beside another trouble."""


@dataclass(frozen=True, slots=True)
class Episode:
    """From ``since`` to ``until`` every so-manieth fitting request meets a trouble."""

    name: str
    since: int
    until: int
    every: int
    where: frozenset[str]


@dataclass
class Forced:
    """A trouble that a test asked for: the next so many fitting requests meet it."""

    name: str
    times: int
    where: frozenset[str]
    how: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """The trouble that one request meets, with particulars a test gave."""

    name: str
    how: dict[str, Any]


def planned(names: set[str], start: int, seed: int, days: int) -> list[Episode]:
    """Return when each trouble comes on each day: the outage about midday, up to two others at another time."""
    chance = random.Random(f"answers {seed}")
    episodes = []
    usual = [name for name in ANSWER_TROUBLES if name in names and name not in {"outage", "forbidden"}]
    for day in range(days):
        midnight = start + day * DAY
        hours = [*range(1, 11), *range(17, 24)]
        chance.shuffle(hours)
        for name, hour in zip(usual, cycle(hours), strict=False):
            since = midnight + hour * HOUR + chance.randrange(10 * MINUTE)
            episodes.append(_episode(name, since))
        if "outage" in names and day % 3 == 0:
            episodes.append(_episode("outage", midnight + 11 * HOUR + chance.randrange(HOUR)))
    if "forbidden" in names:
        episodes.append(_episode("forbidden", start + HOUR))
    return sorted(episodes, key=lambda each: each.since)


def _episode(name: str, since: int) -> Episode:
    kind = ANSWER_TROUBLES[name]
    return Episode(name, since, since + kind.lasts, kind.every, kind.where)


class Answers:
    """Decides which trouble a request meets: one that a test forced, else one of the episodes of the hour."""

    def __init__(self, episodes: list[Episode]) -> None:
        self.episodes, self.forced = episodes, list[Forced]()
        self._lock, self._counts = threading.Lock(), Counter[str]()

    def force(self, forced: Forced) -> None:
        """Have the next requests meet a trouble."""
        with self._lock:
            self.forced.append(forced)

    def is_on(self, name: str, at: float) -> bool:
        """Whether an episode of a trouble is on."""
        return any(each.name == name and each.since <= at < each.until for each in self.episodes)

    def met(self, where: str, at: float) -> Met | None:
        """Return what a request meets. What meets every request comes first, the clock and the pushing not at all."""
        with self._lock:
            for forced in self.forced:
                if where in forced.where and forced.times > 0:
                    forced.times -= 1
                    return Met(forced.name, forced.how)
            for name in ("forbidden", "outage", "lies"):
                if self.is_on(name, at):
                    return Met(name, {})
            for each in self.episodes:
                if each.name not in BESIDES and each.since <= at < each.until and where in each.where:
                    self._counts[each.name] += 1
                    if self._counts[each.name] % each.every == 0:
                        return Met(each.name, {})
        return None

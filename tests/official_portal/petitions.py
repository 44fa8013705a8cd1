"""The invented petitions: what is true of each at any instant."""

import random
import uuid as uuids
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.official_portal.clock import DAY, HOUR, written
from tests.official_portal.growth import SHAPES, Burst, Growth
from tests.official_portal.names import Name

COLLECTED = 180 * DAY
REVIEWED = 30 * DAY
"""Invented lengths: how long signatures are collected, and until a decision stands."""

STATES = ("PUBLISHED", "COMPLETED", "ON_REVIEW", "DECIDED")
"""Invented words: the official ones are unknown."""

REGIONS = (
    *("10", "11", "15", "19", "23", "27", "31", "33", "35", "39"),
    *("43", "47", "55", "59", "61", "62", "63", "71", "75", "79"),
)
"""The first two digits of the regions in the state's classifier of territorial objects (KATO)."""

STRANGE_CODES = ("999999999", "", None, "no code", "00", 710000000)
"""Codes that no classifier has, and one that is a number where the others are texts."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a full record says something else from an instant on."""

    uuid: str
    at: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Fall:
    """So many signatures are gone from an instant on: those given after the first ``kept``."""

    uuid: str
    at: int
    votes: int
    kept: int


@dataclass(frozen=True, slots=True)
class Absence:
    """A petition is not there: its addresses answer ``status`` and the list leaves it out. ``until`` may be never."""

    uuid: str
    since: int
    until: int | None
    status: int


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row of the list is odd for a while.

    It is so ``without_id``, ``without_title``, ``not_a_record``, or by a ``count`` whose ``value`` is none.
    """

    uuid: str
    since: int
    until: int
    kind: str
    value: Any = None


@dataclass(eq=False)
class Petition:
    """One invented petition; what is planted on it is added before the stand-in starts."""

    seed: int
    number: int
    growth: Growth
    falls: list[Fall] = field(default_factory=list)
    planted: list[Change] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    odd_rows: list[OddRow] = field(default_factory=list)
    broken: frozenset[int] = frozenset()
    """Signatures whose row makes a page of signers answer 500."""
    untimed: dict[int, Any] = field(default_factory=dict)
    """What stands for the time of some signatures instead of a time."""
    ahead: dict[int, int] = field(default_factory=dict)
    """By how many seconds the time of some signatures lies after they were given."""
    cover: int = 0
    """Characters of the picture that stands within the record."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Fields that no description has."""
    missing: frozenset[str] = frozenset()
    """Fields that the record lacks."""
    particulars: dict[str, Any] = field(default_factory=dict)
    """Fields that say something else from the first day."""

    @cached_property
    def uuid(self) -> str:
        """The official id."""
        digits = random.Random(f"{self.seed}/{self.number}").getrandbits(128)
        return str(uuids.UUID(int=digits, version=4))

    @property
    def opened(self) -> int:
        """The second from which it is listed."""
        return self.growth.opened

    @property
    def applicant(self) -> Name:
        """Who handed it in."""
        return Name("applicant", self.number)

    @property
    def required(self) -> int:
        """The signatures that are required at first."""
        return 50_000 if self.is_national else (2_500, 5_000, 10_000)[self.number % 3]

    @property
    def is_national(self) -> bool:
        """Whether it is addressed to a body of the whole country."""
        return self.number % 3 == 0

    def votes_at(self, at: float) -> int:
        """Return the true count at an instant."""
        return self.growth.votes_at(at) - sum(fall.votes for fall in self.falls if at >= fall.at)

    def views_at(self, at: float) -> int:
        """Return how often it was viewed."""
        return self.growth.votes_at(at) * 7 + max(0, int(at) - self.opened) // HOUR

    def absence_at(self, at: float) -> Absence | None:
        """Return why it is not there at an instant, or None where it is."""
        return next(
            (each for each in self.absences if each.since <= at and not (each.until and at >= each.until)), None
        )

    def odd_at(self, at: float) -> OddRow | None:
        """Return what is odd about its row in the list at an instant."""
        return next((each for each in self.odd_rows if each.since <= at < each.until), None)

    def ordinals(self, at: float, skip: int, size: int) -> list[int]:
        """Return which signatures stand on a page, newest first: the first ever given is 1."""
        total = self.votes_at(at)
        places = range(total - skip, max(0, total - skip - size), -1)
        return [self._ordinal(place, at) for place in places]

    def _ordinal(self, place: int, at: float) -> int:
        for fall in self.falls:
            if at >= fall.at and place > fall.kept:
                place += fall.votes
        return place

    def signed(self, ordinals: list[int]) -> Iterator[int]:
        """Yield the seconds in which signatures were given, newest first as they stand on a page."""
        if not ordinals:
            return
        oldest = self.growth.signed_at(ordinals[-1])
        last: int | None = None
        for ordinal in ordinals:
            last = self.growth.signed_at(ordinal, oldest, last)
            yield last

    @cached_property
    def natural(self) -> list[Change]:
        """What changes by itself in the course of time: the state, and at last the decision."""
        ends, required = self.growth.ends, self.required
        if self.growth.votes_at(ends) < required:
            return [Change(self.uuid, ends, "state", "PUBLISHED", "COMPLETED")]
        decided = ends + REVIEWED
        return [
            Change(self.uuid, ends, "state", "PUBLISHED", "ON_REVIEW"),
            Change(self.uuid, decided, "state", "ON_REVIEW", "DECIDED"),
            Change(self.uuid, decided, "decision", None, decision(self.number, decided)),
        ]

    @cached_property
    def changes(self) -> list[Change]:
        """All changes, planted and natural, in the order of time."""
        return sorted([*self.natural, *self.planted], key=lambda change: change.at)


def decision(number: int, at: int) -> dict[str, Any]:
    """Return an invented decision."""
    return {
        "messageKk": f"№{number} үлгі өтінішке жауап: қабылданды.",
        "messageRu": f"Ответ на обращение-образец №{number}: принято.",
        "replyDate": written(at),
        "files": [
            {"fileId": f"f-{number}", "fileName": "reply.pdf", "fileHash": "00ff", "mimeType": "application/pdf"}
        ],
    }


def invented(seed: int, number: int, opened: int) -> Petition:
    """Return a petition with a course of its own, the same for the same seed and number."""
    chance = random.Random(f"{seed}:{number}")
    shape = SHAPES[chance.choices(range(5), (30, 12, 13, 10, 35))[0]]
    required = 50_000 if number % 3 == 0 else (2_500, 5_000, 10_000)[number % 3]
    ends = opened + COLLECTED
    kind = chance.randrange(4)
    if shape == "stagnant":
        return Petition(seed, number, Growth(shape, chance.randint(0, 60), 3, opened, ends, kind))
    size = int(required * chance.choice((0.01, 0.03, 0.08, 0.2, 0.5, 0.9, 1.3)))
    days = {"decaying": chance.uniform(3, 30), "s_shaped": chance.uniform(15, 60), "slow": 180, "bursts": 40}[shape]
    bursts: tuple[Burst, ...] = ()
    if shape == "bursts":
        bursts = tuple(
            Burst(opened + chance.randrange(DAY, 120 * DAY), size // 4 + 1, chance.choice((900, 2 * HOUR, 8 * HOUR)))
            for _ in range(chance.randint(1, 4))
        )
    return Petition(seed, number, Growth(shape, size, days, opened, ends, kind, bursts))


def great(seed: int, number: int, opened: int) -> Petition:
    """Return the petition that has more than 50,000 signatures within its first months."""
    return Petition(seed, number, Growth("decaying", 66_000, 25, opened, opened + COLLECTED, 1))

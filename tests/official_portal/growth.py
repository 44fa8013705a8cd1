"""How the signatures of an invented petition grow: a function of time that can be turned round.

The k-th signature stands in the list of signers at the second before the count reaches k, so both come from the same
function and no list of signers is ever kept. The day has its rhythm and each day its own luck.
"""

import math
import random
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from tests.official_portal.clock import DAY, HOUR

SHAPES = ("decaying", "s_shaped", "slow", "bursts", "stagnant")
OFFSET = 5 * HOUR  # Days are those of Kazakhstan.
HOURS = (3, 2, 1, 1, 1, 2, 4, 8, 12, 15, 16, 16, 15, 14, 14, 14, 15, 16, 18, 20, 20, 16, 10, 6)
BEFORE_HOUR = (0, *accumulate(HOURS))
FIRST_DAY = 19_723  # 1 January 2024.
DAYS_WORK = BEFORE_HOUR[-1] * HOUR


@cache
def luck(kind: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return how active each day from 2024 to 2034 is, in percent of a usual day, and the sums before each."""
    chance = random.Random(kind)
    days = tuple(chance.randint(55, 145) * (70 if day % 7 in (2, 3) else 100) // 100 for day in range(4000))
    return days, (0, *accumulate(days))


@dataclass(frozen=True, slots=True)
class Burst:
    """So many signatures on top of the usual, from an instant on, spread over some seconds."""

    at: int
    votes: int
    lasts: int


@dataclass(frozen=True)
class Growth:
    """The course of one petition: ``size`` signatures on a scale of ``days``, from ``opened`` until ``ends``."""

    shape: str
    size: int
    days: float
    opened: int
    ends: int
    luck: int = 0
    bursts: tuple[Burst, ...] = ()

    def votes_at(self, at: float) -> int:
        """Return how many signatures had been given by an instant."""
        second = min(int(at), self.ends)
        if second <= self.opened:
            return 0
        past = (self.activity(second) - self._before) / self._scale
        votes = int(self.size * self._share(past))
        for burst in self.bursts:
            if second > burst.at:
                votes += burst.votes * min(second - burst.at, burst.lasts) // burst.lasts
        return votes

    def activity(self, at: int) -> int:
        """Return how much went on until an instant. Whole numbers throughout, so that it never goes back."""
        day, second = divmod(at + OFFSET, DAY)
        hour, within = divmod(second, HOUR)
        days, before = self._luck
        day -= FIRST_DAY
        return before[day] * DAYS_WORK + days[day] * (BEFORE_HOUR[hour] * HOUR + HOURS[hour] * within)

    @cached_property
    def _luck(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return luck(self.luck)

    @cached_property
    def _before(self) -> int:
        return self.activity(self.opened)

    @cached_property
    def _scale(self) -> float:
        return 100 * DAYS_WORK * self.days

    def _share(self, past: float) -> float:
        if self.shape == "slow":
            return past
        if self.shape == "s_shaped":
            return (1 / (1 + math.exp(6 - 6 * past)) - S_START) / (1 - S_START)
        return 1 - math.exp(-past)

    def signed_at(self, ordinal: int, since: int | None = None, until: int | None = None) -> int:
        """Return the second in which a signature was given (the first is 1): before it is over, the count has it.

        ``since`` and ``until`` are seconds known to lie around it.
        """
        first = self.opened if since is None else since
        last = self.ends if until is None else until + 1
        return first + bisect_left(range(first, last), ordinal, key=self.votes_at) - 1


S_START = 1 / (1 + math.exp(6))

"""The hours of a series: what came in each, whether it was watched, and what an hour of the day usually brings."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, compress
from statistics import median

from portal.domain.counts import Series, hour_of_day
from portal.domain.watching import HOUR

LEAST_WATCHED_DAYS = 3
"""Of fewer days nothing is told about the rhythm of day and night: every hour counts alike."""

LARGEST = 2.5
"""What an hour adds to the picture of the day is cut at this many times the mean, so that a step is no rhythm."""

SUPPOSED = 12
"""Every hour of the picture starts with this many usual votes, so that a few votes do not make a rhythm."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours one after the other from ``first`` (seconds // 3600): votes, watched all through or not, usual share.

    ``usual`` is what the hour of the day brings beside the mean of a day (1.0), ``rates`` are votes beside that. Falls
    are left out. ``before`` are sums from the first hour on: of votes and of usual shares of watched hours, and how
    many of these there are.
    """

    first: int
    votes: tuple[int, ...]
    watched: tuple[bool, ...]
    usual: tuple[float, ...]
    rates: tuple[float, ...] = field(init=False, repr=False, compare=False)
    votes_before: tuple[int, ...] = field(init=False, repr=False, compare=False)
    usual_before: tuple[float, ...] = field(init=False, repr=False, compare=False)
    watched_before: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        seen = self.watched
        sums = {
            "rates": tuple(votes / usual for votes, usual in zip(self.votes, self.usual, strict=True)),
            "votes_before": _before(votes if is_seen else 0 for votes, is_seen in zip(self.votes, seen, strict=True)),
            "usual_before": _before(usual if is_seen else 0.0 for usual, is_seen in zip(self.usual, seen, strict=True)),
            "watched_before": _before(int(is_seen) for is_seen in seen),
        }
        for name, value in sums.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.votes)

    def at(self, place: int) -> int:
        """Return the instant at which an hour begins."""
        return (self.first + place) * HOUR

    def votes_in(self, since: int, until: int) -> int:
        """Return the votes of the watched hours from one place up to another."""
        since, until = max(since, 0), min(until, len(self))
        return self.votes_before[until] - self.votes_before[since] if since < until else 0

    def usual_in(self, since: int, until: int) -> float:
        """Return the usual shares of the watched hours, summed."""
        since, until = max(since, 0), min(until, len(self))
        return self.usual_before[until] - self.usual_before[since] if since < until else 0.0

    def watched_in(self, since: int, until: int) -> int:
        """Return how many of the hours were watched all through."""
        since, until = max(since, 0), min(until, len(self))
        return self.watched_before[until] - self.watched_before[since] if since < until else 0

    def middle_rate(self, since: int, until: int, least: int) -> float | None:
        """Return the median of votes beside usual share; None where fewer than ``least`` hours were watched."""
        since, until = max(since, 0), min(until, len(self))
        seen = self.watched_in(since, until)
        if seen < least:
            return None
        rates = self.rates[since:until]
        return median(rates if seen == until - since else compress(rates, self.watched[since:until]))

    def levelled(self, most: Mapping[int, int]) -> "Hours":
        """Return the hours with no more votes at some places than is told for each."""
        votes = tuple(min(count, most.get(place, count)) for place, count in enumerate(self.votes))
        return Hours(self.first, votes, self.watched, self.usual) if most else self


def _before(each: Iterable[float]) -> tuple[float, ...]:
    return tuple(accumulate(each, initial=0))


def hours_of(series: Series) -> Hours | None:
    """Return the hours of a series; None where nothing was watched."""
    if series.until is None or series.first is None:
        return None
    first = max(series.spans[0].since, series.first.at) // HOUR
    length = -(-series.until // HOUR) - first
    if length <= 0:
        return None
    votes = [0] * length
    for at, rise in series.rises():
        if rise > 0 and 0 <= at // HOUR - first < length:
            votes[at // HOUR - first] += rise
    watched = [False] * length
    for span in series.spans:
        low, high = -(-span.since // HOUR) - first, span.until // HOUR - first
        for place in range(max(low, 0), high):
            watched[place] = True
    day = _usual_day(first, votes, watched)
    usual = [day[(first + place + 5) % 24] for place in range(length)]
    return Hours(first, tuple(votes), tuple(watched), tuple(usual))


def _usual_day(first: int, votes: list[int], watched: list[bool]) -> list[float]:
    """Return what each hour of the day brings beside the mean of its day."""
    if sum(watched) < LEAST_WATCHED_DAYS * 24:
        return [1.0] * 24
    came, expected = [float(SUPPOSED)] * 24, [float(SUPPOSED)] * 24
    for start in range(0, len(votes) - 23, 24):
        if not all(watched[start : start + 24]):
            continue
        mean = sum(sorted(votes[start : start + 24])[:-2]) / 22  # Without the two busiest, which may be a step.
        for place in range(start, start + 24):
            hour = hour_of_day((first + place) * HOUR)
            came[hour] += min(votes[place], LARGEST * (mean + math.sqrt(mean)))
            expected[hour] += mean
    return [max(c / e, 0.05) for c, e in zip(came, expected, strict=True)]

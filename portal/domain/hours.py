"""The hours of a series: what came in each, whether it was watched, and what an hour of the day usually brings."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
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

    ``usual`` is what the hour of the day brings beside the mean of a day (1.0). Falls are left out. ``before`` are
    sums from the first hour on: of votes and of usual shares of watched hours, and how many of these there are.
    """

    first: int
    votes: tuple[int, ...]
    watched: tuple[bool, ...]
    usual: tuple[float, ...]
    votes_before: tuple[int, ...]
    usual_before: tuple[float, ...]
    watched_before: tuple[int, ...]

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
        places = [place for place in range(max(since, 0), min(until, len(self))) if self.watched[place]]
        return median(self.votes[place] / self.usual[place] for place in places) if len(places) >= least else None


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
    return Hours(
        first,
        tuple(votes),
        tuple(watched),
        tuple(usual),
        _before(count if seen else 0 for count, seen in zip(votes, watched, strict=True)),
        tuple(accumulate((u if seen else 0.0 for u, seen in zip(usual, watched, strict=True)), initial=0.0)),
        _before(int(seen) for seen in watched),
    )


def _before(counts: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(counts, initial=0))


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

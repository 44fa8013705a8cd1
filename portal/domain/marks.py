"""What stands out in the curve of a count, said without a cause.

A mark describes a stretch against the hours before and after it, each beside what its hour of the day usually brings.
It says nothing about why: a report in the news, a mailing, a machine and a correction can look the same.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import median

from portal.domain.counts import Series, hour_of_day
from portal.domain.hours import Hours, hours_of
from portal.domain.watching import HOUR

STEP_RATE = 5
"""A step brings, within an hour, at least this many times what the hours around let expect."""

STEP_SHARE = 0.03
"""And at least this part of the threshold, so that the first votes of a quiet petition are no steps."""

STEP_HOURS = 3
"""Within an hour by the clock of whoever signed; looks that lie anywhere may see parts of it in so many hours."""

AROUND, LEAST_AROUND = 12, 4
"""Hours before and after a step that it is held against, and how many of them must have been watched on each side.

Against the busier side: what stays busy afterwards is growth that set in, not a step. A step is told some hours
after it happened, and none in the first hours of a series.
"""

PLATEAU_HOURS, PLATEAU_PART, PLATEAU_LEAST = 12, 0.05, 100
"""A plateau lasts at least so many watched hours in which at most this part came of at least so many expected votes."""

PLATEAU_SOONEST = 48
"""Within so many hours that much must have been expected: later, the day before says too little of them."""

DAY_HOURS = 24
"""The hours before that a plateau is held against: the middle rate of a whole day, which no single hour can raise."""

NIGHT = range(1, 5)
"""The quiet hours, 01:00 to 05:00 in Kazakhstan."""

NIGHT_NEIGHBOURS = 10
"""Hours before and after a night that it is held against."""

NIGHT_LEAST, NIGHT_RATE, NIGHT_SHARE = 7, 4, 0.01
"""How many other nights must be known, and how many times the usual and which part of the threshold a night brings."""

NIGHT_SPREADS = 6
"""How many usual spreads (of chance, and of this petition's nights) it lies above what was expected."""


class MarkKind(StrEnum):
    """What a stretch of the curve looks like; why it does is not known from the curve."""

    STEP = "step"
    PLATEAU = "plateau"
    FALL = "fall"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a series that stands out.

    ``votes`` came in it (less than zero in a fall), ``rate`` is votes per hour in it, ``usual`` the rate that the
    petition's own hours around it let expect, ``share`` the votes as a part of the threshold (0.03 is 3 %).
    """

    kind: MarkKind
    since: int
    until: int
    votes: int
    rate: float
    usual: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What marks told of simulated petitions: of honest growth, where each is a false alarm, and with a step in it.

    ``seeds`` is the first seed of each shape. ``beside_steps`` are marks other than the planted step.
    """

    on: date
    seeds: int
    shapes: tuple[str, ...]
    series: int
    told: Mapping[MarkKind, int]
    with_step: int
    steps_found: int
    beside_steps: int

    @property
    def false_alarms(self) -> int:
        """How many marks were told of honest growth."""
        return sum(self.told.values())


MEASURED = Measured(
    on=date(2026, 11, 22),
    seeds=3_000_000,
    shapes=("exponential", "bursts", "s_shaped", "linear"),
    series=600,
    told={MarkKind.STEP: 2, MarkKind.PLATEAU: 0, MarkKind.FALL: 0, MarkKind.NIGHT: 0},
    with_step=600,
    steps_found=596,
    beside_steps=2,
)
"""What ``python -m tests.bench.series marks`` printed; it fails where these numbers are others than it finds.

Pages print them. Whoever changes a measure above measures again. Tests hold the numbers against other seeds.
"""


def marks(series: Series, threshold: int | None) -> tuple[Mark, ...]:
    """Return what stands out, in order of time; steps and nights are told only where the threshold is known."""
    found = list(_falls(series, threshold))
    hours = hours_of(series)
    if hours is not None:
        steps = _steps(hours, threshold) if threshold else []
        rest = _without_steps(hours, steps)
        found += steps
        found += _plateaus(rest, threshold)
        if threshold:
            found += _nights(rest, threshold)
    return tuple(sorted(found, key=lambda mark: (mark.since, mark.kind)))


def _mark(kind: MarkKind, since: int, until: int, votes: int, usual: float | None, threshold: int | None) -> Mark:
    rate = votes * HOUR / max(until - since, 1)
    return Mark(kind, since, until, votes, rate, usual, votes / threshold if threshold else None)


def _falls(series: Series, threshold: int | None) -> Iterator[Mark]:
    """Yield each decrease, from the last instant at which the larger count is known."""
    for one, two in pairwise(series.points):
        if two.votes < one.votes:
            before = series.span_at(two.at - 1)
            seen = max((span.until for span in series.spans if span.until < two.at), default=one.at)
            since = max(one.at, two.at - HOUR) if before is not None else max(one.at, seen)
            yield _mark(MarkKind.FALL, since, two.at, two.votes - one.votes, None, threshold)


def _steps(hours: Hours, threshold: int) -> list[Mark]:
    """Return hours, or a few that a step lies across, that bring far more than the hours before and after."""
    found: list[tuple[int, int, float]] = []
    for place in range(len(hours)):
        if hours.votes_in(place, place + 2) < STEP_SHARE * threshold or (found and place < found[-1][1]):
            continue
        length, usual = _step_at(hours, place, threshold)
        if usual is None:
            continue
        if found and place == found[-1][1] and place + length - found[-1][0] <= STEP_HOURS:
            since, until, other = found.pop()
            found.append((since, place + length, (other * (until - since) + usual * length) / (place + length - since)))
        else:
            found.append((place, place + length, usual))
    return [
        _mark(MarkKind.STEP, hours.at(since), hours.at(until), hours.votes_in(since, until), usual, threshold)
        for since, until, usual in found
    ]


def _step_at(hours: Hours, place: int, threshold: int) -> tuple[int, float | None]:
    """Return how many hours long the step is that begins here, and what is usual; None of the usual where none does.

    Two hours are one step where both are one by themselves, or neither is and both together are.
    """
    usual = _usual_beside_step(hours, place, 1, threshold)
    following = _usual_beside_step(hours, place + 1, 1, threshold)
    if (usual is None) is (following is None):
        across = _usual_beside_step(hours, place, 2, threshold)
        if across is not None:
            return 2, across
    return 1, usual


def _usual_beside_step(hours: Hours, place: int, length: int, threshold: int) -> float | None:
    """Return what an hour usually brings here if so many hours are a step; None where they are not.

    Of a step across two hours, one hour's usual votes are no part of it.
    """
    until = place + length
    votes = hours.votes_in(place, until)
    if votes < STEP_SHARE * threshold or hours.watched_in(place, until) < length:
        return None
    before = hours.middle_rate(place - AROUND, place, LEAST_AROUND)
    after = hours.middle_rate(until, until + AROUND, LEAST_AROUND)
    if before is None or after is None:
        return None
    usual = max(before, after) * hours.usual_in(place, until) / length
    return usual if votes - (length - 1) * usual >= STEP_RATE * usual else None


def _without_steps(hours: Hours, steps: Sequence[Mark]) -> Hours:
    """Return the hours as if no step had been: what is told once is not told again as something else.

    Steps that adjoin are left in: what lasts longer than a step may well be a busy night.
    """
    most = {}
    for step in steps:
        if any(step.until == other.since or other.until == step.since for other in steps):
            continue
        since, until = step.since // HOUR - hours.first, step.until // HOUR - hours.first
        pace = (step.usual or 0.0) * (until - since) / hours.usual_in(since, until)
        for place in _hours_of_step(hours, since, until):
            most[place] = math.ceil(pace * hours.usual[place])
    return hours.levelled(most)


def _hours_of_step(hours: Hours, since: int, until: int) -> range:
    """Return the hours that a step lies in: of one hour, also that beside it in which a small part may lie."""
    if until - since > 1:
        return range(since, until)
    before, after = hours.votes_in(since - 1, since), hours.votes_in(until, until + 1)
    return range(max(since - 1, 0), until) if before > after else range(since, min(until + 1, len(hours)))


def _plateaus(hours: Hours, threshold: int | None) -> Iterator[Mark]:
    """Yield stretches in which nearly nothing came although the day before lets expect much."""
    place = DAY_HOURS
    while place + PLATEAU_HOURS <= len(hours):
        usual = hours.middle_rate(place - DAY_HOURS, place, DAY_HOURS // 2)
        until = place if usual is None else _end_of_plateau(hours, place, usual)
        if usual is not None and place < until:
            expected = usual * hours.usual_in(place, until) / (until - place)
            votes = hours.votes_in(place, until)
            yield _mark(MarkKind.PLATEAU, hours.at(place), hours.at(until), votes, expected, threshold)
        place = max(until, place + 1)


def _end_of_plateau(hours: Hours, place: int, usual: float) -> int:
    """Return up to which place a plateau lasts that begins here; the place itself where none does."""
    until = end = place
    if usual * hours.usual_in(place, place + PLATEAU_SOONEST) < PLATEAU_LEAST:
        return end
    while until < len(hours) and hours.watched[until] and _is_quiet(hours, until, usual):
        until += 1
        length, votes, expected = until - place, hours.votes_in(place, until), usual * hours.usual_in(place, until)
        if length >= PLATEAU_HOURS and expected >= PLATEAU_LEAST and votes <= PLATEAU_PART * expected:
            end = until
        elif end > place or length >= PLATEAU_SOONEST:
            break
    return end


def _is_quiet(hours: Hours, place: int, usual: float) -> bool:
    """Whether one hour may belong to a plateau: a quarter of what it usually brings, or a single vote."""
    return hours.votes[place] <= max(1, usual * hours.usual[place] / 4)


def _nights(hours: Hours, threshold: int) -> Iterator[Mark]:
    """Yield nights that are unusually busy beside the hours around them, as this petition's nights go."""
    nights = list(_known_nights(hours))
    if len(nights) <= NIGHT_LEAST:
        return
    middle = median(votes / around for _, votes, around in nights)
    spread = 1.5 * median(abs(votes / around - middle) for _, votes, around in nights)
    came, beside = sum(votes for _, votes, _ in nights), sum(around for _, _, around in nights)
    for place, votes, around in nights:
        usual = max(middle, (came - votes) / (beside - around))
        expected = usual * around
        chance = math.sqrt(expected + 1 + (max(spread, usual / 2) * around) ** 2)
        is_much = votes >= max(NIGHT_RATE * expected, NIGHT_SHARE * threshold)
        if is_much and votes - expected >= NIGHT_SPREADS * chance:
            until = place + len(NIGHT)
            yield _mark(MarkKind.NIGHT, hours.at(place), hours.at(until), votes, expected / len(NIGHT), threshold)


def _known_nights(hours: Hours) -> Iterator[tuple[int, int, float]]:
    """Yield the place of each watched night, its votes, and those of as many hours at the pace of its busier side."""
    length = len(NIGHT)
    start = (NIGHT.start - hour_of_day(hours.at(0))) % 24
    for place in range(start, len(hours) - length, 24):
        until = place + length
        sides = ((place - NIGHT_NEIGHBOURS, place), (until, until + NIGHT_NEIGHBOURS))
        if hours.watched_in(place, until) < length:
            continue
        if any(hours.watched_in(*side) < NIGHT_NEIGHBOURS for side in sides):
            continue
        paces = [hours.votes_in(*side) / hours.usual_in(*side) for side in sides]
        yield place, hours.votes_in(place, until), length * max(paces) + 1.0

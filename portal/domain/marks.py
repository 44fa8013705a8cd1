"""What stands out in the curve of a count, said without a cause.

A mark describes a stretch against the hours before and after it, each beside what its hour of the day usually brings.
It says nothing about why: a report in the news, a mailing, a machine and a correction can look the same.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
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

AROUND, LEAST_AROUND = 12, 4
"""Hours before and after a step that it is held against, and how many of them must have been watched on each side.

Against the busier side: what stays busy afterwards is growth that set in, not a step. A step is told some hours
after it happened, and none in the first hours of a series.
"""

PLATEAU_HOURS, PLATEAU_PART, PLATEAU_LEAST = 12, 0.05, 100
"""A plateau lasts at least so many watched hours in which at most this part came of at least so many expected votes."""

DAY_HOURS = 24
"""The watched hours before that a plateau is held against: a whole day."""

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


def marks(series: Series, threshold: int | None) -> tuple[Mark, ...]:
    """Return what stands out, in order of time; steps and nights are told only where the threshold is known."""
    found = list(_falls(series, threshold))
    hours = hours_of(series)
    if hours is not None:
        found += _plateaus(hours, threshold)
        if threshold:
            found += _steps(hours, threshold)
            found += _nights(hours, threshold)
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


def _steps(hours: Hours, threshold: int) -> Iterator[Mark]:
    """Yield hours, or two that a step lies across, that bring far more than the hours before and after."""
    end = 0
    for place in range(len(hours)):
        if place < end or hours.votes_in(place, place + 2) < STEP_SHARE * threshold:
            continue
        length = 1
        usual = _usual_beside_step(hours, place, 1, threshold)
        if usual is None and _usual_beside_step(hours, place + 1, 1, threshold) is None:
            length = 2
            usual = _usual_beside_step(hours, place, 2, threshold)
        if usual is not None:
            end = place + length
            yield _mark(MarkKind.STEP, hours.at(place), hours.at(end), hours.votes_in(place, end), usual, threshold)


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


def _plateaus(hours: Hours, threshold: int | None) -> Iterator[Mark]:
    """Yield stretches in which nearly nothing came although the day before lets expect much."""
    place = DAY_HOURS
    while place + PLATEAU_HOURS <= len(hours):
        until = place + PLATEAU_HOURS
        usual = _day_before(hours, place)
        if usual is None or not _is_quiet(hours, place, usual) or not _is_flat(hours, place, until, usual):
            place += 1
            continue
        while until < len(hours) and _is_quiet(hours, until, usual) and _is_flat(hours, place, until + 1, usual):
            until += 1
        expected = usual * hours.usual_in(place, until) / (until - place)
        votes = hours.votes_in(place, until)
        yield _mark(MarkKind.PLATEAU, hours.at(place), hours.at(until), votes, expected, threshold)
        place = until


def _is_quiet(hours: Hours, place: int, usual: float) -> bool:
    """Whether one hour may belong to a plateau: a quarter of what it usually brings, or a single vote."""
    return hours.votes[place] <= max(1, usual * hours.usual[place] / 4)


def _day_before(hours: Hours, place: int) -> float | None:
    """Return the votes of a mean hour in the watched day before."""
    since = place - DAY_HOURS
    if hours.watched_in(since, place) < DAY_HOURS // 2:
        return None
    return hours.votes_in(since, place) / hours.usual_in(since, place)


def _is_flat(hours: Hours, since: int, until: int, usual: float) -> bool:
    expected = usual * hours.usual_in(since, until)
    return (
        hours.watched_in(since, until) == until - since
        and expected >= PLATEAU_LEAST
        and hours.votes_in(since, until) <= PLATEAU_PART * expected
    )


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

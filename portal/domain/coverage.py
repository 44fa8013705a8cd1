"""When the official portal was looked at and when nobody did, over all petitions at once.

Whole seconds or hours since 1970 (UTC). A petition's own gaps are those of its series; here is what all of them share.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from portal.domain.watching import HOUR, LONGEST_SILENCE

MOST_TENTHS = 9
"""An hour is whole where nine in ten of the petitions that were known then were looked at."""


class Sight(StrEnum):
    """How much of what was known was looked at in an hour."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"
    BEFORE = "before"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Looked:
    """From when until when some petitions were looked at without a gap."""

    since: int
    until: int
    petitions: int = 1


@dataclass(frozen=True, slots=True)
class Unseen:
    """A time in which nobody looked at any petition. ``is_open`` where it goes on."""

    since: int
    until: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Hours one after the other that are alike: the place of the first, and how many."""

    sight: Sight
    first: int
    length: int


def lasting(looked: Iterable[Looked], now: int) -> tuple[Looked, ...]:
    """Return the same with what may still go on drawn to now: a silence that is short enough is no gap yet."""
    return tuple(
        Looked(each.since, now, each.petitions) if now - each.until <= LONGEST_SILENCE else each for each in looked
    )


def unseen(looked: Iterable[Looked], since: int, now: int) -> tuple[Unseen, ...]:
    """Return when nobody looked, from a second until now, in order."""
    found, seen_until = [], since
    for each in sorted(looked, key=lambda each: each.since):
        if each.since > seen_until:
            found.append(Unseen(seen_until, each.since))
        seen_until = max(seen_until, each.until)
    if seen_until < now:
        found.append(Unseen(seen_until, now, is_open=True))
    return tuple(found)


def hours(looked: Iterable[Looked], known: Mapping[int, int], first: int, number: int, now: int) -> tuple[Sight, ...]:
    """Return how much was seen in each of so many hours from the first on.

    ``known`` says by how much the number of petitions that can be looked at changed in an hour. An hour in which a time
    of looking begins or ends counts as looked at; the hour of now is the last.
    """
    change = [0] * (number + 1)
    for each in looked:
        begin, end = each.since // HOUR - first, each.until // HOUR - first
        if begin < number and end >= 0:
            change[max(begin, 0)] += each.petitions
            change[min(end + 1, number)] -= each.petitions
    expected = sum(by for hour, by in known.items() if hour < first)
    found, covered = [], 0
    for place in range(number):
        covered += change[place]
        expected += known.get(first + place, 0)
        found.append(Sight.AHEAD if first + place > now // HOUR else _sight(covered, expected))
    return tuple(found)


def _sight(covered: int, expected: int) -> Sight:
    if covered <= 0:
        return Sight.NONE if expected > 0 else Sight.BEFORE
    return Sight.WHOLE if 10 * covered >= MOST_TENTHS * expected else Sight.PART


def runs(sights: Sequence[Sight]) -> Iterator[Run]:
    """Return the hours in runs that are alike."""
    first = 0
    for sight, alike in groupby(sights):
        length = len(list(alike))
        yield Run(sight, first, length)
        first += length

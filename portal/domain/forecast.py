"""When a petition reaches its threshold, as a range, or why nothing is said."""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from portal.domain.counts import Series, hour_of_day, hour_picture
from portal.domain.growth import Stretch, stretches, waits
from portal.domain.watching import DAY, HOUR, is_gap

LEAST_DAYS = 4
"""Fewer days than this say nothing about how growth changes."""

RECENT_DAYS, LEAST_VOTES = 7, 30
"""Fewer votes than this in the last days say nothing about their rate."""

LONGEST_BLIND = 2.5
"""The last stretch between two known counts may be this many days long."""

FALLEN = 0.1
"""Where more than this part of the recent votes was taken back, the curve is no longer one of growth."""

LONGEST = 365.0
"""How many days are looked ahead where it is not known when collection ends."""

RHYTHM = 14 * DAY
"""From how far back the rhythm of day and night is taken."""


class SilenceCode(StrEnum):
    """Why nothing is said about when the threshold is reached."""

    TOO_SHORT = "too_short"
    TOO_FEW = "too_few"
    GAP = "gap"
    REACHED = "reached"
    ENDED = "ended"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The threshold is reached between two instants, with the share of probability that the model gives the range.

    ``median`` is the middle of the ways on. ``made_at`` is the instant that it was asked at.
    """

    earliest: int
    latest: int
    median: int | None
    made_at: int
    share: float = 0.8


@dataclass(frozen=True, slots=True)
class NotExpected:
    """In at least nine of ten ways on the threshold is not reached before the collection ends."""

    made_at: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is said, and why."""

    why: SilenceCode


def forecast(series: Series, threshold: int, at: int, ends_at: int | None) -> Forecast | NotExpected | Silence:
    """Return when the threshold is reached, asked at an instant with what was known then.

    A range is said only where it ends before the collection does: where some ways on cross and some do not, it is
    unclear, and unclear is what is said. The same question has the same answer.
    """
    known = series if series.until is None or series.until <= at else series.part(series.spans[0].since, at)
    silence = _silence(known, threshold, at, ends_at)
    if silence is not None:
        return Silence(silence)
    now, last = known.until or at, known.last
    days = stretches(known, now)
    silence = _silence_of_days(known, days, now)
    if silence is not None or last is None:
        return Silence(silence or SilenceCode.TOO_SHORT)
    longest = LONGEST if ends_at is None else (ends_at - now) / DAY
    ways = waits(days, threshold - last.votes, longest)
    tenth = len(ways) // 10
    earliest, median, latest = ways[tenth], ways[len(ways) // 2], ways[-tenth - 1]
    if earliest == math.inf and ends_at is not None:
        return NotExpected(at)
    if latest == math.inf:
        return Silence(SilenceCode.UNCLEAR)
    rhythm = _rhythm(known, now)
    soonest, middle, longest_wait = (max(now + _clock(rhythm, now, wait), at) for wait in (earliest, median, latest))
    return Forecast(soonest, longest_wait, middle, at)


def _silence(series: Series, threshold: int, at: int, ends_at: int | None) -> SilenceCode | None:
    """Return why nothing is said, as far as that shows before the days are looked at."""
    if series.last is None or series.until is None:
        return SilenceCode.TOO_SHORT
    if series.last.votes >= threshold:
        return SilenceCode.REACHED
    if ends_at is not None and at >= ends_at:
        return SilenceCode.ENDED
    return SilenceCode.GAP if is_gap(series.until, at) else None


def _silence_of_days(series: Series, days: tuple[Stretch, ...], now: int) -> SilenceCode | None:
    """Return why the days that are known say nothing."""
    if len(days) < LEAST_DAYS:
        return SilenceCode.TOO_SHORT
    if days[-1].length > LONGEST_BLIND:
        return SilenceCode.GAP
    if sum(each.votes for each in days[-RECENT_DAYS:]) < LEAST_VOTES:
        return SilenceCode.TOO_FEW
    recent = series.part(now - RECENT_DAYS * DAY, now).points
    changes = [two.votes - one.votes for one, two in pairwise(recent)]
    fallen = -sum(change for change in changes if change < 0)
    if fallen > FALLEN * sum(change for change in changes if change > 0):
        return SilenceCode.UNCLEAR
    return None


def _rhythm(series: Series, now: int) -> list[float]:
    """Return how much of a usual day falls into each of its hours in Kazakhstan, together 1."""
    picture = hour_picture(series.part(now - RHYTHM, now))
    every = sum(share.votes for share in picture) / max(sum(share.watched_hours for share in picture), 1)
    rates = [(share.votes + every) / (share.watched_hours + 1) for share in picture]
    whole = sum(rates)
    return [rate / whole for rate in rates] if whole else [1 / 24] * 24


def _clock(rhythm: list[float], now: int, days: float) -> int:
    """Return how many seconds pass on the clock while so many usual days' votes come, nights being quiet."""
    whole, left = divmod(days, 1)
    passed = 0.0
    while passed < DAY:
        at = now + int(passed)
        length = HOUR - at % HOUR
        part = rhythm[hour_of_day(at)] * length / HOUR
        if part >= left:
            passed += length * left / part if part else 0
            break
        left -= part
        passed += length
    return int(whole * DAY + min(passed, DAY))

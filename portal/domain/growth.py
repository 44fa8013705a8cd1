"""How the growth of a petition may go on: decaying curves fitted to its days, and many ways on from there.

Two curves are fitted to the logarithm of the votes a day: a decay by a power of the age and an exponential decay; the
better a curve suits the days, the more often it is followed. Recent days count more than old ones. From today on the
rate wanders off the curve, the further the longer the time ahead is beside the age that the petition has: what is
young may change soon, what is old changes slowly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from portal.domain.counts import Series
from portal.domain.watching import DAY, HOUR

MEMORY = 0.25
"""After this part of the age a day counts half."""

USUAL_SLOPE, SLOPE_SPREAD = -0.3, 0.8
"""What is supposed of the slope before any day is seen: attention fades; it may also grow."""

LEAST_NOISE = 0.02
"""Variance of a day about the curve, as a logarithm, that is supposed even where the days lie closer."""

WANDER, WANDER_OF_RISE = 0.38, 0.6
"""How far the rate wanders while the age grows e-fold; what still rises is the least certain of all."""

RISE_FADES = 0.15
"""A rise goes on for no more than about this part of the age (or e-fold of it); nothing spreads for ever."""

RECENT = 3 * DAY + 5 * HOUR
"""The last days, whose distance from the curve half remains."""

PATHS, STEPS, SEED = 300, 36, 90
"""How many ways on, in how many steps each; the same seed always, so that the same question has the same answer."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Votes that came between two known counts: its middle and its length, in days since the first count."""

    middle: float
    length: float
    votes: int

    @property
    def log_rate(self) -> float:
        """The logarithm of the votes a day; half a vote is added, so that a day without any has one."""
        return math.log((self.votes + 0.5) / self.length)


@dataclass(frozen=True, slots=True)
class Curve:
    """log rate = level + slope * z, where z is 0 now; with the variances of both and the noise of a day."""

    is_power: bool
    level: float
    slope: float
    level_variance: float
    slope_variance: float
    covariance: float
    noise: float
    misfit: float

    def at(self, z: float) -> float:
        """Return the logarithm of the rate."""
        return self.level + self.slope * z


def stretches(series: Series, until: int) -> tuple[Stretch, ...]:
    """Return the days back from ``until`` to the first count; a gap makes the days that it touches into one."""
    if series.first is None:
        return ()
    begins = series.first.at
    edges = list(range(until, begins, -DAY))[::-1]
    if edges and edges[0] - begins < DAY // 4:
        edges[0] = begins
    else:
        edges.insert(0, begins)
    known = [(edge, votes) for edge in edges if (votes := series.votes_at(edge)) is not None]
    return tuple(
        Stretch(((one + two) / 2 - begins) / DAY, (two - one) / DAY, max(after - before, 0))
        for (one, before), (two, after) in pairwise(known)
    )


def progress(*, is_power: bool, age: float, day: float) -> float:
    """Return the clock of a curve: 0 now; of a power the logarithm of the age, of an exponential its part."""
    return math.log((day + 0.5) / (age + 0.5)) if is_power else (day - age) / age


def fitted(days: Sequence[Stretch], age: float, *, is_power: bool) -> Curve:
    """Return the curve that suits the days best: weighted least squares, with what is supposed of the slope."""
    z = [progress(is_power=is_power, age=age, day=each.middle) for each in days]
    y = [each.log_rate for each in days]
    recency = [2 ** ((each.middle - age) / (MEMORY * age)) for each in days]
    counted = [1 / (each.votes + 1) for each in days]
    whole, supposed = sum(recency), 1 / SLOPE_SPREAD**2
    curve = Curve(is_power, 0.0, 0.0, 1.0, 1.0, 0.0, 0.05, 0.0)
    for _ in range(3):  # What a day weighs depends on the noise, and the noise on the curve: three rounds settle it.
        weights = [
            new / (curve.noise / min(each.length, 3) + poisson)
            for new, each, poisson in zip(recency, days, counted, strict=True)
        ]
        w, wz = sum(weights), sum(a * b for a, b in zip(weights, z, strict=True))
        wzz = supposed + sum(a * b * b for a, b in zip(weights, z, strict=True))
        wy = sum(a * b for a, b in zip(weights, y, strict=True))
        wzy = supposed * USUAL_SLOPE + sum(a * b * c for a, b, c in zip(weights, z, y, strict=True))
        det = w * wzz - wz * wz
        level, slope = (wzz * wy - wz * wzy) / det, (w * wzy - wz * wy) / det
        squares = sum(r * (b - level - slope * a) ** 2 for r, a, b in zip(recency, z, y, strict=True))
        variance = squares / max(whole * (1 - 2 / max(len(days), 3)), 0.5)
        noise = max(variance - sum(a * b for a, b in zip(recency, counted, strict=True)) / whole, LEAST_NOISE)
        misfit = whole * math.log(variance + 1e-3)
        curve = Curve(is_power, level, slope, wzz / det, w / det, -wz / det, noise, misfit)
    return curve


def waits(days: Sequence[Stretch], needed: int, longest: float) -> list[float]:
    """Return after how many days each of many ways on has the votes that are needed, the soonest first.

    Infinite where it has not within the ``longest`` days.
    """
    rng = Random(SEED)  # noqa: S311 - no secret: the same every time on purpose.
    age = days[-1].middle + days[-1].length / 2
    step = math.log1p(longest / age) / STEPS
    edges = [age * math.exp(step * place) for place in range(STEPS + 1)]
    curves = [fitted(days, age, is_power=is_power) for is_power in (True, False)]
    ahead = [
        [progress(is_power=curve.is_power, age=age, day=(one + two) / 2) for one, two in pairwise(edges)]
        for curve in curves
    ]
    off = [_recently_off(days, age, curve) for curve in curves]
    best = min(curve.misfit for curve in curves)
    weights = [math.exp((best - curve.misfit) / 2) for curve in curves]
    found = []
    for _ in range(PATHS):
        place = rng.choices((0, 1), weights)[0]
        found.append(_wait(rng, curves[place], ahead[place], edges, off[place], needed, math.sqrt(step)))
    return sorted(found)


def _recently_off(days: Sequence[Stretch], age: float, curve: Curve) -> float:
    """Return by how much the last days lie above the curve, as a logarithm."""
    recent = [each for each in days if each.middle > age - RECENT / DAY] or days[-1:]
    clock = [progress(is_power=curve.is_power, age=age, day=each.middle) for each in recent]
    return sum(each.log_rate - curve.at(z) for each, z in zip(recent, clock, strict=True)) / len(recent)


def _wait(
    rng: Random, curve: Curve, ahead: Sequence[float], edges: Sequence[float], off: float, needed: int, root: float
) -> float:
    """Return after how many days one way on has the votes."""
    gauss = rng.gauss
    one, two = gauss(0, 1), gauss(0, 1)
    tied = curve.covariance / math.sqrt(curve.level_variance * curve.slope_variance)
    level = curve.level + off / 2 + math.sqrt(curve.level_variance) * one + gauss(0, math.sqrt(curve.noise) / 2)
    slope = curve.slope + math.sqrt(curve.slope_variance) * (tied * one + math.sqrt(max(1 - tied * tied, 0)) * two)
    spread = root * (WANDER + WANDER_OF_RISE * min(max(curve.slope, 0), 2))
    left = float(needed)
    for place, z in enumerate(ahead):
        level += gauss(0, spread)
        reach = RISE_FADES * (1 - math.exp(-z / RISE_FADES)) if slope > 0 else z
        length = edges[place + 1] - edges[place]
        more = math.exp(max(min(level + slope * reach, 30.0), -30.0)) * length
        if more >= left:
            return edges[place] - edges[0] + length * left / more
        left -= more
    return math.inf

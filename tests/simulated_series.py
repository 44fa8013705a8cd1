"""Series of petitions as they might grow, made from a seed: four shapes, day and night, week, bursts of noise, gaps.

None is the record of a real petition. Every parameter is drawn at random, so that what is measured on them holds for
a family of curves and not for one. Whoever tunes the arithmetic draws from ``DEVELOPED_ON``; tests and the benchmark
draw from other seeds.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from portal.domain.counts import KAZAKHSTAN, Point, Series, Span
from portal.domain.watching import DAY, HOUR

DEVELOPED_ON = 1_000_000
TESTED_ON = 2_000_000
BENCHED_ON = 3_000_000

SHAPES = ("exponential", "bursts", "s_shaped", "linear")

COLLECTION = 182 * DAY
THRESHOLDS = (2_500, 5_000, 10_000, 50_000)
OPENED = 1_735_689_600

Rate = Callable[[float], float]


@dataclass(frozen=True)
class Simulated:
    """What was seen of a petition, and what is true of it: when it opened and crossed, if it did."""

    shape: str
    series: Series
    threshold: int
    opened: int
    ends_at: int
    reached_at: int | None

    def known_at(self, at: int) -> Series:
        """What was known at the instant."""
        return self.series.part(self.opened, at)


def grown(shape: str, seed: int, *, crosses: bool = True, gaps: bool = True) -> Simulated:
    """Return a petition of a shape that crosses its threshold before collection ends, or one that does not."""
    rng = Random(f"{shape}:{seed}:{crosses}")
    while True:
        made = _grown(shape, rng, crosses, gaps)
        if made is not None:
            return made


def _grown(shape: str, rng: Random, crosses: bool, gaps: bool) -> Simulated | None:
    threshold = rng.choice(THRESHOLDS)
    opened = OPENED + rng.randrange(500 * DAY)
    days = math.exp(rng.uniform(math.log(6 if crosses else 20), math.log(160)))
    goal = threshold if crosses else threshold * rng.uniform(0.15, 0.9)
    rate = SHAPED[shape](rng, days)
    hours, per_hour = COLLECTION // HOUR, []
    for hour in range(hours):
        per_hour.append(rate((hour + 0.5) / 24))
        if crosses and hour > 1.6 * days * 24:
            break
    scale = goal / sum(per_hour[: max(int(days * 24), 24)])
    rhythm, noise = _rhythm(rng), _noise(rng)
    counts, votes = [], 0
    for hour, each in enumerate(per_hour):
        votes += drawn(rng, each * scale * rhythm(opened + hour * HOUR) * next(noise))
        counts.append(votes)
        if votes >= threshold:
            break
    reached = opened + len(counts) * HOUR if votes >= threshold else None
    if (reached is None) is crosses or (reached is not None and reached - opened < 4 * DAY):
        return None
    return Simulated(shape, seen(rng, counts, opened, gaps), threshold, opened, opened + COLLECTION, reached)


def seen(rng: Random, counts: list[int], opened: int, gaps: bool) -> Series:
    """Return what hourly looks see of the counts at the end of each hour; some looks are missing."""
    end = opened + len(counts) * HOUR
    missed = []
    for _ in range(rng.choice((0, 0, 1, 2, 4)) if gaps else 0):
        since = opened + rng.randrange(1, max(len(counts), 2)) * HOUR
        missed.append((since, since + rng.randrange(4, 40) * HOUR))
    points, spans, last, since = [Point(opened, 0)], [], 0, opened
    blind = False
    for place, votes in enumerate(counts):
        at = opened + (place + 1) * HOUR
        if any(start < at < until for start, until in missed):
            if not blind:
                spans.append(Span(since, at - HOUR))
            blind = True
            continue
        if blind:
            since, blind = at, False
        if votes != last:
            points.append(Point(at, votes))
            last = votes
    if not blind:
        spans.append(Span(since, end))
    return Series(tuple(points), tuple(spans))


def with_step(made: Simulated, seed: int, *, most: float = 3) -> tuple[Series, int] | None:
    """Return the series with a step in it and when that began; None where no stretch is watched long enough.

    On top of what came: 1 to ``most`` times the larger of 5 times the votes of an hour around and 3 % of the
    threshold, at an even pace through 5 to 60 minutes, anywhere between two looks.
    """
    rng = Random(f"step:{seed}")
    begins = _watched_instant(rng, made.series, before=DAY, after=10 * HOUR)
    if begins is None:
        return None
    around = _votes(made.series, begins - 3 * HOUR, begins + 4 * HOUR) / 7
    size = max(5 * around, 0.03 * made.threshold) * rng.uniform(1, most)
    length = rng.randrange(5 * 60, HOUR)
    return _added(made.series, int(size), begins, begins + length), begins


def with_busy_night(made: Simulated, seed: int) -> tuple[Series, int] | None:
    """Return the series with a busy night, 01:00 to 05:00, and when it began: five times the pace of the day around."""
    rng = Random(f"night:{seed}")
    near = _watched_instant(rng, made.series, before=9 * DAY, after=40 * HOUR)
    if near is None:
        return None
    begins = (near + KAZAKHSTAN) // DAY * DAY + DAY - KAZAKHSTAN + HOUR
    around = _votes(made.series, begins - 10 * HOUR, begins + 14 * HOUR) / 24
    size = max(4 * 5 * around, 0.02 * made.threshold) * rng.uniform(1, 2)
    return _added(made.series, int(size), begins, begins + 4 * HOUR), begins


def with_plateau(made: Simulated, seed: int) -> tuple[Series, int] | None:
    """Return the series with 14 to 40 hours in which nothing came although much would have; and when they began."""
    rng = Random(f"plateau:{seed}")
    length = rng.randrange(14, 40) * HOUR
    begins = _watched_instant(rng, made.series, before=DAY, after=length + 2 * HOUR)
    if begins is None or _votes(made.series, begins, begins + length) < 200:
        return None
    begins, lost = begins // HOUR * HOUR, 0
    stands = made.series.votes_at(begins) or 0
    points = []
    for point in made.series.points:
        if begins < point.at <= begins + length:
            lost = point.votes - stands
        else:
            points.append(Point(point.at, point.votes - lost))
    return Series(tuple(points), made.series.spans), begins


def _watched_instant(rng: Random, series: Series, *, before: int, after: int) -> int | None:
    """Return an instant with so much of the series before it, watched from 12 hours before to so long after."""
    since, until = series.points[0].at + before, series.spans[-1].until - after
    for _ in range(50 if until > since else 0):
        at = rng.randrange(since, until)
        if series.is_watched(at - DAY // 2, at + after):
            return at
    return None


def _votes(series: Series, since: int, until: int) -> int:
    return (series.votes_at(until) or 0) - (series.votes_at(since) or 0)


def _added(series: Series, size: int, since: int, until: int) -> Series:
    """Return what looks on the hour see when so many votes come at an even pace on top of the others."""
    looks = range(since // HOUR * HOUR + HOUR, -(-until // HOUR) * HOUR + 1, HOUR)
    instants = sorted({point.at for point in series.points} | set(looks))
    points = []
    for at in instants:
        part = min(max((at - since) / (until - since), 0), 1)
        votes = next(point for point in reversed(series.part(at, at).points)).votes if at in looks else None
        points.append((at, votes, round(size * part)))
    known = {point.at: point.votes for point in series.points}
    return Series(
        tuple(Point(at, (known[at] if votes is None else votes) + more) for at, votes, more in points), series.spans
    )


def drawn(rng: Random, mean: float) -> int:
    """Return a Poisson number; by the normal curve where the mean is large."""
    if mean > 30:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _rhythm(rng: Random) -> Callable[[int], float]:
    """Return how busy an instant is: quiet nights, an evening peak, a weekend of its own."""
    depth, peak, weekend = rng.uniform(0.5, 0.95), rng.uniform(13, 21), rng.uniform(0.6, 1.2)
    day = [1 - depth * (1 - math.cos((hour - peak) * math.tau / 24)) / 2 for hour in range(24)]
    for hour in range(1, 7):
        day[hour] *= rng.uniform(0.3, 0.8)
    mean = sum(day) / 24
    day = [each / mean for each in day]

    def at(instant: int) -> float:
        local = instant + KAZAKHSTAN
        return day[local % DAY // HOUR] * (weekend if (local // DAY + 3) % 7 >= 5 else 1.0)

    return at


def _noise(rng: Random) -> Iterator[float]:
    """Yield a factor an hour: days that are busier or quieter than expected, and hours within them."""
    spread, memory, hourly = rng.uniform(0.08, 0.3), rng.uniform(0.4, 0.85), rng.uniform(0.1, 0.4)
    level = rng.gauss(0, spread)
    shape = 1 / hourly**2
    while True:
        for _ in range(24):
            yield math.exp(level) * rng.gammavariate(shape, 1 / shape)
        level = memory * level + math.sqrt(1 - memory**2) * rng.gauss(0, spread)


def _exponential(rng: Random, days: float) -> Rate:
    length = days / rng.uniform(0.4, 2.5)
    return lambda day: math.exp(-day / length)


def _bursts(rng: Random, days: float) -> Rate:
    """Return a decay by a power of time, with the bursts of attention that decay faster."""
    power, start = rng.uniform(0.5, 1.3), rng.uniform(0.3, 2)
    base = 1 / sum((1 + day / start) ** -power for day in range(max(int(days), 1)))
    share = rng.uniform(0.1, 0.6)
    found = [(rng.uniform(0, 1.2 * days), rng.expovariate(1), rng.uniform(0.5, 2)) for _ in range(rng.randrange(1, 6))]
    whole = sum(size for _, size, _ in found)
    bursts = [(at, share * size / whole / (2 * width), width) for at, size, width in found]

    def rate(day: float) -> float:
        return (1 - share) * base * (1 + day / start) ** -power + sum(
            height * (1 + (day - at) / width) ** -1.5 for at, height, width in bursts if day >= at
        )

    return rate


def _s_shaped(rng: Random, days: float) -> Rate:
    middle, width = days * rng.uniform(0.4, 0.9), days * rng.uniform(0.07, 0.22)
    return lambda day: 1 / math.cosh((day - middle) / (2 * width)) ** 2


def _linear(rng: Random, days: float) -> Rate:
    drift = rng.uniform(-0.25, 0.25)
    return lambda day: max(1 + drift * (day / days - 0.5), 0.05)


SHAPED: dict[str, Callable[[Random, float], Rate]] = {
    "exponential": _exponential,
    "bursts": _bursts,
    "s_shaped": _s_shaped,
    "linear": _linear,
}

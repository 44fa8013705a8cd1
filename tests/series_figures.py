"""How well the arithmetic of series does on simulated petitions; tests hold the figures, the benchmark prints them."""

import math
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from random import Random
from statistics import median

from portal.domain.counts import Point, Series, Span, by_day, hour_picture, thinned
from portal.domain.forecast import Forecast, NotExpected, forecast
from portal.domain.marks import MarkKind, marks
from portal.domain.watching import DAY, HOUR
from tests.simulated_series import OPENED, SHAPES, Simulated, grown, with_busy_night, with_plateau, with_step

PLANTED = {
    "step": (MarkKind.STEP, with_step),
    "large step": (MarkKind.STEP, partial(with_step, most=30)),
    "night": (MarkKind.NIGHT, with_busy_night),
    "plateau": (MarkKind.PLATEAU, with_plateau),
}
STEPS = ("step", "large step")


@dataclass
class Calibration:
    """What the forecast answered, by shape: the true instant held, earlier or later than the range, silent and why."""

    answers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    widths: list[float] = field(default_factory=list)

    @property
    def pooled(self) -> Counter[str]:
        """All shapes together."""
        return sum(self.answers.values(), Counter())

    @property
    def held(self) -> float:
        """Which part of the ranges held the true instant."""
        return share_held(self.pooled)

    @property
    def silent(self) -> float:
        """Which part of the questions had no answer."""
        whole = self.pooled
        return sum(count for name, count in whole.items() if name.startswith("silent")) / whole.total()

    @property
    def width(self) -> float:
        """How wide a range is beside the wait that it is about; the median."""
        return median(self.widths)


def share_held(answers: Counter[str]) -> float:
    """Which part of the ranges held the true instant."""
    said = answers["held"] + answers["range too early"] + answers["range too late"]
    return answers["held"] / said if said else 0.0


def calibration(first: int, each: int, *, crosses: bool = True) -> Calibration:
    """Ask about so many petitions of each shape once, at a random instant from 20 to 80 % of the way.

    The way is from the opening to the instant of the threshold; of petitions that never reach it, to the end.
    """
    found = Calibration()
    for shape in SHAPES:
        for seed in range(first, first + each):
            made = grown(shape, seed, crosses=crosses)
            end = made.reached_at or made.ends_at
            at = made.opened + int((end - made.opened) * Random(f"asked:{shape}:{seed}").uniform(0.2, 0.8))
            answer = forecast(made.known_at(at), made.threshold, at, made.ends_at)
            found.answers[shape][_name(answer, made.reached_at)] += 1
            if isinstance(answer, Forecast) and made.reached_at:
                found.widths.append((answer.latest - answer.earliest) / (made.reached_at - at))
    return found


def _name(answer, reached_at):
    if isinstance(answer, NotExpected):
        return "not expected"
    if not isinstance(answer, Forecast):
        return f"silent: {answer.why}"
    if reached_at is None or answer.latest < reached_at:
        return "range too early"
    return "range too late" if reached_at < answer.earliest else "held"


@dataclass
class Tried:
    """What the marks told of simulated petitions: of honest ones, and of the same with something planted in each.

    ``told`` are the marks of the honest ``series``, each a false alarm. By what was planted: how often it was, how
    often it was ``found`` where it lies, and which marks were told ``beside`` it.
    """

    series: int = 0
    told: Counter[MarkKind] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    beside: dict[str, Counter[MarkKind]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def with_step(self) -> tuple[int, int, int]:
        """Of the series with a step, small or large: how many, in how many it was found, marks told beside it."""
        return (
            sum(self.planted[name] for name in STEPS),
            sum(self.found[name] for name in STEPS),
            sum(self.beside[name].total() for name in STEPS),
        )


def tried(first: int, each: int) -> Tried:
    """Try the marks on so many petitions of each shape that cross, and on half as many that do not.

    Each is looked at as it grew, then with a step, in turns small and large, and then with a busy night or a plateau.
    """
    figures = Tried()
    for shape in SHAPES:
        for crosses, number in ((True, each), (False, each // 2)):
            for seed in range(first, first + number):
                made = grown(shape, seed, crosses=crosses)
                figures.series += 1
                figures.told.update(mark.kind for mark in marks(made.series, made.threshold))
                for name in (STEPS[seed % 2], ("night", "plateau")[seed % 2]):
                    _try_planted(figures, name, made, seed)
    return figures


def _try_planted(figures: Tried, name: str, made: Simulated, seed: int) -> None:
    kind, plant = PLANTED[name]
    planted = plant(made, seed)
    if planted is None:
        return
    series, at = planted
    told = marks(series, made.threshold)
    found = next(
        (each for each in told if each.kind is kind and each.since <= at + 2 * HOUR and at - HOUR <= each.until), None
    )
    figures.planted[name] += 1
    figures.found[name] += found is not None
    figures.beside[name].update(each.kind for each in told if each is not found)


def chance_of_as_many(times: int, series: int, measured: int, measured_series: int) -> float:
    """Return how likely something comes so many times or more in so many series, if it is as rare as was measured.

    That of a Poisson number. It is supposed to have come once more than was measured: none in 600 is not never.
    """
    mean = series * (measured + 1) / measured_series
    return 1 - sum(math.exp(-mean) * mean**number / math.factorial(number) for number in range(times))


def long_series(points: int) -> Series:
    """Return a series of so many points in 150 days, with one gap."""
    rng, at, votes, made = Random(points), OPENED, 0, []
    every = 150 * DAY // points
    for _ in range(points):
        made.append(Point(at, votes))
        at += every + rng.randrange(-every // 3, every // 3)
        votes += rng.randrange(1, 4)
    middle = made[points // 2].at
    return Series(tuple(made), (Span(OPENED, middle), Span(middle + 5 * HOUR, at)))


def times(series: Series) -> dict[str, float]:
    """Return the processor's milliseconds of each piece of arithmetic on a series."""
    until, votes = series.until, series.last.votes
    pieces = {
        "by day": lambda: by_day(series),
        "hour picture": lambda: hour_picture(series),
        "thinned to 600": lambda: thinned(series, 600),
        "marks": lambda: marks(series, votes),
        "forecast": lambda: forecast(series, votes + 5_000, until, until + 30 * DAY),
    }
    spent = {}
    for name, piece in pieces.items():
        start = time.process_time_ns()
        piece()
        spent[name] = (time.process_time_ns() - start) / 1e6
    return spent

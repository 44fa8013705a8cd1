"""Bars: how many signatures came in each of some equal lengths of time. Geometry only, like the chart's."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.web.public.chart import LEVELS, WIDTH, Level, round_step

HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One length of time: its place in thousandths, its height in pixels; None where nobody watched it through."""

    x: float
    width: float
    y: float
    height: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    """All of them, on one scale."""

    bars: tuple[Bar, ...]
    levels: tuple[Level, ...]
    height: int = HEIGHT


def bars_of(values: Sequence[float | None]) -> Bars:
    """Return bars for values; one below zero hangs from the base line, which is drawn high enough for it."""
    known = [value for value in values if value is not None]
    highest, lowest = max([*known, 0.0]), min([*known, 0.0])
    scale = HEIGHT / max((highest - lowest) * 1.15, 1e-9) if highest > lowest else 0.0
    base = HEIGHT + lowest * scale
    step = WIDTH / max(len(values), 1)
    free = step * 0.18
    bars = tuple(
        Bar(
            round(place * step + free / 2, 1),
            round(step - free, 1),
            round(base - max(value or 0.0, 0.0) * scale, 1),
            None if value is None else round(abs(value) * scale, 1),
        )
        for place, value in enumerate(values)
    )
    apart = round_step((highest - lowest) / (LEVELS - 1)) if highest - lowest >= 1 else 1
    levels = [Level(round(base - votes * scale, 1), votes) for votes in range(0, int(highest) + 1, apart)]
    return Bars(bars, tuple(levels))

"""A count through time, drawn. Geometry only; words and colours are the template's.

Lengths along time are thousandths of the drawing, so that it fits any width; heights are pixels, and letters keep their
size. What nobody watched is a band of its own, and no line crosses it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.domain.counts import Point, Series, Span
from portal.domain.watching import DAY, HOUR

WIDTH = 1000
HEIGHT = 260
"""Pixels of the plot, without the figures around it."""

SMALL_HEIGHT = 56
ROOM = 1.12
"""The highest count and the threshold stay below the upper edge by this much."""

IN_SIGHT = 4
"""A threshold that is more than so many times the highest count would press the curve flat: it is said, not drawn."""

NARROWEST = 3
"""Thousandths that a gap is wide at least: a short one must be seen, too."""

LEVELS = 4
STEPS = (1, 2, 5)

MOST_LETTERED = 8
"""Marks that are drawn; the list has them all."""

CLOSE = 75
"""Thousandths. What is nearer to each other than this stands one above the other."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time on the drawing, in thousandths; ``is_cut`` where it ends beyond the drawing."""

    x: float
    width: float
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A count to read heights by, with its height in pixels from above."""

    y: float
    votes: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Something at an instant or through a stretch: its number or letter, where it stands, how far from the plot."""

    sign: str
    x: float
    level: int
    band: Band


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of time and which counts the drawing shows."""

    since: int
    until: int
    top: float
    height: int = HEIGHT

    def x(self, at: int) -> float:
        """Return where an instant stands, in thousandths."""
        return round(WIDTH * (at - self.since) / (self.until - self.since), 1)

    def y(self, votes: float) -> float:
        """Return how far below the upper edge a count stands, in pixels."""
        return round(self.height * (1 - votes / self.top), 1)

    def band(self, since: int, until: int, *, least: float = 0) -> Band:
        """Return a stretch of time, cut to the drawing."""
        first, last = max(since, self.since), min(until, self.until)
        width = max(self.x(last) - self.x(first), least)
        return Band(round(min(self.x(first), WIDTH - width), 1), round(width, 1), until > self.until)

    def holds(self, at: int) -> bool:
        """Whether an instant is on the drawing."""
        return self.since <= at <= self.until

    def path(self, series: Series) -> str:
        """Return the line of a series: level from one count to the next, and a new one after each gap.

        A look that stands alone is a dash, long enough to be seen.
        """
        return "".join(self._stretch(span, known) for span, known in _stretches(series) if known)

    def _stretch(self, span: Span, known: Sequence[Point]) -> str:
        began = max(span.since, known[0].at)
        drawn = [f"M{self.x(began)} {self.y(known[0].votes)}"]
        drawn += [f"H{self.x(point.at)}V{self.y(point.votes)}" for point in known[1:]]
        ends = self.x(span.until)
        return "".join(drawn) + (f"H{ends}" if ends - self.x(began) >= 1 else "h1.5")

    def levels(self) -> tuple[Level, ...]:
        """Return a few round counts between nothing and the upper edge."""
        step = round_step(self.top / LEVELS)
        return tuple(Level(self.y(votes), votes) for votes in range(0, int(self.top) + 1, step))


@dataclass(frozen=True, slots=True)
class Chart:
    """One petition's series, drawn. What is None is not there, or lies beyond the drawing."""

    frame: Frame
    line: str
    past: str
    gaps: tuple[Band, ...]
    levels: tuple[Level, ...]
    threshold: Level | None
    is_threshold_beyond: bool
    window: Band | None
    outlook: Band | None
    last: tuple[float, float]
    is_named_left: bool
    events: tuple[Flag, ...] = ()
    marks: tuple[Flag, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of numbered pins stand above the plot."""
        return 1 + max((flag.level for flag in self.events), default=-1)

    @property
    def rows_below(self) -> int:
        """How many rows of lettered marks stand below it."""
        return 1 + max((flag.level for flag in self.marks), default=-1)


def chart_of(
    series: Series,
    *,
    seam: int | None,
    threshold: int | None,
    window: tuple[int, int] | None = None,
    outlook: tuple[int, int] | None = None,
    events: Iterable[tuple[str, int]] = (),
    marks: Iterable[tuple[str, int, int]] = (),
    height: int = HEIGHT,
) -> Chart:
    """Return the drawing of a series that has a point. What lies before ``seam`` comes from the list of signers.

    ``window`` is the collection, ``outlook`` the range in which the threshold may be reached; the drawing is made wider
    for them where that does not press the curve into a corner.
    """
    until = series.until or series.points[-1].at
    frame = frame_of([series], threshold, ahead=[end for each in (outlook, window) if each for end in each[1:]])
    frame = Frame(frame.since, frame.until, frame.top, height)
    polled_from = until + 1 if seam is None else seam
    past, seen = series.part(frame.since, min(polled_from, until)), series.part(polled_from, until)
    shown = threshold is not None and threshold <= frame.top
    return Chart(
        frame=frame,
        line=frame.path(seen) if polled_from <= until else "",
        past=frame.path(past) if polled_from > past_begins(series) else "",
        gaps=tuple(frame.band(gap.since, gap.until, least=NARROWEST) for gap in series.gaps()),
        levels=frame.levels(),
        threshold=Level(frame.y(threshold), threshold) if shown and threshold is not None else None,
        is_threshold_beyond=threshold is not None and not shown,
        window=_within(frame, window),
        outlook=_within(frame, outlook) if shown else None,
        last=(frame.x(until), frame.y(series.points[-1].votes)),
        is_named_left=_is_farther(series.points[0].votes, series.points[-1].votes, threshold),
        events=_flags(frame, ((sign, at, at) for sign, at in events)),
        marks=_flags(frame, list(marks)[:MOST_LETTERED]),
    )


def _is_farther(first: int, last: int, threshold: int | None) -> bool:
    """Whether the curve begins farther from the threshold than it ends: then there is room for words on the left."""
    return threshold is not None and abs(first - threshold) > abs(last - threshold)


def past_begins(series: Series) -> int:
    """Return the first instant of which anything is known."""
    return min(series.points[0].at, series.spans[0].since) if series.spans else series.points[0].at


def frame_of(shown: Sequence[Series], threshold: int | None, *, ahead: Iterable[int] = ()) -> Frame:
    """Return the drawing that holds some series, as high as they and a threshold in sight.

    ``ahead`` are instants to come that it holds, too, where they are not too far.
    """
    since = min(past_begins(each) for each in shown)
    until = max(each.until or each.points[-1].at for each in shown)
    if until - since < 2 * HOUR:
        since, until = since - 12 * HOUR, until + 12 * HOUR
    farthest = until + (until - since) // 2
    until = max([until, *(at for at in ahead if at <= farthest)])
    highest = max(point.votes for each in shown for point in each.points)
    if threshold is not None and threshold <= IN_SIGHT * highest:
        highest = max(highest, threshold)
    return Frame(since, until, max(highest * ROOM, 10))


def ticks(frame: Frame, steps: Sequence[int], offset: int = 0, most: int = 8) -> list[tuple[float, int]]:
    """Return where whole steps of time stand, and their instants: of the steps the shortest that gives few enough."""
    step = next((each for each in steps if (frame.until - frame.since) / each <= most), steps[-1])
    first = -(-(frame.since + offset) // step) * step - offset
    return [(frame.x(at), at) for at in range(first, frame.until + 1, step)]


TIME_STEPS = (HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, *(days * DAY for days in (1, 2, 4, 7, 14, 28, 56, 112, 224, 448)))


def _stretches(series: Series) -> Iterator[tuple[Span, list[Point]]]:
    """Yield each watched span with what is known in it; a count that stood before a span and is not new stands on."""
    place, before = 0, None
    for span in series.spans:
        while place < len(series.points) and series.points[place].at < span.since:
            before, place = series.points[place].votes, place + 1
        known = [] if before is None else [Point(span.since, before)]
        while place < len(series.points) and series.points[place].at <= span.until:
            point = series.points[place]
            if point.at == span.since:
                known.clear()
            known.append(point)
            before, place = point.votes, place + 1
        yield span, known


def _within(frame: Frame, ends: tuple[int, int] | None) -> Band | None:
    if ends is None or ends[0] > frame.until or ends[1] < frame.since:
        return None
    return frame.band(*ends, least=NARROWEST)


def _flags(frame: Frame, placed: Iterable[tuple[str, int, int]]) -> tuple[Flag, ...]:
    found: list[Flag] = []
    for sign, since, until in placed:
        if not (frame.holds(since) or frame.holds(until)):
            continue
        band = frame.band(since, until)
        x = min(985.0, max(15.0, band.x + band.width / 2))
        taken = {flag.level for flag in found if abs(x - flag.x) < CLOSE}
        level = next(each for each in range(len(found) + 1) if each not in taken)
        found.append(Flag(sign, round(x, 1), level, band))
    return tuple(found)


def round_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50 … that is no less."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= least:
                return step * power
        power *= 10

"""How the count of a petition went through time, as far as somebody looked.

Instants are whole seconds since 1970 (UTC). A count is kept when it changes, and beside it the spans through which
somebody looked: inside a span the count between two points is that of the earlier one, outside every span nothing is
known. A gap is never closed and never guessed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from portal.domain.watching import DAY, HOUR

KAZAKHSTAN = 5 * HOUR
"""One time zone for the whole country, UTC+5, since 1 March 2024: before the first petition was published."""

EPOCH = date(1970, 1, 1)

MOST_COMPARED = 4
"""More lines than this cannot be told apart in one chart."""


@dataclass(frozen=True, slots=True)
class Point:
    """The count that was seen at an instant, where it differed from the one before."""

    at: int
    votes: int


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when; of a series: through which somebody looked, or nobody did."""

    since: int
    until: int

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class Between:
    """A gap with the count known on both sides: how many votes came in it is known, when they came is not."""

    since: int
    until: int
    votes: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """The votes that came on a day of Kazakhstan; less than zero where the count fell.

    ``votes`` is None where a gap hides how many came. ``is_whole`` says that the count was known at both midnights;
    otherwise the day is that on which the series begins or ends, and the votes are those of its watched part.
    """

    day: date
    votes: int | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class HourShare:
    """What came in an hour of the day in Kazakhstan (0 to 23), and for how many hours it was watched in all."""

    hour: int
    votes: int
    watched_hours: float

    @property
    def rate(self) -> float | None:
        """Votes per watched hour; None where that hour of the day was never watched."""
        return self.votes / self.watched_hours if self.watched_hours else None


@dataclass(frozen=True, slots=True)
class Series:
    """Points and watched spans, both in order of time; spans neither touch nor overlap."""

    points: tuple[Point, ...] = ()
    spans: tuple[Span, ...] = ()
    _instants: list[int] = field(init=False, repr=False, compare=False)
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_instants", [point.at for point in self.points])
        object.__setattr__(self, "_starts", [span.since for span in self.spans])

    @property
    def first(self) -> Point | None:
        """The first count that is known."""
        return self.points[0] if self.points else None

    @property
    def last(self) -> Point | None:
        """The last count that differed from the one before; it may have stood for long."""
        return self.points[-1] if self.points else None

    @property
    def until(self) -> int | None:
        """The last instant at which somebody looked."""
        return self.spans[-1].until if self.spans else None

    def gaps(self) -> tuple[Span, ...]:
        """Return what lies between the watched spans."""
        return tuple(Span(one.until, two.since) for one, two in pairwise(self.spans) if one.until < two.since)

    def span_at(self, at: int) -> Span | None:
        """Return the watched span that the instant lies in, its ends included."""
        place = bisect_right(self._starts, at) - 1
        return self.spans[place] if place >= 0 and at <= self.spans[place].until else None

    def votes_at(self, at: int) -> int | None:
        """Return the count as it was known at the instant; None in a gap, before the first look and after the last."""
        return None if self.span_at(at) is None else self._last_known(at)

    def is_watched(self, since: int, until: int) -> bool:
        """Whether somebody looked all the way from the one instant to the other."""
        span = self.span_at(since)
        return span is not None and until <= span.until and self._last_known(since) is not None

    def part(self, since: int, until: int) -> "Series":
        """Return what is known from the one instant to the other, both included."""
        spans = tuple(
            Span(max(span.since, since), min(span.until, until))
            for span in self.spans
            if span.since <= until and since <= span.until
        )
        low, high = bisect_right(self._instants, since), bisect_right(self._instants, until)
        points = self.points[low:high]
        if spans and low and (votes := self._last_known(spans[0].since)) is not None:
            points = (Point(spans[0].since, votes), *(point for point in points if point.at > spans[0].since))
        return Series(points, spans)

    def rises(self) -> Iterator[tuple[int, int]]:
        """Yield each change inside a watched span: about when it happened, and by how many votes.

        It happened after the look before the one that saw it. That look came no earlier than the point before and,
        as a rule, within the hour; the middle of what is possible is the instant given.
        """
        spans = iter(self.spans)
        span = next(spans, None)
        for one, two in pairwise(self.points):
            at = two.at
            while span is not None and span.until < at:
                span = next(spans, None)
            if span is None:
                return
            if span.since < at:
                yield (max(one.at, span.since, at - HOUR) + at) // 2, two.votes - one.votes

    def _last_known(self, at: int) -> int | None:
        place = bisect_right(self._instants, at) - 1
        return self.points[place].votes if place >= 0 else None


def signed(hours: Mapping[int, int], until: int) -> Series:
    """Return the series that signatures per hour (seconds // 3600) add up to, watched from the first hour on.

    What came in an hour is known when the hour is over. ``until`` is when the last of the signatures was read.
    """
    known = sorted(hour for hour, votes in hours.items() if votes and hour * HOUR < until)
    if not known:
        return Series()
    points, votes = [Point(known[0] * HOUR, 0)], 0
    for hour in known:
        votes += hours[hour]
        points.append(Point(min((hour + 1) * HOUR, until), votes))
    return Series(tuple(points), (Span(known[0] * HOUR, until),))


def joined(past: Series, polled: Series) -> Series:
    """Return the past up to the first polled look, and what was polled from there on.

    Where the two agree at the seam, nothing is left open. Where they do not (rows that could not be read, signatures
    taken back), the hour before the first look stays a gap, so that the difference is nowhere taken for votes that
    came at once.
    """
    if not polled.spans or not polled.points or not past.spans:
        return past if not polled.spans or not polled.points else polled
    seam = polled.spans[0].since
    seen = polled.votes_at(seam)
    if past.spans[0].since >= seam:
        return polled
    before, after = past.votes_at(seam), past.votes_at(seam + HOUR - 1 - (seam - 1) % HOUR)
    if seen is not None and before is not None and before <= seen <= (before if after is None else after):
        kept = past.part(past.spans[0].since, seam)
        spans = (*kept.spans[:-1], Span(kept.spans[-1].since, polled.spans[0].until), *polled.spans[1:])
        points = tuple(point for point in kept.points if point.at < seam)
        is_known = bool(points) and points[-1].votes == polled.points[0].votes
        return Series(points + polled.points[is_known:], spans)
    kept = past.part(past.spans[0].since, min(past.spans[-1].until, (seam - 1) // HOUR * HOUR))
    return Series(kept.points + polled.points, kept.spans + polled.spans)


def between(series: Series) -> tuple[Between, ...]:
    """Return for each gap the votes that came in it, where the count is known on both sides."""
    found = []
    for gap in series.gaps():
        before, after = series.votes_at(gap.since), series.votes_at(gap.until)
        if before is not None and after is not None:
            found.append(Between(gap.since, gap.until, after - before))
    return tuple(found)


def speed(series: Series, until: int, over: int) -> float | None:
    """Return the votes per hour in the ``over`` seconds up to ``until``.

    None where the window was not watched all through: the watched part alone would be another window.
    """
    if over <= 0 or not series.is_watched(until - over, until):
        return None
    before, after = series.votes_at(until - over), series.votes_at(until)
    return None if before is None or after is None else (after - before) * HOUR / over


def day_of(at: int) -> date:
    """Return the day in Kazakhstan."""
    return EPOCH + timedelta(days=(at + KAZAKHSTAN) // DAY)


def midnight(day: date) -> int:
    """Return the instant at which a day begins in Kazakhstan."""
    return (day - EPOCH).days * DAY - KAZAKHSTAN


def hour_of_day(at: int) -> int:
    """Return the hour of the day in Kazakhstan, 0 to 23."""
    return (at + KAZAKHSTAN) % DAY // HOUR


def by_day(series: Series) -> tuple[DayCount, ...]:
    """Return the votes of each day from the first known count to the last look, days without votes included."""
    if series.first is None or series.until is None:
        return ()
    begins, ends = max(series.first.at, series.spans[0].since), series.until
    counts, start = [], midnight(day_of(begins))
    while start < ends:
        since, until = max(start, begins), min(start + DAY, ends)
        before, after = series.votes_at(since), series.votes_at(until)
        is_known = before is not None and after is not None
        votes = after - before if before is not None and after is not None else None
        counts.append(DayCount(day_of(start), votes, is_known and until - since == DAY))
        start += DAY
    return tuple(counts)


def hour_picture(series: Series) -> tuple[HourShare, ...]:
    """Return for each hour of the day in Kazakhstan what came in it while somebody looked, and how long that was.

    An hour in which nobody looked counts neither as quiet nor as busy; falls are left out.
    """
    votes, watched = [0] * 24, [0] * 24
    for at, rise in series.rises():
        votes[hour_of_day(at)] += max(rise, 0)
    for span in series.spans:
        whole_days, rest = divmod(span.seconds, DAY)
        for hour in range(24):
            watched[hour] += whole_days * HOUR
        at, end = span.until - rest, span.until
        while at < end:
            following = min((at // HOUR + 1) * HOUR, end)
            watched[hour_of_day(at)] += following - at
            at = following
    return tuple(HourShare(hour, votes[hour], watched[hour] / HOUR) for hour in range(24))


def thinned(series: Series, most: int) -> Series:
    """Return a series of about ``most`` points at most that draws the same picture; the spans stay as they are.

    The ends of every span stay, even where they alone are more than ``most``; of the rest, cut into equal lengths of
    time, the largest change and the last point of each.
    """
    if len(series.points) <= most:
        return series
    kept = set(_ends(series))
    parts = max((most - len(kept)) // 3, 0)
    if parts:
        since, until = series.points[0].at, series.points[-1].at
        largest: dict[int, int] = {}
        last: dict[int, int] = {}
        for place in range(1, len(series.points)):
            part = (series.points[place].at - since) * parts // (until - since + 1)
            last[part] = place
            if part not in largest or _change(series, place) > _change(series, largest[part]):
                largest[part] = place
        kept.update(last.values())
        kept.update(place for chosen in largest.values() for place in (chosen - 1, chosen))
    return Series(tuple(series.points[place] for place in sorted(kept)), series.spans)


def _ends(series: Series) -> Iterator[int]:
    """Yield the places of the points at the ends of the series and of each span."""
    instants = [point.at for point in series.points]
    yield from (0, len(instants) - 1)
    for span in series.spans:
        first, last = bisect_left(instants, span.since), bisect_right(instants, span.until) - 1
        yield from (place for place in (first, last) if 0 <= place < len(instants) and first <= last)


def _change(series: Series, place: int) -> int:
    return abs(series.points[place].votes - series.points[place - 1].votes)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A series on the clock of its own opening: instants are seconds since then.

    ``days`` holds the count at the end of each whole day since the opening, the first first; None where nobody looked.
    """

    series: Series
    days: tuple[int | None, ...]


def aligned(opened: Sequence[tuple[Series, int]]) -> tuple[Aligned, ...]:
    """Return series beside each other by the time since each was opened.

    Raises ``ValueError`` for more than four.
    """
    if len(opened) > MOST_COMPARED:
        raise ValueError(f"at most {MOST_COMPARED} series are compared")
    return tuple(_since_opening(series, opening) for series, opening in opened)


def _since_opening(series: Series, opening: int) -> Aligned:
    shifted = Series(
        tuple(Point(point.at - opening, point.votes) for point in series.points),
        tuple(Span(span.since - opening, span.until - opening) for span in series.spans),
    )
    days = range(1, (shifted.until or 0) // DAY + 1)
    return Aligned(shifted, tuple(shifted.votes_at(day * DAY) for day in days))

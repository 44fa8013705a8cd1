"""Counting signatures from pages of a list that grows at its beginning while it is read.

A page is a list of times, newest first, as microseconds since 1970 (UTC); None is a row whose time could not be read.
New signers push rows onto later pages, where they come again: what was counted is counted once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

MICROS_OF_AN_HOUR = 3_600_000_000

Times = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the counting went: the time of the oldest signature that is counted, and how many have that very time."""

    boundary: int | None = None
    at_boundary: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What a page adds: signatures by the hour since 1970 they are dated into.

    ``broken`` are rows without a time that can be read, ``ahead`` rows dated after they were read. ``repeated`` rows
    had been counted before. ``total`` is the length of the list
    from which the growth up to the next page is reckoned.
    """

    hours: Mapping[int, int]
    mark: Mark
    broken: int = 0
    ahead: int = 0
    repeated: int = 0
    total: int | None = None

    @property
    def rows(self) -> int:
        """How many signatures went into hours."""
        return sum(self.hours.values())


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read. ``pushed`` is by how many rows the list grew since the page before; None: not known.

    ``number`` counts from 0; ``total`` is the list's length as it said itself.
    Where the list shrank, the page begins earlier, so that nothing is left out between two pages: ``usual`` says how
    many of its rows had been counted if they are told by their places alone.
    """

    number: int
    times: tuple[int | None, ...] = field(repr=False)
    pushed: int | None = None
    usual: int = 0
    total: int | None = None
    is_last: bool = False


def count(page: Page, mark: Mark, *, until: int) -> Counted:
    """Count what is new on a page. ``until`` is when it was read, in microseconds."""
    times = page.times
    first = first_new(page, mark)
    hours: Counter[int] = Counter()
    broken = ahead = 0
    boundary, at_boundary = mark.boundary, mark.at_boundary
    for at in times[first:]:
        if at is None:
            broken += 1
            continue
        if boundary is None or at < boundary:
            boundary, at_boundary = at, 0
        at_boundary += at == boundary
        if at > until:
            ahead += 1
        else:
            hours[at // MICROS_OF_AN_HOUR] += 1
    beyond = max(0, (page.pushed or 0) - len(times)) if first == len(times) else 0  # More came than a page holds.
    total = None if page.total is None else page.total - beyond
    return Counted(dict(hours), Mark(boundary, at_boundary), broken, ahead, first, total)


def first_new(page: Page, mark: Mark) -> int:
    """Return the place of the first row that is not counted yet: what was counted stands before it.

    In a list that is in order, rows newer than the boundary were counted and older ones were not; of those that have
    the boundary's own time, the growth of the list says how many were, else the count that the mark has.
    """
    times, pushed = page.times, page.pushed
    if mark.boundary is None:
        return 0
    known = [(place, at) for place, at in enumerate(times) if at is not None]
    if any(one[1] < other[1] for one, other in pairwise(known)):
        return min(page.usual if pushed is None else pushed, len(times))  # Not in order: the places alone can tell.
    newest = max((place + 1 for place, at in known if at > mark.boundary), default=0)
    oldest = min((place for place, at in known if at < mark.boundary), default=len(times))
    if pushed is not None:
        return min(max(pushed, newest), oldest)
    return _after_ties(times, mark, newest, oldest) if newest else 0


def may_have_been_counted(times: Times, mark: Mark) -> bool:
    """Whether a page begins at the boundary's own time: without a total, only the page before tells what is new."""
    return mark.boundary is not None and next((at for at in times if at is not None), None) == mark.boundary


def _after_ties(times: Times, mark: Mark, newest: int, oldest: int) -> int:
    """Return the place after those of the boundary's time that were counted: the page has all of them."""
    ties = [place for place in range(newest, oldest) if times[place] == mark.boundary]
    return ties[mark.at_boundary - 1] + 1 if 0 < mark.at_boundary <= len(ties) else oldest if ties else newest


@dataclass(slots=True)
class Pieces:
    """A page put together from smaller ones, read one after another while the list grows.

    Every row is put where it stood when the first piece was read, as far as the total tells; a place whose row was
    never answered is None. ``answered`` is the place of a row that was.
    """

    start: int
    answered: int | None = None
    first_total: int | None = None
    last_total: int | None = None
    _rows: dict[int, int | None] = field(default_factory=dict)

    def put(self, place: int, times: Times, total: int | None) -> None:
        """Add a piece that began at a place of the list, counted from 0."""
        if self.first_total is None:
            self.first_total = total
        self.last_total = total if total is not None else self.last_total
        if times:
            self.answered = place
        for offset, at in enumerate(times):
            at_first = place + offset - self.grown
            if self._rows.get(at_first) is None:
                self._rows[at_first] = at

    def miss(self, place: int) -> None:
        """Note a row that is there and was not answered."""
        self._rows.setdefault(place - self.grown, None)

    @property
    def grown(self) -> int:
        """By how many rows the list grew since the first piece."""
        return max(0, (self.last_total or 0) - (self.first_total or 0)) if self.first_total is not None else 0

    @property
    def times(self) -> tuple[int | None, ...]:
        """The rows of the page in their order."""
        return tuple(self._rows[place] for place in sorted(self._rows) if place >= self.start)

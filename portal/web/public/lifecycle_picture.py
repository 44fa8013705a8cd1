"""The lifecycle as a picture: a line made of days. Which step stands where, and its term as cells.

Geometry only; the numbers come from the edition, words and colours are the template's. Days are drawn to one scale: a
row of cells is a week of five working days, and a month, whose days are not counted one by one, is a field as tall as
its weeks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.statute import Edition, Step, StepKind
from portal.domain.terms import Term, Unit

WEEK = 5
"""Working days of a week."""

CELL, PITCH = 5, 6
"""The side of a cell, and the distance from one cell to the next."""

MONTH = 26
"""Height of a month: 30.4 days are 4.35 weeks of ``PITCH`` units."""

WIDTH = WEEK * PITCH - (PITCH - CELL)

BAR = 11
"""Width of a month where months are drawn in one row."""


SUBJECT_LOCK = "subject_lock"
"""The one time that nobody has: cells, which stand for time to act in, would say the opposite."""


class Way(StrEnum):
    """How a step stands to the line: on it, one of two tracks, beside it, off it, what follows there, or after it."""

    LINE = "line"
    EITHER = "either"
    BESIDE = "beside"
    EXIT = "exit"
    THEN = "then"
    AFTER = "after"


PARTS: Mapping[str, Mapping[str, Way]] = {
    "filing": {
        "draft": Way.LINE,
        "pre_moderation": Way.LINE,
        "inquiry_to_bodies": Way.BESIDE,
    },
    "support": {
        "initial_support": Way.LINE,
        "conformity_check": Way.LINE,
        "rejected": Way.EXIT,
    },
    "gathering": {
        "published": Way.LINE,
        "media_notice": Way.BESIDE,
        "collection": Way.LINE,
        "returned_below_threshold": Way.EXIT,
        "simplified_review": Way.THEN,
    },
    "handing_over": {
        "forwarding": Way.LINE,
        "forwarding_notice": Way.BESIDE,
        "registration": Way.LINE,
    },
    "considering": {
        "review_central": Way.EITHER,
        "review_local": Way.EITHER,
        "working_group": Way.BESIDE,
        "site_visit": Way.BESIDE,
        "public_discussion_notice": Way.BESIDE,
        "public_discussion": Way.BESIDE,
        "analysis": Way.BESIDE,
    },
    "deciding": {
        "decision": Way.LINE,
        "decision_published": Way.LINE,
        "official_statement": Way.BESIDE,
    },
    "afterwards": {
        "subject_lock": Way.AFTER,
        "execution": Way.AFTER,
        "pre_trial_complaint": Way.AFTER,
        "complaint_forwarded": Way.AFTER,
        "complaint_review": Way.AFTER,
        "court_claim": Way.AFTER,
    },
}
"""Where each step of the law stands in the picture. A test holds that no edition has a step without a place."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A term as cells, in units of the drawing. ``last`` is the cell of the last day."""

    width: int
    height: int
    cells: str
    last: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A step in the picture. ``is_open`` where the time belongs to people: its cells are hollow."""

    step: Step
    way: Way
    is_read: bool

    @property
    def is_open(self) -> bool:
        """Whether the time belongs to people and not to the State."""
        return self.step.kind is StepKind.WINDOW

    @property
    def owes_without_term(self) -> bool:
        """Whether something is owed for which the law sets no term."""
        return self.step.term is None and self.step.kind is not StepKind.STEP

    @property
    def drawing(self) -> Drawing | None:
        """The term as it stands on the line, a week to a row; nothing where there is no term to draw."""
        return _drawing(self.step.term, list(_weeks(self.step.term))) if self.step.term else None

    @property
    def strip(self) -> Drawing | None:
        """The term in one row, for what runs beside the line; nothing for the one term in which something is barred."""
        if self.step.term is None or self.step.key == SUBJECT_LOCK:
            return None
        return _drawing(self.step.term, list(_row(self.step.term)))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line: a numbered station with what follows from it."""

    key: str
    no: int
    stops: Sequence[Stop]

    @property
    def tracks(self) -> Sequence[Stop]:
        """The steps of which a petition takes one."""
        return [stop for stop in self.stops if stop.way is Way.EITHER]


def parts_of(edition: Edition) -> Sequence[Part]:
    """Return the parts of the line with the steps and terms of an edition."""
    return [
        Part(
            key,
            no,
            [
                Stop(edition.steps[step], way, edition.has_read(edition.steps[step].article))
                for step, way in ways.items()
                if step in edition.steps
            ],
        )
        for no, (key, ways) in enumerate(PARTS.items(), start=1)
    ]


Cells = Iterator[tuple[int, int, int, int]]
"""Left, top, width and height of each cell in turn."""


def _weeks(term: Term) -> Cells:
    if term.unit is Unit.MONTHS:
        yield from ((0, n * MONTH, WIDTH, MONTH - (PITCH - CELL)) for n in range(term.length))
    else:
        days = max(1, term.length)  # The same day is a day too.
        yield from ((n % WEEK * PITCH, n // WEEK * PITCH, CELL, CELL) for n in range(days))


def _row(term: Term) -> Cells:
    if term.unit is Unit.MONTHS:
        yield from ((n * (BAR + PITCH - CELL), 0, BAR, CELL) for n in range(term.length))
    else:
        gap = PITCH - CELL
        yield from ((n * PITCH + n // WEEK * 2 * gap, 0, CELL, CELL) for n in range(max(1, term.length)))


def _drawing(term: Term, cells: Sequence[tuple[int, int, int, int]]) -> Drawing:
    width = max(left + width for left, _top, width, _height in cells)
    height = max(top + height for _left, top, _width, height in cells)
    if term.unit is Unit.MONTHS:
        last, days = (width - CELL, height - CELL, CELL, CELL), cells
    else:
        first = 0 if term.before else len(cells) - 1  # What must be done before an event is due on the earliest day.
        last, days = cells[first], [*cells[:first], *cells[first + 1 :]]
    return Drawing(width, height, "".join(_path(*cell) for cell in days), _path(*last))


def _path(left: int, top: int, width: int, height: int) -> str:
    return f"M{left} {top}h{width}v{height}h-{width}z"

"""Up to four petitions beside each other, by the days since each was opened: drawn, and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.counts import MOST_COMPARED
from portal.domain.watching import DAY
from portal.i18n import series_sentences as say
from portal.i18n.formats import number
from portal.i18n.locale import gettext, language
from portal.models import Petition
from portal.services import series as counts
from portal.services import tracking
from portal.services.series import Compared
from portal.web.public.chart import Band, Frame, Level, frame_of, ticks
from portal.web.public.petition_view import Heading, heading_of
from portal.web.public.series_view import Tick

STEPS = tuple(days * DAY for days in (1, 2, 5, 10, 20, 30, 60, 100, 200, 500))
MOST_ROWS = 32
"""Days in the table: of a longer comparison each second, fifth, tenth … is told."""


@dataclass(frozen=True, slots=True)
class Line:
    """One petition: its number in the drawing, its curve, and where that ends."""

    no: int
    compared: Compared
    heading: Heading
    path: str
    end: tuple[float, float]
    gaps: tuple[Band, ...]
    opening: str


@dataclass(frozen=True, slots=True)
class Row:
    """The counts at the end of a day since opening. None: nobody looked then, or the series does not go so far."""

    day: int
    counts: tuple[int | None, ...]
    is_beyond: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything that the page shows. ``without`` are petitions that were asked for and have no series."""

    lines: Sequence[Line]
    without: Sequence[Petition]
    frame: Frame | None
    levels: Sequence[Level]
    ticks: Sequence[Tick]
    threshold: Level | None
    thresholds: Sequence[int]
    rows: Sequence[Row]
    step: int
    entered: Sequence[str]
    problems: Mapping[str, str]


def page_of(entered: Sequence[str]) -> ComparePage:
    """Return the page for what was entered: numbers of petitions, which may be wrong, repeated, or too many."""
    problems, found = _found(entered)
    compared = counts.compare(found)
    known = {each.petition.id for each in compared}
    without = [each for each in found if each.id not in known]
    fields = [*entered, *[""] * MOST_COMPARED][:MOST_COMPARED]
    if not compared:
        return ComparePage((), without, None, (), (), None, (), (), 1, fields, problems)
    thresholds = sorted({each.threshold for each in compared if each.threshold})
    common = thresholds[0] if len(thresholds) == 1 else None
    drawn = frame_of([each.series for each in compared], common)
    frame = Frame(min(0, drawn.since), drawn.until, drawn.top)
    step, rows = _rows(compared)
    return ComparePage(
        lines=_lines(compared, frame),
        without=without,
        frame=frame,
        levels=frame.levels(),
        ticks=[Tick(x, number(at // DAY), bool(place % 2)) for place, (x, at) in enumerate(ticks(frame, STEPS))],
        threshold=Level(frame.y(common), common) if common is not None and common <= frame.top else None,
        thresholds=thresholds,
        rows=rows,
        step=step,
        entered=fields,
        problems=problems,
    )


def _found(entered: Sequence[str]) -> tuple[Mapping[str, str], list[Petition]]:
    """Return what is wrong with each field, by its id, and the petitions that were found, each once."""
    problems: dict[str, str] = {}
    found: dict[int, Petition] = {}
    for place, text in enumerate(entered, start=1):
        petition = tracking.by_number(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None
        if petition is not None:
            found[petition.id] = petition
        elif text:
            problems[f"petition-{place}"] = gettext(
                "There is no petition with this number: %(number)s.", number=text[:20]
            )
    return problems, list(found.values())


def _lines(compared: Sequence[Compared], frame: Frame) -> list[Line]:
    titles = {each.petition.id: each.titles for each in tracking.items_of([each.petition for each in compared])}
    return [
        Line(
            no=no,
            compared=each,
            heading=heading_of(each.petition, titles[each.petition.id], language()),
            path=frame.path(each.series),
            end=_end(each, frame),
            gaps=tuple(frame.band(gap.since, gap.until) for gap in each.series.gaps()),
            opening=say.opening_sentence(each.opened_on, each.opened_by),
        )
        for no, each in enumerate(compared, start=1)
    ]


def _end(each: Compared, frame: Frame) -> tuple[float, float]:
    last = each.series.points[-1]
    return min(frame.x(each.series.until or last.at), 985.0), frame.y(last.votes)


def _rows(compared: Sequence[Compared]) -> tuple[int, list[Row]]:
    longest = max(len(each.ends) for each in compared)
    step = next(days for days in (1, 2, 5, 10, 20, 50, 100, 1000) if longest / days <= MOST_ROWS)
    shown = sorted({1, *range(step, longest + 1, step), longest} - {0}) if longest else []
    return step, [_row(day, compared) for day in shown]


def _row(day: int, compared: Sequence[Compared]) -> Row:
    is_beyond = tuple(day > len(each.ends) for each in compared)
    counts_then = (None if gone else each.ends[day - 1] for each, gone in zip(compared, is_beyond, strict=True))
    return Row(day, tuple(counts_then), is_beyond)

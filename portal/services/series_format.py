"""What follows from a series, and how it is kept: codes and numbers in JSON, so that every language words it itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.counts import DayCount, HourShare, Point, Series, Span
from portal.domain.forecast import Forecast, NotExpected, Silence, SilenceCode
from portal.domain.marks import Mark, MarkKind
from portal.domain.watching import HOUR

Outlook = Forecast | NotExpected | Silence
Json = dict[str, Any]


class OpenedBy(StrEnum):
    """What says when a petition was opened: the event of the record, or for want of it the first day of the series."""

    RECORD = "record"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class ReadPast:
    """What was read of the time before the first look: how many rows, how many of them unreadable, and when."""

    rows: int
    broken: int
    read_at: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What follows from a petition's series, as it stood when somebody last looked (``through``).

    ``seam`` is the first look of the poll: what lies before it comes from the list of signers; None where the poll
    never looked. ``ends`` holds the count at the end of each of ``days``, None where nobody looked then. ``chart``
    draws the same picture as the series with few points, ``small`` with very few; their spans are those of the series.
    ``outlook`` is None where the threshold is not known.
    """

    through: int
    first: Point
    last: Point
    seam: int | None
    past: ReadPast | None
    threshold: int | None
    opened_on: date
    opened_by: OpenedBy
    ends_at: int | None
    speeds: Mapping[str, float | None]
    days: tuple[DayCount, ...]
    ends: tuple[int | None, ...]
    hours: tuple[HourShare, ...]
    marks: tuple[Mark, ...]
    outlook: Outlook | None
    chart: Series
    small: Series


def as_values(summary: Summary) -> Json:
    """Return a summary as it is kept."""
    return {
        "through": summary.through,
        "first": _pair(summary.first),
        "last": _pair(summary.last),
        "seam": summary.seam,
        "past": asdict(summary.past) if summary.past else None,
        "threshold": summary.threshold,
        "opened_on": summary.opened_on.isoformat(),
        "opened_by": summary.opened_by.value,
        "ends_at": summary.ends_at,
        "speeds": dict(summary.speeds),
        "days": [[each.day.isoformat(), each.votes, each.is_whole] for each in summary.days],
        "ends": list(summary.ends),
        "hours": [[each.votes, round(each.watched_hours * HOUR)] for each in summary.hours],
        "marks": [{**asdict(each), "kind": each.kind.value} for each in summary.marks],
        "outlook": outlook_values(summary.outlook),
        "spans": [[each.since, each.until] for each in summary.chart.spans],
        "points": [_pair(each) for each in summary.chart.points],
        "few": [_pair(each) for each in summary.small.points],
    }


def from_values(values: Mapping[str, Any]) -> Summary:
    """Read a summary back."""
    spans = tuple(Span(*each) for each in values["spans"])
    return Summary(
        through=values["through"],
        first=Point(*values["first"]),
        last=Point(*values["last"]),
        seam=values["seam"],
        past=ReadPast(**values["past"]) if values["past"] else None,
        threshold=values["threshold"],
        opened_on=date.fromisoformat(values["opened_on"]),
        opened_by=OpenedBy(values["opened_by"]),
        ends_at=values["ends_at"],
        speeds=values["speeds"],
        days=tuple(DayCount(date.fromisoformat(day), votes, whole) for day, votes, whole in values["days"]),
        ends=tuple(values["ends"]),
        hours=tuple(HourShare(hour, votes, lasted / HOUR) for hour, (votes, lasted) in enumerate(values["hours"])),
        marks=tuple(Mark(**{**each, "kind": MarkKind(each["kind"])}) for each in values["marks"]),
        outlook=_outlook(values["outlook"]),
        chart=Series(tuple(Point(*each) for each in values["points"]), spans),
        small=small_of(values),
    )


def small_of(values: Mapping[str, Any]) -> Series:
    """Return only the smallest picture of what is kept, for pages that show nothing else."""
    return Series(tuple(Point(*each) for each in values["few"]), tuple(Span(*each) for each in values["spans"]))


def outlook_values(outlook: Outlook | None) -> Json | None:
    """Return what is said of the day of the threshold: a range, that it is not expected, or why nothing is said."""
    match outlook:
        case Forecast():
            return {"kind": "range", **asdict(outlook)}
        case NotExpected():
            return {"kind": "not_expected", **asdict(outlook)}
        case Silence():
            return {"kind": "silence", "why": outlook.why.value}
    return None


def _outlook(values: Mapping[str, Any] | None) -> Outlook | None:
    if values is None:
        return None
    facts = {name: value for name, value in values.items() if name != "kind"}
    match values["kind"]:
        case "range":
            return Forecast(**facts)
        case "not_expected":
            return NotExpected(**facts)
    return Silence(SilenceCode(values["why"]))


def _pair(point: Point) -> list[int]:
    return [point.at, point.votes]

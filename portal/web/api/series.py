"""A petition's series as plain data: everything that was seen, when somebody looked, and what follows from it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from portal.domain.counts import Between, Span, between, day_of
from portal.domain.watching import HOUR
from portal.models import Petition
from portal.services import series as counts
from portal.services import series_rows
from portal.services.series_format import Summary, outlook_values
from portal.services.series_rows import Past
from portal.web.api.shapes import Addresses

Json = dict[str, Any]

COLUMNS = "row,from_utc,until_utc,day,count,signed"
"""The first line of the table. Its cells are codes, numbers and times: none of them can be taken for a formula."""

LINES = 500
"""Lines that are sent at once."""


def whole_json(petition: Petition, where: Addresses) -> Iterator[str]:
    """Yield the series as one JSON object, its observations last and a piece at a time."""
    summary, past = counts.summary_of(petition), series_rows.past_of(petition)
    spans = series_rows.spans_of(petition)
    head = {
        "number": petition.number,
        "register_id": petition.register_id,
        "url": where.record,
        "page": f"{where.page}/votes",
        "unit": "signatures",
        "threshold": petition.threshold,
        "latest": _latest(petition),
        "watched": [_span(each) for each in spans],
        "gaps": [_gap(each) for each in gaps_of(petition, spans)],
        "signed": _signed(past),
        "summary": _summary(summary),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "observations": ['
    separator = ""
    for lines in _batches(_observation(at, votes) for at, votes in series_rows.observations(petition)):
        yield separator + ", ".join(lines)
        separator = ", "
    yield "]}\n"


def whole_csv(petition: Petition) -> Iterator[str]:
    """Yield the series as the lines of a table: what the list of signers says by the hour, counts, and gaps between."""
    past, spans = series_rows.past_of(petition), series_rows.spans_of(petition)
    yield f"{COLUMNS}\n"
    hours = sorted((past.hours if past else {}).items())
    yield from _joined(_line("signed", hour * HOUR, (hour + 1) * HOUR, signed=votes) for hour, votes in hours)
    yield from _joined(_counts_and_gaps(petition, spans))


def _counts_and_gaps(petition: Petition, spans: tuple[Span, ...]) -> Iterator[str]:
    gaps = [(one.until, two.since) for one, two in pairwise(spans)]
    for at, votes in series_rows.observations(petition):
        while gaps and gaps[0][0] < at:
            yield _line("gap", *gaps.pop(0))
        yield _line("count", at, None, count=votes)
    for gap in gaps:
        yield _line("gap", *gap)
    if spans:
        yield _line("last_look", spans[-1].until, None)


def _line(row: str, since: int, until: int | None, *, count: int | None = None, signed: int | None = None) -> str:
    cells = (row, utc(since), utc(until) if until else "", day_of(since).isoformat(), count, signed)
    return ",".join("" if cell is None else str(cell) for cell in cells) + "\n"


def _joined(lines: Iterator[str]) -> Iterator[str]:
    return ("".join(batch) for batch in _batches(lines))


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == LINES:
            yield batch
            batch = []
    if batch:
        yield batch


def utc(at: int) -> str:
    """Return an instant as the API writes them: 2026-11-22T09:05:00Z."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def gaps_of(petition: Petition, spans: tuple[Span, ...]) -> tuple[Between, ...]:
    """Return what lies between the looks of the poll, with the difference of the count where it is known."""
    return between(series_rows.polled(petition)) if len(spans) > 1 else ()


def _observation(at: int, votes: int) -> str:
    return f'{{"at": "{utc(at)}", "votes": {votes}}}'


def _latest(petition: Petition) -> Json | None:
    found = counts.latest(petition)
    return {"votes": found.votes, "seen_at": utc(found.seen_at), "since": utc(found.since)} if found else None


def _span(span: Span) -> Json:
    return {"since": utc(span.since), "until": utc(span.until)}


def _gap(gap: Between) -> Json:
    return {"since": utc(gap.since), "until": utc(gap.until), "votes": gap.votes}


def _signed(past: Past | None) -> Json | None:
    if past is None:
        return None
    hours = [{"from": utc(hour * HOUR), "votes": votes} for hour, votes in sorted(past.hours.items())]
    return {"read_at": utc(past.read_at), "rows": past.rows, "broken": past.broken, "hours": hours}


def _summary(summary: Summary | None) -> Json | None:
    if summary is None:
        return None
    return {
        "through": utc(summary.through),
        "opened_on": summary.opened_on.isoformat(),
        "opened_by": summary.opened_by.value,
        "ends_at": utc(summary.ends_at) if summary.ends_at else None,
        "per_hour": dict(summary.speeds),
        "days": [
            {"day": each.day.isoformat(), "votes": each.votes, "count": at_end, "is_whole": each.is_whole}
            for each, at_end in zip(summary.days, summary.ends, strict=True)
        ],
        "hours": [
            {"hour": each.hour, "votes": each.votes, "watched_hours": round(each.watched_hours, 2)}
            for each in summary.hours
        ],
        "marks": [
            {
                "kind": each.kind.value,
                "since": utc(each.since),
                "until": utc(each.until),
                "votes": each.votes,
                "per_hour": each.rate,
                "usual_per_hour": each.usual,
                "share_of_threshold": each.share,
            }
            for each in summary.marks
        ],
        "outlook": _outlook(summary),
    }


def _outlook(summary: Summary) -> Json | None:
    values = outlook_values(summary.outlook)
    times = ("earliest", "latest", "median", "made_at")
    return (
        {name: utc(value) if name in times and value else value for name, value in values.items()} if values else None
    )

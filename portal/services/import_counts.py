"""Counts of an import held against the record: one source says one number of one day."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from portal.db import db
from portal.models import CountReport, Source
from portal.services.import_format import CountItem, Section
from portal.services.import_lines import Change, Facts, Line, Place, days
from portal.services.register_rows import Citation, Row
from portal.services.row_reader import row_of

IN_A_QUERY = 2_000

Where = tuple[int, str, date | None, date | None]
"""A petition, a source and the days: of these there is one count."""


def plan_counts(
    items: Sequence[CountItem], petitions: Mapping[int, Place], sources: Mapping[str, str], lines: list[Line]
) -> dict[int, list[Row]]:
    """Return the counts to put, by petition."""
    standing = _standing({each.petition for each in items}, petitions)
    taken: dict[Where, CountItem] = {}
    rows: dict[int, list[Row]] = {}
    for item in items:
        where = (item.petition, sources[str(item.source)], item.earliest, item.latest)
        line = Line(item.row, Change.ADDED, Section.COUNTS, item.petition, "count", becomes=_facts(item, where))
        kept, other = standing.get(where), taken.get(where)
        if other is not None:
            same = _facts(other, where) == _facts(item, where)
            lines.append(
                replace(line, change=Change.UNCHANGED if same else Change.CLASH, why=None if same else "twice")
            )
            continue
        taken[where] = item
        if kept is None:
            rows.setdefault(item.petition, []).append(_row(f"count:{secrets.token_hex(4)}", item, where, sources))
        elif not _differs(kept, item):
            line = replace(line, change=Change.UNCHANGED)
        else:
            line = replace(line, change=Change.CHANGED, was=_stood(kept, where))
            rows.setdefault(item.petition, []).append(_changed(kept, item))
        lines.append(line)
    return rows


def _standing(numbers: set[int], petitions: Mapping[int, Place]) -> dict[Where, CountReport]:
    by_id = {petitions[number].id: number for number in numbers}
    ids = sorted(by_id)
    found: dict[Where, CountReport] = {}
    for first in range(0, len(ids), IN_A_QUERY):
        rows = (
            select(CountReport, Source.key)
            .join(Source, Source.id == CountReport.source_id)
            .where(CountReport.petition_id.in_(ids[first : first + IN_A_QUERY]), CountReport.retired_in.is_(None))
        )
        for count, key in db.session.execute(rows):
            found.setdefault((by_id[count.petition_id], key, count.earliest, count.latest), count)
    return found


def _differs(kept: CountReport, item: CountItem) -> bool:
    given = {name: getattr(item, name) for name in ("locator", "note", "views", "comments")}
    same = (kept.votes, kept.qualifier) == (item.votes, item.qualifier)
    return not same or any(value is not None and value != getattr(kept, name) for name, value in given.items())


def _facts(item: CountItem, where: Where) -> Facts:
    return (
        *days(item.earliest, item.latest),
        ("votes", str(item.votes)),
        ("qualifier", item.qualifier),
        ("source", where[1]),
    )


def _stood(kept: CountReport, where: Where) -> Facts:
    return (
        *days(kept.earliest, kept.latest),
        ("votes", str(kept.votes)),
        ("qualifier", kept.qualifier),
        ("source", where[1]),
    )


def _row(key: str, item: CountItem, where: Where, sources: Mapping[str, str]) -> Row:
    values = {
        name: getattr(item, name) for name in ("votes", "qualifier", "earliest", "latest", "views", "comments", "note")
    }
    cites = Citation(where[1], tuple(sources[each] for each in item.also), item.locator)
    return Row("count_report", key, values, cites)


def _changed(kept: CountReport, item: CountItem) -> Row:
    """Return the count as it would stand; what the file leaves empty stays."""
    row = row_of(db.session(), "count_report", kept)
    given = {name: getattr(item, name) for name in ("votes", "qualifier", "views", "comments", "note")}
    assert row.cites is not None
    cites = replace(row.cites, locator=item.locator or row.cites.locator)
    return replace(row, values={**row.values, **{n: v for n, v in given.items() if v is not None}}, cites=cites)

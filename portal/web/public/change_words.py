"""What an entry of the log did, in words: before and after, part by part.

Dates, numbers and codes are repeated as they were and as they became. Wordings are not: what was taken out of a text
for a person's sake would come back here. Names of people never are.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.texts import Text
from portal.i18n.formats import count as count_words
from portal.i18n.formats import date_range, long_date, number
from portal.i18n.labels import WORDS, label
from portal.i18n.library import part_name
from portal.i18n.locale import gettext, pgettext
from portal.i18n.official import fields_named
from portal.models import (
    Addressee,
    AuditEntry,
    CountReport,
    Decision,
    Demand,
    Event,
    Position,
    Title,
    WorkingGroup,
)
from portal.services.changes import ColumnChange, RowChange
from portal.web.public.citing import said
from portal.web.query import ISO_DATE

ADDED, WITHDRAWN, CORRECTED = "added", "withdrawn", "corrected"

IN_ROWS = frozenset(
    {
        "title", "title_variants", "titles_marks", "addressees", "demands", "dates", "sightings", "decisions",
        "snapshots", "working_group", "public_discussion", "positions", "groups", "statements", "allegations",
        "communications", "extension", "outcome", "follow_up", "litigation",
    }
)  # fmt: skip
"""Parts of a petition whose changes are told row by row."""

SAID_AS_THEY_ARE = frozenset({"url", "platform", "publisher"})
"""Fields whose text names no private person and is no wording of anybody's."""

FIRST_OF_A_RECORD = frozenset({"petition.added", "petition.founded"})

REGISTER = "register"
"""Who makes the entries of register files. Such an entry holds a petition's record whole, before and after."""

REFERENCES = frozenset(
    {"sources", "regions", "bodies", "organisations", "norms", "directory", "contradictions"}
)  # fmt: skip
"""Kinds of subject whose entries hold a record of a register file. Of any other entry nothing is repeated."""

PART_OF_COLUMN: Mapping[str, str] = {
    "jurisdiction": "statutory",
    "official_uuid": "portal",
    "official_number": "portal",
    "official_url": "portal",
    "region_code": "region",
    "author_kind": "author",
    "author_role": "author",
    "author_digest": "author",
    "author_source_id": "author",
    "threshold_level": "threshold",
    "threshold_edition": "threshold",
    "threshold_population": "threshold",
    "threshold_population_on": "threshold",
    "summary": "outcome",
}
"""The part that each of a petition's own columns belongs to, where it is not called the same."""

SAID_OF_COLUMNS = frozenset({"platform", "platform_confirmed", "level", "region_code", "threshold"})
"""Columns of which both values may be repeated."""

PART_OF_TABLE: Mapping[str, str] = {
    "title": "title",
    "addressee": "addressees",
    "demand": "demands",
    "event": "dates",
    "count_report": "snapshots",
    "working_group": "working_group",
    "position": "positions",
    "group_view": "groups",
    "decision": "decisions",
}
"""The part that the rows of each table make."""

SECTIONS: Mapping[str, str] = {
    "title": "titles",
    "addressee": "author",
    "demand": "demands",
    "event": "timeline",
    "count_report": "counts",
    "working_group": "group",
    "position": "positions",
    "group_view": "positions",
    "decision": "decisions",
}
"""Where a petition's page shows the rows of a table."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that an entry did: to what, and what stood there before and after, where that may be repeated."""

    kind: str
    what: Any
    before: Any = None
    after: Any = None
    address: str | None = None


def details_of(
    entry: AuditEntry,
    rows: Sequence[RowChange],
    columns: Sequence[ColumnChange],
    publishers: Mapping[int, str],
    regions: Mapping[str, Text],
) -> list[Detail]:
    """Return what an entry corrected, added or withdrew; of the first entry of a record, nothing."""
    if entry.action in FIRST_OF_A_RECORD:
        return []
    found = [of_row(each, publishers, entry.subject) for each in rows]
    is_petition = entry.subject.startswith("petition/")
    if is_petition and entry.by != REGISTER:
        return [*found, *of_columns(columns, regions)]
    before, after = contents(entry)
    if not before or (not is_petition and entry.subject.partition("/")[0] not in REFERENCES):
        return found
    for key in changed_keys(before, after):
        if not (is_petition and key in IN_ROWS):
            found.append(_of_field(key, before.get(key), after.get(key), regions))
        elif key == "outcome" and _summary(before) != _summary(after):
            found.append(Detail(CORRECTED, part_name(key)))
    return found


def contents(entry: AuditEntry) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what a record said before and after an entry."""
    return _object(entry.before), _object(entry.after)


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the parts that differ; a part that became empty from nothing does not."""
    keys = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key) and key != "id"]
    return sorted(key for key in keys if key in before or after[key] not in (None, [], {}, False))


def parts_of(entry: AuditEntry) -> list[str]:
    """Return the names of the parts of a record that an entry concerns, told from what it holds and nothing else."""
    before, after = contents(entry)
    kind = entry.subject.partition("/")[0]
    if kind == "petition" and entry.by != REGISTER:
        keys = set(_parts_recorded(after))
    elif kind == "petition" or kind in REFERENCES:
        keys = set(changed_keys(before, after))
    else:
        keys = set()
    return sorted({part_name(key) for key in keys})


def _parts_recorded(after: Mapping[str, Any]) -> Iterator[str]:
    """Return the parts that an entry of the desk names, whatever else it may hold."""
    rows, withdrawn, columns = (after.get(name) for name in ("rows", "withdrawn", "particulars"))
    tables = [row.get("table") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    tables += [row[0] for row in withdrawn if isinstance(row, list) and row] if isinstance(withdrawn, list) else []
    yield from (PART_OF_TABLE[table] for table in tables if isinstance(table, str) and table in PART_OF_TABLE)
    if isinstance(columns, dict):
        yield from (PART_OF_COLUMN.get(name, name) for name in columns)


def _object(text: str | None) -> Mapping[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _summary(content: Mapping[str, Any]) -> Any:
    return (content.get("outcome") or {}).get("summary")


# Fields
# ------------------------------------------------------------------------------------------------------------------


def _of_field(key: str, before: Any, after: Any, regions: Mapping[str, Text]) -> Detail:
    kind = ADDED if before in (None, [], {}) else WITHDRAWN if after in (None, [], {}) else CORRECTED
    was, became = _value(key, before, regions), _value(key, after, regions)
    return Detail(kind, part_name(key), was, became if became != was else None)


def _value(key: str, value: Any, regions: Mapping[str, Text]) -> Any:
    """Return a field in words, or nothing where it may not be repeated."""
    match value:
        case bool():
            return gettext("yes") if value else gettext("no")
        case int():
            return number(value)
        case str() if (key.endswith("_on") or key == "until") and ISO_DATE.fullmatch(value):
            return long_date(date.fromisoformat(value))
        case str() if key in SAID_AS_THEY_ARE:
            return value
        case str() if key == "level" and value in {**WORDS["level"], **WORDS["body_level"]}:
            return label(value, "level" if value in WORDS["level"] else "body_level")
        case str() if key == "region" and value in regions:
            return said(regions[value])
        case dict() if key in ("names", "short") and "text" in value:
            return said(value)
    return None


def of_columns(columns: Iterable[ColumnChange], regions: Mapping[str, Text]) -> list[Detail]:
    """Return how a petition's own columns changed, each part once."""
    parts: dict[str, list[ColumnChange]] = {}
    for each in columns:
        parts.setdefault(PART_OF_COLUMN.get(each.name, each.name), []).append(each)
    return [_of_part(key, changed, regions) for key, changed in parts.items()]


def _of_part(key: str, changed: Sequence[ColumnChange], regions: Mapping[str, Text]) -> Detail:
    """Return a part of the petition's own columns: its value where one may be repeated, else only what became of it."""
    shown = next((each for each in changed if each.name in SAID_OF_COLUMNS), None)
    if shown is not None:
        return _of_field(key, shown.before, shown.after, regions)
    if all(each.before is None for each in changed):
        return Detail(ADDED, part_name(key))
    return Detail(WITHDRAWN if all(each.after is None for each in changed) else CORRECTED, part_name(key))


# Rows
# ------------------------------------------------------------------------------------------------------------------


def of_row(change: RowChange, publishers: Mapping[int, str], subject: str) -> Detail:
    """Return how one row of a petition's record changed."""
    row = change.before if change.after is None else change.after
    kind = ADDED if change.before is None else WITHDRAWN if change.after is None else CORRECTED
    before = None if change.before is None else said_of(change.before, publishers)
    after = None if change.after is None else said_of(change.after, publishers)
    if kind == CORRECTED and before == after:
        before = after = None
    return Detail(kind, name_of(row), before, after, _address_of(row, subject))


def name_of(row: Any) -> Any:
    """Return what a row is called."""
    match row:
        case Title():
            return pgettext(
                "part", "title (%(language)s)", language=label(row.lang, "language") if _speaks(row.lang) else row.lang
            )
        case Addressee():
            return label(row.role, "addressee_role")
        case Demand():
            return part_name("demands")
        case Event():
            return _name_of_event(row)
        case CountReport():
            return part_name("snapshots")
        case WorkingGroup():
            return part_name("working_group")
        case Position():
            return said(row.organisation.names)
        case Decision():
            return part_name("decisions")
    return part_name("groups")


def _speaks(lang: str) -> bool:
    return lang in WORDS["language"]


def _name_of_event(row: Event) -> str:
    stage = str((row.details or {}).get("stage"))
    kind = label(row.kind, "event_kind")
    changed = fields_named((row.details or {}).get("fields")) if row.kind == EventKind.TEXT_CHANGED else ""
    said = changed or (label(stage, "stage") if stage in WORDS["stage"] else "")
    return f"{kind}: {said}" if said else kind


def said_of(row: Any, publishers: Mapping[int, str]) -> Any:
    """Return what a row said, so far as it is a day, a number or a code."""
    match row:
        case Addressee():
            return said(row.body.names)
        case Demand():
            return label(row.outcome, "demand_outcome")
        case Event():
            claims = (_dated(DateRange(each.earliest, each.latest), each.source_id, publishers) for each in row.claims)
            return _joined([*claims, *_not_held(row)])
        case CountReport():
            votes = count_words(row.votes, row.qualifier, of="signatures")
            return _joined([votes, _dated(DateRange(row.earliest, row.latest), row.source_id, publishers)])
        case WorkingGroup():
            return count_words(row.total, of="people")
        case Position():
            return label(row.stance, "stance")
        case Decision():
            return _joined(_decided(row, publishers))
    return None


def _decided(row: Decision, publishers: Mapping[int, str]) -> Iterator[str]:
    if row.status:
        yield label(row.status, "decision_status")
    yield label(row.outcome or "unknown", "outcome")
    yield label(row.legal_effect, "legal_effect")
    yield _dated(DateRange(row.earliest, row.latest), row.source_id, publishers)


def _not_held(row: Event) -> Iterator[str]:
    if (row.details or {}).get("held") is False:
        yield gettext("called, not held")


def _dated(when: DateRange, source_id: int | None, publishers: Mapping[int, str]) -> str:
    publisher = publishers.get(source_id or 0)
    if publisher is None:
        return date_range(when)
    return pgettext("date and who says it", "%(date)s (%(publisher)s)", date=date_range(when), publisher=publisher)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _address_of(row: Any, subject: str) -> str | None:
    key = subject.partition("/")[2]
    if not key.isdecimal():
        return None
    table = row.__tablename__
    anchor = SECTIONS[table]
    if row.retired_in is None and table in ("event", "demand", "decision"):
        anchor = f"{table}-{row.key.replace(':', '-')}"
    return url_for("public.petition", number=int(key), _anchor=anchor)

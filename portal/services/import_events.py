"""Events of an import held against the record: another source of a step becomes another claim of its event."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.domain.events import EventKind
from portal.domain.texts import Text
from portal.models import Claim, Event, Source
from portal.services import proposals
from portal.services.import_format import EventItem, Section
from portal.services.import_lines import Change, Facts, Line, Place, days, fact
from portal.services.recording import DECIDING
from portal.services.register_format import DATE_KINDS
from portal.services.register_rows import Citation, Row
from portal.services.row_reader import row_of

AGAIN = frozenset(
    {
        EventKind.INQUIRY_SENT,
        EventKind.COMPLAINT_FILED,
        EventKind.COMPLAINT_FORWARDED,
        EventKind.COMPLAINT_REGISTERED,
        EventKind.COMPLAINT_DECIDED,
        EventKind.COURT_CLAIM_FILED,
        EventKind.TEXT_CHANGED,
        EventKind.VANISHED,
        EventKind.REAPPEARED,
        EventKind.DISCUSSION_NOTIFIED,
        EventKind.DISCUSSION_HELD,
        EventKind.GROUP_MET,
        EventKind.SITE_VISITED,
        EventKind.SIGHTED,
    }
)
"""Kinds that may happen more than once: another day is another event."""

KEYS: Mapping[EventKind, str] = {kind: kind.value for kind in EventKind} | {
    kind: key
    for key, kind in DATE_KINDS.items()
    if key in {"working_group_formed", "draft_decision", "decision", "moot"}
}
"""The keys that register files and the forms use for steps."""

IN_A_QUERY = 2_000
OPTIONAL = ("locator", "wording", "speaker", "note")
"""What a row may leave empty without saying that it is nothing."""


@dataclass(slots=True)
class _Claim:
    """What one source says, as it stands or would stand; ``row`` is the row of the file that said it."""

    source: str | None
    earliest: date | None
    latest: date | None
    said: dict[str, Any]
    row: int | None = None
    item: EventItem | None = None


@dataclass(slots=True)
class _Event:
    """An event as it stands or would stand; ``id`` is None where the file brings it."""

    id: int | None
    key: str
    kind: EventKind
    stage: str | None
    claims: list[_Claim] = field(default_factory=list)
    is_touched: bool = False


Rows = dict[int, list[Row]]


def plan_events(
    items: Sequence[EventItem], petitions: Mapping[int, Place], sources: Mapping[str, str], lines: list[Line]
) -> tuple[Rows, Rows]:
    """Return the rows to put by petition: those that a second person must confirm, and the others."""
    events = _standing({each.petition for each in items}, {each.kind for each in items}, petitions)
    waiting = _waiting({each.petition for each in items if each.kind in DECIDING})
    lines.extend(
        _hold(each, events.setdefault(each.petition, []), waiting, sources[str(each.source)]) for each in items
    )
    deciding: Rows = {}
    plain: Rows = {}
    for number, found in events.items():
        for each in found:
            if each.is_touched:
                (deciding if each.kind in DECIDING else plain).setdefault(number, []).append(_row(each, sources))
    return deciding, plain


# What stands
# ------------------------------------------------------------------------------------------------------------------


def _standing(
    numbers: Iterable[int], kinds: Iterable[EventKind], petitions: Mapping[int, Place]
) -> dict[int, list[_Event]]:
    by_id = {petitions[number].id: number for number in numbers}
    codes = sorted(kind.value for kind in kinds)
    found: dict[int, list[_Event]] = {}
    ids = sorted(by_id)
    for first in range(0, len(ids), IN_A_QUERY):
        some = Event.petition_id.in_(ids[first : first + IN_A_QUERY])
        current = (some, Event.kind.in_(codes), Event.retired_in.is_(None))
        events: dict[int, _Event] = {}
        rows = select(Event.id, Event.petition_id, Event.key, Event.kind, Event.details).where(*current)
        for row in db.session.execute(rows.order_by(Event.ordinal)):
            events[row.id] = _Event(row.id, row.key, EventKind(row.kind), (row.details or {}).get("stage"))
            found.setdefault(by_id[row.petition_id], []).append(events[row.id])
        claims = (
            select(Claim.event_id, Source.key, *(getattr(Claim, name) for name in ("earliest", "latest", *OPTIONAL)))
            .join(Event, Event.id == Claim.event_id)
            .outerjoin(Source, Source.id == Claim.source_id)
        )
        for row in db.session.execute(claims.where(*current).order_by(Claim.event_id, Claim.ordinal)):
            said = dict(zip(OPTIONAL, row[4:], strict=True))
            events[row[0]].claims.append(_Claim(row[1], row[2], row[3], said))
    return found


def _waiting(numbers: set[int]) -> dict[tuple[int, EventKind], list[_Claim]]:
    """Return what waiting proposals claim of the steps that the file is about."""
    found: dict[tuple[int, EventKind], list[_Claim]] = {}
    for proposal in proposals.waiting() if numbers else ():
        kind, _, key = proposal.subject.partition("/")
        if kind != "petition" or not key.isdecimal() or int(key) not in numbers:
            continue
        content = proposals.content_of(proposal) or {}
        for row in content.get("put", ()):
            if row["table"] == "event":
                claims = found.setdefault((int(key), EventKind(row["values"]["kind"])), [])
                claims += [_proposed(child) for child in row["children"]]
    return found


def _proposed(child: Mapping[str, Any]) -> _Claim:
    values = child["values"]
    ends = [date.fromisoformat(values[name]) if values.get(name) else None for name in ("earliest", "latest")]
    said = {name: Text.from_json(values[name]) if values.get(name) else None for name in OPTIONAL[1:]}
    source, _also, locator = child["cites"] or (None, [], None)
    return _Claim(source, ends[0], ends[1], {"locator": locator, **said})


# Holding a row against it
# ------------------------------------------------------------------------------------------------------------------


def _hold(
    item: EventItem, events: list[_Event], waiting: Mapping[tuple[int, EventKind], list[_Claim]], source: str
) -> Line:
    given = _Claim(source, item.earliest, item.latest, {name: getattr(item, name) for name in OPTIONAL}, item.row, item)
    line = Line(item.row, Change.ADDED, Section.EVENTS, item.petition, item.kind.value, becomes=_facts(given))
    if item.kind in DECIDING and (item.petition, item.kind) in waiting:
        same = any(each.source == source and not _differs(each, given) for each in waiting[item.petition, item.kind])
        return replace(line, change=Change.WAITS if same else Change.CLASH, why=None if same else "waiting")
    event = _found(item, events)
    if event is None:
        event = _Event(None, _new_key(item.kind), item.kind, item.stage)
        events.append(event)
    claim = next((each for each in event.claims if each.source == source), None)
    if claim is not None and not _differs(claim, given):
        return replace(line, change=Change.UNCHANGED)
    if claim is not None and claim.row is not None:
        return replace(line, change=Change.CLASH, why="twice", was=_facts(claim))
    event.is_touched = True
    added = Change.PROPOSED if item.kind in DECIDING else Change.ADDED
    if claim is None:
        event.claims.append(given)
        return replace(line, change=added)
    merged = _merged(claim, given)
    event.claims[event.claims.index(claim)] = merged
    change = Change.PROPOSED if item.kind in DECIDING else Change.CHANGED
    return replace(line, change=change, was=_facts(claim), becomes=_facts(merged))


def _found(item: EventItem, events: Iterable[_Event]) -> _Event | None:
    """Return the event that a row is about: of a step the one there is, of what happens again that of the day."""
    for event in events:
        if event.kind is not item.kind:
            continue
        if item.kind not in AGAIN:
            return event
        known = {(claim.earliest, claim.latest) for claim in event.claims}
        if (item.earliest, item.latest) in known and (item.stage is None or item.stage == event.stage):
            return event
    return None


def _differs(kept: _Claim, given: _Claim) -> bool:
    other_days = (kept.earliest, kept.latest) != (given.earliest, given.latest)
    return other_days or any(value is not None and value != kept.said[name] for name, value in given.said.items())


def _merged(kept: _Claim, given: _Claim) -> _Claim:
    said = {name: value if value is not None else kept.said[name] for name, value in given.said.items()}
    return _Claim(kept.source, given.earliest, given.latest, said, given.row, given.item)


def _facts(claim: _Claim) -> Facts:
    texts = (each for name, value in claim.said.items() for each in fact(name, value))
    return (*days(claim.earliest, claim.latest), ("source", claim.source or ""), *texts)


# Rows to put
# ------------------------------------------------------------------------------------------------------------------


def _new_key(kind: EventKind) -> str:
    return f"{kind.value}:{secrets.token_hex(4)}" if kind in AGAIN else KEYS[kind]


def _row(event: _Event, sources: Mapping[str, str]) -> Row:
    details = {"stage": event.stage} if event.stage else None
    row = Row("event", event.key, {"kind": event.kind.value, "text": None, "note": None, "details": details})
    if event.id is not None:
        row = row_of(db.session(), "event", db.session.get_one(Event, event.id))
    children = list(row.children)
    for place, claim in enumerate(event.claims):
        if claim.row is None:
            continue
        made = _claim_row(claim, children[place] if place < len(children) else None, sources)
        children[place : place + 1] = [made]
    return replace(row, children=tuple(children))


def _claim_row(claim: _Claim, kept: Row | None, sources: Mapping[str, str]) -> Row:
    item = claim.item
    assert item is not None
    values = {
        **({"value": None} if kept is None else kept.values),
        "earliest": claim.earliest,
        "latest": claim.latest,
        "derived": item.derived or bool(kept and kept.values["derived"]),
        "counts": item.counts or bool(kept and kept.values["counts"]),
        **{name: claim.said[name] for name in OPTIONAL if name != "locator"},
    }
    also = kept.cites.also if kept and kept.cites else tuple(sources[each] for each in item.also)
    return Row("claim", "", values, Citation(claim.source, also, claim.said["locator"]))

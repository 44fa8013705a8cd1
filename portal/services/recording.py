"""Recording at the desk: what people change in a petition's record, one step and one entry of the chain at a time.

Nothing is edited in place: a row that changes is retired and another is added. What decides a petition waits for
a second person (``services/proposals.py``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, writing
from portal.domain.events import EventKind
from portal.domain.order import Misplaced, misplaced
from portal.domain.refusals import (
    AlreadyRecorded,
    ChangedMeanwhile,
    NothingChanged,
    ReasonMissing,
    RowMissing,
    SourceMissing,
)
from portal.domain.stages import DemandOutcome
from portal.domain.timeline import Standing
from portal.models import AuditEntry, Claim, Event, Petition, Source
from portal.models.desk import ProposalState
from portal.services import audit, lifecycle, particulars, personal, proposals, tracking
from portal.services.particulars import DESK
from portal.services.register_rows import Row
from portal.services.row_reader import row_from, row_of
from portal.services.row_writer import RowWriter, current_rows, digest_of
from portal.services.stamping import stamp

DECIDING = frozenset({EventKind.DECIDED, EventKind.DRAFT_ANNOUNCED, EventKind.REJECTED})
"""Events that say what became of a petition."""

UNDECIDED = frozenset({DemandOutcome.UNKNOWN, DemandOutcome.NOT_DECIDED})


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to change in one petition's record, as one step with one reason.

    ``seen`` is ``Petition.changed_in`` when they read the record, None where it does not matter. ``put`` are rows that
    shall stand, each in the place of the current row with its table and key if there is one; ``take`` names rows that
    shall stand no longer. ``particulars`` are the petition's own columns that change, as ``particulars.said_of`` names
    them.
    """

    petition: int
    seen: int | None
    action: str
    put: tuple[Row, ...] = ()
    take: tuple[tuple[str, str], ...] = ()
    particulars: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None

    def content(self) -> dict[str, Any]:
        """Return the draft as plain data, which ``draft_from`` reads back."""
        return {
            "petition": self.petition,
            "action": self.action,
            "put": [row.content() for row in self.put],
            "take": [list(each) for each in self.take],
            "particulars": dict(self.particulars),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Effect:
    """Where a petition stands without a change and with it, on one day.

    ``misplaced`` are dates that then are out of order; ``needs_second`` says that a second person must confirm it.
    """

    before: Standing
    after: Standing
    misplaced: tuple[Misplaced, ...] = ()
    needs_second: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of recording: the entry, the proposal where a second person is needed, the number of a new petition."""

    sequence: int
    proposal: int | None = None
    petition: int | None = None


def draft_from(content: Mapping[str, Any]) -> Draft:
    """Read back what ``Draft.content`` wrote and JSON kept."""
    return Draft(
        petition=content["petition"],
        seen=None,
        action=content["action"],
        put=tuple(row_from(each) for each in content["put"]),
        take=tuple((table, key) for table, key in content["take"]),
        particulars=particulars.typed(content["particulars"]),
        reason=content["reason"],
    )


def needs_second_person(draft: Draft, current: Mapping[tuple[str, str], Any]) -> bool:
    """Whether a draft says, or takes back, what became of a petition or of one of its demands."""
    changed = [current[each] for each in _replaced(draft, current)]
    return any(_decides(row.table, row.values) for row in draft.put) or any(
        _decides(row.__tablename__, {"kind": getattr(row, "kind", None), "outcome": getattr(row, "outcome", None)})
        for row in changed
    )


def _decides(table: str, values: Mapping[str, Any]) -> bool:
    if table == "event":
        return values["kind"] in DECIDING
    if table == "demand":
        return values["outcome"] is not None and values["outcome"] not in UNDECIDED
    return table == "decision"


def _replaced(draft: Draft, current: Mapping[tuple[str, str], Any]) -> list[tuple[str, str]]:
    return [*draft.take, *((row.table, row.key) for row in draft.put if (row.table, row.key) in current)]


# Verbs
# ------------------------------------------------------------------------------------------------------------------


def record(draft: Draft, *, by: str) -> Saved:
    """Bring a draft into the record, or propose it where it needs a second person; one transaction.

    Raises ``ChangedMeanwhile``, ``ReasonMissing``, ``RowMissing``, ``SourceMissing`` and ``NothingChanged``, and
    ``NoResultFound`` for a petition that there is none of.
    """
    return record_all([draft], by=by)[0]


def record_all(drafts: Iterable[Draft], *, by: str) -> list[Saved]:
    """Bring several drafts into the record, all of them or none. Raises what ``record`` raises."""
    with writing() as session:
        return [record_within(session, draft, by=by) for draft in drafts]


def record_within(session: Session, draft: Draft, *, by: str) -> Saved:
    """Bring a draft into the record within the caller's transaction. Raises what ``record`` raises."""
    petition = _read(session, draft)
    current = _checked(session, petition, draft)
    if needs_second_person(draft, current):
        made = proposals.add(session, f"petition/{petition.number}", draft.content(), by=by)
        return Saved(made.proposed_in, made.id)
    return Saved(_apply(session, petition, draft, current, by=by))


def confirm(number: int, *, seen: int, by: str) -> Saved:
    """Bring into the record what somebody else proposed. ``seen`` is what the second person read.

    Raises what ``record`` raises, ``OwnProposal`` and ``AlreadySettled``.
    """
    with writing() as session:
        proposal = proposals.locked(session, number)
        proposals.require_another(proposal, by)
        content = proposals.content_of(proposal)
        if content is None:
            raise RowMissing("proposal", str(number))
        draft = replace(draft_from(content), seen=seen)
        petition = _read(session, draft)
        current = _checked(session, petition, draft)
        confirmed = {"proposed_in": proposal.proposed_in, "proposed_by": proposal.proposed_by}
        sequence = _apply(session, petition, draft, current, by=by, confirmed=confirmed)
        proposals.settle(proposal, ProposalState.CONFIRMED, by=by, sequence=sequence)
    return Saved(sequence, number)


def found(own: Mapping[str, Any], rows: Sequence[Row], *, by: str, reason: str | None = None) -> Saved:
    """Begin the record of a petition: its own columns and its first rows, none of which decides it.

    The number is the next that was never given. Raises ``SourceMissing``, and ``AlreadyRecorded`` where the record has
    it by its number, id or address on the official portal, or where the same form was sent before (``register_id``).
    """
    with writing() as session:
        return found_within(session, own, rows, by=by, reason=reason)


def found_within(
    session: Session, own: Mapping[str, Any], rows: Sequence[Row], *, by: str, reason: str | None = None
) -> Saved:
    """Begin the record of a petition within the caller's transaction. Raises what ``found`` raises."""
    particulars.require_unrecorded(session, own, None)
    _require_new_slug(session, own.get("register_id"))
    number = (session.scalar(select(func.max(Petition.number))) or 0) + 1
    draft = Draft(number, None, "petition.founded", tuple(rows), (), own, reason)
    if needs_second_person(draft, {}):
        raise ValueError("a record does not begin with a decision")
    return Saved(_apply(session, None, draft, {}, by=by), petition=number)


def _require_new_slug(session: Session, slug: str | None) -> None:
    taken = session.scalar(select(Petition.number).where(Petition.register_id == slug)) if slug else None
    if taken is not None:
        raise AlreadyRecorded(taken)


def preview(draft: Draft, on: date) -> Effect:
    """Return what a draft would do to where the petition stands on a day. Nothing is kept of it.

    Raises what ``record`` raises.
    """
    with _undone() as session:
        petition = _read(session, draft)
        before = tracking.standing_of(tracking.record_of(petition), on)
        current = _checked(session, petition, draft)
        needs_second = needs_second_person(draft, current)
        _apply(session, petition, draft, current, by="preview")
        session.expire_all()
        record = tracking.record_of(petition)
        out_of_order = misplaced(lifecycle.domain_event(event) for event in record.events)
        return Effect(before, tracking.standing_of(record, on), out_of_order, needs_second)


@contextmanager
def _undone() -> Iterator[Session]:
    """One transaction as for writing, undone in any case."""
    session = db.session()
    try:
        with writing():
            yield session
            raise _Undo
    except _Undo:
        pass


class _Undo(Exception):
    """What ends a transaction that only tried something."""


# Within a transaction
# ------------------------------------------------------------------------------------------------------------------


def _read(session: Session, draft: Draft) -> Petition:
    rows = select(Petition).where(Petition.number == draft.petition)
    petition = session.scalars(rows.with_for_update().execution_options(populate_existing=True)).one()
    if draft.seen is not None and petition.changed_in != draft.seen:
        later = select(AuditEntry.sequence).where(
            AuditEntry.subject == f"petition/{petition.number}", AuditEntry.sequence > draft.seen
        )
        raise ChangedMeanwhile(tuple(session.scalars(later.order_by(AuditEntry.sequence))))
    return petition


def _checked(session: Session, petition: Petition, draft: Draft) -> Mapping[tuple[str, str], Any]:
    """Return the rows of now, having refused what cannot be done to them."""
    current = current_rows(session, petition.id)
    for table, key in draft.take:
        if (table, key) not in current:
            raise RowMissing(table, key)
    changes = particulars.differing(session, petition, draft.particulars)
    particulars.require_unrecorded(session, changes, petition)
    said = [row for row in draft.put if not _says_the_same(session, row, current.get((row.table, row.key)))]
    if not (said or draft.take or changes):
        raise NothingChanged
    if (_replaced(draft, current) or changes) and not draft.reason:
        raise ReasonMissing
    return current


def _says_the_same(session: Session, row: Row, kept: Any) -> bool:
    """Whether a row that stands says what a row says, however the file or the form that it came from wrote it."""
    if kept is None:
        return False
    return kept.digest == digest_of([kept.ordinal, row.content()]) or (
        digest_of(row_of(session, row.table, kept).content()) == digest_of(row.content())
    )


def _apply(
    session: Session,
    petition: Petition | None,
    draft: Draft,
    current: Mapping[tuple[str, str], Any],
    *,
    by: str,
    confirmed: Mapping[str, Any] | None = None,
) -> int:
    """Write a draft under one entry and bring what is derived up to date; return the number of the entry."""
    replaced = _replaced(draft, current)
    own = particulars.concealed(draft.particulars)
    after = _after(draft, own, confirmed)
    entry = audit.append(
        draft.action,
        f"petition/{draft.petition}",
        by=by,
        before=_before(replaced, current) or None,
        after=after,
        reason=draft.reason,
    )
    if petition is None:
        petition = Petition(
            number=draft.petition,
            digest=digest_of(after),
            recorded_at=clock.now(),
            recorded_in=entry.sequence,
            changed_in=entry.sequence,
        )
    is_new = petition.id is None
    particulars.write(petition, own, _References(session).source(own.get(particulars.AUTHOR_SOURCE)))
    petition.changed_in = entry.sequence
    session.add(petition)
    session.flush()
    _write_rows(session, petition, draft, replaced, current, entry.sequence)
    _stamp(session, petition, draft)
    kept = particulars.current_version(session, petition)
    origin = DESK if is_new or own or kept is None else kept.origin
    particulars.keep(session, petition, entry.sequence, origin)
    lifecycle.refresh(session, petition)
    session.flush()
    return entry.sequence


def _before(replaced: Iterable[tuple[str, str]], current: Mapping[tuple[str, str], Any]) -> list[dict[str, Any]]:
    """Return which rows go, by the entries that hold what they said: the chain need not say it twice."""
    return [{"table": table, "key": key, "entry": current[table, key].recorded_in} for table, key in replaced]


def _after(draft: Draft, own: Mapping[str, Any], confirmed: Mapping[str, Any] | None) -> dict[str, Any]:
    content: dict[str, Any] = {"rows": [personal.conceal_row(row.content()) for row in draft.put]}
    if draft.take:
        content["withdrawn"] = [list(each) for each in draft.take]
    if own:
        content["particulars"] = dict(own)
    if confirmed:
        content["confirms"] = dict(confirmed)
    return content


def _write_rows(
    session: Session,
    petition: Petition,
    draft: Draft,
    replaced: Iterable[tuple[str, str]],
    current: Mapping[tuple[str, str], Any],
    sequence: int,
) -> None:
    writer = RowWriter(session, petition.id, origin=DESK, sequence=sequence, references=_References(session))
    for each in replaced:
        writer.retire(current[each])
    session.flush()  # What is retired leaves its key free before the new row takes it.
    last = max((row.ordinal for row in current.values()), default=-1)
    for row in draft.put:
        kept = current.get((row.table, row.key))
        last += kept is None
        writer.add(row, last if kept is None else kept.ordinal)
    session.flush()


def _stamp(session: Session, petition: Petition, draft: Draft) -> None:
    """Stamp the threshold anew where what it follows from may have changed and no source states it."""
    is_placed = any(row.table == "event" and row.values["kind"] == EventKind.PUBLISHED for row in draft.put)
    if not is_placed and not {"level", "region_code", "threshold"} & draft.particulars.keys():
        return
    published = select(func.min(Claim.latest)).join(Event, Event.id == Claim.event_id)
    placed_on = session.scalar(
        published.where(Event.petition_id == petition.id, Event.kind == EventKind.PUBLISHED, Event.retired_in.is_(None))
    )
    stated = petition.threshold if "threshold" in draft.particulars or petition.threshold_population is None else None
    stamp(session, petition, stated=stated, placed_on=placed_on)


class _References:
    """What rows name, which must be in the record before them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def source(self, key: str | None) -> int | None:
        """Return the id of a source. Raises ``SourceMissing``."""
        if key is None:
            return None
        found = self.session.scalar(select(Source.id).where(Source.key == key))
        if found is None:
            raise SourceMissing(key)
        return found

    def body(self, names: Mapping[str, str]) -> str:
        """Refuse a body without an id: at the desk one is chosen, or recorded first."""
        raise RowMissing("body", next(iter(names.values()), ""))

"""What the workbench of a petition shows: where it stands, every row of its record, and what can be recorded next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, url_for

from portal.domain.events import EventKind
from portal.i18n.labels import label
from portal.i18n.locale import LazyText, gettext, lazy_gettext
from portal.i18n.sentences import status_sentence
from portal.models import Petition
from portal.services import changes, tracking
from portal.services.tracking import Record
from portal.web.desk.forms.event import KINDS
from portal.web.desk.records import FORMS
from portal.web.desk.row_words import line_of
from portal.web.public.change_words import name_of
from portal.web.public.petition_view import Heading, heading_of

PHASES: Sequence[tuple[LazyText, Sequence[EventKind]]] = (
    (
        lazy_gettext("Before placement"),
        (
            EventKind.FILED,
            EventKind.MODERATION_PASSED,
            EventKind.INITIAL_SUPPORT_OPENED,
            EventKind.FIFTY_REACHED,
            EventKind.INQUIRY_SENT,
            EventKind.REJECTED,
            EventKind.WITHDRAWN,
        ),
    ),
    (
        lazy_gettext("Collecting votes"),
        (
            EventKind.PUBLISHED,
            EventKind.MEDIA_NOTIFIED,
            EventKind.THRESHOLD_REACHED,
            EventKind.RETURNED,
            EventKind.MESSAGE_REGISTERED,
            EventKind.MESSAGE_ANSWERED,
        ),
    ),
    (
        lazy_gettext("Review"),
        (
            EventKind.FORWARDED,
            EventKind.FORWARDING_NOTICED,
            EventKind.RECEIVED,
            EventKind.REGISTERED,
            EventKind.GROUP_FORMED,
            EventKind.DISCUSSION_NOTIFIED,
            EventKind.DRAFT_ANNOUNCED,
            EventKind.DECIDED,
            EventKind.DECISION_PUBLISHED,
            EventKind.STATEMENT_MADE,
            EventKind.AUTHOR_NOTIFIED,
        ),
    ),
    (
        lazy_gettext("After the decision"),
        (
            EventKind.COMPLAINT_FILED,
            EventKind.COMPLAINT_FORWARDED,
            EventKind.COMPLAINT_REGISTERED,
            EventKind.COMPLAINT_DECIDED,
            EventKind.COURT_CLAIM_FILED,
            EventKind.OVERTAKEN,
        ),
    ),
    (
        lazy_gettext("The official page, and terms that others name"),
        (EventKind.VANISHED, EventKind.REAPPEARED, EventKind.TEXT_CHANGED, EventKind.TERM_REPORTED),
    ),
)
"""The kinds of event as the forms are offered: by where the petition is. A test holds that none is missing."""

PARTS: Mapping[str, LazyText] = {
    "title": lazy_gettext("Titles"),
    "addressee": lazy_gettext("Addressees"),
    "demand": lazy_gettext("Demands"),
    "event": lazy_gettext("Events"),
    "count_report": lazy_gettext("Reported counts"),
    "working_group": lazy_gettext("Working group"),
    "position": lazy_gettext("Positions"),
    "group_view": lazy_gettext("Views of groups"),
    "decision": lazy_gettext("Decisions"),
}
"""The parts of a record in the order of the workbench."""

FROM_FILE = "register"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the record: what it is, what it says in short, where it came from, and where it is changed."""

    name: Any
    says: Any
    is_from_file: bool
    entry: int
    correct: str
    withdraw: str
    claim: str | None


@dataclass(frozen=True, slots=True)
class Workbench:
    """The workbench of one petition."""

    number: int
    heading: Heading
    status: Sequence[str]
    parts: Mapping[str, Sequence[Line]]
    phases: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    forms: Sequence[tuple[str, str]]


def language() -> str:
    """Return the language of the page."""
    return str(g.lang)


def page_of(petition: Petition, on: date) -> Workbench:
    """Return the workbench of a petition as of a day."""
    record = tracking.record_of(petition)
    return Workbench(
        petition.number,
        heading_of(petition, record.titles, language()),
        status_sentence(tracking.standing_of(record, on)),
        parts_of(record),
        [(str(name), [_offer(petition, kind) for kind in kinds]) for name, kinds in PHASES],
        [
            (str(form.heading), url_for("desk.record", number=petition.number, what=what))
            for what, form in FORMS.items()
            if what != "event"
        ],
    )


def parts_of(record: Record) -> Mapping[str, Sequence[Line]]:
    """Return every row of a record as a line, by the name of its part."""
    rows: Mapping[str, Sequence[Any]] = {
        "title": record.titles,
        "addressee": record.addressees,
        "demand": record.demands,
        "event": sorted(record.events, key=_day),
        "count_report": record.counts,
        "working_group": [record.group] if record.group else [],
        "position": record.positions,
        "group_view": record.views,
        "decision": record.decisions,
    }
    publishers = changes.publishers(list(record.sources))
    number = record.petition.number
    return {str(name): [_line(number, table, row, publishers) for row in rows[table]] for table, name in PARTS.items()}


def _day(event: Any) -> tuple[date, int]:
    days = [claim.latest or claim.earliest for claim in event.claims]
    return min((day for day in days if day), default=date.max), event.ordinal


def _line(number: int, table: str, row: Any, publishers: Mapping[int, str]) -> Line:
    where = {"number": number, "table": table, "key": row.key}
    return Line(
        name_of(row),
        line_of(row, publishers) or gettext("see the petition’s page"),
        row.origin == FROM_FILE,
        row.recorded_in,
        url_for("desk.correct", **where),
        url_for("desk.withdraw", **where),
        url_for("desk.add_claim", number=number, key=row.key) if table == "event" else None,
    )


def _offer(petition: Petition, kind: EventKind) -> tuple[str, str]:
    return label(kind), url_for("desk.record_event", number=petition.number, kind=kind.value)


__all__ = ["KINDS", "PHASES", "Workbench", "language", "page_of"]

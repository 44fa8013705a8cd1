"""What needs a person: found in the record whenever somebody asks, and stored nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.events import Event, EventKind
from portal.domain.rights import Right


class TaskKind(StrEnum):
    """The queues of the hub, in the order in which they are worked."""

    STOPPED = "stopped"
    PROPOSAL = "proposal"
    OVERDUE = "overdue"
    DUE = "due"
    UNSEEN = "unseen"
    PORTAL_DECISION = "portal_decision"
    PORTAL_WORD = "portal_word"
    MISFIT = "misfit"
    UNMATCHED = "unmatched"
    SOURCE = "source"
    UNDATED = "undated"
    STALE = "stale"
    TRANSLATION = "translation"


class Check(StrEnum):
    """What does not fit together, or what else a queue tells apart. Always a warning: sources may disagree."""

    DAY_ORDER = "day_order"
    ANSWER_BEFORE_LETTER = "answer_before_letter"
    SIGNED_AFTER_SENT = "signed_after_sent"
    UNTIL_BEFORE_DAY = "until_before_day"
    CATEGORIES_EXCEED_TOTAL = "categories_exceed_total"
    PARTIAL_BUT_ALL_GRANTED = "partial_but_all_granted"
    PARTIAL_BUT_NONE_GRANTED = "partial_but_none_granted"
    GRANTED_BUT_NOT_ALL = "granted_but_not_all"
    REFUSED_BUT_SOME_GRANTED = "refused_but_some_granted"


class Form(StrEnum):
    """Which form of the desk mends a thing."""

    SIGHTING = "sighting"
    EVENT = "event"
    CLAIM = "claim"
    CORRECTION = "correction"
    WORKBENCH = "workbench"
    PARTICULARS = "particulars"
    PROPOSAL = "proposal"
    SOURCE_CHECK = "source_check"
    REFERENCE = "reference"
    WATCH = "watch"
    PORTAL_WORD = "portal_word"


NEEDS: Mapping[Form, Right] = {
    Form.SIGHTING: Right.RECORD,
    Form.EVENT: Right.RECORD,
    Form.CLAIM: Right.RECORD,
    Form.CORRECTION: Right.CORRECT,
    Form.WORKBENCH: Right.CORRECT,
    Form.PARTICULARS: Right.CORRECT,
    Form.PROPOSAL: Right.CONFIRM,
    Form.SOURCE_CHECK: Right.RECORD,
    Form.REFERENCE: Right.CORRECT,
    Form.WATCH: Right.MANAGE,
    Form.PORTAL_WORD: Right.RECORD,
}
"""The right that each form asks for, and so whoever takes a task up or puts it off."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that needs a person.

    ``key`` says what it is about and stays the same for as long as it is about that: what was noted of a task is kept
    under it. ``matter`` are the facts that make it a task; where they change, a task that was put off comes back.
    ``since`` is the day from which its age counts; of a task with a last day ahead it is that last day. ``facts`` are
    what its sentence names. ``target`` is the table and key of a row, the id of a proposal or of a source.
    """

    kind: TaskKind
    key: str
    petition: int | None
    since: date | None
    form: Form
    target: tuple[str, str] = ("", "")
    facts: Mapping[str, Any] = field(default_factory=dict)
    by: str | None = None
    """Whose proposal it is: somebody else confirms it."""

    @property
    def matter(self) -> str:
        """Return a digest of the facts that make it a task."""
        said = repr((self.kind.value, sorted((name, str(value)) for name, value in self.facts.items())))
        return sha256(said.encode()).hexdigest()[:16]

    @property
    def right(self) -> Right:
        """Return the right that whoever does it needs."""
        return NEEDS[self.form]


ORDER: tuple[tuple[EventKind, EventKind], ...] = (
    (EventKind.FILED, EventKind.MODERATION_PASSED),
    (EventKind.FILED, EventKind.REJECTED),
    (EventKind.FILED, EventKind.PUBLISHED),
    (EventKind.PUBLISHED, EventKind.THRESHOLD_REACHED),
    (EventKind.PUBLISHED, EventKind.RETURNED),
    (EventKind.THRESHOLD_REACHED, EventKind.FORWARDED),
    (EventKind.FORWARDED, EventKind.RECEIVED),
    (EventKind.FORWARDED, EventKind.REGISTERED),
    (EventKind.RECEIVED, EventKind.REGISTERED),
    (EventKind.REGISTERED, EventKind.DECIDED),
    (EventKind.GROUP_FORMED, EventKind.GROUP_MET),
    (EventKind.GROUP_MET, EventKind.DECIDED),
    (EventKind.SITE_VISITED, EventKind.DECIDED),
    (EventKind.DISCUSSION_NOTIFIED, EventKind.DISCUSSION_HELD),
    (EventKind.DISCUSSION_HELD, EventKind.DECIDED),
    (EventKind.DRAFT_ANNOUNCED, EventKind.DECIDED),
    (EventKind.DECIDED, EventKind.DECISION_PUBLISHED),
    (EventKind.MESSAGE_REGISTERED, EventKind.MESSAGE_ANSWERED),
    (EventKind.COMPLAINT_FILED, EventKind.COMPLAINT_REGISTERED),
    (EventKind.COMPLAINT_REGISTERED, EventKind.COMPLAINT_DECIDED),
)
"""Which step comes before which, one day serving both. Moderation and the first fifty occur in either order."""


@dataclass(frozen=True, slots=True)
class Backwards:
    """Two events whose days stand the wrong way round for certain, by the claims that the timeline counts with."""

    first: Event
    second: Event
    first_on: DateRange
    second_on: DateRange


def backwards(events: Iterable[Event]) -> list[Backwards]:
    """Return the pairs of events that stand the wrong way round: every day of the first lies after the second.

    A sitting that was called and not held comes before nothing. Of several that are wrong with one event, one is told.
    """
    by_kind: dict[EventKind, list[Event]] = {}
    for event in events:
        if event.held:
            by_kind.setdefault(event.kind, []).append(event)
    found: dict[tuple[int, EventKind], Backwards] = {}
    for one, other in ORDER:
        for first in by_kind.get(one, ()):
            for second in by_kind.get(other, ()):
                before, after = first.when(), second.when()
                if before is None or after is None or before.earliest is None or after.latest is None:
                    continue
                if before.earliest > after.latest:
                    found.setdefault((first.id, other), Backwards(first, second, before, after))
    return list(found.values())

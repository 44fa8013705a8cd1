"""The events of a petition as its page shows them: what was done, on which day, and which source says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup, escape

from portal import clock
from portal.domain.dates import DateRange
from portal.domain.events import Event as DomainEvent
from portal.domain.events import EventKind
from portal.domain.timeline import Obligation
from portal.i18n.formats import count, date_range, long_date, number, short_range
from portal.i18n.labels import label, step_name
from portal.i18n.locale import pgettext
from portal.models import Claim, Event
from portal.services import audit
from portal.services.lifecycle import domain_event
from portal.services.tracking import Record
from portal.web.public.citing import CITED, Citations, Cited, Quote, quote_of, said
from portal.web.public.petition_official import OfficialNote, OfficialNotes
from portal.web.public.ruler import Mark

ELSEWHERE: Mapping[EventKind, str] = {
    EventKind.STATEMENT_QUOTED: "statement",
    EventKind.ALLEGATION_MADE: "allegation",
    EventKind.COMMUNICATION_SENT: "letter",
    EventKind.FOLLOW_UP_SET: "follow-up",
    EventKind.FOLLOW_UP_REPORTED: "follow-up",
    EventKind.RELATED_ACT_ADOPTED: "follow-up",
    EventKind.COURT_RULED: "case",
    EventKind.COURT_CLAIM_FILED: "case",
}
"""Kinds that have a part of the page of their own, and how their anchors there begin."""

APART = frozenset({EventKind.STATEMENT_QUOTED, EventKind.ALLEGATION_MADE})
"""What was said about the petition stands side by side in a part of its own: the timeline holds what was done."""

LATE_ENTRY = timedelta(days=7)
"""An entry that was made longer after its event than this, in a record that was there already, says when."""

PINNED = frozenset(
    {
        EventKind.PUBLISHED,
        EventKind.THRESHOLD_REACHED,
        EventKind.GROUP_FORMED,
        EventKind.GROUP_MET,
        EventKind.SITE_VISITED,
        EventKind.DISCUSSION_NOTIFIED,
        EventKind.DISCUSSION_HELD,
        EventKind.DRAFT_ANNOUNCED,
        EventKind.DECIDED,
        EventKind.DECISION_PUBLISHED,
        EventKind.FIFTY_REACHED,
        EventKind.MODERATION_PASSED,
        EventKind.REJECTED,
    }
)
"""Events that stand on the ruler."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What one source says of the day of an event."""

    when: str
    is_dated: bool
    cited: Cited
    speaker: Markup | None
    wording: Quote | None
    note: Markup | None
    derived: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of the timeline. ``ours`` is our computation beside a deadline that others named."""

    id: str
    kind: str
    when: tuple[str, ...]
    day: date | None
    text: Markup | None
    note: Markup | None
    claims: tuple[ClaimView, ...]
    disputed: bool
    held: bool
    one_sitting: bool
    place: Markup | None
    attendance: Markup | None
    votes: str | None
    step: str | None
    ours: str | None
    stage: str | None
    elsewhere: str | None
    recorded: str | None
    official: OfficialNote | None = None

    @property
    def cites(self) -> Markup:
        """Return the numbers of all sources that the claims rest on, each once."""
        sources = dict.fromkeys(each for claim in self.claims for each in claim.cited.sources)
        return CITED.format(numbers=Markup("").join(each.html for each in sources))

    @property
    def unfolds(self) -> bool:
        """Whether the claims say more than a day on which they agree."""
        return self.disputed or any(
            claim.speaker or claim.wording or claim.note or claim.derived for claim in self.claims
        )


class Events:
    """The events of one record, ready for the page."""

    def __init__(
        self, record: Record, citations: Citations, terms: Mapping[str, Obligation], as_of: date | None = None
    ) -> None:
        self._citations = citations
        self._official = OfficialNotes(record, as_of)
        self._terms = terms
        self._events = [(event, domain_event(event)) for event in record.events]
        self._recorded = _recorded_later(record)

    def timeline(self) -> list[tuple[date | None, EventView]]:
        """Return what was done, each with its latest day, in the order of these days, those without a day last."""
        done = [pair for pair in self._events if pair[1].kind not in APART and _has_a_place(*pair)]
        return [
            (when.latest if (when := seen.when()) else None, self._view(event, seen))
            for event, seen in sorted(done, key=_order)
        ]

    def marks(self) -> list[Mark]:
        """Return what a ruler can pin down: the steps of the petition itself, on each day that a source gives."""
        marks = []
        for event, seen in self._events:
            if seen.kind in PINNED and seen.held:
                days = dict.fromkeys(claim.earliest for claim in event.claims if claim.latest == claim.earliest)
                href = f"#event-{event.key.replace(':', '-')}"
                text = label(event.kind, "event_kind")
                if seen.is_disputed():
                    text = pgettext("event", "%(event)s (sources disagree)", event=text)
                marks += [Mark(day, text, href=href) for day in days if day]
        return marks

    def discussions(self) -> list[EventView]:
        """Return the public discussions and the notices of them."""
        kinds = (EventKind.DISCUSSION_NOTIFIED, EventKind.DISCUSSION_HELD)
        return [self._view(event, seen) for event, seen in sorted(self._of(*kinds), key=_order)]

    def claims_of(self, event_id: int) -> tuple[ClaimView, ...]:
        """Return what sources say of the day of one event."""
        found = (event for event, _ in self._events if event.id == event_id)
        return tuple(self._claim(claim, counts=False) for event in found for claim in event.claims if claim.latest)

    def sittings(self) -> list[EventView]:
        """Return the sittings of the working group."""
        return [self._view(event, seen) for event, seen in sorted(self._of(EventKind.GROUP_MET), key=_order)]

    def claim_words(self, ids: Sequence[int]) -> Iterator[tuple[str, str, Cited]]:
        """Return in words what some claims say: the kind of the event, the day, and the source."""
        for event, _ in self._events:
            for claim in event.claims:
                if claim.id in ids:
                    when = date_range(DateRange(claim.earliest, claim.latest))
                    yield label(event.kind, "event_kind"), when, self._citations.of(claim)

    def _of(self, *kinds: EventKind) -> list[tuple[Event, DomainEvent]]:
        return [pair for pair in self._events if pair[1].kind in kinds]

    def _view(self, event: Event, seen: DomainEvent) -> EventView:
        details = event.details or {}
        counting = seen.counting()
        dated = {(claim.earliest, claim.latest) for claim in event.claims if claim.earliest or claim.latest}
        chosen = counting.id if counting and len(dated) > 1 else None
        claims = tuple(self._claim(claim, counts=claim.id == chosen) for claim in event.claims)
        term = self._terms.get(details.get("step", ""))
        return EventView(
            id=event.key.replace(":", "-"),
            kind=label(event.kind, "event_kind"),
            when=_when(seen),
            day=counting.when.earliest if counting and counting.when.is_exact and not seen.is_disputed() else None,
            text=said(event.text),
            note=said(event.note),
            claims=claims,
            disputed=seen.is_disputed() and seen.kind is not EventKind.TERM_REPORTED,
            held=details.get("held", True),
            one_sitting=details.get("one_sitting", False),
            place=said(details.get("place")),
            attendance=_attendance(details),
            votes=_votes(details.get("votes") or {}),
            step=None if term is None else step_name(term.key),
            ours=None if term is None or term.due is None else date_range(term.due),
            stage=label(details["stage"], "stage") if "stage" in details else None,
            elsewhere=_elsewhere(event, seen),
            recorded=self._late_entry(event, seen),
            official=self._official.of(event),
        )

    def _late_entry(self, event: Event, seen: DomainEvent) -> str | None:
        """Return the day on which an event was recorded, where that was long after it happened."""
        day, when = self._recorded.get(event.recorded_in), seen.when()
        late = day is not None and (when is None or when.latest is None or day - when.latest > LATE_ENTRY)
        return long_date(day) if late and day is not None else None

    def _claim(self, claim: Claim, *, counts: bool) -> ClaimView:
        when = DateRange(claim.earliest, claim.latest)
        return ClaimView(
            when=date_range(when),
            is_dated=when.is_dated,
            cited=self._citations.of(claim),
            speaker=said(claim.speaker),
            wording=quote_of(claim.wording),
            note=said(claim.note),
            derived=claim.derived,
            counts=counts,
        )


def _recorded_later(record: Record) -> Mapping[int, date]:
    """Return the day of each entry of the chain that added an event after the petition was first recorded."""
    later = {event.recorded_in for event in record.events} - {record.petition.recorded_in}
    return {sequence: clock.day_of(at) for sequence, at in audit.instants(later).items()} if later else {}


def _has_a_place(event: Event, seen: DomainEvent) -> bool:
    """Whether an event belongs on the timeline: dated, or without another part of the page that shows it."""
    return seen.when() is not None or _elsewhere(event, seen) is None


def _elsewhere(event: Event, seen: DomainEvent) -> str | None:
    """Return the anchor of the part of the page that has more on an event."""
    part = ELSEWHERE.get(seen.kind)
    return None if part is None else f"{part}-{short_key(event.key)}"


def _attendance(details: Mapping[str, Any]) -> Markup | None:
    """Return how many came, as exactly as the source gives it, and its words."""
    attended = details.get("attended")
    came = None if attended is None else count(attended, details.get("attended_qualifier"), of="people")
    parts = [escape(part) for part in (came, said(details.get("attendance"))) if part is not None]
    return Markup("; ").join(parts) if parts else None


def _votes(votes: Mapping[str, int]) -> str | None:
    """Return how a sitting voted, so far as a source gives numbers."""
    named = {
        "for": pgettext("votes", "for %(num)s", num=number(votes.get("for", 0))),
        "against": pgettext("votes", "against %(num)s", num=number(votes.get("against", 0))),
        "abstained": pgettext("votes", "abstained %(num)s", num=number(votes.get("abstained", 0))),
    }
    return ", ".join(words for name, words in named.items() if name in votes) or None


def _order(pair: tuple[Event, DomainEvent]) -> tuple[bool, date, date, int]:
    event, seen = pair
    when = seen.when() or DateRange(None, None)
    return (not when.is_dated, when.latest or date.max, when.earliest or date.min, event.ordinal)


def _when(seen: DomainEvent) -> tuple[str, ...]:
    """Return the day of an event in words; where sources disagree, each day that one of them gives."""
    counting = seen.counting()
    if counting is None:
        return (pgettext("date", "date not known"),)
    rivals = [claim.when for claim in seen.rival_claims()]
    return tuple(dict.fromkeys(short_range(when) for when in (counting.when, *rivals)))


def short_key(key: str) -> str:
    """Return a key without the word for its kind: as ``of``, ``contradicts`` and ``replies_to`` name it."""
    return key.partition(":")[2]

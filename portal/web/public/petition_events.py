"""The events of a petition as its page shows them: the timeline, and what was said, written and ruled around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from portal import clock
from portal.domain.dates import DateRange
from portal.domain.events import Event as DomainEvent
from portal.domain.events import EventKind
from portal.domain.texts import Mark as Whose
from portal.domain.texts import Text
from portal.domain.timeline import Obligation
from portal.i18n.formats import date_range, long_date, quoted, short_range
from portal.i18n.labels import label, step_name
from portal.i18n.locale import pgettext
from portal.models import Claim, Event
from portal.services import audit, library
from portal.services.lifecycle import domain_event
from portal.services.tracking import Record
from portal.web.public.citing import CITED, Citations, Cited, said
from portal.web.public.ruler import Mark
from portal.web.templating import wording

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

DAYS = frozenset({"signed", "sent", "published", "until", "as_of"})
"""Fields of an event that hold a day."""

NONE_FOUND = "none_found"
"""What stands for a response that somebody looked for and did not find."""

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

ABOUT = ("demands", "decision", "signatures", "other")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words between the marks of the language in which we give them."""

    text: str
    lang: str
    translated_by_us: bool


def quote_of(text: Text | dict[str, Any] | None) -> Quote | None:
    """Return a text that somebody said, ready to be shown as their words."""
    found = wording(text)
    if found is None or text is None:
        return None
    original = text.original if isinstance(text, Text) else text["original"]
    ours = original is not None and not found.is_original and found.mark is Whose.OURS
    return Quote(quoted(found.text, found.lang), found.lang, ours)


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
    step: str | None
    ours: str | None
    stage: str | None
    elsewhere: str | None
    recorded: str | None

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


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement, an allegation, a letter, a follow-up or a case: the fields of its kind, already in words."""

    id: str
    kind: str
    when: str
    text: Markup | None
    note: Markup | None
    cited: Cited
    speaker: Markup | None
    wording: Quote | None
    facts: Mapping[str, Any]

    def fact(self, name: str) -> Any:
        """Return a field of the kind; one that the record does not have is nothing."""
        return self.facts.get(name)

    def with_facts(self, **more: Any) -> "Spoken":
        """Return the same with further fields."""
        return replace(self, facts={**self.facts, **more})


class Events:
    """The events of one record, ready for the page."""

    def __init__(self, record: Record, citations: Citations, terms: Mapping[str, Obligation]) -> None:
        self._citations = citations
        self._terms = terms
        self._bodies = library.bodies_by_id(sorted(_responsible(record.events)))
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

    def said(self) -> list[tuple[str, str, int]]:
        """Return what statements are about, by code and in words, with how many there are of each."""
        topics = [(event.details or {}).get("about") or "other" for event, _ in self._of(EventKind.STATEMENT_QUOTED)]
        return [(about, label(about, "statement_about"), topics.count(about)) for about in ABOUT if about in topics]

    def count_of(self, kind: EventKind) -> int:
        """Return how many events of a kind there are."""
        return len(self._of(kind))

    def statements(self) -> list[tuple[str, str, list[Spoken]]]:
        """Return what was said, by code and name of what it is about.

        Each names what it contradicts, whoever of the two says so.
        """
        spoken = [self._spoken(event) for event, _ in self._of(EventKind.STATEMENT_QUOTED)]
        by_id = {each.id: each for each in spoken}
        opposed = _opposed(by_id)
        shown = [each.with_facts(against=[by_id[key] for key in opposed.get(each.id, ())]) for each in spoken]
        groups = [(about, [each for each in shown if (each.fact("about") or "other") == about]) for about in ABOUT]
        return [(about, label(about, "statement_about"), members) for about, members in groups if members]

    def allegations(self) -> list[Spoken]:
        """Return what was alleged and not confirmed."""
        return [self._spoken(event) for event, _ in self._of(EventKind.ALLEGATION_MADE)]

    def letters(self) -> list[Spoken]:
        """Return letters and answers, each with the one that it replies to."""
        found = [self._spoken(event) for event, _ in self._of(EventKind.COMMUNICATION_SENT)]
        by_id = {each.id: each for each in found}
        return [each.with_facts(answers=by_id.get(each.fact("replies_to") or "")) for each in found]

    def undertaken(self) -> list[Spoken]:
        """Return what bodies undertook, each with what was reported of it."""
        reports = [self._spoken(event) for event, _ in self._of(EventKind.FOLLOW_UP_REPORTED)]
        found = [self._spoken(event) for event, _ in self._of(EventKind.FOLLOW_UP_SET)]
        return [each.with_facts(reports=[one for one in reports if one.fact("of") == each.id]) for each in found]

    def reported_apart(self) -> list[Spoken]:
        """Return reports that belong to no recorded undertaking."""
        known = {_short(event.key) for event, _ in self._of(EventKind.FOLLOW_UP_SET)}
        reports = [self._spoken(event) for event, _ in self._of(EventKind.FOLLOW_UP_REPORTED)]
        return [report for report in reports if report.fact("of") not in known]

    def related_acts(self) -> list[Spoken]:
        """Return acts on the subject that are no result of the petition."""
        return [self._spoken(event) for event, _ in self._of(EventKind.RELATED_ACT_ADOPTED)]

    def cases(self) -> list[Spoken]:
        """Return court cases."""
        return [self._spoken(event) for event, _ in self._of(EventKind.COURT_RULED, EventKind.COURT_CLAIM_FILED)]

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
            attendance=said(details.get("attendance")),
            step=None if term is None else step_name(term.key),
            ours=None if term is None or term.due is None else date_range(term.due),
            stage=label(details["stage"], "stage") if "stage" in details else None,
            elsewhere=_elsewhere(event, seen),
            recorded=self._late_entry(event, seen),
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

    def _spoken(self, event: Event) -> Spoken:
        claim = event.claims[0]
        return Spoken(
            id=_short(event.key),
            kind=event.kind,
            when=date_range(DateRange(claim.earliest, claim.latest)),
            text=said(event.text),
            note=said(event.note),
            cited=self._citations.of(claim),
            speaker=said(claim.speaker),
            wording=quote_of(claim.wording),
            facts={name: self._fact(name, value) for name, value in (event.details or {}).items()},
        )

    def _fact(self, name: str, value: Any) -> Any:
        """Return a field of an event as a template shows it: a text, a day in words, bodies."""
        if isinstance(value, dict) and "text" in value:
            return said(value)
        if name in DAYS:
            return long_date(date.fromisoformat(value))
        if name == "responsible":
            return [self._bodies[each] for each in value if each in self._bodies]
        return None if value == NONE_FOUND else value


def _responsible(events: Iterable[Event]) -> set[str]:
    return {body for event in events for body in (event.details or {}).get("responsible", ())}


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
    return None if part is None else f"{part}-{_short(event.key)}"


def _opposed(by_id: Mapping[str, Spoken]) -> Mapping[str, Iterable[str]]:
    """Return which statements stand against which, whoever of the two says so."""
    pairs: dict[str, dict[str, None]] = {}
    for key, each in by_id.items():
        for other in each.fact("contradicts") or ():
            if other in by_id:
                pairs.setdefault(key, {})[other] = None
                pairs.setdefault(other, {})[key] = None
    return pairs


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


def _short(key: str) -> str:
    """Return a key without the word for its kind: as ``of``, ``contradicts`` and ``replies_to`` name it."""
    return key.partition(":")[2]

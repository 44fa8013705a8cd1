"""The events of a petition as its page shows them: the timeline, and what was said, written and ruled around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from portal.domain.dates import DateRange
from portal.domain.events import Event as DomainEvent
from portal.domain.events import EventKind
from portal.domain.texts import Mark, Text
from portal.domain.timeline import Obligation
from portal.i18n.formats import date_range, long_date, quoted
from portal.i18n.labels import label, step_name
from portal.i18n.locale import pgettext
from portal.models import Claim, Event
from portal.services import library
from portal.services.lifecycle import domain_event
from portal.services.tracking import Record
from portal.web.public.citing import Citations, Cited, said
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

DAYS = frozenset({"signed", "sent", "published", "until", "as_of"})
"""Fields of an event that hold a day."""

NONE_FOUND = "none_found"
"""What stands for a response that somebody looked for and did not find."""

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
    ours = original is not None and not found.is_original and found.mark is Mark.OURS
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

    @property
    def is_plain(self) -> bool:
        """Whether the one claim says nothing but a day: then its source stands beside the event itself."""
        claims = self.claims
        return len(claims) == 1 and not (claims[0].speaker or claims[0].wording or claims[0].note or claims[0].derived)


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

    def timeline(self) -> list[EventView]:
        """Return every event in the order of its days, those without a day last."""
        return [self._view(event, seen) for event, seen in sorted(self._events, key=_order)]

    def claims_of(self, event_id: int) -> tuple[ClaimView, ...]:
        """Return what sources say of the day of one event."""
        found = (event for event, _ in self._events if event.id == event_id)
        return tuple(self._claim(claim, counts=False) for event in found for claim in event.claims if claim.latest)

    def sittings(self) -> list[EventView]:
        """Return the sittings of the working group."""
        return [self._view(event, seen) for event, seen in sorted(self._of(EventKind.GROUP_MET), key=_order)]

    def statements(self) -> list[tuple[str, list[Spoken]]]:
        """Return what was said, by what it is about; each names what it contradicts, whoever of the two says so."""
        spoken = [self._spoken(event) for event, _ in self._of(EventKind.STATEMENT_QUOTED)]
        by_id = {each.id: each for each in spoken}
        opposed = _opposed(by_id)
        shown = [each.with_facts(against=[by_id[key] for key in opposed.get(each.id, ())]) for each in spoken]
        groups = [(about, [each for each in shown if (each.fact("about") or "other") == about]) for about in ABOUT]
        return [(label(about, "statement_about"), members) for about, members in groups if members]

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
        )

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
    return tuple(dict.fromkeys(date_range(when) for when in (counting.when, *rivals)))


def _short(key: str) -> str:
    """Return a key without the word for its kind: as ``of``, ``contradicts`` and ``replies_to`` name it."""
    return key.partition(":")[2]

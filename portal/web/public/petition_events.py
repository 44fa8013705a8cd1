"""The events of a petition as its page shows them: the timeline, and what was said, written and ruled around it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.events import Event as DomainEvent
from portal.domain.events import EventKind
from portal.domain.texts import Mark, Text, Wording
from portal.i18n.formats import date_range, long_date, quoted
from portal.i18n.labels import label, step_name
from portal.i18n.locale import pgettext
from portal.models import Claim, Event
from portal.services.lifecycle import domain_event
from portal.services.tracking import Record
from portal.web.public.citing import Citations, Cited
from portal.web.templating import wording

ELSEWHERE: Mapping[EventKind, str] = {
    EventKind.STATEMENT_QUOTED: "statements",
    EventKind.ALLEGATION_MADE: "allegations",
    EventKind.COMMUNICATION_SENT: "letters",
    EventKind.FOLLOW_UP_SET: "follow-up",
    EventKind.FOLLOW_UP_REPORTED: "follow-up",
    EventKind.RELATED_ACT_ADOPTED: "follow-up",
    EventKind.COURT_RULED: "courts",
    EventKind.COURT_CLAIM_FILED: "courts",
}
"""Kinds that have a part of the page of their own: the timeline names them and leads there."""

ABOUT = ("demands", "decision", "signatures", "other")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words between the marks of the language in which we give them."""

    text: str
    lang: str
    translated_by_us: bool


def quote_of(text: Text | dict[str, Any] | None) -> Quote | None:
    """Return a text that somebody said, ready to be shown as their words."""
    said = wording(text)
    if said is None or text is None:
        return None
    original = text.original if isinstance(text, Text) else text["original"]
    ours = original is not None and not said.is_original and said.mark is Mark.OURS
    return Quote(quoted(said.text, said.lang), said.lang, ours)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What one source says of the day of an event."""

    when: str
    is_dated: bool
    cited: Cited
    speaker: Wording | None
    wording: Quote | None
    note: Wording | None
    derived: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of the timeline. ``ours`` is our computation beside a deadline that others named."""

    key: str
    kind: str
    when: tuple[str, ...]
    day: date | None
    text: Wording | None
    note: Wording | None
    claims: tuple[ClaimView, ...]
    disputed: bool
    held: bool
    one_sitting: bool
    place: Wording | None
    attendance: Wording | None
    step: str | None
    ours: str | None
    stage: str | None
    elsewhere: str | None

    @property
    def is_plain(self) -> bool:
        """Whether the one claim says nothing but a day: then its source stands beside the event itself."""
        claims = self.claims
        return len(claims) == 1 and not (
            claims[0].speaker or claims[0].wording or claims[0].note or claims[0].derived
        )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement, an allegation, a letter, a follow-up or a case: the fields of its kind, already in words."""

    id: str
    kind: str
    when: str
    text: Wording | None
    note: Wording | None
    cited: Cited
    speaker: Wording | None
    wording: Quote | None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Let a template read a field of the kind like any other; one that the kind lacks is nothing."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.facts.get(name)


class Events:
    """The events of one record, ready for the page."""

    def __init__(self, record: Record, citations: Citations, ours: Mapping[str, DateRange]) -> None:
        self._citations = citations
        self._ours = ours
        self._events = [(event, domain_event(event)) for event in record.events]

    def timeline(self) -> list[EventView]:
        """Return every event in the order of its days, those without a day last."""
        return [self._view(event, seen) for event, seen in sorted(self._events, key=_order)]

    def statements(self) -> list[tuple[str, list[Spoken]]]:
        """Return what was said, by what it is about; each names what it contradicts, whoever of the two says so."""
        spoken = [self._spoken(event) for event, _ in self._of(EventKind.STATEMENT_QUOTED)]
        opposed = _opposed(spoken)
        shown = [_with(each, against=[opposed[1][key] for key in opposed[0].get(each.id, ())]) for each in spoken]
        groups = [(about, [each for each in shown if (each.about or "other") == about]) for about in ABOUT]
        return [(label(about, "statement_about"), members) for about, members in groups if members]

    def allegations(self) -> list[Spoken]:
        """Return what was alleged and not confirmed."""
        return [self._spoken(event) for event, _ in self._of(EventKind.ALLEGATION_MADE)]

    def letters(self) -> list[Spoken]:
        """Return letters and answers, each with the one that it replies to."""
        found = [self._spoken(event) for event, _ in self._of(EventKind.COMMUNICATION_SENT)]
        by_id = {each.id: each for each in found}
        return [_with(each, answers=by_id.get(each.replies_to or "")) for each in found]

    def undertaken(self) -> list[Spoken]:
        """Return what bodies undertook, each with what was reported of it."""
        reports = [self._spoken(event) for event, _ in self._of(EventKind.FOLLOW_UP_REPORTED)]
        found = [self._spoken(event) for event, _ in self._of(EventKind.FOLLOW_UP_SET)]
        return [_with(each, reports=[report for report in reports if report.of == each.id]) for each in found]

    def reported_apart(self) -> list[Spoken]:
        """Return reports that belong to no recorded undertaking."""
        known = {_short(event.key) for event, _ in self._of(EventKind.FOLLOW_UP_SET)}
        reports = [self._spoken(event) for event, _ in self._of(EventKind.FOLLOW_UP_REPORTED)]
        return [report for report in reports if report.of not in known]

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
        dated = [claim for claim in event.claims if claim.earliest or claim.latest]
        chosen = counting.id if counting and len(dated) > 1 else None
        claims = tuple(self._claim(claim, counts=claim.id == chosen) for claim in event.claims)
        step = details.get("step")
        ours = self._ours.get(step or "")
        return EventView(
            key=_short(event.key),
            kind=label(event.kind, "event_kind"),
            when=_when(event, seen),
            day=counting.when.earliest if counting and counting.when.is_exact and not seen.is_disputed() else None,
            text=wording(event.text),
            note=wording(event.note),
            claims=claims,
            disputed=seen.is_disputed() and seen.kind is not EventKind.TERM_REPORTED,
            held=details.get("held", True),
            one_sitting=details.get("one_sitting", False),
            place=wording(details.get("place")),
            attendance=wording(details.get("attendance")),
            step=None if step is None else step_name("review_central" if step == "review" else step),
            ours=None if ours is None else date_range(ours),
            stage=label(details["stage"], "stage") if "stage" in details else None,
            elsewhere=ELSEWHERE.get(seen.kind),
        )

    def _claim(self, claim: Claim, *, counts: bool) -> ClaimView:
        when = DateRange(claim.earliest, claim.latest)
        return ClaimView(
            when=date_range(when),
            is_dated=when.is_dated,
            cited=self._citations.of(claim),
            speaker=wording(claim.speaker),
            wording=quote_of(claim.wording),
            note=wording(claim.note),
            derived=claim.derived,
            counts=counts,
        )

    def _spoken(self, event: Event) -> Spoken:
        claim = event.claims[0]
        return Spoken(
            id=_short(event.key),
            kind=event.kind,
            when=date_range(DateRange(claim.earliest, claim.latest)),
            text=wording(event.text),
            note=wording(event.note),
            cited=self._citations.of(claim),
            speaker=wording(claim.speaker),
            wording=quote_of(claim.wording),
            facts={name: _fact(value) for name, value in (event.details or {}).items()},
        )


def _fact(value: Any) -> Any:
    """Return a field of an event as a template shows it: a text as its wording, a day as a day."""
    if isinstance(value, dict) and "text" in value:
        return wording(value)
    return value


def _with(spoken: Spoken, **more: Any) -> Spoken:
    return Spoken(
        spoken.id,
        spoken.kind,
        spoken.when,
        spoken.text,
        spoken.note,
        spoken.cited,
        spoken.speaker,
        spoken.wording,
        {**spoken.facts, **more},
    )


def _opposed(spoken: Sequence[Spoken]) -> tuple[Mapping[str, list[str]], Mapping[str, Spoken]]:
    """Return which statements stand against which, both ways, and the statements by id."""
    by_id = {each.id: each for each in spoken}
    pairs: dict[str, dict[str, None]] = {}
    for each in spoken:
        for other in each.contradicts or ():
            if other in by_id:
                pairs.setdefault(each.id, {})[other] = None
                pairs.setdefault(other, {})[each.id] = None
    return {key: list(others) for key, others in pairs.items()}, by_id


def _order(pair: tuple[Event, DomainEvent]) -> tuple[bool, date, date, int]:
    event, seen = pair
    when = seen.when() or DateRange(None, None)
    return (not when.is_dated, when.latest or date.max, when.earliest or date.min, event.ordinal)


def _when(event: Event, seen: DomainEvent) -> tuple[str, ...]:
    """Return the day of an event in words; where sources disagree, each day that one of them gives."""
    counting = seen.counting()
    if counting is None:
        return (pgettext("date", "date not known"),)
    rivals = [claim.when for claim in seen.rival_claims()]
    return tuple(dict.fromkeys(date_range(when) for when in (counting.when, *rivals)))


def _short(key: str) -> str:
    """Return a key without the word for its kind: what stands in addresses and in ``of`` and ``contradicts``."""
    return key.partition(":")[2] if key.startswith(PREFIXES) else key.replace(":", "-")


PREFIXES = ("statement:", "allegation:", "communication:", "follow_up:", "case:")

__all__ = ["ClaimView", "EventView", "Events", "Quote", "Spoken", "long_date", "quote_of"]

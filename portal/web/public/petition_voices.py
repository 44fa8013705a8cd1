"""What was said, written, undertaken and ruled around a petition: each kind with its own fields, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.i18n.formats import date_range, long_date
from portal.i18n.labels import label
from portal.models import Event
from portal.services import library
from portal.services.tracking import Record
from portal.web.public.citing import Citations, Cited, Quote, quote_of, said
from portal.web.public.petition_events import short_key

DAYS = frozenset({"signed", "sent", "published", "until", "as_of"})
"""Fields of an event that hold a day."""

NONE_FOUND = "none_found"
"""What stands for a response that somebody looked for and did not find."""

ABOUT = ("demands", "decision", "signatures", "other")


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


class Voices:
    """Everything around the steps of one petition, ready for the page."""

    def __init__(self, record: Record, citations: Citations) -> None:
        self._citations = citations
        self._bodies = library.bodies_by_id(sorted(_responsible(record.events)))
        self._events = [(event, EventKind(event.kind)) for event in record.events]

    def said(self) -> list[tuple[str, str, int]]:
        """Return what statements are about, by code and in words, with how many there are of each."""
        topics = [(event.details or {}).get("about") or "other" for event in self._of(EventKind.STATEMENT_QUOTED)]
        return [(about, label(about, "statement_about"), topics.count(about)) for about in ABOUT if about in topics]

    def count_of(self, kind: EventKind) -> int:
        """Return how many events of a kind there are."""
        return len(self._of(kind))

    def statements(self) -> list[tuple[str, str, list[Spoken]]]:
        """Return what was said, by code and name of what it is about.

        Each names what it contradicts, whoever of the two says so.
        """
        spoken = [self._spoken(event) for event in self._of(EventKind.STATEMENT_QUOTED)]
        by_id = {each.id: each for each in spoken}
        opposed = _opposed(by_id)
        shown = [each.with_facts(against=[by_id[key] for key in opposed.get(each.id, ())]) for each in spoken]
        groups = [(about, [each for each in shown if (each.fact("about") or "other") == about]) for about in ABOUT]
        return [(about, label(about, "statement_about"), members) for about, members in groups if members]

    def allegations(self) -> list[Spoken]:
        """Return what was alleged and not confirmed."""
        return [self._spoken(event) for event in self._of(EventKind.ALLEGATION_MADE)]

    def letters(self) -> list[Spoken]:
        """Return letters and answers, each with the one that it replies to."""
        found = [self._spoken(event) for event in self._of(EventKind.COMMUNICATION_SENT)]
        by_id = {each.id: each for each in found}
        return [each.with_facts(answers=by_id.get(each.fact("replies_to") or "")) for each in found]

    def undertaken(self) -> list[Spoken]:
        """Return what bodies undertook, each with what was reported of it."""
        reports = [self._spoken(event) for event in self._of(EventKind.FOLLOW_UP_REPORTED)]
        found = [self._spoken(event) for event in self._of(EventKind.FOLLOW_UP_SET)]
        return [each.with_facts(reports=[one for one in reports if one.fact("of") == each.id]) for each in found]

    def reported_apart(self) -> list[Spoken]:
        """Return reports that belong to no recorded undertaking."""
        known = {short_key(event.key) for event in self._of(EventKind.FOLLOW_UP_SET)}
        reports = [self._spoken(event) for event in self._of(EventKind.FOLLOW_UP_REPORTED)]
        return [report for report in reports if report.fact("of") not in known]

    def related_acts(self) -> list[Spoken]:
        """Return acts on the subject that are no result of the petition."""
        return [self._spoken(event) for event in self._of(EventKind.RELATED_ACT_ADOPTED)]

    def cases(self) -> list[Spoken]:
        """Return court cases."""
        return [self._spoken(event) for event in self._of(EventKind.COURT_RULED, EventKind.COURT_CLAIM_FILED)]

    def _spoken(self, event: Event) -> Spoken:
        claim = event.claims[0]
        return Spoken(
            id=short_key(event.key),
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

    def _of(self, *kinds: EventKind) -> list[Event]:
        return [event for event, kind in self._events if kind in kinds]


def _responsible(events: Iterable[Event]) -> set[str]:
    return {body for event in events for body in (event.details or {}).get("responsible", ())}


def _opposed(by_id: Mapping[str, Spoken]) -> Mapping[str, Iterable[str]]:
    """Return which statements stand against which, whoever of the two says so."""
    pairs: dict[str, dict[str, None]] = {}
    for key, each in by_id.items():
        for other in each.fact("contradicts") or ():
            if other in by_id:
                pairs.setdefault(key, {})[other] = None
                pairs.setdefault(other, {})[key] = None
    return pairs

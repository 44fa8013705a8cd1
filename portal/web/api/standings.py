"""Where a petition stands, in the shape of ``docs/standing.md`` section 5: its names, in its order."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.events import Event, EventKind
from portal.domain.stages import Outcome
from portal.domain.statute import Step
from portal.domain.timeline import ENTERS, NextByLaw, Obligation, OutcomeStated, Reading, Standing
from portal.services.catalogue import catalogue
from portal.services.deadlines import Deadline
from portal.services.lifecycle import domain_event
from portal.services.tracking import Record
from portal.web.api import shapes

Json = dict[str, Any]

Derive = Callable[[Obligation, date], Deadline | None]
"""What gives the derivation of an obligation from the day of its start, where there is one."""


def standing(record: Record, found: Standing, lang: str, derive: Derive) -> Json:
    """Return a standing as plain data, its wordings in one language."""
    events = {event.id: domain_event(event) for event in record.events}
    steps = catalogue().statute.editions[-1].steps
    due = found.next_due
    seen = found.last_sighted
    return {
        "as_of": found.as_of.isoformat(),
        "known_through": shapes.iso(found.known_through),
        "jurisdiction": found.jurisdiction.value,
        "stage": found.stage.value,
        "stage_since": _stage_since(record, found, events, lang),
        "last_sighted": seen and {**_range(seen.when), "stage": seen.stage and seen.stage.value},
        "by_law_next": _next_by_law(found.by_law_next),
        "outcome": _outcome(record, found, lang),
        "next_due": due and {"key": due.key, **_range(due.when)},
        "obligations": [
            _obligation(each, _derived(each, steps[each.key], events, found.as_of, derive))
            for each in found.obligations
        ],
    }


def _stage_since(record: Record, found: Standing, events: Mapping[int, Event], lang: str) -> Json | None:
    if found.stage_since is None:
        return None
    event = next((each for each in events.values() if _opened(each, found)), None)
    counting = event.counting() if event else None
    claim = record.claim(counting.id) if counting else None
    wording = claim.wording.in_language(lang).text if claim and claim.wording else None
    return {**_range(found.stage_since), "wording": wording}


def _opened(event: Event, found: Standing) -> bool:
    """Whether this event is the one that the petition is at its stage since."""
    when, since = event.when(), found.stage_since
    if when is None or since is None or not event.happened_by(found.as_of) or not event.held:
        return False
    if event.kind is EventKind.SIGHTED:
        return event.stage is found.stage and since == DateRange(None, when.latest)
    return ENTERS.get(event.kind) is found.stage and when == since


def _next_by_law(following: NextByLaw | None) -> Json | None:
    if following is None:
        return None
    return {"key": following.key, "from": shapes.iso(following.starts_on), "observed": following.observed}


def _outcome(record: Record, found: Standing, lang: str) -> Json:
    stated = found.outcome
    if stated is None:
        return {"value": Outcome.UNKNOWN.value, "stated_by": None, "event": None, "disputed": False}
    return {
        "value": stated.value.value,
        "stated_by": _stated_by(record, stated, found.as_of, lang),
        "event": stated.event,
        "disputed": stated.disputed,
    }


def _stated_by(record: Record, stated: OutcomeStated, on: date, lang: str) -> str | None:
    """Return who says how it ended: the latest decision of those days, else whoever asserts the day that counts."""
    event = record.event(stated.event)
    if event is None:
        return None
    domain = domain_event(event)
    when, counting = domain.when(), domain.counting()
    matching = [
        (decision.latest, decision.stated_by)
        for decision in record.decisions
        if decision.outcome == stated.value
        and decision.stated_by is not None
        and decision.latest is not None
        and decision.latest <= on
        and when is not None
        and when.contains(DateRange(decision.earliest, decision.latest))
    ]
    if matching:
        return max(matching, key=lambda each: each[0])[1].in_language(lang).text
    claim = record.claim(counting.id) if counting else next(iter(event.claims), None)
    if claim is None:
        return None
    if claim.speaker is not None:
        return claim.speaker.in_language(lang).text
    source = record.sources.get(claim.source_id) if claim.source_id is not None else None
    return source.publisher if source else None


def _derived(
    obligation: Obligation, step: Step, events: Mapping[int, Event], on: date, derive: Derive
) -> Deadline | None:
    """Derive the last day from the claim that the timeline counts with, where that names one day."""
    if obligation.due is None or obligation.start is None or obligation.start_inferred:
        return None
    for event in events.values():
        counting = event.counting()
        if (
            event.kind is step.starts_with
            and event.held
            and event.when() == obligation.start
            and event.happened_by(on)
            and counting is not None
            and counting.when.is_exact
            and counting.when.latest is not None
        ):
            return derive(obligation, counting.when.latest)
    return None


def _obligation(each: Obligation, derived: Deadline | None) -> Json:
    return {
        "key": each.key,
        "kind": each.kind.value,
        "status": each.status.value,
        "reason": each.reason,
        "article": each.article,
        "edition": each.editions[0] if each.editions else None,
        "edition_read": each.edition_read,
        "calendar_status": each.calendar_status and each.calendar_status.value,
        "observable": each.observable,
        "start": shapes.span(each.start),
        "due": shapes.span(each.due),
        "met": shapes.span(each.met),
        "days": each.days,
        "derivation": shapes.derivation(derived.derivation) if derived else [],
        "claims_matter": each.claims_matter,
        "certainty": each.certainty.value,
        "editions": list(each.editions),
        "start_inferred": each.start_inferred,
        "readings": [_reading(reading) for reading in each.readings],
        "other_readings": [shapes.other_reading(other) for other in derived.others] if derived else [],
    }


def _reading(reading: Reading) -> Json:
    return {
        "claims": list(reading.claims),
        "status": reading.status.value,
        "due": shapes.span(reading.due),
        "days": reading.days,
    }


def _range(when: DateRange) -> Json:
    return {"earliest": shapes.iso(when.earliest), "latest": shapes.iso(when.latest)}

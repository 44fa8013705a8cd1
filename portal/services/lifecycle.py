"""The derived columns of a petition: made from its record, thrown away and made again at will."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.db import writing
from portal.domain import timeline
from portal.domain.dates import DateRange
from portal.domain.events import ABOUT_THE_MATTER, DatedClaim, EventKind
from portal.domain.events import Event as DomainEvent
from portal.domain.stages import Jurisdiction, Level, Outcome, Stage
from portal.models import CountReport, Event, Petition, Title
from portal.services import audit
from portal.services.catalogue import catalogue

DERIVED = (
    "stage",
    "stage_earliest",
    "stage_latest",
    "outcome",
    "due_key",
    "due_earliest",
    "due_latest",
    "sighted_on",
    "known_through",
    "active_on",
    "year",
    "votes",
    "votes_qualifier",
    "votes_on",
    "search_text",
    "order_activity",
    "order_due",
    "order_votes",
)
"""The columns that hold nothing of their own."""


def case_of(petition: Petition) -> timeline.Case:
    """Return what the law needs to know of a petition besides its events."""
    return timeline.Case(Jurisdiction(petition.jurisdiction), Level(petition.level) if petition.level else None)


def domain_event(event: Event) -> DomainEvent:
    """Return an event of the record as the domain reads it."""
    details = event.details or {}
    return DomainEvent(
        id=event.id,
        kind=EventKind(event.kind),
        claims=tuple(
            DatedClaim(claim.id, DateRange(claim.earliest, claim.latest), claim.derived, claim.counts)
            for claim in event.claims
        ),
        stage=Stage(details["stage"]) if "stage" in details else None,
        step=details.get("step"),
        still_open=tuple(details.get("open", ())),
        outcome=Outcome(details["outcome"]) if "outcome" in details else None,
        held=details.get("held", True),
    )


def searchable(text: str) -> str:
    """Return a text in the form in which titles are searched: case folded by Unicode, ё as е."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е").split())


def derive(
    petition: Petition, events: Iterable[Event], titles: Iterable[Title], counts: Iterable[CountReport]
) -> Mapping[str, object]:
    """Return the derived columns of a petition. They hold dates and never lateness, so no day of today enters."""
    every = [domain_event(event) for event in events]
    days = [when.latest for event in every if (when := event.when()) and when.latest]
    reported = list(counts)
    looked = [count.latest for count in reported if count.latest]
    until = max([*days, *looked], default=date.max)
    held = catalogue()
    standing = timeline.replay(every, held.statute, held.calendar, until, case=case_of(petition))
    latest = latest_count(reported, until)
    label = petition.label
    words = [str(petition.number), petition.register_id or "", *(title.text for title in titles)]
    words += [label.by_language[lang] for lang in sorted(label.by_language)] if label else []
    known = [day for day in (standing.known_through, *looked) if day]
    since = standing.stage_since
    due = standing.stage_due.when if standing.stage_due else None
    seen = standing.last_sighted
    return {
        "stage": standing.stage.value,
        "stage_earliest": since.earliest if since else None,
        "stage_latest": since.latest if since else None,
        "outcome": standing.outcome.value.value if standing.outcome else None,
        "due_key": standing.stage_due.key if standing.stage_due else None,
        "due_earliest": due.earliest if due else None,
        "due_latest": due.latest if due else None,
        "sighted_on": seen.when.latest if seen else None,
        "known_through": max(known, default=None),
        "active_on": max(days, default=None),
        "year": _year(every, looked),
        "votes": latest.votes if latest else None,
        "votes_qualifier": latest.qualifier if latest else None,
        "votes_on": latest.latest if latest else None,
        "search_text": searchable(" ".join(words)),
        "order_activity": max(days, default=date.min),
        "order_due": due.latest if due and due.latest else date.max,
        "order_votes": latest.votes if latest else -1,
    }


def latest_count(counts: Iterable[CountReport], on: date) -> CountReport | None:
    """Return the count to show on a day: of those known by then, the freshest."""
    known = [count for count in counts if count.latest is not None and count.latest <= on]
    return max(known, key=_freshness, default=None)


def _freshness(count: CountReport) -> tuple[bool, date, int]:
    """Order counts: one whose day is known before one that is only bounded, then the latest, then the highest."""
    return count.earliest == count.latest, count.latest or date.min, count.votes


def _year(events: Iterable[DomainEvent], looked: Iterable[date | None]) -> int | None:
    """Return the year in which the petition is first known of."""
    own = [event for event in events if event.kind not in ABOUT_THE_MATTER]
    first = [when.earliest or when.latest for event in own if (when := event.when())]
    days = [day for day in (*first, *looked) if day]
    return min(days).year if days else None


def refresh(session: Session, petition: Petition) -> None:
    """Bring the derived columns of one petition up to date with its record, within the caller's transaction."""
    events, titles, counts = _record_of(session, petition.id)
    for column, value in derive(petition, events, titles, counts).items():
        setattr(petition, column, value)


def _record_of(session: Session, petition_id: int) -> tuple[list[Event], list[Title], list[CountReport]]:
    events = select(Event).where(Event.petition_id == petition_id, Event.retired_in.is_(None))
    titles = select(Title).where(Title.petition_id == petition_id, Title.retired_in.is_(None))
    counts = select(CountReport).where(CountReport.petition_id == petition_id, CountReport.retired_in.is_(None))
    return (
        list(session.scalars(events.order_by(Event.ordinal).options(selectinload(Event.claims)))),
        list(session.scalars(titles.order_by(Title.ordinal))),
        list(session.scalars(counts.order_by(CountReport.ordinal))),
    )


def rebuild(*, by: str = "system") -> tuple[int, list[str]]:
    """Throw away the derived columns of every petition and make them again; return how many, and what differed.

    A difference says that a writer forgot to refresh: the nightly check reports it. One audit entry holds the result.
    """
    differing = []
    with writing() as session:
        petitions = session.scalars(select(Petition).order_by(Petition.id)).all()
        for petition in petitions:
            kept = {column: getattr(petition, column) for column in DERIVED}
            refresh(session, petition)
            made = {column: getattr(petition, column) for column in DERIVED}
            differing += [f"petition/{petition.number}: {column}" for column in DERIVED if kept[column] != made[column]]
        audit.append("register.rebuilt", "register", by=by, after={"petitions": len(petitions), "differing": differing})
    return len(petitions), differing

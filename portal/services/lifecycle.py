"""What is derived of a petition: made from its record, thrown away and made again at will."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, selectinload

from portal.db import db, writing
from portal.domain import timeline
from portal.domain.dates import DateRange
from portal.domain.events import ABOUT_THE_MATTER, DatedClaim, EventKind
from portal.domain.events import Event as DomainEvent
from portal.domain.questions import percent_of
from portal.domain.stages import ENDED, Jurisdiction, Level, Outcome, Stage
from portal.domain.statute import StepKind
from portal.domain.timeline import STAGE_STEPS, Obligation, Standing
from portal.domain.watching import Look, sighted
from portal.models import CountReport, Event, Petition, PetitionTerm, Title
from portal.services import audit, looks
from portal.services.catalogue import catalogue
from portal.services.looks import Polled

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
    "threshold_percent",
    "ground",
    "undertakings_open",
    "is_vanished",
    "vanished_on",
    "search_text",
    "order_activity",
    "order_due",
    "order_votes",
)
"""The columns that hold nothing of their own."""

TERM_COLUMNS = tuple(column.name for column in PetitionTerm.__table__.columns)
"""The columns of a term. Nothing of it is its own either."""


class Count(Protocol):
    """A count of signatures: what a source reported, or what the poll saw."""

    @property
    def votes(self) -> int:
        """How many."""

    @property
    def qualifier(self) -> str:
        """Whether it is exact."""

    @property
    def earliest(self) -> date | None:
        """The first day that it may be of."""

    @property
    def latest(self) -> date | None:
        """The last day that it may be of."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the poll saw, as the count of the day on which it looked."""

    votes: int
    earliest: date
    latest: date
    qualifier: str = "exact"

    @classmethod
    def of(cls, polled: Polled) -> "Counted":
        """Return what the poll saw last."""
        return cls(polled.votes, polled.day, polled.day)


AnyCount = TypeVar("AnyCount", bound=Count)


AT_ONCE = 100
"""How many petitions are rebuilt in one transaction."""


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from a petition's record: its derived columns, and its terms by their steps."""

    columns: Mapping[str, object]
    terms: Mapping[str, Mapping[str, Any]]


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
    petition: Petition,
    events: Iterable[Event],
    titles: Iterable[Title],
    counts: Iterable[CountReport],
    seen: Sequence[Look] = (),
    polled: Polled | None = None,
) -> Derived:
    """Return what is derived of a petition. It holds dates and never lateness, so no day of today enters."""
    recorded = list(events)
    every = [domain_event(event) for event in recorded]
    days = [when.latest for event in every if (when := event.when()) and when.latest]
    told = list(counts)
    reported: list[Count] = [*told, *([Counted.of(polled)] if polled else [])]
    looked = [count.latest for count in reported if count.latest]
    until = max([*days, *looked, *(look.day for look in seen)], default=date.max)
    held = catalogue()
    standing = timeline.replay(
        [*every, *sighted(seen, until)], held.statute, held.calendar, until, case=case_of(petition)
    )
    columns = {
        **_standing_columns(standing, looked),
        **_count_columns(petition, latest_count(reported, until)),
        **_whereabouts(every),
        "ground": _ground(recorded),
        "undertakings_open": len(open_undertakings(recorded)),
        "active_on": max(days, default=None),
        "order_activity": max(days, default=date.min),
        "year": _year(every, [*(count.latest for count in told), *(look.day for look in seen[:1])]),
        "search_text": _search_text(petition, titles),
    }
    return Derived(
        columns, {each.key: _term(petition, each) for each in standing.obligations if _is_kept(each, standing)}
    )


def _standing_columns(standing: Standing, looked: Iterable[date]) -> Mapping[str, object]:
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
        "order_due": due.latest if due and due.latest else date.max,
    }


def _count_columns(petition: Petition, latest: Count | None) -> Mapping[str, object]:
    votes, qualifier = (latest.votes, latest.qualifier) if latest else (None, None)
    return {
        "votes": votes,
        "votes_qualifier": qualifier,
        "votes_on": latest.latest if latest else None,
        "threshold_percent": percent_of(votes, qualifier, petition.threshold),
        "order_votes": votes if votes is not None else -1,
    }


def _whereabouts(events: Iterable[DomainEvent]) -> Mapping[str, object]:
    """Return whether the official page was last seen gone, and since when; a page that opened again later is not."""
    seen = [event for event in events if event.kind in (EventKind.VANISHED, EventKind.REAPPEARED)]
    # What has no day comes first: a dated event says more of how things stand. On one day the page opened again last.
    last = max(seen, key=lambda each: (_last_day(each), each.kind is EventKind.REAPPEARED, each.id), default=None)
    if last is None or last.kind is EventKind.REAPPEARED:
        return {"is_vanished": False, "vanished_on": None}
    counting = last.counting()
    return {"is_vanished": True, "vanished_on": counting.when.latest if counting else None}


def _last_day(event: DomainEvent) -> date:
    counting = event.counting()
    return (counting.when.latest if counting else None) or date.min


def _ground(events: Iterable[Event]) -> str | None:
    """Return the article that a source names as the ground of the rejection."""
    stated = ((event.details or {}).get("ground") for event in events if event.kind == EventKind.REJECTED)
    return next((ground for ground in stated if ground), None)


def open_undertakings(events: Iterable[Event]) -> list[Event]:
    """Return what was undertaken and of which no report says that it was done.

    A report that work goes on, or that nothing was done, leaves the undertaking open; so does silence.
    """
    every = list(events)
    reports = [event.details or {} for event in every if event.kind == EventKind.FOLLOW_UP_REPORTED]
    done = {report.get("of") for report in reports if report.get("done")}
    undertaken = [event for event in every if event.kind == EventKind.FOLLOW_UP_SET]
    return [event for event in undertaken if event.key.partition(":")[2] not in done]


def _search_text(petition: Petition, titles: Iterable[Title]) -> str:
    label = petition.label
    words = [str(petition.number), petition.register_id or "", *(title.text for title in titles)]
    words += [label.by_language[lang] for lang in sorted(label.by_language)] if label else []
    return searchable(" ".join(words))


def _is_kept(each: Obligation, standing: Standing) -> bool:
    """Whether a term is kept for lists: one with a last day and a public trace that somebody still owes, or kept.

    A window for people is kept while it is what the petition is at. Once a petition has stopped without a decision,
    chapter 12-1 asks nothing more for it, and only what was met is kept.
    """
    if each.due is None or each.due.latest is None or not each.observable:
        return False
    if _is_met(each):
        return True
    if standing.stage in ENDED - {Stage.DECIDED}:
        return False
    return each.kind is StepKind.DUTY or each.key in STAGE_STEPS.get(standing.stage, ())


def _is_met(each: Obligation) -> bool:
    return each.met is not None or each.status in (
        timeline.Status.MET,
        timeline.Status.MET_LATE,
        timeline.Status.MET_LATENESS_UNKNOWN,
    )


def _term(petition: Petition, each: Obligation) -> Mapping[str, Any]:
    assert each.due is not None
    return {
        "petition_id": petition.id,
        "key": each.key,
        "kind": each.kind.value,
        "actor": each.actor,
        "start_earliest": each.start.earliest if each.start else None,
        "start_latest": each.start.latest if each.start else None,
        "due_earliest": each.due.earliest,
        "due_latest": each.due.latest,
        "is_met": _is_met(each),
        "met_earliest": each.met.earliest if each.met else None,
        "met_latest": each.met.latest if each.met else None,
        "seen_undone_on": each.seen_undone_on,
    }


def latest_count(counts: Iterable[AnyCount], on: date) -> AnyCount | None:
    """Return the count to show on a day: of those known by then, the freshest."""
    known = [count for count in counts if count.latest is not None and count.latest <= on]
    return max(known, key=_freshness, default=None)


def _freshness(count: Count) -> tuple[bool, date, bool, int]:
    """Order counts: one whose day is known before a bounded one, then the latest, what we saw, the highest."""
    return count.earliest == count.latest, count.latest or date.min, isinstance(count, Counted), count.votes


def _year(events: Iterable[DomainEvent], looked: Iterable[date | None]) -> int | None:
    """Return the year in which the petition is first known of."""
    own = [event for event in events if event.kind not in ABOUT_THE_MATTER]
    first = [when.earliest or when.latest for event in own if (when := event.when())]
    days = [day for day in (*first, *looked) if day]
    return min(days).year if days else None


def refresh(session: Session, petition: Petition) -> Sequence[str]:
    """Bring what is derived of one petition up to date with its record, within the caller's transaction.

    Return the names of the columns and terms that were not what they are now.
    """
    events, titles, counts = _record_of(session, petition.id)
    polled = looks.polled(session, petition.id)
    derived = derive(petition, events, titles, counts, looks.looks_of(session, petition.id), polled)
    differing = [column for column in DERIVED if getattr(petition, column) != derived.columns[column]]
    for column in differing:
        setattr(petition, column, derived.columns[column])
    return [*differing, *_refresh_terms(session, petition, derived.terms)]


def terms_of(session: Session, petition: Petition) -> Mapping[str, Mapping[str, Any]]:
    """Return the terms that are kept of a petition, by their steps."""
    kept = session.execute(select(*PetitionTerm.__table__.columns).where(PetitionTerm.petition_id == petition.id))
    return {row.key: dict(zip(TERM_COLUMNS, row, strict=True)) for row in kept}


def _refresh_terms(session: Session, petition: Petition, made: Mapping[str, Mapping[str, Any]]) -> list[str]:
    kept = terms_of(session, petition)
    differing = sorted(key for key in kept.keys() | made.keys() if kept.get(key) != made.get(key))
    if differing:
        session.execute(delete(PetitionTerm).where(PetitionTerm.petition_id == petition.id))
    if differing and made:
        session.execute(insert(PetitionTerm), [dict(term) for term in made.values()])
    return [f"term {key}" for key in differing]


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
    """Throw away what is derived of every petition and make it again; return how many, and what differed.

    A difference says that a writer forgot to refresh: the nightly check reports it. One audit entry holds the result.
    A hundred are one transaction, so that whoever writes meanwhile need not wait for all.
    """
    differing = []
    ids = list(db.session.scalars(select(Petition.id).order_by(Petition.id)))
    for first in range(0, len(ids), AT_ONCE):
        with writing() as session:
            some = select(Petition).where(Petition.id.in_(ids[first : first + AT_ONCE])).order_by(Petition.id)
            for petition in session.scalars(some).all():
                differing += [f"petition/{petition.number}: {name}" for name in refresh(session, petition)]
    with writing():
        audit.append("register.rebuilt", "register", by=by, after={"petitions": len(ids), "differing": differing})
    return len(ids), differing

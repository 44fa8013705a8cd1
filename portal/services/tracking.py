"""Reading the record: one petition with everything about it, or several as the rows of a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.domain import timeline
from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.stages import STAGES_WITH_AN_END, Stage
from portal.domain.texts import Mark, Text, Wording
from portal.domain.timeline import Standing
from portal.domain.watching import Look, sighted
from portal.models import (
    Addressee,
    Body,
    Claim,
    CountReport,
    Decision,
    Demand,
    Event,
    GroupView,
    Petition,
    PetitionTerm,
    Position,
    Source,
    Title,
    WorkingGroup,
)
from portal.services import audit, looks, past
from portal.services.catalogue import catalogue
from portal.services.lifecycle import Counted, case_of, domain_event, latest_count
from portal.services.looks import Polled


class Named(Protocol):
    """A title as lists read it: a row of the table, or its columns alone."""

    @property
    def lang(self) -> str:
        """The language of the text."""

    @property
    def text(self) -> str:
        """The wording."""

    @property
    def role(self) -> str:
        """Whose wording it is."""

    @property
    def is_main(self) -> bool:
        """Whether it stands at the top of the petition's page."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the record holds of one petition, as it is now or as it was."""

    petition: Petition
    titles: Sequence[Title]
    addressees: Sequence[Addressee]
    demands: Sequence[Demand]
    events: Sequence[Event]
    counts: Sequence[CountReport]
    looks: Sequence[Look]
    group: WorkingGroup | None
    positions: Sequence[Position]
    views: Sequence[GroupView]
    decisions: Sequence[Decision]
    sources: Mapping[int, Source]
    sources_by_key: Mapping[str, Source]
    related: Mapping[str, Petition]
    author: str | None
    at: int | None = None
    """The entry of the chain after which the record stood so; None for the record of now."""

    particulars_kept: bool = True
    """Whether the petition's own columns are those of that time; otherwise they are the oldest that were kept."""

    def claim(self, claim_id: int) -> Claim | None:
        """Return one dated claim by its id."""
        return next((claim for event in self.events for claim in event.claims if claim.id == claim_id), None)

    def polled(self, on: date) -> Polled | None:
        """Return the count that the poll saw last on a day or before it, and, in a past record, by then."""
        session = db.session()
        known = looks.end_of(on)
        if self.at is not None:
            known = min(known, past.second_of(session, self.at))
        return looks.polled(session, self.petition.id, until=known)

    def latest_count(self, on: date) -> CountReport | Counted | None:
        """Return the count to show on a day: of what sources report and what the poll saw, the freshest."""
        seen = self.polled(on)
        known: list[CountReport | Counted] = [*self.counts, *([Counted.of(seen)] if seen else [])]
        return latest_count(known, on)

    def event(self, event_id: int) -> Event | None:
        """Return one event by its id."""
        return next((event for event in self.events if event.id == event_id), None)


def by_number(number: int) -> Petition | None:
    """Find a petition by its public number."""
    return db.session.scalar(select(Petition).where(Petition.number == number))


def by_register_id(register_id: str) -> Petition | None:
    """Find a petition by the slug that register files use."""
    return db.session.scalar(select(Petition).where(Petition.register_id == register_id))


def record_of(petition: Petition, *, at: int | None = None) -> Record:
    """Read everything about a petition: a dozen queries, whatever it holds.

    With ``at``, everything that stood after this entry of the chain. What others share is always that of now: the names
    of bodies and organisations, and who publishes a source.
    """
    session = db.session()
    shown, is_kept = (petition, True) if at is None else past.petition_at(session, petition, at)
    events = _standing_rows(petition, Event, at, selectinload(Event.claims))
    groups = _standing_rows(petition, WorkingGroup, at)
    parts: dict[str, Sequence[Any]] = {
        "titles": _standing_rows(petition, Title, at),
        "addressees": _standing_rows(petition, Addressee, at),
        "demands": _standing_rows(petition, Demand, at),
        "events": events,
        "counts": _standing_rows(petition, CountReport, at),
        "positions": _standing_rows(petition, Position, at),
        "views": _standing_rows(petition, GroupView, at),
        "decisions": _standing_rows(petition, Decision, at),
    }
    sources = _sources_of([row for rows in parts.values() for row in rows], groups, shown)
    return Record(
        petition=shown,
        looks=looks.looks_of(session, petition.id, until=None if at is None else past.second_of(session, at)),
        group=groups[0] if groups else None,
        sources={source.id: source for source in sources},
        sources_by_key={source.key: source for source in sources},
        related=_related(shown, at),
        author=audit.revealed(shown.author_digest) if shown.author_digest else None,
        at=at,
        particulars_kept=is_kept,
        **parts,
    )


def _standing_rows(petition: Petition, table: Any, at: int | None, *options: Any) -> Sequence[Any]:
    """Return the rows that stand now, or that stood after an entry."""
    rows = select(table).where(table.petition_id == petition.id)
    if at is None:
        rows = rows.where(table.retired_in.is_(None))
    else:
        rows = rows.where(table.recorded_in <= at, or_(table.retired_in.is_(None), table.retired_in > at))
    return db.session.scalars(rows.order_by(table.ordinal).options(*options)).all()


def _sources_of(rows: Iterable[Any], groups: Iterable[WorkingGroup], petition: Petition) -> Sequence[Source]:
    ids = {petition.author_source_id}
    keys: set[str] = set()
    cited = [*rows, *groups]
    for group in groups:
        cited += [*group.categories, *group.seats]
    for row in list(cited):
        if isinstance(row, Event):
            cited += row.claims
    for row in cited:
        ids.add(getattr(row, "source_id", None))
        keys.update(getattr(row, "also", None) or ())
        keys.update(quote["source"] for quote in getattr(row, "quotes", None) or () if quote["source"])
    known = ids - {None}
    return db.session.scalars(select(Source).where(or_(Source.id.in_(known), Source.key.in_(keys)))).all()


def _related(petition: Petition, at: int | None) -> Mapping[str, Petition]:
    ids = petition.related or []
    if not ids:
        return {}
    rows = select(Petition).where(Petition.register_id.in_(ids))
    found = db.session.scalars(rows if at is None else rows.where(Petition.recorded_in <= at))
    return {each.register_id: each for each in found if each.register_id}


def standing_of(record: Record, on: date) -> Standing:
    """Return where a petition stands on a day, by the law and the calendars of this portal."""
    held = catalogue()
    events = [*(domain_event(event) for event in record.events), *sighted(record.looks, on)]
    counted = [count.latest for count in record.counts if count.latest and count.latest <= on]
    seen = record.polled(on)
    looked = [day for day in (timeline.last_day_looked(events, on), *counted, seen.day if seen else None) if day]
    return timeline.replay(
        events,
        held.statute,
        held.calendar,
        on,
        case=case_of(record.petition),
        known_through=max(looked, default=None),
    )


def title_for(petition: Petition, titles: Iterable[Named], lang: str) -> tuple[Wording | None, bool]:
    """Return the title for a reader of ``lang``, and whether it is a title at all.

    A title in the reader's language comes first, then the original, then any other. Where no source gives one, it is
    our own
    description, and the second value is False. An opponents' label is never shown as a title.
    """
    main = {title.lang: title for title in titles if title.is_main}
    for candidate in (lang, petition.original_language, "ru", "kk", "en"):
        if candidate in main:
            found = main[candidate]
            return Wording(found.text, found.lang, Mark(found.role), candidate == petition.original_language), True
    return (petition.label.in_language(lang), False) if petition.label else (None, False)


# Rows of a list
# ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list: the petition, its titles, to whom it is addressed, and the terms that were asked for."""

    petition: Petition
    titles: Sequence[Named]
    bodies: Mapping[str, Text]
    seen: DateRange | None = None
    """When somebody last saw the petition at the stage that it is at."""

    terms: Sequence[PetitionTerm] = ()

    def is_over(self, on: date) -> bool:
        """Whether the last day of the petition's stage is over, so that nothing may be said to go on."""
        return Stage(self.petition.stage) in STAGES_WITH_AN_END and self.is_past(on)

    def is_past(self, on: date) -> bool:
        """Whether the last day named with the stage is over. After a decision that is the day of its publication."""
        return self.petition.due_latest is not None and self.petition.due_latest < on

    def due(self) -> DateRange | None:
        """Return the last day of the stage."""
        if self.petition.due_latest is None:
            return None
        return DateRange(self.petition.due_earliest, self.petition.due_latest)


def items_of(petitions: Sequence[Petition], asked: ColumnElement[bool] | None = None) -> Sequence[Item]:
    """Return the petitions as rows of a list: a handful of queries, however many there are.

    ``asked`` says which of their terms the list is about.
    """
    ids = [petition.id for petition in petitions]
    titles: dict[int, list[Named]] = {}
    for title in db.session.execute(
        select(Title.petition_id, Title.lang, Title.text, Title.role, Title.is_main).where(
            Title.petition_id.in_(ids), Title.retired_in.is_(None), Title.is_main
        )
    ):
        titles.setdefault(title.petition_id, []).append(cast(Named, title))
    bodies: dict[int, list[str]] = {}
    for petition_id, body_id in db.session.execute(
        select(Addressee.petition_id, Addressee.body_id)
        .where(Addressee.petition_id.in_(ids), Addressee.retired_in.is_(None), Addressee.role != "named_in_petition")
        .order_by(Addressee.ordinal)
    ):
        bodies.setdefault(petition_id, []).append(body_id)
    seen = _seen(petitions)
    terms = _terms(ids, asked) if asked is not None else {}
    names = _body_names(audit.head()[1])
    return [
        Item(
            each,
            titles.get(each.id, ()),
            {body_id: names[body_id] for body_id in bodies.get(each.id, ())},
            seen.get(each.id),
            terms.get(each.id, ()),
        )
        for each in petitions
    ]


def _terms(ids: Sequence[int], asked: ColumnElement[bool]) -> Mapping[int, Sequence[PetitionTerm]]:
    """Return the terms asked for of each petition, the nearest last day first."""
    found: dict[int, list[PetitionTerm]] = {}
    rows = select(PetitionTerm).where(PetitionTerm.petition_id.in_(ids), asked)
    for term in db.session.scalars(rows.order_by(PetitionTerm.due_latest, PetitionTerm.key)):
        found.setdefault(term.petition_id, []).append(term)
    return found


def _seen(petitions: Sequence[Petition]) -> Mapping[int, DateRange]:
    """Return when each petition was last seen at its stage, where somebody looked: a day, or a range of days."""
    stages = {petition.id: petition.stage for petition in petitions}
    sightings = db.session.execute(
        select(Event.petition_id, Event.details, Claim.earliest, Claim.latest)
        .join(Claim, Claim.event_id == Event.id)
        .where(
            Event.petition_id.in_(stages),
            Event.kind == EventKind.SIGHTED.value,
            Event.retired_in.is_(None),
            Claim.latest.is_not(None),
        )
        .order_by(Claim.latest, Claim.earliest)
    )
    found = {
        petition_id: DateRange(earliest, latest)
        for petition_id, details, earliest, latest in sightings
        if (details or {}).get("stage") == stages[petition_id]
    }
    for petition_id, day in looks.days_seen(db.session(), petitions).items():
        known = found.get(petition_id)
        if known is None or known.latest is None or known.latest <= day:
            found[petition_id] = DateRange(day, day)
    return found


@lru_cache(maxsize=2)
def _body_names(_head: str) -> Mapping[str, Text]:
    """Return the names of every body as they are at this head of the audit chain."""
    return {row.id: row.names for row in db.session.execute(select(Body.id, Body.names))}

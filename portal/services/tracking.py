"""Reading the record: one petition with everything about it, and lists of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import load_only, selectinload

from portal.db import db
from portal.domain import timeline
from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.refusals import CursorUnreadable
from portal.domain.stages import Stage
from portal.domain.texts import Mark, Text, Wording
from portal.domain.timeline import Standing
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
    Position,
    Region,
    Source,
    Title,
    WorkingGroup,
)
from portal.services import audit
from portal.services.catalogue import catalogue
from portal.services.lifecycle import case_of, domain_event, searchable

PAGE_SIZE = 50

WORDS_LOOKED_FOR = 12
"""A title has not many more, and a database can only nest so many conditions."""

ENDED_NOT_SEEN = "ended_not_seen"
"""The list of petitions whose stage has a last day that is over, and of which nothing later was seen."""

STAGES_WITH_AN_END = (
    Stage.PRE_MODERATION,
    Stage.INITIAL_SUPPORT,
    Stage.CONFORMITY_CHECK,
    Stage.COLLECTION,
    Stage.REGISTRATION,
    Stage.REVIEW,
)
"""Stages that the law ends on a last day; "collecting" is said only until then."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the record holds of one petition, as it is now."""

    petition: Petition
    titles: Sequence[Title]
    addressees: Sequence[Addressee]
    demands: Sequence[Demand]
    events: Sequence[Event]
    counts: Sequence[CountReport]
    group: WorkingGroup | None
    positions: Sequence[Position]
    views: Sequence[GroupView]
    decisions: Sequence[Decision]
    sources: Mapping[int, Source]
    sources_by_key: Mapping[str, Source]
    related: Mapping[str, Petition]
    author: str | None

    def claim(self, claim_id: int) -> Claim | None:
        """Return one dated claim by its id."""
        return next((claim for event in self.events for claim in event.claims if claim.id == claim_id), None)

    def event(self, event_id: int) -> Event | None:
        """Return one event by its id."""
        return next((event for event in self.events if event.id == event_id), None)


def by_number(number: int) -> Petition | None:
    """Find a petition by its public number."""
    return db.session.scalar(select(Petition).where(Petition.number == number))


def by_register_id(register_id: str) -> Petition | None:
    """Find a petition by the slug that register files use."""
    return db.session.scalar(select(Petition).where(Petition.register_id == register_id))


def record_of(petition: Petition) -> Record:
    """Read everything about a petition: a dozen queries, whatever it holds."""
    events = _current(petition, Event, selectinload(Event.claims))
    groups = _current(petition, WorkingGroup)
    parts: dict[str, Sequence[Any]] = {
        "titles": _current(petition, Title),
        "addressees": _current(petition, Addressee),
        "demands": _current(petition, Demand),
        "events": events,
        "counts": _current(petition, CountReport),
        "positions": _current(petition, Position),
        "views": _current(petition, GroupView),
        "decisions": _current(petition, Decision),
    }
    sources = _sources_of([row for rows in parts.values() for row in rows], groups, petition)
    return Record(
        petition=petition,
        group=groups[0] if groups else None,
        sources={source.id: source for source in sources},
        sources_by_key={source.key: source for source in sources},
        related=_related(petition),
        author=audit.revealed(petition.author_digest) if petition.author_digest else None,
        **parts,
    )


def _current(petition: Petition, table: Any, *options: Any) -> Sequence[Any]:
    rows = select(table).where(table.petition_id == petition.id, table.retired_in.is_(None))
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


def _related(petition: Petition) -> Mapping[str, Petition]:
    ids = petition.related or []
    if not ids:
        return {}
    found = db.session.scalars(select(Petition).where(Petition.register_id.in_(ids)))
    return {each.register_id: each for each in found if each.register_id}


def standing_of(record: Record, on: date) -> Standing:
    """Return where a petition stands on a day, by the law and the calendars of this portal."""
    held = catalogue()
    events = [domain_event(event) for event in record.events]
    counted = [count.latest for count in record.counts if count.latest and count.latest <= on]
    looked = [day for day in (timeline.last_day_looked(events, on), *counted) if day]
    return timeline.replay(
        events,
        held.statute,
        held.calendar,
        on,
        case=case_of(record.petition),
        known_through=max(looked, default=None),
    )


def title_for(petition: Petition, titles: Iterable[Title], lang: str) -> tuple[Wording | None, bool]:
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


# Lists
# ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. ``stage`` may also be ``ended_not_seen``; ``q`` is looked for in every title."""

    stage: str | None = None
    outcome: str | None = None
    body: str | None = None
    level: str | None = None
    region: str | None = None
    year: int | None = None
    platform: str | None = None
    q: str | None = None
    sort: str = "changed"
    after: str | None = None

    def narrowed(self) -> dict[str, str | int]:
        """Return the filters that are set, without the order and the place."""
        names = ("stage", "outcome", "body", "level", "region", "year", "platform", "q")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list: the petition, its titles, and to whom it is addressed."""

    petition: Petition
    titles: Sequence[Title]
    bodies: Mapping[str, Text]
    seen: DateRange | None = None
    """When somebody last saw the petition at the stage that it is at."""

    def is_over(self, on: date) -> bool:
        """Whether the last day of the petition's stage is over, so that nothing may be said to go on."""
        return (
            Stage(self.petition.stage) in STAGES_WITH_AN_END
            and self.petition.due_latest is not None
            and self.petition.due_latest < on
        )

    def due(self) -> DateRange | None:
        """Return the last day of the stage."""
        if self.petition.due_latest is None:
            return None
        return DateRange(self.petition.due_earliest, self.petition.due_latest)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, the mark of the next one, and how many petitions the filters leave in all."""

    items: Sequence[Item]
    next: str | None
    total: int = field(default=0)


SORTS: Mapping[str, tuple[Any, bool]] = {
    "changed": (Petition.order_activity, True),
    "due": (Petition.order_due, False),
    "votes": (Petition.order_votes, True),
    "number": (Petition.number, False),
}
"""Each order by its name: the column, and whether the greatest comes first."""


def list_petitions(filters: Filters, on: date, *, size: int = PAGE_SIZE) -> ListPage:
    """Return one page of the petitions that the filters leave.

    Raises ``CursorUnreadable`` for a place that is none of ours.
    """
    wanted = _narrow(select(Petition), filters, on)
    column, descending = SORTS[filters.sort]
    order = [column.desc(), Petition.number.desc()] if descending else [column, Petition.number]
    page = wanted.order_by(*order).limit(size + 1)
    if filters.after is not None:
        page = page.where(_beyond(filters.after, filters.sort, column, descending))
    found = db.session.scalars(page).all()
    shown = found[:size]
    following = _mark(shown[-1], filters.sort) if len(found) > size else None
    total = db.session.scalar(_narrow(select(func.count(Petition.id)), filters, on)) or 0
    return ListPage(items_of(shown), following, total)


def _narrow(statement: Select[Any], filters: Filters, on: date) -> Select[Any]:
    for column, value in (
        (Petition.outcome, filters.outcome),
        (Petition.level, filters.level),
        (Petition.region_code, filters.region),
        (Petition.year, filters.year),
        (Petition.platform, filters.platform),
    ):
        if value is not None:
            statement = statement.where(_equal_or_unknown(column, value))
    if filters.stage is not None:
        statement = statement.where(_at_stage(filters.stage, on))
    if filters.body is not None:
        addressed = select(Addressee.petition_id).where(
            Addressee.body_id == filters.body, Addressee.retired_in.is_(None)
        )
        statement = statement.where(Petition.id.in_(addressed))
    for word in searchable(filters.q or "").split()[:WORDS_LOOKED_FOR]:
        statement = statement.where(Petition.search_text.contains(word, autoescape=True))
    return statement


def _equal_or_unknown(column: Any, value: object) -> ColumnElement[bool]:
    """Compare, where ``unknown`` finds what has no value: unknown is a value of its own."""
    return column.is_(None) if value == "unknown" else column == value  # type: ignore[no-any-return]


def _at_stage(stage: str, on: date) -> ColumnElement[bool]:
    over = and_(Petition.stage.in_([each.value for each in STAGES_WITH_AN_END]), Petition.due_latest < on)
    if stage == ENDED_NOT_SEEN:
        return over
    still = or_(Petition.due_latest.is_(None), Petition.due_latest >= on)
    return and_(Petition.stage == stage, still) if stage in STAGES_WITH_AN_END else Petition.stage == stage


def _mark(petition: Petition, sort: str) -> str:
    values = {
        "changed": petition.order_activity.isoformat(),
        "due": petition.order_due.isoformat(),
        "votes": str(petition.order_votes),
        "number": str(petition.number),
    }
    return f"{values[sort]}~{petition.number}"


def _beyond(after: str, sort: str, column: Any, descending: bool) -> ColumnElement[bool]:
    text, _, number = after.partition("~")
    try:
        value: Any = date.fromisoformat(text) if sort in ("changed", "due") else int(text)
        last = int(number)
    except ValueError:
        raise CursorUnreadable(after) from None
    if not 0 < last < 2**31 or (isinstance(value, int) and not -1 <= value < 2**31):
        raise CursorUnreadable(after)
    if descending:
        return or_(column < value, and_(column == value, Petition.number < last))
    return or_(column > value, and_(column == value, Petition.number > last))


def items_of(petitions: Sequence[Petition]) -> Sequence[Item]:
    """Return the petitions as rows of a list, with their titles and to whom they are addressed: two queries."""
    ids = [petition.id for petition in petitions]
    titles: dict[int, list[Title]] = {}
    for title in db.session.scalars(
        select(Title)
        .where(Title.petition_id.in_(ids), Title.retired_in.is_(None), Title.is_main)
        .options(load_only(Title.petition_id, Title.lang, Title.text, Title.role, Title.is_main))
    ):
        titles.setdefault(title.petition_id, []).append(title)
    bodies: dict[int, list[str]] = {}
    for petition_id, body_id in db.session.execute(
        select(Addressee.petition_id, Addressee.body_id)
        .where(Addressee.petition_id.in_(ids), Addressee.retired_in.is_(None), Addressee.role != "named_in_petition")
        .order_by(Addressee.ordinal)
    ):
        bodies.setdefault(petition_id, []).append(body_id)
    seen = _seen(petitions)
    names = choices().bodies
    return [
        Item(
            each,
            titles.get(each.id, ()),
            {body_id: names[body_id] for body_id in bodies.get(each.id, ())},
            seen.get(each.id),
        )
        for each in petitions
    ]


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
    return {
        petition_id: DateRange(earliest, latest)
        for petition_id, details, earliest, latest in sightings
        if (details or {}).get("stage") == stages[petition_id]
    }


@dataclass(frozen=True, slots=True)
class Choices:
    """What lists can be narrowed to: every body and region by its names, and the values that petitions have."""

    bodies: Mapping[str, Text]
    addressed: Sequence[str]
    regions: Mapping[str, Text]
    years: Sequence[int]
    platforms: Sequence[str]


def choices() -> Choices:
    """Return the values by which a list can be narrowed."""
    return _choices(audit.head()[1])


@lru_cache(maxsize=2)
def _choices(_head: str) -> Choices:
    """Gather the choices as they are at this head of the audit chain: without a write they stay the same."""
    return Choices(
        bodies={row.id: row.names for row in db.session.execute(select(Body.id, Body.names).order_by(Body.id))},
        addressed=sorted(_values(Addressee.body_id)),
        regions={row.code: row.names for row in db.session.execute(select(Region.code, Region.names))},
        years=sorted(_values(Petition.year), reverse=True),
        platforms=sorted(_values(Petition.platform)),
    )


def _values(column: Any) -> list[Any]:
    return [value for value in db.session.scalars(select(column).distinct()) if value is not None]


def count_by_stage(on: date) -> Mapping[str, int]:
    """Return how many petitions are at each stage, those whose stage's last day is over under a key of their own."""
    counted: dict[str, int] = {}
    for stage in Stage:
        number = db.session.scalar(select(func.count(Petition.id)).where(_at_stage(stage.value, on)))
        if number:
            counted[stage.value] = number
    over = db.session.scalar(select(func.count(Petition.id)).where(_at_stage(ENDED_NOT_SEEN, on)))
    if over:
        counted[ENDED_NOT_SEEN] = over
    return counted

"""From the record to plain data: dates as ISO strings, texts in all their languages, sources by their keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from portal.domain.dates import DateRange
from portal.domain.groups import Category, composition
from portal.domain.stages import Outcome
from portal.domain.terms import DerivedDay, Term
from portal.domain.texts import LANGUAGES, Mark, Text
from portal.models import Claim, Decision, Event, Organisation, Petition, Source, Title, WorkingGroup
from portal.services.deadlines import Deadline, OtherReading
from portal.services.lifecycle import domain_event
from portal.services.tracking import Item, Record

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a petition is found: its record in this API, and its page in the reader's language."""

    record: str
    page: str


class Cited(Protocol):
    """A row that names its source."""

    @property
    def source_id(self) -> int | None:
        """The source, by its row."""

    @property
    def also(self) -> list[str] | None:
        """Further sources, by their keys."""

    @property
    def locator(self) -> str | None:
        """Where in the source."""


# Values -----------------------------------------------------------------------------------------------------------------


def iso(day: date | None) -> str | None:
    """Return a day as YYYY-MM-DD."""
    return None if day is None else day.isoformat()


def instant(at: datetime) -> str:
    """Return an instant in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def span(when: DateRange | None) -> Json | None:
    """Return a range of days; a side that is open is null."""
    return None if when is None else {"earliest": iso(when.earliest), "latest": iso(when.latest)}


def text(found: Text | None) -> Json | None:
    """Return a text by language, null where it does not stand in one, with whose wording each is."""
    if found is None:
        return None
    marks = {lang: found.marks.get(lang, Mark.OURS).value for lang in found.by_language}
    words = {lang: found.by_language.get(lang) for lang in (*LANGUAGES, *found.by_language)}
    return {**words, "original": found.original, "marks": marks}


def plain(value: Any) -> Any:
    """Return what an event keeps as JSON, its texts in the shape that all texts have here."""
    if isinstance(value, Mapping):
        if set(value) == {"original", "text", "marks"}:
            return text(Text.from_json(value))
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def derivation(days: Iterable[DerivedDay]) -> list[Json]:
    """Return every day of a derivation, with the code of its reason."""
    return [{"day": each.day.isoformat(), "counted": each.counted, "why": each.why} for each in days]


def term(length: Term) -> Json:
    """Return a length of time."""
    return {"length": length.length, "unit": length.unit.value, "before": length.before}


def other_reading(other: OtherReading) -> Json:
    """Return a last day by another reading of the law."""
    return {"code": other.code, "due_on": other.due_on.isoformat(), "term": term(other.term)}


# Lists and last days ------------------------------------------------------------------------------------------------------


def item(found: Item, on: date, where: Addresses) -> Json:
    """Return one row of a list."""
    petition = found.petition
    since = None
    if petition.stage_earliest or petition.stage_latest:
        since = {"earliest": iso(petition.stage_earliest), "latest": iso(petition.stage_latest)}
    count = None
    if petition.votes is not None:
        count = {"votes": petition.votes, "qualifier": petition.votes_qualifier, "on": iso(petition.votes_on)}
    return {
        "number": petition.number,
        "register_id": petition.register_id,
        "url": where.record,
        "page": where.page,
        "titles": {title.lang: title.text for title in found.titles},
        "label": text(petition.label),
        "jurisdiction": petition.jurisdiction,
        "level": petition.level,
        "region": petition.region_code,
        "platform": petition.platform,
        "addressees": [{"id": body.id, "names": text(body.names)} for body in found.bodies],
        "stage": petition.stage,
        "stage_over": found.is_over(on),
        "stage_since": since,
        "outcome": petition.outcome or Outcome.UNKNOWN.value,
        "due": _due(petition, found.due()),
        "known_through": iso(petition.known_through),
        "last_sighted_on": iso(petition.sighted_on),
        "count": count,
        "threshold": petition.threshold,
    }


def _due(petition: Petition, when: DateRange | None) -> Json | None:
    if when is None:
        return None
    return {"key": petition.due_key, "earliest": iso(when.earliest), "latest": iso(when.latest)}


def deadline(found: Deadline, note: str | None) -> Json:
    """Return a last day with everything that it follows from; ``note`` says what is provisional in it."""
    return {
        "stage": found.step.key,
        "from": found.starts_on.isoformat(),
        "due_on": found.due_on.isoformat(),
        "article": found.step.article,
        "edition": found.edition.id,
        "edition_read": found.edition_read,
        "certainty": found.step.certainty.value,
        "calendar_status": found.calendar_status.value,
        "note": note,
        "derivation": derivation(found.derivation),
        "other_readings": [other_reading(other) for other in found.others],
    }


# The record of one petition -----------------------------------------------------------------------------------------------


def record(found: Record, where: Addresses, related: Mapping[int, Addresses]) -> Json:
    """Return everything that the record holds of a petition; ``related`` gives the addresses of others by number."""
    sources = found.sources
    return {
        **_petition(found, where),
        "titles": [_title(each, sources) for each in found.titles],
        "addressees": [
            {
                "id": each.body.id,
                "names": text(each.body.names),
                "role": each.role,
                "note": text(each.note),
                **_cites(each, sources),
            }
            for each in found.addressees
        ],
        "demands": [
            {
                "key": each.key,
                "text": text(each.text),
                "quotes": plain(each.quotes or []),
                "outcome": each.outcome,
                "note": text(each.note),
                **_cites(each, sources),
            }
            for each in found.demands
        ],
        "events": [_event(each, sources) for each in found.events],
        "counts": [
            {
                "votes": each.votes,
                "qualifier": each.qualifier,
                "earliest": iso(each.earliest),
                "latest": iso(each.latest),
                "views": each.views,
                "comments": each.comments,
                "note": text(each.note),
                **_cites(each, sources),
            }
            for each in found.counts
        ],
        "working_group": _group(found.group, sources) if found.group else None,
        "positions": [
            {
                "organisation": _organisation(each.organisation),
                "channel": text(each.channel),
                "stance": each.stance,
                "note": text(each.note),
                **_cites(each, sources),
            }
            for each in found.positions
        ],
        "positions_note": text(found.petition.positions_note),
        "group_views": [
            {"group": text(each.names), "view": text(each.view), **_cites(each, sources)} for each in found.views
        ],
        "decisions": [_decision(each, sources) for each in found.decisions],
        "sources": {key: _source(each) for key, each in sorted(found.sources_by_key.items())},
        "related": [_related(each, found.related, related) for each in found.petition.related or []],
    }


def _petition(found: Record, where: Addresses) -> Json:
    petition = found.petition
    return {
        "number": petition.number,
        "register_id": petition.register_id,
        "url": where.record,
        "page": where.page,
        "jurisdiction": petition.jurisdiction,
        "level": petition.level,
        "region": petition.region_code,
        "platform": petition.platform,
        "platform_confirmed": petition.platform_confirmed,
        "official_uuid": petition.official_uuid,
        "official_number": petition.official_number,
        "official_url": petition.official_url,
        "original_language": petition.original_language,
        "label": text(petition.label),
        "summary": text(petition.summary),
        "notes": text(petition.notes),
        "author": {
            "kind": petition.author_kind,
            "role": text(petition.author_role),
            "name": found.author,
            "source": _key(petition.author_source_id, found.sources),
        },
        "threshold": petition.threshold,
        "threshold_rule": {
            "level": petition.threshold_level,
            "edition": petition.threshold_edition,
            "population": petition.threshold_population,
            "population_on": iso(petition.threshold_population_on),
        },
        "recorded_at": instant(petition.recorded_at),
        "recorded_in": petition.recorded_in,
        "changed_in": petition.changed_in,
    }


def _title(title: Title, sources: Mapping[int, Source]) -> Json:
    # A main title's role is its mark; what a state body calls a petition is official, what opponents call it is nobody's.
    marks = {**{mark.value: mark.value for mark in Mark}, "state_rendering": Mark.OFFICIAL.value}
    return {
        "lang": title.lang,
        "text": title.text,
        "role": title.role,
        "mark": marks.get(title.role),
        "is_main": title.is_main,
        "note": text(title.note),
        **_cites(title, sources),
    }


def _event(event: Event, sources: Mapping[int, Source]) -> Json:
    domain = domain_event(event)
    counting = domain.counting()
    return {
        "id": event.id,
        "kind": event.kind,
        "key": event.key,
        "text": text(event.text),
        "note": text(event.note),
        "details": plain(event.details or {}),
        "disputed": domain.is_disputed(),
        "recorded_at": instant(event.recorded_at),
        "claims": [_claim(claim, counting is not None and claim.id == counting.id, sources) for claim in event.claims],
    }


def _claim(claim: Claim, counts: bool, sources: Mapping[int, Source]) -> Json:
    return {
        "id": claim.id,
        "earliest": iso(claim.earliest),
        "latest": iso(claim.latest),
        "wording": text(claim.wording),
        "derived": claim.derived,
        "counts": counts,
        "speaker": text(claim.speaker),
        "note": text(claim.note),
        **_cites(claim, sources),
    }


def _group(group: WorkingGroup, sources: Mapping[int, Source]) -> Json:
    made_up = composition(group.total, [(Category(each.category), each.count) for each in group.categories])
    return {
        "body": group.body_id,
        "total": group.total,
        "known": made_up.known,
        "not_broken_down": made_up.not_broken_down,
        "unnamed": [sorted(category.value for category in each) for each in made_up.unnamed],
        "chair": text(group.chair),
        "chair_source": _key(group.chair_source_id, sources),
        "fields": plain(group.fields or []),
        "note": text(group.note),
        "categories": [
            {
                "category": each.category,
                "names": text(each.names),
                "count": each.count,
                "note": text(each.note),
                **_cites(each, sources),
            }
            for each in group.categories
        ],
        "seats": [
            {
                "organisation": _organisation(each.organisation) if each.organisation else None,
                "role": text(each.role),
                "category": each.category,
                **_cites(each, sources),
            }
            for each in group.seats
        ],
        **_cites(group, sources),
    }


def _organisation(organisation: Organisation) -> Json:
    return {"id": organisation.id, "names": text(organisation.names), "kind": organisation.kind}


def _decision(decision: Decision, sources: Mapping[int, Source]) -> Json:
    return {
        "key": decision.key,
        "status": decision.status,
        "earliest": iso(decision.earliest),
        "latest": iso(decision.latest),
        "outcome": decision.outcome,
        "stated_by": text(decision.stated_by),
        "legal_effect": decision.legal_effect,
        "quote": text(decision.quote),
        "grounds": list(decision.grounds or []),
        "demands": {each.demand_key: each.outcome for each in decision.demands},
        "note": text(decision.note),
        **_cites(decision, sources),
    }


def _source(source: Source) -> Json:
    return {
        "publisher": source.publisher,
        "title": text(source.title),
        "url": source.url,
        "lang": source.lang,
        "kind": source.kind,
        "published_on": iso(source.published_on),
        "partisan": source.partisan,
        "note": text(source.note),
    }


def _related(register_id: str, known: Mapping[str, Petition], where: Mapping[int, Addresses]) -> Json:
    petition = known.get(register_id)
    if petition is None:
        return {"register_id": register_id, "number": None, "url": None, "page": None}
    there = where[petition.number]
    return {"register_id": register_id, "number": petition.number, "url": there.record, "page": there.page}


def _cites(row: Cited, sources: Mapping[int, Source]) -> Json:
    return {"source": _key(row.source_id, sources), "also": list(row.also or []), "locator": row.locator}


def _key(source_id: int | None, sources: Mapping[int, Source]) -> str | None:
    return sources[source_id].key if source_id is not None else None

"""Everything that the record holds of one petition, as plain data."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from portal.domain.groups import Category, composition
from portal.domain.texts import Mark
from portal.i18n.formats import long_date
from portal.i18n.locale import gettext
from portal.models import (
    Addressee,
    Claim,
    CountReport,
    Decision,
    Demand,
    Event,
    GroupView,
    Organisation,
    Petition,
    Position,
    Source,
    Title,
    WorkingGroup,
)
from portal.services.lifecycle import domain_event
from portal.services.official_record import OfficialRecord
from portal.services.tracking import Record
from portal.web.api import official, shapes

Json = dict[str, Any]


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


def record(
    found: Record,
    where: shapes.Addresses,
    related: Mapping[int, shapes.Addresses],
    shown: OfficialRecord,
) -> Json:
    """Return everything that the record holds of a petition.

    ``related`` gives the addresses of others by number, ``shown`` is what the official portal showed of it.
    """
    sources = found.sources
    return {
        **_petition(found, where),
        "titles": [_title(each, sources) for each in found.titles],
        "addressees": [_addressee(each, sources) for each in found.addressees],
        "demands": [_demand(each, sources) for each in found.demands],
        "events": [_event(each, sources) for each in found.events],
        "counts": [_count(each, sources) for each in found.counts],
        "working_group": _group(found.group, sources) if found.group else None,
        "positions": [_position(each, sources) for each in found.positions],
        "positions_note": shapes.text(found.petition.positions_note),
        "group_views": [_view(each, sources) for each in found.views],
        "decisions": [_decision(each, sources) for each in found.decisions],
        "readings": official.readings(shown),
        "changes": official.changes(shown),
        "sources": {key: _source(each) for key, each in sorted(found.sources_by_key.items())},
        "related": [_related(each, found.related, related) for each in found.petition.related or []],
    }


def not_recorded(petition: Petition, where: shapes.Addresses, first_on: date) -> Json:
    """Return that on the day asked for we had not recorded a petition yet, and since when we have."""
    return {
        "number": petition.number,
        "register_id": petition.register_id,
        "url": where.record,
        "page": where.page,
        "recorded": False,
        "first_recorded_on": shapes.iso(first_on),
        "detail": gettext("Our record of it begins on %(date)s.", date=long_date(first_on)),
    }


def _petition(found: Record, where: shapes.Addresses) -> Json:
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
        "label": shapes.text(petition.label),
        "summary": shapes.text(petition.summary),
        "notes": shapes.text(petition.notes),
        "author": {
            "kind": petition.author_kind,
            "role": shapes.text(petition.author_role),
            "name": found.author,
            "source": _key(petition.author_source_id, found.sources),
        },
        "threshold": petition.threshold,
        "threshold_rule": {
            "level": petition.threshold_level,
            "edition": petition.threshold_edition,
            "population": petition.threshold_population,
            "population_on": shapes.iso(petition.threshold_population_on),
        },
        "recorded_at": shapes.instant(petition.recorded_at),
        "recorded_in": petition.recorded_in,
        "changed_in": petition.changed_in,
    }


def _title(title: Title, sources: Mapping[int, Source]) -> Json:
    # The role of a main title is its mark; a state body's wording is official, and what opponents call it has none.
    marks = {**{mark.value: mark.value for mark in Mark}, "state_rendering": Mark.OFFICIAL.value}
    return {
        "lang": title.lang,
        "text": title.text,
        "role": title.role,
        "mark": marks.get(title.role),
        "is_main": title.is_main,
        "note": shapes.text(title.note),
        **_cites(title, sources),
    }


def _addressee(addressee: Addressee, sources: Mapping[int, Source]) -> Json:
    return {
        "id": addressee.body.id,
        "names": shapes.text(addressee.body.names),
        "role": addressee.role,
        "note": shapes.text(addressee.note),
        **_cites(addressee, sources),
    }


def _demand(demand: Demand, sources: Mapping[int, Source]) -> Json:
    return {
        "key": demand.key,
        "text": shapes.text(demand.text),
        "quotes": shapes.plain(demand.quotes or []),
        "outcome": demand.outcome,
        "note": shapes.text(demand.note),
        **_cites(demand, sources),
    }


def _count(count: CountReport, sources: Mapping[int, Source]) -> Json:
    return {
        "votes": count.votes,
        "qualifier": count.qualifier,
        "earliest": shapes.iso(count.earliest),
        "latest": shapes.iso(count.latest),
        "views": count.views,
        "comments": count.comments,
        "note": shapes.text(count.note),
        **_cites(count, sources),
    }


def _position(position: Position, sources: Mapping[int, Source]) -> Json:
    return {
        "organisation": _organisation(position.organisation),
        "channel": shapes.text(position.channel),
        "stance": position.stance,
        "note": shapes.text(position.note),
        **_cites(position, sources),
    }


def _view(view: GroupView, sources: Mapping[int, Source]) -> Json:
    return {"group": shapes.text(view.names), "view": shapes.text(view.view), **_cites(view, sources)}


def _event(event: Event, sources: Mapping[int, Source]) -> Json:
    domain = domain_event(event)
    counting = domain.counting()
    return {
        "id": event.id,
        "kind": event.kind,
        "key": event.key,
        "text": shapes.text(event.text),
        "note": shapes.text(event.note),
        "details": shapes.plain(event.details or {}),
        "disputed": domain.is_disputed(),
        "recorded_at": shapes.instant(event.recorded_at),
        "claims": [_claim(claim, counting is not None and claim.id == counting.id, sources) for claim in event.claims],
    }


def _claim(claim: Claim, counts: bool, sources: Mapping[int, Source]) -> Json:
    return {
        "id": claim.id,
        "earliest": shapes.iso(claim.earliest),
        "latest": shapes.iso(claim.latest),
        "wording": shapes.text(claim.wording),
        "derived": claim.derived,
        "counts": counts,
        "speaker": shapes.text(claim.speaker),
        "note": shapes.text(claim.note),
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
        "chair": shapes.text(group.chair),
        "chair_source": _key(group.chair_source_id, sources),
        "fields": shapes.plain(group.fields or []),
        "note": shapes.text(group.note),
        "categories": [
            {
                "category": each.category,
                "names": shapes.text(each.names),
                "count": each.count,
                "note": shapes.text(each.note),
                **_cites(each, sources),
            }
            for each in group.categories
        ],
        "seats": [
            {
                "organisation": _organisation(each.organisation) if each.organisation else None,
                "role": shapes.text(each.role),
                "category": each.category,
                **_cites(each, sources),
            }
            for each in group.seats
        ],
        **_cites(group, sources),
    }


def _organisation(organisation: Organisation) -> Json:
    return {"id": organisation.id, "names": shapes.text(organisation.names), "kind": organisation.kind}


def _decision(decision: Decision, sources: Mapping[int, Source]) -> Json:
    return {
        "key": decision.key,
        "status": decision.status,
        "earliest": shapes.iso(decision.earliest),
        "latest": shapes.iso(decision.latest),
        "outcome": decision.outcome,
        "stated_by": shapes.text(decision.stated_by),
        "legal_effect": decision.legal_effect,
        "quote": shapes.text(decision.quote),
        "grounds": list(decision.grounds or []),
        "demands": {each.demand_key: each.outcome for each in decision.demands},
        "note": shapes.text(decision.note),
        **_cites(decision, sources),
    }


def _source(source: Source) -> Json:
    return {
        "publisher": source.publisher,
        "title": shapes.text(source.title),
        "url": source.url,
        "lang": source.lang,
        "kind": source.kind,
        "published_on": shapes.iso(source.published_on),
        "partisan": source.partisan,
        "note": shapes.text(source.note),
    }


def _related(register_id: str, known: Mapping[str, Petition], where: Mapping[int, shapes.Addresses]) -> Json:
    petition = known.get(register_id)
    if petition is None:
        return {"register_id": register_id, "number": None, "url": None, "page": None}
    there = where[petition.number]
    return {"register_id": register_id, "number": petition.number, "url": there.record, "page": there.page}


def _cites(row: Cited, sources: Mapping[int, Source]) -> Json:
    return {"source": _key(row.source_id, sources), "also": list(row.also or []), "locator": row.locator}


def _key(source_id: int | None, sources: Mapping[int, Source]) -> str | None:
    return sources[source_id].key if source_id is not None else None

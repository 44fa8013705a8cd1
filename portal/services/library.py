"""Reading what is not a petition: norms, bodies, the directory, sources, contradictions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, cast, func, or_, select

from portal.db import db
from portal.domain.norms import NormIndex
from portal.models import (
    Addressee,
    Body,
    Claim,
    Contradiction,
    Decision,
    DirectoryEntry,
    Event,
    Norm,
    Organisation,
    Petition,
    Region,
    Source,
)
from portal.services import audit


def norms_meant(text: str) -> Sequence[Norm]:
    """Return the norms that a citation may mean, however it is written; none, one, or several to choose from."""
    ids = _index(audit.head()[1]).find(text)
    found = {norm.id: norm for norm in db.session.scalars(select(Norm).where(Norm.id.in_(ids)))}
    return [found[each] for each in ids if each in found]


@lru_cache(maxsize=2)
def _index(_head: str) -> NormIndex:
    """Index the norms as they are at this head of the audit chain."""
    forms: dict[str, list[str]] = {}
    for norm in db.session.scalars(select(Norm).order_by(Norm.ordinal)):
        acts = [norm.unit] if norm.unit else []
        forms[norm.id] = [*norm.names.by_language.values(), *acts, *(norm.aliases or ())]
    return NormIndex.of(forms)


def all_norms() -> Sequence[Norm]:
    """Return every norm, in the order of the register."""
    return db.session.scalars(select(Norm).order_by(Norm.ordinal)).all()


def units_of(act: Norm) -> Sequence[Norm]:
    """Return the units of an act that the library has."""
    return db.session.scalars(select(Norm).where(Norm.act == act.id).order_by(Norm.ordinal)).all()


def norms_by_article(act_id: str) -> Mapping[str, str]:
    """Return the ids of the units of an act by their labels: of the Code, "90-2(3)" gives ``KZ.APPC.90-2.3``."""
    units = db.session.execute(select(Norm.unit, Norm.id).where(Norm.act == act_id, Norm.unit.is_not(None)))
    return {unit: norm_id for unit, norm_id in units if unit}


def norm(norm_id: str) -> Norm | None:
    """Find a norm by its id."""
    return db.session.get(Norm, norm_id)


def norms_by_id(ids: Sequence[str]) -> Mapping[str, Norm]:
    """Return the norms with these ids."""
    return {each.id: each for each in db.session.scalars(select(Norm).where(Norm.id.in_(ids)))}


def decided_under(norm_id: str) -> Sequence[Petition]:
    """Return the petitions whose recorded decision names this norm as its ground."""
    decisions = db.session.scalars(select(Decision).where(Decision.retired_in.is_(None), Decision.grounds.is_not(None)))
    ids = [each.petition_id for each in decisions if norm_id in (each.grounds or ())]
    return db.session.scalars(select(Petition).where(Petition.id.in_(ids)).order_by(Petition.number)).all()


def body(body_id: str) -> Body | None:
    """Find a body by its id."""
    return db.session.get(Body, body_id)


def bodies() -> Sequence[Body]:
    """Return every body."""
    return db.session.scalars(select(Body).order_by(Body.id)).all()


def bodies_by_id(ids: Sequence[str]) -> Mapping[str, Body]:
    """Return the bodies with these ids."""
    return {each.id: each for each in db.session.scalars(select(Body).where(Body.id.in_(ids)))}


def petitions_of(body_id: str, *, limit: int) -> Sequence[tuple[Petition, Sequence[str]]]:
    """Return the petitions in which a body has a role, those with the latest events first, each with its roles."""
    current = (Addressee.body_id == body_id, Addressee.retired_in.is_(None))
    named = Petition.id.in_(select(Addressee.petition_id).where(*current))
    latest = select(Petition).where(named).order_by(Petition.order_activity.desc(), Petition.number)
    found = db.session.scalars(latest.limit(limit)).all()
    roles: dict[int, list[str]] = {petition.id: [] for petition in found}
    for row in db.session.execute(
        select(Addressee.petition_id, Addressee.role)
        .where(*current, Addressee.petition_id.in_(roles))
        .order_by(Addressee.ordinal)
    ):
        roles[row.petition_id].append(row.role)
    return [(petition, roles[petition.id]) for petition in found]


def regions() -> Sequence[Region]:
    """Return every region, by code."""
    return db.session.scalars(select(Region).order_by(Region.code)).all()


def organisations_by_id(ids: Sequence[str]) -> Mapping[str, Organisation]:
    """Return the organisations with these ids."""
    return {each.id: each for each in db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}


def organisations() -> Sequence[Organisation]:
    """Return every organisation."""
    return db.session.scalars(select(Organisation).order_by(Organisation.id)).all()


def directory() -> Sequence[DirectoryEntry]:
    """Return the directory, in the order of the register."""
    return db.session.scalars(select(DirectoryEntry).order_by(DirectoryEntry.ordinal)).all()


def directory_entry(entry_id: str | None) -> DirectoryEntry | None:
    """Find a row of the directory by its id; nothing where there is no id."""
    return None if entry_id is None else db.session.get(DirectoryEntry, entry_id)


def contradictions() -> Sequence[Contradiction]:
    """Return the pairs of claims that do not fit together."""
    return db.session.scalars(select(Contradiction).order_by(Contradiction.ordinal)).all()


def contradictions_about(register_id: str | None) -> Sequence[Contradiction]:
    """Return the contradictions that concern one petition."""
    if register_id is None:
        return []
    named = cast(Contradiction.petitions, Text).contains(json.dumps(register_id), autoescape=True)
    return db.session.scalars(select(Contradiction).where(named).order_by(Contradiction.ordinal)).all()


def sources() -> Sequence[tuple[Source, int]]:
    """Return every source with the number of dated claims that rest on it, the most cited first."""
    cited = (
        select(Claim.source_id, func.count(Claim.id).label("claims"))
        .join(Event, Event.id == Claim.event_id)
        .where(Event.retired_in.is_(None))
        .group_by(Claim.source_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Source, func.coalesce(cited.c.claims, 0))
        .outerjoin(cited, cited.c.source_id == Source.id)
        .order_by(func.coalesce(cited.c.claims, 0).desc(), Source.publisher, Source.key)
    )
    return [(row[0], row[1]) for row in rows]


def sources_cited(rows: Iterable[Any]) -> tuple[Mapping[int, Source], Mapping[str, Source]]:
    """Return the sources that some rows cite: by id, and by the keys that rows name further ones with."""
    every = list(rows)
    ids = {row.source_id for row in every} - {None}
    keys = {key for row in every for key in row.also or ()}
    found = db.session.scalars(select(Source).where(or_(Source.id.in_(ids), Source.key.in_(keys)))).all()
    return {each.id: each for each in found}, {each.key: each for each in found}


def source(source_id: int | None) -> Source | None:
    """Find a source by its row; nothing where a fact names none."""
    return None if source_id is None else db.session.get(Source, source_id)


def source_by_address(address: str) -> Source | None:
    """Find the source that stands at an address, or under it as its key."""
    rows = select(Source).where(or_(Source.key == address, Source.url == address))
    return db.session.scalars(rows.order_by(Source.id)).first()


def find_sources(words: str, *, limit: int) -> Sequence[Source]:
    """Return the sources whose publisher, title, address or key holds the words, the last recorded first."""
    columns = (Source.publisher, Source.url, Source.key, cast(Source.title, Text))
    found = select(Source).order_by(Source.recorded_in.desc(), Source.id.desc()).limit(limit)
    if words:
        found = found.where(or_(*(func.lower(each).contains(words.lower(), autoescape=True) for each in columns)))
    return db.session.scalars(found).all()


def latest_keys(limit: int = 40) -> Sequence[str]:
    """Return the keys of the sources that were recorded last, to be offered."""
    return [each.key for each in find_sources("", limit=limit)]


def sources_by_key(keys: Sequence[str]) -> Mapping[str, Source]:
    """Return the sources under these keys."""
    return {each.key: each for each in db.session.scalars(select(Source).where(Source.key.in_(keys)))}


def keys_cited(petition: Petition) -> Sequence[str]:
    """Return the keys of the sources that a petition's events cite, to be offered again."""
    keys = (
        select(Source.key)
        .join(Claim, Claim.source_id == Source.id)
        .join(Event, Event.id == Claim.event_id)
        .where(Event.petition_id == petition.id, Event.retired_in.is_(None))
    )
    return db.session.scalars(keys.distinct().order_by(Source.key)).all()

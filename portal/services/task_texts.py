"""Texts that need a translator: those that lack a language, and those whose original was corrected since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, String, and_, cast, or_, select, type_coerce
from sqlalchemy import inspect as columns_of

from portal import clock
from portal.db import Base, TextType, db
from portal.domain.tasks import Form, Task, TaskKind
from portal.domain.texts import LANGUAGES, Text
from portal.domain.translations import stale_since
from portal.models import (
    AuditEntry,
    Body,
    CategoryCount,
    Claim,
    Contradiction,
    DirectoryEntry,
    Event,
    Norm,
    Organisation,
    Petition,
    Region,
    Seat,
    Source,
    Title,
    WorkingGroup,
)
from portal.services.changes import TABLES

Found = Iterator[tuple[int, Task]]

CHILDREN: tuple[tuple[Any, Any, Any], ...] = (
    (Claim, Event, Claim.event_id),
    (CategoryCount, WorkingGroup, CategoryCount.group_id),
    (Seat, WorkingGroup, Seat.group_id),
)
"""Rows that belong to another: what they lack, it lacks."""

REFERENCE: Mapping[str, tuple[Any, str]] = {
    "sources": (Source, "id"),
    "regions": (Region, "code"),
    "bodies": (Body, "id"),
    "organisations": (Organisation, "id"),
    "norms": (Norm, "id"),
    "directory": (DirectoryEntry, "id"),
    "contradictions": (Contradiction, "id"),
}
"""The sections of what petitions refer to, by table and key."""

WITHIN_JSON = '%"text": {%'
"""How a text stands within the details of an event."""


def text_columns(table: type[Base]) -> list[str]:
    """Return the names of the columns that hold a text in several languages."""
    return [column.key for column in columns_of(table).columns if isinstance(column.type, TextType)]


def in_petitions(among: ColumnElement[bool]) -> Found:
    """Return what a translator should see to in the petitions of a condition, each with the petition's id."""
    yield from _missing(among)
    yield from _titles(among)
    yield from _stale(among)


def of_reference() -> Iterator[Task]:
    """Return what is missing in what petitions refer to: sources, bodies, organisations, norms."""
    for section, (table, key) in REFERENCE.items():
        names = text_columns(table)
        rows = (
            select(getattr(table, key), AuditEntry.at, *(getattr(table, name) for name in names))
            .join(AuditEntry, AuditEntry.sequence == table.recorded_in)
            .where(or_(*(_lacks(getattr(table, name)) for name in names)))
        )
        for row in db.session.execute(rows):
            lacks = {name: text.missing() for name, text in zip(names, row[2:], strict=True) if text is not None}
            yield _task(TaskKind.TRANSLATION, None, section, str(row[0]), row[1], lacks)


# Missing
# ------------------------------------------------------------------------------------------------------------------


def _lacks(column: Any) -> ColumnElement[bool]:
    """Return the condition that there is a text, and one of our languages is not in it."""
    plain = type_coerce(column, JSON)
    return and_(column.is_not(None), or_(*(plain["text", lang].as_string().is_(None) for lang in LANGUAGES)))


def _missing(among: ColumnElement[bool]) -> Found:
    lacks: dict[tuple[int, int, str, str], dict[str, tuple[str, ...]]] = {}
    since: dict[tuple[int, int, str, str], datetime] = {}
    for identity, recorded_at, found in [*_own(among), *_in_rows(among), *_in_children(among), *_in_details(among)]:
        lacks.setdefault(identity, {}).update({name: missing for name, missing in found.items() if missing})
        since[identity] = recorded_at
    for (petition, number, table, key), parts in lacks.items():
        if parts:
            at = since[petition, number, table, key]
            yield petition, _task(TaskKind.TRANSLATION, number, table, key, at, parts)


Lacking = Iterator[tuple[tuple[int, int, str, str], datetime, dict[str, tuple[str, ...]]]]


def _own(among: ColumnElement[bool]) -> Lacking:
    names = text_columns(Petition)
    columns = [getattr(Petition, name) for name in names]
    rows = select(Petition.id, Petition.number, Petition.recorded_at, *columns)
    for row in db.session.execute(rows.where(among, or_(*map(_lacks, columns)))):
        yield (row[0], row[1], "petition", str(row[1])), row[2], _missing_in(names, row[3:])


def _in_rows(among: ColumnElement[bool]) -> Lacking:
    for table in TABLES:
        names = text_columns(table)
        if not names:
            continue
        columns = [getattr(table, name) for name in names]
        rows = select(Petition.id, Petition.number, table.key, table.recorded_at, *columns).join(
            Petition, Petition.id == table.petition_id
        )
        for row in db.session.execute(rows.where(among, table.retired_in.is_(None), or_(*map(_lacks, columns)))):
            yield (row[0], row[1], table.__tablename__, row[2]), row[3], _missing_in(names, row[4:])


def _in_children(among: ColumnElement[bool]) -> Lacking:
    for table, parent, link in CHILDREN:
        names = text_columns(table)
        columns = [getattr(table, name) for name in names]
        rows = (
            select(Petition.id, Petition.number, parent.key, parent.recorded_at, *columns)
            .join(parent, parent.id == link)
            .join(Petition, Petition.id == parent.petition_id)
            .where(among, parent.retired_in.is_(None), or_(*map(_lacks, columns)))
        )
        for row in db.session.execute(rows):
            yield (row[0], row[1], parent.__tablename__, row[2]), row[3], _missing_in(names, row[4:])


def _in_details(among: ColumnElement[bool]) -> Lacking:
    rows = (
        select(Petition.id, Petition.number, Event.key, Event.recorded_at, Event.details)
        .join(Petition, Petition.id == Event.petition_id)
        .where(among, Event.retired_in.is_(None), cast(Event.details, String).like(WITHIN_JSON))
    )
    for row in db.session.execute(rows):
        texts = {name: Text.from_json(each) for name, each in row[4].items() if isinstance(each, dict)}
        yield (row[0], row[1], "event", row[2]), row[3], _missing_in(list(texts), list(texts.values()))


def _missing_in(names: Sequence[str], texts: Iterable[Text | None]) -> dict[str, tuple[str, ...]]:
    return {name: text.missing() for name, text in zip(names, texts, strict=True) if text is not None}


def _titles(among: ColumnElement[bool]) -> Found:
    """Return the petitions that have a title, but not in every language: as somebody gives it, or in our words."""
    rows = (
        select(Petition.id, Petition.number, Title.lang, Title.recorded_at)
        .join(Petition, Petition.id == Title.petition_id)
        .where(among, Title.retired_in.is_(None), Title.is_main)
    )
    langs: dict[tuple[int, int], dict[str, datetime]] = {}
    for petition, number, lang, recorded_at in db.session.execute(rows):
        langs.setdefault((petition, number), {})[lang] = recorded_at
    for (petition, number), known in langs.items():
        missing = tuple(lang for lang in LANGUAGES if lang not in known)
        if missing:
            parts = {"title": missing}
            yield petition, _task(TaskKind.TRANSLATION, number, "title", "main", max(known.values()), parts)


# Stale
# ------------------------------------------------------------------------------------------------------------------


def _stale(among: ColumnElement[bool]) -> Found:
    for table in TABLES:
        if not text_columns(table):
            continue
        corrected = (
            select(table.petition_id, table.key)
            .join(Petition, Petition.id == table.petition_id)
            .where(among, table.retired_in.is_not(None))
        ).subquery()
        rows = (
            select(table)
            .join(corrected, and_(corrected.c.petition_id == table.petition_id, corrected.c.key == table.key))
            .order_by(table.recorded_in, table.id)
            .distinct()
        )
        versions: dict[tuple[int, str], list[Any]] = {}
        for row in db.session.scalars(rows):
            versions.setdefault((row.petition_id, row.key), []).append(row)
        numbers = _numbers({petition for petition, _ in versions})
        for (petition, key), every in versions.items():
            if every[-1].retired_in is None:
                yield from _stale_in(petition, numbers[petition], table.__tablename__, key, every)


def _numbers(petitions: Iterable[int]) -> Mapping[int, int]:
    rows = select(Petition.id, Petition.number).where(Petition.id.in_(sorted(petitions)))
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _stale_in(petition: int, number: int, table: str, key: str, versions: Sequence[Any]) -> Found:
    texts = [_texts_of(row) for row in versions]
    parts: dict[str, tuple[str, ...]] = {}
    since = 0
    for name in texts[-1]:
        found = stale_since([each.get(name) for each in texts])
        if found:
            parts[name.rpartition(".")[2]] = tuple(found)
            since = max(since, *found.values())
    if parts:
        yield petition, _task(TaskKind.STALE, number, table, key, versions[since].recorded_at, parts)


def _texts_of(row: Any) -> dict[str, Text]:
    """Return the texts of a row by the names of their columns, and those of its claims, each known by its source."""
    found = {name: getattr(row, name) for name in text_columns(type(row))}
    claims = row.claims if isinstance(row, Event) else ()
    sources = [claim.source_id for claim in claims]
    for claim in claims:
        if sources.count(claim.source_id) == 1:
            found |= {f"{claim.source_id}.{name}": getattr(claim, name) for name in text_columns(Claim)}
    return {name: text for name, text in found.items() if text is not None}


def _task(
    kind: TaskKind, number: int | None, table: str, key: str, at: datetime, parts: Mapping[str, tuple[str, ...]]
) -> Task:
    languages = tuple(lang for lang in LANGUAGES if any(lang in each for each in parts.values()))
    where = f"{kind}/{number}/{table}/{key}" if number is not None else f"{kind}/{table}/{key}"
    since: date = clock.day_of(at)
    facts = {
        "table": table,
        "row": key,
        "parts": tuple(sorted(n for n, each in parts.items() if each)),
        "languages": languages,
    }
    return Task(kind, where[:200], number, since, _form(number, table), (table, key), facts)


def _form(number: int | None, table: str) -> Form:
    if number is None:
        return Form.REFERENCE
    if table == "petition":
        return Form.PARTICULARS
    return Form.EVENT if table == "title" else Form.CORRECTION

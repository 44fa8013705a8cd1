"""Organisations and sources of an import held against the record: what a row leaves empty stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.domain.texts import Mark, Text
from portal.models import Organisation, Source
from portal.services.import_format import OrganisationItem, Section, SourceItem
from portal.services.import_lines import Change, Facts, Line, fact
from portal.services.register_format import OrganisationIn, SourceIn, Strict

IN_A_QUERY = 5_000
References = list[tuple[Section, Strict]]


def plan_organisations(
    items: Sequence[OrganisationItem], sources: Mapping[str, str], lines: list[Line], references: References
) -> None:
    """Add the lines of organisations, and what would be recorded of them."""
    standing = _organisations([each.id for each in items])
    seen: dict[str, OrganisationItem] = {}
    for item in items:
        kept = standing.get(item.id)
        line = Line(item.row, Change.ADDED, Section.ORGANISATIONS, None, item.id)
        if item.id in seen:
            same = replace(seen[item.id], row=item.row) == item
            lines.append(
                replace(line, change=Change.UNCHANGED if same else Change.CLASH, why=None if same else "twice")
            )
            continue
        seen[item.id] = item
        made = _merged(item, kept, sources)
        was, now = (_facts(kept) if kept else ()), _facts(made)
        if kept == made:
            lines.append(replace(line, change=Change.UNCHANGED, becomes=now))
            continue
        change = Change.ADDED if kept is None else Change.CHANGED
        lines.append(replace(line, change=change, was=was, becomes=now))
        references.append((Section.ORGANISATIONS, made))


def _organisations(ids: Sequence[str]) -> dict[str, OrganisationIn]:
    found: dict[str, OrganisationIn] = {}
    for first in range(0, len(ids), IN_A_QUERY):
        rows = select(Organisation, Source.key).outerjoin(Source, Source.id == Organisation.source_id)
        for kept, key in db.session.execute(rows.where(Organisation.id.in_(ids[first : first + IN_A_QUERY]))):
            fields = {name: getattr(kept, name) for name in ("id", "names", "form", "kind", "locator", "note")}
            found[kept.id] = OrganisationIn(
                **fields, aliases=list(kept.aliases or ()), source=key, also=list(kept.also or ())
            )
    return found


def _merged(item: OrganisationItem, kept: OrganisationIn | None, sources: Mapping[str, str]) -> OrganisationIn:
    source = sources[item.source] if item.source else None
    names = _text(kept.names if kept else None, item.names)
    assert names is not None
    return OrganisationIn(
        id=item.id,
        names=names,
        form=_text(kept.form if kept else None, item.form),
        kind=item.kind,
        aliases=list(item.aliases) or (kept.aliases if kept else []),
        source=source or (kept.source if kept else None),
        also=kept.also if kept else [],
        locator=item.locator or (kept.locator if kept else None),
        note=kept.note if kept else None,
    )


def _text(kept: Text | None, given: Mapping[str, str]) -> Text | None:
    if kept is None:
        return Text(dict(given), dict.fromkeys(given, Mark.OURS)) if given else None
    changed = {lang for lang, words in given.items() if kept.by_language.get(lang) != words}
    if not changed:
        return kept
    marks = {**kept.marks, **dict.fromkeys(changed, Mark.OURS)}
    return Text({**kept.by_language, **given}, marks, kept.original)


def _facts(record: OrganisationIn) -> Facts:
    said = (*fact("name", record.names), *fact("form", record.form))
    return (*said, ("kind", record.kind), *fact("aliases", " | ".join(record.aliases)), *fact("source", record.source))


def plan_sources(items: Sequence[SourceItem], lines: list[Line], references: References) -> None:
    """Add the lines of sources that a register file describes, and what would be recorded of them."""
    keys = [each.record.id for each in items]
    standing = {kept.key: kept for kept in db.session.scalars(select(Source).where(Source.key.in_(keys)))}
    for item in items:
        kept = standing.get(item.record.id)
        line = Line(item.row, Change.ADDED, Section.SOURCES, None, item.record.id, becomes=_source_facts(item.record))
        if kept is not None:
            was = _source_facts(kept)
            line = replace(line, change=Change.UNCHANGED if was == line.becomes else Change.CHANGED, was=was)
        lines.append(line)
        if line.change is not Change.UNCHANGED:
            references.append((Section.SOURCES, item.record))


def _source_facts(record: SourceIn | Source | Any) -> Facts:
    names = ("publisher", "title", "url", "lang", "kind", "published_on", "partisan", "sha256", "note")
    values = {name: getattr(record, name) for name in names}
    if isinstance(record, SourceIn):
        values["url"] = record.url or (record.id if "://" in record.id else None)
    return tuple(each for name, value in values.items() for each in fact(name, value))

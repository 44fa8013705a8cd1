"""What the pages of the library show: bodies, contradictions, and the change log."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import g, url_for

from portal.domain.texts import Text
from portal.i18n import labels
from portal.i18n.library import SUBJECTS, part_name
from portal.i18n.locale import gettext
from portal.models import AuditEntry, Body, Contradiction, DirectoryEntry, Source
from portal.services import library, tracking
from portal.web import query
from portal.web.public.petition_list import RowView, row_of

SHORT_HASH = 12
LONGEST_KEY = 120
LARGEST_SEQUENCE = 2**31 - 1


# Bodies


@dataclass(frozen=True, slots=True)
class Role:
    """A petition in which a body has a role."""

    petition: RowView
    roles: Sequence[str]


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body with what came before and after it, its place in the directory, and its petitions."""

    body: Body
    parent: Body | None
    successor: Body | None
    former: Sequence[Body]
    entry: DirectoryEntry | None
    source: Source | None
    also: Sequence[Source]
    petitions: Sequence[Role]


def body_page(body: Body, on: date, lang: str) -> BodyPage:
    """Return everything that the library holds of a body, as of a day."""
    related = library.bodies_by_id([each for each in (body.parent, body.successor) if each])
    roles = library.petitions_of(body.id)
    items = tracking.items_of([petition for petition, _ in roles])
    return BodyPage(
        body=body,
        parent=related.get(body.parent or ""),
        successor=related.get(body.successor or ""),
        former=[each for each in library.bodies() if each.successor == body.id],
        entry=library.directory_entry(body.directory),
        source=library.source(body.source_id),
        also=list(library.sources_by_key(body.also or ()).values()),
        petitions=[Role(row_of(item, on, lang), roles) for item, (_, roles) in zip(items, roles, strict=True)],
    )


def bodies_by_level(lang: str) -> Mapping[str, Sequence[Body]]:
    """Return the bodies by level, each level in the order of their names."""
    levels: dict[str, list[Body]] = {level: [] for level in labels.WORDS["body_level"]}
    for body in library.bodies():
        levels[body.level].append(body)
    for listed in levels.values():
        listed.sort(key=lambda body: sortable(body.names.in_language(lang).text))
    return {level: listed for level, listed in levels.items() if listed}


KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


def sortable(text: str) -> tuple[tuple[int, str], ...]:
    """Return a name as it sorts: by the Kazakh alphabet, which holds the Russian one in its order."""
    return tuple((KAZAKH.find(letter), letter) for letter in text.casefold())


# Contradictions


@dataclass(frozen=True, slots=True)
class Side:
    """One claim of a contradiction."""

    text: Text
    by: Text | None
    source: Source | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Claims side by side, with the petitions that they concern."""

    row: Contradiction
    claims: Sequence[Side]
    petitions: Sequence[RowView]


def contradictions(on: date, lang: str) -> Sequence[ContradictionView]:
    """Return every contradiction with its sources and petitions."""
    rows = library.contradictions()
    sources = library.sources_by_key([claim["source"] for row in rows for claim in row.claims if claim.get("source")])
    ids = dict.fromkeys(each for row in rows for each in row.petitions or ())
    known = [petition for each in ids if (petition := tracking.by_register_id(each))]
    petitions = {
        petition.register_id: row_of(item, on, lang)
        for petition, item in zip(known, tracking.items_of(known), strict=True)
    }
    return [
        ContradictionView(
            row,
            [
                Side(
                    Text.from_json(claim["text"]),
                    Text.from_json(claim["by"]) if claim.get("by") else None,
                    sources.get(claim.get("source") or ""),
                    claim.get("locator"),
                )
                for claim in row.claims
            ],
            [petitions[each] for each in row.petitions or () if each in petitions],
        )
        for row in rows
    ]


# The change log


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the audit chain in words."""

    entry: AuditEntry
    subject: str
    address: str | None
    parts: Sequence[str]
    short_hash: str


@dataclass(frozen=True, slots=True)
class Changes:
    """A page of the change log, newest first; ``following`` asks for the next one."""

    about: str
    about_words: str
    rows: Sequence[Change]
    following: Mapping[str, str | int] | None


def changes(asked: Mapping[str, str]) -> Changes:
    """Return a page of the change log. Raises ``BadInput``."""
    about = _about(asked.get("about", "petition"))
    before = query.number("before", asked["before"], least=1, most=LARGEST_SEQUENCE) if "before" in asked else None
    entries, last = library.changes(before=before, about=None if about == "all" else about)
    rows = [
        Change(entry, _named(entry), _address(entry.subject), _parts(entry), entry.hash[:SHORT_HASH])
        for entry in entries
    ]
    return Changes(about, subject_words(about), rows, None if last is None else {"about": about, "before": last})


def _about(text: str) -> str:
    kind, slash, key = text.partition("/")
    query.one_of("about", kind, SUBJECTS)
    if slash and (not key or len(text) > LONGEST_KEY or kind == "all"):
        raise query.BadInput("unknown_value", name="about", value=text[:60])
    return text


def subject_words(subject: str) -> str:
    """Return what an entry is about: a petition by its number, anything else by its key."""
    kind, _, key = subject.partition("/")
    if kind == "petition":
        return gettext("Petition No. %(number)s", number=key)
    return key or str(SUBJECTS.get(kind, kind))


def _named(entry: AuditEntry) -> str:
    """Return what an entry is about by the name that the entry itself records, else by its key."""
    record = _object(entry.after) or _object(entry.before)
    name = record.get("names") or record.get("topic")
    if isinstance(name, dict) and "text" in name:
        return Text.from_json(name).in_language(g.lang).text
    return subject_words(entry.subject)


def _address(subject: str) -> str | None:
    kind, _, key = subject.partition("/")
    match kind:
        case "petition" if key.isdecimal():
            return url_for("public.petition", number=int(key))
        case "norms":
            return url_for("public.norm", alias=key)
        case "bodies":
            return url_for("public.body", body_id=key)
        case "directory" | "contradictions":
            return url_for(f"public.{kind}", _anchor=key)
        case "sources":
            return url_for("public.sources")
    return None


def _parts(entry: AuditEntry) -> Sequence[str]:
    """Return which parts of the record an entry added, changed or took away."""
    before, after = _object(entry.before), _object(entry.after)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} - {"id"}
    empty = {key for key in changed if key not in before and after[key] in (None, [], {}, False)}
    return sorted(part_name(key) for key in changed - empty)


def _object(text: str | None) -> Mapping[str, object]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}

"""What the pages of the library show: bodies and contradictions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.texts import Text
from portal.i18n import labels
from portal.models import Body, Contradiction, DirectoryEntry, Source
from portal.services import facets, library, tracking
from portal.services.petition_lists import Filters
from portal.web.public.petition_list import RowView, row_of

MOST_PETITIONS = 20
"""On the page of a body; the list of petitions has them all."""


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
    total: int


def body_page(body: Body, on: date, lang: str) -> BodyPage:
    """Return everything that the library holds of a body, as of a day."""
    related = library.bodies_by_id([each for each in (body.parent, body.successor) if each])
    roles = library.petitions_of(body.id, limit=MOST_PETITIONS)
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
        total=facets.total(Filters(body=body.id), on),
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

"""Working groups, and organisations in their public roles."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.dates import DateRange
from portal.domain.groups import Category
from portal.i18n.formats import date_range
from portal.i18n.labels import label
from portal.models import Organisation, Petition, WorkingGroup
from portal.services import civil_society, library, tracking
from portal.web import query
from portal.web.public import bp
from portal.web.public.citing import Citations, Fact, fact_of, quote_of, said
from portal.web.public.library_view import sortable
from portal.web.public.petition_events import Events
from portal.web.public.petition_list import RowView, row_of
from portal.web.public.petition_review import DecisionView, GroupView, decisions_of, group_of
from portal.web.public.petition_terms import TermView, by_reported_step, terms_of
from portal.web.public.petition_view import Heading, heading_of

GREATEST_NUMBER = 2**31 - 1
LONGEST_ID = 120

OF_THE_GROUP = ("working_group", "public_discussion_notice")
"""The steps of the law that concern a group and its discussion."""


@bp.get("/working-groups")
def working_groups() -> ResponseReturnValue:
    """List the working groups that our record knows of."""
    query.read(())
    return render_template("public/working_groups.html", rows=_group_lines(clock.today(), g.lang))


@bp.get("/petitions/<int:number>/working-group")
def working_group(number: int) -> ResponseReturnValue:
    """Show the group that considered a petition: who sat in it, when it met, and how the discussion was announced."""
    query.read(())
    found = tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None
    if found is None:
        abort(404)
    return render_template("public/working_group.html", page=_group_page(found, clock.today(), g.lang))


@bp.get("/organisations")
def organisations() -> ResponseReturnValue:
    """List the organisations that sources name in a public role, by their letters."""
    query.read(())
    return render_template(
        "public/organisations.html", letters=_by_letter(g.lang), heard=civil_society.petitions_by_organisation()
    )


@bp.get("/organisations/<string:organisation_id>")
def organisation(organisation_id: str) -> ResponseReturnValue:
    """Show an organisation: its names, and where it appears."""
    query.read(())
    found = civil_society.organisation(organisation_id) if len(organisation_id) <= LONGEST_ID else None
    if found is None:
        abort(404)
    return render_template("public/organisation.html", page=_organisation_page(found, clock.today(), g.lang))


# Groups


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A working group in a list."""

    petition: RowView
    body: Any
    total: int | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The page of a working group. ``unnamed`` are categories that the law asks for and no source speaks of."""

    petition: Petition
    heading: Heading
    group: GroupView | None
    unnamed: Sequence[str]
    terms: Sequence[TermView]
    decisions: Sequence[DecisionView]
    sources: Sequence[Any]


def _group_lines(on: date, lang: str) -> Sequence[GroupLine]:
    found: Sequence[tuple[Petition, WorkingGroup]] = civil_society.working_groups()
    items = tracking.items_of([petition for petition, _ in found])
    bodies = library.bodies_by_id([group.body_id for _, group in found if group.body_id])
    return [
        GroupLine(row_of(item, on, lang), bodies.get(group.body_id or ""), group.total)
        for item, (_, group) in zip(items, found, strict=True)
    ]


def _group_page(petition: Petition, on: date, lang: str) -> GroupPage:
    record = tracking.record_of(petition)
    standing = tracking.standing_of(record, on)
    citations = Citations(record.sources, record.sources_by_key)
    events = Events(record, citations, by_reported_step(standing))
    group = group_of(record, citations, events)
    return GroupPage(
        petition=petition,
        heading=heading_of(petition, record.titles, lang),
        group=group,
        unnamed=[_either(each) for each in group.made_up.unnamed] if group else (),
        terms=[each for each in terms_of(standing, events) if each.key in OF_THE_GROUP],
        decisions=decisions_of(record, citations),
        sources=citations.listed(),
    )


def _either(categories: frozenset[Category]) -> str:
    return " / ".join(label(each) for each in Category if each in categories)


# Organisations


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    """A petition on which an organisation appears: how, and what it stands for if it said so."""

    petition: RowView
    fact: Fact


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation, and where it appears."""

    organisation: Organisation
    cited: Any
    positions: Sequence[AppearanceLine]
    seats: Sequence[AppearanceLine]
    statements: Sequence[AppearanceLine]
    sources: Sequence[Any]


def _by_letter(lang: str) -> Mapping[str, Sequence[Organisation]]:
    """Return the organisations by the first letter of their names, in the order of the Kazakh alphabet."""
    named = [(_name(each, lang), each) for each in civil_society.organisations()]
    letters: dict[str, list[Organisation]] = {}
    for name, each in sorted(named, key=lambda pair: sortable(pair[0])):
        letters.setdefault(_letter(name, lang), []).append(each)
    return dict(sorted(letters.items(), key=lambda pair: sortable(pair[0])))


def _name(each: Organisation, lang: str) -> str:
    """Return a name as it is sorted: from its first letter on, whatever quotation mark stands before it."""
    name = each.names.in_language(lang).text
    return name.lstrip("«“„\"' ")


def _letter(name: str, lang: str) -> str:
    """Return the letter under which a name stands. Beside Kazakh letters, those of Latin stand under one heading.

    The accent of a Latin letter is not looked at; a Cyrillic letter with a mark is a letter of its own.
    """
    plain = unicodedata.normalize("NFD", name[:1])[:1]
    if plain.isascii():
        return plain.upper() if lang == "en" or not plain.isalpha() else "A–Z"
    return name[:1].upper()


def _organisation_page(found: Organisation, on: date, lang: str) -> OrganisationPage:
    seen = civil_society.appearances_of(found.id)
    pairs: list[tuple[Petition, Any]] = [*seen.positions, *seen.seats, *seen.statements]
    cited = [row.claims[0] if hasattr(row, "claims") else row for _, row in pairs]
    citations = Citations(*library.sources_cited([found, *cited]))
    once = list({petition.id: petition for petition, _ in pairs}.values())
    rows = {item.petition.id: row_of(item, on, lang) for item in tracking.items_of(once)}
    return OrganisationPage(
        organisation=found,
        cited=citations.of(found),
        positions=[
            AppearanceLine(
                rows[petition.id],
                fact_of(
                    each, citations, text=said(each.channel), note=said(each.note), extra=label(each.stance, "stance")
                ),
            )
            for petition, each in seen.positions
        ],
        seats=[
            AppearanceLine(rows[petition.id], fact_of(each, citations, extra=label(each.category, "category")))
            for petition, each in seen.seats
        ],
        statements=[
            AppearanceLine(rows[petition.id], _statement(each, citations)) for petition, each in seen.statements
        ],
        sources=citations.listed(),
    )


def _statement(event: Any, citations: Citations) -> Fact:
    claim = event.claims[0]
    when = date_range(DateRange(claim.earliest, claim.latest))
    return fact_of(claim, citations, text=said(event.text), when=when, extra=quote_of(claim.wording))

"""What the pages about norms show, gathered from the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.statute import Edition
from portal.models import Norm, Source
from portal.services import library
from portal.services.catalogue import catalogue
from portal.web.public.edition_view import edition_name

CODE_ID = "KZ.APPC"
BARRED_ID = "KZ.APPC.90-2.3"


def articles_of_the_code() -> Mapping[str, str]:
    """Return the norms of the Code by the label of their unit: "90-2(3)" gives its id."""
    code = library.norm(CODE_ID)
    return {} if code is None else {unit.unit: unit.id for unit in library.units_of(code) if unit.unit}


@dataclass(frozen=True, slots=True)
class Reliance:
    """Who relies on a norm and which way, with where it was read."""

    direction: str
    by: Mapping[str, object] | None
    source: Source | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class NormPage:
    """A norm with its act, its units, who relies on it, and the barred subjects where it is their norm."""

    norm: Norm
    act: Norm | None
    units: Sequence[Norm]
    relied_on: Sequence[Reliance]
    official_url: str | None
    ended: bool
    barred: Edition | None
    barred_name: str | None
    barred_in_force: bool


def norm_page(norm: Norm, on: date) -> NormPage:
    """Return everything that the library holds of a norm, as of a day."""
    invoked = norm.invoked or ()
    sources = library.sources_by_key([each["source"] for each in invoked if each.get("source")])
    source = norm.source
    edition = catalogue().statute.barred_on(on) if norm.id == BARRED_ID else None
    return NormPage(
        norm=norm,
        act=library.norm(norm.act) if norm.act else None,
        units=library.units_of(norm) if norm.act is None else (),
        relied_on=[
            Reliance(each["direction"], each.get("by"), sources.get(each.get("source", "")), each.get("locator"))
            for each in invoked
        ],
        official_url=source.url if source is not None and source.kind == "law" else None,
        ended=norm.ended_on is not None and norm.ended_on < on,
        barred=edition,
        barred_name=edition_name(edition) if edition else None,
        barred_in_force=edition is not None and edition in catalogue().statute.possible_on(on),
    )


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act with its units."""

    act: Norm
    units: Sequence[Norm]


def norms_by_kind() -> Mapping[str, Sequence[ActRow]]:
    """Return every act with its units, by kind, in the order of the register."""
    norms = library.all_norms()
    units: dict[str, list[Norm]] = {}
    for norm in norms:
        if norm.act:
            units.setdefault(norm.act, []).append(norm)
    kinds: dict[str, list[ActRow]] = {}
    for norm in norms:
        if norm.act is None:
            kinds.setdefault(norm.kind, []).append(ActRow(norm, units.get(norm.id, ())))
    return kinds

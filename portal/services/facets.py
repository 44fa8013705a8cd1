"""How many petitions each filter would leave, and what there is to filter by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import case, func, literal, select

from portal.db import db
from portal.domain.stages import Stage
from portal.domain.texts import Text
from portal.models import Addressee, Body, Petition, Region
from portal.services import audit, questions
from portal.services.petition_lists import UNKNOWN, Filters, narrow

NONE = ""
"""The value of a filter that does not concern a petition: only what was rejected has a ground, stated or not."""

COLUMNS: Mapping[str, Any] = {
    "outcome": Petition.outcome,
    "ground": case((Petition.stage == Stage.REJECTED.value, func.coalesce(Petition.ground, UNKNOWN)), else_=NONE),
    "level": Petition.level,
    "region": Petition.region_code,
    "year": Petition.year,
    "platform": Petition.platform,
}
"""The filters that one column answers."""

DIMENSIONS = ("stage", *COLUMNS)
"""The filters of which a petition has one value each; a body is not among them, for a petition may have several."""


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What lists can be narrowed to: every body and region by its names, and the values that petitions have."""

    bodies: Mapping[str, Text]
    regions: Mapping[str, Text]
    years: Sequence[int]
    platforms: Sequence[str]
    grounds: Sequence[str]


def choices() -> Choices:
    """Return the values by which a list can be narrowed."""
    return _choices(audit.head()[1])


@lru_cache(maxsize=2)
def _choices(_head: str) -> Choices:
    """Gather the choices as they are at this head of the audit chain: without a write they stay the same."""
    return Choices(
        bodies={row.id: row.names for row in db.session.execute(select(Body.id, Body.names).order_by(Body.id))},
        regions={row.code: row.names for row in db.session.execute(select(Region.code, Region.names))},
        years=sorted(_values(Petition.year), reverse=True),
        platforms=sorted(_values(Petition.platform)),
        grounds=sorted(_values(Petition.ground)),
    )


def _values(column: Any) -> list[Any]:
    return [value for value in db.session.scalars(select(column).distinct()) if value is not None]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many petitions a list has, and how many each value of each filter would leave, given the other filters.

    ``counts`` has no value that would leave nothing. ``without`` says how many there are once a filter is dropped.
    """

    total: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]


def facets_of(filters: Filters, on: date) -> Facets:
    """Return the counts for a list on a day. They are kept until something is written, or the day is over."""
    return _facets(audit.head()[1], on, filters.without())


@lru_cache(maxsize=256)
def _facets(head: str, on: date, filters: Filters) -> Facets:
    asked = {
        place: _wanted(filters, name) for place, name in enumerate(DIMENSIONS) if getattr(filters, name) is not None
    }
    counts: list[dict[str, int]] = [{} for _ in DIMENSIONS]
    total, without = 0, dict.fromkeys(asked, 0)
    for values, number in _groups(head, on, filters.without(*DIMENSIONS)):
        missed = [place for place, wanted in asked.items() if values[place] != wanted]
        if len(missed) > 1:
            continue
        if not missed:
            total += number
        for place in missed or asked:
            without[place] += number
        for place in missed or range(len(DIMENSIONS)):
            if values[place] == NONE:
                continue
            counts[place][values[place]] = counts[place].get(values[place], 0) + number
    return Facets(
        total,
        {**dict(zip(DIMENSIONS, counts, strict=True)), "body": _bodies(on, filters.without("body"))},
        {DIMENSIONS[place]: number for place, number in without.items()},
    )


def _wanted(filters: Filters, name: str) -> str:
    return str(getattr(filters, name))


@lru_cache(maxsize=64)
def _groups(_head: str, on: date, filters: Filters) -> Sequence[tuple[tuple[str, ...], int]]:
    """Count petitions by everything that they can be filtered by, in one query: each facet is a sum of these."""
    over = case(
        (questions.at_stage(questions.ENDED_NOT_SEEN, on), literal(questions.ENDED_NOT_SEEN)), else_=Petition.stage
    )
    # By labels: PostgreSQL would take an expression with parameters for another one where it stands twice.
    columns = [over.label("of_stage"), *(column.label(f"of_{name}") for name, column in COLUMNS.items())]
    labels = [column.name for column in columns]
    counted = narrow(select(*columns, func.count()), filters, on).group_by(*labels)
    return [
        (tuple(UNKNOWN if value is None else str(value) for value in row[:-1]), row[-1])
        for row in db.session.execute(counted)
    ]


def _bodies(on: date, filters: Filters) -> Mapping[str, int]:
    """Return how many petitions name each body, whatever its role."""
    left = narrow(select(Petition.id), filters, on)
    counted = (
        select(Addressee.body_id, func.count(Addressee.petition_id.distinct()))
        .where(Addressee.retired_in.is_(None))
        .group_by(Addressee.body_id)
    )
    if filters != Filters():
        counted = counted.where(Addressee.petition_id.in_(left))
    return {row[0]: row[1] for row in db.session.execute(counted)}


def total(filters: Filters, on: date) -> int:
    """Return how many petitions the filters leave on a day."""
    return facets_of(filters, on).total

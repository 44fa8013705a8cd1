"""Lists of petitions: what they are narrowed to, in which order, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import load_only

from portal.db import db
from portal.domain.questions import Question
from portal.domain.refusals import CursorUnreadable
from portal.domain.stages import Stage
from portal.models import Addressee, Petition, PetitionTerm
from portal.services import questions
from portal.services.lifecycle import searchable
from portal.services.tracking import Item, items_of

PAGE_SIZE = 50

WORDS_LOOKED_FOR = 12
"""A title has not many more, and a database can only nest so many conditions."""

UNKNOWN = "unknown"
"""The value of a filter that finds what has none: unknown is a value of its own."""

FILTERS = ("q", "stage", "outcome", "ground", "body", "level", "region", "year", "platform")
"""The filters beside the question, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. ``stage`` may also be ``ended_not_seen``; ``q`` is looked for in every title.

    Without a ``sort`` the question decides: what is due comes first where that is asked, else the latest events.
    """

    question: Question = Question.ALL
    stage: str | None = None
    outcome: str | None = None
    ground: str | None = None
    body: str | None = None
    level: str | None = None
    region: str | None = None
    year: int | None = None
    platform: str | None = None
    q: str | None = None
    sort: str | None = None
    after: str | None = None

    def narrowed(self) -> dict[str, str | int]:
        """Return the filters that are set, without the question, the order and the place."""
        return {name: value for name in FILTERS if (value := getattr(self, name)) is not None}

    def without(self, *names: str) -> "Filters":
        """Return the same without some of the filters, the order and the place."""
        dropped: dict[str, Any] = dict.fromkeys(names, None)
        return replace(self, sort=None, after=None, **dropped)

    @property
    def own_order(self) -> str:
        """The order of the question itself."""
        return "due" if self.question in questions.ABOUT_TERMS else "changed"

    @property
    def order(self) -> str:
        """The order in which the list stands."""
        return self.sort or self.own_order


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, and the mark of the next one."""

    items: Sequence[Item]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    """What a list is ordered by, and whether the greatest comes first."""

    column: Any
    descending: bool
    is_date: bool = field(default=False)


SORTS: Mapping[str, _Order] = {
    "changed": _Order(Petition.order_activity, descending=True, is_date=True),
    "due": _Order(Petition.order_due, descending=False, is_date=True),
    "votes": _Order(Petition.order_votes, descending=True),
    "number": _Order(Petition.number, descending=False),
}
"""Each order by its name."""

SHOWN = (
    Petition.number,
    Petition.register_id,
    Petition.jurisdiction,
    Petition.platform,
    Petition.level,
    Petition.region_code,
    Petition.original_language,
    Petition.label,
    Petition.threshold,
    Petition.stage,
    Petition.stage_earliest,
    Petition.stage_latest,
    Petition.outcome,
    Petition.due_key,
    Petition.due_earliest,
    Petition.due_latest,
    Petition.sighted_on,
    Petition.known_through,
    Petition.active_on,
    Petition.votes,
    Petition.votes_qualifier,
    Petition.votes_on,
    Petition.threshold_percent,
    Petition.ground,
    Petition.undertakings_open,
    Petition.is_vanished,
    Petition.vanished_on,
    Petition.order_activity,
    Petition.order_due,
    Petition.order_votes,
)
"""What a row of a list shows. The rest of a petition is not read for it."""


def list_petitions(filters: Filters, on: date, *, size: int = PAGE_SIZE) -> ListPage:
    """Return one page of the petitions that the filters leave.

    Raises ``CursorUnreadable`` for a place that is none of ours.
    """
    page = narrow(select(Petition), filters, on).options(load_only(*SHOWN, raiseload=True))
    page, order = _ordered(page, filters, on)
    if filters.after is not None:
        page = page.where(_beyond(filters.after, order))
    found = db.session.scalars(page.limit(size + 1)).all()
    about_terms = filters.question in questions.ABOUT_TERMS
    items = items_of(found[:size], questions.terms_asked_for(filters.question, on) if about_terms else None)
    following = _mark(items[-1], filters) if len(found) > size else None
    return ListPage(items, following)


def narrow(statement: Select[Any], filters: Filters, on: date) -> Select[Any]:
    """Return a statement on petitions, narrowed to those that the filters leave on a day."""
    if filters.question is not Question.ALL:
        statement = statement.where(questions.belongs(filters.question, on))
    for column, value in (
        (Petition.outcome, filters.outcome),
        (Petition.level, filters.level),
        (Petition.region_code, filters.region),
        (Petition.year, filters.year),
        (Petition.platform, filters.platform),
    ):
        if value is not None:
            statement = statement.where(column.is_(None) if value == UNKNOWN else column == value)
    if filters.ground is not None:
        stated = filters.ground if filters.ground != UNKNOWN else None
        statement = statement.where(Petition.stage == Stage.REJECTED.value, Petition.ground == stated)
    if filters.stage is not None:
        statement = statement.where(questions.at_stage(filters.stage, on))
    if filters.body is not None:
        addressed = select(Addressee.petition_id).where(
            Addressee.body_id == filters.body, Addressee.retired_in.is_(None)
        )
        statement = statement.where(Petition.id.in_(addressed))
    for word in searchable(filters.q or "").split()[:WORDS_LOOKED_FOR]:
        statement = statement.where(Petition.search_text.contains(word, autoescape=True))
    return statement


def _ordered(statement: Select[Any], filters: Filters, on: date) -> tuple[Select[Any], _Order]:
    """Return the statement in its order. What is due is ordered by the terms that were asked for, not by the stage."""
    order = SORTS[filters.order]
    if filters.order == "due" and filters.question in questions.ABOUT_TERMS:
        nearest = (
            select(PetitionTerm.petition_id, func.min(PetitionTerm.due_latest).label("due"))
            .where(questions.terms_asked_for(filters.question, on))
            .group_by(PetitionTerm.petition_id)
            .subquery()
        )
        statement = statement.join(nearest, nearest.c.petition_id == Petition.id)
        order = replace(order, column=nearest.c.due)
    if order.descending:
        return statement.order_by(order.column.desc(), Petition.number.desc()), order
    return statement.order_by(order.column, Petition.number), order


def _mark(item: Item, filters: Filters) -> str:
    petition = item.petition
    due = min((term.due_latest for term in item.terms), default=petition.order_due)
    values = {
        "changed": petition.order_activity.isoformat(),
        "due": due.isoformat(),
        "votes": str(petition.order_votes),
        "number": str(petition.number),
    }
    return f"{values[filters.order]}~{petition.number}"


def _beyond(after: str, order: _Order) -> ColumnElement[bool]:
    text, _, number = after.partition("~")
    try:
        value: Any = date.fromisoformat(text) if order.is_date else int(text)
        last = int(number)
    except ValueError:
        raise CursorUnreadable(after) from None
    if not 0 < last < 2**31 or (isinstance(value, int) and not -1 <= value < 2**31):
        raise CursorUnreadable(after)
    if order.descending:
        return or_(order.column < value, and_(order.column == value, Petition.number < last))
    return or_(order.column > value, and_(order.column == value, Petition.number > last))

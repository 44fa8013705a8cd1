"""Working groups and decisions that do not fit together: a warning where sources disagree, never a block."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from portal import clock
from portal.db import db
from portal.domain.decisions import misfits
from portal.domain.groups import Category, composition
from portal.domain.stages import DemandOutcome, Outcome
from portal.domain.tasks import Check, Form, Task, TaskKind
from portal.models import CategoryCount, DecidedDemand, Decision, Petition, WorkingGroup

Found = Iterator[tuple[int, Task]]


def in_petitions(among: ColumnElement[bool]) -> Found:
    """Return what does not fit in the groups and decisions of the petitions of a condition, with the petition's id."""
    yield from _groups(among)
    yield from _decisions(among)


def _groups(among: ColumnElement[bool]) -> Found:
    fewer = (
        select(CategoryCount.group_id)
        .join(WorkingGroup, WorkingGroup.id == CategoryCount.group_id)
        .group_by(CategoryCount.group_id, WorkingGroup.total)
        .having(func.sum(CategoryCount.count) > WorkingGroup.total)
    )
    rows = (
        select(WorkingGroup, Petition.number)
        .join(Petition, Petition.id == WorkingGroup.petition_id)
        .where(among, WorkingGroup.retired_in.is_(None), WorkingGroup.id.in_(fewer))
        .options(selectinload(WorkingGroup.categories))
    )
    for group, number in db.session.execute(rows):
        made = composition(group.total, ((Category(each.category), each.count) for each in group.categories))
        if made.exceeds:
            facts = {"check": Check.CATEGORIES_EXCEED_TOTAL, "total": made.total, "known": made.known}
            yield group.petition_id, _task(group, "working_group", number, facts)


def _decisions(among: ColumnElement[bool]) -> Found:
    rows = (
        select(Decision, Petition.number)
        .join(Petition, Petition.id == Decision.petition_id)
        .where(
            among,
            Decision.retired_in.is_(None),
            Decision.outcome.is_not(None),
            Decision.id.in_(select(DecidedDemand.decision_id)),
        )
        .options(selectinload(Decision.demands))
    )
    for decision, number in db.session.execute(rows):
        for misfit in misfits(Outcome(str(decision.outcome)), _outcomes(decision.demands)):
            facts = {"check": Check(misfit.value), "outcome": decision.outcome}
            yield decision.petition_id, _task(decision, "decision", number, facts)


def _outcomes(demands: Sequence[DecidedDemand]) -> dict[str, DemandOutcome]:
    return {each.demand_key: DemandOutcome(each.outcome) for each in demands}


def _task(row: WorkingGroup | Decision, table: str, number: int, facts: Mapping[str, object]) -> Task:
    return Task(
        TaskKind.MISFIT,
        f"misfit/{number}/{facts['check']}/{row.key}"[:200],
        number,
        clock.day_of(row.recorded_at),
        Form.CORRECTION,
        (table, row.key),
        facts,
    )

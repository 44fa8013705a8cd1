"""Last days that need a person: near ones, those that somebody saw pass undone, and those after which nobody looked."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from portal.db import db
from portal.domain.dates import DateRange
from portal.domain.refusals import CalendarMissing
from portal.domain.tasks import Form, Task, TaskKind
from portal.models import Petition, PetitionTerm
from portal.services.catalogue import catalogue

CALENDAR_DAYS_IN_A_WORKING_DAY = 2
"""Where the calendar of a year is absent, we look that far ahead rather than not at all."""


def tasks(on: date, within: int) -> list[Task]:
    """Return a task for each term that is not met and whose last day is over, or lies within so many working days."""
    term = (PetitionTerm.key, PetitionTerm.due_earliest, PetitionTerm.due_latest, PetitionTerm.seen_undone_on)
    rows = select(Petition.number, Petition.known_through, *term).join(
        Petition, Petition.id == PetitionTerm.petition_id
    )
    found = db.session.execute(rows.where(_asked_for(on, _until(on, within))).order_by(PetitionTerm.due_latest))
    return [_task(row, on) for row in found]


def _asked_for(on: date, until: date) -> ColumnElement[bool]:
    near = or_(PetitionTerm.due_latest <= until, PetitionTerm.due_earliest.between(on, until))
    return and_(PetitionTerm.is_met.is_(False), near)


def _until(on: date, within: int) -> date:
    try:
        return catalogue().calendar.add_working_days(on, within)
    except CalendarMissing:
        return on + timedelta(within * CALENDAR_DAYS_IN_A_WORKING_DAY)


def _task(term: Any, on: date) -> Task:
    kind = _kind(term, on)
    facts = {"step": term.key, "due": DateRange(term.due_earliest, term.due_latest)}
    if kind is TaskKind.OVERDUE:
        facts["seen"] = term.seen_undone_on
    elif kind is TaskKind.UNSEEN:
        facts["looked"] = term.known_through
    return Task(
        kind,
        f"term/{term.number}/{term.key}",
        term.number,
        term.due_latest,
        Form.SIGHTING if kind is TaskKind.UNSEEN else Form.EVENT,
        ("event", _met_by(term.key)),
        facts,
    )


def _met_by(key: str) -> str:
    """Return the kind of event that ends a step."""
    step = catalogue().statute.editions[-1].steps.get(key)
    return step.met_by[0].value if step and step.met_by else ""


def _kind(term: Any, on: date) -> TaskKind:
    """Return the queue of a term. *Overdue* is said only where somebody looked after the last day."""
    if term.seen_undone_on is not None and term.seen_undone_on <= on:
        return TaskKind.OVERDUE
    return TaskKind.DUE if term.due_latest >= on else TaskKind.UNSEEN

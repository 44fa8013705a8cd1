"""The questions that lists answer, asked of the database: which petitions belong, and how many there are."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from portal.db import db
from portal.domain.questions import CLOSE_PERCENT, DUE_WITHIN, Question
from portal.domain.refusals import CalendarMissing
from portal.domain.stages import STAGES_WITH_AN_END, Stage
from portal.models import Petition, PetitionTerm
from portal.services import audit
from portal.services.catalogue import catalogue

ENDED_NOT_SEEN = "ended_not_seen"
"""The value of ``stage`` for petitions whose stage has a last day that is over, with no later stage seen."""

ABOUT_TERMS = frozenset({Question.DUE, Question.OVERDUE})
"""The questions that single terms answer, so that a row of their lists names these."""


def belongs(question: Question, on: date) -> ColumnElement[bool]:
    """Return the condition under which a petition belongs to the list of a question on a day."""
    match question:
        case Question.COLLECTING:
            return at_stage(Stage.COLLECTION, on)
        case Question.CLOSE:
            return and_(at_stage(Stage.COLLECTION, on), Petition.threshold_percent >= CLOSE_PERCENT)
        case Question.REVIEW:
            return at_stage(Stage.REVIEW, on)
        case Question.DUE | Question.OVERDUE:
            return Petition.id.in_(select(PetitionTerm.petition_id).where(terms_asked_for(question, on)))
        case Question.ENDED:
            return and_(at_stage(ENDED_NOT_SEEN, on), ~_stage_is_overdue())
        case Question.VANISHED:
            return Petition.is_vanished.is_(true())
        case Question.DECIDED | Question.REJECTED:
            return Petition.stage == question.value
        case Question.FOLLOW_UPS:
            # As a list of its own: few petitions have one, and SQLite would else look through all in their order.
            return Petition.id.in_(select(Petition.id).where(Petition.undertakings_open > 0).correlate(None))
        case Question.ALL:
            return true()


def terms_asked_for(question: Question, on: date) -> ColumnElement[bool]:
    """Return which terms answer the question what is due, or what is overdue, on a day.

    A term is due where either end of the range of its last day lies between the day itself and the tenth working day
    after it. It is overdue only where somebody saw it undone after its last day.
    """
    open_still = PetitionTerm.is_met.is_not(true())
    if question is Question.OVERDUE:
        return and_(open_still, PetitionTerm.seen_undone_on <= on)
    until = due_until(on) or date.max
    ends = (PetitionTerm.due_latest, PetitionTerm.due_earliest)
    return and_(open_still, or_(*(end.between(on, until) for end in ends)))


def due_until(on: date) -> date | None:
    """Return the last day that counts as near: the tenth working day after ``on``.

    ``None`` where our calendars end before it; every last day that could be computed at all is near then.
    """
    try:
        return catalogue().calendar.add_working_days(on, DUE_WITHIN)
    except CalendarMissing:
        return None


def at_stage(stage: str, on: date) -> ColumnElement[bool]:
    """Return the condition under which a petition may still be said to be at a stage on a day.

    ``ended_not_seen`` finds those of which it may not: the stage's last day is over. A last day is not over on the day.
    """
    if stage == ENDED_NOT_SEEN:
        return and_(Petition.stage.in_([each.value for each in STAGES_WITH_AN_END]), Petition.due_latest < on)
    still = or_(Petition.due_latest.is_(None), Petition.due_latest >= on)
    return and_(Petition.stage == stage, still) if stage in STAGES_WITH_AN_END else Petition.stage == stage


def _stage_is_overdue() -> ColumnElement[bool]:
    """Return the condition that somebody saw the step of the stage undone; asked once and not for each petition."""
    other = aliased(Petition)
    seen = (
        select(PetitionTerm.petition_id)
        .join(other, other.id == PetitionTerm.petition_id)
        .where(PetitionTerm.key == other.due_key, PetitionTerm.seen_undone_on.is_not(None))
    )
    return Petition.id.in_(seen)


def counts(on: date) -> Mapping[Question, int]:
    """Return how many petitions belong to each list on a day."""
    return _counts(audit.head()[1], on)


@lru_cache(maxsize=4)
def _counts(_head: str, on: date) -> Mapping[Question, int]:
    """Count at this head of the audit chain: without a write and on the same day the numbers stay the same."""
    counted = select(*(func.count(Petition.id).filter(belongs(question, on)) for question in Question))
    return dict(zip(Question, db.session.execute(counted).one(), strict=True))

"""Petitions as the rows of a list, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.questions import Question
from portal.domain.refusals import CalendarMissing
from portal.domain.stages import Stage
from portal.domain.timeline import STAGE_STEPS
from portal.i18n.formats import count as count_words
from portal.i18n.formats import date_range, long_date, percent
from portal.i18n.labels import label, step_name, term_words
from portal.i18n.locale import gettext, ngettext, pgettext
from portal.i18n.sentences import SIX_MONTHS
from portal.models import Petition, PetitionTerm
from portal.services.catalogue import catalogue
from portal.services.tracking import Item
from portal.web.public.citing import said
from portal.web.public.petition_view import Heading, heading_of


@dataclass(frozen=True, slots=True)
class RowView:
    """One petition of a list, in words."""

    number: int
    said_number: str
    heading: Heading
    bodies: Sequence[Any]
    stage: str
    outcome: str | None
    due: str | None
    count: str | None
    counted_on: str | None
    active_on: date | None
    terms: Sequence["TermLine"] = ()
    answers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term that a list is about: the step, its last day, whose step it is, and how it stands."""

    step_and_day: str
    actor: str
    state: str


def row_of(item: Item, on: date, lang: str, question: Question = Question.ALL) -> RowView:
    """Return one row of a list as of a day. A stage whose last day is over is never said to go on.

    ``question`` is what the list answers: the row then has the facts by which the petition belongs to it.
    """
    petition = item.petition
    due = item.due()
    is_over = item.is_over(on)
    named = None
    if due is not None and petition.due_key is not None and not item.is_past(on) and not item.terms:
        named = _step_and_day(petition.due_key, due)
    counted = petition.votes is not None
    return RowView(
        number=petition.number,
        said_number=gettext("No. %(number)s", number=petition.number),
        heading=heading_of(petition, item.titles, lang),
        bodies=[said(names) for names in item.bodies.values()],
        stage=over_words(item) if is_over else label(petition.stage, "stage"),
        outcome=_outcome_words(petition),
        due=named,
        count=count_words(petition.votes, petition.votes_qualifier, of="signatures") if counted else None,
        counted_on=gettext("as known on %(date)s", date=long_date(petition.votes_on)) if petition.votes_on else None,
        active_on=petition.active_on,
        terms=[term_line(term, on) for term in item.terms],
        answers=_answers(petition, question),
    )


def term_line(term: PetitionTerm, on: date) -> TermLine:
    """Return a term in words as of a day."""
    return TermLine(
        step_and_day=_step_and_day(term.key, DateRange(term.due_earliest, term.due_latest)),
        actor=label(term.actor, "actor"),
        state=_state_of(term, on),
    )


def _outcome_words(petition: Petition) -> str | None:
    """Return how a petition ended, unless its stage says the same: rejected is rejected."""
    if petition.outcome is None or petition.outcome == petition.stage:
        return None
    return label(petition.outcome, "outcome")


def _step_and_day(key: str, due: DateRange) -> str:
    return pgettext("step and its last day", "%(step)s: %(date)s", step=step_name(key), date=date_range(due))


def _state_of(term: PetitionTerm, on: date) -> str:
    if term.seen_undone_on is not None:
        return gettext("not done when checked, %(date)s", date=long_date(term.seen_undone_on))
    if term.due_latest < on:
        return gettext("the term ended; not seen done")
    if term.due_earliest is None or term.due_earliest < on:
        return label("may_have_ended", "status")
    if term.due_earliest == on:
        return gettext("today is the last day")
    try:
        left = catalogue().calendar.working_days_between(on, term.due_earliest)
    except CalendarMissing:
        return label("open", "status")
    return ngettext("%(num)s working day left", "%(num)s working days left", left)


def _answers(petition: Petition, question: Question) -> Sequence[tuple[str, str]]:
    """Return why a petition belongs to the list of a question, where its other facts do not show it."""
    match question:
        case Question.CLOSE if petition.threshold_percent is not None:
            return [(gettext("Share of the threshold"), percent(petition.threshold_percent))]
        case Question.REJECTED:
            unknown = gettext("not stated in the source")
            return [(label("ground", "filter"), petition.ground or unknown)]
        case Question.FOLLOW_UPS:
            number = ngettext("%(num)s undertaking", "%(num)s undertakings", petition.undertakings_open)
            return [(label("follow_ups", "question"), number)]
        case Question.VANISHED:
            since = long_date(petition.vanished_on) if petition.vanished_on else pgettext("date", "date not known")
            return [(gettext("Does not open since"), since)]
        case _:
            return ()


def over_words(item: Item) -> str:
    """Return in one line that the last day of a stage is over: when it was last seen, and when its term ended."""
    due = item.due()
    assert due is not None
    assert due.latest is not None
    ended = long_date(due.latest)
    six_months = _is_six_months(item)
    stage = label(item.petition.stage, "stage")
    if item.seen is None:
        if six_months and due.is_exact:
            return gettext("%(stage)s: six months ended on %(date)s; nothing later seen", stage=stage, date=ended)
        return gettext("%(stage)s: the term ended by %(date)s; nothing later seen", stage=stage, date=ended)
    if six_months and item.seen.is_exact and due.is_exact:
        return gettext(
            "Last seen collecting on %(seen)s; six months ended on %(date)s",
            seen=date_range(item.seen),
            date=ended,
        )
    return gettext(
        "%(stage)s, last seen: %(seen)s; the term (%(term)s) ended by %(date)s",
        stage=stage,
        seen=date_range(item.seen),
        term=_term_words(item),
        date=ended,
    )


def _term_words(item: Item) -> str:
    term = _term(item)
    return term_words(term) if term is not None else ""


def _is_six_months(item: Item) -> bool:
    return item.petition.stage == Stage.COLLECTION and _term(item) == SIX_MONTHS


def _term(item: Item) -> Any:
    """Return the term of the stage by the edition in force on its last day."""
    latest = item.petition.due_latest
    keys = STAGE_STEPS.get(Stage(item.petition.stage), ())
    key = item.petition.due_key
    if latest is None or key not in keys:
        return None
    return catalogue().statute.on(latest).steps[key].term

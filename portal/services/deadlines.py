"""The calculator: a last day from a step and a day, with its derivation. Nothing is stored."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from portal.domain.refusals import CalendarMissing, NoTerm, StepUnknown
from portal.domain.statute import Edition, Step
from portal.domain.terms import DerivedDay, Term, clear_days_date, derivation, due_date
from portal.domain.working_days import CalendarStatus
from portal.services.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A last day by another reading of the law, or by the term that holds under another condition."""

    code: str
    due_on: date
    term: Term


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, and everything that it follows from."""

    step: Step
    starts_on: date
    due_on: date
    edition: Edition
    edition_read: bool
    calendar_status: CalendarStatus
    derivation: Sequence[DerivedDay]
    others: Sequence[OtherReading]


def compute(key: str, starts_on: date) -> Deadline:
    """Return the last day of the step that begins with an event of this day, under the edition in force on it.

    Raises ``StepUnknown``, ``NoTerm`` where the law sets none, ``BeforeTheChapter``, and ``CalendarMissing`` where the
    count runs into a year whose days off are not known.
    """
    held = catalogue()
    if key not in held.statute.editions[-1].steps:
        raise StepUnknown(key)
    edition = held.statute.on(starts_on)
    step = edition.steps[key]
    if step.term is None:
        raise NoTerm(key)
    due_on = due_date(step.term, starts_on, held.calendar)
    return Deadline(
        step=step,
        starts_on=starts_on,
        due_on=due_on,
        edition=edition,
        edition_read=edition.has_read(step.article),
        calendar_status=held.calendar.status(min(starts_on, due_on), max(starts_on, due_on)),
        derivation=derivation(step.term, starts_on, held.calendar),
        others=_others(step, step.term, starts_on),
    )


def _others(step: Step, term: Term, starts_on: date) -> Sequence[OtherReading]:
    calendar = catalogue().calendar
    others = []
    with suppress(CalendarMissing):  # The main term still ends on a known day.
        if step.longer is not None:
            due_on = due_date(step.longer, starts_on, calendar)
            others.append(OtherReading("remedies_not_explained", due_on, step.longer))
        if term.before:
            others.append(OtherReading("clear_days", clear_days_date(term, starts_on, calendar), term))
    return others


def steps_with_a_term() -> Sequence[Step]:
    """Return the steps that the calculator can reckon, in the order of the lifecycle."""
    return [step for step in catalogue().statute.editions[-1].steps.values() if step.term is not None]

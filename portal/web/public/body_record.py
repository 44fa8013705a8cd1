"""What a body's page says of its record: decisions and how long they took, what is open, what was undertaken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from markupsafe import Markup

from portal.domain.dates import DateRange
from portal.domain.refusals import BeforeTheChapter, CalendarMissing
from portal.i18n.formats import date_range, long_date
from portal.i18n.labels import label, working_days
from portal.i18n.locale import gettext, ngettext
from portal.models import Event, Petition, PetitionTerm
from portal.services import body_record, tracking
from portal.services.body_record import Decided, Owed, Undertaking
from portal.services.catalogue import catalogue
from portal.web.public.citing import said
from portal.web.public.petition_list import RowView, TermLine, row_of, term_line
from portal.web.public.ruler import Mark, Ruler, ruler_of

ENOUGH_FOR_A_MEDIAN = 3


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision: how it ended, from when to when it was under review, how long that took, and until when it had to."""

    petition: RowView
    outcome: str
    registered: str
    decided: str
    due: str
    took: str
    is_late: bool | None
    ruler: Ruler | None


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A step that a body owes."""

    petition: RowView
    term: TermLine


@dataclass(frozen=True, slots=True)
class UndertakingLine:
    """What a body undertook, and what was reported of it."""

    petition: RowView
    text: Markup | None
    when: str
    until: str | None
    is_done: bool
    reports: Sequence[tuple[Markup | None, Markup | None, str | None]]


@dataclass(frozen=True, slots=True)
class BodyRecord:
    """Everything that a body's page says of what it did, and of what it owes."""

    decisions: Sequence[DecisionLine]
    median: str | None
    coming: Sequence[OwedLine]
    ended: Sequence[OwedLine]
    overdue: Sequence[OwedLine]
    undertakings: Sequence[UndertakingLine]


def record_of(body_id: str, on: date, lang: str) -> BodyRecord:
    """Return what the record says of a body on a day."""
    decided = body_record.decided_by(body_id)
    steps = body_record.owed_by(body_id, on)
    undertaken = body_record.undertaken_by(body_id)
    every: list[Any] = [*decided, *steps.coming, *steps.ended, *steps.overdue, *undertaken]
    rows = _rows([each.petition for each in every], on, lang)
    return BodyRecord(
        decisions=[_decision(each, rows) for each in decided],
        median=_median(body_record.days_of_reviews(body_id)),
        coming=_owed(steps.coming, rows, on),
        ended=_owed(steps.ended, rows, on),
        overdue=_owed(steps.overdue, rows, on),
        undertakings=[_undertaking(each, rows) for each in undertaken],
    )


def _rows(petitions: Iterable[Petition], on: date, lang: str) -> Mapping[int, RowView]:
    once = list({petition.id: petition for petition in petitions}.values())
    return {item.petition.id: row_of(item, on, lang) for item in tracking.items_of(once)}


def _owed(steps: Sequence[Owed], rows: Mapping[int, RowView], on: date) -> Sequence[OwedLine]:
    return [OwedLine(rows[each.petition.id], term_line(each.term, on)) for each in steps]


# Decisions


def _decision(each: Decided, rows: Mapping[int, RowView]) -> DecisionLine:
    petition, term = each.petition, each.term
    unknown = gettext("not known")
    least, most = _took(term) if term is not None else (None, None)
    return DecisionLine(
        petition=rows[petition.id],
        outcome=label(petition.outcome or "unknown", "outcome"),
        registered=date_range(_start(term)) if term is not None else unknown,
        decided=date_range(DateRange(petition.stage_earliest, petition.stage_latest)),
        due=date_range(DateRange(term.due_earliest, term.due_latest)) if term is not None else unknown,
        took=_took_words(least, most),
        is_late=_is_late(term) if term is not None else None,
        ruler=_ruler(term) if term is not None else None,
    )


def _start(term: PetitionTerm) -> DateRange:
    return DateRange(term.start_earliest, term.start_latest)


def _took(term: PetitionTerm) -> tuple[int | None, int | None]:
    """Return the least and the greatest number of working days that a review may have taken."""
    try:
        return (
            _between(term.start_latest, term.met_earliest),
            _between(term.start_earliest, term.met_latest),
        )
    except CalendarMissing:
        return None, None


def _between(first: date | None, last: date | None) -> int | None:
    if first is None or last is None:
        return None
    return max(0, catalogue().calendar.working_days_between(first, last))


def _took_words(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return gettext("not known")
    if least == most:
        return working_days(least)
    return ngettext("%(least)s to %(num)s working day", "%(least)s to %(num)s working days", most, least=least)


def _is_late(term: PetitionTerm) -> bool | None:
    """Whether the decision came after its last day; ``None`` where the days known leave it open."""
    if term.met_latest is not None and term.due_earliest is not None and term.met_latest <= term.due_earliest:
        return False
    if term.met_earliest is not None and term.met_earliest > term.due_latest:
        return True
    return None


def _median(days: Iterable[tuple[date, date]]) -> str | None:
    """Return the median of the reviews whose length is known to the day; of fewer than three it would say nothing."""
    between = catalogue().calendar.working_days_between
    try:
        lengths = [max(0, between(first, last)) for first, last in days]
    except CalendarMissing:
        return None
    if len(lengths) < ENOUGH_FOR_A_MEDIAN:
        return None
    return ngettext(
        "The median of %(num)s decision with known days: %(days)s.",
        "The median of %(num)s decisions with known days: %(days)s.",
        len(lengths),
        days=working_days(round(median(lengths))),
    )


def _ruler(term: PetitionTerm) -> Ruler | None:
    """Draw a review with its decision; where sources give two days, with both."""
    held = catalogue()
    start = _start(term)
    marks = [Mark(term.due_latest, gettext("Last day"))]
    if term.met_earliest is not None and term.met_earliest == term.met_latest:
        marks.append(Mark(term.met_earliest, label("decided", "event_kind")))
    else:
        first, last = gettext("Decision: the earliest day"), gettext("Decision: the latest day")
        marks += [Mark(day, text) for day, text in ((term.met_earliest, first), (term.met_latest, last)) if day]
    try:
        law = held.statute.on(start.latest or term.due_latest).steps[term.key]
        return ruler_of(law.term, start, held.calendar, marks=marks, late_until=term.met_latest)
    except (BeforeTheChapter, CalendarMissing):
        return None


# Undertakings


def _undertaking(each: Undertaking, rows: Mapping[int, RowView]) -> UndertakingLine:
    details = each.event.details or {}
    return UndertakingLine(
        petition=rows[each.petition.id],
        text=said(each.event.text),
        when=_when(each.event),
        until=_day(details.get("until")),
        is_done=each.is_done,
        reports=[_report(report) for report in each.reports],
    )


def _report(report: Event) -> tuple[Markup | None, Markup | None, str | None]:
    details = report.details or {}
    return said(report.text), said(details.get("state")), _day(details.get("as_of")) or _when(report)


def _when(event: Event) -> str:
    claim = event.claims[0]
    return date_range(DateRange(claim.earliest, claim.latest))


def _day(text: str | None) -> str | None:
    return long_date(date.fromisoformat(text)) if text else None

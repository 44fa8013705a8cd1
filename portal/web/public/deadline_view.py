"""What the calculator shows: the last day, how it follows, and the addresses under which it can be passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from flask import current_app, url_for

from portal.domain.dates import DateRange
from portal.domain.refusals import NoTerm, Refusal, StepUnknown
from portal.domain.statute import Edition, Step
from portal.domain.terms import DerivedDay, Unit
from portal.domain.texts import LANGUAGES
from portal.domain.working_days import CalendarStatus
from portal.i18n import formats, labels
from portal.i18n.locale import gettext
from portal.i18n.refusals import bad_input, refusal
from portal.services import deadlines
from portal.services.catalogue import catalogue
from portal.services.deadlines import Deadline, OtherReading
from portal.web import query
from portal.web.public.edition_view import stand_in
from portal.web.public.law_forms import EXAMPLE, DeadlineForm
from portal.web.public.month_grid import WEEKEND, DayRow, Grid, grid_of
from portal.web.public.norm_view import articles_of_the_code
from portal.web.public.ruler import Ruler, ruler_of
from portal.web.query import BadInput


@dataclass(frozen=True, slots=True)
class TermRow:
    """A step that has a term, and the norm that its article links to."""

    step: Step
    norm_id: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """A last day as the page shows it."""

    deadline: Deadline
    norm_id: str | None
    stand_in: Edition | None
    days: Sequence[DayRow]
    grid: Grid
    ruler: Ruler | None
    provisional: Sequence[int]

    @property
    def is_count_ours(self) -> bool:
        """Whether the way of counting is our reading: a term in months, or one that counts back (both D)."""
        term = self.deadline.step.term
        return term is not None and (term.before or term.unit is Unit.MONTHS)

    @property
    def exceptions(self) -> Sequence[DerivedDay]:
        """The days that are not what their day of the week says: days off on weekdays, and worked weekends."""
        return [
            row.derived
            for row in self.days
            if row.derived.why != "day_of_event"
            and (row.derived.day.weekday() >= WEEKEND) == row.derived.counted
            and row.derived.day != self.deadline.due_on
        ]

    @property
    def weekend_days(self) -> int:
        """How many Saturdays and Sundays the count left out."""
        return sum(
            not row.derived.counted and row.derived.why != "day_of_event" and row.derived.day.weekday() >= WEEKEND
            for row in self.days
        )

    @property
    def sentence(self) -> str:
        """Return the answer in one sentence."""
        return gettext("The last day is %(date)s.", date=formats.full_date(self.deadline.due_on))

    @property
    def addresses(self) -> Mapping[str, str]:
        """The whole address of this result in each language: the language of the page is one of them."""
        return {lang: _address(self.deadline, lang) for lang in LANGUAGES}


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """The calculator: the form with what was entered, and the result or what is wrong."""

    form: DeadlineForm
    steps: Sequence[TermRow]
    result: Result | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def calculator(asked: Mapping[str, str], *, is_sent: bool) -> DeadlinePage:
    """Return the last day that was asked for, or the empty form. Nothing of what was entered is kept."""
    steps = deadlines.steps_with_a_term()
    form = DeadlineForm.filled(asked, steps)
    articles = articles_of_the_code()
    rows = [TermRow(step, articles.get(step.article)) for step in steps]
    if not is_sent:
        return DeadlinePage(form, rows)
    problems: dict[str, str] = {}
    if "stage" not in asked:
        problems["stage"] = gettext("Choose a step.")
    starts_on = _day_asked(asked, problems)
    if problems or starts_on is None:
        return DeadlinePage(form, rows, problems=problems, status=400)
    try:
        return DeadlinePage(form, rows, _result(deadlines.compute(asked["stage"], starts_on), articles))
    except StepUnknown as fault:
        return DeadlinePage(form, rows, problems={"stage": refusal(StepUnknown(fault.key[:60]))}, status=404)
    except NoTerm as fault:
        return DeadlinePage(form, rows, problems={"stage": refusal(fault)}, status=422)
    except Refusal as fault:
        return DeadlinePage(form, rows, problems={"from": refusal(fault)}, status=422)


def _day_asked(asked: Mapping[str, str], problems: dict[str, str]) -> date | None:
    try:
        if "from" not in asked:
            raise BadInput("date_missing")
        return query.day(asked["from"])
    except BadInput as fault:
        problems["from"] = bad_input(fault.code, example=EXAMPLE, **fault.facts)
        return None


def _result(deadline: Deadline, articles: Mapping[str, str]) -> Result:
    held = catalogue()
    days = _numbered(deadline)
    first, last = sorted((deadline.starts_on, deadline.due_on))
    in_days = deadline.step.term is not None and deadline.step.term.unit is Unit.WORKING_DAYS
    return Result(
        deadline=deadline,
        norm_id=articles.get(deadline.step.article),
        stand_in=None if deadline.edition_read else stand_in(deadline.edition, held.statute),
        days=days,
        grid=grid_of(days, deadline.starts_on, deadline.due_on, held.calendar),
        ruler=ruler_of(deadline.step.term, DateRange.on(deadline.starts_on), held.calendar) if in_days else None,
        provisional=[
            year.year
            for year in held.calendar.years
            if year.status is CalendarStatus.BY_RULE and first.year <= year.year <= last.year
        ],
    )


def _numbered(deadline: Deadline) -> Sequence[DayRow]:
    term = deadline.step.term
    one_by_one = term is not None and term.unit is Unit.WORKING_DAYS and term.length > 0
    days, counted = [], 0
    for each in deadline.derivation:
        counted += each.counted
        days.append(DayRow(each, counted if each.counted and one_by_one else None))
    return days


def _address(deadline: Deadline, lang: str) -> str:
    asked = urlencode({"stage": deadline.step.key, "from": deadline.starts_on.isoformat()})
    return f"{current_app.extensions['settings'].base_url}{url_for('public.deadlines', lang=lang)}?{asked}"


def day_reason(day: DerivedDay) -> str:
    """Return why a day is counted or not, a holiday by its name."""
    return labels.day_reason(day, catalogue().calendar)


def other_words(other: OtherReading) -> str:
    """Return under what condition, or by what other reading, the other last day holds."""
    if other.code == "clear_days":
        return gettext("If whole working days must lie between the notice and the event:")
    return f"{labels.longer_term_words(other.term)}:"

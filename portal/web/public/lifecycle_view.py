"""What the page about the lifecycle shows: the law on one day, drawn, in numbers, and edition by edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from portal import clock
from portal.domain.refusals import Refusal
from portal.domain.statute import Edition, Statute, Step, StepKind, ThresholdRule, Trace
from portal.domain.working_days import CalendarYear
from portal.i18n import library as library_words
from portal.i18n.refusals import bad_input, refusal
from portal.services import deadlines
from portal.services.catalogue import catalogue
from portal.services.deadlines import Deadline
from portal.web import query
from portal.web.public.edition_view import Comparison, EditionRow, compared, edition_rows, stand_in
from portal.web.public.law_forms import EXAMPLE, LawDayForm
from portal.web.public.lifecycle_picture import Part, parts_of
from portal.web.public.norm_view import articles_of_the_code
from portal.web.public.threshold_view import RegionVotes, votes_by_region
from portal.web.query import BadInput

A_DISCUSSION = date(2024, 8, 2)
"""A public discussion that took place: the two readings of "three working days before" differ on it by a day."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, the norm that its article links to, and whether that article was read in this edition.

    ``trace`` is nothing for a step that is neither a duty nor a window: of those nobody has said what can be seen.
    """

    step: Step
    norm_id: str | None
    is_read: bool

    @property
    def trace(self) -> Trace | None:
        """Whether somebody outside can see that the step was done, where that is known."""
        return None if self.step.kind is StepKind.STEP else self.step.trace


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """An edition with its steps and its picture; ``same_as`` names an earlier one whose steps it repeats."""

    edition: Edition
    rows: Mapping[str, StepRow]
    parts: Sequence[Part]
    stands_in: Edition | None
    same_as: Edition | None

    @property
    def is_unread(self) -> bool:
        """Whether nothing of the edition was read: then the picture is that of another one, and says so once."""
        return not any(row.is_read for row in self.rows.values())

    @property
    def is_partly_unread(self) -> bool:
        """Whether some articles were not read in this edition: then each step says whether its own was."""
        return not self.is_unread and not all(row.is_read for row in self.rows.values())


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that the page says of the law on one day."""

    on: date
    lifecycles: Sequence[Lifecycle]
    editions: Sequence[EditionRow]
    comparison: Comparison
    rules: Sequence[ThresholdRule]
    regions: Sequence[RegionVotes]
    barred: Edition | None
    barred_in_force: bool
    calendars: Sequence[CalendarYear]
    discussion: Deadline
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HowItWorks:
    """The page: what was asked, and the law of that day or the sentence that says why there is none."""

    form: LawDayForm
    law: Law | None
    problems: Mapping[str, str]
    status: int


def how_it_works(entry: str | None) -> HowItWorks:
    """Return the law on the day asked for, today where none was."""
    try:
        day = clock.today() if entry is None else query.day(entry)
        return HowItWorks(LawDayForm.filled(day.isoformat()), law_on(day, catalogue().statute), {}, 200)
    except BadInput as fault:
        problem, status = bad_input(fault.code, example=EXAMPLE, **fault.facts), fault.status
    except Refusal as fault:
        problem, status = refusal(fault), 422
    return HowItWorks(LawDayForm.filled(entry or ""), None, {"on": problem}, status)


def law_on(day: date, statute: Statute) -> Law:
    """Return what the chapter provides on a day. Raises ``BeforeTheChapter``."""
    possible = statute.possible_on(day)
    barred = statute.barred_on(day)
    articles = articles_of_the_code()
    return Law(
        on=day,
        lifecycles=[_lifecycle(edition, possible[0], statute, articles) for edition in possible],
        editions=edition_rows(statute, possible),
        comparison=compared(statute),
        rules=possible[0].thresholds,
        regions=votes_by_region(possible[0]),
        barred=barred,
        barred_in_force=barred in possible,
        calendars=catalogue().calendar.years,
        discussion=deadlines.compute("public_discussion_notice", A_DISCUSSION),
        articles=articles,
    )


def _lifecycle(edition: Edition, first: Edition, statute: Statute, articles: Mapping[str, str]) -> Lifecycle:
    rows = {
        step.key: StepRow(step, articles.get(step.article), edition.has_read(step.article))
        for step in edition.steps.values()
    }
    shown = edition if any(row.is_read for row in rows.values()) else stand_in(edition, statute) or edition
    repeats = edition is not first and edition.steps == first.steps
    return Lifecycle(edition, rows, parts_of(shown), stand_in(edition, statute), first if repeats else None)


def act_name(act: str) -> str:
    """Return the name of an act behind a day off."""
    return library_words.act_name(act)


def host(address: str) -> str:
    """Return the host of an address: what a reader knows a page by."""
    return (urlsplit(address).hostname or address).removeprefix("www.")

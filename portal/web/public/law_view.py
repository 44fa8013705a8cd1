"""What the pages about the law show, gathered from the editions, the calendars and the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

from portal import clock
from portal.domain.dates import DateRange
from portal.domain.refusals import Refusal, StepUnknown
from portal.domain.stages import Level
from portal.domain.statute import Edition, Step, StepKind, ThresholdRule, Trace
from portal.domain.terms import DerivedDay, Unit
from portal.domain.thresholds import Threshold, votes_needed
from portal.domain.working_days import CalendarStatus, CalendarYear
from portal.i18n import formats, labels
from portal.i18n import library as library_words
from portal.i18n.locale import gettext
from portal.i18n.refusals import bad_input, refusal
from portal.models import Norm, Population, Region, Source
from portal.services import deadlines, library
from portal.services.catalogue import catalogue
from portal.services.deadlines import Deadline, OtherReading
from portal.web import query
from portal.web.public.law_forms import DeadlineForm
from portal.web.query import BadInput

EXAMPLE = "06.08.2024"
"""A day as a person writes it into a form."""

CODE_ID = "KZ.APPC"
BARRED_ID = "KZ.APPC.90-2.3"

A_DISCUSSION = date(2024, 8, 2)
"""A public discussion that took place: the two readings of "three working days before" differ on it by a day."""

ONE_DAY = timedelta(days=1)


# How it works


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
    """An edition with its steps and thresholds; ``same_as`` names an earlier one whose steps it repeats."""

    edition: Edition
    rows: Sequence[StepRow]
    stands_in: Edition | None
    same_as: Edition | None


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition, its last day (nothing where it is the latest), and the norm that amended the chapter."""

    edition: Edition
    last: DateRange | None
    norm: Norm | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RegionVotes:
    """A region, its latest population, and the votes that follow from it."""

    region: Region
    population: Population | None
    maslikhat: Threshold | None
    akimat: Threshold | None


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that the page says of the law on one day."""

    on: date
    lifecycles: Sequence[Lifecycle]
    editions: Sequence[EditionRow]
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

    entry: str
    law: Law | None
    problem: str | None
    status: int


def how_it_works(entry: str | None) -> HowItWorks:
    """Return the law on the day asked for, today where none was."""
    if entry is None:
        return HowItWorks("", law_on(clock.today()), None, 200)
    try:
        day = query.day(entry)
        return HowItWorks(day.isoformat(), law_on(day), None, 200)
    except BadInput as fault:
        return HowItWorks(entry, None, bad_input(fault.code, example=EXAMPLE, **fault.facts), fault.status)
    except Refusal as fault:
        return HowItWorks(entry, None, refusal(fault), 422)


def law_on(day: date) -> Law:
    """Return what the chapter provides on a day. Raises ``BeforeTheChapter``."""
    held = catalogue()
    possible = held.statute.possible_on(day)
    barred = held.statute.barred_on(day)
    articles = _articles()
    return Law(
        on=day,
        lifecycles=[_lifecycle(edition, possible[0], articles) for edition in possible],
        editions=_edition_rows(possible),
        rules=possible[0].thresholds,
        regions=[_region_votes(region, possible[0]) for region in library.regions()],
        barred=barred,
        barred_in_force=barred in possible,
        calendars=held.calendar.years,
        discussion=deadlines.compute("public_discussion_notice", A_DISCUSSION),
        articles=articles,
    )


def _articles() -> Mapping[str, str]:
    """Return the norms of the Code by the label of their unit: "90-2(3)" gives its id."""
    code = library.norm(CODE_ID)
    return {} if code is None else {unit.unit: unit.id for unit in library.units_of(code) if unit.unit}


def _lifecycle(edition: Edition, first: Edition, articles: Mapping[str, str]) -> Lifecycle:
    rows = [
        StepRow(step, articles.get(step.article), edition.has_read(step.article)) for step in edition.steps.values()
    ]
    repeats = edition is not first and edition.steps == first.steps
    return Lifecycle(edition, rows, _stand_in(edition), first if repeats else None)


def _stand_in(edition: Edition) -> Edition | None:
    return next((each for each in catalogue().statute.editions if each.id == edition.stands_in), None)


def _edition_rows(chosen: Sequence[Edition]) -> Sequence[EditionRow]:
    editions = catalogue().statute.editions
    amending = {each.id: f"KZ.LAW.{each.act.split(',')[0]}" for each in editions}
    norms = library.norms_by_id(list(amending.values()))
    return [
        EditionRow(edition, _last_day(following), norms.get(amending[edition.id]), edition in chosen)
        for edition, following in zip(editions, (*editions[1:], None), strict=True)
    ]


def _last_day(following: Edition | None) -> DateRange | None:
    if following is None:
        return None
    first = following.in_force
    return DateRange(
        first.earliest - ONE_DAY if first.earliest else None, first.latest - ONE_DAY if first.latest else None
    )


def _region_votes(region: Region, edition: Edition) -> RegionVotes:
    if not region.population:
        return RegionVotes(region, None, None, None)
    latest = region.population[0]
    return RegionVotes(
        region,
        latest,
        votes_needed(edition.thresholds, Level.MASLIKHAT_REGION, latest.value),
        votes_needed(edition.thresholds, Level.AKIMAT_REGION, latest.value),
    )


def edition_name(edition: Edition) -> str:
    """Return what a reader calls an edition: by the day from which it holds, as exactly as that is known."""
    when = edition.in_force
    if when.is_exact:
        return gettext("Edition in force from: %(date)s", date=formats.date_range(when))
    return gettext("Edition in force from a day in this range: %(range)s", range=formats.date_range(when))


def not_read_words(edition: Edition) -> str:
    """Return which articles of an edition were not read."""
    if "*" in edition.not_read:
        return gettext("the whole edition")
    return ", ".join(edition.not_read)


def rule_words(rule: ThresholdRule) -> str:
    """Return how many votes a rule asks for, and where it holds."""
    if rule.votes is not None and rule.above is None:
        return formats.count(rule.votes, "at_least", of="signatures")
    if rule.votes is not None and rule.above is not None:
        return gettext(
            "%(votes)s, where the population of the unit is more than %(people)s",
            votes=formats.count(rule.votes, "at_least", of="signatures"),
            people=formats.number(rule.above),
        )
    share = formats.percent(rule.percent or 0)
    if rule.up_to is None:
        return gettext("at least %(percent)s of the population of the unit", percent=share)
    return gettext(
        "at least %(percent)s of the population of the unit, where it is %(people)s or fewer",
        percent=share,
        people=formats.number(rule.up_to),
    )


def arithmetic(threshold: Threshold) -> str:
    """Return how a share of the population became a number of votes: 595,676 × 2% = 11,913.52 → 11,914."""
    if threshold.population is None or threshold.rule.percent is None:
        return formats.number(threshold.votes)
    share = threshold.population * threshold.rule.percent
    sum_ = f"{formats.number(threshold.population)} × {formats.percent(threshold.rule.percent)}"
    if not threshold.is_rounded:
        return f"{sum_} = {formats.number(threshold.votes)}"
    return f"{sum_} = {formats.hundredths(share)} → {formats.number(threshold.votes)}"


# The calculator


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a derivation; ``number`` is its place in the count, where days are counted one by one."""

    derived: DerivedDay
    number: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """A last day as the page shows it."""

    deadline: Deadline
    norm_id: str | None
    stand_in: Edition | None
    days: Sequence[DayRow]
    provisional: Sequence[int]

    @property
    def is_count_ours(self) -> bool:
        """Whether the way of counting is our reading: a term in months, or one that counts back (both D)."""
        term = self.deadline.step.term
        return term is not None and (term.before or term.unit is Unit.MONTHS)


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """The calculator: the form with what was entered, and the result or what is wrong."""

    form: DeadlineForm
    steps: Sequence[StepRow]
    result: Result | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def calculator(asked: Mapping[str, str], *, is_sent: bool) -> DeadlinePage:
    """Return the last day that was asked for, or the empty form. Nothing of what was entered is kept."""
    steps = deadlines.steps_with_a_term()
    form = DeadlineForm.filled(asked, steps)
    articles = _articles()
    rows = [StepRow(step, articles.get(step.article), is_read=True) for step in steps]
    if not is_sent:
        return DeadlinePage(form, rows)
    problems: dict[str, str] = {}
    starts_on = _day_asked(asked, problems)
    if "stage" not in asked:
        problems["stage"] = gettext("Choose a step.")
    if problems or starts_on is None:
        return DeadlinePage(form, rows, problems=problems, status=400)
    try:
        return DeadlinePage(form, rows, _result(deadlines.compute(asked["stage"], starts_on), articles))
    except StepUnknown as fault:
        return DeadlinePage(form, rows, problems={"stage": refusal(StepUnknown(fault.key[:60]))}, status=404)
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
    term = deadline.step.term
    one_by_one = term is not None and term.unit is Unit.WORKING_DAYS and term.length > 0
    days, counted = [], 0
    for each in deadline.derivation:
        counted += each.counted
        days.append(DayRow(each, counted if each.counted and one_by_one else None))
    first, last = sorted((deadline.starts_on, deadline.due_on))
    return Result(
        deadline=deadline,
        norm_id=articles.get(deadline.step.article),
        stand_in=None if deadline.edition_read else _stand_in(deadline.edition),
        days=days,
        provisional=[
            year.year
            for year in catalogue().calendar.years
            if year.status is CalendarStatus.BY_RULE and first.year <= year.year <= last.year
        ],
    )


def act_name(act: str) -> str:
    """Return the name of an act behind a day off."""
    return library_words.act_name(act)


def host(address: str) -> str:
    """Return the host of an address: what a reader knows a page by."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def day_reason(day: DerivedDay) -> str:
    """Return why a day is counted or not, a holiday by its name."""
    return labels.day_reason(day, catalogue().calendar)


def other_words(other: OtherReading) -> str:
    """Return under what condition, or by what other reading, the other last day holds."""
    if other.code == "clear_days":
        return gettext("If whole working days must lie between the notice and the event:")
    return f"{labels.longer_term_words(other.term)}:"


# Norms


@dataclass(frozen=True, slots=True)
class Reliance:
    """Who relies on a norm and which way, with where it was read."""

    direction: str
    by: Mapping[str, object] | None
    source: Source | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class NormPage:
    """A norm with its act, its units, who relies on it, and the barred subjects where it is their norm."""

    norm: Norm
    act: Norm | None
    units: Sequence[Norm]
    relied_on: Sequence[Reliance]
    official_url: str | None
    ended: bool
    barred: Edition | None
    barred_name: str | None
    barred_in_force: bool


def norm_page(norm: Norm, on: date) -> NormPage:
    """Return everything that the library holds of a norm, as of a day."""
    invoked = norm.invoked or ()
    sources = library.sources_by_key([each["source"] for each in invoked if each.get("source")])
    source = norm.source
    edition = catalogue().statute.barred_on(on) if norm.id == BARRED_ID else None
    return NormPage(
        norm=norm,
        act=library.norm(norm.act) if norm.act else None,
        units=library.units_of(norm) if norm.act is None else (),
        relied_on=[
            Reliance(each["direction"], each.get("by"), sources.get(each.get("source", "")), each.get("locator"))
            for each in invoked
        ],
        official_url=source.url if source is not None and source.kind == "law" else None,
        ended=norm.ended_on is not None and norm.ended_on < on,
        barred=edition,
        barred_name=edition_name(edition) if edition else None,
        barred_in_force=edition is not None and edition in catalogue().statute.possible_on(on),
    )


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act with its units."""

    act: Norm
    units: Sequence[Norm]


def norms_by_kind() -> Mapping[str, Sequence[ActRow]]:
    """Return every act with its units, by kind, in the order of the register."""
    norms = library.all_norms()
    units: dict[str, list[Norm]] = {}
    for norm in norms:
        if norm.act:
            units.setdefault(norm.act, []).append(norm)
    kinds: dict[str, list[ActRow]] = {}
    for norm in norms:
        if norm.act is None:
            kinds.setdefault(norm.kind, []).append(ActRow(norm, units.get(norm.id, ())))
    return kinds

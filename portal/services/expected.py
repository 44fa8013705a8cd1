"""The dates to expect of a petition filed on a day: each step at the latest, if every step takes its full term."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.dates import DateRange
from portal.domain.refusals import CalendarMissing
from portal.domain.stages import Level
from portal.domain.statute import Step
from portal.domain.working_days import CalendarStatus
from portal.services import deadlines
from portal.services.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class ExpectedStep:
    """A step of the way with its last day: a range where the law leaves two ways open.

    ``due`` is nothing where the law sets no term, and where the count runs into a year without a calendar: then
    ``missing_year`` names it. ``is_read`` says whether the article was read in the edition in force by then.
    """

    step: Step
    starts: DateRange | None
    due: DateRange | None
    is_provisional: bool = False
    is_read: bool = True
    missing_year: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """What comes after registration, by who considers the petition."""

    is_central: bool
    steps: Sequence[ExpectedStep]


@dataclass(frozen=True, slots=True)
class Expected:
    """The way of a petition: to its registration, and from there by who considers it."""

    filed_on: date
    steps: Sequence[ExpectedStep]
    branches: Sequence[Branch]

    @property
    def every_step(self) -> Sequence[ExpectedStep]:
        """Return all steps of all branches."""
        return [*self.steps, *(step for branch in self.branches for step in branch.steps)]

    @property
    def provisional_years(self) -> Sequence[int]:
        """Return the years that the way runs through and whose calendar is only known by rule."""
        days = [day for each in self.every_step for day in _days(each) if each.is_provisional]
        by_rule = {year.year for year in catalogue().calendar.years if year.status is CalendarStatus.BY_RULE}
        return sorted(by_rule & {day.year for day in days})

    @property
    def is_read(self) -> bool:
        """Whether every article was read in the edition that will be in force."""
        return all(each.is_read for each in self.every_step)


def expected(filed_on: date, levels: Collection[Level]) -> Expected:
    """Return the way of a petition filed on a day, with the last day of each step that has one.

    The check comes first and the fifty citizens after it. Whether conformity is then checked once more is not clear
    from the law (90-2(5)), so placement lies between the two. After the threshold only lengths are known: the days
    given there hold if the threshold was reached, and the petition forwarded and registered, on the last day of
    collection.

    Raises ``BeforeTheChapter`` for a day on which the chapter was not in force.
    """
    checked = _step("pre_moderation", DateRange.on(filed_on))
    joined = _step("initial_support", checked.due)
    again = _step("conformity_check", joined.due)
    collected = _step("collection", _between(joined.due, again.due))
    forwarded = ExpectedStep(catalogue().statute.on(filed_on).steps["forwarding"], collected.due, None)
    registered = _step("registration", collected.due)
    branches = [
        Branch(is_central, _branch("review_central" if is_central else "review_local", registered.due))
        for is_central in sorted({level.is_central for level in levels}, reverse=True)
    ]
    return Expected(filed_on, [checked, joined, again, collected, forwarded, registered], branches)


def _branch(review: str, registered: DateRange | None) -> Sequence[ExpectedStep]:
    decided = _step(review, registered)
    return [decided, _step("decision_published", decided.due), _step("subject_lock", decided.due)]


def _days(each: ExpectedStep) -> Sequence[date]:
    ranges = [when for when in (each.starts, each.due) if when is not None]
    return [day for when in ranges for day in (when.earliest, when.latest) if day is not None]


def _between(first: DateRange | None, last: DateRange | None) -> DateRange | None:
    if first is None or last is None:
        return None
    return DateRange(first.earliest, last.latest)


def _step(key: str, starts: DateRange | None) -> ExpectedStep:
    step = catalogue().statute.editions[-1].steps[key]
    if starts is None or starts.earliest is None or starts.latest is None:
        return ExpectedStep(step, None, None)
    try:
        ends = [deadlines.compute(key, day) for day in dict.fromkeys((starts.earliest, starts.latest))]
    except CalendarMissing as missing:
        return ExpectedStep(step, starts, None, missing_year=missing.year)
    return ExpectedStep(
        ends[0].step,
        starts,
        DateRange(ends[0].due_on, ends[-1].due_on),
        is_provisional=any(each.calendar_status is CalendarStatus.BY_RULE for each in ends),
        is_read=all(each.edition_read for each in ends),
    )

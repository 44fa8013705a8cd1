"""Editions of the chapter as pages show them: their names, their days, and what differs between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.dates import DateRange
from portal.domain.stages import Level
from portal.domain.statute import Edition, Statute, Step, StepKind
from portal.i18n import formats, labels
from portal.i18n.locale import gettext, ngettext
from portal.models import Norm
from portal.services import library
from portal.web.public.threshold_view import rule_words

ONE_DAY = timedelta(days=1)
THRESHOLDS = "90-3(4)"
BARRED = "90-2(3)"


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition, its last day (nothing where it is the latest), and the norm that amended the chapter."""

    edition: Edition
    last: DateRange | None
    norm: Norm | None
    is_chosen: bool


def edition_rows(statute: Statute, chosen: Sequence[Edition]) -> Sequence[EditionRow]:
    """Return every edition in order; ``chosen`` are those that the page shows."""
    editions = statute.editions
    amending = {each.id: f"KZ.LAW.{each.act.split(',')[0]}" for each in editions}
    norms = library.norms_by_id(list(amending.values()))
    return [
        EditionRow(edition, _last_day(following), norms.get(amending[edition.id]), edition in chosen)
        for edition, following in zip(editions, (*editions[1:], None), strict=True)
    ]


def _last_day(following: Edition | None) -> DateRange | None:
    if following is None:
        return None
    return DateRange(_day_before(following.in_force.earliest), _day_before(following.in_force.latest))


def _day_before(day: date | None) -> date | None:
    return day - ONE_DAY if day else None


def stand_in(edition: Edition, statute: Statute) -> Edition | None:
    """Return the edition whose text stands in for what was not read of this one."""
    return next((each for each in statute.editions if each.id == edition.stands_in), None)


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


# What differs


class Difference(StrEnum):
    """What may be said of one rule across editions. What was not read is never taken for the same."""

    DIFFERS = "differs"
    NOT_KNOWN = "not_known"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One rule in every edition: its words, or nothing where its article was not read there."""

    name: str
    article: str
    cells: Sequence[str | None]

    @property
    def read(self) -> int:
        """In how many editions the rule was read."""
        return sum(cell is not None for cell in self.cells)

    @property
    def difference(self) -> Difference:
        """Whether the editions that were read differ; one reading alone compares with nothing."""
        if len({cell for cell in self.cells if cell is not None}) > 1:
            return Difference.DIFFERS
        return Difference.SAME if self.read > 1 else Difference.NOT_KNOWN

    @property
    def says(self) -> str:
        """Return the same in words."""
        if self.difference is Difference.DIFFERS:
            return gettext("differs")
        if self.difference is Difference.NOT_KNOWN:
            return gettext("not known: read in one edition at most")
        return ngettext("the same in %(num)s edition read", "the same in %(num)s editions read", self.read)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every rule that has a number, across editions."""

    editions: Sequence[Edition]
    rows: Sequence[ComparedRow]

    @property
    def open(self) -> Sequence[ComparedRow]:
        """The rules that differ, and those that nobody can compare yet."""
        return [row for row in self.rows if row.difference is not Difference.SAME]

    @property
    def same(self) -> Sequence[ComparedRow]:
        """The rules that are the same wherever they were read."""
        return [row for row in self.rows if row.difference is Difference.SAME]

    @property
    def differing(self) -> int:
        """How many rules are known to differ."""
        return sum(row.difference is Difference.DIFFERS for row in self.rows)


def compared(statute: Statute) -> Comparison:
    """Return what each edition says of each duty, each window, the thresholds and the barred subjects."""
    editions = statute.editions
    steps = dict.fromkeys(key for edition in editions for key, step in edition.steps.items() if _is_compared(step))
    rows = [_step_row(key, editions) for key in steps]
    rows += [_threshold_row(level, editions) for level in Level]
    barred = [
        ngettext("%(num)s subject", "%(num)s subjects", len(each.barred)) if each.barred else None for each in editions
    ]
    return Comparison(editions, [*rows, ComparedRow(gettext("Subjects a petition may not have"), BARRED, barred)])


def _is_compared(step: Step) -> bool:
    return step.kind is not StepKind.STEP or step.term is not None


def _step_row(key: str, editions: Sequence[Edition]) -> ComparedRow:
    steps = [edition.steps.get(key) for edition in editions]
    article = next(step.article for step in reversed(steps) if step is not None)
    cells = [
        _step_words(step) if edition.has_read(step.article if step else article) else None
        for edition, step in zip(editions, steps, strict=True)
    ]
    return ComparedRow(labels.step_name(key), article, cells)


def _step_words(step: Step | None) -> str:
    if step is None:
        return gettext("no such step")
    if step.term is None:
        return gettext("no term")
    term = labels.term_words(step.term)
    return f"{term}; {labels.longer_term_words(step.longer)}" if step.longer else term


def _threshold_row(level: Level, editions: Sequence[Edition]) -> ComparedRow:
    cells = [
        "; ".join(rule_words(rule) for rule in edition.thresholds if rule.level is level)
        if edition.has_read(THRESHOLDS)
        else None
        for edition in editions
    ]
    return ComparedRow(labels.label(level), THRESHOLDS, cells)

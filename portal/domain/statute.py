"""Chapter 12-1 of the APPC in its editions: steps, terms, thresholds and barred subjects, each with its article.

The numbers stand in ``portal/data/editions``; this module says what an edition is and which one holds on a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.refusals import BeforeTheChapter
from portal.domain.stages import Level, Stage
from portal.domain.terms import Term


class Certainty(StrEnum):
    """How sure we are of a fact of the law (``docs/law.md`` explains the marks)."""

    READ = "A"
    STATED = "B"
    REPORTED = "C"
    INFERRED = "D"
    OPEN = "?"


class StepKind(StrEnum):
    """What a step of the lifecycle is: something owed, time that people have, or a step without either."""

    DUTY = "duty"
    WINDOW = "window"
    STEP = "step"


class Trace(StrEnum):
    """Whether somebody outside can see that a step was done."""

    YES = "yes"
    RESULT = "result"
    SOMETIMES = "sometimes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the lifecycle.

    ``starts_with`` and ``met_by`` are the events that start it and end it; ``longer`` is the term that holds instead
    where the act does not explain the remedies (article 92). ``central`` is set where the step is that of one level
    only.
    """

    key: str
    kind: StepKind
    actor: str
    article: str
    certainty: Certainty
    starts_with: EventKind | None = None
    met_by: tuple[EventKind, ...] = ()
    term: Term | None = None
    longer: Term | None = None
    trace: Trace = Trace.YES
    central: bool | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """How many votes a petition needs at one level (article 90-3(4)): a number, or a share of the population.

    The rule holds for a unit of more than ``above`` inhabitants, or of at most ``up_to``.
    """

    level: Level
    article: str
    certainty: Certainty
    votes: int | None = None
    percent: int | None = None
    above: int | None = None
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class BarredSubject:
    """One item of article 90-2(3): a subject that a petition may not have."""

    no: int
    key: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """The chapter as it stood from a day on.

    ``not_read`` lists the articles whose text in this edition we have not read; there the nearest read edition,
    ``stands_in``, is used and shown as such. ``barred`` is empty where the list was not read: it is never dated back.
    """

    id: str
    in_force: DateRange
    act: str
    source: str
    certainty: Certainty
    note: Mapping[str, str]
    not_read: tuple[str, ...]
    stands_in: str | None
    steps: Mapping[str, Step]
    thresholds: tuple[ThresholdRule, ...]
    barred: tuple[BarredSubject, ...]

    def has_read(self, article: str) -> bool:
        """Whether we have read this article as it stands in this edition."""
        return "*" not in self.not_read and article.split("(", maxsplit=1)[0] not in self.not_read


@dataclass(frozen=True, eq=False)
class Statute:
    """All editions of the chapter, in the order in which they came into force."""

    editions: tuple[Edition, ...]

    @property
    def begins_on(self) -> date:
        """The day on which the chapter came into force."""
        first = self.editions[0].in_force.earliest
        if first is None:
            raise ValueError("the first edition has no first day")
        return first

    @lru_cache(maxsize=4096)  # noqa: B019 (a statute lives as long as the application)
    def possible_on(self, day: date) -> tuple[Edition, ...]:
        """Return the editions that may have been in force on a day: several where a first day is known only roughly.

        Raises ``BeforeTheChapter`` for a day before the chapter came into force.
        """
        found = tuple(
            edition
            for edition, following in zip(self.editions, (*self.editions[1:], None), strict=True)
            if _has_begun(edition, day) and (following is None or not _has_surely_begun(following, day))
        )
        if not found:
            raise BeforeTheChapter(day)
        return found

    def on(self, day: date) -> Edition:
        """Return the edition to count with on a day: where two are possible, the one that surely had begun.

        Raises ``BeforeTheChapter`` for a day before the chapter came into force.
        """
        return self.possible_on(day)[0]

    def barred_on(self, day: date) -> Edition | None:
        """Return the latest edition up to a day whose list of barred subjects was read: never one that came later."""
        read = [each for each in self.editions if each.barred and _has_surely_begun(each, day)]
        return read[-1] if read else None

    @lru_cache(maxsize=4096)  # noqa: B019 (as above)
    def within(self, when: DateRange) -> tuple[Edition, ...]:
        """Return every edition that may have been in force on some day of a range with a latest day.

        Raises ``BeforeTheChapter`` where the whole range lies before the chapter.
        """
        if when.latest is None or when.latest < self.begins_on:
            raise BeforeTheChapter(when.latest or self.begins_on)
        first = max(when.earliest or self.begins_on, self.begins_on)
        found = dict.fromkeys(self.possible_on(first))
        for edition in self.editions:
            if edition not in found and _has_begun(edition, when.latest) and not _has_surely_begun(edition, first):
                found[edition] = None
        return tuple(found)


def _has_begun(edition: Edition, day: date) -> bool:
    return edition.in_force.earliest is None or edition.in_force.earliest <= day


def _has_surely_begun(edition: Edition, day: date) -> bool:
    return edition.in_force.latest is not None and edition.in_force.latest <= day

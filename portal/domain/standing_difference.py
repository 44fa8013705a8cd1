"""What differs between two standings of one petition: its stage, its outcome, and each obligation."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.dates import DateRange
from portal.domain.stages import Stage
from portal.domain.timeline import Obligation, OutcomeStated, Standing


@dataclass(frozen=True, slots=True)
class StageDifference:
    """The petition is at another stage, or has been at the same one since another day."""

    before: Stage
    after: Stage
    since_before: DateRange | None
    since_after: DateRange | None


@dataclass(frozen=True, slots=True)
class OutcomeDifference:
    """Another outcome is stated, or sources come to disagree on it, or no longer do."""

    before: OutcomeStated | None
    after: OutcomeStated | None


@dataclass(frozen=True, slots=True)
class ObligationDifference:
    """An obligation or a window stands otherwise; one side is None where the other standing does not have it."""

    key: str
    before: Obligation | None
    after: Obligation | None


Difference = StageDifference | OutcomeDifference | ObligationDifference


def differences(before: Standing, after: Standing) -> tuple[Difference, ...]:
    """Return everything in which two standings differ that a reader could hold against somebody.

    Of an obligation that is its status, its due date, when it was met, and whether the result depends on which source
    is right. Both standings should be of one day: otherwise what only the calendar brought is among the differences.
    """
    return tuple(_differences(before, after))


def _differences(before: Standing, after: Standing) -> Iterator[Difference]:
    if (before.stage, before.stage_since) != (after.stage, after.stage_since):
        yield StageDifference(before.stage, after.stage, before.stage_since, after.stage_since)
    if _said(before.outcome) != _said(after.outcome):
        yield OutcomeDifference(before.outcome, after.outcome)
    for each in after.obligations:
        was = before.obligation(each.key)
        if was is None or _facts(was) != _facts(each):
            yield ObligationDifference(each.key, was, each)
    for each in before.obligations:
        if after.obligation(each.key) is None:
            yield ObligationDifference(each.key, each, None)


def _said(outcome: OutcomeStated | None) -> object:
    """Return what is stated, without the event that states it: a correction puts another event in its place."""
    return None if outcome is None else (outcome.value, outcome.disputed)


def _facts(each: Obligation) -> object:
    return each.status, each.reason, each.due, each.met, each.results_differ, each.seen_undone_on

"""Decisions: the outcome of each demand, and what does not fit together."""

from collections.abc import Mapping
from enum import StrEnum

from portal.domain.stages import DemandOutcome, Outcome


class Misfit(StrEnum):
    """Something in a decision that an editor must look at; never corrected by us."""

    PARTIAL_BUT_ALL_GRANTED = "partial_but_all_granted"
    PARTIAL_BUT_NONE_GRANTED = "partial_but_none_granted"
    GRANTED_BUT_NOT_ALL = "granted_but_not_all"
    REFUSED_BUT_SOME_GRANTED = "refused_but_some_granted"


def misfits(outcome: Outcome, demands: Mapping[str, DemandOutcome]) -> tuple[Misfit, ...]:
    """Return where the outcome as stated and the outcomes per demand do not fit; the outcome is never computed."""
    known = [each for each in demands.values() if each is not DemandOutcome.UNKNOWN]
    if not known:
        return ()
    given = [each for each in known if each in (DemandOutcome.GRANTED, DemandOutcome.GRANTED_IN_PART)]
    wholly = all(each is DemandOutcome.GRANTED for each in known) and len(known) == len(demands)
    found = []
    if outcome is Outcome.PARTIALLY_GRANTED and wholly:
        found.append(Misfit.PARTIAL_BUT_ALL_GRANTED)
    if outcome is Outcome.PARTIALLY_GRANTED and not given:
        found.append(Misfit.PARTIAL_BUT_NONE_GRANTED)
    if outcome is Outcome.GRANTED and len(given) < len(known):
        found.append(Misfit.GRANTED_BUT_NOT_ALL)
    if outcome is Outcome.REFUSED and given:
        found.append(Misfit.REFUSED_BUT_SOME_GRANTED)
    return tuple(found)

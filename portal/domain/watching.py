"""How often a petition is looked at, and when not having looked is a gap.

Whole seconds since 1970 (UTC) throughout: what is kept of a series are small whole numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.dates import DateRange
from portal.domain.events import DatedClaim, Event, EventKind
from portal.domain.stages import ENDED, Stage

MINUTE, HOUR, DAY = 60, 3600, 86_400

LONGEST_SILENCE = 3 * HOUR
"""Two looks further apart than this leave a gap, which nothing ever closes. A list look is due each hour."""

LIST_EVERY = HOUR
"""One list look tells the count of every petition that the list has."""

FULL_EVERY, FULL_EVERY_ENDED = DAY, 7 * DAY
"""How old the last full reading of a petition may be: of one that has ended, a week."""

NEAR: tuple[tuple[int, int], ...] = ((95, 10 * MINUTE), (80, 30 * MINUTE))
"""From how many percent of the next threshold a petition is looked at by itself, and how often."""

FIRST_THRESHOLD = 50
"""The signatures of initial support, the next threshold of a petition that has not passed them (90-2(4)(1))."""

COUNTED_STAGES = frozenset({Stage.INITIAL_SUPPORT, Stage.CONFORMITY_CHECK, Stage.COLLECTION, Stage.UNKNOWN})
"""The stages at which signatures may be added, as far as the law says; of an unknown stage nobody can tell."""


def share(votes: int | None, required: int | None) -> int | None:
    """Return how many whole percent of the next threshold a petition has; None where either is not known.

    Below fifty signatures the next threshold is that of initial support.
    """
    if votes is None:
        return None
    goal = FIRST_THRESHOLD if votes < FIRST_THRESHOLD else required
    return None if not goal else 100 * votes // goal


def look_every(stage: Stage, votes: int | None, required: int | None) -> int:
    """Return how many seconds may pass between two looks at the count of a petition."""
    percent = share(votes, required)
    if stage not in COUNTED_STAGES or percent is None or percent >= 100:
        return LIST_EVERY
    return next((every for least, every in NEAR if percent >= least), LIST_EVERY)


def read_every(stage: Stage) -> int:
    """Return how many seconds may pass between two full readings of a petition."""
    return FULL_EVERY_ENDED if stage in ENDED else FULL_EVERY


def is_gap(since: int, until: int) -> bool:
    """Whether nobody looked for so long that what happened in between is not known."""
    return until - since > LONGEST_SILENCE


@dataclass(frozen=True, slots=True)
class Look:
    """One full reading that found a petition on the official portal: on which day, at which stage, if that can be said.

    ``is_decided`` tells whether the portal showed a decision; None where its answer did not say.
    """

    day: date
    stage: Stage | None
    is_decided: bool | None


DECISION_PUBLISHED = "decision_published"
"""The step that is seen undone where the portal shows no decision: it is there that one is placed (90-6(3))."""


def sighted(looks: Iterable[Look], on: date) -> tuple[Event, ...]:
    """Return looks of the poll up to a day as events ``sighted``: of each thing seen, the first time and the last.

    What lies between says no more than these two. Their ids are negative: they are no rows of the record.
    """
    first: dict[tuple[Stage | None, bool | None], date] = {}
    last: dict[tuple[Stage | None, bool | None], date] = {}
    for look in looks:
        if look.day <= on:
            seen = (look.stage, look.is_decided)
            first[seen] = min(look.day, first.get(seen, look.day))
            last[seen] = max(look.day, last.get(seen, look.day))
    days = {(seen, day) for bounds in (first, last) for seen, day in bounds.items()}
    ordered = sorted(days, key=lambda each: (each[1], each[0][0] or "", str(each[0][1])))
    return tuple(_event(-place, *seen, day) for place, (seen, day) in enumerate(ordered, 1))


def _event(number: int, stage: Stage | None, is_decided: bool | None, day: date) -> Event:
    claim = DatedClaim(number, DateRange(day, day))
    undone = (DECISION_PUBLISHED,) if is_decided is False else ()
    return Event(number, EventKind.SIGHTED, (claim,), stage=stage, still_open=undone)

"""What stands out in the curve of a count, said without a cause."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from portal.domain.counts import Series


class MarkKind(StrEnum):
    """What a stretch of the curve looks like; why it does is not known from the curve."""

    STEP = "step"
    PLATEAU = "plateau"
    FALL = "fall"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a series that stands out.

    ``votes`` came in it (less than zero in a fall), ``rate`` is votes per hour in it, ``usual`` the rate that the
    petition's own hours before and after let expect, ``share`` the votes as a part of the threshold (0.03 is 3 %).
    """

    kind: MarkKind
    since: int
    until: int
    votes: int
    rate: float
    usual: float | None
    share: float | None


def marks(series: Series, threshold: int | None) -> tuple[Mark, ...]:
    """Return what stands out, in order of time; steps are told only where the threshold is known."""
    return tuple(
        Mark(
            MarkKind.FALL,
            one.at,
            two.at,
            two.votes - one.votes,
            (two.votes - one.votes) * 3600 / max(two.at - one.at, 1),
            None,
            (two.votes - one.votes) / threshold if threshold else None,
        )
        for one, two in pairwise(series.points)
        if two.votes < one.votes
    )

"""When a petition reaches its threshold, as a range, or why nothing is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.counts import Series


class SilenceCode(StrEnum):
    """Why nothing is said about when the threshold is reached."""

    TOO_SHORT = "too_short"
    TOO_FEW = "too_few"
    GAP = "gap"
    REACHED = "reached"
    ENDED = "ended"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The threshold is reached between two instants, with the share of probability that the model gives the range.

    ``median`` is None where the middle lies beyond what can be said. ``made_at`` is the instant that it was asked at.
    """

    earliest: int
    latest: int
    median: int | None
    made_at: int
    share: float = 0.8


@dataclass(frozen=True, slots=True)
class NotExpected:
    """The model expects that the threshold is not reached before the collection ends."""

    made_at: int


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing is said, and why."""

    why: SilenceCode


@dataclass(frozen=True, slots=True)
class History:
    """A finished series, to try the forecast on: what was known, the threshold, and when collection ended."""

    series: Series
    threshold: int
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """How the forecast did over finished series, each asked at fixed parts of its way.

    Of ``asked`` questions ``silent`` had no answer; ``said`` named a range, of which ``held`` held the true instant,
    ``early`` ended before it and ``late`` began after it (a threshold that was never reached counts as early).
    ``not_expected`` said that it would not be reached, of which ``not_expected_right`` were right. ``median_width`` is
    that of the ranges, in seconds. ``is_enough`` is False where there are too few finished series for a share.
    """

    histories: int
    asked: int
    silent: int
    said: int
    held: int
    early: int
    late: int
    not_expected: int
    not_expected_right: int
    median_width: int | None
    is_enough: bool

    @property
    def held_share(self) -> float | None:
        """Which part of the ranges held the true instant; None where there is too little to say."""
        return self.held / self.said if self.is_enough and self.said else None


def forecast(series: Series, threshold: int, at: int, ends_at: int | None) -> Forecast | NotExpected | Silence:
    """Return when the threshold is reached, asked at an instant with what was known then."""
    if ends_at is not None and at >= ends_at:
        return Silence(SilenceCode.ENDED)
    if series.last is not None and series.last.votes >= threshold:
        return Silence(SilenceCode.REACHED)
    return Silence(SilenceCode.TOO_SHORT)


def back_test(histories: Iterable[History]) -> BackTest:
    """Return how the forecast did over finished series."""
    count = sum(1 for _ in histories)
    return BackTest(count, 0, 0, 0, 0, 0, 0, 0, 0, None, is_enough=False)

"""How the forecast did over petitions that are finished."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from portal.domain.counts import Series, Span
from portal.domain.forecast import Forecast, NotExpected, forecast

ASKED_AT = (0.25, 0.5, 0.75)
"""At which parts of the way from the first count to the threshold, or to the end, each is asked."""

ENOUGH = 20
"""Of fewer finished petitions, or of fewer ranges, no share is told: three of four is not 75 %."""


@dataclass(frozen=True, slots=True)
class History:
    """What was seen of a petition, its threshold, and when its collection ended."""

    series: Series
    threshold: int
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """How the forecast did over finished petitions, each asked at fixed parts of its way with what was known then.

    Of ``asked`` questions ``silent`` had no answer; ``said`` named a range. ``held`` of the ranges held the true
    instant, ``early`` ended before it (also where the threshold was never reached), ``late`` began after it.
    ``not_expected`` answers said that it would not be reached, ``not_expected_right`` of them were right.
    ``median_width`` is that of the ranges, in seconds.
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

    @property
    def is_enough(self) -> bool:
        """Whether there are enough finished petitions and ranges for a share."""
        return self.histories >= ENOUGH and self.said >= ENOUGH

    @property
    def held_share(self) -> float | None:
        """Which part of the ranges held the true instant; None where there is too little to say."""
        return self.held / self.said if self.is_enough else None


def back_test(histories: Iterable[History]) -> BackTest:
    """Return how the forecast did; petitions that are not finished are left out."""
    finished, counts, widths = 0, Counter[str](), []
    for history in histories:
        reached = reached_in(history.series, history.threshold)
        if not _is_finished(history, reached):
            continue
        finished += 1
        for at in _asked_at(history, reached):
            answer = forecast(history.series, history.threshold, at, history.ends_at)
            counts.update(("asked", *_judged(answer, reached)))
            if isinstance(answer, Forecast):
                widths.append(answer.latest - answer.earliest)
    return BackTest(
        histories=finished,
        asked=counts["asked"],
        silent=counts["silent"],
        said=counts["said"],
        held=counts["held"],
        early=counts["early"],
        late=counts["late"],
        not_expected=counts["not_expected"],
        not_expected_right=counts["not_expected_right"],
        median_width=int(median(widths)) if widths else None,
    )


def reached_in(series: Series, threshold: int) -> Span | None:
    """Return between which two looks the threshold was reached, as far as the points tell; None where it was not."""
    place = next((place for place, point in enumerate(series.points) if point.votes >= threshold), None)
    if place is None:
        return None
    at = series.points[place].at
    hidden = next((gap for gap in series.gaps() if gap.until == at), None)
    return hidden or Span(at, at)


def _is_finished(history: History, reached: Span | None) -> bool:
    until, first = history.series.until, history.series.first
    if until is None or first is None:
        return False
    if reached is not None:
        return reached.since > first.at
    return history.ends_at is not None and first.at < history.ends_at <= until


def _asked_at(history: History, reached: Span | None) -> tuple[int, ...]:
    first = history.series.first
    end = reached.since if reached is not None else history.ends_at
    if first is None or end is None:
        return ()
    return tuple(first.at + int((end - first.at) * part) for part in ASKED_AT)


def _judged(answer: object, reached: Span | None) -> tuple[str, ...]:
    """Return the names of the counts that an answer belongs to."""
    if isinstance(answer, NotExpected):
        return ("not_expected", "not_expected_right") if reached is None else ("not_expected",)
    if not isinstance(answer, Forecast):
        return ("silent",)
    if reached is None or answer.latest < reached.since:
        return ("said", "early")
    return ("said", "late") if answer.earliest > reached.until else ("said", "held")

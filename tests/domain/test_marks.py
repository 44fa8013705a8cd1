"""What stands out in a curve: found where it was planted, and hardly ever where growth is honest."""

from datetime import date
from random import Random

import pytest

from portal.domain.counts import Point, Series, Span, midnight
from portal.domain.marks import MarkKind, marks
from portal.domain.watching import DAY, HOUR
from tests.series_figures import PLANTED, false_alarms, found
from tests.simulated_series import TESTED_ON, drawn

START = midnight(date(2025, 3, 10))
THRESHOLD = 2_500


def steady(days, a_day=480, changed=None, unwatched=()):
    """A petition that grows alike by day, less by night; hours of its life may have other votes, or no look."""
    rng, votes, points, spans = Random(5), 0, [Point(START, 0)], []
    since: int | None = START
    for hour in range(days * 24):
        mean = a_day / 24 * (0.2 if 0 <= hour % 24 < 6 else 1.27)
        came = drawn(rng, mean)
        votes += changed.get(hour, came) if changed else came
        at = START + (hour + 1) * HOUR
        if hour in unwatched:
            if since is not None:
                spans.append(Span(since, at - HOUR))
            since = None
            continue
        if since is None:
            since = at
        if votes != points[-1].votes:
            points.append(Point(at, votes))
    spans.append(Span(since, START + days * DAY))
    return Series(tuple(points), tuple(spans))


def test_a_steady_petition_has_no_marks():
    assert marks(steady(12), THRESHOLD) == ()


def test_a_series_of_nothing_has_no_marks():
    assert marks(Series(), THRESHOLD) == ()
    assert marks(Series((Point(START, 3),), (Span(START, START),)), THRESHOLD) == ()


def test_a_step_is_told_with_its_votes_and_what_was_usual():
    (mark,) = marks(steady(6, changed={3 * 24 + 14: 250}), THRESHOLD)
    assert (mark.kind, mark.votes, mark.share) == (MarkKind.STEP, 250, 0.1)
    assert (mark.since, mark.until) == (START + 3 * DAY + 14 * HOUR, START + 3 * DAY + 15 * HOUR)
    assert mark.rate == 250.0
    assert 20 < mark.usual < 40


def test_a_step_across_two_looks_is_one_mark():
    (mark,) = marks(steady(6, changed={3 * 24 + 14: 110, 3 * 24 + 15: 120}), THRESHOLD)
    assert (mark.kind, mark.votes, mark.until - mark.since) == (MarkKind.STEP, 230, 2 * HOUR)


def test_many_votes_that_are_little_of_the_threshold_are_no_step():
    assert marks(steady(6, changed={3 * 24 + 14: 250}), 50_000) == ()


def test_without_a_threshold_there_are_no_steps():
    assert marks(steady(6, changed={3 * 24 + 14: 250}), None) == ()


def test_growth_that_sets_in_and_stays_is_no_step():
    faster = dict.fromkeys(range(3 * 24 + 9, 5 * 24), 200)
    assert MarkKind.STEP not in {mark.kind for mark in marks(steady(5, changed=faster), THRESHOLD)}


def test_what_a_late_look_finds_at_once_is_no_step():
    """Three hours without a look are no gap yet: the next look sees the votes of four hours together."""
    seen = steady(6, a_day=2_400)
    late = START + 3 * DAY + 15 * HOUR
    points = tuple(point for point in seen.points if not late - 3 * HOUR <= point.at < late)
    assert marks(Series(points, seen.spans), THRESHOLD) == ()


def test_what_came_in_a_gap_is_no_step():
    series = steady(6, changed={3 * 24 + 14: 400}, unwatched=range(3 * 24 + 12, 3 * 24 + 16))
    assert series.gaps()
    assert marks(series, THRESHOLD) == ()


def test_a_fall_says_how_many_votes_are_gone():
    (mark,) = marks(steady(6, changed={3 * 24 + 14: -70}), THRESHOLD)
    assert (mark.kind, mark.votes, mark.share) == (MarkKind.FALL, -70, -0.028)
    assert (mark.since, mark.until) == (START + 3 * DAY + 14 * HOUR, START + 3 * DAY + 15 * HOUR)
    assert mark.usual is None


def test_a_fall_of_one_vote_is_a_fall_also_without_a_threshold():
    (mark,) = marks(steady(6, changed={3 * 24 + 14: -1}), None)
    assert (mark.kind, mark.votes, mark.share) == (MarkKind.FALL, -1, None)


def test_a_fall_in_a_gap_lies_somewhere_in_the_gap():
    gap = range(3 * 24 + 12, 3 * 24 + 18)
    (mark,) = marks(steady(6, changed={3 * 24 + 14: -500}, unwatched=gap), THRESHOLD)
    assert mark.kind is MarkKind.FALL
    assert (mark.since, mark.until) == (START + 3 * DAY + 12 * HOUR, START + 3 * DAY + 19 * HOUR)


def test_a_plateau_lasts_while_nothing_comes():
    (mark,) = marks(steady(8, changed=dict.fromkeys(range(4 * 24 + 6, 4 * 24 + 24), 0)), THRESHOLD)
    assert (mark.kind, mark.votes, mark.rate) == (MarkKind.PLATEAU, 0, 0.0)
    assert mark.since == START + 4 * DAY + 6 * HOUR
    assert mark.usual > 15


def test_a_quiet_petition_has_no_plateaus():
    assert marks(steady(20, a_day=4), THRESHOLD) == ()


def test_a_gap_is_no_plateau():
    assert marks(steady(8, unwatched=range(4 * 24 + 6, 4 * 24 + 24)), THRESHOLD) == ()


def test_a_night_busier_than_this_petitions_nights_is_marked():
    (mark,) = marks(steady(14, changed={9 * 24 + hour: 40 for hour in range(1, 5)}), 5_000)
    assert (mark.kind, mark.votes) == (MarkKind.NIGHT, 160)
    assert (mark.since, mark.until) == (START + 9 * DAY + HOUR, START + 9 * DAY + 5 * HOUR)
    assert mark.usual < 8


def test_a_petition_that_is_always_busy_at_night_has_no_unusual_nights():
    busy = {day * 24 + hour: 40 for day in range(14) for hour in range(1, 5)}
    assert marks(steady(14, changed=busy), THRESHOLD) == ()


def test_of_a_petition_with_few_nights_no_night_is_told():
    assert marks(steady(6, changed={4 * 24 + hour: 40 for hour in range(1, 5)}), 5_000) == ()


def test_marks_come_in_order_of_time():
    changed = {3 * 24 + 14: -70, 2 * 24 + 14: 300, 5 * 24 + 14: 300}
    found_marks = marks(steady(7, changed=changed), THRESHOLD)
    assert [mark.kind for mark in found_marks] == [MarkKind.STEP, MarkKind.FALL, MarkKind.STEP]


@pytest.mark.slow
def test_in_a_hundred_honest_series_there_is_at_most_one_false_alarm():
    looked, marked = false_alarms(TESTED_ON, 60)
    assert looked >= 300
    assert marked[MarkKind.FALL] == 0
    assert marked.total() <= looked / 100, marked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "least"), [(MarkKind.STEP, 0.95), (MarkKind.NIGHT, 0.9), (MarkKind.PLATEAU, 0.8)], ids=str
)
def test_what_was_planted_is_found(kind, least):
    planted, seen = found(kind, TESTED_ON, 50 if kind is MarkKind.STEP else 20)
    assert planted >= 40
    assert seen >= least * planted
    assert kind in PLANTED

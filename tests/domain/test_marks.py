"""What stands out in a curve: found where it was planted, and hardly ever where growth is honest."""

from datetime import date
from random import Random

import pytest

from portal.domain.counts import Point, Series, Span, midnight
from portal.domain.marks import MEASURED, MarkKind, marks
from portal.domain.watching import DAY, HOUR
from tests.given_series import changes_of, growth, shifted
from tests.series_figures import chance_of_as_many, tried
from tests.simulated_series import BENCHED_ON, SHAPES, TESTED_ON, drawn

START = midnight(date(2025, 3, 10))
THRESHOLD = 2_500

EACH = 32
"""So many simulated petitions of each shape that cross, and half as many that do not."""


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


def test_after_a_large_step_the_usual_pace_is_no_plateau():
    """A slow petition is given twenty days' signatures within an hour, and goes on as before."""
    changed = {5 * 24 + 14: 2_400}
    (mark,) = marks(steady(30, a_day=120, changed=changed), 50_000)
    assert (mark.kind, mark.votes) == (MarkKind.STEP, 2_400)
    assert marks(steady(30, a_day=120, changed=changed), None) == ()


def test_a_step_in_the_night_is_a_step_and_no_busy_night():
    (mark,) = marks(steady(14, changed={9 * 24 + 2: 900, 9 * 24 + 3: 60}), THRESHOLD)
    assert (mark.kind, mark.votes) == (MarkKind.STEP, 900)


def test_two_hours_that_are_a_step_each_are_one_mark():
    (mark,) = marks(steady(6, changed={3 * 24 + 14: 400, 3 * 24 + 15: 600}), THRESHOLD)
    assert (mark.kind, mark.votes, mark.until - mark.since) == (MarkKind.STEP, 1_000, 2 * HOUR)


def test_a_night_of_four_hours_as_busy_as_steps_is_still_told_as_a_night():
    found_marks = marks(steady(14, changed={9 * 24 + hour: 300 for hour in range(1, 5)}), THRESHOLD)
    assert MarkKind.NIGHT in {mark.kind for mark in found_marks}


def test_a_slow_petition_that_stops_for_two_days_has_a_plateau():
    """Within twelve hours too little is expected of it; within two days enough is."""
    (mark,) = marks(steady(9, a_day=96, changed=dict.fromkeys(range(4 * 24, 6 * 24), 0)), 50_000)
    assert mark.kind is MarkKind.PLATEAU
    assert mark.votes <= 5
    assert mark.since == START + 4 * DAY
    assert mark.until >= START + 6 * DAY


def test_the_step_in_a_series_given_to_pages_is_told_and_nothing_else():
    looks = shifted(growth(START, 160, 20_000, slowing=0.975, seed=3), START + 69 * DAY + 12 * HOUR, 2_400)
    points = tuple(Point(at, votes) for at, votes in changes_of(looks))
    (mark,) = marks(Series(points, (Span(looks[0][0], looks[-1][0]),)), 50_000)
    assert mark.kind is MarkKind.STEP
    assert 2_400 <= mark.votes <= 2_420


@pytest.fixture(scope="module")
def figures():
    """What the marks tell of simulated petitions; drawn once for all that is held of it."""
    return tried(TESTED_ON, EACH)


@pytest.mark.slow
def test_in_a_hundred_honest_series_there_is_at_most_one_false_alarm(figures):
    assert figures.series == 6 * EACH
    assert figures.told[MarkKind.FALL] == 0
    assert 100 * figures.told.total() <= figures.series, figures.told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "least"), [("step", 0.95), ("large step", 0.95), ("night", 0.9), ("plateau", 0.9)], ids=str
)
def test_what_was_planted_is_found(figures, name, least):
    assert figures.planted[name] >= 25
    assert figures.found[name] >= least * figures.planted[name]


@pytest.mark.slow
def test_beside_a_planted_step_hardly_anything_else_is_told(figures):
    planted, _, beside = figures.with_step
    assert 100 * beside <= planted, figures.beside


@pytest.mark.slow
def test_what_pages_say_of_false_alarms_is_not_better_than_what_is_found(figures):
    """Where the numbers on pages are true, as many alarms as fail this test come once in a hundred draws of seeds."""
    alarms = figures.told.total()
    assert chance_of_as_many(alarms, figures.series, MEASURED.false_alarms, MEASURED.series) >= 0.01
    planted, found, beside = figures.with_step
    assert chance_of_as_many(beside, planted, MEASURED.beside_steps, MEASURED.with_step) >= 0.01
    missed = MEASURED.with_step - MEASURED.steps_found
    assert chance_of_as_many(planted - found, planted, missed, MEASURED.with_step) >= 0.01


def test_what_was_measured_names_the_seeds_and_shapes_that_there_are():
    assert MEASURED.shapes == SHAPES
    assert MEASURED.seeds == BENCHED_ON != TESTED_ON
    assert set(MEASURED.told) == set(MarkKind)
    assert 100 * MEASURED.false_alarms <= MEASURED.series
    assert 100 * MEASURED.beside_steps <= MEASURED.with_step


def test_numbers_worse_than_chance_allows_are_told_apart():
    assert chance_of_as_many(0, 150, 0, 600) == 1
    assert chance_of_as_many(1, 150, 0, 600) > 0.2
    assert chance_of_as_many(3, 150, 0, 600) < 0.01

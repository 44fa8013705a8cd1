"""A count through time, drawn: no gap is joined, the ends and the threshold stay, and nothing leaves the drawing."""

import re

import pytest

from portal.domain.counts import Point, Series, Span, thinned
from portal.domain.watching import DAY, HOUR
from portal.services.series import DRAWN
from portal.web.public.chart import TIME_STEPS, WIDTH, chart_of, frame_of, ticks
from portal.web.public.chart_bars import HEIGHT as BAR_HEIGHT
from portal.web.public.chart_bars import bars_of
from tests.given_series import changes_of, growth, instant, shifted, spans_of, without

BEGINS = instant("2026-05-01 00:00")


def series_of(looks):
    """Return looks as the series that the poll would have stored."""
    return Series(tuple(Point(*each) for each in changes_of(looks)), tuple(Span(*each) for each in spans_of(looks)))


def drawn(looks, **options):
    """Draw looks of the poll."""
    series = series_of(looks)
    return chart_of(series, seam=series.spans[0].since, **{"threshold": None, **options})


def stretches_of(path):
    """Return from where to where each line of a path goes, in thousandths."""
    found = []
    for piece in path.split("M")[1:]:
        began = float(piece.split(" ")[0])
        reached = [float(x) for x in re.findall(r"H([\d.]+)", piece)]
        found.append((began, reached[-1] if reached else began + 1.5))
    return found


def holes_of(chart):
    """Return from where to where each gap is hatched."""
    return [(gap.x, gap.x + gap.width) for gap in chart.gaps]


@pytest.mark.parametrize("seed", range(5))
def test_no_line_crosses_a_gap(seed):
    looks = growth(BEGINS, 60, 9000, seed=seed)
    for since, until in ((3, 4), (10, 17), (40, 40.25)):
        looks = without(looks, BEGINS + since * DAY, BEGINS + int(until * DAY))
    chart = chart_of(thinned(series_of(looks), DRAWN), seam=BEGINS, threshold=10_000)
    assert len(chart.gaps) == 3
    for began, ended in stretches_of(chart.line):
        for hole_begins, hole_ends in holes_of(chart):
            assert ended <= hole_begins + 1.6 or began >= hole_ends - 1.6
    assert len(stretches_of(chart.line)) == 4
    assert "L" not in chart.line


def test_a_line_starts_after_a_gap_with_what_was_known_then():
    looks = [(BEGINS, 10), (BEGINS + HOUR, 20), (BEGINS + DAY, 20), (BEGINS + DAY + HOUR, 30)]
    chart = drawn(looks)
    after = chart.line.split("M")[2]
    assert after.startswith(f"{chart.frame.x(BEGINS + DAY)} {chart.frame.y(20)}")


@pytest.mark.parametrize("seed", range(8))
def test_few_points_keep_the_ends_the_threshold_and_steps(seed):
    looks = shifted(growth(BEGINS, 180, 60_000, seed=seed, every=1800), BEGINS + 70 * DAY, 2_500)
    looks = shifted(looks, BEGINS + 90 * DAY, -300)
    whole = series_of(looks)
    few = thinned(whole, DRAWN)
    assert len(few.points) <= 300
    assert (few.first, few.last) == (whole.first, whole.last)
    crossed = next(point.at for point in whole.points if point.votes >= 50_000)
    shown = next(point.at for point in few.points if point.votes >= 50_000)
    assert abs(shown - crossed) <= 2 * DAY
    assert max(point.votes for point in few.points) == max(point.votes for point in whole.points)
    assert any(one.votes - two.votes >= 250 for one, two in zip(few.points, few.points[1:], strict=False))
    assert len(chart_of(few, seam=BEGINS, threshold=50_000).line) < 6_000


def test_what_the_list_of_signers_says_is_drawn_apart():
    looks = growth(BEGINS, 30, 9000)
    chart = chart_of(series_of(looks), seam=BEGINS + 10 * DAY, threshold=None)
    assert stretches_of(chart.past)[-1][1] == pytest.approx(chart.frame.x(BEGINS + 10 * DAY), abs=0.1)
    assert stretches_of(chart.line)[0][0] == pytest.approx(chart.frame.x(BEGINS + 10 * DAY), abs=0.1)
    alone = chart_of(series_of(looks), seam=None, threshold=None)
    assert (alone.line, bool(alone.past)) == ("", True)
    assert drawn(looks).past == ""


@pytest.mark.parametrize(
    ("looks", "threshold"),
    [
        ([(BEGINS, 895)], 50_000),
        ([(BEGINS, 0)], None),
        ([(BEGINS, 0), (BEGINS + HOUR, 0), (BEGINS + 2 * HOUR, 0)], 50_000),
        ([(BEGINS, 3), (BEGINS + HOUR, 1)], 50),
        (growth(BEGINS, 400, 70_000), 50_000),
        ([(BEGINS, 10), (BEGINS + 30 * DAY, 12)], 50),
    ],
    ids=["one look", "one look at nothing", "nobody signs", "falls", "beyond the threshold", "two looks far apart"],
)
def test_every_series_can_be_drawn(looks, threshold):
    chart = drawn(looks, threshold=threshold, window=(BEGINS, BEGINS + 180 * DAY))
    assert chart.line
    for began, ended in stretches_of(chart.line):
        assert 0 <= began <= ended <= WIDTH + 1.5
    numbers = [float(each) for each in re.findall(r"V([\d.-]+)", chart.line)]
    assert all(0 <= each <= chart.frame.height for each in numbers)
    assert all(band.x >= 0 and band.x + band.width <= WIDTH + 0.1 for band in chart.gaps)
    assert 2 <= len(chart.levels) <= 6
    assert chart.is_threshold_beyond == (threshold is not None and chart.threshold is None)


def test_a_threshold_far_above_is_said_and_not_drawn():
    assert drawn(growth(BEGINS, 9, 900), threshold=50_000).is_threshold_beyond
    assert drawn(growth(BEGINS, 9, 12_500), threshold=50_000).threshold.votes == 50_000


def test_the_drawing_looks_ahead_but_not_too_far():
    looks = growth(BEGINS, 40, 9_000)
    until = BEGINS + 40 * DAY
    near = drawn(looks, threshold=10_000, outlook=(until + DAY, until + 15 * DAY))
    assert near.outlook.width > 0
    assert near.frame.until == until + 15 * DAY
    far = drawn(looks, threshold=10_000, outlook=(until + DAY, until + 90 * DAY))
    assert far.frame.until == until
    assert far.outlook is None


def test_what_happened_close_together_stands_above_each_other():
    looks = growth(BEGINS, 40, 9_000)
    days = [("1", BEGINS + DAY), ("2", BEGINS + 2 * DAY), ("3", BEGINS + 30 * DAY), ("4", BEGINS + 90 * DAY)]
    chart = drawn(looks, events=days)
    assert [(flag.sign, flag.level) for flag in chart.events] == [("1", 0), ("2", 1), ("3", 0)]
    assert chart.rows == 2


@pytest.mark.parametrize("days", [0.1, 0.5, 2, 9, 33, 180, 366, 1200])
def test_there_are_a_few_times_to_read_by(days):
    frame = frame_of([Series((Point(BEGINS, 5),), (Span(BEGINS, BEGINS + int(days * DAY)),))], None)
    found = ticks(frame, TIME_STEPS, offset=5 * HOUR)
    assert 2 <= len(found) <= 9
    assert all((at + 5 * HOUR) % HOUR == 0 for _, at in found)


def test_bars_hang_from_nothing_where_the_count_fell_and_have_no_height_where_nobody_watched():
    up, down, unknown, zero = bars_of([100.0, -50.0, None, 0.0]).bars
    assert up.y + up.height == pytest.approx(down.y, abs=0.2)
    assert down.y + down.height <= BAR_HEIGHT
    assert unknown.height is None
    assert zero.height == 0
    assert [each.height for each in bars_of([0.0, 0.0]).bars] == [0, 0]

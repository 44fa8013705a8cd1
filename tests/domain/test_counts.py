"""The count through time: what is known, what a gap hides, and what is never made up."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.counts import (
    Between,
    Point,
    Series,
    Span,
    aligned,
    between,
    by_day,
    day_of,
    hour_of_day,
    hour_picture,
    joined,
    midnight,
    signed,
    speed,
    thinned,
)
from portal.domain.watching import DAY, HOUR

MIDNIGHT = midnight(date(2025, 3, 10))
NOON = MIDNIGHT + 12 * HOUR

WITH_A_GAP = Series(
    (Point(NOON, 10), Point(NOON + HOUR, 30), Point(NOON + 10 * HOUR, 90), Point(NOON + 11 * HOUR, 100)),
    (Span(NOON, NOON + 2 * HOUR), Span(NOON + 10 * HOUR, NOON + 20 * HOUR)),
)


@st.composite
def watched(draw, gaps=True):
    """Any series that only grows: looks at any distance, kept when the count changed, with gaps or without."""
    at, votes = MIDNIGHT + draw(st.integers(0, 2 * DAY)), draw(st.integers(0, 1000))
    points, spans, since = [Point(at, votes)], [], at
    for _ in range(draw(st.integers(1, 60))):
        until, at = at, at + draw(st.integers(60, 6 * HOUR))
        if gaps and draw(st.integers(0, 9)) == 0:
            spans.append(Span(since, until))  # A single look is a span without length.
            since = at
        more = draw(st.integers(0, 50))
        votes += more
        if more or since == at:
            points.append(Point(at, votes))
    return Series(tuple(points), (*spans, Span(since, at + 60)))


def test_between_two_points_the_count_is_the_earlier_one():
    assert WITH_A_GAP.votes_at(NOON + HOUR - 1) == 10
    assert WITH_A_GAP.votes_at(NOON + HOUR) == 30
    assert WITH_A_GAP.votes_at(NOON + 20 * HOUR) == 100


@pytest.mark.parametrize("at", [NOON - 1, NOON + 2 * HOUR + 1, NOON + 10 * HOUR - 1, NOON + 20 * HOUR + 1])
def test_where_nobody_looked_nothing_is_known(at):
    assert WITH_A_GAP.votes_at(at) is None


def test_an_empty_series_knows_nothing():
    empty = Series()
    assert (empty.first, empty.last, empty.until, empty.gaps(), by_day(empty)) == (None, None, None, (), ())
    assert empty.votes_at(NOON) is None
    assert speed(empty, NOON, HOUR) is None
    assert sum(share.votes for share in hour_picture(empty)) == 0
    assert thinned(empty, 10) == empty
    assert joined(empty, empty) == empty


def test_a_gap_is_named_with_the_votes_that_came_in_it():
    assert WITH_A_GAP.gaps() == (Span(NOON + 2 * HOUR, NOON + 10 * HOUR),)
    assert between(WITH_A_GAP) == (Between(NOON + 2 * HOUR, NOON + 10 * HOUR, 60),)


def test_speed_is_votes_per_hour_of_a_window_watched_all_through():
    assert speed(WITH_A_GAP, NOON + 2 * HOUR, 2 * HOUR) == 10.0
    assert speed(WITH_A_GAP, NOON + 20 * HOUR, 10 * HOUR) == 1.0


@pytest.mark.parametrize(("until", "over"), [(20, 11), (2, 3), (21, 1), (5, 1), (20, 20)])
def test_there_is_no_speed_where_the_window_was_not_watched_all_through(until, over):
    assert speed(WITH_A_GAP, NOON + until * HOUR, over * HOUR) is None


def test_a_window_of_no_length_has_no_speed():
    assert speed(WITH_A_GAP, NOON + HOUR, 0) is None


def test_a_day_is_a_day_in_kazakhstan():
    assert midnight(date(2025, 3, 10)) == 1_741_546_800  # 9 March, 19:00 UTC
    assert day_of(MIDNIGHT - 1) == date(2025, 3, 9)
    assert hour_of_day(NOON) == 12


def test_days_know_what_came_and_say_where_they_are_not_whole():
    since = MIDNIGHT + 20 * HOUR
    series = Series(
        (Point(since, 5), Point(MIDNIGHT + 25 * HOUR, 8), Point(MIDNIGHT + 60 * HOUR, 9)),
        (Span(since, MIDNIGHT + 60 * HOUR),),
    )
    assert [(count.day.day, count.votes, count.is_whole) for count in by_day(series)] == [
        (10, 0, False),
        (11, 3, True),
        (12, 1, False),
    ]


def test_a_gap_within_a_day_hides_only_when_the_votes_came():
    counts = by_day(
        Series(
            (Point(MIDNIGHT, 0), Point(MIDNIGHT + 15 * HOUR, 70)),
            (Span(MIDNIGHT, MIDNIGHT + 5 * HOUR), Span(MIDNIGHT + 15 * HOUR, MIDNIGHT + DAY)),
        )
    )
    assert [(count.votes, count.is_whole) for count in counts] == [(70, True)]


def test_a_gap_over_midnight_hides_both_days():
    counts = by_day(
        Series(
            (Point(MIDNIGHT, 0), Point(MIDNIGHT + 30 * HOUR, 70), Point(MIDNIGHT + 50 * HOUR, 80)),
            (Span(MIDNIGHT, MIDNIGHT + 20 * HOUR), Span(MIDNIGHT + 30 * HOUR, MIDNIGHT + 3 * DAY)),
        )
    )
    assert [(count.votes, count.is_whole) for count in counts] == [(None, False), (None, False), (10, True)]


def test_a_day_on_which_the_count_fell_is_less_than_zero():
    series = Series((Point(MIDNIGHT, 9), Point(NOON, 4)), (Span(MIDNIGHT, MIDNIGHT + DAY),))
    assert [count.votes for count in by_day(series)] == [-5]


def test_signatures_per_hour_add_up_when_the_hour_is_over():
    hour = MIDNIGHT // HOUR
    series = signed({hour: 5, hour + 3: 2}, MIDNIGHT + 3 * HOUR + 600)
    assert series.spans == (Span(MIDNIGHT, MIDNIGHT + 3 * HOUR + 600),)
    assert series.points == (Point(MIDNIGHT, 0), Point(MIDNIGHT + HOUR, 5), Point(MIDNIGHT + 3 * HOUR + 600, 7))
    assert signed({}, MIDNIGHT) == Series()


def test_the_past_and_the_poll_are_one_where_they_agree():
    hour = MIDNIGHT // HOUR
    past = signed({hour: 5, hour + 2: 4, hour + 3: 9}, MIDNIGHT + 10 * HOUR)
    polled = Series((Point(MIDNIGHT + 2 * HOUR + 600, 7),), (Span(MIDNIGHT + 2 * HOUR + 600, MIDNIGHT + DAY),))
    whole = joined(past, polled)
    assert whole.spans == (Span(MIDNIGHT, MIDNIGHT + DAY),)
    assert [point.votes for point in whole.points] == [0, 5, 7]


@pytest.mark.parametrize("seen", [4, 10])
def test_where_they_disagree_the_hour_before_the_first_look_stays_a_gap(seen):
    hour = MIDNIGHT // HOUR
    past = signed({hour: 5, hour + 2: 4}, MIDNIGHT + 10 * HOUR)
    polled = Series((Point(MIDNIGHT + 2 * HOUR + 600, seen),), (Span(MIDNIGHT + 2 * HOUR + 600, MIDNIGHT + DAY),))
    whole = joined(past, polled)
    assert whole.gaps() == (Span(MIDNIGHT + 2 * HOUR, MIDNIGHT + 2 * HOUR + 600),)
    assert list(whole.rises()) == [(MIDNIGHT + HOUR // 2, 5)]


def test_without_a_past_or_a_poll_there_is_the_other():
    past = signed({MIDNIGHT // HOUR: 5}, MIDNIGHT + DAY)
    assert joined(past, Series()) == past
    assert joined(Series(), WITH_A_GAP) == WITH_A_GAP
    assert joined(signed({(NOON + DAY) // HOUR: 5}, NOON + 2 * DAY), WITH_A_GAP) == WITH_A_GAP


def test_an_hour_that_nobody_watched_does_not_count_as_quiet():
    picture = hour_picture(WITH_A_GAP)
    assert picture[12].watched_hours == 1
    assert picture[12].votes == 20
    assert picture[15].watched_hours == 0
    assert picture[15].rate is None
    assert picture[22].rate == 10.0  # The 60 votes of the gap belong to no hour.


def test_what_was_seen_on_the_hour_came_in_the_hour_before():
    series = signed({(MIDNIGHT + 13 * HOUR) // HOUR: 40}, MIDNIGHT + DAY)
    assert [share.hour for share in hour_picture(series) if share.votes] == [13]


def test_compared_petitions_start_on_their_own_day_nought():
    one = Series((Point(MIDNIGHT, 0), Point(MIDNIGHT + 30 * HOUR, 8)), (Span(MIDNIGHT, MIDNIGHT + 3 * DAY),))
    first, second = aligned([(one, MIDNIGHT), (WITH_A_GAP, NOON)])
    assert first.days == (0, 8, 8)
    assert first.series.points[1] == Point(30 * HOUR, 8)
    assert second.series.gaps() == (Span(2 * HOUR, 10 * HOUR),)
    assert second.days == ()


def test_a_gap_at_the_end_of_a_day_leaves_a_hole_in_the_comparison():
    (one,) = aligned([(WITH_A_GAP, NOON - 18 * HOUR)])
    assert one.days == (None,)


def test_five_are_too_many_to_compare():
    with pytest.raises(ValueError, match="at most 4"):
        aligned([(WITH_A_GAP, NOON)] * 5)


@pytest.mark.slow
@settings(max_examples=200)
@given(watched(), st.integers(2, 40))
def test_thinning_keeps_the_ends_and_never_joins_a_gap(series, most):
    thin = thinned(series, most)
    assert thin.spans == series.spans
    assert thin.points[0] == series.points[0]
    assert thin.points[-1] == series.points[-1]
    assert set(thin.points) <= set(series.points)
    assert len(thin.points) <= max(most, 2 * len(series.spans) + 2)
    for span in series.spans:
        assert thin.votes_at(span.since) == series.votes_at(span.since)
        assert thin.votes_at(span.until) == series.votes_at(span.until)
    assert between(thin) == between(series)


@given(watched(gaps=False))
def test_the_days_add_up_to_the_whole_where_there_is_no_gap(series):
    assert sum(count.votes or 0 for count in by_day(series)) == series.last.votes - series.first.votes
    assert sum(share.votes for share in hour_picture(series)) == series.last.votes - series.first.votes


@given(watched())
def test_every_watched_hour_has_its_place_in_the_picture(series):
    hours = sum(share.watched_hours for share in hour_picture(series))
    assert hours == pytest.approx(sum(span.seconds for span in series.spans) / HOUR)


@given(watched())
def test_what_rose_and_what_the_gaps_hid_is_all_there_is(series):
    rose = sum(votes for _, votes in series.rises())
    assert rose + sum(gap.votes for gap in between(series)) == series.last.votes - series.first.votes


@given(watched(), st.integers(0, 20 * DAY))
def test_a_count_is_known_inside_a_span_and_nowhere_else(series, after):
    at = MIDNIGHT + after
    is_inside = any(span.since <= at <= span.until for span in series.spans)
    assert (series.votes_at(at) is not None) is is_inside


@given(watched(), st.integers(0, 10 * DAY), st.integers(0, 10 * DAY))
def test_a_part_knows_what_the_whole_knows(series, start, length):
    since, until = MIDNIGHT + start, MIDNIGHT + start + length
    part = series.part(since, until)
    for at in (since, (since + until) // 2, until):
        assert part.votes_at(at) == series.votes_at(at)
    assert part.votes_at(until + 1) is None


@given(watched(), st.integers(1, 20 * DAY), st.integers(1, 9))
def test_the_past_never_changes_what_was_polled(polled, before, votes):
    start = polled.spans[0].since - before
    whole = joined(signed({start // HOUR: votes}, start + 40 * DAY), polled)
    for span in polled.spans:
        for at in (span.since, (span.since + span.until) // 2, span.until):
            assert whole.votes_at(at) == polled.votes_at(at)
    assert all(one.until < two.since for one, two in zip(whole.spans, whole.spans[1:], strict=False))

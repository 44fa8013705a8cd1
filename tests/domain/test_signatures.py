"""Signatures are counted once, however the list grows while it is read."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.signatures import MICROS_OF_AN_HOUR, Mark, Page, Pieces, count, may_have_been_counted

HOUR = MICROS_OF_AN_HOUR
LATER = 10**18


def read(times, page, size=5):
    return tuple(times[page * size : (page + 1) * size])


def counted(times, grows, *, size=5, with_total=True):
    """Count a list page by page; before each page so many new signatures come."""
    mark, page, broken = Mark(), 0, 0
    total: int | None = None
    hours: Counter[int] = Counter()
    times, grows = list(times), iter(grows)
    while True:
        for _ in range(next(grows, 0)):
            times.insert(0, max((at or 0 for at in times), default=0) + 1)
        rows = read(times, page, size)
        if not rows:
            return hours, broken
        pushed = len(times) - total if with_total and total is not None else None
        if not with_total and page and may_have_been_counted(rows, mark):
            rows = read(times, page - 1, size) + rows
        done = count(Page(page, rows, pushed, total=len(times)), mark, until=LATER)
        hours.update(done.hours)
        mark, total, page, broken = done.mark, done.total, page + 1, broken + done.broken


def falling(values):
    return sorted(values, reverse=True)


TIMES = st.lists(st.integers(0, 30), max_size=40).map(lambda found: [at * HOUR // 3 for at in falling(found)])


@settings(max_examples=120, deadline=None)
@given(TIMES, st.lists(st.integers(0, 7), max_size=20))
def test_with_totals_each_signature_is_counted_once_however_many_share_a_time(times, grows):
    assert counted(times, [0, *grows])[0] == Counter(at // HOUR for at in times)


@settings(max_examples=80, deadline=None)
@given(st.sets(st.integers(0, 10_000), max_size=40), st.lists(st.integers(0, 7), max_size=20))
def test_without_totals_each_signature_is_counted_once_where_times_differ(times, grows):
    times = [at * HOUR // 100 for at in falling(times)]
    assert counted(times, [0, *grows], with_total=False)[0] == Counter(at // HOUR for at in times)


def test_without_totals_several_of_one_time_are_counted_once_where_newer_rows_come_again():
    first = count(Page(0, (9, 8, 7, 7, 7)), Mark(), until=LATER)
    again = count(Page(1, (8, 7, 7, 7, 7, 6)), first.mark, until=LATER)
    assert again.rows == 2
    assert again.repeated == 4


def test_a_total_that_errs_by_one_loses_nothing_and_doubles_nothing():
    first = count(Page(0, (9, 8, 7)), Mark(), until=LATER)
    assert count(Page(1, (6, 5, 4), pushed=1), first.mark, until=LATER).rows == 3
    assert count(Page(1, (8, 7, 6), pushed=0), first.mark, until=LATER).rows == 2


def test_in_a_list_that_is_not_in_order_the_places_tell():
    first = count(Page(0, (9, 3, 8)), Mark(), until=LATER)
    assert count(Page(1, (8, 6, 7, 5), pushed=1), first.mark, until=LATER).rows == 3
    assert count(Page(1, (6, 7, 5), pushed=0), first.mark, until=LATER).rows == 3


def test_rows_without_a_time_are_broken_and_keep_their_place():
    assert counted([9, None, 8, 7, None, 6, 5], [0, 3, 0, 2]) == (Counter({0: 5}), 2)


def test_rows_dated_after_they_were_read_are_in_no_hour():
    done = count(Page(0, (3 * HOUR, HOUR, 0)), Mark(), until=2 * HOUR)
    assert (done.hours, done.ahead, done.rows) == ({1: 1, 0: 1}, 1, 2)


def test_a_shorter_list_is_read_from_further_up():
    first = count(Page(0, (9, 8, 7, 7)), Mark(), until=LATER)
    window = Page(1, (9, 7, 7, 6, 5, 4), None, usual=3)  # The signature of 8 is gone: 6 stands on the first page now.
    assert count(window, first.mark, until=LATER).hours == {0: 3}


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=20, max_size=20), st.sets(st.integers(0, 30)), st.integers(1, 2))
def test_a_page_put_together_while_the_list_grows_has_each_row_once(grows, failing, start):
    """Rows are read one at a time; those that fail are None where they stood."""
    bottom = list(range(60, 0, -1))
    times, pieces = list(bottom), Pieces(start * 10)
    seen_total = False
    for offset, place in enumerate(range(start * 10, start * 10 + 10)):
        for _ in range(grows[offset] if seen_total else 0):
            times.insert(0, times[0] + 1)
        if times[place] in failing:
            pieces.miss(place)
        else:
            pieces.put(place, (times[place],), len(times))
            seen_total = True
    found = [at for at in pieces.times if at is not None]
    assert found == sorted(set(found), reverse=True)
    assert set(found) <= set(bottom[start * 10 : start * 10 + 10])


@pytest.mark.parametrize("total", [None, 5])
def test_pieces_know_how_far_the_list_grew(total):
    pieces = Pieces(0)
    pieces.put(0, (9, 8), total)
    pieces.put(2, (8, 7), None if total is None else total + 1)
    assert pieces.times == ((9, 8, 8, 7) if total is None else (9, 8, 7))

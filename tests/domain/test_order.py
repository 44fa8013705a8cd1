"""Dates that cannot be in the order that the law implies."""

from datetime import date

import pytest

from portal.domain.dates import DateRange
from portal.domain.events import DatedClaim, Event, EventKind
from portal.domain.order import misplaced

EARLY, MIDDLE, LATE = date(2026, 3, 2), date(2026, 4, 6), date(2026, 9, 1)


def event(kind, *days, **facts):
    claims = tuple(DatedClaim(number, DateRange(first, last)) for number, (first, last) in enumerate(days))
    return Event(1, kind, claims, **facts)


def on(kind, day, **facts):
    return event(kind, (day, day), **facts)


def pairs(*events):
    return [(each.earlier.value, each.later.value) for each in misplaced(events)]


def test_dates_in_the_order_of_the_law_are_fine():
    assert pairs(on(EventKind.FILED, EARLY), on(EventKind.PUBLISHED, MIDDLE), on(EventKind.DECIDED, LATE)) == []
    assert pairs(on(EventKind.REGISTERED, EARLY), on(EventKind.DECIDED, EARLY)) == []


def test_a_decision_before_its_registration_is_misplaced():
    found = misplaced([on(EventKind.REGISTERED, LATE), on(EventKind.DECIDED, EARLY)])
    assert [(each.earlier, each.later) for each in found] == [(EventKind.REGISTERED, EventKind.DECIDED)]
    assert (found[0].earlier_when, found[0].later_when) == (DateRange.on(LATE), DateRange.on(EARLY))


def test_one_wrong_date_gives_the_nearest_pair_and_not_every_pair():
    found = pairs(
        on(EventKind.FILED, EARLY),
        on(EventKind.MODERATION_PASSED, MIDDLE),
        on(EventKind.PUBLISHED, date(2025, 1, 1)),
        on(EventKind.DECIDED, LATE),
    )
    assert found == [("moderation_passed", "published")]


def test_a_range_or_a_source_that_may_be_right_misplaces_nothing():
    wide = event(EventKind.REGISTERED, (None, LATE))
    assert pairs(wide, on(EventKind.DECIDED, EARLY)) == []
    disputed = event(EventKind.REGISTERED, (LATE, LATE), (EARLY, EARLY))
    assert pairs(disputed, on(EventKind.DECIDED, MIDDLE)) == []


@pytest.mark.parametrize("undated", [event(EventKind.REGISTERED), event(EventKind.REGISTERED, (None, None))])
def test_what_has_no_date_is_nowhere(undated):
    assert pairs(undated, on(EventKind.DECIDED, EARLY)) == []


def test_a_discussion_that_was_called_off_is_no_date():
    called_off = on(EventKind.DISCUSSION_HELD, EARLY, held=False)
    assert pairs(on(EventKind.DISCUSSION_NOTIFIED, LATE), called_off) == []


def test_of_several_events_of_a_kind_one_that_fits_is_enough():
    assert (
        pairs(
            on(EventKind.COMPLAINT_FILED, LATE),
            on(EventKind.COMPLAINT_FILED, EARLY),
            on(EventKind.COMPLAINT_DECIDED, MIDDLE),
        )
        == []
    )

"""The states of a campaign: each begins on its day in Kazakhstan, and none before the one that it follows."""

from datetime import date, timedelta

import pytest

from portal.domain.campaigns import ACTIVE, Start, State, States

OPENED, CLOSING, CLOSED, ARCHIVED = date(2030, 3, 1), date(2030, 4, 1), date(2030, 5, 1), date(2030, 9, 1)
ONE_DAY = timedelta(days=1)
WHOLE = States(
    {
        State.OPEN: Start(OPENED),
        State.CLOSING: Start(CLOSING),
        State.CLOSED: Start(CLOSED),
        State.ARCHIVED: Start(ARCHIVED),
    }
)


@pytest.mark.parametrize(
    ("day", "before", "on"),
    [
        (OPENED, State.DRAFT, State.OPEN),
        (CLOSING, State.OPEN, State.CLOSING),
        (CLOSED, State.CLOSING, State.CLOSED),
        (ARCHIVED, State.CLOSED, State.ARCHIVED),
    ],
)
def test_a_state_begins_on_its_day_and_not_the_day_before(day: date, before: State, on: State) -> None:
    assert WHOLE.on(day - ONE_DAY) is before
    assert WHOLE.on(day) is on


def test_a_campaign_without_any_day_is_a_draft_for_ever() -> None:
    assert States({}).on(date.max) is State.DRAFT


def test_a_state_that_is_left_out_is_passed_over() -> None:
    states = States({State.OPEN: Start(OPENED), State.CLOSED: Start(CLOSED)})
    assert states.on(CLOSED - ONE_DAY) is State.OPEN
    assert states.on(CLOSED) is State.CLOSED


def test_the_last_day_is_the_one_before_it_is_closed() -> None:
    assert WHOLE.last_day == date(2030, 4, 30)
    assert WHOLE.on(WHOLE.last_day) in ACTIVE
    assert States({State.OPEN: Start(OPENED)}).last_day is None


def test_of_an_end_that_is_not_known_to_the_day_no_last_day_is_said() -> None:
    states = States({State.OPEN: Start(OPENED, is_latest=True), State.CLOSED: Start(CLOSED, is_latest=True)})
    assert states.on(CLOSED) is State.CLOSED
    assert states.last_day is None


@pytest.mark.parametrize(
    ("starts", "named"),
    [
        ({State.OPEN: OPENED, State.CLOSED: OPENED - ONE_DAY}, "closed does not begin after open"),
        ({State.OPEN: OPENED, State.CLOSING: OPENED, State.CLOSED: CLOSED}, "closing does not begin after open"),
        ({State.OPEN: CLOSED, State.CLOSING: CLOSING, State.CLOSED: ARCHIVED}, "closing does not begin after open"),
        ({State.OPEN: OPENED, State.CLOSED: ARCHIVED, State.ARCHIVED: CLOSED}, "archived does not begin after closed"),
        ({State.CLOSED: CLOSED}, "never opened"),
        ({State.OPEN: OPENED, State.CLOSING: CLOSING}, "has the day on which it is closed"),
        ({State.DRAFT: OPENED}, "a draft has no day"),
    ],
)
def test_states_out_of_order_are_refused(starts: dict[State, date], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        States({state: Start(day) for state, day in starts.items()})


def test_a_call_can_be_closed_on_the_day_on_which_it_opened() -> None:
    closed = States({State.OPEN: Start(OPENED), State.CLOSED: Start(CLOSED)}).closed_on(OPENED)
    assert closed.on(OPENED) is State.CLOSED


@pytest.mark.parametrize("day", [OPENED, CLOSING, CLOSING + ONE_DAY])
def test_whoever_closes_a_call_ends_it_that_day_and_leaves_its_archive(day: date) -> None:
    closed = WHOLE.closed_on(day)
    assert closed.on(day) is State.CLOSED
    assert closed.starts[State.OPEN] == Start(OPENED)
    assert closed.starts[State.ARCHIVED] == Start(ARCHIVED)


def test_what_was_only_announced_never_opens_once_it_is_closed() -> None:
    assert WHOLE.closed_on(OPENED - ONE_DAY).on(date.max) is State.DRAFT


@pytest.mark.parametrize("states", [States({}), WHOLE])
def test_there_is_nothing_to_close_where_nothing_is_asked(states: States) -> None:
    with pytest.raises(ValueError, match="nothing is open"):
        states.closed_on(CLOSED)

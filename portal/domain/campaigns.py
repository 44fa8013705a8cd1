"""The states of a campaign: an organisation's call about one petition begins, closes, and ends as an archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """Where a campaign stands; in the order in which the states follow each other."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    ARCHIVED = "archived"


ACTIVE = frozenset({State.OPEN, State.CLOSING})
"""The states in which a campaign asks somebody to do something."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first day of a state; ``is_latest`` says that the state began on this day or before it."""

    day: date
    is_latest: bool = False


class OutOfOrder(ValueError):
    """The states of a campaign do not follow each other; ``state`` is the one whose day is wrong or missing."""

    def __init__(self, state: State, sentence: str) -> None:
        super().__init__(sentence)
        self.state = state


@dataclass(frozen=True, slots=True)
class States:
    """When each state of a campaign begins. A state may be left out; before the first one it is a draft."""

    starts: Mapping[State, Start]

    def __post_init__(self) -> None:
        """Raise ``OutOfOrder`` where a state does not begin after the one before it, or a draft has a day.

        A campaign may be closed on the very day on which it opened: somebody stopped it at once.
        """
        if State.DRAFT in self.starts:
            raise OutOfOrder(State.DRAFT, "a draft has no day of its own: it is what stands before the first state")
        if self.starts and State.OPEN not in self.starts:
            raise OutOfOrder(State.OPEN, "a campaign closes that never opened")
        if State.CLOSING in self.starts and State.CLOSED not in self.starts:
            raise OutOfOrder(State.CLOSED, "a campaign that is closing has the day on which it is closed")
        days = [(state, self.starts[state].day) for state in State if state in self.starts]
        for (earlier, first), (later, second) in pairwise(days):
            if second < first or (second == first and later is not State.CLOSED):
                raise OutOfOrder(later, f"{later} does not begin after {earlier}")

    def on(self, day: date) -> State:
        """Return the state on a day."""
        begun = [state for state in State if state in self.starts and self.starts[state].day <= day]
        return begun[-1] if begun else State.DRAFT

    @property
    def last_day(self) -> date | None:
        """The last day on which the campaign asks for anything; nothing where no day of its end is set."""
        ends = [self.starts[state] for state in (State.CLOSED, State.ARCHIVED) if state in self.starts]
        return ends[0].day - ONE_DAY if ends and not ends[0].is_latest else None

    @property
    def is_archived(self) -> bool:
        """Whether the campaign was made an archive; that is an edit, never something that a night brings."""
        return State.ARCHIVED in self.starts

    def closed_on(self, day: date) -> "States":
        """Return the states of the same campaign when somebody closes it on a day, before its time.

        What has not begun never begins. Raises ``ValueError`` where nothing is open or announced.
        """
        state = self.on(day)
        if not self.starts or state in (State.CLOSED, State.ARCHIVED):
            raise ValueError("nothing is open that could be closed")
        if state is State.DRAFT:
            return States({})
        kept = {each: start for each, start in self.starts.items() if start.day <= day or each is State.ARCHIVED}
        if State.CLOSING in kept and kept[State.CLOSING].day == day:
            del kept[State.CLOSING]
        return States({**kept, State.CLOSED: Start(day)})

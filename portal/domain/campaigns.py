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


@dataclass(frozen=True, slots=True)
class States:
    """When each state of a campaign begins. A state may be left out; before the first one it is a draft."""

    starts: Mapping[State, Start]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where a state does not begin after the one before it, or a draft has a day."""
        if State.DRAFT in self.starts:
            raise ValueError("a draft has no day of its own: it is what stands before the first state")
        if self.starts and State.OPEN not in self.starts:
            raise ValueError("a campaign closes that never opened")
        if State.CLOSING in self.starts and State.CLOSED not in self.starts:
            raise ValueError("a campaign that is closing has the day on which it is closed")
        days = [(state, self.starts[state].day) for state in State if state in self.starts]
        for (earlier, first), (later, second) in pairwise(days):
            if second <= first:
                raise ValueError(f"{later} does not begin after {earlier}")

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

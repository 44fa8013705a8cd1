"""The two days that a page of a petition may be asked for: the day of the law, and the day of our record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal import clock
from portal.web import query

NAMES = frozenset({"on", "as_of"})


@dataclass(frozen=True, slots=True)
class AskedDays:
    """``on`` is the day as of which the law is read; ``as_of`` the day as of which the record is, None for now."""

    today: date
    on: date
    as_of: date | None = None

    @property
    def is_now(self) -> bool:
        """Whether the page is the one that a reader gets who asks for no day."""
        return self.as_of is None and self.on == self.today


def asked_days(given: Mapping[str, str], read: Callable[[str], date] = query.day) -> AskedDays:
    """Return the days that were asked for. Where only the record's is given, the law is read as of the same day.

    Raises ``BadInput`` for what is no day, and for a day of the record that has not come.
    """
    today = clock.today()
    as_of = past_day(given["as_of"], read) if "as_of" in given else None
    on = read(given["on"]) if "on" in given else as_of or today
    return AskedDays(today, on, as_of)


def past_day(text: str, read: Callable[[str], date] = query.day) -> date:
    """Return a day up to today. Raises ``BadInput``."""
    day = read(text)
    if day > clock.today():
        raise query.BadInput("day_to_come", value=text[:60])
    return day

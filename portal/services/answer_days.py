"""The terms in which the letters that we offer are answered, and their days for everybody alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from portal.domain.answers import AnswerCalendar, AnswerDays, Counted
from portal.domain.working_days import SATURDAY
from portal.services import letters
from portal.services.catalogue import catalogue
from portal.services.letter_format import Kind

FORWARDING = 3
"""Working days within which a body passes a letter on and says so (65)."""

EXTENSION = 2
"""Months by which the term of an answer may be extended at most (76(3)); that of a complaint is not."""

COMPLAINING = 3
"""Months within which a complaint is filed (92(1))."""


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """A term of an answer by one reading, with the kinds of letter that it is for."""

    length: int
    unit: Counted
    kinds: Sequence[Kind]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What follows for a letter that came in on a day; the answers stand in the order of the readings."""

    received: date
    registered: date
    told: date
    answers: Sequence[AnswerDays]

    @property
    def last(self) -> date:
        """The last of its days."""
        return max(self.told, *(each.latest for each in self.answers))


@cache
def answer_calendar() -> AnswerCalendar:
    """Return the calendar by which answers are counted."""
    return AnswerCalendar(catalogue().calendar)


def readings() -> Sequence[AnswerReading]:
    """Return every term that a kind of letter has, once each, the longest last."""
    by_term: dict[tuple[int, Counted], list[Kind]] = {}
    for kind in letters.stock().kinds.values():
        for term in kind.terms:
            by_term.setdefault((term.length, term.unit), []).append(kind)
    ordered = sorted(by_term.items(), key=lambda item: (item[0][0], item[0][1] != "WD"))
    return [AnswerReading(length, unit, kinds) for (length, unit), kinds in ordered]


def rows(first: date, count: int) -> Iterator[AnswerRow]:
    """Yield a row for each of so many days."""
    calendar, terms = answer_calendar(), readings()
    for received in (first + timedelta(days=n) for n in range(count)):
        registered = calendar.registered_on(received)
        yield AnswerRow(
            received,
            registered,
            calendar.working_days_after(registered, FORWARDING),
            [calendar.answer(each.length, each.unit, registered) for each in terms],
        )


def is_extendable(kind: Kind) -> bool:
    """Whether the term of the answer may be extended: that of a complaint is not (99)."""
    return kind.requires != "complaint"


def plain_calendar() -> Mapping[str, Any]:
    """Return the calendar as ``static/js/days.js`` takes it, with the years that are reckoned by rule."""
    special = [day for year in catalogue().calendar.years for day in year.days]
    return {
        "years": sorted(answer_calendar().known),
        "provisional": sorted(answer_calendar().provisional),
        "off": [day.on.isoformat() for day in special if not day.is_working and day.on.weekday() < SATURDAY],
        "on": [day.on.isoformat() for day in special if day.is_working],
    }

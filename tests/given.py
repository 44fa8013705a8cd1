"""Builders of events for tests: a kind, and what sources claim of its day."""

from datetime import date
from itertools import count

from portal.domain.dates import UNDATED, DateRange
from portal.domain.events import DatedClaim, Event, EventKind
from portal.domain.stages import Jurisdiction, Level
from portal.domain.timeline import Case

STATUTORY = Case(Jurisdiction.STATUTORY, Level.GOV)
LOCAL = Case(Jurisdiction.STATUTORY, Level.AKIMAT_REGION)
OUTSIDE = Case(Jurisdiction.OUTSIDE, None)
UNKNOWN = Case(Jurisdiction.UNKNOWN, None)

_ids = count(1)


def day(text):
    """Return a day written as 2024-06-10."""
    return date.fromisoformat(text)


def when(text):
    """Return a range written as "2024-06-10", "2024-06-01..2024-06-10", "..2024-06-10" or "" for no date."""
    if not text:
        return UNDATED
    first, dots, last = text.partition("..")
    if not dots:
        return DateRange.on(day(first))
    return DateRange(day(first) if first else None, day(last) if last else None)


def event(kind, *claims, **facts):
    """Return an event with a claim for each text; ~ marks our own arithmetic, ! the claim that counts."""
    made = tuple(
        DatedClaim(next(_ids), when(text.lstrip("~!")), derived=text.startswith("~"), counts=text.startswith("!"))
        for text in claims
    )
    return Event(next(_ids), EventKind(kind), made, **facts)


def seen(text, stage=None, still_open=()):
    """Return a sighting."""
    return event("sighted", text, stage=stage, still_open=still_open)

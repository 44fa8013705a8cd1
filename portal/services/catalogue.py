"""The facts that the portal reads once, when it starts: the editions of the law and the calendars."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.domain.statute import Statute
from portal.domain.working_days import WorkingCalendar
from portal.services.calendars import load_calendar
from portal.services.statutes import load_statute

DATA = Path(__file__).resolve().parent.parent / "data"
REGISTER = DATA / "register"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is the same for every petition."""

    statute: Statute
    calendar: WorkingCalendar


@cache
def catalogue() -> Catalogue:
    """Return the law and the calendars. A bad file raises ``ValueError``: the application does not start with it."""
    return Catalogue(load_statute(DATA / "editions"), load_calendar(DATA / "calendars"))

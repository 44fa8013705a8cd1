"""A record as it was on a past day, and what a reader must know of it before reading on."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.models import Petition
from portal.services import changes, past, tracking
from portal.services.tracking import Record
from portal.web.asked_days import AskedDays


@dataclass(frozen=True, slots=True)
class Past:
    """How we had a petition recorded by the end of a day; ``found`` is None where we had not recorded it yet."""

    as_of: date
    on: date
    found: Record | None
    first_on: date
    changed_at: datetime | None

    @property
    def is_recorded(self) -> bool:
        """Whether we had recorded the petition by then."""
        return self.found is not None

    @property
    def record(self) -> Record:
        """Return the record. It is asked for only where there is one."""
        assert self.found is not None
        return self.found


def past_of(petition: Petition, days: AskedDays) -> Past | None:
    """Return the record of the day that was asked for; None where the record of now is."""
    if days.as_of is None:
        return None
    at = past.last_entry_by(days.as_of)
    found = tracking.record_of(petition, at=at) if at >= petition.recorded_in else None
    changed_at = changes.instant_of(found.petition.changed_in) if found else None
    return Past(days.as_of, days.on, found, past.first_day_of(petition), changed_at)

"""The working days as a drafting page carries them: ``static/js/days.js`` counts with nothing else."""

from typing import TypedDict

from portal.domain.working_days import SATURDAY, WorkingCalendar


class CalendarData(TypedDict):
    """The years that are known, the weekdays off and the weekend days that are worked, as JSON has them."""

    years: list[int]
    off: list[str]
    on: list[str]


def calendar_data(calendar: WorkingCalendar) -> CalendarData:
    """Return a calendar without names, reasons and sources; a holiday on a weekend changes no count and is left out."""
    special = [day for year in calendar.years for day in year.days]
    return {
        "years": [year.year for year in calendar.years],
        "off": [day.on.isoformat() for day in special if not day.is_working and day.on.weekday() < SATURDAY],
        "on": [day.on.isoformat() for day in special if day.is_working],
    }

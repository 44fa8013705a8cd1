"""The only clock of the portal: the day of the law and the instant of the record.

Nothing else reads the clock, so that a test (or a reader who asks for another day) can set it.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LAW_ZONE = ZoneInfo("Asia/Almaty")
"""Kazakhstan has had one zone, UTC+5, since 1 March 2024; the day of the law is counted in it."""


def now() -> datetime:
    """Return this instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the civil day in Kazakhstan."""
    return now().astimezone(LAW_ZONE).date()


def until_midnight() -> timedelta:
    """Return how long the civil day in Kazakhstan still lasts."""
    here = now().astimezone(LAW_ZONE)
    return datetime.combine(here.date() + timedelta(days=1), time(), LAW_ZONE) - here


def day_of(instant: datetime) -> date:
    """Return the civil day in Kazakhstan on which an instant fell."""
    return instant.astimezone(LAW_ZONE).date()

"""When the poll looked at the official portal in the last days: from the spans of all petitions, in two queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, literal, select, union_all

from portal import clock
from portal.db import db
from portal.domain.coverage import Looked, Sight, Unseen, hours, lasting, unseen
from portal.domain.watching import HOUR
from portal.models import Watched, WatchedSpan

DAYS = 30
HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Coverage:
    """The hours of the last days from midnight in Kazakhstan on, and the times in which nobody looked.

    ``began`` is when the poll first knew a petition; nothing before it is a gap.
    """

    first_day: date
    began: int | None
    hours: Sequence[Sight]
    unseen: Sequence[Unseen]

    @property
    def unseen_seconds(self) -> int:
        """For how long nobody looked."""
        return sum(each.until - each.since for each in self.unseen)

    @property
    def hours_in_part(self) -> int:
        """In how many hours more than one petition in ten was not looked at, and others were."""
        return sum(each is Sight.PART for each in self.hours)


def coverage(now: datetime, days: int = DAYS) -> Coverage:
    """Return what was looked at in the last days, today among them."""
    first_day = clock.day_of(now) - timedelta(days=days - 1)
    since, at = int(_midnight(first_day).timestamp()), int(now.timestamp())
    began = db.session.scalar(select(func.min(Watched.found_at)))
    if began is None:
        return Coverage(first_day, None, (), ())
    looked = lasting(_looked(since), at)
    sights = hours(looked, _known(), since // HOUR, days * HOURS_OF_A_DAY, at)
    return Coverage(first_day, began, sights, unseen(looked, max(since, began), at))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LAW_ZONE).astimezone(UTC)


def _looked(since: int) -> list[Looked]:
    """Return the spans that reach into a time, joined where they begin in one hour and end in one hour.

    What such a join adds is less than an hour, which no gap is.
    """
    begins, ends = WatchedSpan.since // HOUR, WatchedSpan.until // HOUR
    rows = (
        select(func.min(WatchedSpan.since), func.max(WatchedSpan.until), func.count())
        .where(WatchedSpan.until >= since)
        .group_by(begins, ends)
    )
    return [Looked(*row) for row in db.session.execute(rows)]


def _known() -> Mapping[int, int]:
    """Return by how much the number of petitions that can be looked at changed, hour by hour."""
    found, gone = Watched.found_at // HOUR, Watched.gone_since // HOUR
    both = union_all(
        select(found.label("hour"), literal(1).label("by")),
        select(gone, literal(-1)).where(Watched.gone_since.is_not(None)),
    ).subquery()
    rows = select(both.c.hour, func.sum(both.c.by)).group_by(both.c.hour)
    return {hour: int(by) for hour, by in db.session.execute(rows)}

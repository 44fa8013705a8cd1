"""Reading what the official portal showed of a petition: its versions, how often it was read, when it was gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from portal.db import db
from portal.domain.events import EventKind
from portal.domain.official import GONE
from portal.domain.official_changes import Difference
from portal.domain.official_hidden import HiddenDifference, differing_seen
from portal.models import AuditEntry, Event, OfficialReading, OfficialVersion, Petition, PortalWord
from portal.services.looks import FOUND, instant

ON_A_PAGE = 10
"""Versions. Two long texts of each are compared word by word."""


@dataclass(frozen=True, slots=True)
class Readings:
    """How often the portal showed the petition, when first and last, and what it answered when last asked."""

    times: int
    first_at: datetime
    last_at: datetime
    asked_at: datetime
    status: int


@dataclass(frozen=True, slots=True)
class Version:
    """What was read from one reading on, beside what was read before it.

    ``until`` is the last reading that still had it; ``is_current`` says that no later version is known.
    ``changed_after`` is the last reading with what was there before; None of the first version.
    """

    row: OfficialVersion
    before: OfficialVersion | None
    until: datetime
    changed_after: datetime | None
    is_current: bool

    def differences(self) -> tuple[Sequence[Difference], Sequence[HiddenDifference]]:
        """Return what differs from what was read before: what can be told, and where words are hidden."""
        was, row = self.before, self.row
        if was is None:
            return (), ()
        return differing_seen(was.values, was.hidden or {}, row.values, row.hidden or {})


@dataclass(frozen=True, slots=True)
class OfficialRecord:
    """A page of the versions, newest first; ``older`` is the version before which the next page begins.

    ``is_gone`` says that when it was last asked the portal had no such petition, whatever day the record is of:
    then nothing that may name people is shown of any version.
    """

    versions: Sequence[Version]
    readings: Readings | None
    is_gone: bool
    gone: Sequence[Event]
    words: Mapping[tuple[str, str], str]
    older: int | None = None


def official_record_of(
    petition: Petition,
    *,
    at: int | None = None,
    before: int | None = None,
    only: int | None = None,
    size: int = ON_A_PAGE,
) -> OfficialRecord:
    """Read what the portal showed of a petition: nine queries at most, however much there is.

    ``at`` is an entry of the chain: what was recorded after it is left out. ``before`` and ``only`` choose versions by
    their ids: those before one, or one alone.
    """
    size = size if only is None else 1
    until = _instant_of(at)
    readings = _readings(petition, until)
    rows = _rows(petition, at, before, only, size)
    versions = _versions(petition, at, rows, size, readings)
    return OfficialRecord(
        versions=versions,
        readings=readings,
        is_gone=is_gone(petition),
        gone=_gone(petition, at),
        words=_words(at),
        older=versions[-1].row.id if only is None and len(rows) > len(versions) else None,
    )


def is_read(petition: Petition, at: int | None = None) -> bool:
    """Whether the portal's record of a petition was read at least once."""
    return db.session.scalar(_recorded(select(OfficialVersion.id), petition, at).limit(1)) is not None


def is_gone(petition: Petition) -> bool:
    """Whether the portal has the petition no longer, by its record or by what was last answered."""
    if petition.is_vanished:
        return True
    last = select(OfficialReading.status).where(OfficialReading.petition_id == petition.id)
    return db.session.scalar(last.order_by(OfficialReading.at.desc()).limit(1)) in GONE


def titles_of(ids: Iterable[int]) -> Mapping[int, tuple[Any, Any]]:
    """Return the title and the language that each of some versions gives; one whose title is hidden is left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    columns = (OfficialVersion.id, OfficialVersion.values, OfficialVersion.hidden)
    rows = db.session.execute(select(*columns).where(OfficialVersion.id.in_(wanted)))
    return {
        row.id: (row.values.get("title"), row.values.get("lang")) for row in rows if "title" not in (row.hidden or {})
    }


# Versions
# ------------------------------------------------------------------------------------------------------------------


def _recorded(rows: Any, petition: Petition, at: int | None) -> Any:
    """Leave what was kept after an entry out. The first version of a record stands under the entry before it."""
    rows = rows.where(OfficialVersion.petition_id == petition.id)
    if at is None:
        return rows
    written = select(AuditEntry.at).where(AuditEntry.sequence == at).scalar_subquery()
    return rows.where(OfficialVersion.recorded_in <= at, OfficialVersion.read_at <= written)


def _rows(
    petition: Petition, at: int | None, before: int | None, only: int | None, size: int
) -> Sequence[OfficialVersion]:
    """Return so many versions, newest first, and the one before them: they are kept in the order of their readings."""
    rows = _recorded(select(OfficialVersion), petition, at).order_by(OfficialVersion.id.desc())
    if before is not None:
        rows = rows.where(OfficialVersion.id < before)
    if only is not None:
        rows = rows.where(OfficialVersion.id <= only)
    found: Sequence[OfficialVersion] = db.session.scalars(rows.limit(size + 1)).all()
    return () if only is not None and only not in {row.id for row in found[:1]} else found


def _versions(
    petition: Petition, at: int | None, rows: Sequence[OfficialVersion], size: int, readings: Readings | None
) -> Sequence[Version]:
    if not rows:
        return ()
    following = _recorded(select(OfficialVersion.read_at), petition, at).where(OfficialVersion.id > rows[0].id)
    next_at = db.session.scalar(following.order_by(OfficialVersion.id).limit(1))
    ended = [next_at, *(row.read_at for row in rows[:-1])]
    lasted = _last_before(petition, [each for each in ended if each is not None])
    latest = readings.last_at if readings else rows[0].read_at
    until = [
        max(row.read_at, lasted.get(end) or row.read_at if end else latest)
        for row, end in zip(rows, ended, strict=True)
    ]
    return [
        Version(
            row=row,
            before=rows[place + 1] if place + 1 < len(rows) else None,
            until=until[place],
            changed_after=until[place + 1] if place + 1 < len(rows) else None,
            is_current=ended[place] is None,
        )
        for place, row in enumerate(rows[:size])
    ]


def _last_before(petition: Petition, instants: Sequence[datetime]) -> Mapping[datetime, datetime]:
    """Return the last reading before each of some instants that showed the petition: one query for all."""
    if not instants:
        return {}
    asked = [
        select(OfficialReading.at)
        .where(
            OfficialReading.petition_id == petition.id,
            OfficialReading.at < int(each.timestamp()),
            OfficialReading.status.in_(FOUND),
        )
        .order_by(OfficialReading.at.desc())
        .limit(1)
        .scalar_subquery()
        for each in instants
    ]
    found = db.session.execute(select(*asked)).one()
    return {each: instant(at) for each, at in zip(instants, found, strict=True) if at is not None}


# What stands beside them
# ------------------------------------------------------------------------------------------------------------------


def _readings(petition: Petition, until: datetime | None) -> Readings | None:
    """Return a summary of the readings up to an instant; None where none showed the petition."""
    every = OfficialReading.petition_id == petition.id
    if until is not None:
        every &= OfficialReading.at <= int(until.timestamp())
    found = select(func.count(), func.min(OfficialReading.at), func.max(OfficialReading.at))
    times, first, last = db.session.execute(found.where(every, OfficialReading.status.in_(FOUND))).one()
    if not times:
        return None
    asked = select(OfficialReading.at, OfficialReading.status).where(every).order_by(OfficialReading.at.desc())
    asked_at, status = db.session.execute(asked.limit(1)).one()
    return Readings(times, instant(first), instant(last), instant(asked_at), status)


def _gone(petition: Petition, at: int | None) -> Sequence[Event]:
    """Return the events of the page that no longer opened and opened again, in the order of their record."""
    rows = select(Event).where(
        Event.petition_id == petition.id, Event.kind.in_((EventKind.VANISHED, EventKind.REAPPEARED))
    )
    if at is None:
        rows = rows.where(Event.retired_in.is_(None))
    else:
        rows = rows.where(Event.recorded_in <= at, or_(Event.retired_in.is_(None), Event.retired_in > at))
    return db.session.scalars(rows.order_by(Event.ordinal).options(selectinload(Event.claims))).all()


def _words(at: int | None) -> Mapping[tuple[str, str], str]:
    """Return what an editor said that words of the portal mean, by kind and word."""
    rows = select(PortalWord).where(PortalWord.meaning.is_not(None))
    if at is not None:
        rows = rows.where(PortalWord.settled_in <= at)
    return {(each.kind, each.word): each.meaning or "" for each in db.session.scalars(rows)}


def _instant_of(at: int | None) -> datetime | None:
    return None if at is None else db.session.scalar(select(AuditEntry.at).where(AuditEntry.sequence == at))

"""Reading a petition's past: how far its list of signers has been read, and how many signed in each hour.

Each page is kept in one transaction, together with the place of the next: killed between two, nothing is lost and
nothing counted twice. Who signed is never known here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import EPOCH, MICROSECOND, db, writing
from portal.domain.refusals import OfficialIdMissing
from portal.domain.signatures import Mark, Page, count
from portal.models import Backfill, Petition, SignedHour, Watched
from portal.models.watch import BackfillState
from portal.services import audit
from portal.services.watching import digest_of, stored_something

BY = "portal"
ASKED, STOPPED, FINISHED = "backfill.asked", "backfill.stopped", "backfill.finished"
OPEN = (BackfillState.WAITING, BackfillState.RUNNING)


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of which petition is to be read next, how long the list was at the page before, how far it counted."""

    number: int
    uuid: str
    page: int
    total: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a petition's past is.

    ``rows`` are signatures that went into hours, ``broken`` rows that cannot be read, ``ahead`` rows dated in the
    future. ``shown`` is what the portal showed when the reading began; None where it did not say.
    """

    state: BackfillState
    pages: int
    rows: int
    broken: int
    ahead: int
    requests: int
    shown: int | None
    asked_at: datetime
    begun_at: datetime | None
    changed_at: datetime
    finished_at: datetime | None

    @property
    def difference(self) -> int | None:
        """By how many signatures the count that was shown exceeds the rows that were found; negative: falls short."""
        return None if self.shown is None else self.shown - self.rows - self.broken - self.ahead

    @property
    def percent(self) -> int | None:
        """How much of the list is read, in whole percent; all of it only when it is."""
        if self.state is BackfillState.DONE:
            return 100
        seen = self.rows + self.broken + self.ahead
        return None if not self.shown else min(99, 100 * seen // self.shown)


def ask(petition_number: int, *, by: str) -> Progress:
    """Have a petition's past read, from where it was stopped if it was; one that is open or done stays as it is.

    Raises ``OfficialIdMissing``, and ``LookupError`` for a number that no petition has.
    """
    with writing() as session:
        petition = session.scalars(select(Petition).where(Petition.number == petition_number)).one_or_none()
        if petition is None:
            raise LookupError("no petition has this number")
        if petition.official_uuid is None:
            raise OfficialIdMissing
        found, at = _locked(session, petition_number), clock.now()
        if found is None:
            found = Backfill(petition_id=petition.id, asked_at=at, rows=0, broken=0, ahead=0, requests=0, next_page=0)
            session.add(found)
        elif found.state != BackfillState.STOPPED:
            return _progress(found)
        found.state, found.asked_by, found.asked_at, found.changed_at = BackfillState.WAITING, by, at, at
        audit.append(ASKED, _subject(petition_number), by=by, after={"page": found.next_page})
        stored_something(session)
        return _progress(found)


def stop(petition_number: int, *, by: str, why: str | None = None) -> Progress | None:
    """Stop the reading of a petition's past where it is; what was read is kept. ``why`` is a code of the program's.

    Nothing happens where it is not open.
    """
    with writing() as session:
        found = _locked(session, petition_number)
        if found is None or found.state not in OPEN:
            return None if found is None else _progress(found)
        found.state, found.changed_at = BackfillState.STOPPED, clock.now()
        after = {"page": found.next_page} | ({} if why is None else {"why": why})
        audit.append(STOPPED, _subject(petition_number), by=by, after=after)
        stored_something(session)
        return _progress(found)


def waiting() -> Sequence[Place]:
    """Return what is to be read next of each petition whose past is asked for: whoever asked first comes first."""
    rows = db.session.execute(
        select(Petition.number, Petition.official_uuid, Backfill)
        .join(Petition, Petition.id == Backfill.petition_id)
        .where(Backfill.state.in_(OPEN), Petition.official_uuid.is_not(None))
        .order_by(Backfill.asked_at, Backfill.petition_id)
        .execution_options(populate_existing=True)
    )
    return [
        Place(number, str(uuid), each.next_page, each.total, Mark(each.boundary, each.at_boundary))
        for number, uuid, each in rows
    ]


def next_page(passing_over: Collection[int] = ()) -> Place | None:
    """Return what is to be read next, passing over some petitions by their numbers."""
    return next((place for place in waiting() if place.number not in passing_over), None)


def keep_page(place: Place, page: Page, *, requests: int, at: datetime) -> Progress | None:
    """Keep a page that was read at ``at``, and where the next one begins, in one transaction.

    Nothing is kept where the reading was stopped meanwhile, or where another process has kept this page.
    """
    with writing() as session:
        found = _locked(session, place.number)
        if found is None or found.state not in OPEN or found.next_page != place.page:
            return None if found is None else _progress(found)
        if found.begun_at is None:
            found.begun_at, found.shown = at, _shown(session, found.petition_id, page)
        counted = count(page, Mark(found.boundary, found.at_boundary), until=(at - EPOCH) // MICROSECOND)
        _add(session, found.petition_id, counted.hours)
        found.rows += counted.rows
        found.broken += counted.broken
        found.ahead += counted.ahead
        found.requests += requests
        found.boundary, found.at_boundary = counted.mark.boundary, counted.mark.at_boundary
        found.state, found.next_page, found.total = BackfillState.RUNNING, page.number + 1, counted.total
        found.changed_at = clock.now()
        if page.is_last:
            _finish(session, place.number, found)
        stored_something(session)
        return _progress(found)


def progress_of(petition: Petition) -> Progress | None:
    """Return how far the reading of a petition's past is; None where nobody asked for it."""
    found = db.session.get(Backfill, petition.id)
    return None if found is None else _progress(found)


def _locked(session: Session, petition_number: int) -> Backfill | None:
    return session.scalars(
        select(Backfill)
        .join(Petition, Petition.id == Backfill.petition_id)
        .where(Petition.number == petition_number)
        .with_for_update(of=Backfill)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _shown(session: Session, petition_id: int, page: Page) -> int | None:
    if page.total is not None:
        return page.total
    return session.scalar(select(Watched.votes).where(Watched.petition_id == petition_id))


def _add(session: Session, petition_id: int, hours: Mapping[int, int]) -> None:
    there = select(SignedHour).where(SignedHour.petition_id == petition_id, SignedHour.hour.in_(hours))
    known = {row.hour: row for row in session.scalars(there)}
    for hour, votes in sorted(hours.items()):
        if hour in known:
            known[hour].votes += votes
        else:
            session.add(SignedHour(petition_id=petition_id, hour=hour, votes=votes))


def _finish(session: Session, petition_number: int, found: Backfill) -> None:
    """Note that the whole list is read, and what was found: the counts themselves stand in the chain as a digest."""
    found.state, found.finished_at = BackfillState.DONE, clock.now()
    session.flush()
    stored = session.execute(
        select(SignedHour.hour, SignedHour.votes).where(SignedHour.petition_id == found.petition_id)
    )
    done = _progress(found)
    after = {
        "begun_at": done.begun_at,
        "rows": done.rows,
        "broken": done.broken,
        "ahead": done.ahead,
        "difference": done.difference,
        "requests": done.requests,
        "digest": digest_of(f"{row.hour} {row.votes}" for row in stored),
    }
    audit.append(FINISHED, _subject(petition_number), by=BY, after=after)


def _subject(petition_number: int) -> str:
    return f"petition/{petition_number}"


def _progress(found: Backfill) -> Progress:
    return Progress(
        state=BackfillState(found.state),
        pages=found.next_page,
        rows=found.rows,
        broken=found.broken,
        ahead=found.ahead,
        requests=found.requests,
        shown=found.shown,
        asked_at=found.asked_at,
        begun_at=found.begun_at,
        changed_at=found.changed_at,
        finished_at=found.finished_at,
    )

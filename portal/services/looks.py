"""What the poll saw of a petition, read back for its standing: looks at its full record, and its count.

A look is a reading times what an editor says the portal's word means: where a meaning is settled or corrected, every
standing follows, and no reading is rewritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.domain.stages import Stage
from portal.domain.watching import Look
from portal.models import CountObservation, OfficialReading, Petition, PortalWord, WatchedSpan
from portal.models.watch import WordKind

FOUND = (200, 304)


@dataclass(frozen=True, slots=True)
class Polled:
    """The last count that the poll saw: since when it stands, and when it was last looked at."""

    votes: int
    changed_at: datetime
    looked_at: datetime

    @property
    def day(self) -> date:
        """The day in Kazakhstan of the last look."""
        return clock.day_of(self.looked_at)


def meanings(session: Session, kind: WordKind = WordKind.STATE) -> Mapping[str, str]:
    """Return what editors said that the portal's words mean; a word of which they said "none" is not among them."""
    rows = session.execute(
        select(PortalWord.word, PortalWord.meaning).where(PortalWord.kind == kind, PortalWord.meaning.is_not(None))
    )
    return {word: str(meaning) for word, meaning in rows if meaning != "none"}


def stages(session: Session) -> Mapping[str, Stage]:
    """Return which stage of ours each state of the portal means."""
    known = set(Stage)
    return {word: Stage(meaning) for word, meaning in meanings(session).items() if meaning in known}


def end_of(day: date) -> int:
    """Return the last second of a day in Kazakhstan."""
    return int(datetime.combine(day + timedelta(days=1), time(), clock.LAW_ZONE).timestamp()) - 1


def looks_of(session: Session, petition_id: int, *, until: int | None = None) -> Sequence[Look]:
    """Return every look at a petition's full record up to a second, as the portal's words are understood now."""
    rows = select(OfficialReading.at, OfficialReading.state, OfficialReading.is_decided).where(
        OfficialReading.petition_id == petition_id, OfficialReading.status.in_(FOUND)
    )
    if until is not None:
        rows = rows.where(OfficialReading.at <= until)
    found = session.execute(rows.order_by(OfficialReading.at)).all()
    meaning = stages(session) if found else {}
    return [Look(clock.day_of(instant(at)), meaning.get(state or ""), is_decided) for at, state, is_decided in found]


def polled(session: Session, petition_id: int, *, until: int | None = None) -> Polled | None:
    """Return the count that the poll saw last, up to a second; a back-fill is no look and does not enter."""
    counts = select(CountObservation.at, CountObservation.votes).where(CountObservation.petition_id == petition_id)
    spans = select(WatchedSpan.until).where(WatchedSpan.petition_id == petition_id)
    if until is not None:
        counts = counts.where(CountObservation.at <= until)
        spans = spans.where(WatchedSpan.since <= until)
    last = session.execute(counts.order_by(CountObservation.at.desc()).limit(1)).first()
    if last is None:
        return None
    looked = session.scalar(spans.order_by(WatchedSpan.since.desc()).limit(1)) or last.at
    return Polled(last.votes, instant(last.at), instant(min(looked, until) if until is not None else looked))


def days_seen(session: Session, petitions: Sequence[Petition]) -> Mapping[int, date]:
    """Return the last day on which the poll saw each petition at the stage that it is at."""
    meaning = stages(session)
    ids = {petition.id: petition.stage for petition in petitions}
    last = func.max(OfficialReading.at).label("last")
    rows = session.execute(
        select(OfficialReading.petition_id, OfficialReading.state, last)
        .where(
            OfficialReading.petition_id.in_(ids),
            OfficialReading.status.in_(FOUND),
            OfficialReading.state.in_(meaning),
        )
        .group_by(OfficialReading.petition_id, OfficialReading.state)
        .order_by(last)
    )
    return {each: clock.day_of(instant(at)) for each, state, at in rows if meaning[str(state)] == ids[each]}


def instant(seconds: int) -> datetime:
    """Return whole seconds since 1970 as an instant in UTC."""
    return datetime.fromtimestamp(seconds, UTC)

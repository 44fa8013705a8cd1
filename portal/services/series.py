"""The series of a petition's count: what is known, what follows from it, and several beside each other.

What follows is made by a job and kept (``sum_up``), so that a page costs the same however long a series is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select

from portal import clock
from portal.db import db, writing
from portal.domain.back_test import BackTest, History, back_test
from portal.domain.counts import Series, aligned, by_day, day_of, hour_picture, midnight, speed, thinned
from portal.domain.forecast import Silence, SilenceCode, forecast
from portal.domain.marks import marks
from portal.domain.watching import DAY, HOUR
from portal.models import Petition, PetitionTerm
from portal.models.watch import Backfill, BackfillState, CountObservation, SeriesSummary, WatchedSpan, WatchState
from portal.services import series_rows, watching
from portal.services.series_format import OpenedBy, Outlook, ReadPast, Summary, as_values, from_values, small_of

COLLECTION = "collection"
"""The step of the law in which signatures are gathered; it begins when the petition is published (90-3(5))."""

WINDOWS = {"hour": HOUR, "day": DAY, "week": 7 * DAY}
"""Over how long speed is told, up to the last look."""

DRAWN, FEW = 280, 60
"""Points of the chart, and of the small one on a petition's page."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Latest:
    """The count as last looked at: ``seen_at`` is that look, ``since`` when this count was first seen."""

    votes: int
    seen_at: int
    since: int


@dataclass(frozen=True, slots=True)
class Small:
    """What the small chart on a petition's page shows."""

    series: Series
    seam: int | None
    threshold: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A petition beside others: the count at the end of each whole day since its opening, the first day first.

    A day at whose end nobody looked is None. ``series`` is on the clock of the opening: instants are seconds since
    the midnight that the opening day began with.
    """

    petition: Petition
    opened_on: date
    opened_by: OpenedBy
    threshold: int | None
    ends: tuple[int | None, ...]
    series: Series


# Reading --------------------------------------------------------------------------------------------


def series_of(petition: Petition) -> Series:
    """Return what is known of a petition's count: what was seen, and before it what the list of signers said."""
    return series_rows.whole(petition)[0]


def latest(petition: Petition) -> Latest | None:
    """Return the count that the poll saw last; None where it never looked."""
    found = series_rows.latest(petition)
    if found is None:
        return None
    point, span = found
    return Latest(point.votes, max(span.until, point.at), point.at)


def summary_of(petition: Petition) -> Summary | None:
    """Return what follows from a petition's series, as it was last made; made now where that was never done.

    None where there is no series.
    """
    kept = db.session.get(SeriesSummary, petition.id)
    return from_values(kept.values) if kept else _made(petition, clock.now())


def coarse(petition: Petition) -> Small | None:
    """Return a petition's series in very few points; None where there is none."""
    kept = db.session.get(SeriesSummary, petition.id)
    if kept is not None:
        return Small(small_of(kept.values), kept.values["seam"], kept.values["threshold"])
    made = _made(petition, clock.now()) if series_rows.has_any(petition) else None
    return Small(made.small, made.seam, made.threshold) if made else None


def forecast_tried() -> BackTest | None:
    """Return how the forecast did over all finished series when it was last tried; None before the first time."""
    state = db.session.get(WatchState, 1)
    return BackTest(**state.back_test) if state is not None and state.back_test else None


def compare(petitions: Sequence[Petition]) -> tuple[Compared, ...]:
    """Return petitions beside each other by the days since each was opened; those without a series are left out."""
    found = ((each, summary_of(each)) for each in petitions)
    return tuple(_compared(each, summary) for each, summary in found if summary is not None)


def _compared(petition: Petition, summary: Summary) -> Compared:
    opened_on = summary.opened_on
    at_end = {each.day: count for each, count in zip(summary.days, summary.ends, strict=True)}
    whole_days = (day_of(summary.through) - opened_on).days
    ends = tuple(at_end.get(opened_on + day * ONE_DAY) for day in range(whole_days))
    (own,) = aligned([(summary.chart, midnight(opened_on))])
    return Compared(petition, opened_on, summary.opened_by, petition.threshold, ends, own.series)


# Making what follows --------------------------------------------------------------------------------


def sum_up(petition: Petition, at: datetime) -> Summary | None:
    """Make what follows from a petition's series anew and keep it; None where there is no series.

    ``at`` is now: a collection that has ended by then is not forecast.
    """
    made = _made(petition, at)
    if made is None:
        return None
    petition_id = petition.id
    with writing() as session:
        kept = session.get(SeriesSummary, petition_id) or SeriesSummary(petition_id=petition_id)
        kept.made_at, kept.through, kept.values = at, made.through, as_values(made)
        session.add(kept)
        watching.stored_something(session)
    return made


def sum_up_changed(at: datetime) -> int:
    """Sum up each petition whose series has moved since it was last done, and return how many those were.

    A series moves with a new count and with a past that has been read. One that only went on unchanged is looked at
    once a day: that nothing came is news, too.
    """
    moved = list(db.session.scalars(_moved()))
    db.session.rollback()
    found = (db.session.get(Petition, petition_id) for petition_id in moved)
    return sum(each is not None and sum_up(each, at) is not None for each in found)


def _moved() -> Any:
    looked = select(WatchedSpan.petition_id, func.max(WatchedSpan.until).label("until"))
    spans = looked.group_by(WatchedSpan.petition_id).subquery()
    read = select(Backfill.petition_id, Backfill.finished_at).where(Backfill.state == BackfillState.DONE).subquery()
    counted = exists().where(
        CountObservation.petition_id == SeriesSummary.petition_id, CountObservation.at > SeriesSummary.through
    )
    return (
        select(Petition.id)
        .outerjoin(spans, spans.c.petition_id == Petition.id)
        .outerjoin(read, read.c.petition_id == Petition.id)
        .outerjoin(SeriesSummary, SeriesSummary.petition_id == Petition.id)
        .where(or_(spans.c.petition_id.is_not(None), read.c.petition_id.is_not(None)))
        .where(
            or_(
                SeriesSummary.petition_id.is_(None),
                counted,
                spans.c.until - SeriesSummary.through >= DAY,
                read.c.finished_at > SeriesSummary.made_at,
            )
        )
        .order_by(Petition.id)
    )


def test_the_forecast(at: datetime) -> BackTest:
    """Try the forecast on every finished series, as if asked while it ran, and keep how it did."""
    tried = back_test(_finished(int(at.timestamp())))
    with writing() as session:
        state = watching.state_of(session)
        state.back_test, state.back_tested_at = asdict(tried), at
        watching.stored_something(session)
    return tried


def _finished(now: int) -> Iterator[History]:
    """Yield the series that have reached their threshold, or whose collection is over."""
    watched = select(WatchedSpan.petition_id).union(select(Backfill.petition_id))
    known = db.session.scalars(select(Petition).where(Petition.id.in_(watched), Petition.threshold.is_not(None)))
    for petition in list(known):
        series = series_of(petition)
        if series.first is None or petition.threshold is None:
            continue
        _, _, ends_at = _window(petition, series)
        reached = any(point.votes >= petition.threshold for point in series.points)
        if reached or (ends_at is not None and ends_at <= now):
            yield History(series, petition.threshold, ends_at)


def _made(petition: Petition, at: datetime) -> Summary | None:
    series, past = series_rows.whole(petition)
    if series.first is None or series.last is None or series.until is None:
        return None
    opened_on, opened_by, ends_at = _window(petition, series)
    days = by_day(series)
    return Summary(
        through=series.until,
        first=series.first,
        last=series.last,
        seam=series_rows.first_look(petition),
        past=ReadPast(past.rows, past.broken, past.read_at) if past else None,
        threshold=petition.threshold,
        opened_on=opened_on,
        opened_by=opened_by,
        ends_at=ends_at,
        speeds={name: speed(series, series.until, over) for name, over in WINDOWS.items()},
        days=days,
        ends=tuple(series.votes_at(min(midnight(each.day + ONE_DAY), series.until)) for each in days),
        hours=hour_picture(series),
        marks=marks(series, petition.threshold),
        outlook=_outlook(petition, series, at, ends_at),
        chart=thinned(series, DRAWN),
        small=thinned(series, FEW),
    )


def _outlook(petition: Petition, series: Series, at: datetime, ends_at: int | None) -> Outlook | None:
    """Return what is said of the threshold, asked when somebody last looked: later nothing was known."""
    if petition.threshold is None or series.until is None:
        return None
    if ends_at is not None and ends_at <= at.timestamp():
        return Silence(SilenceCode.ENDED)
    return forecast(series, petition.threshold, series.until, ends_at)


def _window(petition: Petition, series: Series) -> tuple[date, OpenedBy, int | None]:
    """Return the day on which collection began, what says so, and when it ends or ended, as far as that is known."""
    assert series.first is not None
    term = db.session.get(PetitionTerm, (petition.id, COLLECTION))
    if term is None or term.start_latest is None or term.start_earliest != term.start_latest:
        return day_of(series.first.at), OpenedBy.SERIES, None
    return term.start_latest, OpenedBy.RECORD, midnight(term.due_latest + ONE_DAY)

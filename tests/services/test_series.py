"""The series of a count: what is read of it, what follows from it, and how little of it a page needs to read."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from sqlalchemy import event, select

from portal.db import db
from portal.domain.counts import Point, Series, Span
from portal.domain.forecast import Forecast, NotExpected, Silence, SilenceCode
from portal.domain.watching import DAY, HOUR
from portal.models import Petition, PetitionTerm
from portal.models.watch import CountObservation, SeriesSummary, WatchState
from portal.services import series, series_rows
from portal.services.series_format import OpenedBy, as_values, from_values
from tests.given_series import back_fill, changes_of, growth, instant, shifted, watch, without

BEGINS = instant("2026-10-01 09:00")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def petition(given_petition):
    """A petition that gathers signatures since the first of October."""
    source = "https://news.example/1"
    given_petition(
        "trees", title={"ru": "За деревья"}, dates={"published": [{"value": "2026-10-01", "source": source}]}
    )
    return db.session.scalars(select(Petition)).one()


def rows_read(work):
    """Return how many rows a piece of work reads of the tables of series."""
    read = 0

    def count(*given):
        nonlocal read
        cursor = given[1]
        table = given[2].split("FROM ", 1)[-1].split()[0]
        if table.startswith(("count_", "watched_span", "signed_")):
            again = cursor.connection.cursor()
            read += len(again.execute(given[2], given[3]).fetchall())

    event.listen(db.engine, "after_cursor_execute", count)
    try:
        work()
    finally:
        event.remove(db.engine, "after_cursor_execute", count)
    return read


def test_what_was_seen_is_the_series(petition):
    looks = without(growth(BEGINS, 20, 9000), BEGINS + 5 * DAY, BEGINS + 6 * DAY)
    watch(petition.number, looks)
    found = series.series_of(petition)
    assert [(point.at, point.votes) for point in found.points] == changes_of(looks)
    assert found.gaps() == (Span(BEGINS + 5 * DAY, BEGINS + 6 * DAY),)


def test_a_long_series_is_read_by_the_hour_and_ends_the_same(petition, monkeypatch):
    looks = without(growth(BEGINS, 12, 9000, every=600), BEGINS + 5 * DAY + 1500, BEGINS + 6 * DAY)
    looks = shifted(looks, BEGINS + 3 * DAY + 600, -200)
    watch(petition.number, looks)
    exact = series.series_of(petition)
    monkeypatch.setattr(series_rows, "EXACT_UP_TO", 100)
    hourly = series.series_of(petition)
    assert len(hourly.points) < len(exact.points) / 3
    assert hourly.spans == exact.spans
    assert set(hourly.points) < set(exact.points)
    for span in exact.spans:
        for at in (span.since, span.until, *range((span.since // HOUR + 1) * HOUR - 1, span.until, HOUR)):
            assert hourly.votes_at(at) == exact.votes_at(at)
    falls = [(one, two) for one, two in pairwise(exact.points) if two.votes < one.votes]
    assert [(one, two) for one, two in pairwise(hourly.points) if two.votes < one.votes] == falls


def test_the_past_stands_before_the_first_look_once_it_is_read_whole(petition):
    looks = growth(BEGINS, 30, 9000)
    seam = BEGINS + 10 * DAY
    watch(petition.number, [look for look in looks if look[0] >= seam])
    assert series.series_of(petition).first.at == seam
    back_fill(petition.number, looks, read_at=seam + HOUR, broken=3)
    found = series.series_of(petition)
    assert found.first.at <= BEGINS + HOUR
    assert found.votes_at(seam) == dict(looks)[seam]
    made = series.sum_up(petition, NOW)
    assert made.seam == seam
    assert made.past.broken == 3


def test_a_summary_is_kept_as_it_was_made(petition):
    watch(petition.number, without(growth(BEGINS, 40, 30_000), BEGINS + 9 * DAY, BEGINS + 10 * DAY))
    made = series.sum_up(petition, NOW)
    assert series.summary_of(petition) == made == from_values(as_values(made))
    assert made.opened_by is OpenedBy.RECORD
    assert made.opened_on == date(2026, 10, 1)
    assert sum(day.votes for day in made.days if day.votes is not None) < made.last.votes
    assert [day.day for day in made.days if day.votes is None]
    assert len(made.chart.points) <= series.DRAWN + 2
    assert db.session.get(WatchState, 1).revision == 1
    assert series.coarse(petition).series.last == made.last


@pytest.mark.parametrize(
    "outlook",
    [Forecast(1, 2, None, 0), NotExpected(5), Silence(SilenceCode.GAP), None],
    ids=lambda each: repr(each)[:9],
)
def test_every_outlook_is_kept(petition, outlook):
    watch(petition.number, growth(BEGINS, 3, 90))
    made = series.sum_up(petition, NOW)
    assert made is not None
    made = replace(made, outlook=outlook)
    assert from_values(as_values(made)) == made


def test_only_a_series_that_moved_is_summed_up_again(petition):
    assert series.sum_up_changed(NOW) == 0
    watch(petition.number, [(BEGINS, 10), (BEGINS + HOUR, 12)])
    assert series.sum_up_changed(NOW) == 1
    assert series.sum_up_changed(NOW) == 0
    db.session.add(CountObservation(petition_id=petition.id, at=BEGINS + 2 * HOUR, votes=13))
    db.session.commit()
    assert series.sum_up_changed(NOW) == 1
    back_fill(petition.number, [(BEGINS - DAY, 0), (BEGINS - HOUR, 10)], read_at=int(NOW.timestamp()) + 60)
    assert series.sum_up_changed(NOW) == 1


def test_without_a_series_nothing_follows(petition):
    assert series.latest(petition) is None
    assert series.summary_of(petition) is None
    assert series.coarse(petition) is None
    assert series.sum_up(petition, NOW) is None
    assert series.series_of(petition) == Series()
    assert series.compare([petition]) == ()


def test_the_latest_count_is_as_old_as_the_last_look(petition):
    watch(petition.number, [(BEGINS, 10), (BEGINS + HOUR, 12), (BEGINS + 2 * HOUR, 12)])
    found = series.latest(petition)
    assert (found.votes, found.since, found.seen_at) == (12, BEGINS + HOUR, BEGINS + 2 * HOUR)


def test_an_ended_collection_is_not_forecast(petition):
    watch(petition.number, growth(BEGINS, 30, 9000))
    term = db.session.get(PetitionTerm, (petition.id, "collection"))
    term.due_latest = term.due_earliest = date(2026, 11, 1)
    db.session.commit()
    assert series.sum_up(petition, NOW).outlook == Silence(SilenceCode.ENDED)


def test_the_forecast_is_tried_on_finished_series_alone(petition):
    watch(petition.number, growth(BEGINS, 40, 30_000))
    assert series.forecast_tried() is None
    assert series.test_the_forecast(NOW).histories == 0
    petition.threshold = 20_000
    db.session.commit()
    tried = series.test_the_forecast(NOW)
    assert tried.histories == 1
    assert series.forecast_tried() == tried


def test_petitions_are_compared_by_the_days_since_their_opening(petition):
    looks = growth(BEGINS, 10, 5000)
    watch(petition.number, looks)
    (found,) = series.compare([petition])
    midnights = [instant(f"2026-10-{day:02} 00:00") for day in range(2, 12)]
    assert list(found.ends) == [series.series_of(petition).votes_at(at) for at in midnights]
    assert found.series.votes_at(DAY) == found.ends[0]
    assert found.ends[0] == dict(looks)[midnights[0]]


@pytest.mark.slow
def test_a_page_reads_as_few_rows_of_a_long_series_as_of_a_short_one(petition):
    watch(petition.number, growth(BEGINS, 50, 100_000, every=60))
    series.sum_up(petition, NOW)
    db.session.expire_all()
    assert petition.number
    shown = rows_read(lambda: (series.summary_of(petition), series.latest(petition), series.coarse(petition)))
    assert shown <= 2
    assert len(series.series_of(petition).points) <= 50 * 24 + 2
    assert db.session.get(SeriesSummary, petition.id).through == BEGINS + 50 * DAY


def test_every_observation_is_given_out(petition, monkeypatch):
    monkeypatch.setattr(series_rows, "BATCH", 7)
    looks = growth(BEGINS, 4, 900)
    watch(petition.number, looks)
    assert list(series_rows.observations(petition)) == changes_of(looks)
    assert series.series_of(petition).first == Point(BEGINS, 0)

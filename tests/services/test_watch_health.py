"""How the reading of the official portal goes: from the database alone, gaps as gaps, the unknown as unknown."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from portal.db import db, writing
from portal.domain.coverage import Looked, Sight, hours, lasting, runs, unseen
from portal.domain.refusals import CursorUnreadable
from portal.domain.watching import DAY, HOUR
from portal.models import Petition, PollRun, Watched, WatchedSpan, WatchState
from portal.services import readiness, watch_health
from portal.services.watch_coverage import coverage
from portal.services.watch_health import Age, PollState
from tests.fixtures.polled import fill, run

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
AT = int(NOW.timestamp())


# When nobody looked
# ------------------------------------------------------------------------------------------------------------------


def test_the_time_between_two_spans_is_unseen_and_nothing_joins_it():
    found = unseen([Looked(0, 10), Looked(5, 20), Looked(50, 60)], 0, 60)
    assert [(each.since, each.until, each.is_open) for each in found] == [(20, 50, False)]


def test_a_span_within_another_hides_no_gap():
    assert [(each.since, each.until) for each in unseen([Looked(0, 50), Looked(5, 10), Looked(60, 70)], 0, 70)] == [
        (50, 60)
    ]


def test_a_silence_is_no_gap_while_it_is_short_and_goes_on_once_it_is_long():
    short, long = Looked(0, AT - HOUR), Looked(0, AT - 4 * HOUR)
    assert unseen(lasting([short], AT), 0, AT) == ()
    [gap] = unseen(lasting([long], AT), 0, AT)
    assert (gap.since, gap.is_open) == (AT - 4 * HOUR, True)


def test_an_hour_is_whole_in_part_unseen_or_before_the_beginning():
    looked = [Looked(2 * HOUR, 4 * HOUR + 5, 9), Looked(3 * HOUR, 3 * HOUR + 5, 1)]
    found = hours(looked, {2: 10}, 0, 8, 6 * HOUR)
    before, whole, none = [Sight.BEFORE] * 2, [Sight.WHOLE] * 3, [Sight.NONE] * 2
    assert list(found) == [*before, *whole, *none, Sight.AHEAD]
    assert hours([Looked(2 * HOUR, 3 * HOUR, 8)], {2: 10}, 0, 4, 9 * HOUR)[2] is Sight.PART
    assert [(each.sight, each.first, each.length) for each in runs(found)][1] == (Sight.WHOLE, 2, 3)


def test_a_petition_that_is_gone_is_missed_by_nobody():
    assert hours([Looked(0, 5 * HOUR, 8)], {0: 10, 2: -2}, 0, 3, 9 * HOUR) == (Sight.PART, Sight.PART, Sight.WHOLE)


# From the database
# ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def read_for_days(shipped):
    fill(NOW)
    return shipped


def test_without_a_poll_it_is_off_and_nothing_is_known(shipped):
    found = watch_health.health(NOW, is_on=False)
    assert (found.state, found.last_look, found.is_silent) == (PollState.OFF, None, False)
    assert (found.freshness.watched, found.freshness.not_watched) == (0, 19)
    assert coverage(NOW).hours == ()
    assert watch_health.stalest().rows == []


def test_the_last_look_is_that_of_a_run_that_looked_at_anything(read_for_days):
    found = watch_health.health(NOW, is_on=True)
    assert found.last_look == NOW - timedelta(minutes=10)
    looks = {each.job: each for each in found.looks}
    assert looks["look_at_those_near"].looked_at is None
    assert (looks["look_at_the_list"].petitions, looks["read_records"].petitions) == (19, 4)
    assert found.skew == (NOW - timedelta(minutes=10), 3)


def test_a_look_long_ago_is_a_silence(read_for_days):
    assert watch_health.health(NOW + timedelta(hours=4), is_on=True).is_silent


def test_what_stops_the_poll_is_told_only_where_it_is_on(read_for_days):
    with writing() as session:
        session.get_one(WatchState, 1).stopped_at = NOW
    assert watch_health.health(NOW, is_on=True).state is PollState.STOPPED
    assert watch_health.health(NOW, is_on=False).state is PollState.OFF


def test_petitions_are_counted_by_age_and_the_gone_apart(read_for_days):
    fresh = watch_health.freshness(AT)
    assert (fresh.counted[Age.HOUR], fresh.counted[Age.NEVER], fresh.gone) == (17, 1, 1)
    assert sum(fresh.read.values()) == sum(fresh.counted.values()) == 18
    assert fresh.read[Age.WEEK] == 15
    later = watch_health.freshness(AT + 8 * DAY)
    assert later.counted[Age.OLDER] == 17
    assert watch_health.freshness(AT - 600 + HOUR).counted[Age.HOUR] == 17
    assert watch_health.freshness(AT - 600 + HOUR + 1).counted[Age.DAY] == 17


def test_the_petitions_read_longest_ago_come_in_pages_never_first(read_for_days):
    numbers, after = [], None
    while True:
        page = watch_health.stalest(after, size=5)
        numbers += [each.item.petition.number for each in page.rows]
        after = page.next
        if after is None:
            break
    assert numbers == [19, *range(18, 1, -1)]


@pytest.mark.parametrize("mark", ["", "~", "x~1", "1~never", "-1~2", "never~never", "99999999999~1", "1~٣"])
def test_a_mark_that_is_none_of_ours_is_refused(read_for_days, mark):
    with pytest.raises(CursorUnreadable):
        watch_health.stalest(mark)


def test_troubles_are_summed_by_kind_the_most_frequent_first(read_for_days):
    found = [(each.code, each.times) for each in watch_health.troubles(NOW - timedelta(days=1))]
    assert found == [("timeout", 2), ("http_error", 1), ("never_heard_of", 1)]
    assert watch_health.troubles(NOW) == []


def test_totals_grow_by_what_came_since_and_begin_anew_with_another_database(read_for_days):
    first = watch_health.totals()
    assert (first.runs, first.requests, first.troubles["timeout"]) == (4, 8, 2)
    with writing() as session:
        session.add(run("look_at_the_list", NOW, troubles={"timeout": 1}))
    second = watch_health.totals()
    assert (second.runs, second.requests, second.troubles) == (5, 10, {**first.troubles, "timeout": 3})
    with writing() as session:
        session.query(PollRun).delete()
        session.add(run("look_at_the_list", NOW + timedelta(days=1)))
    assert (watch_health.totals().runs, watch_health.totals().troubles) == (1, {})


def test_the_gap_of_all_petitions_is_found_with_its_seconds(read_for_days):
    found = coverage(NOW)
    [gap] = found.unseen
    assert (gap.since, gap.until) == (AT - 5 * DAY, AT - 5 * DAY + 7 * HOUR)
    assert found.unseen_seconds == 7 * HOUR
    assert len(found.hours) == 30 * 24
    assert (found.hours.count(Sight.NONE), found.hours[0], found.hours[-1]) == (6, Sight.BEFORE, Sight.AHEAD)


def test_a_gap_of_some_petitions_only_shows_as_a_part(read_for_days):
    with writing() as session:
        for span in session.query(WatchedSpan).where(WatchedSpan.until > AT - DAY).limit(6):
            span.until = AT - DAY
    found = coverage(NOW)
    assert len(found.unseen) == 1
    assert found.hours_in_part >= 23


@pytest.fixture
def many(shipped):
    """Five thousand petitions that were read for a month, with a gap every three days."""
    with writing() as session:
        first = session.query(Petition).first()
        columns = {c.key: getattr(first, c.key) for c in Petition.__table__.columns if c.key != "id"}
        own = {"register_id": None, "official_uuid": None, "official_number": None, "author_digest": None}
        rows = [{**columns, **own, "id": 1000 + n, "number": 1000 + n} for n in range(5000)]
        session.execute(insert(Petition), rows)
        session.execute(
            insert(Watched),
            [
                {"petition_id": row["id"], "found_at": AT - 40 * DAY, "counted_at": AT - 60, "read_at": AT - row["id"]}
                for row in rows
            ],
        )
        spans = [
            {"petition_id": row["id"], "since": AT - (n + 1) * 3 * DAY, "until": AT - n * 3 * DAY - 8 * HOUR}
            for row in rows
            for n in range(10)
        ]
        session.execute(insert(WatchedSpan), spans)
        session.execute(
            insert(PollRun), [_plain(run("look_at_the_list", NOW - timedelta(hours=n))) for n in range(2000)]
        )


def _plain(each):
    names = ("job", "started_at", "finished_at", "requests", "petitions", "troubles")
    return {name: getattr(each, name) for name in names}


@pytest.mark.slow
def test_no_number_of_petitions_asks_more_of_the_database(many):
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *_args: asked.append(1))
    watch_health.health(NOW, is_on=True)
    coverage(NOW)
    watch_health.stalest()
    assert len(asked) < 30
    assert len(coverage(NOW).unseen) == 10


# Readiness
# ------------------------------------------------------------------------------------------------------------------


def test_what_is_ready_has_its_tables_and_a_chain(shipped):
    assert readiness.checks() == {"database": True, "migrations": True, "audit_head": True}


def test_a_database_that_was_not_migrated_is_not_ready(empty):
    assert readiness.checks() == {"database": True, "migrations": False, "audit_head": True}

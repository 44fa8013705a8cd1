"""Counts that the poll saw: kept where they differ, never twice, with spans that say that we looked."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from portal import clock, create_app
from portal.db import db, writing
from portal.domain.watching import HOUR, LONGEST_SILENCE
from portal.models import CountObservation, Petition, Watched, WatchedSpan
from portal.services import audit, counting, lifecycle
from portal.services.counting import Seen
from tests.given_official import START

T = int(START.timestamp())
HOW_MANY = 3


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def app(request, tmp_path_factory):
    """An application whose record holds three petitions of the official portal."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('counting') / 'counting.sqlite'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.create_database())
    app = create_app({"database_url": url, "cache_url": "none:"})
    with app.app_context():
        db.create_all()
        with writing() as session:
            entry = audit.append("petition.founded", "petition/1", by="test")
            session.execute(insert(Petition), [row(number, entry.sequence) for number in range(1, HOW_MANY + 1)])
        yield app
        db.session.remove()
        db.engine.dispose()


def row(number, sequence):
    kept = {"digest": "0" * 64, "recorded_at": clock.now(), "recorded_in": sequence, "changed_in": sequence}
    own = {"jurisdiction": "statutory", "official_uuid": f"{number:036d}", "threshold": 1000}
    return {"id": number, "number": number, **own, **kept}


@pytest.fixture
def keep(app):
    """A function that keeps counts in a transaction of its own, on empty tables."""
    empty()

    def kept(*seen):
        with writing() as session:
            return counting.keep(session, [Seen(*each) for each in seen])

    return kept


def empty():
    with writing() as session:
        for table in (CountObservation, WatchedSpan, Watched):
            session.execute(delete(table))
        for petition in session.scalars(select(Petition)):
            lifecycle.refresh(session, petition)


def counts(petition=1):
    rows = select(CountObservation.at, CountObservation.votes).where(CountObservation.petition_id == petition)
    return [tuple(each) for each in db.session.execute(rows.order_by(CountObservation.at))]


def spans(petition=1):
    rows = select(WatchedSpan.since, WatchedSpan.until).where(WatchedSpan.petition_id == petition)
    return [tuple(each) for each in db.session.execute(rows.order_by(WatchedSpan.since))]


def test_a_count_is_kept_where_it_differs_and_the_span_says_that_we_looked(keep):
    keep((1, T, 10))
    keep((1, T + HOUR, 10))
    kept = keep((1, T + 2 * HOUR, 12))
    assert counts() == [(T, 10), (T + 2 * HOUR, 12)]
    assert spans() == [(T, T + 2 * HOUR)]
    assert (kept.looked, kept.changed) == (1, [f"1 {T + 2 * HOUR} 12"])


def test_after_a_silence_of_more_than_three_hours_another_span_begins(keep):
    keep((1, T, 10))
    keep((1, T + LONGEST_SILENCE, 10))
    keep((1, T + 2 * LONGEST_SILENCE + 1, 10))
    assert spans() == [(T, T + LONGEST_SILENCE), (T + 2 * LONGEST_SILENCE + 1,) * 2]
    assert counts() == [(T, 10)]


def test_what_is_not_later_than_the_last_look_is_left_out(keep):
    keep((1, T, 10))
    assert keep((1, T, 11)).looked == 0
    assert keep((1, T - HOUR, 9)).looked == 0
    assert counts() == [(T, 10)]


def test_of_a_petition_that_stands_on_two_pages_the_later_count_is_kept(keep):
    keep((1, T + 2, 11), (2, T, 5), (1, T, 10))
    assert counts(1) == [(T + 2, 11)]
    assert counts(2) == [(T, 5)]


def test_a_petition_that_is_not_in_the_record_is_passed_over(keep):
    assert keep((99, T, 1), (1, T, 1)).looked == 1
    assert counts(99) == []


def test_lists_show_the_last_count_with_its_day_and_share_and_a_rebuild_says_the_same(keep):
    keep((1, T, 10), (2, T, 999), (3, T, 0))
    keep((1, T + 30 * HOUR, 10))
    columns = select(Petition.votes, Petition.votes_on, Petition.threshold_percent)
    shown = db.session.execute(columns.order_by(Petition.id))
    assert [tuple(each) for each in shown] == [
        (10, date(2026, 9, 2), 1),
        (999, date(2026, 9, 1), 99),
        (0, date(2026, 9, 1), 0),
    ]
    with writing() as session:
        differing = [lifecycle.refresh(session, each) for each in session.scalars(select(Petition))]
    assert [list(each) for each in differing] == [[], [], []]


def test_passing_fifty_and_the_threshold_is_told_with_the_day_of_the_look_before(keep):
    keep((1, T, 40), (2, T, 60), (3, T, 2000))
    told = keep((1, T + 24 * HOUR, 1000), (2, T + 24 * HOUR, 61), (3, T + 24 * HOUR, 2001)).crossings
    assert [(each.petition_id, each.goal, each.after, each.by) for each in told] == [
        (1, 50, date(2026, 9, 1), date(2026, 9, 2)),
        (1, 1000, date(2026, 9, 1), date(2026, 9, 2)),
    ]


def test_a_fall_is_kept_like_any_other_count(keep):
    keep((1, T, 100))
    keep((1, T + HOUR, 60))
    assert counts() == [(T, 100), (T + HOUR, 60)]


def test_what_is_undone_leaves_nothing(keep):
    with writing() as session:
        counting.keep(session, [Seen(1, T, 10)])
        session.rollback()
    assert (counts(), spans()) == ([], [])


LOOKS = st.lists(
    st.tuples(st.integers(1, HOW_MANY), st.integers(0, 40 * HOUR), st.integers(0, 5)), min_size=1, max_size=25
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOOKS)
def test_whatever_is_seen_and_kept_again_each_look_finds_the_count_that_it_saw(app, looks):
    """Kept one by one and then all over again: nothing twice, and every span as the looks were."""
    empty()
    ordered = sorted({(petition, at): votes for petition, at, votes in looks}.items())
    for (petition, at), votes in [*ordered, *ordered]:
        with writing() as session:
            counting.keep(session, [Seen(petition, T + at, votes)])
    for petition in range(1, HOW_MANY + 1):
        seen = [(T + at, votes) for (of, at), votes in ordered if of == petition]
        kept = counts(petition)
        assert all(one[1] != other[1] for one, other in pairwise(kept))
        for at, votes in seen:
            assert [each[1] for each in kept if each[0] <= at][-1] == votes
            assert any(since <= at <= until for since, until in spans(petition))
        for one, other in pairwise(seen):
            joined = any(since <= one[0] and other[0] <= until for since, until in spans(petition))
            assert joined == (other[0] - one[0] <= LONGEST_SILENCE)

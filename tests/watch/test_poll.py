"""The poll's verbs against the stand-in: how much they ask, whom they believe, and what stops them."""

from datetime import timedelta
from hashlib import sha256

import pytest
from flask.ctx import AppContext
from sqlalchemy import insert, select

from portal import clock, create_app
from portal.db import db, writing
from portal.domain.watching import DAY, HOUR
from portal.models import AuditEntry, CountObservation, Event, OfficialReading, Petition, PollRun, Watched
from portal.services import audit, watching
from portal.services.kept_files import Folder
from portal.watch import poll
from tests.watch.days import CONTACT, begin, impatient

pytestmark = pytest.mark.slow

MANY = 5_000


@pytest.fixture
def days(tmp_path, empty_path, monkeypatch):
    """A function that starts a stand-in and an application on an empty database; both follow one clock."""
    started = []

    def start(petitions, **given):
        started.append(begin(tmp_path, empty_path, monkeypatch, petitions, a_day=0, **given))
        found = next(started[-1])
        contexts.append(found.app.app_context())
        contexts[-1].push()
        return found

    contexts: list[AppContext] = []
    yield start
    for context in contexts:
        context.pop()
    for each in started:
        next(each, None)


def ask(days, verb):
    """Let the poll do one thing."""
    settings = days.app.extensions["settings"]
    reader = impatient(settings, lambda: days.at)
    try:
        return verb(reader, Folder(days.files), at=days.at, job=verb.__name__)
    finally:
        reader.close()


def begin_all(portal):
    """Begin the records of everything that the stand-in has, as if it had all been read before."""
    with writing() as session:
        entry = audit.append("petition.founded", "petition/1", by="test").sequence
        kept = {"digest": "0" * 64, "recorded_at": clock.now(), "recorded_in": entry, "changed_in": entry}
        rows = [
            {"number": number, "official_uuid": uuid, "jurisdiction": "statutory", "undertakings_open": 0, **kept}
            for number, uuid in enumerate(portal.truth.petitions, 1)
        ]
        session.execute(insert(Petition), rows)


def test_a_look_at_five_thousand_counts_takes_at_most_fifty_one_requests(days):
    given = days(MANY)
    begin_all(given.portal)
    run = ask(given, poll.look_at_the_list)
    assert (run.petitions, run.changed, run.is_whole) == (MANY, MANY, True)
    assert run.requests == len(given.portal.requests) <= 51
    given.at += timedelta(hours=1)
    again = ask(given, poll.look_at_the_list)
    assert again.requests <= 51
    assert 0 < again.changed < MANY


def test_a_look_enters_the_chain_once_with_the_digest_of_what_it_stored(days):
    given = days(30)
    ask(given, poll.look_at_the_list)
    given.at += timedelta(hours=2)
    before = audit.head()[0]
    run = ask(given, poll.look_at_the_list)
    assert audit.head()[0] == before + 1
    entry = db.session.get_one(AuditEntry, before + 1)
    at = int(given.at.timestamp())
    rows = db.session.scalars(select(CountObservation).where(CountObservation.at == at)).all()
    kept = sorted(f"{row.petition_id} {at} {row.votes}\n" for row in rows)
    assert (entry.action, entry.subject, entry.by) == ("counts.polled", "watch", "portal")
    assert f'"digest":"{sha256("".join(kept).encode()).hexdigest()}"' in entry.after
    assert run.changed == len(kept) > 0


def test_every_open_record_is_read_once_a_day_spread_over_it(days):
    given = days(40)
    ask(given, poll.look_at_the_list)
    began = given.at
    per_run = []
    while given.at < began + timedelta(days=2):
        given.at += timedelta(minutes=10)
        per_run.append(ask(given, poll.read_records).petitions)
    read = db.session.scalars(select(OfficialReading.petition_id)).all()
    assert {read.count(petition) for petition in set(read)} <= {2, 3}
    assert max(per_run) <= 10


def test_a_refusal_stops_the_poll_until_a_person_says_otherwise(days):
    given = days(20)
    given.portal.force("forbidden")
    run = ask(given, poll.look_at_the_list)
    assert run.result == "forbidden"
    assert watching.stopped_since() == given.at
    assert given.runner.run_present(given.runner.table["look_at_the_list"]) == "off"
    watching.resume(by="admin", reason="they wrote that we may")
    assert watching.stopped_since() is None
    assert [entry.action for entry in db.session.scalars(select(AuditEntry))] == ["watch.stopped", "watch.resumed"]


def test_nobody_believes_a_portal_that_has_lost_everything(days):
    given = days(40)
    ask(given, poll.look_at_the_list)
    given.at += timedelta(seconds=DAY)
    given.portal.force("lies", times=100, where="record")
    run = ask(given, poll.read_records)
    assert run.troubles["lying"] == 10
    assert not run.is_whole
    assert db.session.scalar(select(Watched.gone_since).where(Watched.gone_since.is_not(None))) is None


def test_a_list_page_without_an_answer_leaves_its_petitions_unlooked_at(days):
    given = days(120)
    ask(given, poll.look_at_the_list)
    given.at += timedelta(hours=1)
    given.portal.force("failing", times=3, where="short")
    run = ask(given, poll.look_at_the_list)
    assert (run.is_whole, run.result) == (False, "partly")
    looked = db.session.scalars(select(Watched.counted_at)).all()
    assert looked.count(int(given.at.timestamp())) == 20
    assert run.troubles["http_error"] == 3


def test_a_petition_that_left_the_list_is_asked_about_at_once(days):
    given = days(160, troubles="vanished")
    ask(given, poll.look_at_the_list)
    gone = {each.uuid: each for each in given.portal.truth.absences}
    while given.at.timestamp() < max(each.since for each in gone.values()) + 4 * HOUR:
        given.at += timedelta(hours=1)
        ask(given, poll.look_at_the_list)
    known = {each.id: each.official_uuid for each in db.session.scalars(select(Petition))}
    vanished = db.session.scalars(select(Event).where(Event.kind == "vanished")).all()
    assert {known[event.petition_id] for event in vanished} == set(gone)
    for event in vanished:
        since = gone[known[event.petition_id]].since
        assert event.claims[0].latest >= clock.day_of(given.at.fromtimestamp(since, given.at.tzinfo))


def test_a_run_that_had_nothing_to_ask_leaves_no_trace(days):
    given = days(10)
    ask(given, poll.look_at_those_near)
    ask(given, poll.read_the_past)
    assert db.session.scalars(select(PollRun)).all() == []


def test_whoever_is_near_the_threshold_is_looked_at_between_two_lists(days):
    given = days(60)
    ask(given, poll.look_at_the_list)
    with writing() as session:
        for petition in session.scalars(select(Petition)):
            petition.threshold = 1_000_000
        near = session.scalars(select(Petition).where(Petition.votes > 60).order_by(Petition.id)).first()
        near.threshold = near.votes * 100 // 96 + 1
        number = near.id
        close = session.scalars(select(Petition.id).where(Petition.votes.between(48, 49))).all()
    given.at += timedelta(minutes=10)
    given.portal.requests.clear()
    run = ask(given, poll.look_at_those_near)
    assert run.petitions == 1 + len(close)
    assert db.session.get_one(Watched, number).counted_at == int(given.at.timestamp())


def test_a_page_is_made_anew_when_the_poll_has_stored_something(shipped):
    app = create_app({"database_url": shipped.extensions["settings"].database_url})
    client, kept = app.test_client(), app.extensions["pages"].store._cache
    client.get("/kk/petitions")
    client.get("/kk/petitions")
    assert len(kept) == 1
    with app.app_context():
        with writing() as session:
            watching.stored_something(session)
        db.session.remove()
    client.get("/kk/petitions")
    assert len(kept) == 2
    with app.app_context():
        db.engine.dispose()


def test_the_user_agent_says_who_asks(days):
    given = days(10)
    ask(given, poll.look_at_the_list)
    agents = {request.agent for request in given.portal.requests}
    assert len(agents) == 1
    assert CONTACT in agents.pop()

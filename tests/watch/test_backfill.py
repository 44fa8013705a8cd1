"""The past of a petition is read from when its signatures were given: once each, whatever happens meanwhile."""

import json
import logging
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select, update

from portal import create_app
from portal.db import db
from portal.domain.official import Forbidden, SignedPage, Trouble, Unreachable
from portal.domain.refusals import OfficialIdMissing
from portal.models import AuditEntry, Backfill, Petition, SignedHour, Watched
from portal.models.watch import BackfillState
from portal.services import audit_check, backfills, recording
from portal.services.watching import stored_something
from portal.watch import backfill
from portal.watch.interface import PAGE
from tests.fixtures.record import close

pytestmark = pytest.mark.slow  # Each reads hundreds of pages over HTTP.

BY, MANY = "editor-1", 100_000
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


class Past:
    """The past of one petition of a stand-in, and all that a test does to have it read."""

    def __init__(self, portal, one, uuid, number):
        self.portal, self.one, self.uuid, self.number = portal, one, uuid, number
        self.begun = portal.clock.now()

    def ask(self):
        return backfills.ask(self.number, by=BY)

    def run(self, limit=MANY):
        return backfill.run(self.one, limit, now=lambda: datetime.fromtimestamp(self.portal.clock.now(), UTC))

    @property
    def progress(self):
        petition = db.session.scalars(select(Petition).where(Petition.number == self.number)).one()
        return backfills.progress_of(petition)

    @property
    def hours(self):
        rows = select(SignedHour.hour, SignedHour.votes).join(Petition, Petition.id == SignedHour.petition_id)
        found = db.session.execute(rows.where(Petition.number == self.number))
        return {row.hour: row.votes for row in found}

    @property
    def truth(self):
        """The rows there were when the reading began; those dated in the future are in no hour of ours."""
        hours = self.portal.truth.signed_hours(self.uuid, self.begun)
        return {hour: votes for hour, votes in hours.items() if hour * 3600 <= self.portal.clock.now()}


@pytest.fixture
def past(official_portal, reader, followed):
    def of(troubles="none", field=None, least=250, by=None, petitions=150, **given):
        portal = official_portal(petitions, troubles=troubles, **given)
        now = portal.clock.now()
        fit = portal.truth.planted_on(field) if field else portal.truth.all
        fit = [each.uuid for each in fit if each.opened < now and portal.truth.votes_at(each.uuid, now) >= least]
        uuid = min(fit, key=by(portal) if by else lambda each: portal.truth.votes_at(each, now))
        return Past(portal, reader(portal.url), uuid, followed(uuid))

    return of


def busiest(portal):
    """Choose the petition that grows most in a day, and is not so great that reading it takes minutes."""

    def growth(uuid):
        now, after = (portal.truth.votes_at(uuid, portal.clock.now() + later) for later in (0, 86_400))
        return now - after if now < 3000 else 0

    return growth


def actions():
    return [each.action for each in db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence))][1:]


def test_every_signature_is_counted_in_its_hour(past):
    one = past()
    one.ask()
    ran = one.run()
    total = one.portal.truth.votes_at(one.uuid, one.begun)
    assert one.hours == one.truth
    assert sum(one.hours.values()) == total
    assert ran.finished == [one.number]
    assert ran.requests == ran.pages == -(-total // PAGE)
    done = one.progress
    assert (done.state, done.rows, done.shown, done.difference, done.percent) == ("done", total, total, 0, 100)


def test_nothing_is_read_that_nobody_asked_for(past):
    one = past()
    assert one.run().requests == 0
    assert one.progress is None


def test_rows_that_fail_are_stepped_over_and_counted(past):
    one = past("broken_signers", "broken", least=30)
    one.ask()
    one.run()
    assert one.hours == one.truth
    assert one.progress.broken == len(one.portal.truth.broken[one.uuid])
    assert one.progress.difference == 0


def test_rows_without_a_time_are_counted_as_broken(past):
    one = past("untimed_signers", "untimed", least=30)
    one.ask()
    one.run()
    assert one.hours == one.truth
    assert one.progress.broken == 4
    assert one.progress.difference == 0


def test_rows_dated_in_the_future_are_in_no_hour(past):
    one = past("signers_ahead", "ahead", least=30)
    one.ask()
    one.run()
    assert one.hours == one.truth
    assert one.progress.ahead == 5
    assert one.progress.difference == 0


@pytest.mark.parametrize("minutes", [5, 30, 200])
def test_new_signers_that_push_the_pages_are_counted_by_nobody_twice(past, minutes, monkeypatch):
    one = past(least=600, by=busiest, petitions=400)
    one.ask()
    signers = one.one.signers

    def pushed(*given):
        found = signers(*given)
        one.portal.advance(60 * minutes)
        return found

    monkeypatch.setattr(one.one, "signers", pushed)
    one.run()
    assert one.hours == one.truth
    assert one.portal.truth.votes_at(one.uuid, one.portal.clock.now()) > one.progress.shown
    assert one.progress.difference == 0


def test_it_goes_on_where_a_run_ended_however_long_ago(past):
    one = past(least=600)
    one.ask()
    runs = 0
    while one.progress.state is not BackfillState.DONE:
        one.run(limit=1)
        db.session.remove()
        one.portal.advance(5 * 3600)
        runs += 1
    assert runs == 1 + (one.progress.shown - 1) // PAGE
    assert one.hours == one.truth


def test_killed_between_reading_and_keeping_a_page_it_is_read_again(past, monkeypatch):
    one = past(least=600)
    one.ask()
    kept: list[object] = []

    def dies(session):
        kept.append(session)
        if len(kept) in {2, 4}:
            raise KeyboardInterrupt
        stored_something(session)

    monkeypatch.setattr(backfills, "stored_something", dies)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            one.run()
        db.session.remove()
    one.run()
    assert one.hours == one.truth
    assert one.progress.difference == 0


def test_a_page_that_two_processes_read_is_kept_once(past):
    one = past(least=300)
    one.ask()
    place = backfills.next_page()
    page, at = backfill._read(one.one, place), datetime.fromtimestamp(one.begun, UTC)
    first = backfills.keep_page(place, page, requests=1, at=at)
    assert backfills.keep_page(place, page, requests=1, at=at) == first


def test_it_is_stopped_and_goes_on_from_there(past):
    one = past(least=300)
    one.ask()
    one.run(limit=1)
    stopped = backfills.stop(one.number, by=BY)
    assert (stopped.state, stopped.pages) == ("stopped", 1)
    assert one.run().requests == 0
    one.ask()
    assert one.run().finished == [one.number]
    assert one.hours == one.truth
    assert actions()[-4:] == ["backfill.asked", "backfill.stopped", "backfill.asked", "backfill.finished"]


def test_a_page_read_while_somebody_stopped_it_is_not_kept(past):
    one = past()
    one.ask()
    place = backfills.next_page()
    page = backfill._read(one.one, place)
    backfills.stop(one.number, by=BY)
    kept = backfills.keep_page(place, page, requests=1, at=datetime.fromtimestamp(one.begun, UTC))
    assert kept.state == "stopped"
    assert one.hours == {}


def test_asking_or_stopping_twice_changes_nothing(past):
    one = past()
    assert one.ask() == one.ask()
    assert actions().count("backfill.asked") == 1
    one.run()
    assert one.ask().state == "done"
    assert backfills.stop(one.number, by=BY).state == "done"


def test_a_petition_that_nothing_ties_to_the_portal_has_no_past_to_read(followed):
    number = followed(UUID)
    db.session.execute(update(Petition).values(official_uuid=None))
    db.session.commit()
    with pytest.raises(OfficialIdMissing):
        backfills.ask(number, by=BY)
    with pytest.raises(LookupError):
        backfills.ask(99, by=BY)
    assert backfills.stop(99, by=BY) is None


def test_the_chain_has_the_digest_and_no_count_of_an_hour(past):
    one = past()
    one.ask()
    one.run()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "backfill.finished")).one()
    told = json.loads(entry.after)
    lines = sorted(f"{hour} {votes}\n" for hour, votes in one.hours.items())
    assert told["digest"] == sha256("".join(lines).encode()).hexdigest()
    assert entry.subject == f"petition/{one.number}"
    assert set(told) == {"begun_at", "rows", "broken", "ahead", "difference", "requests", "digest"}
    assert list(audit_check.verify()) == []


def test_whoever_asked_first_comes_first(official_portal, reader, followed):
    portal = official_portal(40)
    uuids = portal.truth.listed_at(portal.clock.now())[:3]
    numbers = [followed(uuid) for uuid in uuids]
    for number in reversed(numbers):
        backfills.ask(number, by=BY)
    assert [each.number for each in backfills.waiting()] == [3, 2, 1]
    assert backfill.run(reader(portal.url), MANY).finished == [3, 2, 1]


@pytest.mark.parametrize("trouble", ["html", "wrong_clock", "failing", "busy", "outage", "truncated"])
def test_a_trouble_now_and_then_changes_nothing(past, trouble):
    one = past(least=300)
    one.ask()
    for _ in range(2):
        one.portal.force(trouble, where="signers")
        one.run()
    one.run()
    assert one.hours == one.truth
    assert one.progress.broken == 0


def test_a_portal_that_fails_altogether_has_no_broken_rows(past):
    one = past(least=300)
    one.ask()
    one.portal.force("failing", times=10_000, where="signers")
    ran = one.run()
    assert [each.status for each in ran.troubles] == [500]
    assert one.progress.broken == 0
    assert one.progress.pages == 0


def test_a_portal_that_begins_to_fail_in_the_midst_has_no_broken_rows(past):
    one = past("broken_signers", "broken", least=30)
    one.ask()
    one.run(limit=0)
    answers = [SignedPage((5, 4, 3, 2, 1) * 2, False, 100)]

    class Failing:
        requests = 0

        def signers(self, uuid, page, size=PAGE):
            if size == 10 and answers:
                return answers.pop()
            raise Unreachable(Trouble("http_error", datetime.now(UTC), "x", 500))

    assert len(backfill.run(Failing(), MANY).troubles) == 1
    assert one.progress.broken == 0


def test_one_petition_that_cannot_be_read_does_not_hold_up_the_next(official_portal, reader, followed):
    portal = official_portal(40)
    uuids = portal.truth.listed_at(portal.clock.now())[:2]
    for uuid in uuids:
        backfills.ask(followed(uuid), by=BY)
    portal.force("html", where="signers")
    ran = backfill.run(reader(portal.url), MANY)
    assert [each.code for each in ran.troubles] == ["not_json"]
    assert ran.finished == [2]


def test_of_a_petition_that_is_gone_what_was_read_stays(past):
    one = past(least=300)
    one.ask()
    one.run(limit=1)
    one.portal.force("lies", times=5, where="signers")
    ran = one.run()
    assert ran.stopped == [one.number]
    assert one.progress.state == "stopped"
    assert sum(one.hours.values()) == PAGE
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "backfill.stopped")).one()
    assert (json.loads(entry.after)["why"], entry.by) == ("gone", "portal")


def test_a_refusal_is_handed_on_and_what_was_read_stays(past):
    one = past(least=300)
    one.ask()
    one.run(limit=1)
    one.portal.forbid()
    with pytest.raises(Forbidden):
        one.run()
    assert one.progress.pages == 1


def test_a_count_that_falls_meanwhile_leaves_nothing_out(past, monkeypatch):
    one = past("falls", "falls", least=101, petitions=900)
    fall = one.portal.truth[one.uuid].falls[0]
    one.portal.clock_at(fall.at - 1)
    one.begun = fall.at - 1
    one.ask()
    signers, calls = one.one.signers, []

    def falls(*given):
        found = signers(*given)
        calls.append(given)
        if len(calls) == 1:
            one.portal.clock_at(fall.at + 1)
        return found

    monkeypatch.setattr(one.one, "signers", falls)
    one.run()
    left = one.portal.truth.signed_hours(one.uuid, fall.at)
    assert not Counter(left) - Counter(one.hours)
    assert not Counter(one.hours) - Counter(one.truth)


class Scripted:
    """A portal without totals: rows of one petition, newest first."""

    def __init__(self, times, *, last=True):
        self.times, self.requests, self.last, self.asked = list(times), 0, last, []

    def signers(self, uuid, page, size=PAGE):
        self.requests += 1
        self.asked.append((page, size))
        rows = tuple(self.times[page * size : (page + 1) * size])
        return SignedPage(rows, None if not self.last else (page + 1) * size >= len(self.times))


HOUR = 3_600_000_000
TOP = 480_000 * HOUR


@pytest.mark.parametrize("last", [True, False])
def test_without_totals_rows_that_come_again_are_known_by_their_time(followed, last):
    number = followed(UUID)
    backfills.ask(number, by=BY)
    portal = Scripted([TOP - each // 3 * HOUR for each in range(250)], last=last)
    was = Counter(at // HOUR for at in portal.times)
    while backfills.waiting():
        backfill.run(portal, 1)
        portal.times = [TOP + HOUR, TOP + HOUR, *portal.times]
    assert Counter({row.hour: row.votes for row in db.session.scalars(select(SignedHour))}) == was


def test_without_a_total_the_count_of_the_last_look_is_what_it_must_come_to(followed):
    number = followed(UUID)
    db.session.add(Watched(petition_id=1, found_at=0, votes=7, gone_looks=0))
    db.session.commit()
    backfills.ask(number, by=BY)
    backfill.run(Scripted([TOP] * 5), MANY)
    petition = db.session.get(Petition, 1)
    assert backfills.progress_of(petition).difference == 2


def test_it_is_the_same_on_postgresql(postgres_tables_url):
    app = create_app({"database_url": postgres_tables_url, "cache_url": "none:"})
    times = [TOP - each // 3 * HOUR for each in range(250)]
    with app.app_context():
        number = recording.found(
            {"official_uuid": UUID, "platform": "epetition.kz", "jurisdiction": "statutory"}, (), by=BY
        ).petition
        backfills.ask(number, by=BY)
        backfill.run(Scripted(times), 1)
        backfills.stop(number, by=BY)
        backfills.ask(number, by=BY)
        assert backfill.run(Scripted(times), MANY).finished == [number]
        found = {row.hour: row.votes for row in db.session.scalars(select(SignedHour))}
        assert found == Counter(at // HOUR for at in times)
        assert list(audit_check.verify()) == []
    close(app)


def test_pages_that_are_counted_are_not_read_again(past):
    one = past(least=300)
    one.ask()
    one.run(limit=1)
    row = db.session.get(Backfill, one.number)
    place = backfills.next_page()
    assert place is not None
    assert place.total == row.total
    assert backfill._read(one.one, replace(place, total=place.total - 150)).number == 2


def test_a_list_without_an_end_is_given_up(followed, monkeypatch):
    number = followed(UUID)
    monkeypatch.setattr(backfill, "LAST_PAGE", 3)
    backfills.ask(number, by=BY)

    class Endless(Scripted):
        def signers(self, uuid, page, size=PAGE):
            return replace(super().signers(uuid, 0, size), is_last=False)

    ran = backfill.run(Endless([TOP] * 100), MANY)
    assert ran.stopped == [number]


def test_a_list_that_outruns_its_reading_is_left_for_the_next_run(followed):
    number = followed(UUID)
    backfills.ask(number, by=BY)

    class Running(Scripted):
        def signers(self, uuid, page, size=PAGE):
            return replace(super().signers(uuid, 0, size), is_last=False, total=100 + self.requests * 500)

    portal = Running([TOP] * 100)
    ran = backfill.run(portal, MANY)
    assert [(each.code, each.status) for each in ran.troubles] == [("not_expected", 200)]
    assert ran.stopped == []
    assert portal.requests <= 20
    assert [each.state for each in db.session.scalars(select(Backfill))] == ["running"]


def test_no_name_reaches_the_database_or_a_log(past, caplog):
    caplog.set_level(logging.DEBUG)
    one = past("broken_signers,untimed_signers,signers_ahead", "broken", least=30)
    one.ask()
    one.run()
    path = Path(db.engine.url.database)
    stored = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert one.progress.rows > 0
    assert one.portal.names.found_in(stored) == set()
    assert one.portal.names.found_in(caplog.text.encode()) == set()
    assert "?size=" not in caplog.text

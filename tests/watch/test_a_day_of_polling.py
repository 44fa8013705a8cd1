"""A day of polling the stand-in with all its troubles, and the next day's full readings."""

import logging
import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.clock import day_of
from portal.db import db
from portal.domain.texts import LANGUAGES
from portal.models import (
    CountObservation,
    Event,
    JobRun,
    OfficialReading,
    OfficialVersion,
    Petition,
    PortalWord,
    Title,
    Watched,
    WatchedSpan,
)
from portal.services import audit_check, lifecycle, watching
from tests.fixtures.desk import opened
from tests.watch.days import CONTACT, begin

pytestmark = pytest.mark.slow

HOURS = 28
PETITIONS = 180

FIELDS = {
    "title": "title",
    "description": "description",
    "organization": "organization",
    "requiredCount": "required",
    "state": "state",
    "decision": "decision",
}
"""What the portal calls the fields whose change is an event, and what we do."""


@pytest.fixture(scope="module")
def polled(tmp_path_factory, empty_path):
    """What thirty hours of polling come to, with everything that was logged meanwhile."""
    patch = pytest.MonkeyPatch()
    logged = []

    class Listening(logging.Handler):
        def emit(self, record):
            logged.append(self.format(record))

    ear = Listening()
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        for days in begin(tmp_path_factory.mktemp("day"), empty_path, patch, PETITIONS, troubles="all"):
            days.poll(HOURS)
            with days.app.app_context():
                yield days, "\n".join(logged)
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
        patch.undo()


@pytest.fixture
def days(polled):
    return polled[0]


def by_uuid():
    return {petition.official_uuid: petition for petition in db.session.scalars(select(Petition))}


def test_every_petition_is_found(days):
    truth = days.portal.truth
    known = by_uuid()
    settled = days.at.timestamp() - 3 * 3600  # What came in the last hours may still be on its way.
    wanted = {each.uuid for each in truth.all if each.opened <= settled}
    assert wanted <= known.keys()
    assert len(known) == len(set(known))


def test_no_vote_is_counted_twice_and_none_is_made_up(days):
    known = {petition.id: uuid for uuid, petition in by_uuid().items()}
    wrong = []
    rows = db.session.execute(select(CountObservation.petition_id, CountObservation.at, CountObservation.votes)).all()
    for petition, at, votes in rows:
        true = days.portal.truth.votes_at(known[petition], at)
        if votes != true:
            wrong.append((known[petition], at, votes, true))
    assert not wrong, wrong[:5]
    assert len(rows) > 5 * PETITIONS


def test_between_two_counts_of_a_span_the_true_count_was_the_earlier_one_when_we_looked(days):
    """Every look was kept where the count differed: at the end of each span the last count is the true one."""
    known = {petition.id: uuid for uuid, petition in by_uuid().items()}
    for petition, since, until in db.session.execute(
        select(WatchedSpan.petition_id, WatchedSpan.since, WatchedSpan.until)
    ).all():
        rows = select(CountObservation.votes).where(
            CountObservation.petition_id == petition, CountObservation.at.between(since, until)
        )
        last = db.session.scalars(rows.order_by(CountObservation.at.desc()).limit(1)).one_or_none()
        if last is None:
            before = select(CountObservation.votes).where(
                CountObservation.petition_id == petition, CountObservation.at < since
            )
            last = db.session.scalars(before.order_by(CountObservation.at.desc()).limit(1)).one()
        assert last == days.portal.truth.votes_at(known[petition], until)


def test_what_nobody_looked_at_stays_a_gap(days):
    outages = [(since, until) for since, until in days.portal.truth.outages if until < days.at.timestamp()]
    assert outages
    spans = db.session.execute(select(WatchedSpan.since, WatchedSpan.until)).all()
    for since, until in outages:
        middle = (since + until) // 2
        assert not [span for span in spans if span[0] < middle < span[1]]


def test_every_planted_change_is_an_event_that_names_its_fields(days):
    known = by_uuid()
    first = dict(
        db.session.execute(
            select(OfficialVersion.petition_id, OfficialVersion.read_at).order_by(
                OfficialVersion.read_at.desc(), OfficialVersion.id.desc()
            )
        ).all()
    )
    missing = []
    planted = set()
    for change in days.portal.truth.changes:
        petition = known[change.uuid]
        read_at = db.session.get_one(Watched, petition.id).read_at
        if change.field not in FIELDS or not first[petition.id].timestamp() < change.at < read_at:
            continue
        planted.add(change.field)
        events = db.session.scalars(
            select(Event).where(
                Event.petition_id == petition.id, Event.kind == "text_changed", Event.retired_in.is_(None)
            )
        ).all()
        found = [event for event in events if FIELDS[change.field] in event.details["fields"]]
        if not found:
            missing.append((change.uuid, change.field))
            continue
        claim = found[0].claims[0]
        day = day_of(datetime.fromtimestamp(change.at, UTC))
        assert claim.earliest is not None
        assert claim.earliest <= day <= claim.latest
    assert not missing
    assert planted == FIELDS.keys()


def test_a_changed_title_stands_and_the_old_one_is_kept(days):
    changed = [each for each in days.portal.truth.changes if each.field == "title"]
    assert changed
    for change in changed:
        petition = by_uuid()[change.uuid]
        rows = db.session.scalars(select(Title).where(Title.petition_id == petition.id)).all()
        stands = [row.text for row in rows if row.retired_in is None]
        went = [row.text for row in rows if row.retired_in is not None]
        assert stands == [change.after]
        assert went == [change.before]


def test_every_petition_that_vanished_is_said_to_have_and_only_those(days):
    known = by_uuid()
    settled = days.at.timestamp() - 4 * 3600
    gone = {
        each.uuid
        for each in days.portal.truth.absences
        if each.since <= settled and not (each.until and each.until <= settled)
    }
    assert {uuid for uuid, petition in known.items() if petition.is_vanished} == gone
    ever = set(db.session.scalars(select(Event.petition_id).where(Event.kind == "vanished")))
    assert ever <= {known[each.uuid].id for each in days.portal.truth.absences}


def test_states_that_nobody_explained_are_noted(days):
    noted = set(db.session.scalars(select(PortalWord.word).where(PortalWord.kind == "state")))
    seen = set(db.session.scalars(select(OfficialReading.state).where(OfficialReading.state.is_not(None))))
    assert seen <= noted
    assert {"SUSPENDED_X", "ӨЗГЕ_КҮЙ"} & noted


def test_no_name_is_anywhere(days, polled):
    """Database with its journal, evidence and everything logged at the lowest level: every name, however written."""
    names = days.portal.names
    database = days.app.extensions["settings"].database_url.removeprefix("sqlite:///")
    for suffix in ("", "-wal"):
        assert names.found_in(Path(database + suffix).read_bytes()) == set()
    kept = list(days.evidence())
    assert len(kept) > 10
    assert names.found_in(b"".join(kept)) == set()
    assert names.found_in(polled[1].encode()) == set()
    assert CONTACT not in polled[1]


PAGES = ("/{lang}/petitions/{number}", "/{lang}/petitions/{number}/official", "/{lang}/petitions/{number}/votes")


def test_every_page_of_every_petition_opens_and_names_nobody(days):
    """What was polled is fit to be shown, whatever the portal answered: each page in one of the languages."""
    client, said = days.app.test_client(), []
    reached = set(db.session.scalars(select(Petition.number).join(Event).where(Event.kind == "threshold_reached")))
    assert reached
    for petition in db.session.scalars(select(Petition).order_by(Petition.number)).all():
        lang = LANGUAGES[petition.number % 3]
        for path in (*PAGES, "/api/v1/petitions/{number}"):
            address = path.format(lang=lang, number=petition.number)
            answer = client.get(address)
            assert answer.status_code == 200 or (answer.status_code == 404 and address.endswith("/votes")), address
            said.append(answer.data)
    said += [client.get(f"/{lang}{path}").data for lang in LANGUAGES for path in ("/health", "/changes", "/petitions")]
    assert days.portal.names.found_in(b"".join(said)) == set()


def test_whatever_was_polled_can_be_corrected_at_the_desk(days):
    """Each kind of link from the desk's page of a petition leads somewhere, be the row one of ours or the poll's."""
    numbers = db.session.scalars(select(Petition.number).order_by(Petition.number)).all()
    leads: dict[str, str] = {}
    with opened(days.app) as desk:
        client = desk.client("editor+confirmer")
        for number in numbers[::4]:
            page = client.get(f"/desk/en/petitions/{number}")
            for address in re.findall(rf'href="(/desk/en/petitions/{number}/[^"]+)"', page.text):
                leads.setdefault(re.sub(r"\d+", "", address), unescape(address))
        assert any("addressee/official/correct" in each for each in leads)
        assert {each: client.get(each).status_code for each in leads.values()} == dict.fromkeys(leads.values(), 200)


def test_a_look_takes_one_request_a_page_and_a_record_one_a_day(days):
    read = db.session.execute(select(OfficialReading.petition_id, OfficialReading.at, OfficialReading.status)).all()
    per_petition = Counter(petition for petition, _at, _status in read)
    usual = sorted(per_petition.values())[len(per_petition) // 2]
    assert usual <= 3  # The day's own, the next day's, and one for those near a threshold or asked about.


def test_the_record_holds_together(days):
    assert not list(audit_check.verify())
    petitions, differing = lifecycle.rebuild()
    assert petitions >= PETITIONS
    assert not differing


def test_every_run_that_stored_something_is_in_the_chain(days):
    with db.session.begin_nested():
        runs = db.session.execute(select(JobRun.job, JobRun.result)).all()
    assert {job for job, _ in runs} >= {"look_at_the_list", "look_at_the_newest", "read_records"}
    assert all(result is not None for _, result in runs)
    assert watching.revision() > 0

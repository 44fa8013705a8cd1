"""The stand-in keeps its promises: what it answers is what it says is true."""

import json
import socket
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.official_portal import OfficialPortal
from tests.official_portal.clock import ALMATY, DAY, HOUR, written
from tests.official_portal.growth import SHAPES
from tests.official_portal.portal import PATH, TROUBLES

PLANTED_IN_RECORDS = {
    "changed_title": "title",
    "changed_text": "description",
    "changed_addressee": "organization",
    "changed_required": "requiredCount",
    "changed_state": "state",
    "changed_decision": "decision",
    "unseen_state": "state",
    "hidden_applicant": "applicant",
}


class Reader:
    """Asks the stand-in over one connection, as far as that lasts."""

    def __init__(self, portal):
        self.portal = portal

    def ask(self, path, method="GET", **headers):
        """Return status, headers and body of an answer."""
        connection = HTTPConnection(urlsplit(self.portal.url).netloc, timeout=5)
        try:
            connection.request(method, PATH + path, headers={"User-Agent": "Test", **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def json(self, path, status=200):
        found, _, body = self.ask(path)
        assert found == status, (path, found)
        return json.loads(body)

    def rows(self, path, size=100):
        """Return all rows of a list, asking page after page."""
        found, page = [], 0
        while True:
            answer = self.json(f"{path}?size={size}&page={page}")
            found += answer["content"]
            if answer["last"]:
                return found
            page += 1


@pytest.fixture
def reads(official_portal):
    """A function that starts a stand-in and returns it with a reader."""

    def start(*args, **given):
        portal = official_portal(*args, **given)
        return portal, Reader(portal)

    return start


def seconds_of(text):
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY).timestamp()


# Endpoints.


def test_the_list_has_every_petition_newest_first(reads):
    portal, reader = reads(250)
    rows = reader.rows("/short")
    assert [row["id"] for row in rows] == sorted(
        portal.truth.listed_at(portal.start), key=lambda uuid: portal.truth[uuid].opened, reverse=True
    )
    assert len(rows) == 250
    assert all(row["signersCount"] == portal.truth.votes_at(row["id"], portal.start) for row in rows)
    assert set(rows[0]) == {"id", "title", "signersCount", "applyDate"}
    page = reader.json("/short?size=100&page=2")
    assert len(page.pop("content")) == 50
    assert page == {"last": True, "totalElements": 250, "totalPages": 3, "number": 2, "size": 100}
    assert reader.json("/short?size=100&page=9")["content"] == []


def test_a_full_record_has_the_fields_that_are_known(reads):
    portal, reader = reads(60)
    fields = (
        "id title description regNumber state source applyDate deadline signersCount requiredCount viewersCount lang cover "
        "files applicant organization location decision"
    ).split()
    for uuid in portal.truth.listed_at(portal.start):
        record = reader.json(f"/{uuid}")
        assert sorted(record) == sorted(fields)
        assert record["signersCount"] == portal.truth.votes_at(uuid, portal.start)
        assert datetime.fromisoformat(record["deadline"]).tzinfo is None
    assert reader.json("/00000000-0000-4000-8000-000000000000", status=404)
    assert reader.json("/short?size=many", status=400)


def test_the_same_seed_makes_the_same_portal(reads):
    (one, first), (_, second), (_, third) = reads(40), reads(40), reads(40, seed=2)
    uuid = one.truth.listed_at(one.start)[0]
    assert first.rows("/short") == second.rows("/short") != third.rows("/short")
    assert first.ask(f"/{uuid}/signers?size=50")[2] == second.ask(f"/{uuid}/signers?size=50")[2]


# Growth.


def test_counts_only_grow_and_every_shape_is_there():
    portal = OfficialPortal(300)
    assert {each.growth.shape for each in portal.truth.all} == set(SHAPES)
    for petition in portal.truth.all[::7]:
        counts = [petition.votes_at(petition.opened + 5_000 * step) for step in range(3_200)]
        assert counts[0] == 0
        assert all(before <= after for before, after in pairwise(counts))
    assert max(each.votes_at(portal.start) for each in portal.truth.all) > 50_000


def test_more_sign_in_the_evening_than_at_night():
    portal, hours = OfficialPortal(300), Counter()
    for petition in portal.truth.all:
        for hour, votes in portal.truth.signed_hours(petition.uuid, portal.start).items():
            hours[(hour + 5) % 24] += votes
    assert hours[19] > 5 * hours[3] > 0


def test_the_list_of_signers_is_the_count_turned_round(reads):
    portal, reader = reads(60)
    fit = [each for each in portal.truth.all if 150 < each.votes_at(portal.start) < 1500]
    assert len(fit) > 3
    for petition in fit[:4]:
        rows = reader.rows(f"/{petition.uuid}/signers")
        times = [seconds_of(row["createdDate"]) for row in rows]
        assert len(rows) == petition.votes_at(portal.start)
        assert times == sorted(times, reverse=True)
        for place, at in enumerate(times):
            ordinal = len(times) - place
            assert petition.votes_at(int(at)) < ordinal <= petition.votes_at(int(at) + 1)
        assert Counter(int(at) // HOUR for at in times) == portal.truth.signed_hours(petition.uuid, portal.start)


def test_a_page_deep_in_a_long_list_of_signers_is_quick(reads):
    portal, reader = reads(60)
    petition = max(portal.truth.all, key=lambda each: each.votes_at(portal.start))
    began = time.perf_counter()
    page = reader.json(f"/{petition.uuid}/signers?size=100&page=400")
    assert time.perf_counter() - began < 0.5
    assert len(page["content"]) == 100
    assert page["totalElements"] > 50_000


def test_signatures_push_the_pages_of_signers(reads):
    portal, reader = reads(60)
    petition = max(portal.truth.all, key=lambda each: each.votes_at(portal.start + HOUR) - each.votes_at(portal.start))
    first = reader.json(f"/{petition.uuid}/signers?size=10&page=0")["content"]
    portal.advance(DAY)
    more = petition.votes_at(portal.start + DAY) - petition.votes_at(portal.start)
    assert more > 0
    assert reader.rows(f"/{petition.uuid}/signers", 1000)[more : more + 10] == first


# The clock.


def test_the_clock_stands_where_a_test_puts_it(reads):
    portal, reader = reads(40)
    later = datetime.fromtimestamp(portal.start, UTC) + timedelta(days=3)
    before = reader.json("/short?size=1")["totalElements"]
    portal.clock_at(later)
    _, headers, body = reader.ask("/short?size=1000")
    assert headers["Date"] == later.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert len(json.loads(body)["content"]) == before + len(portal.truth.arrived(portal.start, later)) > before
    portal.advance(60)
    assert portal.clock.now() == later.timestamp() + 60


def test_the_clock_runs_or_follows_another():
    running = OfficialPortal(5, speed=3600)
    time.sleep(0.02)
    assert running.start + 72 <= running.clock.now() < running.start + DAY
    assert OfficialPortal(5, follow=lambda: 1_790_000_000.0).clock.now() == 1_790_000_000.0


# Requests and conditional requests.


def test_every_request_is_noted_without_a_name(reads):
    portal, reader = reads(40)
    reader.ask("/short?size=5&page=0", **{"If-None-Match": '"x"'})
    reader.ask(f"/{portal.truth.listed_at(portal.start)[0]}/signers?size=5")
    first, second = portal.requests
    assert (first.method, first.path, first.agent, first.if_none_match, first.at) == (
        "GET",
        f"{PATH}/short?size=5&page=0",
        "Test",
        '"x"',
        portal.start,
    )
    assert (portal.asked(), portal.asked("short"), portal.asked("signers"), second.trouble) == (2, 1, 1, None)
    assert portal.names.found_in(repr(portal.requests).encode()) == set()


@pytest.mark.parametrize("etags", [True, False])
def test_a_record_that_did_not_change_is_not_sent_again(reads, etags):
    portal, reader = reads(40, etags=etags)
    still = next(each for each in portal.truth.all if each.growth.ends < portal.start - 31 * DAY)
    _, headers, _ = reader.ask(f"/{still.uuid}")
    assert (headers["ETag"] is not None) == etags
    again = reader.ask(f"/{still.uuid}", **{"If-None-Match": headers["ETag"] or '"none"'})
    assert (again[0], again[2] == b"") == ((304, True) if etags else (200, False))


def test_names_are_found_however_they_are_written(reads):
    portal, reader = reads(40)
    petition = max(portal.truth.all, key=lambda each: each.votes_at(portal.start))
    signers = reader.ask(f"/{petition.uuid}/signers?size=5")[2]
    comments = reader.ask(f"/{petition.uuid}/comments?size=5")[2]
    record = reader.ask(f"/{petition.uuid}")[2]
    stems = portal.names.stems
    assert portal.names.found_in(signers) == set(stems("signer"))
    assert portal.names.found_in(signers, "commenter", "applicant") == set()
    assert set(stems("commenter")) < portal.names.found_in(comments) <= set(stems())
    assert portal.names.found_in(record) <= set(stems("applicant"))
    assert portal.names.found_in(record)
    assert portal.names.found_in(json.dumps(json.loads(signers)).encode()) == set(stems("signer"))
    assert portal.names.found_in(stems("hidden")[0].lower().encode("utf-16-le")) == {stems("hidden")[0]}
    assert json.loads(signers)["content"][0]["fio"] in portal.names.everybody
    assert petition.applicant.full in portal.names.everybody


# Troubles of petitions.


def test_a_portal_without_troubles_has_none(reads):
    portal, _ = reads(60)
    truth = portal.truth
    assert [*truth.changes, *truth.falls, *truth.absences, *truth.odd_rows, *truth.episodes, *truth.broken] == []
    with pytest.raises(ValueError, match="no such trouble: flood"):
        OfficialPortal(5, troubles="falls,flood")


def test_all_troubles_are_planted_each_on_petitions_of_its_own(reads):
    portal, _ = reads(400, troubles="all,-drip")
    assert {*TROUBLES} - portal.troubles == {"drip", "forbidden"}
    touched = Counter(each.uuid for each in portal.truth.changes)
    for field in ("falls", "absences", "odd_rows", "broken", "untimed", "ahead", "cover", "missing", "extra"):
        planted = portal.truth.planted_on(field)
        assert planted, field
        touched.update({each.uuid for each in planted if not (field == "extra" and each.planted)})
    assert touched.most_common(1)[0][1] == 1
    assert len(list(portal.truth.told())) > 60


@pytest.mark.parametrize("name", PLANTED_IN_RECORDS)
def test_a_planted_change_shows_from_its_instant_on(reads, name):
    portal, reader = reads(400, troubles=name)
    assert len(portal.truth.changes) == 3
    for change in portal.truth.changes:
        assert change.field == PLANTED_IN_RECORDS[name]
        portal.clock_at(change.at - 1)
        assert reader.json(f"/{change.uuid}")[change.field] == change.before
        portal.clock_at(change.at)
        assert reader.json(f"/{change.uuid}")[change.field] == change.after != change.before
        assert portal.start < change.at < portal.start + DAY
        assert change in portal.truth.changed(change.at - 1, change.at)


def test_a_title_changes_in_the_list_too(reads):
    portal, reader = reads(60, troubles="changed_title")
    change = portal.truth.changes[0]
    portal.clock_at(change.at)
    assert {row["id"]: row["title"] for row in reader.rows("/short")}[change.uuid] == change.after


def test_petitions_end_by_themselves_and_some_are_decided():
    portal = OfficialPortal(300)
    fields = Counter(change.field for change in portal.truth.changed(portal.start, portal.start + 14 * DAY))
    assert fields["state"] > fields["decision"] > 0


def test_a_count_falls_and_the_signatures_are_gone(reads):
    portal, reader = reads(60, troubles="falls")
    (fall,) = portal.truth.falls
    portal.clock_at(fall.at - 1)
    before = reader.rows(f"/{fall.uuid}/signers", 1000)
    portal.clock_at(fall.at)
    after = reader.rows(f"/{fall.uuid}/signers", 1000)
    assert reader.json(f"/{fall.uuid}")["signersCount"] == len(after)
    assert len(before) - fall.votes <= len(after) < len(before)
    assert after[-fall.kept :] == before[-fall.kept :]
    hours = Counter(int(seconds_of(row["createdDate"])) // HOUR for row in after)
    assert hours == portal.truth.signed_hours(fall.uuid, fall.at)


def test_a_vanished_petition_is_gone_everywhere_and_one_comes_back(reads):
    portal, reader = reads(60, troubles="vanished")
    assert sorted(each.status for each in portal.truth.absences) == [404, 404, 410]
    for absence in portal.truth.absences:
        portal.clock_at(absence.since - 1)
        assert reader.json(f"/{absence.uuid}")["id"] == absence.uuid
        portal.clock_at(absence.since)
        for path in ("", "/signers", "/comments"):
            assert reader.json(f"/{absence.uuid}{path}", status=absence.status)
        listed = {row["id"] for row in reader.rows("/short")}
        assert absence.uuid not in listed
        assert listed == set(portal.truth.listed_at(absence.since))
        if absence.until:
            portal.clock_at(absence.until)
            assert reader.json(f"/{absence.uuid}")["id"] == absence.uuid
            assert absence.uuid in {row["id"] for row in reader.rows("/short")}


def test_each_page_with_a_broken_signer_fails(reads):
    portal, reader = reads(300, troubles="broken_signers")
    for uuid, broken in portal.truth.broken.items():
        total = portal.truth.votes_at(uuid, portal.start)
        places = {total - ordinal for ordinal in broken}
        for place in places:
            for size in (1, 7, 100):
                assert reader.ask(f"/{uuid}/signers?size={size}&page={place // size}")[0] == 500
        failed = [
            page for page in range(-(-total // 100)) if reader.ask(f"/{uuid}/signers?size=100&page={page}")[0] == 500
        ]
        assert failed == sorted({place // 100 for place in places})
        first = min(places) // 100 * 100
        rows = [
            place for place in range(first, first + 100) if reader.ask(f"/{uuid}/signers?size=1&page={place}")[0] == 500
        ]
        assert rows == sorted(place for place in places if first <= place < first + 100)


def test_signers_without_a_time_or_ahead_of_it_are_told(reads):
    portal, reader = reads(60, troubles="untimed_signers,signers_ahead")
    (untimed,), (ahead,) = portal.truth.planted_on("untimed"), portal.truth.planted_on("ahead")
    rows = reader.rows(f"/{untimed.uuid}/signers", 1000)
    assert [rows[-ordinal]["createdDate"] for ordinal in untimed.untimed] == list(untimed.untimed.values())
    rows = reader.rows(f"/{ahead.uuid}/signers", 1000)
    assert [row["createdDate"] > written(portal.start) for row in rows[:6]] == [True] * 5 + [False]
    hours = Counter(int(seconds_of(row["createdDate"])) // HOUR for row in rows)
    assert hours == portal.truth.signed_hours(ahead.uuid, portal.start)


def test_rows_of_the_list_are_odd_for_a_while(reads):
    portal, reader = reads(60, troubles="odd_rows,odd_counts")
    kinds = Counter()
    for odd in portal.truth.odd_rows:
        usual = portal.truth[odd.uuid]
        for at in (odd.since - 1, odd.since, odd.until - 1, odd.until):
            portal.clock_at(at)
            place = sorted(portal.truth.listed_at(at), key=lambda uuid: -portal.truth[uuid].opened).index(odd.uuid)
            row = reader.rows("/short")[place]
            is_usual = isinstance(row, dict) and row.get("id") == odd.uuid and row["title"] is not None
            is_usual = is_usual and row["signersCount"] == usual.votes_at(at) and row["signersCount"] is not True
            assert is_usual == (at < odd.since or at >= odd.until), odd
        kinds[odd.kind] += 1
    assert kinds == {"without_id": 1, "without_title": 1, "not_a_record": 1, "count": 5}


def test_texts_fields_and_people_that_nobody_foresaw_are_in_records(reads):
    names = "odd_texts,missing_fields,unknown_fields,names_in_unknown_fields"
    portal, reader = reads(100, troubles=names)
    titles = [reader.json(f"/{each.uuid}").get("title") for each in portal.truth.planted_on("particulars")]
    assert sum("\x00" in title or "\ud800" in title or "<script>" in title for title in titles if title) == 3
    assert sorted(len(each.missing) for each in portal.truth.planted_on("missing")) == [6, 7]
    for petition in portal.truth.planted_on("missing"):
        assert not petition.missing & set(reader.json(f"/{petition.uuid}"))
    hidden = set(portal.names.stems("hidden"))
    found = [
        portal.names.found_in(reader.ask(f"/{each.uuid}")[2]) & hidden for each in portal.truth.planted_on("extra")
    ]
    assert sorted(map(len, found)) == [0, 2, 2]


def test_a_great_picture_is_made_while_it_is_sent(reads):
    portal, reader = reads(60, troubles="great_cover", cover=3_000_001)
    sizes = {}
    for petition in portal.truth.planted_on("cover"):
        _, headers, body = reader.ask(f"/{petition.uuid}")
        assert len(body) == int(headers["Content-Length"])
        sizes[petition.cover] = len(json.loads(body)["cover"]["fileData"])
    assert sizes == {3_000_001: 3_000_001, 300_000: 300_000, 4_000: 4_000}


# Troubles of answers.


def test_a_forced_trouble_meets_the_next_fitting_requests_only(reads):
    portal, reader = reads(40)
    uuid = portal.truth.listed_at(portal.start)[0]
    portal.force("failing", times=2, where="record")
    found = [reader.ask(path)[0] for path in ("/short", f"/{uuid}", "/short", f"/{uuid}", f"/{uuid}")]
    assert found == [200, 500, 200, 500, 200]
    assert [each.trouble for each in portal.requests] == [None, "failing", None, "failing", None]


def test_answers_that_are_no_answer(reads):
    portal, reader = reads(40, deep_levels=2000)
    expected = {
        "html": b"<!DOCTYPE",
        "empty": b"",
        "deep": b'{"content":[[[[',
        "shapeless": b"",
        "garbled": b'{"content',
    }
    for name, beginning in expected.items():
        portal.force(name)
        status, headers, body = reader.ask("/short")
        assert status == 200
        assert body.startswith(beginning)
        assert headers["Content-Type"].startswith("text/html" if name == "html" else "application/json")
        with pytest.raises((ValueError, KeyError, TypeError, RecursionError)):
            json.loads(body)["content"]["last"]


def test_answers_that_end_too_early(reads):
    portal, reader = reads(40)
    portal.force("truncated")
    with pytest.raises(IncompleteRead):
        reader.ask("/short?size=40")
    portal.force("cut")
    _, headers, body = reader.ask("/short?size=40")
    assert headers["Content-Length"] is None
    with pytest.raises(ValueError):
        json.loads(body)


def test_answers_that_take_long_or_never_end(reads):
    portal, reader = reads(40, endless_bytes=500_000)
    for name in ("slow", "drip"):
        portal.force(name, seconds=0.01 if name == "drip" else 0.5)
        began = time.perf_counter()
        assert len(json.loads(reader.ask("/short")[2])["content"]) == 20
        assert time.perf_counter() - began > 0.4
    portal.force("endless")
    assert len(reader.ask("/short")[2]) > 400_000
    portal.force("bomb")
    _, headers, body = reader.ask("/short")
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < 200_000


def test_answers_that_ask_for_patience_or_lead_elsewhere(reads):
    portal, reader = reads(40)
    for name, status, header, value in (
        ("busy", 429, "Retry-After", "7"),
        ("unavailable", 503, "Retry-After", "7"),
        ("redirected", 302, "Location", "/login"),
    ):
        portal.force(name, **({"retry_after": 7} if value == "7" else {}))
        found, headers, _ = reader.ask("/short")
        assert (found, headers[header]) == (status, value)
    portal.force("busy", times=3)
    told = [reader.ask("/short")[1]["Retry-After"] for _ in range(3)]
    assert {"30", None} < set(told)  # And a date.


def test_answers_about_something_else(reads):
    portal, reader = reads(40)
    uuid = portal.truth.listed_at(portal.start)[0]
    portal.force("wrong_record")
    assert reader.json(f"/{uuid}")["id"] != uuid
    portal.force("unasked_304", where="record")
    assert reader.ask(f"/{uuid}")[0] == 304
    portal.force("unasked_304", where="record")
    assert reader.ask(f"/{uuid}", **{"If-None-Match": '"other"'})[0] == 200
    portal.force("wrong_clock")
    assert datetime.strptime(reader.ask("/short")[1]["Date"], "%a, %d %b %Y %H:%M:%S %Z").replace(
        tzinfo=UTC
    ).timestamp() == (portal.start + 7 * HOUR)


def test_petitions_push_the_pages_of_the_list(reads):
    portal, reader = reads(60)
    portal.force("pushed", times=9)
    seen = Counter(row["id"] for row in reader.rows("/short", 20))
    assert len(portal.truth.pushes) == 3  # Before pages 1, 2 and 3; the last exists because of them.
    doubled = [push.doubled for push in portal.truth.pushes]
    assert {uuid for uuid, times in seen.items() if times == 2} == set(doubled)
    assert len(seen) == 60
    assert {push.uuid for push in portal.truth.pushes} == {row["id"] for row in reader.rows("/short", 3)[:3]}


def test_in_an_outage_nothing_is_answered_and_a_lie_denies_everything(reads):
    portal, reader = reads(60, troubles="outage,lies")
    uuid = portal.truth.listed_at(portal.start)[0]
    (since, until), *_ = portal.truth.outages
    assert until - since == 5 * HOUR
    for at, is_answered in ((since - 1, True), (since, False), (until - 1, False), (until, True)):
        portal.clock_at(at)
        if is_answered:
            assert reader.ask("/short")[0] == 200
        else:
            with pytest.raises((RemoteDisconnected, ConnectionResetError)):
                reader.ask("/short")
    portal.clock_at(portal.truth.spans_of("lies")[0][0])
    assert [reader.ask(path)[0] for path in ("/short", f"/{uuid}", f"/{uuid}/signers")] == [404] * 3


def test_whoever_is_forbidden_stays_so(reads):
    portal, reader = reads(40)
    portal.forbid()
    assert [reader.ask("/short")[0] for _ in range(3)] == [403] * 3
    portal.allow()
    assert reader.ask("/short")[0] == 200
    portal, reader = reads(40, troubles="forbidden")
    portal.advance(HOUR)
    assert reader.ask("/short")[0] == 403


def test_each_planned_trouble_meets_some_requests_of_its_day_but_not_all(reads):
    portal, reader = reads(
        300, troubles="all,-great_cover", slow_seconds=0, drip_seconds=0, endless_bytes=1000, deep_levels=10
    )
    uuid = portal.truth.listed_at(portal.start)[0]
    for episode in portal.truth.episodes:
        if episode.since > portal.start + DAY:
            break
        portal.clock_at(episode.since)
        for _ in range(16):
            for path in (f"/{uuid}", "/short?size=10&page=1"):
                try:
                    reader.ask(path)
                except (RemoteDisconnected, ConnectionResetError, IncompleteRead):
                    pass
    met = Counter(each.trouble for each in portal.requests)
    besides = {"pushed", "wrong_clock"}
    assert {name for name in portal.troubles & {each.name for each in portal.truth.episodes}} - set(met) == besides
    assert len(portal.truth.pushes) >= 16
    assert met[None] > sum(met.values()) / 4


# Its own life.


def test_it_starts_at_once_with_thousands_of_petitions():
    began = time.perf_counter()
    with OfficialPortal(3000, troubles="all") as portal:
        assert Reader(portal).json("/short?size=100")["totalElements"] == 3000
    assert time.perf_counter() - began < 3  # A second alone on a machine.


def test_it_refuses_while_it_is_stopped_and_comes_back_at_the_same_address(reads):
    portal, reader = reads(20)
    kept = HTTPConnection(urlsplit(portal.url).netloc, timeout=5)
    kept.request("GET", PATH + "/short")
    kept.getresponse().read()
    portal.stop()
    with pytest.raises(ConnectionRefusedError):
        reader.ask("/short")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        kept.request("GET", PATH + "/short")
        kept.getresponse()
    kept.close()
    portal.started()
    assert reader.ask("/short")[0] == 200


def test_it_packs_where_it_is_told_to_and_the_reader_can_unpack(reads):
    _, reader = reads(20, packs=True)
    assert reader.ask("/short")[1]["Content-Encoding"] is None
    assert reader.ask("/short", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"


def test_it_listens_on_loopback_only(reads):
    portal, _ = reads(20)
    assert portal._server.server_address[0] == "127.0.0.1"
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5):
        pass

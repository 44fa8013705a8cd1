"""The stand-in keeps its promises: what it answers is what it says is true."""

import json
import socket
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, RemoteDisconnected
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.official_portal import OfficialPortal
from tests.official_portal.clock import DAY, HOUR
from tests.official_portal.growth import SHAPES
from tests.official_portal.portal import PATH
from tests.official_portal.reader import Reader, seconds_of

pytestmark = pytest.mark.slow

FIELDS = {
    *("id", "title", "description", "regNumber", "state", "source", "applyDate", "deadline", "signersCount"),
    *("requiredCount", "viewersCount", "lang", "cover", "files", "applicant", "organization", "location", "decision"),
}


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
    for uuid in portal.truth.listed_at(portal.start):
        record = reader.json(f"/{uuid}")
        assert set(record) == FIELDS
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
    portal, hours = OfficialPortal(300), Counter[int]()
    for petition in portal.truth.all[::10]:
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
    assert time.perf_counter() - began < 2  # Some milliseconds alone on a machine.
    assert len(page["content"]) == 100
    assert page["totalElements"] > 50_000


def test_signatures_push_the_pages_of_signers(reads):
    portal, reader = reads(60)
    petition = next(
        each for each in portal.truth.all if 0 < each.votes_at(portal.start) < each.votes_at(portal.start + DAY)
    )
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


def test_the_list_may_lag_behind_the_records(reads):
    portal, reader = reads(60, list_lag=DAY)
    counts = {row["id"]: row["signersCount"] for row in reader.rows("/short")}
    assert counts == {uuid: portal.truth.votes_at(uuid, portal.start - DAY) for uuid in counts}
    assert any(reader.json(f"/{uuid}")["signersCount"] > counts[uuid] for uuid in counts)


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


# Its own life.


def test_it_starts_at_once_with_thousands_of_petitions():
    began = time.perf_counter()
    with OfficialPortal(3000, troubles="all") as portal:
        assert Reader(portal).json("/short?size=100")["totalElements"] == 3000
    assert time.perf_counter() - began < 5  # A second alone on a machine.


def test_it_refuses_while_it_is_stopped_and_comes_back_at_the_same_address(reads):
    portal, reader = reads(20)
    kept = HTTPConnection(urlsplit(portal.url).netloc, timeout=5)
    kept.request("GET", PATH + "/short")
    kept.getresponse().read()
    portal.stop()
    with pytest.raises(ConnectionRefusedError):
        reader.ask("/short")
    kept.request("GET", PATH + "/short")
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
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


def test_the_command_tells_its_address_and_ends_by_itself():
    asked = [sys.executable, "-m", "tests.official_portal", "--port", "0", "--petitions", "150", "--for", "0.1"]
    done = subprocess.run(
        [*asked, "--troubles", "all", "--tell"], capture_output=True, check=True, timeout=30, text=True
    )
    address, *told = done.stdout.splitlines()
    assert urlsplit(address).path == PATH
    assert any("outage" in line for line in told)
    assert done.stderr == ""

"""Each trouble of answers shows on the wire."""

import json
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from http.client import IncompleteRead, RemoteDisconnected

import pytest

from tests.official_portal.clock import DAY, HOUR

pytestmark = pytest.mark.slow


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
        portal.force(name, seconds=0.005 if name == "drip" else 0.5)
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
        for step in range(16):
            portal.clock_at(episode.since + step * (episode.until - episode.since) // 16)
            for path in (f"/{uuid}", "/short?size=10&page=1"):
                with suppress(RemoteDisconnected, ConnectionResetError, IncompleteRead):
                    reader.ask(path)
    met = Counter(each.trouble for each in portal.requests)
    besides = {"pushed", "wrong_clock"}
    assert {each.name for each in portal.truth.episodes} - set(met) == besides
    assert len(portal.truth.pushes) >= 16
    assert met[None] > sum(met.values()) / 4

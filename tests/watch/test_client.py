"""The manners of the reader: who it says it is, how fast it asks, when it asks again and when it stops."""

import gzip
import json
import socket
import ssl
import time
import tomllib
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from urllib3.connection import HTTPSConnection

from portal.domain.official import Forbidden, Unreachable
from portal.watch import interface, transport
from portal.watch.client import LONGEST_WAIT_S
from portal.watch.reader import OfficialPortal
from tests.watch.conftest import ADDRESS, CONTACT, respond

pytestmark = pytest.mark.slow

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
LIST = json.dumps({"content": [], "last": True}).encode()
RECORD = json.dumps({"id": UUID, "title": "Т"}).encode()


def trouble_of(call):
    with pytest.raises(Unreachable) as caught:
        call()
    return caught.value.trouble


def test_every_request_says_who_asks(raw, reader):
    server = raw(respond(LIST))
    reader(server.url).list_page(3, 50)
    asked = server.asked[0]
    assert asked.startswith("GET /api/short?size=50&page=3 HTTP/1.1\r\n")
    assert f"User-Agent: Qadam/{interface.VERSION} (+{ADDRESS}; {CONTACT})\r\n" in asked
    assert "Accept: application/json\r\n" in asked
    assert "Cookie" not in asked


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["version"] == interface.VERSION


@pytest.mark.parametrize("contact", ["", "  "])
def test_nobody_reads_without_a_contact(contact):
    with pytest.raises(ValueError, match="reached"):
        OfficialPortal("http://127.0.0.1:1/api", contact)


@pytest.mark.parametrize("url", ["ftp://x/api", "file:///etc/passwd", "http://user:word@x/api", "x", ""])
def test_an_address_that_is_none_of_the_web_is_refused(url):
    with pytest.raises(ValueError):
        OfficialPortal(url, CONTACT)


def test_a_contact_cannot_write_headers_of_its_own(raw, reader, waits):
    server = raw(respond(LIST))
    portal = OfficialPortal(server.url, "a@b\r\nX-Own: 1\r\n\r\n", 0, 5, sleep=waits.append)
    portal.list_page(0)
    portal.close()
    assert "\nX-Own" not in server.asked[0]


def test_requests_follow_one_another_after_a_pause_on_one_connection(raw, reader, waits):
    server = raw(respond(LIST), respond(LIST), respond(LIST))
    at = datetime(2026, 9, 1, tzinfo=UTC)
    portal = reader(server.url, pause=1.5, now=lambda: at)
    for page in range(3):
        portal.list_page(page)
    assert waits == [1.5, 1.5]
    assert portal.requests == 3


def test_time_spent_otherwise_is_part_of_the_pause(raw, reader, waits):
    server, times = raw(respond(LIST), respond(LIST)), [datetime(2026, 9, 1, tzinfo=UTC)]
    portal = reader(server.url, pause=2, now=lambda: times[0])
    portal.list_page(0)
    times[0] += timedelta(seconds=1.5)
    portal.list_page(1)
    assert waits == [0.5]


@pytest.mark.parametrize("first", [respond(b"{}", 500), respond(b"", 502), respond(b"", 429), respond(b'{"a":')])
def test_a_passing_trouble_is_asked_about_again_and_counted(raw, reader, waits, first):
    portal = reader(raw(first, respond(LIST)).url)
    assert portal.list_page(0).is_last
    assert portal.requests == 2
    assert sum(portal.troubles.values()) == 1
    assert 0 <= waits[0] <= 4


def test_what_stays_wrong_is_asked_three_times(raw, reader, waits):
    portal = reader(raw(*[respond(b"", 502)] * 4).url)
    trouble = trouble_of(lambda: portal.list_page(0))
    assert (trouble.code, trouble.status, trouble.path) == ("http_error", 502, "/api/short")
    assert portal.requests == 3
    assert portal.troubles == {"http_error": 3}


def test_the_waits_between_tries_differ():
    drawn = {OfficialPortal("http://h/", CONTACT)._client._manners.draw(0, 1000) for _ in range(20)}
    assert len(drawn) > 1


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 405, 451])
def test_what_asking_again_cannot_mend_is_asked_once_and_no_redirect_is_followed(raw, reader, status):
    server = raw(respond(b"", status, Location="http://127.0.0.1:9/elsewhere"))
    portal = reader(server.url)
    assert trouble_of(lambda: portal.list_page(0)).status == status
    assert len(server.asked) == 1


def test_a_refusal_ends_all_asking(raw, reader):
    server = raw(respond(b"{}", 403), respond(LIST))
    portal = reader(server.url)
    for _ in range(2):
        with pytest.raises(Forbidden) as caught:
            portal.list_page(0)
        assert caught.value.trouble.code == "refused"
    assert len(server.asked) == 1


@pytest.mark.parametrize(("status", "code"), [(429, "busy"), (503, "http_error")])
def test_the_wait_that_is_asked_for_is_kept(raw, reader, waits, status, code):
    portal = reader(raw(respond(b"", status, Retry_After="37"), respond(LIST)).url)
    portal.list_page(0)
    assert waits[0] == 37
    assert portal.troubles == {code: 1}


def test_a_wait_until_an_instant_is_reckoned_by_the_portals_own_clock(raw, reader, waits):
    told = {"Date": "Tue, 01 Sep 2026 10:00:00 GMT", "Retry_After": "Tue, 01 Sep 2026 10:01:00 GMT"}
    reader(raw(respond(b"", 429, **told), respond(LIST)).url).list_page(0)
    assert waits[0] == 60


@pytest.mark.parametrize("wait", [str(int(LONGEST_WAIT_S) + 1), "9" * 400, "Tue, 01 Sep 2099 10:00:00 GMT"])
def test_a_portal_that_wants_a_long_rest_is_left_alone(raw, reader, waits, wait):
    server = raw(respond(b"", 503, Retry_After=wait), respond(LIST))
    portal = reader(server.url)
    for _ in range(2):
        assert trouble_of(lambda: portal.list_page(0)).code == "busy"
    assert len(server.asked) == 1
    assert waits == []


@pytest.mark.parametrize("wait", ["", "soon", "-5", "1.5", "Tue, 99 Sep 2026"])
def test_a_wait_that_cannot_be_read_is_none(raw, reader, waits, wait):
    reader(raw(respond(b"", 429, Retry_After=wait), respond(LIST)).url).list_page(0)
    assert waits[0] <= 4


def test_nobody_there_is_a_trouble_of_the_connection(reader):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    portal = reader(f"http://127.0.0.1:{port}/api")
    assert trouble_of(lambda: portal.list_page(0)).code == "connection"
    assert portal.requests == 3


def test_a_connection_that_was_closed_meanwhile_is_made_again(raw, reader):
    def once(connection):
        connection.sendall(respond(LIST))
        connection.close()

    portal = reader(raw(once, respond(LIST)).url)
    portal.list_page(0)
    time.sleep(0.05)
    portal.list_page(1)
    assert portal.requests == 2
    assert not portal.troubles


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + LIST,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"con",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"con",
        b"HTTP/1.1 200 OK\r\n\r\n{\"content\":[",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"",
    ],
)  # fmt: skip
def test_an_answer_that_breaks_off_is_asked_for_again(raw, reader, answer):
    def broken(connection):
        connection.sendall(answer)
        connection.close()

    portal = reader(raw(broken, respond(LIST)).url)
    assert portal.list_page(0).is_last
    assert set(portal.troubles) <= {"truncated", "connection"}
    assert portal.requests == 2


def test_an_answer_that_drips_is_cut_off_in_time(raw, reader):
    def drip(connection):
        connection.sendall(b'HTTP/1.1 200 OK\r\n\r\n{"a":"')
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.05)

    def drip_headers(connection):
        for _ in range(100):
            connection.sendall(b"HTTP/1.1 200 OK\r\n"[_ % 17 : _ % 17 + 1] if _ < 17 else b"X")
            time.sleep(0.05)

    portal = reader(raw(drip, drip_headers, drip).url, deadline_s=0.4)
    begun = time.monotonic()
    assert trouble_of(lambda: portal.list_page(0)).code == "timeout"
    assert time.monotonic() - begun < 3
    assert portal.troubles == {"timeout": 3}


def test_a_portal_that_says_nothing_is_not_waited_for_for_ever(raw, waits):
    server = raw(*[lambda connection: time.sleep(1)] * 3)
    portal = OfficialPortal(server.url, CONTACT, 0, 0.2, sleep=waits.append)
    assert trouble_of(lambda: portal.list_page(0)).code == "timeout"
    portal.close()


def test_packed_answers_are_unpacked(raw, reader):
    assert reader(raw(respond(gzip.compress(LIST), Content_Encoding="gzip")).url).list_page(0).is_last


BROKEN_OFF = gzip.compress(LIST, mtime=0)[:-9]


@pytest.mark.parametrize("packed", [BROKEN_OFF, b"nonsense", b""], ids=["broken off", "nonsense", "nothing"])
def test_an_answer_that_is_badly_packed_is_a_trouble(raw, reader, packed):
    portal = reader(raw(*[respond(packed, Content_Encoding="gzip")] * 3).url)
    assert trouble_of(lambda: portal.list_page(0)).code == "truncated"


def test_another_packing_than_was_asked_for_is_not_expected(raw, reader):
    portal = reader(raw(respond(zlib.compress(LIST), Content_Encoding="br")).url)
    assert trouble_of(lambda: portal.list_page(0)).code == "not_expected"


def test_a_small_answer_that_unpacks_to_too_much_is_cut_off(raw, reader, monkeypatch):
    monkeypatch.setattr(transport, "LONGEST", 20_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(b'{"fileData":"') + b"".join(packer.compress(b"A" * 1_000_000) for _ in range(25))
    portal = reader(raw(respond(bomb + packer.flush(), Content_Encoding="gzip")).url)
    assert trouble_of(lambda: portal.list_page(0)).code == "too_large"
    assert portal.requests == 1


def test_an_answer_that_is_too_large_is_cut_off(raw, reader):
    portal = reader(raw(respond(b'{"a":"' + b"x" * transport.LARGEST + b'"}')).url)
    assert trouble_of(lambda: portal.list_page(0)).code == "too_large"


@pytest.mark.parametrize(
    "body", [b"<!doctype html><p>", b"  <html>", b"Bad gateway", b'"a"', b"7", b"\xff\xfe{\x00}\x00"]
)
def test_a_page_for_people_is_no_json(raw, reader, body):
    portal = reader(raw(respond(body)).url)
    assert trouble_of(lambda: portal.list_page(0)).code == "not_json"
    assert portal.troubles == {"not_json": 1}


@pytest.mark.parametrize("body", [b"{}", b'{"content":{}}', b'{"content":null}', b'{"error":"x"}'])
def test_a_page_without_rows_is_not_expected(raw, reader, body):
    assert trouble_of(lambda: reader(raw(respond(body)).url).list_page(0)).code == "not_expected"


@pytest.mark.parametrize("body", [b"[]", b"{} x", b'{"content":[]', b'{"a":\xff}', b"[" * 100_000, b'{"a":' * 1000])
def test_what_is_no_object_is_no_page(raw, reader, body):
    portal = reader(raw(*[respond(body)] * 3).url)
    assert trouble_of(lambda: portal.list_page(0)).code in {"not_json", "truncated"}


def test_the_portals_clock_is_compared_with_ours(raw, reader):
    at = datetime(2026, 9, 1, 10, 0, 0, 900_000, tzinfo=UTC)
    dates = ("Tue, 01 Sep 2026 10:00:07 GMT", "Tue, 01 Sep 2026 10:00:09 GMT", "Tue, 01 Sep 2026 17:00:00 GMT", "soon")
    portal = reader(raw(*[respond(LIST, Date=date) for date in dates]).url, now=lambda: at)
    assert portal.skew is None
    for page in range(4):
        portal.list_page(page)
    assert portal.skew == 9


def test_no_cookie_is_kept(raw, reader):
    server = raw(respond(RECORD, Set_Cookie="track=me"), respond(RECORD))
    portal = reader(server.url)
    found = portal.read(UUID)
    portal.read(UUID)
    assert "track" not in server.asked[1]
    assert b"track" not in gzip.decompress(found.evidence)


def test_proxies_of_the_environment_are_not_used(raw, reader, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert reader(raw(respond(LIST)).url).list_page(0).is_last


def test_a_certificate_is_checked_with_the_systems_roots(monkeypatch):
    portal = OfficialPortal("https://127.0.0.1:9/api", CONTACT)
    connection = portal._client._transport._made()
    assert isinstance(connection, HTTPSConnection)
    assert connection.ssl_context.verify_mode is ssl.CERT_REQUIRED
    assert connection.ssl_context.check_hostname
    assert connection.cert_reqs == ssl.CERT_REQUIRED

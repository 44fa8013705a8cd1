"""Public pages are kept: a hit is what a miss was, and nothing old or strange is ever shown."""

import gzip
import shutil
import socketserver
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import brotli
import pytest
import time_machine
from flask import Response, session

from portal import create_app
from portal.db import writing
from portal.domain.texts import LANGUAGES
from portal.services import audit
from portal.web.cache import LARGEST, MOST, Page
from portal.web.compression import compressed
from tests.fixtures.record import close

pytestmark = pytest.mark.slow
"""Every page and every language again: for the whole run."""

PAGE = "/kk/petitions/2"
CHROMIUM = {"Accept-Encoding": "gzip, deflate, br, zstd"}
NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.fixture
def keeping(as_deployed):
    """An application that keeps its pages, and keeps none yet."""
    as_deployed.extensions["pages"].store.clear()
    return as_deployed


@pytest.fixture
def client(keeping):
    return keeping.test_client()


def kept(app):
    """Return how many pages are kept."""
    return len(app.extensions["pages"].store._cache)


@pytest.fixture
def made(monkeypatch, keeping):
    """The endpoints that were asked to make a page, in order."""
    asked = []
    for endpoint, view in list(keeping.view_functions.items()):

        def noting(*args, _endpoint=endpoint, _view=view, **values):
            asked.append(_endpoint)
            return _view(*args, **values)

        monkeypatch.setitem(keeping.view_functions, endpoint, noting)
    return asked


def text_of(answer):
    """Return the page as a browser sees it, whatever its encoding."""
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    return undo[answer.headers.get("Content-Encoding")](answer.data).decode()


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity", None])
def test_a_hit_is_what_the_miss_was(client, made, encoding):
    headers = {} if encoding is None else {"Accept-Encoding": encoding}
    with time_machine.travel(NOON, tick=False):
        miss = client.get("/en/petitions?sort=due", headers=headers)
        hit = client.get("/en/petitions?sort=due", headers=headers)
    assert made == ["public.petition_list"]
    assert sorted(hit.headers) == sorted(miss.headers)
    assert (hit.status_code, hit.data) == (200, miss.data)
    assert hit.headers.get("Content-Encoding") == (None if encoding in {"identity", None} else encoding)
    assert hit.headers["Content-Length"] == str(len(hit.data))
    assert "default-src 'none'" in hit.headers["Content-Security-Policy"]


def test_what_strangers_can_make_up_is_compressed_quickly_and_what_many_read_thoroughly(client):
    plain = client.get("/kk/how-it-works?on=2024-05-01", headers=CHROMIUM)
    assert plain.data == compressed(text_of(plain).encode(), "br")
    popular = client.get("/kk/how-it-works", headers=CHROMIUM)
    assert popular.data == compressed(text_of(popular).encode(), "br", thoroughly=True)


def test_a_page_that_is_kept_equals_the_page_without_a_cache(client, served):
    plain = served.test_client()
    for path in ("/kk/", "/ru/petitions/3", "/en/petitions?stage=review&sort=due", "/en/how-it-works?on=2024-05-01"):
        client.get(path, headers=CHROMIUM)
        assert text_of(client.get(path, headers=CHROMIUM)) == plain.get(path).get_data(as_text=True)


def test_a_change_of_the_record_shows_at_once(shipped_path, tmp_path):
    path = shutil.copy(shipped_path, tmp_path / "portal.sqlite")
    app = create_app({"database_url": f"sqlite:///{path}"})
    before = app.test_client().get("/en/changes", headers=CHROMIUM)
    with app.app_context(), writing():
        reason = "A sentence that nobody wrote before."
        audit.append("petition.corrected", "petition/1", by="register", reason=reason)
    after = app.test_client().get("/en/changes", headers=CHROMIUM)
    close(app)
    assert "A sentence that nobody wrote before." not in text_of(before)
    assert "A sentence that nobody wrote before." in text_of(after)
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_new_day_in_kazakhstan_is_a_new_page(client, made):
    with time_machine.travel(datetime(2026, 11, 22, 18, 59, 30, tzinfo=UTC), tick=False):
        evening = client.get(PAGE)
    with time_machine.travel(datetime(2026, 11, 22, 19, 0, 1, tzinfo=UTC), tick=False):
        morning = client.get(PAGE)
    assert made == ["public.petition"] * 2
    assert evening.headers["Cache-Control"].startswith("public, max-age=30, stale-while-revalidate=0,")
    assert morning.headers["Cache-Control"].startswith("public, max-age=60, stale-while-revalidate=600,")
    assert "2026 жылғы 23 қараша" in text_of(morning)
    assert "2026 жылғы 23 қараша" not in text_of(evening)


def test_what_the_browser_has_is_not_sent_again(client, made):
    first = client.get(PAGE, headers=CHROMIUM)
    for headers in (CHROMIUM, {}, {"Accept-Encoding": "gzip"}):
        again = client.get(PAGE, headers={**headers, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "max-age" in again.headers["Cache-Control"]
        assert "Accept-Encoding" in again.headers["Vary"]
    assert client.get(PAGE, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_languages_do_not_mix(client):
    for _ in range(2):
        for lang in LANGUAGES:
            answer = client.get(f"/{lang}/petitions/1", headers={**CHROMIUM, "Accept-Language": "en"})
            assert f'<html lang="{lang}">' in text_of(answer)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity;q=1, br;q=0.5", None),
        ("zstd", None),
        ("*", "br"),
        ("", None),
        ("br;q=many, " + "x," * 1000, None),
    ],
)
def test_encodings_do_not_mix(client, accepted, encoding):
    for asked in ("br", "gzip", "identity"):
        client.get(PAGE, headers={"Accept-Encoding": asked})
    answer = client.get(PAGE, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert text_of(answer).startswith("<!doctype html>")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_links_that_messengers_decorated_share_the_page_and_leave_no_trace_in_it(client, made):
    clean = client.get("/ru/petitions?stage=review")
    for query in ("stage=review&utm_source=somebody", "fbclid=somebody&stage=review"):
        decorated = client.get(f"/ru/petitions?{query}")
        assert decorated.data == clean.data
    first = client.get("/ru/how-it-works?utm_source=somebody&on=2024-05-01")
    assert "somebody" not in text_of(first)
    assert made == ["public.petition_list", "public.how_it_works"]


def test_the_first_of_two_values_stays_the_first(client):
    pages = [text_of(client.get(f"/en/how-it-works?on={a}&on={b}")) for a, b in (("2024-05-01", "2026-05-01"),) * 2]
    other = text_of(client.get("/en/how-it-works?on=2026-05-01&on=2024-05-01"))
    assert pages[0] == pages[1] != other


def test_the_name_by_which_we_are_called_does_not_matter(client, made):
    ours = client.get(PAGE)
    theirs = client.get(PAGE, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert theirs.data == ours.data
    assert made == ["public.petition"]
    assert "evil.example" not in text_of(client.get("/ru/about", headers={"Host": "evil.example"}))


def test_asking_for_the_head_alone_gives_the_same_headers(client, made):
    with time_machine.travel(NOON, tick=False):
        head = client.head("/en/petitions?sort=due", headers=CHROMIUM)
        whole = client.get("/en/petitions?sort=due", headers=CHROMIUM)
    assert head.data == b""
    assert sorted(head.headers) == sorted(whole.headers)
    assert made == ["public.petition_list"]


@pytest.mark.parametrize(
    "path", ["/kk/petitions/999", "/kk/petitions?colour=green", "/kk/petitions?stage=", "/kk/nothing-here", "/"]
)
def test_refusals_and_redirections_are_not_kept(keeping, client, path):
    answer = client.get(path, headers=CHROMIUM)
    assert answer.status_code != 200
    assert kept(keeping) == 0
    if answer.status_code >= 400:
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_made_for_one_reader_is_not_kept(keeping, client, monkeypatch):
    def with_session(**_values):
        session["name"] = "Aliya"
        return Response("x" * 1000)

    def with_cookie(**_values):
        answer = Response("x" * 1000)
        answer.set_cookie("name", "Aliya")
        return answer

    def streamed(**_values):
        return Response(iter(["x" * 1000]))

    def forbidden(**_values):
        return Response("x" * 1000, headers={"Cache-Control": "no-store"})

    for view in (with_session, with_cookie, streamed, forbidden):
        monkeypatch.setitem(keeping.view_functions, "public.about", view)
        answer = client.get("/kk/about", headers=CHROMIUM)
        assert answer.status_code == 200
        assert "ETag" not in answer.headers
        assert "public" not in answer.headers.get("Cache-Control", "")
        assert kept(keeping) == 0


def test_what_depends_on_another_header_is_not_kept(keeping, client, monkeypatch):
    def by_language(**_values):
        return Response("x" * 1000, headers={"Vary": "Accept-Language"})

    monkeypatch.setitem(keeping.view_functions, "public.about", by_language)
    answer = client.get("/kk/about", headers=CHROMIUM)
    assert set(answer.headers["Vary"].split(", ")) == {"Accept-Language", "Accept-Encoding"}
    assert kept(keeping) == 0


def test_strangers_fill_only_so_much_memory(keeping, client, monkeypatch):
    monkeypatch.setitem(keeping.view_functions, "public.about", lambda: Response(bytes(LARGEST + 1), mimetype="x/y"))
    client.get("/kk/about")
    assert kept(keeping) == 0
    store = keeping.extensions["pages"].store
    for number in range(2 * MOST):
        store.set(str(number), b"")
    assert kept(keeping) <= MOST + 1


def test_many_at_once_get_one_page(keeping):
    def ask(number):
        path = (PAGE, "/ru/petitions/3", "/en/petitions")[number % 3]
        return path, text_of(keeping.test_client().get(path, headers=CHROMIUM))

    with ThreadPoolExecutor(4) as readers:
        answers = set(readers.map(ask, range(24)))
    assert len(answers) == 3


def test_the_interface_for_programs_is_validated_and_compressed_but_not_kept(keeping, client):
    first = client.get("/api/v1/petitions/1", headers=CHROMIUM)
    assert first.headers["Content-Encoding"] == "br"
    assert {"Accept-Encoding", "Accept-Language"} <= set(first.headers["Vary"].split(", "))
    assert client.get("/api/v1/petitions/1", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert kept(keeping) == 0


def test_no_page_is_kept_where_none_shall_be(served):
    client = served.test_client()
    first = client.get(PAGE, headers=CHROMIUM)
    assert first.headers["Content-Encoding"] == "br"
    assert client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


# Redis


class SmallRedis(socketserver.ThreadingTCPServer):
    """As much of a Redis as keeping pages takes."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.held = {}
        self.lasting = []


class Conversation(socketserver.StreamRequestHandler):
    """What one client asks."""

    server: SmallRedis

    def handle(self):
        while line := self.rfile.readline():
            words = []
            for _ in range(int(line[1:])):
                size = int(self.rfile.readline()[1:])
                words.append(self.rfile.read(size + 2)[:-2])
            self.wfile.write(self.answer(words))

    def answer(self, words):
        command, *rest = words
        if command == b"SET":
            self.server.held[rest[0]] = rest[1]
            self.server.lasting.append(rest[2:])
            return b"+OK\r\n"
        if command == b"GET":
            found = self.server.held.get(rest[0])
            return b"$-1\r\n" if found is None else b"$%d\r\n%s\r\n" % (len(found), found)
        return b"%1\r\n$5\r\nproto\r\n:3\r\n" if command == b"HELLO" else b"+OK\r\n"


@contextmanager
def redis():
    """Run it and give its address and itself."""
    with SmallRedis() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"redis://127.0.0.1:{server.server_address[1]}/0", server
        server.shutdown()
        thread.join()


def test_several_machines_share_their_pages_and_no_release_shows_anothers(shipped_path):
    with redis() as (address, server):
        apps = [
            create_app({"database_url": f"sqlite:///{shipped_path}", "cache_url": address, "contact": contact})
            for contact in ("", "", "post@qadam.example")
        ]
        answers = [app.test_client().get(PAGE, headers={"Accept-Encoding": "gzip"}) for app in apps]
        for app in apps:
            app.extensions["pages"].store._read_client.close()
            close(app)
    assert len({text_of(answer) for answer in answers}) == 1
    assert len(server.held) == 2
    assert len(server.lasting) == 2
    assert {tuple(each) for each in server.lasting} == {(b"EX", b"600")}
    assert all(Page.from_bytes(each).encoding == "gzip" for each in server.held.values())


def test_without_its_redis_the_portal_is_slower_and_nothing_else(shipped_path, caplog):
    with redis() as (address, _server):
        pass
    app = create_app({"database_url": f"sqlite:///{shipped_path}", "cache_url": address})
    answer = app.test_client().get(PAGE)
    close(app)
    assert answer.status_code == 200
    assert "does not answer" in caplog.text
    assert "127.0.0.1" not in caplog.text

"""Static files are asked for once: their address holds a digest of them all, and they come compressed."""

import gzip
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from flask import url_for

from portal import create_app
from portal.web import static
from portal.web.headers import HEADERS


@pytest.fixture
def client(as_deployed):
    return as_deployed.test_client()


def address_of(app, filename):
    with app.test_request_context():
        return url_for("static", filename=filename)


def test_pages_name_files_by_their_digest(client):
    page = client.get("/kk/").get_data(as_text=True)
    found = re.findall(r'href="(/static/[^"]+)"', page)
    assert found
    for address in found:
        assert re.fullmatch(r"/static/[0-9a-f]{12}/.+", address)
        with client.get(address) as answer:
            assert answer.status_code == 200


def test_another_content_or_name_is_another_digest(tmp_path):
    (tmp_path / "css").mkdir()
    file = tmp_path / "css" / "a.css"
    file.write_text("a{}")
    first = static.digest_of(tmp_path)
    assert re.fullmatch(r"[0-9a-f]{12}", first)
    assert static.digest_of(tmp_path) == first
    file.write_text("b{}")
    second = static.digest_of(tmp_path)
    file.rename(tmp_path / "css" / "b.css")
    assert len({first, second, static.digest_of(tmp_path)}) == 3


def test_the_digest_is_made_in_an_instant():
    start = time.process_time()
    static.digest_of(static.FILES)
    assert time.process_time() - start < 0.02


@pytest.mark.parametrize(("encoding", "undo"), [("br", brotli.decompress), ("gzip", gzip.decompress), (None, bytes)])
def test_a_style_sheet_comes_compressed_and_for_good(as_deployed, client, encoding, undo):
    headers = {"Accept-Encoding": "gzip, deflate, br, zstd" if encoding == "br" else encoding} if encoding else {}
    with client.get(address_of(as_deployed, "css/qadam.css"), headers=headers) as answer:
        assert undo(answer.data) == (static.FILES / "css" / "qadam.css").read_bytes()
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
        assert answer.headers["Vary"] == "Accept-Encoding"
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert "Access-Control-Allow-Origin" not in answer.headers
        etag = answer.headers["ETag"]
    with client.get(address_of(as_deployed, "css/qadam.css"), headers={"If-None-Match": etag}) as again:
        assert again.status_code == 304


def test_a_typeface_is_sent_as_it_is(as_deployed, client):
    for file in sorted(static.FILES.rglob("*.woff2")):
        name = file.relative_to(static.FILES).as_posix()
        with client.get(address_of(as_deployed, name), headers={"Accept-Encoding": "br"}) as answer:
            assert answer.headers["Content-Type"] == "font/woff2"
            assert "Content-Encoding" not in answer.headers
            assert answer.data == file.read_bytes()


def test_a_page_of_another_release_is_sent_to_the_file_as_it_is_now(as_deployed, client):
    answer = client.get("/static/0123456789ab/css/qadam.css")
    assert (answer.status_code, answer.headers["Location"]) == (302, address_of(as_deployed, "css/qadam.css"))
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("where", ["0123456789ab", static.digest()])
@pytest.mark.parametrize("name", ["css/no-such-file.css", "../wsgi.py", "..%2fwsgi.py", "css", "css/qadam.css.br"])
def test_what_is_not_there_is_not_found(client, where, name):
    assert client.get(f"/static/{where}/{name}").status_code == 404


@pytest.mark.slow
def test_copies_are_made_once_however_many_servers_start(tmp_path):
    apps = [create_app({"database_url": f"sqlite:///{tmp_path / 'none.sqlite'}"}) for _ in range(4)]
    for app in apps:
        app.instance_path = str(tmp_path)
    with ThreadPoolExecutor(4) as servers:
        list(servers.map(static.prepare, apps))
    assert [path.name for path in (tmp_path / "static").iterdir()] == [static.digest()]
    with apps[0].test_client().get(address_of(apps[0], "css/qadam.css"), headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"


@pytest.mark.slow
def test_only_the_copies_of_the_last_releases_stay(tmp_path):
    app = create_app({"database_url": f"sqlite:///{tmp_path / 'none.sqlite'}"})
    app.instance_path = str(tmp_path)
    for age, name in enumerate("abcde"):
        (tmp_path / "static" / name).mkdir(parents=True)
        os.utime(tmp_path / "static" / name, (1_700_000_000 - age, 1_700_000_000 - age))
    static.prepare(app)
    assert {path.name for path in (tmp_path / "static").iterdir()} == {"a", "b", static.digest()}

"""Evidence: one exchange as a WARC file that checks out, says what it lacks, and is the same whenever it is made."""

import gzip
import json
import socket
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from portal.services.kept_files import kind_of
from portal.watch import interface
from tests.watch.conftest import respond

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
AT = datetime(2026, 9, 1, 10, tzinfo=UTC)
RECORD = {
    "id": UUID,
    "title": "Тақырып",
    "applicant": {"firstName": "Ертегіхан"},
    "cover": {"fileId": "c", "fileData": "QUJD"},
    "editedBy": "Сказослав",
}
HEADERS = {"Date": "Tue, 01 Sep 2026 10:00:00 GMT", "ETag": '"a"', "Set_Cookie": "x=y", "X_Trace": "host-1"}


@pytest.fixture
def found(raw, reader):
    """Read a record at a known time."""
    server = raw(*[respond(json.dumps(RECORD).encode(), **HEADERS)] * 2)
    return reader(server.url, now=lambda: AT).read(UUID)


def records(warc):
    return {each.rec_type: (each, each.content_stream().read()) for each in ArchiveIterator(BytesIO(warc))}


def test_every_digest_is_right(found, tmp_path):
    path = tmp_path / "evidence.warc.gz"
    path.write_bytes(found.evidence)

    class Arguments:
        inputs, verbose = [str(path)], False

    assert Checker(Arguments).process_all() == 0


def test_an_altered_file_fails(found, tmp_path):
    path = tmp_path / "evidence.warc"
    path.write_bytes(gzip.decompress(found.evidence).replace("Тақырып".encode(), "Тақырыб".encode()))

    class Arguments:
        inputs, verbose = [str(path)], False

    assert Checker(Arguments).process_all() == 1


def test_it_is_a_file_that_is_kept(found):
    assert kind_of(found.evidence) == "application/warc+gzip"


def test_it_has_the_request_and_what_remained_of_the_answer(found):
    told = records(found.evidence)
    assert list(told) == ["warcinfo", "request", "response", "metadata"]
    response, body = told["response"]
    assert body == json.dumps(
        {"id": UUID, "title": "Тақырып", "cover": {"fileId": "c", "fileData": ""}},
        ensure_ascii=False, separators=(",", ":"),
    ).encode()  # fmt: skip
    assert sha256(body).hexdigest() == found.sha256
    assert response.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{found.sha256}"
    assert response.rec_headers.get_header("WARC-Target-URI") == found.url
    assert response.rec_headers.get_header("WARC-Date") == "2026-09-01T10:00:00Z"
    assert response.http_headers.get_header("Etag") == '"a"'
    request, _ = told["request"]
    assert {name for name, _ in request.http_headers.headers} == {"Host", "User-Agent", "Accept", "Accept-Encoding"}


def test_it_says_what_was_taken_out(found):
    told = records(found.evidence)["metadata"][1].decode()
    assert "removed-field: applicant\r\n" in told
    assert "removed-field: editedBy\r\n" in told
    assert "removed-inline-file-bytes: 4\r\n" in told
    assert f"software: Qadam/{interface.VERSION}" in records(found.evidence)["warcinfo"][1].decode()


@pytest.mark.parametrize("secret", ["Ертегіхан", "Сказослав", "QUJD", "x=y", "host-1", socket.gethostname()])
def test_it_has_no_name_no_file_no_cookie_and_no_machine(found, secret):
    assert secret not in gzip.decompress(found.evidence).decode()


def test_the_same_exchange_gives_the_same_bytes(raw, reader):
    server = raw(*[respond(json.dumps(RECORD).encode(), **HEADERS)] * 2)
    portal = reader(server.url, now=lambda: AT)
    assert portal.read(UUID).evidence == portal.read(UUID).evidence


def test_of_an_absence_the_answer_is_kept_without_its_body(raw, reader):
    found = reader(raw(respond(b'{"fio":"Ertegi"}', 404)).url, now=lambda: AT).read(UUID)
    told = records(found.evidence)
    assert told["response"][0].http_headers.get_statuscode() == "404"
    assert told["response"][1] == b""
    assert found.sha256 is None

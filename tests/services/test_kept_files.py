"""Copies of sources: known by what they hold, kept under their digest, whole or not at all."""

import gzip
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from portal.db import db
from portal.domain.refusals import FileEmpty, FileKindUnknown, FileTooLarge
from portal.models import KeptFile, Source
from portal.services import kept_files, register
from portal.services.kept_files import Copy, Fault, Folder
from portal.services.register_format import SourceIn

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def app(shipped, tmp_path):
    shipped.extensions["settings"] = replace(shipped.extensions["settings"], files=str(tmp_path / "files"))
    return shipped


@pytest.fixture
def folder(app):
    return Folder(Path(app.extensions["settings"].files))


@pytest.fixture
def record(folder):
    return lambda content: keep(folder, content)


def keep(folder, content, **facts):
    source = SourceIn(id="https://example.kz/a", publisher="Example", **facts)
    return register.put("sources", source, by="editor-1", copy=Copy(content, folder), reason="A copy.")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"WARC/1.1\r\nWARC-Type: response", "application/warc"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: response", mtime=0), "application/warc+gzip"),
        (b"\xef\xbb\xbf<!-- saved -->\n<!DOCTYPE html><title>", "text/html"),
        ("<html><p>Петиция".encode("cp1251"), "text/html"),
        ("Петиция әрі жауабы\n".encode(), "text/plain"),
        (gzip.compress(b"anything else", mtime=0), None),
        (b"MZ\x90\0\x03", None),
        (b"PK\x03\x04", None),
        (b"\x1f\x8bnot gzip at all", None),
        ("Петиция".encode("cp1251"), None),
        (b"text with a NUL\0", None),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
    ],
)
def test_a_file_is_known_by_what_it_holds(content, kind):
    assert kept_files.kind_of(content) == kind


def test_a_copy_stands_under_its_digest_and_is_spoken_of_by_one_row(app, folder, record):
    record(PDF)
    digest = sha256(PDF).hexdigest()
    assert folder.path_of(digest).read_bytes() == PDF
    row = db.session.get_one(KeptFile, digest)
    source = db.session.query(Source).filter_by(key="https://example.kz/a").one()
    assert (row.media_type, row.size, row.kept_in) == ("application/pdf", len(PDF), source.recorded_in)
    assert source.sha256 == digest
    assert kept_files.name_of(row) == f"{digest[:12]}.pdf"
    assert list(folder.check()) == []


def test_two_sources_may_share_one_copy(app, folder, record):
    record(PDF)
    other = SourceIn(id="https://example.kz/b", publisher="Example")
    register.put("sources", other, by="editor-1", copy=Copy(PDF, folder))
    assert db.session.query(KeptFile).count() == 1


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", FileEmpty), (b"MZ\x90\0", FileKindUnknown), (b"%PDF-" + b"a" * kept_files.LARGEST, FileTooLarge)],
)
def test_what_is_refused_leaves_neither_file_nor_row(app, folder, record, content, refusal):
    with pytest.raises(refusal):
        record(content)
    assert not folder.path.exists() or not any(folder.path.rglob("*.*"))
    assert db.session.query(Source).filter_by(key="https://example.kz/a").count() == 0


def test_the_check_names_what_is_missing_altered_and_spoken_of_by_nothing(app, folder, record):
    record(PDF)
    digest = sha256(PDF).hexdigest()
    path = folder.path_of(digest)
    path.write_bytes(PDF + b"altered")
    orphan = folder.store(b"an orphan\n")
    unfinished = path.with_name(".abc.part")
    unfinished.write_bytes(b"%PDF")
    faults = dict(folder.check())
    assert faults[Fault.ALTERED] == digest
    assert faults[Fault.ORPHAN].replace("/", "") == orphan.sha256
    assert faults[Fault.UNFINISHED].endswith(".part")
    told = app.test_cli_runner().invoke(args=["files", "check"])
    assert (told.exit_code, digest in told.output) == (1, True)
    path.unlink()
    assert (Fault.MISSING, digest) in folder.check()


def test_a_kill_before_the_row_leaves_an_orphan_and_saving_again_heals(app, folder, record):
    folder.store(PDF)
    assert [fault for fault, _name in folder.check()] == [Fault.ORPHAN]
    assert app.test_cli_runner().invoke(args=["files", "check"]).exit_code == 0
    record(PDF)
    assert list(folder.check()) == []


def test_an_altered_file_is_written_anew_when_its_copy_comes_again(app, folder, record):
    record(PDF)
    folder.path_of(sha256(PDF).hexdigest()).write_bytes(b"altered")
    folder.store(PDF)
    assert list(folder.check()) == []


def test_only_a_digest_names_a_file(app, folder, record):
    with pytest.raises(ValueError, match="64"):
        folder.path_of("../../etc/passwd")

"""Copies of sources: each kept under the SHA-256 of its bytes, known by what it holds and never by its name.

A file is written whole under another name, forced to the disk and renamed before any row speaks of it. A kill leaves
at most a file without a row, which ``check`` names.
"""

import os
import re
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db
from portal.domain.refusals import FileEmpty, FileKindUnknown, FileTooLarge
from portal.models import KeptFile

LARGEST = 10_000_000
"""Bytes."""

DIGEST = re.compile(r"[0-9a-f]{64}")
HTML = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
HEAD = 4096
"""Bytes from the beginning by which a page is known."""

ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/warc": ".warc",
    "application/warc+gzip": ".warc.gz",
}
"""The kinds that are kept, with how the name of a copy ends."""


class Fault(StrEnum):
    """What is wrong with a kept file."""

    MISSING = "missing"
    ALTERED = "altered"
    ORPHAN = "orphan"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on the disk: the digest that is its name, its kind, its size."""

    sha256: str
    media_type: str
    size: int


def kind_of(content: bytes) -> str | None:
    """Return the kind of a file by what it holds; None for one that is not kept."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"WARC/"):
        return "application/warc"
    if content.startswith(b"\x1f\x8b"):
        return "application/warc+gzip" if _unpacked_start(content).startswith(b"WARC/") else None
    return _kind_of_text(content)


def _unpacked_start(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content[:HEAD], 16)
    except zlib.error:
        return b""


def _kind_of_text(content: bytes) -> str | None:
    if HTML.match(content[:HEAD]) and b"\0" not in content:
        return "text/html"
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if CONTROLS.search(text) else "text/plain"


def require_keepable(content: bytes) -> str:
    """Return the kind of a file. Raises ``FileEmpty``, ``FileTooLarge`` and ``FileKindUnknown``."""
    if not content:
        raise FileEmpty
    if len(content) > LARGEST:
        raise FileTooLarge
    kind = kind_of(content)
    if kind is None:
        raise FileKindUnknown
    return kind


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder in which copies are kept."""

    path: Path

    def path_of(self, digest: str) -> Path:
        """Return where a file stands. Raises ``ValueError`` for what is no digest."""
        if not DIGEST.fullmatch(digest):
            raise ValueError("a file is named by 64 hexadecimal digits")
        return self.path / digest[:2] / digest[2:]

    def store(self, content: bytes) -> Stored:
        """Write a file under its digest; no row speaks of it yet. Raises what ``require_keepable`` raises."""
        kind = require_keepable(content)
        digest = sha256(content).hexdigest()
        target = self.path_of(digest)
        if not (target.is_file() and sha256(target.read_bytes()).hexdigest() == digest):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
        return Stored(digest, kind, len(content))

    def remove(self, digest: str) -> None:
        """Remove a file for good, where it is there. No row may speak of it any more."""
        target = self.path_of(digest)
        target.unlink(missing_ok=True)
        if target.parent.is_dir():
            _settle(target.parent)

    def check(self) -> Iterator[tuple[Fault, str]]:
        """Return what is wrong: a file that a row speaks of is missing or altered, or no row speaks of a file."""
        known = set(db.session.scalars(select(KeptFile.sha256).order_by(KeptFile.sha256)))
        for digest in sorted(known):
            path = self.path_of(digest)
            if not path.is_file():
                yield Fault.MISSING, digest
            elif sha256(path.read_bytes()).hexdigest() != digest:
                yield Fault.ALTERED, digest
        for path in sorted(self.path.glob("*/*")) if self.path.is_dir() else []:
            name = path.relative_to(self.path).as_posix()
            if path.suffix == ".part":
                yield Fault.UNFINISHED, name
            elif name.replace("/", "") not in known:
                yield Fault.ORPHAN, name


@dataclass(frozen=True, slots=True)
class Copy:
    """What a source holds, and the folder that shall keep it."""

    content: bytes
    folder: Folder

    def store(self) -> Stored:
        """Write it to the disk."""
        return self.folder.store(self.content)


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name[:16]}-{secrets.token_hex(4)}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Force to the disk which names stand in a folder: a new one, or one that is gone, must outlive a loss of power."""
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def note(session: Session, stored: Stored, sequence: int) -> None:
    """Add the row of a stored file within the caller's transaction, under the entry that brought it."""
    if session.get(KeptFile, stored.sha256) is None:
        row = KeptFile(sha256=stored.sha256, media_type=stored.media_type, size=stored.size)
        row.kept_at, row.kept_in = clock.now(), sequence
        session.add(row)


def find(digest: str | None) -> KeptFile | None:
    """Find the row of a kept file."""
    return None if digest is None else db.session.get(KeptFile, digest)


def name_of(kept: KeptFile) -> str:
    """Return under which name a copy is handed out: ours, never the one that somebody gave it."""
    return f"{kept.sha256[:12]}{ENDINGS[kept.media_type]}"

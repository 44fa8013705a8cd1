"""A letter is drafted on the server as it is deployed, and then the server is searched for what was typed."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from portal.settings import ROOT
from tests.browser.conftest import Tab
from tests.browser.test_letters import MARKED, draft, fill, taken

CANARY = "canary@example.kz"
"""The server is told this one: a search that does not find it in the server's memory would prove nothing."""

WRITABLE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw")
TYPED = {**MARKED, "postcode": "Q77Q7Q7"}
"""What is typed here: 010000 is the postcode of a ministry, too."""

A_MOMENT = 60
"""Seconds within which a server must be there."""


def forms_of(text: str) -> list[bytes]:
    """Return how a text may lie in a memory or a file: as UTF-8, as Python holds it, percent-encoded."""
    return [text.encode(), text.encode("utf-16-le"), quote(text).encode()]


def memory_of(process: int) -> bytes:
    """Return all that a process can write to."""
    found = []
    with Path(f"/proc/{process}/maps").open() as regions, Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for first, last in (match.groups() for line in regions if (match := WRITABLE.match(line))):
            memory.seek(int(first, 16))
            try:
                found.append(memory.read(int(last, 16) - int(first, 16)))
            except OSError:  # The kernel keeps some regions to itself.
                continue
    return b"\0".join(found)


def family_of(process: int) -> list[int]:
    """Return a process and its children."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in family_of(int(child)))]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def deployed(shipped_path: Path, tmp_path: Path) -> Iterator[tuple[str, int, Path]]:
    """The portal as `make run` serves it: its address, its process, and the folder of all that it may write."""
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    shutil.copy(shipped_path, home / "portal.sqlite")  # A server that has been here before.
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "TMPDIR": str(home / "tmp"), "PORTAL_CONTACT": CANARY}
    environment |= {"PORTAL_DATABASE_URL": f"sqlite:///{home / 'portal.sqlite'}", "WEB_CONCURRENCY": "1"}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "deploy.serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        limit = time.monotonic() + A_MOMENT
        while b"Qadam: http" not in (home / "log").read_bytes():
            assert server.poll() is None, (home / "log").read_text()
            assert time.monotonic() < limit
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server.pid, home
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(A_MOMENT)


@pytest.mark.slow
def test_nothing_that_is_typed_is_in_the_servers_memory_files_or_logs(chromium: Any, deployed: Any) -> None:
    address, process, home = deployed
    tab = Tab(chromium, address)
    for lang in ("kk", "ru", "en"):
        page = draft(tab, "complaint?petition=2", lang)
        fill(page)
        page.locator("#field-postcode").fill(TYPED["postcode"])
        for words in ("save_docx", "save_txt"):
            assert taken(page, words)
    tab.open("/kk/about")
    tab.context.close()
    memory = b"".join(map(memory_of, family_of(process)))
    files = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert CANARY.encode() in memory
    assert b"petition" in files
    for key, value in TYPED.items():
        for form in forms_of(value):
            assert form not in memory, key
            assert form not in files, key

"""Days of polling at an accelerated clock: the real jobs, over HTTP, against the stand-in of the official portal."""

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal import clock, create_app
from portal.jobs import official
from portal.jobs.runner import Runner
from portal.jobs.table import OFFICIAL
from portal.settings import Settings
from portal.watch.reader import OfficialPortal as Reader
from tests.fixtures.record import close
from tests.official_portal import OfficialPortal

TICK = timedelta(minutes=10)
CONTACT = "watch@example.org"
"""Whom the User-Agent names."""


class Days:
    """A database that a poll fills, with a clock that both the portal and the stand-in follow.

    ``app`` is the application, ``portal`` the stand-in, ``at`` the time. ``results`` holds what came of each run.
    """

    def __init__(self, app: Flask, portal: OfficialPortal, files: Path) -> None:
        self.app, self.portal, self.files = app, portal, files
        self.at = datetime.fromtimestamp(portal.start, UTC)
        self.runner = Runner(app)
        self.results: list[tuple[str, str]] = []

    def tick(self) -> None:
        """Run every job whose slot begins now, as the scheduler does, and move on."""
        for job in OFFICIAL:
            if job.slot_at(self.at) == int(self.at.timestamp()):
                self.results.append((job.name, str(self.runner.run_present(job))))
        self.at += TICK

    def poll(self, hours: float) -> None:
        """Poll for so many hours."""
        until = self.at + timedelta(hours=hours)
        while self.at < until:
            self.tick()

    def evidence(self) -> Iterator[bytes]:
        """Yield every kept file, unpacked."""
        for path in sorted(self.files.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                yield gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def impatient(settings: Settings, now: Callable[[], datetime]) -> Reader:
    """Return the reader as the settings have it, but for its patience: it never pauses, and gives up soon."""
    return Reader(
        settings.watch_url,
        settings.watch_contact,
        0,
        0.5,
        address=settings.base_url,
        sleep=lambda _seconds: None,
        now=now,
        deadline_s=1.5,
    )


def begin(
    tmp_path: Path, empty_path: Path, monkeypatch: pytest.MonkeyPatch, petitions: int, **given: object
) -> Iterator[Days]:
    """Start a stand-in and an application on an empty database that follow one clock; end both at the end."""
    database = tmp_path / "watch.sqlite"
    database.write_bytes(empty_path.read_bytes())
    now: list[Days] = []
    stand_in = OfficialPortal(petitions, follow=lambda: now[0].at.timestamp() if now else 0.0, **given)
    with stand_in as portal:
        app = create_app(
            {
                "database_url": f"sqlite:///{database}",
                "files": str(tmp_path / "files"),
                "cache_url": "none:",
                "watch_url": portal.url,
                "watch_contact": CONTACT,
            }
        )
        days = Days(app, portal, tmp_path / "files")
        now.append(days)
        monkeypatch.setattr(clock, "now", lambda: days.at)
        monkeypatch.setattr(official, "reader_of", lambda settings: impatient(settings, lambda: days.at))
        yield days
        close(app)

"""The server is killed at random moments while two people save: nothing acknowledged is lost, and nothing is half."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from portal import create_app
from portal.db import db
from portal.models import AuditEntry, AuditHead, Claim, Event
from portal.services import audit_check, lifecycle, register
from portal.services.catalogue import REGISTER
from portal.settings import ROOT
from tests.fixtures.desk import CSRF, Desk
from tests.fixtures.record import close

PATH = "/desk/en/petitions/{number}/record/event/complaint_filed"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
KILLS = 50
LONGEST = 0.4
"""Seconds after the first saving until a server is killed at the latest: several savings long."""


class Server:
    """The forked servers on one database."""

    def __init__(self, database):
        command = [sys.executable, "-m", "tests.fixtures.forked_server", database]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def start(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return map(int, self.process.stdout.readline().split())

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)
        assert self.process.stdout.readline() == "gone\n"

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.process.stdin.close()
        self.process.stdout.close()


class Browser:
    """A browser in which an editor is signed in, with a form of theirs open."""

    def __init__(self, desk, number):
        client = desk.client("editor", f"editor-{number}")
        self.path = PATH.format(number=number)
        self.token = CSRF.search(client.get(self.path).text)[1]
        self.cookie = client.get_cookie("desk", path="/desk").value


class Editor(threading.Thread):
    """Somebody who records one event after another until the server is gone; ``saved`` are those acknowledged."""

    def __init__(self, browser, port):
        super().__init__(daemon=True)
        self.browser, self.port, self.saved, self.is_saving = browser, port, [], threading.Event()

    def post(self, entries):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        headers = {"Cookie": f"desk={self.browser.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(
                "POST", self.browser.path, urlencode({**entries, "csrf_token": self.browser.token}), headers
            )
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def run(self):
        try:
            while True:
                typed = {"claims-0-day": "06.08.2024", "note-en": f"{random.getrandbits(64):x}"}
                status, page = self.post({**typed, "do": "check"})
                assert status == 200, (status, re.findall(r"error-summary.*?</div>", page, re.DOTALL))
                shown = dict(HIDDEN.findall(page))
                status, page = self.post({**shown, **typed, "do": "save"})
                assert status == 303, (status, re.findall(r"error-summary.*?</div>", page, re.DOTALL))
                self.saved.append(f"complaint_filed:{shown['token']}")
                self.is_saving.set()
        except (OSError, http.client.HTTPException):
            return  # The server was killed.


def require_whole(acknowledged):
    """Check the record as a stranger would: every acknowledged event, nothing half-written, a whole chain."""
    db.session.rollback()
    assert list(audit_check.verify()) == []
    kept = set(db.session.scalars(select(Event.key).where(Event.retired_in.is_(None), Event.origin == "desk")))
    assert acknowledged <= kept
    without = select(Event.id).where(
        Event.origin == "desk", ~select(Claim.id).where(Claim.event_id == Event.id).exists()
    )
    assert db.session.scalars(without).all() == []
    recorded = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "event.recorded")
    assert db.session.scalar(recorded) == len(kept)
    assert db.session.get_one(AuditHead, 1).sequence == db.session.scalar(select(func.max(AuditEntry.sequence)))


def kill_while_saving(url, kills):
    app = create_app({"database_url": url, "cache_url": "none:"})
    with app.app_context():
        db.create_all()
        assert register.load(REGISTER).is_fine
    desk = Desk(app)
    browsers = [Browser(desk, number) for number in (1, 2)]
    server, acknowledged = Server(url), set()
    chance = random.Random(2026)
    try:
        for _ in range(kills):
            pid, port = server.start()
            editors = [Editor(browser, port) for browser in browsers]
            for each in editors:
                each.start()
            assert editors[0].is_saving.wait(20)
            time.sleep(chance.uniform(0, LONGEST))
            server.kill(pid)
            for each in editors:
                each.join(10)
                acknowledged.update(each.saved)
            with app.app_context():
                require_whole(acknowledged)
        with app.app_context():
            assert lifecycle.rebuild()[1] == []
    finally:
        server.stop()
        close(app)
    assert len(acknowledged) >= kills, "too little was saved for the test to mean anything"


@pytest.mark.slow
def test_killed_fifty_times_nothing_acknowledged_is_lost_on_sqlite(tmp_path):
    kill_while_saving(f"sqlite:///{tmp_path / 'killed.sqlite'}", KILLS)


@pytest.mark.slow
def test_killed_ten_times_nothing_acknowledged_is_lost_on_postgresql(postgres_url):
    kill_while_saving(postgres_url, 10)

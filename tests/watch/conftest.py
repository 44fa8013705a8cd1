"""Readers of the stand-in, and a server that answers whatever bytes a test wants."""

import socketserver
import threading
from contextlib import ExitStack

import pytest
import yaml

from portal.services import register
from portal.watch.reader import OfficialPortal

CONTACT, ADDRESS = "poll@qadam.example", "https://qadam.example"


class Raw(socketserver.ThreadingTCPServer):
    """Answers one request after another with what it was given: bytes, or a function that is handed the socket."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked, self.lock = list(answers), [], threading.Lock()

    def handle_error(self, request, client_address):
        """Readers hang up on what is too long."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/api"


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while line := self.rfile.readline():
            head = [line.decode()]
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                head.append(line.decode())
            with self.server.lock:
                self.server.asked.append("".join(head))
                answer = self.server.answers.pop(0) if self.server.answers else respond(b"", status=503)
            if callable(answer):
                answer(self.connection)
                return
            self.connection.sendall(answer)


def respond(body, status=200, **headers):
    """Write an answer with its length."""
    named = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body


@pytest.fixture
def raw():
    """Start a server that gives these answers in turn, then 503."""
    with ExitStack() as running:

        def start(*answers):
            server = running.enter_context(Raw(answers))
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            running.callback(server.shutdown)
            return server

        yield start


@pytest.fixture
def waits():
    """The seconds that a reader would have slept."""
    return []


@pytest.fixture
def reader(waits):
    """Make a reader of an address that never sleeps; ``waits`` has for how long it would have."""
    with ExitStack() as made:

        def make(url, pause=0.0, **given):
            portal = OfficialPortal(url, CONTACT, pause, 5, address=ADDRESS, sleep=waits.append, **given)
            made.callback(portal.close)
            return portal

        yield make


@pytest.fixture
def followed(empty, tmp_path):
    """Record a petition of the official portal by its uuid: returns its number."""
    made = []

    def record(uuid):
        made.append(uuid)
        path = tmp_path / f"{len(made)}.yaml"
        given = {"id": f"p{len(made)}", "platform": "epetition.kz", "statutory": True, "level": "gov"}
        path.write_text(yaml.safe_dump([{**given, "threshold": 50_000, "portal": {"uuid": uuid}}]))
        report = register.load(path)
        assert report.is_fine, [str(problem) for file in report.refused for problem in file.problems]
        return len(made)

    return record

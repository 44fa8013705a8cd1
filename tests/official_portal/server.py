"""Answers requests over HTTP on loopback: right answers, and each trouble on the way out."""

import hashlib
import re
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.official_portal import bodies, records
from tests.official_portal.answers import Met
from tests.official_portal.clock import HOUR
from tests.official_portal.petitions import Petition

if TYPE_CHECKING:
    from tests.official_portal.portal import OfficialPortal

PATH = re.compile(
    r"/api/public/v1/petitions/(?:(?P<short>short)|(?P<uuid>[0-9a-f-]{36})(?:/(?P<part>signers|comments))?)"
)
WRONG_BY = 7 * HOUR


class Server(ThreadingHTTPServer):
    """The server of one stand-in."""

    daemon_threads = True
    request_queue_size = 64
    is_over = False

    def __init__(self, portal: "OfficialPortal", port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.portal = portal

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: readers hang up on what is too long or too slow, and that is right."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - The name is the base class's.
        """Write no log."""

    def version_string(self) -> str:
        """Say no program."""
        return "nginx"

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Write the time of the stand-in, or one that is wrong."""
        portal = self.server.portal
        is_wrong = portal.answers.is_on("wrong_clock", portal.clock.now()) or self.meets == "wrong_clock"
        return portal.clock.text(WRONG_BY if is_wrong else 0)

    meets: str | None = None

    def do_GET(self) -> None:
        """Answer one request."""
        portal = self.server.portal
        self.at, parts = portal.clock.now(), urlsplit(self.path)
        found = PATH.fullmatch(parts.path)
        where = "other" if not found else "short" if found["short"] else found["part"] or "record"
        met = Met("forbidden", {}) if portal.is_forbidden else portal.answers.met(where, self.at)
        if self.server.is_over:  # A connection from before it stopped.
            met = Met("outage", {})
        if met and met.name == "unasked_304" and "If-None-Match" in self.headers:
            met = None  # Then it would not be unasked.
        self.meets = met.name if met else None
        portal.note(where, self.command, self.path, self.at, self.headers, self.meets)
        try:
            if met and met.name not in BESIDE_THE_ANSWER:
                self._instead(met)
            elif not found:
                self._send(404, HTML, bodies.PAGE)
            else:
                self._right(found, where, {name: value[-1] for name, value in parse_qs(parts.query).items()}, met)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True

    def _right(self, found: re.Match[str], where: str, query: dict[str, str], met: Met | None) -> None:
        """Answer what was asked, however it is sent."""
        portal = self.server.portal
        if met and met.name == "slow":
            time.sleep(met.how.get("seconds", portal.manners.slow_seconds))
        if where == "record":
            return self._record(portal.by_uuid(found["uuid"]), met)
        try:
            size, page = int(query.get("size", "20")), int(query.get("page", "0"))
        except ValueError:
            return self._json(400, {"status": 400, "error": "Bad Request"})
        if page < 0 or size < 1:
            return self._json(400, {"status": 400, "error": "Bad Request"})
        size = min(size, portal.manners.largest_page)
        if where == "short":
            return self._list(page, size, met)
        petition = portal.by_uuid(found["uuid"])
        if petition is None or petition.absence_at(self.at):
            return self._absent(petition)
        answer = (records.signers if where == "signers" else records.comments)(petition, self.at, page, size)
        return self._json(200, answer, met) if answer else self._json(500, FAILED)

    def _list(self, page: int, size: int, met: Met | None) -> None:
        portal = self.server.portal
        is_pushed = portal.answers.is_on("pushed", self.at) or self.meets == "pushed"
        if is_pushed and page:
            portal.push(self.at, page, size)
        shown, total = portal.listed(self.at, page * size, size)
        rows = [records.short(each, self.at, portal.manners.list_lag) for each in shown]
        self._json(200, records.page_of(rows, size, page, total), met)

    def _record(self, petition: Petition | None, met: Met | None) -> None:
        portal = self.server.portal
        if petition is None or petition.absence_at(self.at):
            return self._absent(petition)
        if met and met.name == "wrong_record":
            petition = portal.another(petition)
        body = bodies.written(records.full(petition, self.at))
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"' if portal.manners.etags else None
        if tag and tag in (self.headers.get("If-None-Match") or ""):
            return self._send(304, {"ETag": tag}, b"")
        headers = {**JSON, **({"ETag": tag} if tag else {})}
        if not petition.cover:
            return self._send(200, headers, body, met)
        length, pieces = bodies.with_inline(body, petition.cover)
        return self._send_pieces(200, headers, length, pieces, met)

    def _absent(self, petition: Petition | None) -> None:
        absence = petition.absence_at(self.at) if petition else None
        self._json(absence.status if absence else 404, NOT_FOUND)

    def _instead(self, met: Met) -> None:
        """Answer something else than what was asked."""
        portal = self.server.portal
        if met.name == "outage":
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
        elif met.name in {"busy", "unavailable"}:
            after = met.how.get(
                "retry_after", (portal.manners.retry_after, portal.clock.text(60), None)[len(portal.requests) % 3]
            )
            headers = JSON if after is None else {**JSON, "Retry-After": str(after)}
            self._send(429 if met.name == "busy" else 503, headers, b"{}")
        elif met.name == "endless":
            self._send_pieces(200, JSON, None, bodies.endless(portal.manners.endless_bytes))
        elif met.name == "deep":
            self._send(200, JSON, bodies.deep(portal.manners.deep_levels))
        elif met.name == "shapeless":
            self._send(200, JSON, bodies.SHAPELESS[len(portal.requests) % len(bodies.SHAPELESS)])
        elif met.name == "redirected":
            self._send(302, {"Location": met.how.get("location", "/login")}, b"")
        elif met.name == "failing":
            self._json(met.how.get("status", 500), FAILED)
        else:
            self._send(*ALWAYS[met.name]())

    def _json(self, status: int, answer: Any, met: Met | None = None) -> None:
        self._send(status, JSON, bodies.written(answer), met)

    def _send(self, status: int, headers: dict[str, str], body: bytes, met: Met | None = None) -> None:
        """Send a body that is at hand, packed where the stand-in packs and the reader can unpack."""
        accepted = self.headers.get("Accept-Encoding") or ""
        if self.server.portal.manners.packs and "gzip" in accepted and body and "Content-Encoding" not in headers:
            headers, body = {**headers, "Content-Encoding": "gzip"}, bodies.packed(body)
        self._send_pieces(status, headers, len(body), (body,), met)

    def _send_pieces(
        self, status: int, headers: dict[str, str], length: int | None, pieces: Iterable[bytes], met: Met | None = None
    ) -> None:
        """Send an answer, or what a trouble of sending leaves of it. Without a length it ends with the connection."""
        how = met.name if met else ""
        self.close_connection = self.close_connection or length is None or how in {"truncated", "cut"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length is not None and how != "cut" and status != 304:
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        left = (length or 0) // 2 if how in {"truncated", "cut"} else None
        for piece in pieces:
            if how == "drip":
                self._drip(piece, met.how if met else {})
                how = ""
            else:
                self.wfile.write(piece if left is None else piece[:left])
            if left is not None:
                left -= min(left, len(piece))

    def _drip(self, piece: bytes, how: dict[str, Any]) -> None:
        """Send the first bytes one at a time, then the rest."""
        for place in range(min(DRIPPED, len(piece))):
            self.wfile.write(piece[place : place + 1])
            self.wfile.flush()
            time.sleep(how.get("seconds", self.server.portal.manners.drip_seconds))
        self.wfile.write(piece[DRIPPED:])


DRIPPED = 200
BESIDE_THE_ANSWER = {"slow", "drip", "truncated", "cut", "wrong_record", "pushed", "wrong_clock"}
"""These send what was asked for, or another petition, in their own way; the others send something else."""

JSON = {"Content-Type": "application/json;charset=UTF-8"}
HTML = {"Content-Type": "text/html;charset=UTF-8"}
NOT_FOUND = {"status": 404, "error": "Not Found"}
FAILED = {"status": 500, "error": "Internal Server Error"}
ALWAYS: dict[str, Callable[[], tuple[int, dict[str, str], bytes]]] = {
    "unasked_304": lambda: (304, {}, b""),
    "html": lambda: (200, HTML, bodies.PAGE),
    "empty": lambda: (200, JSON, b""),
    "garbled": lambda: (200, JSON, bodies.GARBLED),
    "bomb": lambda: (200, {**JSON, "Content-Encoding": "gzip"}, bodies.bomb()),
    "lies": lambda: (404, JSON, bodies.written(NOT_FOUND)),
    "forbidden": lambda: (403, JSON, b'{"status":403}'),
}
"""What these answer is the same every time: status, headers and body."""

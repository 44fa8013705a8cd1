"""One request and its answer, within bounds of time and size; whatever is wrong with it comes back as a code.

Nothing here raises for what the other side does: exceptions of the libraries carry pieces of the answer.
"""

import logging
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError
from urllib3.util import Url, parse_url

from portal.watch.sieve import Sieve, TooDeep

LARGEST = 4_000_000
"""Bytes of an answer that are kept, after inline files were dropped."""

LONGEST = 512_000_000
"""Bytes of an answer that are looked at, unpacked, inline files included."""

PIECE = 65_536
DRAINED = 65_536
"""Bytes of an error page that are read so that the connection can be used again."""

TOLD = ("content-type", "date", "etag", "last-modified", "server", "age", "retry-after", "cache-control")
"""The headers that are looked at and kept. No cookie is."""

LOGS = ("urllib3.connection", "urllib3.connectionpool", "urllib3.response", "urllib3.util.retry")
"""Loggers that would write addresses with their queries, or pieces of an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side answered. ``body`` is without inline files; ``dropped`` has the length of each."""

    status: int
    reason: str
    headers: Mapping[str, str]
    at: datetime
    sent: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer that can be used: a code of ``domain.official.Trouble``, and a word of ours."""

    code: str
    detail: str = ""
    status: int | None = None


class Transport:
    """One connection to one host, used again while it lasts. Proxies named by the environment are not used."""

    def __init__(self, url: str, *, timeout_s: float, deadline_s: float, now: Callable[[], datetime]) -> None:
        for name in LOGS:
            logging.getLogger(name).disabled = True
        self.url: Url = parse_url(url)
        if self.url.scheme not in {"http", "https"} or not self.url.host or self.url.auth or self.url.query:
            raise ValueError("the official portal needs an address that begins with http:// or https://")
        self._timeout, self._deadline, self._now = timeout_s, deadline_s, now
        self._connection: HTTPConnection | None = None

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def exchange(self, target: str, headers: Mapping[str, str]) -> Answer | Fault:
        """Ask once. The answer's body is read where its status is 200."""
        found = self._asked(target, headers)
        if isinstance(found, Fault):
            self.close()
        return found

    def _asked(self, target: str, headers: Mapping[str, str]) -> Answer | Fault:
        expired = threading.Event()
        try:
            connection = self._connected()
            with _deadline(connection.sock, self._deadline, expired):
                connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
                response = connection.getresponse()
                return self._read(response, headers, self._now())
        except NewConnectionError as error:
            return Fault("connection", type(error).__name__)
        except (TimeoutError, ConnectTimeoutError, ReadTimeoutError):
            return Fault("timeout")
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if expired.is_set():
                return Fault("timeout", "deadline")
            code = "truncated" if type(error).__name__ in {"ProtocolError", "IncompleteRead"} else "connection"
            return Fault(code, type(error).__name__)

    def _connected(self) -> HTTPConnection:
        connection = self._connection
        if connection is None or not connection.is_connected:
            self.close()
            connection = self._connection = self._made()
            connection.connect()
        return connection

    def _made(self) -> HTTPConnection:
        host = self.url.host or ""
        if self.url.scheme == "http":
            return HTTPConnection(host, self.url.port, timeout=self._timeout)
        context = ssl.create_default_context()  # The roots that this machine trusts.
        return HTTPSConnection(host, self.url.port, timeout=self._timeout, ssl_context=context)

    def _read(self, response: HTTPResponse, sent: Mapping[str, str], at: datetime) -> Answer | Fault:
        told = {name: response.headers[name][:300] for name in TOLD if name in response.headers}
        answer = Answer(response.status, (response.reason or "")[:60], told, at, sent)
        if response.status != 200:
            if sum(map(len, _arriving(response, DRAINED))) >= DRAINED:
                self.close()
            return answer
        found = _body(response)
        if isinstance(found, Fault):
            return found
        return Answer(answer.status, answer.reason, told, at, sent, *found)


@contextmanager
def _deadline(sock: socket.socket, seconds: float, expired: threading.Event) -> Iterator[None]:
    """Cut the connection when the time for the whole answer is over, however steadily it drips."""

    def cut() -> None:
        expired.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # Beneath TLS, which the other thread is within.

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if expired.is_set():
            raise TimeoutError
    finally:
        timer.cancel()


def _arriving(response: HTTPResponse, most: int | None = None) -> Iterator[bytes]:
    """Hand on what arrives, as it arrives; at most so many bytes."""
    size = 0
    while most is None or size < most:
        piece = response.read1(PIECE, decode_content=False)
        if not piece:
            return
        size += len(piece)
        yield piece


def _body(response: HTTPResponse) -> tuple[bytes, tuple[int, ...]] | Fault:
    """Read an answer to its end through the sieve."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in {"identity", "", "gzip", "x-gzip"}:
        return Fault("not_expected", "packed otherwise", 200)
    try:
        pieces = _unpacked(_arriving(response)) if "gzip" in packing else _arriving(response)
        return _sieved(pieces)
    except TooDeep:
        return Fault("not_json", "too deep", 200)
    except (zlib.error, EOFError):
        return Fault("truncated", "gzip", 200)


def _sieved(pieces: Iterator[bytes]) -> tuple[bytes, tuple[int, ...]] | Fault:
    sieve, kept, seen = Sieve(), bytearray(), 0
    for piece in pieces:
        seen += len(piece)
        kept += sieve.feed(piece)
        if len(kept) > LARGEST or seen > LONGEST:
            return Fault("too_large", "", 200)
        start = kept.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] if len(kept) <= PIECE else b""
        if start and start not in b"{[":
            return Fault("not_json", "", 200)
    if sieve.is_open or not kept.strip():
        return Fault("truncated", "", 200)
    return bytes(kept), tuple(sieve.dropped)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip as it arrives, in pieces that stay small however much they unpack to.

    Raises ``zlib.error``, and ``EOFError`` where the end is missing.
    """
    inflater = zlib.decompressobj(wbits=31)
    for piece in pieces:
        rest = piece
        while rest and not inflater.eof:
            yield inflater.decompress(rest, PIECE)
            rest = inflater.unconsumed_tail
    while not inflater.eof:
        more = inflater.decompress(b"", PIECE)
        if not more:
            raise EOFError
        yield more

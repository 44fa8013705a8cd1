"""The manners of whoever reads the official portal: who we are, how fast we ask, when we stop."""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from statistics import median
from typing import NoReturn
from urllib.parse import quote, urlencode

from portal.domain.official import AS_BEFORE, GONE, Forbidden, Trouble, Unreachable
from portal.watch.interface import VERSION
from portal.watch.transport import Answer, Fault, Transport

TRIES = 3
"""How often a request is made before its trouble stands."""

BACK_OFF_S, LONGEST_BACK_OFF_S = 2.0, 60.0
LONGEST_WAIT_S = 600.0
"""A portal that asks us to wait longer is left alone for the rest of the run."""

DEADLINES = 6
"""How many times the time without a sign of life a whole answer may take: an inline file takes its time."""

AGAIN = frozenset({"timeout", "connection", "truncated", "busy"})
USED = frozenset({200, AS_BEFORE}) | GONE
ETAG_LENGTH = 200


@dataclass(slots=True)
class Counters:
    """What happened while we read: how much was asked, what went wrong, how the portal's clock stands.

    ``odd`` counts fields whose value was of a kind that we do not know, by their names.
    """

    requests: int = 0
    troubles: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    skews: list[float] = field(default_factory=list, repr=False)

    @property
    def skew(self) -> int | None:
        """Seconds by which the portal's clock is ahead of ours: the median of what its headers said."""
        return round(median(self.skews)) if self.skews else None


@dataclass(frozen=True, slots=True)
class Manners:
    """How we read: who asks, the seconds between two requests, what waits (``sleep``) and tells the time (``tell``)."""

    address: str
    contact: str
    pause_s: float
    timeout_s: float
    sleep: Callable[[float], None]
    tell: Callable[[], datetime]
    draw: Callable[[float, float], float] = secrets.SystemRandom().uniform
    deadline_s: float | None = None

    @property
    def user_agent(self) -> str:
        """Return our name, version, address and contact. Raises ``ValueError`` where there is no contact."""
        if not self.contact.strip():
            raise ValueError("nobody reads the official portal without saying how to be reached")
        return f"Qadam/{VERSION} (+{_plain(self.address)}; {_plain(self.contact)})"


def _plain(text: str) -> str:
    return quote(text.strip(), safe="!#$%&'*+-./:=?@_~ ,")


class Client:
    """Asks one thing at a time, and stops for good where the portal forbids it or asks for too long a rest."""

    def __init__(self, url: str, manners: Manners) -> None:
        deadline = manners.deadline_s or DEADLINES * manners.timeout_s
        self._transport = Transport(url, timeout_s=manners.timeout_s, deadline_s=deadline, now=manners.tell)
        self._base = (self._transport.url.path or "").rstrip("/")
        self._manners = manners
        self._headers = {
            "User-Agent": manners.user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        self._ended_at: datetime | None = None
        self._closed: Forbidden | Unreachable | None = None
        self.counters = Counters()

    def close(self) -> None:
        """Let go of the connection."""
        self._transport.close()

    def url_of(self, path: str) -> str:
        """Return the whole address of a path below the base."""
        parts = self._transport.url
        return f"{parts.scheme}://{parts.netloc}{self._base}/{path}"

    def get(
        self,
        path: str,
        query: Mapping[str, int] | None = None,
        *,
        etag: str | None = None,
        tries: Mapping[int, int] | None = None,
    ) -> Answer:
        """Return an answer of status 200, 304 (only where ``etag`` was sent), 404 or 410.

        ``tries`` says of a status how often it is asked for again, where it is not three times. Raises ``Forbidden``
        and ``Unreachable``; once it was forbidden, or told to rest for long, it asks nothing more.
        """
        if self._closed is not None:
            raise type(self._closed)(self._closed.trouble)
        target = f"{self._base}/{path}" + (f"?{urlencode(query)}" if query else "")
        headers = self._headers | ({"If-None-Match": etag} if etag else {})
        attempt = 0
        while True:
            found = self._judged(self._once(target, headers), is_conditional=bool(etag))
            if isinstance(found, Answer):
                return found
            attempt += 1
            fault, rest = found
            self.counters.troubles[fault.code] += 1
            may_ask = (fault.code in AGAIN or (fault.status or 0) >= 500) and attempt < (tries or {}).get(
                fault.status or 0, TRIES
            )
            if not may_ask or rest > LONGEST_WAIT_S:
                self._end(fault, path, is_long=rest > LONGEST_WAIT_S)
            self._manners.sleep(max(rest, self._manners.draw(0.0, min(LONGEST_BACK_OFF_S, BACK_OFF_S * 2**attempt))))

    def fail(self, path: str, code: str, detail: str = "") -> NoReturn:
        """Raise ``Unreachable`` for an answer that came and says nothing that can be read."""
        self.counters.troubles[code] += 1
        raise Unreachable(Trouble(code, self._manners.tell(), f"{self._base}/{path}", 200, detail))

    def _once(self, target: str, headers: Mapping[str, str]) -> Answer | Fault:
        if self._ended_at is not None:
            gone = (self._manners.tell() - self._ended_at).total_seconds()
            self._manners.sleep(max(0.0, self._manners.pause_s - max(0.0, gone)))
        self.counters.requests += 1
        found = self._transport.exchange(target, headers)
        self._ended_at = self._manners.tell()
        return found

    def _judged(self, found: Answer | Fault, *, is_conditional: bool) -> Answer | tuple[Fault, float]:
        """Return an answer that can be used, or what is wrong with it and how long it asks us to wait."""
        if isinstance(found, Fault):
            return found, 0.0
        self._note_clock(found)
        if found.status == AS_BEFORE and not is_conditional:
            return Fault("not_expected", "304 to an unconditional request", found.status), 0.0
        if found.status in USED:
            return found
        code = {403: "refused", 429: "busy"}.get(found.status, "http_error")
        rest = self._rest(found) if found.status in {429, 503} else 0.0
        if found.status < 300:
            code = "not_expected"
        return Fault("busy" if rest > LONGEST_WAIT_S else code, "", found.status), rest

    def _note_clock(self, answer: Answer) -> None:
        theirs = _instant(answer.headers.get("date"))
        if theirs is not None and "age" not in answer.headers:  # An answer out of a cache has an old date.
            self.counters.skews.append((theirs - answer.at.replace(microsecond=0)).total_seconds())

    def _rest(self, answer: Answer) -> float:
        """Return how many seconds the portal asks us to wait, as it counts them."""
        told = answer.headers.get("retry-after", "").strip()
        if told.isascii() and told.isdigit():
            return float(told[:9])
        until = _instant(told)
        since = _instant(answer.headers.get("date")) or answer.at
        return 0.0 if until is None else max(0.0, (until - since).total_seconds())

    def _end(self, fault: Fault, path: str, *, is_long: bool) -> NoReturn:
        trouble = Trouble(fault.code, self._manners.tell(), f"{self._base}/{path}", fault.status, fault.detail)
        error = Forbidden(trouble) if fault.code == "refused" else Unreachable(trouble)
        if is_long or fault.code in {"refused", "busy"}:
            self._closed = error
        raise error


def _instant(text: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(text or "")
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def usable_etag(text: str | None) -> str | None:
    """Return a mark of an answer that may be sent back; None for one that is too long or is no plain text."""
    if not text or len(text) > ETAG_LENGTH or not text.isascii() or not text.isprintable():
        return None
    return text

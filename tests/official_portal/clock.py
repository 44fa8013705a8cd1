"""The stand-in's own time: stopped and moved by a test, or running faster than the wall clock."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

MINUTE, HOUR, DAY = 60, 3600, 86_400

ALMATY = timezone(timedelta(hours=5))
"""The time in Kazakhstan since March 2024; the stand-in has no petition from before."""

Instant = datetime | float


def seconds(instant: Instant) -> float:
    """Return an instant as seconds since 1970. A datetime must say its zone."""
    if not isinstance(instant, datetime):
        return instant
    assert instant.tzinfo is not None, "an instant says its zone"
    return instant.timestamp()


def written(instant: float, fraction: str = "") -> str:
    """Write an instant as the official portal does: ISO 8601 in Almaty time, without saying the zone."""
    return datetime.fromtimestamp(int(instant), ALMATY).strftime("%Y-%m-%dT%H:%M:%S") + fraction


class Clock:
    """Tells the stand-in's time: standing still until moved, running at a speed, or following another clock."""

    def __init__(self, start: Instant, speed: float, source: Callable[[], float] | None = None) -> None:
        self._lock = threading.Lock()
        self._at, self._since, self._speed, self._source = seconds(start), time.monotonic(), speed, source

    def now(self) -> float:
        """Return seconds since 1970 (UTC)."""
        if self._source is not None:
            return self._source()
        with self._lock:
            return self._at + (time.monotonic() - self._since) * self._speed

    def stand_at(self, instant: Instant) -> None:
        """Stop at an instant."""
        with self._lock:
            self._at, self._speed, self._source = seconds(instant), 0.0, None

    def advance(self, by: float) -> None:
        """Move on by so many seconds, stopped or running."""
        assert self._source is None, "move the clock that is followed"
        with self._lock:
            self._at += by

    def text(self, ahead: float = 0) -> str:
        """Write the time as HTTP does."""
        return datetime.fromtimestamp(self.now() + ahead, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")

"""What is dropped while an answer arrives: the files that stand within it as text."""

import json
from collections.abc import Iterator

from portal.watch.interface import INLINE

DEEPEST = 60
"""Levels of objects and lists within each other; what is deeper is no record of a petition."""

KEY_BYTES = 6 * len(INLINE)
"""The longest spelling of the key that is looked for: every letter written as an escape."""

SPACES = b" \t\r\n"
BRACKETS = b"{}[]"
NO_BRACKETS = bytes(set(range(256)) - set(BRACKETS))


class TooDeep(ValueError):
    """Objects and lists stand within each other more deeply than any record needs."""


class Sieve:
    """Drops the text of every field ``fileData`` from JSON that arrives in pieces, and holds none of it.

    Whatever else arrives leaves as it came, byte by byte: whether it is JSON at all, its reader finds out. The value
    becomes "", and ``dropped`` has the length of each in bytes.
    """

    def __init__(self) -> None:
        self.dropped: list[int] = []
        self.depth = 0
        self._in_string = self._is_escaped = self._is_dropping = False
        self._string = b""  # The beginning of the last string: it may turn out to be a key.
        self._between = b""  # What stands since its end, without spaces.

    @property
    def is_open(self) -> bool:
        """Whether the text so far breaks off within something."""
        return self._in_string or self.depth > 0

    def feed(self, piece: bytes) -> bytes:
        """Return what is left of the next piece. Raises ``TooDeep``."""
        return b"".join(self._strained(piece))

    def _strained(self, piece: bytes) -> Iterator[bytes]:
        at = 0
        while at < len(piece):
            if self._in_string:
                at, kept = self._inside(piece, at)
            else:
                at, kept = self._outside(piece, at)
            yield kept

    def _outside(self, piece: bytes, start: int) -> tuple[int, bytes]:
        quote = piece.find(b'"', start)
        end = len(piece) if quote < 0 else quote
        part = piece[start:end]
        for bracket in part.translate(None, NO_BRACKETS):
            self.depth += 1 if bracket in b"{[" else -1
            if self.depth > DEEPEST:
                raise TooDeep
        self._between = (self._between + part.translate(None, SPACES))[:2]
        if quote < 0:
            return end, part
        self._in_string = True
        self._is_dropping = self._between == b":" and _is_inline(self._string)
        if self._is_dropping:
            self.dropped.append(0)
        self._string = self._between = b""
        return end + 1, piece[start : end + 1]

    def _inside(self, piece: bytes, start: int) -> tuple[int, bytes]:
        begin = start
        if self._is_escaped:
            self._is_escaped, begin = False, start + 1
        end = _end_of_string(piece, begin)
        is_over, self._is_escaped = end < len(piece), end > len(piece)
        part = piece[start:end]
        self._in_string = not is_over
        if self._is_dropping:
            self.dropped[-1] += len(part)
            part = b""
        elif len(self._string) <= KEY_BYTES:
            self._string += part[: KEY_BYTES + 1]
        return (end + 1, part + b'"') if is_over else (len(piece), part)


def _end_of_string(piece: bytes, begin: int) -> int:
    """Return where the quotation mark stands that ends a string.

    Without one the length of the piece; one more where the piece ends within an escape.
    """
    at, quote = begin, -1
    while True:
        if quote < at:
            quote = piece.find(b'"', at)
            quote = len(piece) if quote < 0 else quote
        escape = piece.find(b"\\", at, quote)
        if escape < 0:
            return max(at, quote)
        at = escape + 2


def _is_inline(key: bytes) -> bool:
    if len(key) > KEY_BYTES:
        return False
    try:
        return bool(json.loads(b'"' + key + b'"') == INLINE)
    except ValueError:
        return False

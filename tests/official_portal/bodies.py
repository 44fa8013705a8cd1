"""Bodies of answers as pieces, so that the great ones are made while they are sent and never held."""

import gzip
import json
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.official_portal.records import INLINE

PICTURE = "aW5saW5lLWZpbGUtc3RhbmRpbi0"
"""Stands over and over in every inline file: where it is found, an inline file was kept."""

PIECE = (PICTURE * 4096).encode()
PAGE = (
    "<!DOCTYPE html><html><head><title>Техникалық жұмыстар</title></head>"
    "<body><h1>Техникалық жұмыстар жүріп жатыр</h1></body></html>"
).encode()


def written(answer: Any) -> bytes:
    """Write an answer as JSON. Half characters are escaped, as Java does where it must."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(answer, separators=(",", ":")).encode()


def with_inline(body: bytes, size: int) -> tuple[int, Iterator[bytes]]:
    """Return the length of a body with its inline file, and the pieces to send."""
    before, after = body.split(INLINE.encode())
    return len(before) + size + len(after), _pieces(before, size, after)


def _pieces(before: bytes, size: int, after: bytes) -> Iterator[bytes]:
    yield before
    for left in range(size, 0, -len(PIECE)):
        yield PIECE[:left]
    yield after


def packed(body: bytes) -> bytes:
    """Return a body as gzip packs it."""
    return gzip.compress(body, 5, mtime=0)


@cache
def bomb() -> bytes:
    """Return a packed list whose one title has 100 million letters."""
    packer = zlib.compressobj(9, wbits=31)
    pieces = (b'{"content":[{"title":"', *[b"x" * 1_000_000] * 100, b'"}],"last":true}')
    return b"".join([*(packer.compress(piece) for piece in pieces), packer.flush()])


GARBLED = '{"content":[],"last":true,"сөз":"'.encode() + b"\xc0\xff\xfe" + b'"}'
SHAPELESS = (b"null", b"[]", b'"ok"', b"17", b'{"content":{"a":1},"last":"maybe"}', b'{"message":"later"}')


def deep(levels: int) -> bytes:
    """Return JSON of so many lists within each other."""
    return b'{"content":' + b"[" * levels + b"]" * levels + b',"last":true}'


def endless(most: int) -> Iterator[bytes]:
    """Yield the beginning of a list that never ends; after ``most`` bytes even this gives up."""
    yield b'{"content":['
    row = b'{"id":"00000000-0000-4000-8000-000000000000","title":"%s","signersCount":1},' % (b"x" * 4000)
    for _ in range(0, most, len(row) * 16):
        yield row * 16

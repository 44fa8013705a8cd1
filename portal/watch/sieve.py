"""What is dropped of an answer: inline files while its bytes arrive, names of people before anything is kept."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.watch.interface import APPLICANT, APPLICANT_NAMES, APPLICANT_WHOLE, INLINE

DEEPEST = 60
"""Levels of objects and lists within each other; what is deeper is no record of a petition."""

KEY_BYTES = 6 * len(INLINE)
"""The longest spelling of the key that is looked for: every letter written as an escape."""

IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
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
        match = IN_STRING.match(piece, begin)
        end = match.end() if match else begin
        if end < len(piece) and piece[end] == ord("\\"):  # An escape that goes on in the next piece.
            self._is_escaped, end = True, end + 1
        part = piece[start:end]
        is_over = end < len(piece)
        self._in_string = not is_over
        if self._is_dropping:
            self.dropped[-1] += len(part)
            part = b""
        elif len(self._string) <= KEY_BYTES:
            self._string += part[: KEY_BYTES + 1]
        return (end + 1, part + b'"') if is_over else (end, part)


def _is_inline(key: bytes) -> bool:
    if len(key) > KEY_BYTES:
        return False
    try:
        return bool(json.loads(b'"' + key + b'"') == INLINE)
    except ValueError:
        return False


@dataclass(slots=True)
class Kept:
    """What is kept of a record: everything but inline files and names, and where those stood.

    ``applicant`` is the name of whoever filed the petition. It stands nowhere else.
    """

    value: Any
    applicant: str | None = field(default=None, repr=False)
    dropped: list[str] = field(default_factory=list)


# Words of a field's name. Of these a number is dropped too: it may be that of a telephone or of a person.
OF_PEOPLE = frozenset(
    {
        "applicant",
        "applicants",
        "author",
        "authors",
        "initiator",
        "initiators",
        "creator",
        "creators",
        "owner",
        "owners",
    }
    | {"signer", "signers", "signatory", "signatories", "subscriber", "subscribers", "member", "members"}
    | {"comment", "comments", "commenter", "commenters", "commentator", "commentators", "user", "users"}
    | {"executor", "executors", "performer", "person", "persons", "people", "individual", "individuals"}
    | {"citizen", "citizens", "representative", "representatives", "contact", "contacts", "username", "login"}
    | {"fio", "surname", "patronymic", "firstname", "lastname", "middlename", "fullname", "birth", "birthday"}
    | {"birthdate", "iin", "inn", "passport", "phone", "phones", "telephone", "tel", "mobile", "email", "mail"}
)
PAIRS = re.compile(
    r"(?:first|last|middle|full|second|father|user|person)_?names?\b"
    r"|(?:created|signed|updated)_?by\b"
)
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z_\W\d]+")
COUNTS = frozenset({"count", "total", "counts", "amount"})


def is_of_people(name: str, value: object) -> bool:
    """Whether a field holds a person, or what a person said or is reached by; a count of people is none."""
    words = [word.lower() for word in WORDS.findall(name)]
    if not (OF_PEOPLE & {*words, name.lower()} or PAIRS.search("_".join(words)) or PAIRS.search(name.lower())):
        return False
    is_count = bool(words) and words[-1] in COUNTS and isinstance(value, int)
    return not (is_count or value is None or isinstance(value, bool))


def read(text: str) -> Kept | None:
    """Read JSON without the names in it; None for what is no JSON.

    Nothing of the text is in any exception: those of the reader hold all of it.
    """
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_nothing)
    except (ValueError, RecursionError):
        return None
    kept = Kept(None, _applicant(value))
    kept.value = _without(value, "", kept.dropped)
    return kept


def written(value: object) -> bytes:
    """Write a value as JSON in its one spelling, whose digest is that of what was read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def _nothing(_name: str) -> None:
    return None


def clean(text: str) -> str:
    """Return a text that every database can carry: halves of characters and NUL become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _without(value: Any, path: str, dropped: list[str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_without(each, f"{path}[]", dropped) for each in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, each in value.items():
        here = f"{path}.{name}" if path else name
        if is_of_people(name, each):
            if clean(here) not in dropped:
                dropped.append(clean(here))
        else:
            kept[clean(name)] = _without(each, here, dropped)
    return kept


def _applicant(value: Any) -> str | None:
    found = value.get(APPLICANT) if isinstance(value, dict) else None
    if isinstance(found, dict):
        parts = [found.get(name) for name in APPLICANT_NAMES]
        if not any(parts):
            parts = [next((found[name] for name in APPLICANT_WHOLE if found.get(name)), None)]
    else:
        parts = [found]
    said = " ".join(clean(part).strip() for part in parts if isinstance(part, str))
    return said.strip()[:200] or None

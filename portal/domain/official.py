"""What was read of the official portal: answers about petitions, free of the names of whoever signed or commented.

The interface is described by public programs that read it, not by its operator: any field may be missing, and what a
value means is for an editor to say. So nothing here interprets; it only carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PLATFORM = "epetition.kz"
"""The official portal, as a source is named."""

COMPARED = (
    "title",
    "description",
    "reg_number",
    "state",
    "source",
    "lang",
    "applied",
    "deadline",
    "required",
    "organization",
    "location",
    "decision",
    "files",
    "cover",
    "unknown",
)
"""The fields of a full record that are kept and compared from one reading to the next, by our names.

``unknown`` holds fields that we know nothing of, as they came. Counts of votes and views are no part of it: they
change all the time and are series of their own.
"""

ANNOUNCED = ("title", "description", "organization", "required", "state", "decision")
"""Whose change is an event of the petition. A change of the others is kept with its evidence and listed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A short record of the list. ``applied`` is the text of its date, whose meaning nobody has confirmed."""

    uuid: str
    title: str | None
    votes: int | None
    applied: str | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list. ``broken`` counts rows that could not be read; None is what the answer did not say."""

    rows: tuple[Listed, ...]
    is_last: bool | None
    total: int | None
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer about one petition: 200 with its record, 304 (as before), or 404 and 410 (not there).

    ``values`` holds the fields of ``COMPARED``, a missing one as None; it is None itself where there is no record.
    Nobody's name is in it, the applicant's neither. ``sha256`` and ``size`` are of the body without inline files and
    names, as ``evidence`` (a WARC file) has it.
    """

    uuid: str
    at: datetime
    status: int
    url: str
    votes: int | None = None
    views: int | None = None
    state: str | None = None
    is_decided: bool | None = None
    values: Mapping[str, Any] | None = None
    sha256: str | None = None
    size: int = 0
    etag: str | None = None
    evidence: bytes | None = field(default=None, repr=False)

    @property
    def is_gone(self) -> bool:
        """Whether the portal said that it has no such petition."""
        return self.status in GONE


GONE = frozenset({404, 410})
AS_BEFORE = 304


@dataclass(frozen=True, slots=True)
class SignedPage:
    """When the signatures of a page of signers were given, newest first: microseconds since 1970 (UTC), and no name.

    A row whose time could not be read is None and keeps its place. Held in memory alone: what is kept are counts per
    hour (``domain/signatures.py``).
    """

    times: tuple[int | None, ...] = field(repr=False)
    is_last: bool | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with a request. ``detail`` is of ours and never holds anything of the answer's body."""

    code: str
    at: datetime
    path: str
    status: int | None = None
    detail: str = ""


class Unreachable(Exception):
    """The official portal gave no answer that can be read, however often it was asked."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


class Forbidden(Exception):
    """The official portal answered 403: nothing is asked until a person says so."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


def page_of(uuid: str) -> str:
    """Return the address at which people read a petition on the official portal."""
    return f"https://{PLATFORM}/petition/{uuid}"


DATE_FIELDS = ("applied", "deadline")
"""Date fields of a record whose meaning nobody has confirmed: an editor says of which step each is the day, or none."""

KATO_DIGITS = 2
"""So many digits of a code of the State's classifier of places are those of our code of the region, as in KZ-10."""


def region_of(values: Mapping[str, Any]) -> str | None:
    """Return the code of the region that a record's addressee is tied to, as far as its KATO code says."""
    code = (values.get("organization") or {}).get("kato")
    if not isinstance(code, str) or len(code) < KATO_DIGITS or not code[:KATO_DIGITS].isascii():
        return None
    return f"KZ-{code[:KATO_DIGITS]}" if code[:KATO_DIGITS].isdigit() else None


KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def language_of(text: str, said: str | None) -> str:
    """Return the language of a wording: as the record says, else Kazakh where it has a letter that Russian lacks."""
    stated = (said or "").casefold()[:2]
    if stated in ("kk", "kz"):
        return "kk"
    if stated in ("ru", "en"):
        return stated
    return "kk" if KAZAKH_LETTERS & set(text) else "ru"

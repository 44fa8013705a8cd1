"""What a row of the record says, in one line: the desk may repeat wordings that the public log leaves out."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.models import Demand, Event, GroupView, Title
from portal.services import changes
from portal.web.public.change_words import said_of
from portal.web.public.citing import said

LONGEST = 160
"""Characters of a wording: enough to know it again."""


def line_of(row: Any, publishers: Mapping[int, str] | None = None) -> str:
    """Return a row in one line; nothing where it has neither a day, a number, a code nor words."""
    if publishers is None:
        publishers = changes.publishers([source for source in _sources(row) if source])
    parts = [said_of(row, publishers), *_words(row)]
    return " · ".join(str(part) for part in parts if part)


def _sources(row: Any) -> Iterator[int | None]:
    yield getattr(row, "source_id", None)
    for claim in getattr(row, "claims", ()):
        yield claim.source_id


def _words(row: Any) -> Iterator[str]:
    match row:
        case Title():
            yield _cut(row.text)
        case Demand() | Event() if row.text is not None:
            yield _cut(str(said(row.text)))
        case GroupView():
            yield _cut(str(said(row.names)))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rstrip() + " …"

"""The sources of a page, numbered in the order in which the page first cites them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.models import Source


@dataclass(frozen=True, slots=True)
class Numbered:
    """A source with the number that the page gives it."""

    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class Cited:
    """What one fact rests on: its sources, the one that it was taken from first, and where in that one."""

    sources: tuple[Numbered, ...]
    locator: str | None

    @property
    def publisher(self) -> str | None:
        """Who published the first source."""
        return self.sources[0].source.publisher if self.sources else None


class Citations:
    """Gives each source a number when a fact first cites it."""

    def __init__(self, by_id: Mapping[int, Source], by_key: Mapping[str, Source]) -> None:
        self._by_id = by_id
        self._by_key = by_key
        self._numbers: dict[str, Numbered] = {}
        self._cited: dict[tuple[Any, ...], Cited] = {}

    def of(self, row: Any) -> Cited:
        """Return what a row of the record cites."""
        first = self._by_id.get(row.source_id)
        also = row.also or ()
        seen = (row.source_id, tuple(also), row.locator)
        if seen not in self._cited:
            found = [first, *(self._by_key.get(key) for key in also)]
            self._cited[seen] = Cited(self._numbered(found), row.locator)
        return self._cited[seen]

    def by_id(self, source_id: int | None) -> Cited:
        """Return a citation of one source by its id."""
        return Cited(self._numbered([self._by_id.get(source_id or 0)]), None)

    def by_key(self, key: str | None, locator: str | None = None) -> Cited:
        """Return a citation of one source by the key that files use."""
        return Cited(self._numbered([self._by_key.get(key or "")]), locator)

    def listed(self) -> list[Numbered]:
        """Return every source cited so far, by number."""
        return list(self._numbers.values())

    def _numbered(self, found: Iterable[Source | None]) -> tuple[Numbered, ...]:
        numbered = []
        for source in found:
            if source is not None:
                fresh = Numbered(len(self._numbers) + 1, source)
                numbered.append(self._numbers.setdefault(source.key, fresh))
        return tuple(dict.fromkeys(numbered))

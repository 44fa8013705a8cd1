"""What an import would do to one row: the words of a difference as codes."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.domain.texts import Text
from portal.services.import_format import Section

Facts = tuple[tuple[str, str], ...]
"""Columns and what stands in them, as plain text."""


class Change(StrEnum):
    """What an import does with a row."""

    ADDED = "added"
    CHANGED = "changed"
    PROPOSED = "proposed"
    WAITS = "waits"
    UNCHANGED = "unchanged"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one row: of what it is, what stood there and what would stand.

    ``why`` is the code of a clash: ``twice`` (the file says two things), ``waiting`` (a proposal about it waits) or
    ``needs_corrector`` (what stands may be changed by those who correct).
    """

    row: int
    change: Change
    section: Section
    petition: int | None
    name: str
    was: Facts = ()
    becomes: Facts = ()
    why: str | None = None

    @property
    def changes_what_stands(self) -> bool:
        """Whether something that the record says now would be said otherwise."""
        return self.change in (Change.CHANGED, Change.PROPOSED) and bool(self.was)

    def refused(self) -> "Line":
        """Return the line for somebody who may add and not correct."""
        return replace(self, change=Change.CLASH, why="needs_corrector")


def fact(name: str, value: object) -> Facts:
    """Return what stands in a column, a text as a column for each of its languages; nothing for nothing."""
    if isinstance(value, Text):
        return tuple((f"{name}_{lang}", words) for lang, words in sorted(value.by_language.items()))
    return ((name, str(value)),) if value else ()


def days(earliest: date | None, latest: date | None) -> Facts:
    """Return a day, or the ends of a range as far as they are known."""
    if earliest and earliest == latest:
        return (("date", earliest.isoformat()),)
    return tuple((name, day.isoformat()) for name, day in (("earliest", earliest), ("latest", latest)) if day)


@dataclass(frozen=True, slots=True)
class Place:
    """A petition that rows are about: its id, and the entry that last changed it when the plan was made."""

    id: int
    changed_in: int

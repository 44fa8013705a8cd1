"""Dates as the sources give them: a day, a range, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days between which a fact lies, both included; ``None`` leaves that side open.

    Raises ``ValueError`` where the earliest day comes after the latest.
    """

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError(f"a range that ends before it begins: {self.earliest} to {self.latest}")

    @classmethod
    def on(cls, day: date) -> "DateRange":
        """Return the range of one day."""
        return cls(day, day)

    @property
    def is_dated(self) -> bool:
        """Whether the source bounds the fact on at least one side."""
        return self.earliest is not None or self.latest is not None

    @property
    def is_exact(self) -> bool:
        """Whether the fact lies on one known day."""
        return self.earliest is not None and self.earliest == self.latest

    def contains(self, other: "DateRange") -> bool:
        """Whether every day that ``other`` allows is a day that this range allows."""
        return (self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)) and (
            self.latest is None or (other.latest is not None and other.latest <= self.latest)
        )

    def agrees_with(self, other: "DateRange") -> bool:
        """Whether two sources may both be right: one is only the vaguer of the two."""
        return self.contains(other) or other.contains(self)


UNDATED = DateRange(None, None)


def hull(ranges: Iterable[DateRange]) -> DateRange:
    """Return the narrowest range that holds all of them; an open side stays open.

    Raises ``ValueError`` where there is none.
    """
    every = list(ranges)
    if not every:
        raise ValueError("no range to hold")
    earliest = [each.earliest for each in every]
    latest = [each.latest for each in every]
    return DateRange(
        None if None in earliest else min(day for day in earliest if day is not None),
        None if None in latest else max(day for day in latest if day is not None),
    )

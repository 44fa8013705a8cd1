"""A working group: what the law requires of it, what is known of it, and what is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """Who sits in a group, as article 90-5(2)(3) names them; ``other`` is anybody else."""

    STATE_AGENCY = "state_agency"
    MP = "mp"
    AUTHOR = "author"
    AUTHOR_REPRESENTATIVE = "author_representative"
    NGO = "ngo"
    OTHER = "other"


REQUIRED: tuple[frozenset[Category], ...] = (
    frozenset({Category.STATE_AGENCY}),
    frozenset({Category.MP}),
    frozenset({Category.AUTHOR, Category.AUTHOR_REPRESENTATIVE}),
    frozenset({Category.NGO}),
)
"""Each of these must be in the group (article 90-5(2)(3)); one of a set is enough."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A group's total, what is known by category, and what the sources leave open.

    ``not_broken_down`` is the total less the known counts, ``None`` where the total is not known. ``exceeds`` says that
    the known counts are more than the total: the sources do not fit together. ``unnamed`` lists the required
    categories of which no source speaks: not a breach, only nothing seen.
    """

    total: int | None
    known: int
    not_broken_down: int | None
    exceeds: bool
    unnamed: tuple[frozenset[Category], ...]


def composition(total: int | None, counts: Iterable[tuple[Category, int | None]]) -> Composition:
    """Return how a group is made up. A category with the count ``None`` is there, in a number that is not stated."""
    rows = list(counts)
    known = sum(count for _, count in rows if count is not None)
    present = {category for category, count in rows if count is None or count > 0}
    return Composition(
        total=total,
        known=known,
        not_broken_down=None if total is None else max(total - known, 0),
        exceeds=total is not None and known > total,
        unnamed=tuple(required for required in REQUIRED if not required & present),
    )

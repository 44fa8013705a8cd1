"""The questions that lists of petitions answer, and the numbers in their rules."""

from enum import StrEnum


class Question(StrEnum):
    """What somebody asks of all petitions; each has a list of its own. ``all`` is the list without a question."""

    ALL = "all"
    COLLECTING = "collecting"
    CLOSE = "close"
    REVIEW = "review"
    DUE = "due"
    ENDED = "ended"
    OVERDUE = "overdue"
    VANISHED = "vanished"
    DECIDED = "decided"
    REJECTED = "rejected"
    FOLLOW_UPS = "follow_ups"


CLOSE_PERCENT = 80
"""From what share of its threshold on a petition is close to it: ours, no number of the law."""

DUE_WITHIN = 10
"""Within how many working days a last day is listed as near: ours, no number of the law."""

GROUND = r"90-2\((?:2|3|4)\)(?:\(\d{1,2}\))?"
"""How the ground of a rejection is named: the part of article 90-2, and the item of it where a source states it."""


def percent_of(votes: int | None, qualifier: str | None, threshold: int | None) -> int | None:
    """Return how many per cent of its threshold a petition has for certain, rounded down.

    ``None`` where either is not known, and where a source says only that there are fewer votes than a number.
    """
    if votes is None or not threshold or qualifier == "fewer_than":
        return None
    return votes * 100 // threshold

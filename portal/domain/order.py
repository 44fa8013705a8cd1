"""Dates that cannot be in the order that the law implies: a slip of the pen, or sources that disagree; no block."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from portal.domain.dates import DateRange
from portal.domain.events import Event, EventKind

PATHS: Sequence[Sequence[EventKind]] = (
    (
        EventKind.FILED,
        EventKind.MODERATION_PASSED,
        EventKind.INITIAL_SUPPORT_OPENED,
        EventKind.FIFTY_REACHED,
        EventKind.PUBLISHED,
        EventKind.THRESHOLD_REACHED,
        EventKind.FORWARDED,
        EventKind.RECEIVED,
        EventKind.REGISTERED,
        EventKind.DECIDED,
        EventKind.DECISION_PUBLISHED,
    ),
    (EventKind.FILED, EventKind.REJECTED),
    (EventKind.FIFTY_REACHED, EventKind.REJECTED),
    (EventKind.PUBLISHED, EventKind.MEDIA_NOTIFIED),
    (EventKind.PUBLISHED, EventKind.RETURNED, EventKind.MESSAGE_REGISTERED, EventKind.MESSAGE_ANSWERED),
    (EventKind.FORWARDED, EventKind.FORWARDING_NOTICED),
    (EventKind.REGISTERED, EventKind.GROUP_FORMED, EventKind.DECIDED),
    (EventKind.REGISTERED, EventKind.DRAFT_ANNOUNCED, EventKind.DECIDED),
    (EventKind.DECIDED, EventKind.AUTHOR_NOTIFIED),
    (EventKind.DISCUSSION_NOTIFIED, EventKind.DISCUSSION_HELD),
    (
        EventKind.COMPLAINT_FILED,
        EventKind.COMPLAINT_FORWARDED,
        EventKind.COMPLAINT_REGISTERED,
        EventKind.COMPLAINT_DECIDED,
    ),
)
"""Kinds of event in the order in which the Code lets them happen (articles 90-2 to 90-6; of a complaint, 91 and 99)."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Two kinds of event of which every date that may be right puts the later one first."""

    earlier: EventKind
    later: EventKind
    earlier_when: DateRange
    later_when: DateRange


def misplaced(events: Iterable[Event]) -> tuple[Misplaced, ...]:
    """Return the pairs of kinds whose order the law implies and whose dates cannot be in it, each pair once.

    Where sources disagree every claim counts as one that may be right. Of pairs of one path only the innermost are
    returned: one wrong date gives one pair or two, whatever lies around it.
    """
    dated: dict[EventKind, list[DateRange]] = {}
    for event in events:
        when = event.when()
        if when is not None and event.held:
            dated.setdefault(event.kind, []).append(when)
    found = (pair for path in PATHS for pair in _innermost(path, dated))
    return tuple({(each.earlier, each.later): each for each in found}.values())


def _innermost(path: Sequence[EventKind], dated: dict[EventKind, list[DateRange]]) -> Iterator[Misplaced]:
    places = [place for place, kind in enumerate(path) if kind in dated]
    wrong = [pair for pair in combinations(places, 2) if _cannot_follow(dated[path[pair[0]]], dated[path[pair[1]]])]
    for first, last in wrong:
        if not any(first <= other[0] and other[1] <= last for other in wrong if other != (first, last)):
            earlier, later = dated[path[first]], dated[path[last]]
            yield Misplaced(path[first], path[last], min(earlier, key=_earliest), max(later, key=_latest))


def _cannot_follow(earlier: Sequence[DateRange], later: Sequence[DateRange]) -> bool:
    """Whether the latest day of all later events lies before the earliest of all earlier ones."""
    return min(map(_earliest, earlier)) > max(map(_latest, later))


def _earliest(when: DateRange) -> date:
    return when.earliest or date.min


def _latest(when: DateRange) -> date:
    return when.latest or date.max

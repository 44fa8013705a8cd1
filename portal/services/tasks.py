"""What needs a person, found in the whole record: the queues of the hub.

Nothing of it is stored. What follows from a petition's rows alone is kept in this process and found anew only for the
petitions that an entry of the chain has changed since; what depends on the day, on proposals and on checks of sources
is asked of the database each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.db import db
from portal.domain.tasks import Task, TaskKind
from portal.models import AuditEntry, Petition
from portal.services import (
    audit,
    source_checks,
    task_events,
    task_proposals,
    task_reviews,
    task_terms,
    task_texts,
    task_watch,
)

WITHIN, LONGEST = 5, 60
"""Working days: within how many a last day is near where nobody says, and at most."""


FEW = 500
"""How many petitions are asked for one by one; of more, all rows are read anyway."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the rows of each petition, as they stood at an entry of the chain."""

    sequence: int
    hash: str
    by_petition: Mapping[int, Sequence[Task]]


_NOTHING = Found(0, audit.GENESIS, {})
_last: list[Found] = [_NOTHING]


def tasks(on: date, within: int = WITHIN) -> list[Task]:
    """Return everything that needs a person on a day, the queues in their order, the oldest of each first."""
    every = [*task_proposals.tasks(), *task_terms.tasks(on, within), *source_checks.tasks(), *task_texts.of_reference()]
    every += [*task_watch.tasks(), *_in_petitions()]
    order = list(TaskKind)
    return sorted(every, key=lambda each: (order.index(each.kind), each.since or date.max, each.key))


def by_key(key: str, on: date) -> Task | None:
    """Find a task by its key, a last day however far ahead among them."""
    return next((each for each in tasks(on, LONGEST) if each.key == key), None)


def _in_petitions() -> Iterator[Task]:
    """Return what needs a person in the rows of petitions: an untouched petition is not looked at twice."""
    sequence, head = audit.head()
    kept = _last[0]
    if (sequence, head) != (kept.sequence, kept.hash):
        kept = _brought_up(kept if _is_of_this_chain(kept) else _NOTHING, sequence, head)
        _last[0] = kept  # One assignment: whoever reads meanwhile has the older or the newer.
    for found in kept.by_petition.values():
        yield from found


def _is_of_this_chain(kept: Found) -> bool:
    """Whether the chain of this database still has the entry up to which we looked."""
    known = db.session.scalar(select(AuditEntry.hash).where(AuditEntry.sequence == kept.sequence))
    return known == kept.hash


def _brought_up(kept: Found, sequence: int, head: str) -> Found:
    changed = Petition.changed_in > kept.sequence
    touched = db.session.scalars(select(Petition.id).where(changed)).all()
    if not touched:
        return Found(sequence, head, kept.by_petition)
    if len(touched) <= FEW:
        changed = Petition.id.in_(touched)  # By their ids a database finds the rows of few without reading all.
    found: dict[int, list[Task]] = {petition: [] for petition in touched}
    for finder in (task_events, task_reviews, task_texts, task_watch):
        for petition, task in finder.in_petitions(changed):
            found[petition].append(task)
    rest = {petition: each for petition, each in kept.by_petition.items() if petition not in found}
    return Found(sequence, head, {**rest, **{petition: each for petition, each in found.items() if each}})

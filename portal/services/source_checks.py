"""Whether sources still open: what somebody found on a day, and those that nobody has tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from portal.db import db, writing
from portal.domain.refusals import DayAhead
from portal.domain.tasks import Form, Task, TaskKind
from portal.models import Source, SourceCheck
from portal.models.desk import SourceState
from portal.services import audit

LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Checked:
    """A source with an address, and its last check if there was one."""

    source: Source
    check: SourceCheck | None


def check(source_id: int, state: SourceState, on: date, *, by: str, today: date) -> SourceCheck:
    """Record what somebody found when they opened a source on a day, in one transaction.

    Raises ``DayAhead`` for a day that has not come, ``NoResultFound`` where there is no such source.
    """
    if on > today:
        raise DayAhead(on)
    with writing() as session:
        source = session.scalars(select(Source).where(Source.id == source_id)).one()
        entry = audit.append(
            "sources.checked",
            f"sources/{source.key}"[:LONGEST_SUBJECT],
            by=by,
            after={"state": state, "checked_on": on},
        )
        made = SourceCheck(
            source_id=source.id, state=state.value, checked_on=on, checked_by=by, checked_in=entry.sequence
        )
        session.add(made)
    return made


def by_id(source_id: int) -> Checked | None:
    """Find a source with its last check."""
    found = db.session.execute(_with_last().where(Source.id == source_id)).one_or_none()
    return None if found is None else Checked(found[0], found[1])


def listed(state: str | None, *, after: int = 0, size: int = 50) -> Sequence[Checked]:
    """Return sources that have an address, by number, after one; with a state, only those last found so.

    The state ``unchecked`` finds those that nobody has tried.
    """
    rows = _with_last().where(Source.url.is_not(None), Source.id > after).order_by(Source.id).limit(size)
    if state == "unchecked":
        rows = rows.where(SourceCheck.id.is_(None))
    elif state is not None:
        rows = rows.where(SourceCheck.state == state)
    return [Checked(row[0], row[1]) for row in db.session.execute(rows)]


def unchecked() -> Sequence[Source]:
    """Return every source that has an address which nobody has tried."""
    return db.session.scalars(
        select(Source)
        .outerjoin(SourceCheck, SourceCheck.source_id == Source.id)
        .where(Source.url.is_not(None), SourceCheck.id.is_(None))
        .order_by(Source.id)
    ).all()


def tasks() -> list[Task]:
    """Return a task for each source that was last found dead or changed."""
    broken = SourceCheck.state.in_([SourceState.DEAD.value, SourceState.CHANGED.value])
    return [
        _task(Checked(row[0], row[1])) for row in db.session.execute(_with_last().where(broken).order_by(Source.id))
    ]


def _with_last() -> Any:
    last = select(func.max(SourceCheck.id)).group_by(SourceCheck.source_id)
    return select(Source, SourceCheck).outerjoin(
        SourceCheck, and_(SourceCheck.source_id == Source.id, SourceCheck.id.in_(last))
    )


def _task(each: Checked) -> Task:
    assert each.check is not None
    return Task(
        TaskKind.SOURCE,
        f"source/{each.source.id}",
        None,
        each.check.checked_on,
        Form.SOURCE_CHECK,
        ("source", str(each.source.id)),
        {"publisher": each.source.publisher, "state": each.check.state, "checked": each.check.checked_on},
    )

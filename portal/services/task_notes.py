"""What people say of a task: whose it is, until when it may wait, and why. The last note of a task counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.db import db, writing
from portal.domain.refusals import AccountMissing, DayOver, ReasonMissing
from portal.domain.tasks import Task
from portal.models import Account, TaskNote
from portal.services import audit


@dataclass(frozen=True, slots=True)
class Noted:
    """A task with its last note, if there is one."""

    task: Task
    note: TaskNote | None

    @property
    def assigned_to(self) -> str | None:
        """Return the code of whoever took it up."""
        return None if self.note is None else self.note.assigned_to

    def waits(self, on: date) -> bool:
        """Whether it was put off and the day has not come; a task whose matter changed since waits no longer."""
        note = self.note
        if note is None or note.snoozed_until is None or note.matter != self.task.matter:
            return False
        return on < note.snoozed_until


def with_notes(tasks: Sequence[Task]) -> list[Noted]:
    """Return tasks with the last note of each."""
    last = select(func.max(TaskNote.id)).group_by(TaskNote.task)
    notes = {each.task: each for each in db.session.scalars(select(TaskNote).where(TaskNote.id.in_(last)))}
    return [Noted(each, notes.get(each.key)) for each in tasks]


def history(key: str) -> Sequence[TaskNote]:
    """Return every note of a task, the last first."""
    return db.session.scalars(select(TaskNote).where(TaskNote.task == key).order_by(TaskNote.id.desc())).all()


def colleagues() -> Mapping[str, str]:
    """Return the names that people at the desk sign in with, by the codes of their accounts, without closed ones."""
    rows = select(Account.code, Account.name).where(Account.closed_at.is_(None)).order_by(Account.name)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def names() -> Mapping[str, str]:
    """Return the name of every account that there ever was, by its code."""
    return {row[0]: row[1] for row in db.session.execute(select(Account.code, Account.name))}


def note(
    task: Task, *, assigned_to: str | None, snoozed_until: date | None, text: str | None, by: str, today: date
) -> TaskNote:
    """Note whose a task is and until when it waits, in one transaction; the note takes the place of the last one.

    What is written stays at the desk: the chain holds a salted digest of it. Raises ``ReasonMissing`` where a task is
    put off without a word, ``DayOver`` for a day that is not ahead, ``AccountMissing`` for an account that is none.
    """
    if snoozed_until is not None and not text:
        raise ReasonMissing
    if snoozed_until is not None and snoozed_until <= today:
        raise DayOver(snoozed_until)
    if assigned_to is not None and assigned_to not in colleagues():
        raise AccountMissing
    with writing() as session:
        after = {
            "task": task.key,
            "assigned_to": assigned_to,
            "until": snoozed_until,
            "note": {"personal": audit.conceal(text)} if text else None,
        }
        entry = audit.append("task.noted", f"task/{task.kind}", by=by, after=after)
        made = TaskNote(
            task=task.key,
            matter=task.matter,
            assigned_to=assigned_to,
            snoozed_until=snoozed_until,
            note=text,
            noted_by=by,
            noted_at=entry.at,
            noted_in=entry.sequence,
        )
        session.add(made)
    return made

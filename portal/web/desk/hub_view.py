"""What the hub shows: the queues with their numbers and ages, and the tasks that were asked for, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from portal.domain.refusals import CalendarMissing
from portal.domain.tasks import TaskKind
from portal.i18n import tasks as said
from portal.i18n.locale import gettext
from portal.models import TaskNote
from portal.services import task_notes, tasks
from portal.services.catalogue import catalogue
from portal.services.task_notes import Noted
from portal.web import query
from portal.web.desk.access import account, may
from portal.web.desk.addresses import address_of

ON_A_PAGE = 50
MINE, NOBODYS, PUT_OFF, ALL = "mine", "nobodys", "put_off", "all"
WHOSE = (ALL, MINE, NOBODYS, PUT_OFF)
KNOWN = ("kind", "petition", "whose", "within", "page")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the hub was asked for."""

    kind: str | None
    petition: int | None
    whose: str
    within: int
    page: int

    @classmethod
    def read(cls) -> "Asked":
        """Read the query. Raises ``BadInput``."""
        given = query.read(KNOWN)
        return cls(
            kind=query.one_of("kind", given["kind"], {each.value for each in TaskKind}) if "kind" in given else None,
            petition=query.number("petition", given["petition"], least=1) if "petition" in given else None,
            whose=query.one_of("whose", given.get("whose", ALL), WHOSE),
            within=query.number("within", given.get("within", str(tasks.WITHIN)), most=tasks.LONGEST),
            page=query.number("page", given.get("page", "1"), least=1, most=10_000),
        )

    def address(self, **changes: object) -> str:
        """Return the address of the hub with something asked for differently; the page begins anew."""
        values = {"kind": self.kind, "petition": self.petition, "whose": self.whose, "within": self.within, **changes}
        plain = {"whose": ALL, "within": tasks.WITHIN}
        return url_for("desk.hub", **{name: each for name, each in values.items() if each != plain.get(name)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in words, with the form that mends it."""

    kind: str
    queue: str
    key: str
    petition: int | None
    says: str
    age: str
    is_late: bool
    address: str | None
    button: str
    waits_for_another: bool
    may_act: bool
    assigned_to: str | None
    note: TaskNote | None
    is_put_off: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """A queue: its name, how many tasks it has, and how long the one that waits longest has waited."""

    kind: str
    name: str
    rule: str
    number: int
    oldest: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Hub:
    """The page."""

    asked: Asked
    queues: Sequence[QueueView]
    rows: Sequence[TaskView]
    total: int
    whose: Sequence[tuple[str, str, int, str]]
    earlier: str | None
    later: str | None
    rule: str | None


def hub_of(asked: Asked, on: date) -> Hub:
    """Return the hub on a day."""
    every = task_notes.with_notes(tasks.tasks(on, asked.within))
    if asked.petition is not None:
        every = [each for each in every if each.task.petition == asked.petition]
    groups = {whose: [each for each in every if _is(each, whose, on)] for whose in WHOSE}
    chosen = groups[asked.whose]
    rows = [each for each in chosen if asked.kind in (None, each.task.kind)]
    first = (asked.page - 1) * ON_A_PAGE
    people = task_notes.names()
    return Hub(
        asked,
        [_queue(kind, [each for each in chosen if each.task.kind is kind], asked, on) for kind in TaskKind],
        [view_of(each, on, people) for each in rows[first : first + ON_A_PAGE]],
        len(rows),
        [(whose, _whose(whose), len(groups[whose]), asked.address(whose=whose)) for whose in WHOSE],
        asked.address(page=asked.page - 1) if asked.page > 1 else None,
        asked.address(page=asked.page + 1) if first + ON_A_PAGE < len(rows) else None,
        str(said.RULES[TaskKind(asked.kind)]) if asked.kind else None,
    )


def _is(each: Noted, whose: str, on: date) -> bool:
    if each.waits(on):
        return whose == PUT_OFF
    match whose:
        case "mine":
            return each.assigned_to == account().code
        case "nobodys":
            return each.assigned_to is None
        case "all":
            return True
    return False


def _whose(whose: str) -> str:
    return {
        ALL: gettext("All that waits"),
        MINE: gettext("Mine"),
        NOBODYS: gettext("Nobody’s"),
        PUT_OFF: gettext("Put off"),
    }[whose]


def _queue(kind: TaskKind, noted: Sequence[Noted], asked: Asked, on: date) -> QueueView:
    first = min(noted, key=lambda each: each.task.since or date.max, default=None)
    return QueueView(
        kind=kind.value,
        name=str(said.QUEUES[kind]),
        rule=str(said.RULES[kind]),
        number=len(noted),
        oldest="" if first is None else said.age(first.task, on, _working_days_left(first, on)),
        address=asked.address(kind=None if asked.kind == kind else kind.value),
        is_current=asked.kind == kind,
    )


def view_of(noted: Noted, on: date, people: Mapping[str, str]) -> TaskView:
    """Return a task in words."""
    task, code = noted.task, noted.assigned_to
    return TaskView(
        kind=task.kind.value,
        queue=str(said.QUEUES[task.kind]),
        key=task.key,
        petition=task.petition,
        says=said.sentence(task),
        age=said.age(task, on, _working_days_left(noted, on)),
        is_late=task.kind is TaskKind.OVERDUE,
        address=address_of(task) if may(task.right) else None,
        button=str(said.FORMS[task.form]),
        waits_for_another=task.by == account().code,
        may_act=may(task.right),
        assigned_to=None if code is None else f"{people.get(code, '')} ({code})".strip(),
        note=noted.note,
        is_put_off=noted.waits(on),
    )


def _working_days_left(noted: Noted, on: date) -> int | None:
    due = noted.task.since
    if due is None or due <= on:
        return None
    try:
        return catalogue().calendar.working_days_between(on, due)
    except CalendarMissing:
        return None

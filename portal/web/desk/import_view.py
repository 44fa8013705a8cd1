"""What the pages of an import show: the columns of tables, and a difference in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.events import EventKind
from portal.i18n import imports as said
from portal.i18n.formats import count
from portal.i18n.labels import label
from portal.services.import_format import COLUMNS, ORGANISATION_KINDS, OWN_FORM, QUALIFIERS, REQUIRED, Section
from portal.services.import_lines import Change, Line
from portal.services.import_plan import Plan
from portal.services.import_tables import Fault

SECTIONS_WITH_TEMPLATES = tuple(section.value for section in COLUMNS)
EXAMPLE = 50_000
"""A number of votes to show with what a qualifier means."""

MOST_SHOWN = 500
"""Lines of one fate that a page shows; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One row of a difference in words."""

    row: int
    about: str
    change: str
    code: str
    why: str | None
    facts: Sequence[tuple[str, str | None, str | None]]


@dataclass(frozen=True, slots=True)
class FaultView:
    """One thing that is wrong, in words."""

    row: int
    column: str
    sentence: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would do."""

    counts: Sequence[tuple[str, str, int]]
    groups: Sequence[tuple[str, str, Sequence[LineView], int]]
    faults: Sequence[FaultView]
    more_faults: int
    is_possible: bool
    is_nothing: bool


def columns(section: str) -> Sequence[tuple[str, str, bool]]:
    """Return the columns of a table: the name in the file, what it holds, and whether it must be there."""
    found = Section(section)
    return [(name, str(said.COLUMNS[name]), name in REQUIRED[found]) for name in COLUMNS[found]]


def kinds() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the codes that the columns ``kind`` and ``qualifier`` take, with their words."""
    events = [(kind.value, label(kind)) for kind in EventKind if kind not in OWN_FORM]
    return {
        "events": events,
        "counts": [(each, count(EXAMPLE, each)) for each in QUALIFIERS],
        "organisations": [(each, label(each, "organisation_kind")) for each in ORGANISATION_KINDS],
    }


def difference(plan: Plan) -> Difference:
    """Return a plan in words, what needs a look first."""
    order = (Change.CLASH, Change.CHANGED, Change.PROPOSED, Change.ADDED, Change.WAITS, Change.UNCHANGED)
    by_change = {change: [line for line in plan.lines if line.change is change] for change in order}
    return Difference(
        counts=[(change.value, str(said.CHANGES[change]), len(lines)) for change, lines in by_change.items() if lines],
        groups=[
            (change.value, str(said.CHANGES[change]), [_line(line) for line in lines[:MOST_SHOWN]], len(lines))
            for change, lines in by_change.items()
            if lines
        ],
        faults=[_fault(each) for each in plan.faults[:MOST_SHOWN]],
        more_faults=max(len(plan.faults) - MOST_SHOWN, 0),
        is_possible=plan.is_possible,
        is_nothing=not plan.faults and plan.steps == 0 and not plan.count(Change.CLASH),
    )


def _line(line: Line) -> LineView:
    was, now = dict(line.was), dict(line.becomes)
    names = [*now, *(name for name in was if name not in now)]
    facts = [
        (name, _value(name, was.get(name)), _value(name, now.get(name)))
        for name in names
        if not was or was.get(name) != now.get(name)
    ]
    return LineView(
        row=line.row,
        about=said.row_is_about(line.section, line.petition, line.name),
        change=str(said.CHANGES[line.change]),
        code=line.change.value,
        why=str(said.WHY[line.why]) if line.why else None,
        facts=facts if line.change is not Change.UNCHANGED else [],
    )


def _value(name: str, value: str | None) -> str | None:
    return None if value is None else said.value_words(name, value)


def _fault(fault: Fault) -> FaultView:
    return FaultView(fault.row, fault.column, str(said.FAULTS[fault.code]), fault.value)

"""The calendar files of ``portal/data/calendars``, read into the calendar the law counts with."""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from portal.domain.texts import LANGUAGES
from portal.domain.working_days import (
    CalendarStatus,
    CalendarYear,
    DayKind,
    SpecialDay,
    WorkingCalendar,
)

YEAR_KEYS = {"year", "status", "certainty", "note", "acts", "day"}
DAY_KEYS = {"on", "kind", "why", "act", "source", "certainty", "names"}
MARKS = {"A", "B", "C", "D"}
COUNTERPART = {
    DayKind.OBSERVED: DayKind.HOLIDAY,
    DayKind.MOVED_OFF: DayKind.WORKED_WEEKEND,
    DayKind.WORKED_WEEKEND: DayKind.MOVED_OFF,
}
"""What the day named in ``for`` must be."""

Member = TypeVar("Member", bound=StrEnum)


def load_calendar(folder: Path) -> WorkingCalendar:
    """Read every ``<year>.toml`` of ``folder`` into one calendar.

    Raises ``ValueError`` that names the file, and the day where one is at fault: nothing is
    guessed, skipped or mended. An unknown or missing key, a kind or mark that does not exist, a day
    outside its year or given twice, a worked weekend on a weekday, a name missing in a language,
    and an exchange of days whose other half is not there are all refused.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ValueError(f"{folder}: no calendar file")
    years = [_read(path) for path in files]
    special = {day.on: day for year in years for day in year.days}
    known = {year.year for year in years}
    for day in special.values():
        _require_counterpart(day, special, known)
    return WorkingCalendar(years)


def _read(path: Path) -> CalendarYear:
    try:
        year = _year(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValueError as fault:  # A TOML error is one too; ours name the day, this adds the file.
        raise ValueError(f"{path.name}: {fault}") from fault
    if path.stem != str(year.year):
        raise ValueError(f"{path.name}: the file says it is of {year.year}")
    return year


def _year(table: Mapping[str, Any]) -> CalendarYear:
    _require_keys(table, YEAR_KEYS, "the head")
    number, acts, days = table["year"], table["acts"], table["day"]
    if type(number) is not int:
        raise ValueError(f"year: {number!r} is not a year")
    if not isinstance(acts, list) or not all(isinstance(act, str) and act for act in acts):
        raise ValueError("acts: not a list of texts")
    if not isinstance(days, list):
        raise ValueError("day: not an array of tables")
    return CalendarYear(
        year=number,
        status=_member(CalendarStatus, table["status"], "status"),
        days=tuple(_day(day) for day in days),
        note=_text(table, "note", "the head"),
        certainty=_mark(table, "the head"),
        acts=tuple(acts),
    )


def _day(table: Mapping[str, Any]) -> SpecialDay:
    on = _date(table.get("on"), "a day")
    where = on.isoformat()
    kind = _member(DayKind, table.get("kind"), f"{where}: kind")
    _require_keys(table, DAY_KEYS | {"for"} if kind in COUNTERPART else DAY_KEYS, where)
    names = table["names"]
    _require_keys(names, set(LANGUAGES), f"{where}: names")
    return SpecialDay(
        on=on,
        kind=kind,
        why=_text(table, "why", where),
        act=_text(table, "act", where),
        source=_text(table, "source", where),
        certainty=_mark(table, where),
        names={language: _text(names, language, where) for language in LANGUAGES},
        instead_of=_date(table["for"], where) if kind in COUNTERPART else None,
    )


def _require_counterpart(day: SpecialDay, special: Mapping[date, SpecialDay], known: set[int]) -> None:
    """Raise ``ValueError`` unless the day named in ``for`` is the other half of the exchange.

    A half in a year that has no file cannot be checked and is taken on trust.
    """
    if day.instead_of is None or day.instead_of.year not in known:
        return
    other = special.get(day.instead_of)
    if other is None or other.kind is not COUNTERPART[day.kind]:
        expected = COUNTERPART[day.kind].value
        raise ValueError(f"{day.on.year}.toml: {day.on}: for {day.instead_of}, which is no {expected}")
    if other.instead_of not in {None, day.on}:
        raise ValueError(f"{day.on.year}.toml: {day.on}: {other.on} is exchanged for {other.instead_of}")


def _require_keys(table: object, keys: set[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise ValueError(f"{where}: not a table")
    if unknown := sorted(table.keys() - keys):
        raise ValueError(f"{where}: unknown key {', '.join(unknown)}")
    if missing := sorted(keys - table.keys()):
        raise ValueError(f"{where}: missing key {', '.join(missing)}")


def _member(kind: type[Member], value: object, where: str) -> Member:
    if value not in list(kind):
        raise ValueError(f"{where}: {value!r} is none of {', '.join(kind)}")
    return kind(str(value))


def _date(value: object, where: str) -> date:
    if type(value) is not date:  # A datetime is a date too, and says more.
        raise ValueError(f"{where}: {value!r} is not a date")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: {key} is empty or no text")
    return value


def _mark(table: Mapping[str, Any], where: str) -> str:
    mark = _text(table, "certainty", where)
    if mark not in MARKS:
        raise ValueError(f"{where}: certainty {mark!r} is none of A, B, C, D")
    return mark

"""Reading tables that people send: CSV and XLSX become rows of plain text, or a list of what is wrong with them.

Nothing is computed: of a formula only the value that the file keeps is read, macros are not looked at.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

LARGEST_FILE = 5_000_000
"""Bytes."""

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 10_000, 60, 20_000
MOST_EXPANDED, MOST_PARTS = 60_000_000, 500
"""Bytes that an XLSX may unpack to, and files in it: a small file must not become a huge one."""

ZIP = b"PK\x03\x04"
COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: in which row and column, a code for the sentence, and what stands there."""

    row: int
    column: str
    code: str
    value: str = ""


@dataclass(slots=True)
class Table:
    """A table as read: its columns and, by the number of the row in the file, what stands in each."""

    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_table(data: bytes) -> Table:
    """Read a table, by its content and not by its name. What is wrong stands in its ``faults``."""
    if len(data) > LARGEST_FILE:
        return Table(faults=[Fault(0, "", "file_too_large")])
    if not data.strip():
        return Table(faults=[Fault(0, "", "file_empty")])
    rows = _xlsx(data) if data.startswith(ZIP) else _csv(data)
    return rows if isinstance(rows, Table) else _table(rows)


def _table(rows: Iterable[tuple[int, list[str]]]) -> Table:
    table = Table()
    for number, cells in rows:
        if not any(cells) or cells[0].startswith(COMMENT):
            continue
        if not table.columns:
            table.columns = [cell.strip().casefold() for cell in cells]
            table.faults += _of_header(number, table.columns)
            continue
        if len(table.rows) >= MOST_ROWS:
            table.faults.append(Fault(number, "", "too_many_rows"))
            break
        if any(cells[len(table.columns) :]):
            table.faults.append(Fault(number, "", "too_many_cells"))
        if any(len(cell) > LONGEST_CELL for cell in cells):
            table.faults.append(Fault(number, "", "cell_too_long"))
        table.rows.append((number, dict(zip(table.columns, cells, strict=False))))
    if not table.rows and not table.faults:
        table.faults.append(Fault(0, "", "no_rows"))
    return table


def _of_header(number: int, columns: list[str]) -> Iterator[Fault]:
    if len(columns) > MOST_COLUMNS:
        yield Fault(number, "", "too_many_cells")
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        yield Fault(number, name[:60], "column_twice")


# CSV
# ------------------------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Table | Iterable[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Table(faults=[Fault(0, "", "not_utf8")])
    if "\0" in text:
        return Table(faults=[Fault(0, "", "not_a_table")])
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(reader, 1)]
    except csv.Error:
        return Table(faults=[Fault(0, "", "not_a_table")])


def _delimiter(text: str) -> str:
    """Return what stands between the cells of the first line that is no comment: a comma, a semicolon or a tab."""
    line = next((each for each in text.splitlines() if each.strip() and not each.startswith(COMMENT)), "")
    return max(",;\t", key=line.count)


# XLSX
# ------------------------------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Table | Iterable[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_EXPANDED:
            return Table(faults=[Fault(0, "", "file_too_large")])
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 100)
    except (zipfile.BadZipFile, CalamineError, ValueError, IndexError, OSError):
        return Table(faults=[Fault(0, "", "not_a_table")])
    return [(number, [_cell(value) for value in cells]) for number, cells in enumerate(rows, 1)]


def _cell(value: Any) -> str:
    """Return a cell as text: a day as YYYY-MM-DD, a whole number without a fraction."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case _:
            return str(value).strip()

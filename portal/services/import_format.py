"""What an import may hold: events, counts and organisations as rows of a table, each cell checked."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import get_args

from portal.domain.events import EventKind
from portal.domain.stages import Stage
from portal.domain.texts import LANGUAGES, Mark, Text
from portal.domain.typed import clean, clean_line
from portal.services.import_tables import Fault, Table
from portal.services.register_format import FIRST_YEAR, LAST_YEAR, OrganisationIn, SnapshotIn, SourceIn


class Section(StrEnum):
    """What the rows of an import are."""

    EVENTS = "events"
    COUNTS = "counts"
    ORGANISATIONS = "organisations"
    SOURCES = "sources"


NOTE = tuple(f"note_{lang}" for lang in LANGUAGES)
NAME = tuple(f"name_{lang}" for lang in LANGUAGES)
FORM = tuple(f"form_{lang}" for lang in LANGUAGES)
DATED = ("date", "earliest", "latest")

COLUMNS: Mapping[Section, tuple[str, ...]] = {
    Section.EVENTS: (
        "petition", "kind", *DATED, "wording", "source", "locator", "speaker", "lang", "stage", *NOTE,
    ),
    Section.COUNTS: ("petition", "votes", "qualifier", *DATED, "source", "locator", *NOTE),
    Section.ORGANISATIONS: ("id", *NAME, *FORM, "kind", "aliases", "source", "locator"),
}  # fmt: skip
"""The columns of each kind of table, the same in every language of the page."""

REQUIRED: Mapping[Section, tuple[str, ...]] = {
    Section.EVENTS: ("petition", "kind", "source"),
    Section.COUNTS: ("petition", "votes", "source"),
    Section.ORGANISATIONS: ("id", "kind"),
}

OWN_FORM = frozenset(
    {
        EventKind.STATEMENT_QUOTED,
        EventKind.ALLEGATION_MADE,
        EventKind.COMMUNICATION_SENT,
        EventKind.FOLLOW_UP_SET,
        EventKind.FOLLOW_UP_REPORTED,
        EventKind.COURT_RULED,
        EventKind.TERM_REPORTED,
        EventKind.RELATED_ACT_ADOPTED,
    }
)
"""Events that are nothing without fields of their own: a table has no room for them."""

QUALIFIERS = get_args(SnapshotIn.model_fields["qualifier"].annotation)
ORGANISATION_KINDS = get_args(OrganisationIn.model_fields["kind"].annotation)
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,119}")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
TYPED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
LONGEST_LINE, LONGEST_LOCATOR, LARGEST_NUMBER = 600, 200, 2**31 - 1


@dataclass(frozen=True, slots=True)
class EventItem:
    """That one source says that a step of a petition happened, and when."""

    row: int
    petition: int
    kind: EventKind
    earliest: date | None
    latest: date | None
    source: str | None
    locator: str | None = None
    wording: Text | None = None
    speaker: Text | None = None
    note: Text | None = None
    stage: str | None = None
    also: tuple[str, ...] = ()
    derived: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class CountItem:
    """How many votes a source says that a petition had."""

    row: int
    petition: int
    votes: int
    qualifier: str
    earliest: date | None
    latest: date | None
    source: str | None
    locator: str | None = None
    note: Text | None = None
    views: int | None = None
    comments: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationItem:
    """An organisation; what is not given stays as the record has it."""

    row: int
    id: str
    kind: str
    names: Mapping[str, str]
    form: Mapping[str, str]
    aliases: tuple[str, ...]
    source: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source as a register file describes it."""

    row: int
    record: SourceIn


Item = EventItem | CountItem | OrganisationItem | SourceItem


def section_of(table: Table) -> Section | None:
    """Return what a table holds, by its columns; None where they are those of none."""
    columns = set(table.columns)
    if "votes" in columns:
        return Section.COUNTS
    if "petition" in columns:
        return Section.EVENTS
    return Section.ORGANISATIONS if "id" in columns else None


def items_of(table: Table, today: date) -> tuple[list[Item], list[Fault]]:
    """Return the rows of a table as what they say, and everything that is wrong with them."""
    section = section_of(table)
    if table.faults or section is None:
        return [], table.faults or [Fault(1, "", "columns_unknown")]
    known = COLUMNS[section]
    faults = [Fault(1, name[:60], "column_unknown") for name in table.columns if name and name not in known]
    faults += [Fault(1, name, "column_missing") for name in REQUIRED[section] if name not in table.columns]
    if faults:
        return [], faults
    items: list[Item] = []
    for number, cells in table.rows:
        read = _Cells(number, cells, today)
        item = READERS[section](read)
        faults += read.faults
        if not read.faults:
            items.append(item)
    return items, faults


class _Cells:
    """The cells of one row; what cannot be read is noted and read as nothing."""

    def __init__(self, row: int, cells: Mapping[str, str], today: date) -> None:
        self.row = row
        self.cells = cells
        self.until = today
        self.faults: list[Fault] = []

    def refuse(self, column: str, code: str) -> None:
        self.faults.append(Fault(self.row, column, code, self.cells.get(column, "")[:80]))

    def line(self, column: str, longest: int = LONGEST_LINE, *, required: bool = False) -> str | None:
        text = clean_line(self.cells.get(column, ""))
        if required and not text:
            self.refuse(column, "cell_missing")
        if len(text) > longest:
            self.refuse(column, "cell_too_long")
        return text or None

    def number(self, column: str, *, least: int) -> int:
        text = "".join(self.cells.get(column, "").split())
        if not text:
            self.refuse(column, "cell_missing")
        elif not text.isascii() or not text.isdigit() or not least <= int(text[:12]) <= LARGEST_NUMBER:
            self.refuse(column, "not_a_number")
        else:
            return int(text)
        return least

    def one_of(self, column: str, known: tuple[str, ...], plain: str | None = None) -> str:
        text = self.cells.get(column, "").strip()
        if not text and plain is not None:
            return plain
        if text not in known:
            self.refuse(column, "unknown_value" if text else "cell_missing")
            return known[0]
        return text

    def day(self, column: str) -> date | None:
        text = self.cells.get(column, "").strip()
        if not text:
            return None
        iso, typed = ISO.fullmatch(text), TYPED.fullmatch(text)
        if not (iso or typed):
            self.refuse(column, "not_a_date")
            return None
        year, month, day = iso.groups() if iso else typed.groups()[::-1]  # type: ignore[union-attr]
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            self.refuse(column, "no_such_date")
            return None
        if not FIRST_YEAR <= found.year <= LAST_YEAR or found > self.until:
            self.refuse(column, "date_ahead" if found > self.until else "not_a_date")
        return found

    def range(self) -> tuple[date | None, date | None]:
        on, earliest, latest = (self.day(column) for column in DATED)
        if on and (earliest or latest):
            self.refuse("date", "day_and_range")
        if earliest and latest and earliest > latest:
            self.refuse("latest", "range_backwards")
        return on or earliest, on or latest

    def text(self, columns: tuple[str, ...]) -> Text | None:
        said = {column[-2:]: clean(self.cells.get(column, "")).strip() for column in columns}
        given = {lang: words for lang, words in said.items() if words}
        return Text(given, dict.fromkeys(given, Mark.OURS)) if given else None

    def quoted(self, column: str, lang: str) -> Text | None:
        """Return somebody else's words, in the language that the row names."""
        words = self.line(column)
        return Text({lang: words}, {lang: Mark.PRESS}, lang) if words else None


def _event(read: _Cells) -> EventItem:
    kind = EventKind(read.one_of("kind", tuple(EventKind)))
    if kind in OWN_FORM:
        read.refuse("kind", "has_own_form")
    earliest, latest = read.range()
    lang = read.one_of("lang", LANGUAGES, "ru")
    stage = read.one_of("stage", ("", *Stage), "") or None
    if stage and kind is not EventKind.SIGHTED:
        read.refuse("stage", "only_for_sightings")
    return EventItem(
        row=read.row,
        petition=read.number("petition", least=1),
        kind=kind,
        earliest=earliest,
        latest=latest,
        source=read.line("source", required=True),
        locator=read.line("locator", LONGEST_LOCATOR),
        wording=read.quoted("wording", lang),
        speaker=read.quoted("speaker", lang),
        note=read.text(NOTE),
        stage=stage,
    )


def _count(read: _Cells) -> CountItem:
    earliest, latest = read.range()
    return CountItem(
        row=read.row,
        petition=read.number("petition", least=1),
        votes=read.number("votes", least=0),
        qualifier=read.one_of("qualifier", QUALIFIERS, "exact"),
        earliest=earliest,
        latest=latest,
        source=read.line("source", required=True),
        locator=read.line("locator", LONGEST_LOCATOR),
        note=read.text(NOTE),
    )


def _organisation(read: _Cells) -> OrganisationItem:
    key = read.line("id", 120, required=True) or ""
    if key and not SLUG.fullmatch(key):
        read.refuse("id", "not_an_id")
    names, form = ({c[-2:]: words for c in columns if (words := read.line(c))} for columns in (NAME, FORM))
    if not names:
        read.refuse("name_kk", "cell_missing")
    return OrganisationItem(
        row=read.row,
        id=key,
        kind=read.one_of("kind", ORGANISATION_KINDS),
        names=names,
        form=form,
        aliases=tuple(each for each in map(clean_line, (read.line("aliases", 2000) or "").split("|")) if each),
        source=read.line("source"),
        locator=read.line("locator", LONGEST_LOCATOR),
    )


READERS: Mapping[Section, Callable[[_Cells], Item]] = {
    Section.EVENTS: _event,
    Section.COUNTS: _count,
    Section.ORGANISATIONS: _organisation,
}


EXAMPLES: Mapping[Section, Mapping[str, str]] = {
    Section.EVENTS: {"petition": "1", "kind": "registered", "date": "06.08.2024", "source": "https://example.org/page"},
    Section.COUNTS: {
        "petition": "1",
        "votes": "50000",
        "qualifier": "at_least",
        "date": "06.08.2024",
        "source": "https://example.org/page",
    },
    Section.ORGANISATIONS: {"id": "example-fund", "name_ru": "…", "kind": "public_foundation", "aliases": "…|…"},
}


def template_of(section: Section) -> str:
    """Return an empty table to fill in: the columns, and one example that is passed over as a comment."""
    columns = COLUMNS[section]
    example = [EXAMPLES[section].get(column, "") for column in columns]
    lines: Iterator[list[str]] = iter([list(columns), [f"# {example[0]}", *example[1:]]])
    return "\ufeff" + "".join(f"{','.join(cells)}\r\n" for cells in lines)

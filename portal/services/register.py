"""Loading the register: files become the record, all of a file or nothing of it, twice as once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import Base, db, writing
from portal.domain.refusals import ChangedMeanwhile, ReasonMissing, RowMissing, SourceMissing
from portal.domain.stages import Jurisdiction, Level
from portal.domain.texts import Mark, Text
from portal.models import (
    AuditEntry,
    Body,
    Contradiction,
    DirectoryEntry,
    Norm,
    Organisation,
    Petition,
    Population,
    Region,
    Source,
)
from portal.services import audit, kept_files, lifecycle, particulars
from portal.services import register_format as files
from portal.services.catalogue import REGISTER
from portal.services.kept_files import Copy
from portal.services.register_files import RegisterFile, read_path
from portal.services.register_rows import Row, rows_of
from portal.services.row_writer import RowWriter, current_rows, digest_of, rows_taken_out
from portal.services.stamping import level_by_votes, stamp

BY = "register"


class Change(StrEnum):
    """What a load does to a record."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Line:
    """What a load did, or would do, to one record."""

    file: str
    section: str
    record: str
    change: Change


@dataclass(slots=True)
class Report:
    """What came of a load: a line a record, the clashes with the desk, and the files that were refused."""

    lines: list[Line] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    refused: list[RegisterFile] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        """Whether every file was taken."""
        return not self.refused

    def count(self, change: Change) -> int:
        """Return how many records met this fate."""
        return sum(line.change is change for line in self.lines)


def check(path: Path) -> Report:
    """Validate a file or folder without a database; references may point into the shipped register.

    Raises ``FileNotFoundError``.
    """
    read = read_path(path)
    shipped = [] if path.resolve() == REGISTER else read_path(REGISTER)
    _refuse_dangling(read, lambda: _Known.of_files([*read, *shipped]))
    return _refusals(read)


def load(path: Path, *, dry_run: bool = False) -> Report:
    """Bring the files at a path into the record, each section of a file in one transaction, and report every record.

    All is checked before any is written: a file with anything wrong in it is refused whole, the others are loaded.
    What the files bring is public at once.
    Raises ``FileNotFoundError``.
    """
    read = read_path(path)
    recorded = _Known.of_record(db.session())
    _refuse_dangling(read, lambda: _Known.of_files(read) | recorded)
    report = _refusals(read)
    if dry_run:
        for file, section, records in _in_order(read):
            loader = _Loader(db.session(), file, report, dry_run=True)
            loader.load(section, records)
        db.session.rollback()
        return report
    for file, section, records in _in_order(read):
        with writing() as session:
            _Loader(session, file, report).load(section, records)
    return report


def put(
    section: str,
    record: files.Strict,
    *,
    by: str,
    reason: str | None = None,
    seen: int | None = None,
    copy: Copy | None = None,
) -> Change:
    """Record a source, a body or an organisation at the desk, or correct one; one transaction.

    ``seen`` is the entry under which what is corrected stood when it was read; ``copy`` what a source holds, to keep.
    Raises ``ReasonMissing`` where it changes what stood, ``RowMissing`` for what it refers to and is not there,
    ``SourceMissing`` for what it cites, ``ChangedMeanwhile`` where somebody else was faster, and what
    ``Copy.store`` raises.
    """
    with writing() as session:
        known = _Known.of_record(session)
        for target_section, _where, target in _references(record):
            if target not in known.ids[target_section]:
                raise RowMissing(target_section, target)
        kept = _kept(session, section, _id(record))
        if kept is not None and seen is not None and kept.recorded_in != seen:
            raise ChangedMeanwhile((kept.recorded_in,))
        if kept is not None and not reason:
            raise ReasonMissing
        _require_sources(session, record)
        stored = None if copy is None else copy.store()
        if stored is not None:
            record = record.model_copy(update={"sha256": stored.sha256})
        change = _Loader(session, "", Report(), by=by).put(section, record, reason)
        if stored is not None:
            kept_files.note(session, stored, _kept(session, section, _id(record)).recorded_in)
        return change


def _kept(session: Session, section: str, key: str) -> Any:
    table, column = _REFERENCE_TABLES[section]
    return session.scalar(select(table).where(getattr(table, column) == key))


def _require_sources(session: Session, record: files.Strict) -> None:
    """Refuse what cites a source that the record does not have: at the desk a source is recorded first."""
    if not isinstance(record, files.Cited):
        return
    for key in (*([record.source] if record.source else []), *record.also):
        if session.scalar(select(Source.id).where(Source.key == key)) is None:
            raise SourceMissing(key)


def put_within(session: Session, section: str, record: files.Strict, *, by: str, reason: str | None) -> Change:
    """Record a source or an organisation within the caller's transaction, who has looked at what it refers to."""
    return _Loader(session, "", Report(), by=by).put(section, record, reason)


def is_empty() -> bool:
    """Whether the record holds no petition yet."""
    return db.session.scalar(select(func.count(Petition.id))) == 0


def _refusals(read: Iterable[RegisterFile]) -> Report:
    return Report(refused=[file for file in read if file.problems])


def _in_order(read: Sequence[RegisterFile]) -> Iterator[tuple[str, str, list[files.Strict]]]:
    """Return the records of the files that have no problem, what is referred to before what refers to it."""
    for section in files.SECTIONS:
        for file in read:
            if not file.problems and section in file.records:
                yield file.name, section, file.records[section]


# What refers to what
# ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids that a record may refer to, by section."""

    ids: Mapping[str, frozenset[str]]

    @classmethod
    def of_files(cls, read: Iterable[RegisterFile]) -> "_Known":
        found: dict[str, set[str]] = {section: set() for section in files.SECTIONS}
        for file in read:
            if not file.problems:
                for section, records in file.records.items():
                    found[section].update(_id(record) for record in records)
        return cls({section: frozenset(ids) for section, ids in found.items()})

    @classmethod
    def of_record(cls, session: Session) -> "_Known":
        columns: dict[str, Any] = {
            "sources": Source.key,
            "regions": Region.code,
            "bodies": Body.id,
            "organisations": Organisation.id,
            "norms": Norm.id,
            "directory": DirectoryEntry.id,
            "petitions": Petition.register_id,
            "contradictions": Contradiction.id,
        }
        return cls({section: frozenset(session.scalars(select(column))) for section, column in columns.items()})

    def __or__(self, other: "_Known") -> "_Known":
        return _Known({section: self.ids[section] | other.ids[section] for section in self.ids})


def _refuse_dangling(read: Sequence[RegisterFile], known: Callable[[], _Known]) -> None:
    """Refuse what refers to nothing; a file refused for it takes its own records away from those that refer to them."""
    settled = False
    while not settled:
        settled = True
        ids = known().ids
        for file in [each for each in read if not each.problems]:
            for record in [record for records in file.records.values() for record in records]:
                for section, where, target in _references(record):
                    if target not in ids[section]:
                        file.refuse(_id(record), where, target, f"there is no such record among {section}")
                        settled = False


def _id(record: files.Strict) -> str:
    found: str = record.id  # type: ignore[attr-defined]  # Every record of a section has one.
    return found


def _references(record: files.Strict) -> Iterator[tuple[str, str, str]]:
    """Return what a record refers to by id: the section, the field and the id."""
    match record:
        case files.BodyIn():
            yield from _some("bodies", ("parent", record.parent), ("successor", record.successor))
            yield from _some("directory", ("directory", record.directory))
        case files.NormIn():
            yield from _some("norms", ("act", record.act))
        case files.DirectoryIn():
            yield from _some("bodies", ("body", record.body))
            yield from _some("norms", *(("norms", each) for each in record.norms))
            yield from _some("directory", *(("related", each) for each in record.related))
        case files.ContradictionIn():
            yield from _some("petitions", *(("petitions", each) for each in record.petitions))
        case files.PetitionIn():
            yield from _petition_references(record)


def _petition_references(petition: files.PetitionIn) -> Iterator[tuple[str, str, str]]:
    yield from _some("regions", ("region", petition.region))
    yield from _some("bodies", *(("addressees", each.body) for each in petition.addressees))
    yield from _some("organisations", *(("positions", each.organisation) for each in petition.positions))
    yield from _some("organisations", *(("statements", each.organisation) for each in petition.statements))
    yield from _some("norms", *(("decisions", ground) for each in petition.decisions for ground in each.grounds))
    for step in petition.follow_up:
        yield from _some("bodies", *(("follow_up", each) for each in step.responsible))
    if petition.working_group:
        yield from _some("bodies", ("working_group.body", petition.working_group.body))
        seats = petition.working_group.seats
        yield from _some("organisations", *(("working_group.seats", each.organisation) for each in seats))


def _some(section: str, *references: tuple[str, str | None]) -> Iterator[tuple[str, str, str]]:
    for where, target in references:
        if target is not None:
            yield section, where, target


# Writing
# ----------------------------------------------------------------------------------------------------------------


class _Loader:
    """Loads the records of one file within the caller's transaction, or only says what it would do."""

    def __init__(self, session: Session, file: str, report: Report, *, dry_run: bool = False, by: str = BY) -> None:
        self.by = by
        self.session = session
        self.file = file
        self.report = report
        self.dry_run = dry_run
        self.sources: dict[str, int] = {}
        self.bodies: dict[str, str] | None = None

    def load(self, section: str, records: Iterable[files.Strict]) -> None:
        """Load the records of one section."""
        for record in records:
            if isinstance(record, files.PetitionIn):
                change = self._petition(record)
            else:
                change = self._reference(section, record)
            self.report.lines.append(Line(self.file, section, _id(record), change))

    def put(self, section: str, record: files.Strict, reason: str | None) -> Change:
        """Bring one reference record in, as people do."""
        return self._reference(section, record, reason)

    # Reference records
    # ------------------------------------------------------------------------------------------------------

    def _reference(self, section: str, record: files.Strict, reason: str | None = None) -> Change:
        content = record.model_dump(mode="python")
        plain = _dumped(record)
        digest = digest_of(plain)
        key: str = content["id"]
        table, column = _REFERENCE_TABLES[section]
        kept: Any = self.session.scalar(select(table).where(getattr(table, column) == key))
        if kept is not None and kept.digest == digest:
            return Change.LEAVE
        change = Change.ADD if kept is None else Change.CHANGE
        if kept is not None and self.by == BY and self._is_of_the_desk(kept.recorded_in):
            self.report.clashes.append(f"{section}/{key} was recorded at the desk")
            return Change.LEAVE
        if self.dry_run:
            return change
        entry = audit.append(
            f"{section}.{'added' if kept is None else 'corrected'}",
            f"{section}/{key}"[:120],
            by=self.by,
            reason=reason,
            before=None if kept is None else _last_content(section, key),
            after=plain,
        )
        values = self._reference_values(section, record)
        if kept is None:
            kept = table(**{column: key})
            self.session.add(kept)
        for name, value in values.items():
            setattr(kept, name, value)
        kept.digest = digest
        kept.recorded_in = entry.sequence
        self.session.flush()
        return change

    def _is_of_the_desk(self, sequence: int) -> bool:
        return self.session.get_one(AuditEntry, sequence).by != BY

    def _reference_values(self, section: str, record: files.Strict) -> dict[str, Any]:
        values = {name: getattr(record, name) for name in type(record).model_fields if name != "id"}
        if isinstance(record, files.SourceIn):
            values["url"] = record.url or (record.id if "://" in record.id else None)
            return values
        if isinstance(record, files.Cited):
            values.pop("speaker")
            values["source_id"] = self.source(values.pop("source"))
            values["also"] = values["also"] or None
        for name, value in values.items():
            if isinstance(value, list) and value and isinstance(value[0], files.Strict) and name != "population":
                values[name] = [_dumped(each) for each in value]
            elif isinstance(value, list) and not value and name != "claims":
                values[name] = None
        if isinstance(record, files.RegionIn):
            values["population"] = [
                Population(on=each.on, value=each.value, source_id=self.source(each.source))
                for each in record.population
            ]
            # The old series goes first: the new one may hold the same days.
            kept = self.session.get(Region, record.id)
            if kept is not None:
                kept.population.clear()
                self.session.flush()
        if section in _ORDERED and self.session.get(_REFERENCE_TABLES[section][0], _id(record)) is None:
            table: Any = _REFERENCE_TABLES[section][0]
            values["ordinal"] = (self.session.scalar(select(func.max(table.ordinal))) or 0) + 1
        return values

    # Petitions
    # ----------------------------------------------------------------------------------------------------------------

    def _petition(self, record: files.PetitionIn) -> Change:
        kept = self.session.scalar(select(Petition).where(Petition.register_id == record.id).with_for_update())
        plain = _dumped(record)
        name = record.author.name if record.author else None
        if name is not None:
            plain["author"]["name"] = None  # The chain is public and cannot forget: it gets a salted hash instead.
        digest = digest_of(plain)
        may_name = self._may_name(kept)
        same_author = kept is not None and (not may_name or self._author_name(kept) == name)
        if kept is not None and kept.digest == digest and same_author:
            return Change.LEAVE
        change = Change.ADD if kept is None else Change.CHANGE
        if self.dry_run:
            return change
        author = kept.author_digest if kept is not None and same_author else None
        if name is not None and author is None and may_name:
            author = audit.conceal(name)
        if name is not None and author is not None:
            plain["author"]["name"] = {"personal": author}
        number = kept.number if kept is not None else self._number(record)
        entry = audit.append(
            "petition.added" if kept is None else "petition.corrected",
            f"petition/{number}",
            by=BY,
            before=None if kept is None else _last_content("petition", str(number)),
            after=plain,
        )
        if kept is None:
            kept = Petition(register_id=record.id, number=number, recorded_in=entry.sequence, recorded_at=clock.now())
        if particulars.is_held_by_desk(self.session, kept):
            self.report.clashes.append(f"petition/{number}: its own fields were recorded at the desk")
        else:
            self._fill(kept, record, author=author)
        kept.digest = digest
        kept.changed_in = entry.sequence
        self.session.add(kept)
        particulars.keep(self.session, kept, entry.sequence, BY)
        self._rows(kept, rows_of(record), entry.sequence)
        self.session.flush()
        lifecycle.refresh(self.session, kept)
        self.session.flush()
        return change

    def _may_name(self, petition: Petition | None) -> bool:
        """Whether the file says who the author is: not where the desk has said it, nor where the name was erased."""
        if petition is None:
            return True
        if petition.author_digest is not None and audit.revealed(petition.author_digest) is None:
            return False
        return not particulars.is_held_by_desk(self.session, petition)

    def _fill(self, petition: Petition, record: files.PetitionIn, *, author: str | None) -> None:
        level = record.level or self._level_by_votes(record)
        petition.jurisdiction = record.jurisdiction
        petition.platform = record.platform
        petition.platform_confirmed = record.platform_confirmed
        petition.official_uuid = record.portal.uuid
        petition.official_number = record.portal.reg_number
        petition.official_url = record.portal.url
        petition.level = level
        petition.region_code = record.region
        petition.original_language = record.original_language
        petition.label = record.label
        petition.author_kind = record.author.kind if record.author else None
        petition.author_role = record.author.role if record.author else None
        petition.author_digest = author
        petition.author_source_id = self.source(record.author.source) if record.author else None
        petition.notes = record.notes
        petition.summary = record.outcome.summary if record.outcome else None
        petition.positions_note = record.positions_note
        placed = [claim.last for claim in record.dates.get("published", ()) if claim.last]
        stamp(self.session, petition, stated=record.threshold, placed_on=min(placed, default=None))
        petition.related = list(record.related) or None

    def _level_by_votes(self, record: files.PetitionIn) -> Level | None:
        """Return the Government's level for a statutory petition whose threshold is the Government's (90-3(4))."""
        return level_by_votes(record.threshold) if record.jurisdiction is Jurisdiction.STATUTORY else None

    def _number(self, record: files.PetitionIn) -> int:
        """Return the file's number, or the next free one; a number is given once and never again."""
        if record.number is not None:
            taken = self.session.scalar(select(Petition.register_id).where(Petition.number == record.number))
            if taken is None:
                return record.number
            self.report.clashes.append(f"{record.id}: number {record.number} belongs to {taken}; it got another one")
        return (self.session.scalar(select(func.max(Petition.number))) or 0) + 1

    def _author_name(self, petition: Petition) -> str | None:
        return audit.revealed(petition.author_digest) if petition.author_digest else None

    def _rows(self, petition: Petition, rows: Iterable[Row], sequence: int) -> None:
        """Retire the rows that the file no longer says, add those that it says anew, leave the rest.

        What the desk recorded, or took out, is left as the desk has it.
        """
        kept = current_rows(self.session, petition.id)
        taken_out = rows_taken_out(self.session, petition.id, except_by=BY)
        writer = RowWriter(self.session, petition.id, origin=BY, sequence=sequence, references=self)
        new: list[tuple[int, Row]] = []
        for ordinal, row in enumerate(rows):
            old = kept.pop((row.table, row.key), None)
            if (old is not None and old.origin != BY) or (old is None and (row.table, row.key) in taken_out):
                said = "was recorded" if old is not None else "was withdrawn"
                self.report.clashes.append(f"petition/{petition.number}: {row.table} {row.key} {said} at the desk")
                continue
            if old is not None and old.digest == digest_of([ordinal, row.content()]):
                continue
            if old is not None:
                writer.retire(old)
            new.append((ordinal, row))
        for old in kept.values():
            if old.origin == BY:
                writer.retire(old)
        self.session.flush()  # What is retired leaves its key free before the new row takes it.
        for ordinal, row in new:
            writer.add(row, ordinal)

    # What is referred to
    # ----------------------------------------------------------------------------------------------------

    def source(self, key: str | None) -> int | None:
        """Return the source under this key; an address that no file describes becomes a source by its host name."""
        if key is None:
            return None
        if key not in self.sources:
            found = self.session.scalar(select(Source.id).where(Source.key == key))
            self.sources[key] = found if found is not None else self._new_source(key)
        return self.sources[key]

    def _new_source(self, key: str) -> int:
        described = files.SourceIn(id=key, publisher=urlsplit(key).hostname or key)
        self._reference("sources", described)
        return self.session.scalars(select(Source.id).where(Source.key == key)).one()

    def body(self, names: Mapping[str, str]) -> str:
        """Return the body that bears one of the names; one that no file describes is recorded under these names."""
        if self.bodies is None:
            self.bodies = {}
            for body in self.session.scalars(select(Body)):
                for name in (*body.names.by_language.values(), *(body.aliases or ())):
                    self.bodies[lifecycle.searchable(name)] = body.id
        for name in names.values():
            if lifecycle.searchable(name) in self.bodies:
                return self.bodies[lifecycle.searchable(name)]
        key = f"body-{sha256(' '.join(sorted(names.values())).encode()).hexdigest()[:8]}"
        self._reference(
            "bodies",
            files.BodyIn(
                id=key, names=Text(dict(names), dict.fromkeys(names, Mark.OFFICIAL)), aliases=[], level="other"
            ),
        )
        self.bodies.update({lifecycle.searchable(name): key for name in names.values()})
        return key


_REFERENCE_TABLES: dict[str, tuple[type[Base], str]] = {
    "sources": (Source, "key"),
    "regions": (Region, "code"),
    "bodies": (Body, "id"),
    "organisations": (Organisation, "id"),
    "norms": (Norm, "id"),
    "directory": (DirectoryEntry, "id"),
    "contradictions": (Contradiction, "id"),
}

_ORDERED = frozenset({"norms", "directory", "contradictions"})


def _dumped(record: files.Strict) -> dict[str, Any]:
    """Return a record as plain data, without what the file leaves out."""
    return {
        name: _plain(value)
        for name in type(record).model_fields
        if (value := getattr(record, name)) not in (None, [], {})
    }


def _plain(value: Any) -> Any:
    match value:
        case Text():
            return value.as_json()
        case files.Strict():
            return _dumped(value)
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case date():
            return value.isoformat()
        case _:
            return value


def _last_content(section: str, key: str) -> Any:
    """Return what the chain last recorded of a record, so that a correction shows what it corrects.

    Of a petition the desk records single rows: what a file said of it as a whole, an earlier file said.
    """
    entries = audit.entries_of(f"{section}/{key}"[:120])
    after = [entry.after for entry in entries if entry.after and (section != "petition" or entry.by == BY)]
    return json.loads(after[-1]) if after else None

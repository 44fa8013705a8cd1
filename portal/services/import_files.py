"""Reading register files that people send to the desk: events, counts, organisations and sources as YAML."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from portal.domain.events import EventKind
from portal.services.import_format import OWN_FORM, CountItem, EventItem, Item, OrganisationItem, SourceItem
from portal.services.import_tables import LARGEST_FILE, MOST_ROWS, Fault
from portal.services.register_files import StrictLoader
from portal.services.register_format import DATE_KINDS, ClaimIn, OrganisationIn, Slug, SnapshotIn, SourceIn, Strict

LARGEST_YAML = 1_000_000
"""Bytes. YAML can name a part again and again; what is larger belongs into a table."""


class PetitionPart(Strict):
    """What an import may say of a petition: the dates of its steps, and its counts."""

    number: Annotated[int, Field(ge=1)] | None = None
    id: Slug | None = None
    dates: Annotated[dict[str, list[ClaimIn]], Field(default_factory=dict)]
    snapshots: Annotated[list[SnapshotIn], Field(default_factory=list)]

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if self.number is None and self.id is None:
            raise ValueError("a petition without a number or an id")
        return self


SECTIONS: Mapping[str, type[Strict]] = {
    "petitions": PetitionPart,
    "organisations": OrganisationIn,
    "sources": SourceIn,
}

CODES = {"missing": "cell_missing", "extra_forbidden": "column_unknown", "enum": "unknown_value"} | {
    "literal_error": "unknown_value"
}


def read_file(data: bytes, numbers: Mapping[str, int], today: date) -> tuple[list[Item], list[Fault]]:
    """Return what a register file says, and everything that is wrong with it.

    ``numbers`` are those of the petitions that the record knows by an id of the register. The row of a record is its
    place in its section.
    """
    if len(data) > min(LARGEST_FILE, LARGEST_YAML):
        return [], [Fault(0, "", "file_too_large")]
    try:
        text = data.decode("utf-8-sig")
        if any(isinstance(each, yaml.AliasToken) for each in yaml.scan(text, Loader=yaml.CSafeLoader)):
            return [], [Fault(0, "", "not_yaml")]
        content = yaml.load(text, Loader=StrictLoader)  # noqa: S506 (plain data only)
    except UnicodeDecodeError:
        return [], [Fault(0, "", "not_utf8")]
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Fault(mark.line + 1 if mark else 0, "", "not_yaml")]
    return _read(content, numbers, today)


def _read(content: Any, numbers: Mapping[str, int], today: date) -> tuple[list[Item], list[Fault]]:
    if isinstance(content, list):
        content = {"petitions": content}
    if not isinstance(content, Mapping) or not content:
        return [], [Fault(0, "", "not_yaml")]
    items: list[Item] = []
    faults: list[Fault] = []
    for section, rows in content.items():
        if section not in SECTIONS or not isinstance(rows, list):
            faults.append(Fault(0, str(section)[:60], "column_unknown"))
            continue
        for place, row in enumerate(rows, 1):
            found, wrong = _record(str(section), row, place, numbers, today)
            items += found
            faults += wrong
    if len(items) > MOST_ROWS:
        faults.append(Fault(0, "", "too_many_rows"))
    return items, faults


def _record(
    section: str, row: Any, place: int, numbers: Mapping[str, int], today: date
) -> tuple[list[Item], list[Fault]]:
    try:
        record = SECTIONS[section].model_validate(row)
    except ValidationError as error:
        return [], [_fault(place, section, each) for each in error.errors()]
    if isinstance(record, SourceIn):
        return [SourceItem(place, record)], []
    if isinstance(record, OrganisationIn):
        return [_organisation(place, record)], []
    assert isinstance(record, PetitionPart)
    number = record.number or numbers.get(record.id or "")
    if number is None:
        return [], [Fault(place, f"{section}.id", "petition_unknown", record.id or "")]
    return list(_of_petition(record, number, place)), list(_impossible(record, place, today))


def _fault(place: int, section: str, fault: Any) -> Fault:
    where = ".".join([section, *(str(part) for part in fault["loc"] if not str(part).startswith("function-"))])
    value = fault["input"] if isinstance(fault["input"], str | int) else ""
    return Fault(place, where[:120], CODES.get(fault["type"], "unreadable"), str(value)[:80])


def _impossible(record: PetitionPart, place: int, today: date) -> Iterator[Fault]:
    for key, claims in record.dates.items():
        where = f"petitions.dates.{key}"[:120]
        if key not in DATE_KINDS:
            yield Fault(place, where, "unknown_value", key[:80])
        elif DATE_KINDS[key] in OWN_FORM:
            yield Fault(place, where, "has_own_form")
        if any((claim.last or claim.first or today) > today for claim in claims):
            yield Fault(place, where, "date_ahead")
        if any(claim.source is None for claim in claims):
            yield Fault(place, f"{where}.source", "cell_missing")
    if any(each.source is None for each in record.snapshots):
        yield Fault(place, "petitions.snapshots.source", "cell_missing")


def _of_petition(record: PetitionPart, number: int, place: int) -> Iterable[Item]:
    for key, claims in record.dates.items():
        for claim in claims if key in DATE_KINDS else ():
            yield EventItem(
                row=place,
                petition=number,
                kind=EventKind(DATE_KINDS[key]),
                earliest=claim.first,
                latest=claim.last,
                source=claim.source,
                locator=claim.locator,
                wording=claim.wording,
                speaker=claim.speaker,
                note=claim.note,
                also=tuple(claim.also),
                derived=claim.derived,
                counts=claim.counts,
            )
    for each in record.snapshots:
        yield CountItem(
            row=place,
            petition=number,
            votes=each.count,
            qualifier=each.qualifier,
            earliest=each.date or each.earliest,
            latest=each.date or each.latest,
            source=each.source,
            locator=each.locator,
            note=each.note,
            views=each.views,
            comments=each.comments,
            also=tuple(each.also),
        )


def _organisation(place: int, record: OrganisationIn) -> OrganisationItem:
    return OrganisationItem(
        row=place,
        id=record.id,
        kind=record.kind,
        names=record.names.by_language,
        form=record.form.by_language if record.form else {},
        aliases=tuple(record.aliases),
        source=record.source,
        locator=record.locator,
    )

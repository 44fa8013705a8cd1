"""Reading register files: from YAML to checked records, or to a list of what is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from portal.services.register_format import SECTIONS, PetitionIn, Strict


class StrictLoader(yaml.CSafeLoader):
    """YAML as plain data: dates stay strings, and a key that stands twice in a mapping is refused."""


def _mapping(loader: StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key is a word", key_node.start_mark)
        key = key_node.value  # As written: YAML would read a bare "on" as true.
        if key in found:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _string(_loader: StrictLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _string)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: which record, which field, what stands there, and why it is refused."""

    file: str
    record: str
    field: str
    value: str
    why: str

    def __str__(self) -> str:
        where = " · ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{where}: {self.why}" + (f" (here: {self.value})" if self.value else "")


@dataclass(slots=True)
class RegisterFile:
    """A file as read: its records by section, and its problems. A file with a problem is not loaded at all."""

    path: Path
    name: str
    records: dict[str, list[Strict]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, record: str, where: str, value: object, why: str) -> None:
        """Note a problem."""
        shown = "" if value is None or isinstance(value, Mapping | list) else repr(value)[:120]
        self.problems.append(Problem(self.name, record, where, shown, why))


def read_path(path: Path) -> list[RegisterFile]:
    """Read a file, or every ``*.yaml`` below a folder, and check each record and what refers to what between them.

    Raises ``FileNotFoundError`` where there is nothing at the path.
    """
    if path.is_dir():
        files = [read_file(each, str(each.relative_to(path))) for each in sorted(path.rglob("*.yaml"))]
    elif path.exists():
        files = [read_file(path, path.name)]
    else:
        raise FileNotFoundError(path)
    _refuse_repeated_ids(files)
    return files


def read_file(path: Path, name: str) -> RegisterFile:
    """Read one file; whatever is wrong with it stands in its ``problems``."""
    file = RegisterFile(path, name)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)  # noqa: S506 (plain data only)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        file.refuse("", "", None, f"not a YAML file: {' '.join(str(error).split())[:300]}")
        return file
    for section, rows in _sections(file, data):
        seen: set[str] = set()
        for place, row in enumerate(rows, 1):
            key = row.get("id") if isinstance(row, Mapping) else None
            if isinstance(key, str) and key in seen:
                file.refuse(key, "id", key, "stands twice in this file")
            seen.add(str(key))
            record = _read_record(file, section, row, place)
            if record is not None:
                file.records.setdefault(section, []).append(record)
    return file


def _sections(file: RegisterFile, data: object) -> Iterator[tuple[str, list[object]]]:
    if isinstance(data, list):
        data = {"petitions": data}
    if not isinstance(data, Mapping):
        file.refuse("", "", None, "the top level is neither a list of petitions nor a mapping with one section")
        return
    for section, rows in data.items():
        if section not in SECTIONS:
            file.refuse("", str(section), None, f"unknown section; known: {', '.join(SECTIONS)}")
        elif not isinstance(rows, list):
            file.refuse("", section, None, "a section is a list of records")
        else:
            yield section, rows


def _read_record(file: RegisterFile, section: str, row: object, place: int) -> Strict | None:
    if not isinstance(row, Mapping):
        file.refuse(f"{section} #{place}", "", row, "a record is a mapping")
        return None
    name = str(row["id"]) if row.get("id") is not None else f"{section} #{place}"
    try:
        return SECTIONS[section].model_validate(row)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("function-"))
            file.refuse(name, where, fault["input"], _why(fault))
        return None


def _why(fault: Mapping[str, Any]) -> str:
    match fault["type"]:
        case "missing":
            return "missing"
        case "extra_forbidden":
            return "unknown key"
        case "value_error":
            return str(fault["ctx"]["error"])
        case "enum" | "literal_error":
            return f"unknown value; known: {fault['ctx']['expected']}"
        case _:
            return str(fault["msg"])


def _refuse_repeated_ids(files: Iterable[RegisterFile]) -> None:
    seen: dict[tuple[str, str], str] = {}
    numbers: dict[int, str] = {}
    for file in files:
        for section, records in file.records.items():
            for record in records:
                key = (section, str(getattr(record, "id")))  # noqa: B009 (every record of a section has one)
                if seen.get(key, file.name) != file.name:
                    file.refuse(key[1], "id", key[1], f"stands twice; the other one is in {seen[key]}")
                seen.setdefault(key, file.name)
                if isinstance(record, PetitionIn) and record.number is not None:
                    if record.number in numbers:
                        other = numbers[record.number]
                        file.refuse(record.id, "number", record.number, f"already the number of {other}")
                    numbers.setdefault(record.number, record.id)

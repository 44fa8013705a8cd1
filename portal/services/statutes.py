"""The editions of the law, read from their files."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.stages import Level, Stage
from portal.domain.statute import (
    BarredSubject,
    Certainty,
    Edition,
    Statute,
    Step,
    StepKind,
    ThresholdRule,
    Trace,
)
from portal.domain.terms import Term, Unit


def load_statute(folder: Path) -> Statute:
    """Read every edition in a folder, in the order of their first days.

    Raises ``ValueError``, naming the file, for an unknown key or value.
    """
    files = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
    read = {data["id"]: data for data in files.values() if "step" in data}
    editions = []
    for path, data in files.items():
        try:
            editions.append(_edition(data, read.get(data.get("stands_in", data["id"]))))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return Statute(tuple(sorted(editions, key=_first_day)))


def _first_day(edition: Edition) -> str:
    return str(edition.in_force.earliest)


def _edition(data: Mapping[str, Any], text: Mapping[str, Any] | None) -> Edition:
    if text is None:
        raise ValueError(f"no edition was read that could stand in for {data['id']}")
    known = {
        *("id", "in_force", "act", "source", "certainty", "not_read", "stands_in", "note"),
        *("step", "threshold", "barred"),
    }
    if unknown := set(data) - known:
        raise ValueError(f"unknown key {min(unknown)}")
    steps = [_step(row) for row in text["step"]]
    return Edition(
        id=data["id"],
        in_force=DateRange(data["in_force"]["earliest"], data["in_force"]["latest"]),
        act=data["act"],
        source=data["source"],
        certainty=Certainty(data["certainty"]),
        note=data["note"],
        not_read=tuple(data["not_read"]),
        stands_in=data.get("stands_in"),
        steps={step.key: step for step in steps},
        thresholds=tuple(_threshold(row) for row in text["threshold"]),
        barred=tuple(BarredSubject(row["no"], row["key"], row["names"]) for row in data.get("barred", ())),
    )


def _step(row: Mapping[str, Any]) -> Step:
    plain = dict(row)
    return Step(
        key=plain.pop("key"),
        kind=StepKind(plain.pop("kind")),
        actor=plain.pop("actor"),
        article=plain.pop("article"),
        certainty=Certainty(plain.pop("certainty")),
        starts_with=EventKind(plain.pop("starts_with")) if "starts_with" in plain else None,
        met_by=tuple(EventKind(kind) for kind in plain.pop("met_by", ())),
        term=_term(plain.pop("term", None)),
        longer=_term(plain.pop("longer", None)),
        trace=Trace(plain.pop("trace", "yes")),
        central=plain.pop("central", None),
        stage=Stage(plain.pop("stage")) if "stage" in plain else None,
        **plain,  # An unknown key is refused by the constructor.
    )


def _term(row: Mapping[str, Any] | None) -> Term | None:
    return None if row is None else Term(row["length"], Unit(row["unit"]), row.get("before", False))


def _threshold(row: Mapping[str, Any]) -> ThresholdRule:
    return ThresholdRule(**{**row, "level": Level(row["level"]), "certainty": Certainty(row["certainty"])})

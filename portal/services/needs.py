"""What people come to the directory with, and which rows answer it: read from ``data/needs.yaml``."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError, model_validator

from portal.domain.texts import Text
from portal.services.catalogue import DATA, REGISTER
from portal.services.register_files import StrictLoader
from portal.services.register_format import Slug, Strict, TextField

CHECK_HOLDS = timedelta(days=180)
"""How long the check of a row is recent. The rule is ours: addresses and telephones change."""

Page = Literal["deadlines", "how_it_works", "before_you_file", "ended_not_seen", "decided"]


class Need(Strict):
    """What a person comes with: a door of the directory, and the rows behind it in order."""

    class Step(Strict):
        """One row of the directory, why this one, what it rests on, and by which rows it is reached."""

        entry: Slug
        why: TextField
        norms: tuple[Slug, ...] = ()
        through: tuple[Slug, ...] = ()

    key: Slug
    title: TextField
    about: TextField
    open: TextField | None = None
    norms: tuple[Slug, ...] = ()
    pages: tuple[Page, ...] = ()
    steps: list[Step]

    @model_validator(mode="after")
    def _speaks_every_language(self) -> "Need":
        for text in (self.title, self.about, self.open, *(step.why for step in self.steps)):
            require_every_language(text)
        if not self.steps:
            raise ValueError("a need without a row that answers it")
        return self


class _File(Strict):
    needs: list[Need]


def require_every_language(text: Text | None) -> None:
    """Raise ``ValueError`` for a text of ours that lacks a language."""
    if text is not None and text.missing():
        raise ValueError(f"no {', '.join(text.missing())} in {next(iter(text.by_language.values()))[:60]!r}")


def load_needs(path: Path, *, rows: Collection[str], norms: Collection[str]) -> Sequence[Need]:
    """Read the needs, in the order of the file.

    ``rows`` and ``norms`` are the ids that there are. Raises ``ValueError`` that names the file, the need, the step and
    the id where one is not among them, where a key repeats, and where the file has another shape.
    """
    try:
        needs = _File.model_validate(plain(path)).needs
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    keys = [need.key for need in needs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"{path.name}: the need {key!r} stands twice")
    for need in needs:
        for where, kind, each in _names(need):
            if each not in (rows if kind == "row of the directory" else norms):
                raise ValueError(f"{path.name}: {where}: there is no {kind} {each!r}")
    return needs


def plain(path: Path) -> object:
    """Return what a YAML file of ours holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)  # noqa: S506 (plain data only)


def _names(need: Need) -> Iterator[tuple[str, str, str]]:
    for norm in need.norms:
        yield need.key, "norm", norm
    for number, step in enumerate(need.steps, start=1):
        where = f"{need.key}, step {number}"
        for row in (step.entry, *step.through):
            yield where, "row of the directory", row
        for norm in step.norms:
            yield where, "norm", norm


def ids_in(path: Path, section: str) -> frozenset[str]:
    """Return the ids that a file of the register brings."""
    data = plain(path)
    assert isinstance(data, dict)
    return frozenset(record["id"] for record in data[section])


@cache
def needs() -> Sequence[Need]:
    """Return the needs. A bad file raises ``ValueError``."""
    return load_needs(
        DATA / "needs.yaml",
        rows=ids_in(REGISTER / "directory.yaml", "directory"),
        norms=ids_in(REGISTER / "norms.yaml", "norms"),
    )


def is_stale(checked_on: date, on: date) -> bool:
    """Whether a check is older than 180 days: on the 180th day it still is not."""
    return on - checked_on > CHECK_HOLDS

"""Guidance for somebody who is pressed to sign or to collect signatures, from ``data/letters/advice.yaml``."""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from portal.services.catalogue import REGISTER
from portal.services.letter_format import Spoken
from portal.services.letters import LETTERS
from portal.services.needs import ids_in, plain
from portal.services.register_format import Slug, TextField


class Turn(Spoken):
    """A row of the directory, and why this one."""

    entry: Slug
    why: TextField


class AdviceSection(Spoken):
    """What there is to say under one heading, the norms it rests on, and where one can turn."""

    key: Slug
    title: TextField
    norms: tuple[Slug, ...] = ()
    paragraphs: tuple[TextField, ...] = Field(min_length=1)
    steps: tuple[Turn, ...] = ()


class Advice(Spoken):
    """The whole guidance. It holds no template of a letter, and nobody's name."""

    title: TextField
    about: TextField
    sections: tuple[AdviceSection, ...] = Field(min_length=1)


def load_advice(path: Path, *, rows: Collection[str], norms: Collection[str]) -> Advice:
    """Read the guidance; ``rows`` and ``norms`` are the ids that there are.

    Raises ``ValueError`` that names the file and the place where an id is not among them, where a language is missing,
    and where the file has another shape.
    """
    try:
        advice = Advice.model_validate(plain(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for where, what, each in _named(advice):
        if each not in (rows if what == "row of the directory" else norms):
            raise ValueError(f"{path.name}: {where}: there is no {what} {each!r}")
    return advice


def _named(advice: Advice) -> Iterator[tuple[str, str, str]]:
    for section in advice.sections:
        yield from ((section.key, "norm", norm) for norm in section.norms)
        yield from ((section.key, "row of the directory", step.entry) for step in section.steps)


@cache
def advice() -> Advice:
    """Return the guidance. A bad file raises ``ValueError``."""
    return load_advice(
        LETTERS / "advice.yaml",
        rows=ids_in(REGISTER / "directory.yaml", "directory"),
        norms=ids_in(REGISTER / "norms.yaml", "norms"),
    )

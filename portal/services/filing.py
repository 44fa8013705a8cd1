"""What somebody who thinks of a petition should know first: subjects, contents, similar petitions, expected dates.

Nothing here writes.
"""

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError, model_validator

from portal.domain.statute import Certainty
from portal.services.catalogue import DATA, REGISTER, catalogue
from portal.services.needs import ids_in, plain, require_every_language
from portal.services.register_format import Line, Slug, Strict, TextField


class Refusal(Strict):
    """A petition of the register that was refused, with the ground, and who stated it where."""

    petition: Slug
    article: Line
    ground: TextField
    by: TextField
    source: Line

    @model_validator(mode="after")
    def _speaks_every_language(self) -> "Refusal":
        for text in (self.ground, self.by):
            require_every_language(text)
        return self


class Quote(Strict):
    """Words of the law itself, in the language in which we read them."""

    lang: Line
    text: Line


class BarredWords(Strict):
    """A barred subject in plain words, with the refusals whose stated ground it is, and disputes about it."""

    key: Slug
    plain: TextField
    quote: Quote | None = None
    examples: tuple[Refusal, ...] = ()
    disputes: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _speaks_every_language(self) -> "BarredWords":
        require_every_language(self.plain)
        return self


class Content(Strict):
    """Something that the Code asks of a petition, or something that we did not find in it."""

    key: Slug
    asks: TextField | None = None
    missing: TextField | None = None
    article: Line | None
    certainty: Certainty

    @model_validator(mode="after")
    def _asks_or_is_missing(self) -> "Content":
        if (self.asks is None) == (self.missing is None):
            raise ValueError("a content is either asked or not found")
        if (self.missing is not None) != (self.certainty is Certainty.OPEN):
            raise ValueError('what we did not find, and only that, has the certainty "?"')
        require_every_language(self.asks or self.missing)
        return self


class FilingFacts(Strict):
    """The whole file."""

    barred: list[BarredWords]
    other_refusals: list[Refusal]
    contents: list[Content]


def load_filing(
    path: Path, *, barred: Collection[str], petitions: Collection[str], contradictions: Collection[str]
) -> FilingFacts:
    """Read the facts for the page "Before you file".

    Raises ``ValueError`` that names the file and the key where a barred subject of the law has no plain words or the
    other way round, where a petition or a contradiction is not in the register, and where the file has another shape.
    """
    try:
        facts = FilingFacts.model_validate(plain(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    described = [each.key for each in facts.barred]
    for key in {*barred} ^ {*described} or {key for key in described if described.count(key) > 1}:
        raise ValueError(f"{path.name}: the barred subject {key!r} has no row of its own, or is none of the law’s")
    for each in [*facts.other_refusals, *(example for row in facts.barred for example in row.examples)]:
        if each.petition not in petitions:
            raise ValueError(f"{path.name}: there is no petition {each.petition!r}")
    for row in facts.barred:
        for dispute in row.disputes:
            if dispute not in contradictions:
                raise ValueError(f"{path.name}: {row.key}: there is no contradiction {dispute!r}")
    return facts


@cache
def filing_facts() -> FilingFacts:
    """Return the facts. A bad file raises ``ValueError``."""
    return load_filing(
        DATA / "filing.yaml",
        barred={subject.key for edition in catalogue().statute.editions for subject in edition.barred},
        petitions=_petitions(),
        contradictions=ids_in(REGISTER / "contradictions.yaml", "contradictions"),
    )


def _petitions() -> Sequence[str]:
    return [path.stem for path in (REGISTER / "petitions").glob("*.yaml")]

"""Letters to the State: their kinds and the sentences they can be made of, read from ``data/letters``."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from portal.domain.letters import ItemKind
from portal.domain.texts import LANGUAGES, Text
from portal.services.catalogue import DATA, REGISTER
from portal.services.letter_format import Counter, Kind, Offered, Requirements
from portal.services.needs import ids_in, plain
from portal.services.register_format import Strict, TextField

LETTERS = DATA / "letters"

Shape = TypeVar("Shape", bound=Strict)


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that the files may name."""

    norms: Collection[str]
    sources: Collection[str]
    bodies: Collection[str]
    petitions: Collection[str]


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything that letters are made from; what the record says of a petition comes on top."""

    kinds: Mapping[str, Kind]
    items: Mapping[str, Offered]
    counters: Mapping[str, Counter]
    words: Mapping[str, Mapping[str, str]]
    requirements: Mapping[str, Requirements]

    def offered(self, kind: Kind, petition: str | None) -> Sequence[Offered]:
        """Return the sentences of a kind, demands last, that fit a petition; without one, those that fit any."""
        found = [self.items[each] for each in (*kind.items, *kind.demands)]
        return [item for item in found if item.petitions is None or petition in item.petitions]


class _Kinds(Strict):
    kinds: list[Kind]


class _Items(Strict):
    items: list[Offered]
    counters: list[Counter]


class _Words(Strict):
    words: dict[str, TextField]


class _Requirements(Strict):
    requires: dict[Literal["appeal", "complaint"], Requirements]


REQUIRES = frozenset({"appeal", "complaint"})

WORDS = frozenset(
    {
        *("to", "from", "iin", "bin", "address", "actual_address", "phone", "email"),
        *("facts", "grounds", "stated", "own", "ask", "enclosures", "date", "signature", "rests_on"),
        *("answer_paper", "answer_electronic"),
    }
)
"""The fixed words that ``domain.letters`` takes."""


def load(folder: Path, known: Known) -> Stock:
    """Read the files of a folder.

    Raises ``ValueError`` that names the file and the place where an id is not known or stands twice, where a language
    is missing, where a word is missing, and where a file has another shape.
    """
    kinds = _read(folder / "kinds.yaml", _Kinds).kinds
    items = _read(folder / "items.yaml", _Items)
    words = _read(folder / "words.yaml", _Words).words
    needed = _read(folder / "requirements.yaml", _Requirements).requires
    _require_once("kinds.yaml", [kind.code for kind in kinds])
    _require_once("items.yaml", [*(each.id for each in items.items), *(each.id for each in items.counters)])
    for file, where, what, each, there in _named(kinds, items, needed, known):
        if each not in there:
            raise ValueError(f"{file}: {where}: there is no {what} {each!r}")
    for file, wanted, there in (("requirements.yaml", REQUIRES, set(needed)), ("words.yaml", WORDS, set(words))):
        if missing := wanted - there:
            raise ValueError(f"{file}: there is no {min(missing)!r}")
    return Stock(
        kinds={kind.code: kind for kind in kinds},
        items={item.id: item for item in items.items},
        counters={counter.id: counter for counter in items.counters},
        words={
            lang: {name: _said("words.yaml", name, text, lang) for name, text in words.items()} for lang in LANGUAGES
        },
        requirements={str(each): requirements for each, requirements in needed.items()},
    )


def _read(path: Path, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(plain(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _said(file: str, name: str, text: Text, lang: str) -> str:
    if lang not in text.by_language:
        raise ValueError(f"{file}: {name}: no {lang}")
    return text.by_language[lang]


def _require_once(file: str, ids: Sequence[str]) -> None:
    for each in ids:
        if ids.count(each) > 1:
            raise ValueError(f"{file}: {each!r} stands twice")


def _named(
    kinds: Sequence[Kind], items: _Items, needed: Mapping[Any, Requirements], known: Known
) -> Iterator[tuple[str, str, str, str, Collection[str]]]:
    """Yield every id that the files name: in which file and place, of what, and among which it must be."""
    by_type = {item.id: item.type for item in items.items}
    demands = {each for each, kind in by_type.items() if kind is ItemKind.DEMAND}
    codes = {kind.code for kind in kinds}
    for kind in kinds:
        yield from (("kinds.yaml", kind.code, "norm", each, known.norms) for each in kind.norms)
        yield from (("kinds.yaml", kind.code, "norm", term.norm, known.norms) for term in kind.terms if term.norm)
        yield from (("kinds.yaml", kind.code, "item", each, by_type.keys() - demands) for each in kind.items)
        yield from (("kinds.yaml", kind.code, "demand", each, demands) for each in kind.demands)
        yield from (("kinds.yaml", kind.code, "kind", each.kind, codes) for each in kind.next)
        if kind.addressee.startswith("body:"):
            yield "kinds.yaml", kind.code, "body", kind.addressee.removeprefix("body:"), known.bodies
    counters = {counter.id for counter in items.counters}
    cited = [(each.id, each.source) for each in items.items] + [(each.id, each.source) for each in items.counters]
    yield from (("items.yaml", where, "source", source, known.sources) for where, source in cited if source)
    for item in items.items:
        yield from (("items.yaml", item.id, "norm", each, known.norms) for each in item.norms)
        yield from (("items.yaml", item.id, "petition", each, known.petitions) for each in item.petitions or ())
        yield from (("items.yaml", item.id, "counter", each, counters | by_type.keys()) for each in item.counters)
    for name, each in needed.items():
        norms = [each.norm, *each.remark_norms, *each.without_norms, *(part.norm for part in each.parts)]
        yield from (("requirements.yaml", name, "norm", norm, known.norms) for norm in norms)


@cache
def stock() -> Stock:
    """Return what letters are made from. A bad file raises ``ValueError``: the application does not start with it."""
    return load(
        LETTERS,
        Known(
            norms=ids_in(REGISTER / "norms.yaml", "norms"),
            sources=ids_in(REGISTER / "sources.yaml", "sources"),
            bodies=ids_in(REGISTER / "bodies.yaml", "bodies"),
            petitions={path.stem for path in (REGISTER / "petitions").glob("*.yaml")},
        ),
    )

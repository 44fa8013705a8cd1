"""What stands around a letter: what it risks, other ways to help, hints of tone, and the board for filing it.

Read from ``data/letters/risk.yaml`` and ``data/letters/board.yaml``, and checked to the last key. The shapes of the
board are in ``letter_board``.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from portal.services.catalogue import REGISTER
from portal.services.letter_board import Board
from portal.services.letter_format import Spoken
from portal.services.letters import LETTERS
from portal.services.needs import ids_in, plain
from portal.services.register_format import Line, Slug, Strict, TextField

Shape = TypeVar("Shape", bound=Strict)


class Point(Spoken):
    """One thing said, and the norms on which it rests."""

    key: Slug
    text: TextField
    norms: tuple[Slug, ...] = ()


class Points(Spoken):
    """Things said under one title."""

    title: TextField
    points: tuple[Point, ...] = Field(min_length=1)


class Way(Spoken):
    """A way to help without a letter: what to do, what may come of it, and who says so."""

    key: Slug
    title: TextField
    action: TextField
    result: TextField
    source: Line | None
    locator: Line | None
    entry: Slug | None


class Safer(Spoken):
    """The ways to help without a letter, which weigh no less than one."""

    title: TextField
    about: TextField
    ways: tuple[Way, ...] = Field(min_length=1)


class Tone(Spoken):
    """Hints beside the paragraph of one's own."""

    title: TextField
    hints: tuple[Point, ...] = Field(min_length=1)


class Risk(Spoken):
    """What a writer is told before the first field, and beside the fields."""

    card: Points
    not_protected: Points
    safer: Safer
    tone: Tone
    spelling: TextField
    printing: tuple[Point, ...]
    history: TextField


@dataclass(frozen=True, slots=True)
class Named:
    """The ids that these files may name."""

    norms: Collection[str]
    sources: Collection[str]
    entries: Collection[str]
    bodies: Collection[str]


def load_risk(path: Path, named: Named) -> Risk:
    """Read what a letter risks.

    Raises ``ValueError`` that names the file and the place where an id is not known, where a language is missing, and
    where the file has another shape.
    """
    risk = _read(path, Risk)
    _require(path, _of_risk(risk, named))
    return risk


def load_board(path: Path, named: Named) -> Board:
    """Read how a letter is filed. Raises ``ValueError`` as ``load_risk`` does."""
    board = _read(path, Board)
    _require(path, _of_board(board, named))
    return board


def _require(path: Path, found: Iterator[tuple[str, str, str, Collection[str]]]) -> None:
    for where, what, each, there in found:
        if each not in there:
            raise ValueError(f"{path.name}: {where}: there is no {what} {each!r}")


def _of_risk(risk: Risk, named: Named) -> Iterator[tuple[str, str, str, Collection[str]]]:
    for point in (*risk.card.points, *risk.not_protected.points, *risk.tone.hints, *risk.printing):
        yield from ((point.key, "norm", norm, named.norms) for norm in point.norms)
    for way in risk.safer.ways:
        if way.source:
            yield way.key, "source", way.source, named.sources
        if way.entry:
            yield way.key, "row of the directory", way.entry, named.entries


def _of_board(board: Board, named: Named) -> Iterator[tuple[str, str, str, Collection[str]]]:
    yield "portal", "row of the directory", board.portal.entry, named.entries
    for way in board.ways:
        yield from ((way.key, "row of the directory", entry, named.entries) for entry in way.entries)
    for target in board.targets:
        yield "targets", "body", target.body, named.bodies
    for where, norms in _norms_of(board):
        yield from ((where, "norm", norm, named.norms) for norm in norms)


def _norms_of(board: Board) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((card.key, card.norms) for card in board.cards)
    yield from ((way.key, way.norms) for way in board.ways)
    yield from ((status.key, status.norms) for status in board.statuses)
    yield from ((each.key, each.norms) for each in board.next_letters)
    yield "withdraw", board.withdraw.norms


def _read(path: Path, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(plain(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _known() -> Named:
    return Named(
        norms=ids_in(REGISTER / "norms.yaml", "norms"),
        sources=ids_in(REGISTER / "sources.yaml", "sources"),
        entries=ids_in(REGISTER / "directory.yaml", "directory"),
        bodies=ids_in(REGISTER / "bodies.yaml", "bodies"),
    )


@cache
def risk() -> Risk:
    """Return what a letter risks. A bad file raises ``ValueError``."""
    return load_risk(LETTERS / "risk.yaml", _known())


@cache
def board() -> Board:
    """Return how a letter is filed. A bad file raises ``ValueError``."""
    return load_board(LETTERS / "board.yaml", _known())

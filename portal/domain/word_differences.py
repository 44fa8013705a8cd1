"""Two wordings compared word by word: what stayed, what was taken out, what was put in.

Paragraphs that stayed whole are set aside first; the rest is compared by its words. Both times the longest common
sequence is found with whole numbers as rows of bits (Hyyrö 2004), so the time is bounded by the lengths of the texts
and never by what they say: whoever writes a petition must not be able to stop a page.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

WORD = re.compile(r"[\w\u0300-\u036f\u0483-\u0487\u200c\u200d]+")
"""Letters, digits and the signs that belong to them. All else stands between words."""

PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")

MOST = 500_000_000
"""Pairs that are compared; of longer texts that differ throughout, one is taken out whole and the other put in."""

ROWS_APART = 128
"""How far apart rows are remembered. Those between are made again, so that a long text takes little memory."""

ISLAND = 2
"""Letters. So little that stayed between two changes is shown as changed with them, or nobody could read it."""


LONGEST_ISLAND = 8
"""Characters of an island with the spaces and signs in it."""

FEW = 8
"""Words. Fewer are not worth leaving out."""


class Kind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and what became of it."""

    kind: Kind
    text: str


Raw = tuple[Kind, str]
"""A piece that is still to be joined with its neighbours; there may be a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Elision:
    """The inside of a piece that is left out; ``words`` says how many."""

    kind: Kind
    words: int


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of two texts in order, no two of one kind side by side.

    Kept and removed pieces make up the text before, kept and added ones the text after, to the letter. Between two
    kept pieces what was removed comes before what was added.
    """
    return _joined(_by_paragraph(before, after))


def elided(pieces: Sequence[Piece], *, around: int = 25, most: int = 200) -> tuple[Piece | Elision, ...]:
    """Return the pieces with the inside of long ones left out.

    Of what stayed, ``around`` words are shown beside each change; of what changed, ``most`` words in all.
    """
    shown: list[Piece | Elision] = []
    for place, piece in enumerate(pieces):
        if piece.kind is not Kind.KEPT:
            shown += _shortened(piece, most // 2, most // 2)
        else:
            shown += _shortened(piece, around if place else 0, around if place + 1 < len(pieces) else 0)
    return tuple(shown)


def words_in(text: str) -> int:
    """Return how many words a text has."""
    return sum(1 for _ in WORD.finditer(text))


def _shortened(piece: Piece, head: int, tail: int) -> Iterator[Piece | Elision]:
    """Keep so many words at the beginning and at the end, where more than a few would be left out."""
    words = list(WORD.finditer(piece.text))
    left_out = len(words) - head - tail
    if left_out < FEW:
        yield piece
        return
    if head:
        yield Piece(piece.kind, piece.text[: words[head - 1].end()])
    yield Elision(piece.kind, left_out)
    if tail:
        yield Piece(piece.kind, piece.text[words[-tail].start() :])


# Comparing
# ------------------------------------------------------------------------------------------------------------------


def _by_paragraph(before: str, after: str) -> Iterator[Raw]:
    one, other = PARAGRAPH.findall(before), PARAGRAPH.findall(after)
    left = right = 0
    for x, y in (*_common(one, other), (len(one), len(other))):
        if left < x or right < y:
            yield from _by_word("".join(one[left:x]), "".join(other[right:y]))
        if x < len(one):
            yield Kind.KEPT, one[x]
        left, right = x + 1, y + 1


def _by_word(before: str, after: str) -> Iterator[Raw]:
    one, other = list(WORD.finditer(before)), list(WORD.finditer(after))
    left = right = 0
    for x, y in _common([each[0] for each in one], [each[0] for each in other]):
        was, became = before[left : one[x].start()], after[right : other[y].start()]
        if was == became:
            yield Kind.KEPT, was
        else:
            yield from _between(was, became)
        yield Kind.KEPT, one[x][0]
        left, right = one[x].end(), other[y].end()
    yield from _between(before[left:], after[right:])


def _between(before: str, after: str) -> Iterator[Raw]:
    """Compare what has no word in common; what both begin or end with between words stayed."""
    head, shorter = 0, min(len(before), len(after))
    while head < shorter and before[head] == after[head] and not WORD.match(before[head]):
        head += 1
    tail, rest = 0, shorter - head
    while tail < rest and before[-1 - tail] == after[-1 - tail] and not WORD.match(before[-1 - tail]):
        tail += 1
    yield Kind.KEPT, before[:head]
    yield Kind.REMOVED, before[head : len(before) - tail]
    yield Kind.ADDED, after[head : len(after) - tail]
    yield Kind.KEPT, before[len(before) - tail :]


def _joined(pieces: Iterable[Raw]) -> tuple[Piece, ...]:
    """Join what stands side by side; an island of a few letters between two changes goes with them."""
    found: list[Piece] = []
    kept, removed, added = "", "", ""
    for kind, text in pieces:
        if kind is Kind.KEPT:
            kept += text
            continue
        if not text:
            continue
        if kept and (removed or added) and _is_island(kept):
            removed, added = removed + kept, added + kept
        elif kept:
            found += _changed(removed, added)
            found.append(Piece(Kind.KEPT, kept))
            removed = added = ""
        kept = ""
        if kind is Kind.REMOVED:
            removed += text
        else:
            added += text
    return (*found, *_changed(removed, added), *([Piece(Kind.KEPT, kept)] if kept else []))


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Kind.REMOVED, removed)
    if added:
        yield Piece(Kind.ADDED, added)


def _is_island(kept: str) -> bool:
    return len(kept) < LONGEST_ISLAND and "\n" not in kept and sum(len(word) for word in WORD.findall(kept)) <= ISLAND


# The longest common sequence
# ------------------------------------------------------------------------------------------------------------------


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of a longest common sequence, in order; nothing of the middle where it is too long."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    shared = set(one[head : len(one) - tail]) & set(other[head : len(other) - tail])
    left = [place for place in range(head, len(one) - tail) if one[place] in shared]
    right = [place for place in range(head, len(other) - tail) if other[place] in shared]
    middle = _aligned([one[place] for place in left], [other[place] for place in right])
    return [
        *((place, place) for place in range(head)),
        *((left[x], right[y]) for x, y in middle),
        *((len(one) - place, len(other) - place) for place in range(tail, 0, -1)),
    ]


def _aligned(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of a longest common sequence.

    After each item of ``one``, a bit of the row is 0 where the items of ``other`` up to it have one more in common
    than those before it.
    """
    if not one or len(one) * len(other) > MOST:
        return []
    places: dict[Hashable, int] = {}
    for place, item in enumerate(other):
        places[item] = places.get(item, 0) | 1 << place
    masks = [places[item] for item in one]
    remembered = [(1 << len(other)) - 1]
    for first in range(0, len(masks), ROWS_APART):
        remembered.append(_rows(remembered[-1], masks[first : first + ROWS_APART], len(other))[-1])
    found = []
    y = len(other)
    for block in reversed(range(len(remembered) - 1)):
        first = block * ROWS_APART
        rows = _rows(remembered[block], masks[first : first + ROWS_APART], len(other))
        x = len(rows) - 1
        while x and y:
            if rows[x] >> (y - 1) & 1:
                y -= 1
            elif not rows[x - 1] >> (y - 1) & 1:
                x -= 1
            else:
                found.append((first + x - 1, y - 1))
                x, y = x - 1, y - 1
    return found[::-1]


def _rows(start: int, masks: Sequence[int], width: int) -> list[int]:
    """Return the row that is given and the row after each item."""
    every = (1 << width) - 1
    rows = [start]
    for mask in masks:
        row = rows[-1]
        met = row & mask
        rows.append(((row + met) | (row - met)) & every)
    return rows

"""The page about what comes after sending: days for everybody, statuses, further letters, other terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from portal.i18n.letters import answer_term
from portal.models import Norm
from portal.services import answer_days, letter_guides, letters, library
from portal.services.answer_days import AnswerReading, AnswerRow
from portal.services.letter_board import Board
from portal.services.letter_format import Kind

AHEAD, BACK = 60, 40
"""Days of the table: those to come, and those on which a letter may lie that was sent already."""

RULES = ("KZ.APPC.64.3", "KZ.APPC.76.2", "KZ.APPC.76.5")
"""How the days are counted."""

FURTHER = ("KZ.APPC.65", "KZ.APPC.76.3", "KZ.APPC.92.1", "KZ.APPC.92.1-1")
"""What else has a term: passing on, extending, complaining."""


@dataclass(frozen=True, slots=True)
class Column:
    """A term of an answer in words, and which letters it is for."""

    words: str
    reading: AnswerReading


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month, or of a part of one."""

    first: date
    rows: Sequence[AnswerRow]


@dataclass(frozen=True, slots=True)
class AfterPage:
    """Everything that the page shows."""

    columns: Sequence[Column]
    ahead: Sequence[Month]
    back: Sequence[Month]
    provisional: Sequence[int]
    is_about: bool
    board: Board
    norms: Mapping[str, Norm]
    following: Mapping[str, Sequence[tuple[Kind, Sequence[Kind]]]]


def after_page(on: date) -> AfterPage:
    """Return the page as it is on a day."""
    board = letter_guides.board()
    ahead = list(answer_days.rows(on, AHEAD))
    back = list(answer_days.rows(on - timedelta(days=BACK), BACK))
    every = [*back, *ahead]
    years = {day.year for row in every for day in (row.registered, row.last)}
    norms = [*RULES, *FURTHER, *board.withdraw.norms]
    norms += [norm for status in board.statuses for norm in status.norms]
    norms += [norm for each in board.next_letters for norm in each.norms]
    return AfterPage(
        columns=[Column(answer_term(each.length, each.unit), each) for each in answer_days.readings()],
        ahead=months(ahead),
        back=months(back),
        provisional=sorted(years & answer_days.answer_calendar().provisional),
        is_about=any(answer.is_about for row in every for answer in row.answers),
        board=board,
        norms=library.norms_by_id(norms),
        following={each.key: following(each.key) for each in board.next_letters},
    )


def months(rows: Iterable[AnswerRow]) -> Sequence[Month]:
    """Return rows by the month in which they lie."""
    by_month = groupby(rows, key=lambda row: row.received.replace(day=1))
    return [Month(first, list(found)) for first, found in by_month]


def following(when: str) -> Sequence[tuple[Kind, Sequence[Kind]]]:
    """Return each kind of letter that comes next in a case, with the kinds after which it does."""
    kinds = letters.stock().kinds
    found: dict[str, list[Kind]] = {}
    for kind in kinds.values():
        for each in kind.next:
            if each.when == when:
                found.setdefault(each.kind, []).append(kind)
    return [(kinds[code], before) for code, before in found.items()]

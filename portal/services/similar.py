"""Petitions whose titles hold the words that somebody looks for, and how long a decision bars their subject."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import func, select

from portal.db import db
from portal.domain.stages import Jurisdiction, Stage
from portal.domain.timeline import Obligation
from portal.models import Demand, Petition
from portal.services import audit, tracking
from portal.services.lifecycle import searchable
from portal.services.tracking import Item

SHORTEST_WORD = 3
LONG_WORD = 7

WORDS_LOOKED_FOR = 12
MOST_ROWS = 20

WORD = re.compile(r"\w+")

NOT_A_SUBJECT = ("пети", "peti")
"""Beginnings of words that say nothing of a subject: they stand in nearly every description of ours."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A petition that shares words with what was looked for; ``lock`` is the year after its decision, if it has one."""

    item: Item
    words: int
    lock: Obligation | None


@dataclass(frozen=True, slots=True)
class Found:
    """The petitions found: the most words in common first, of equal ones those of the official portal.

    ``total`` counts those beyond the page too.
    """

    beginnings: Sequence[str]
    rows: Sequence[Similar]
    total: int


def beginnings(text: str) -> Sequence[str]:
    """Return what is looked for: each word by its first letters, short words and the word "petition" left out."""
    words = WORD.findall(searchable(text))
    found = dict.fromkeys(_beginning(word) for word in words if len(word) >= SHORTEST_WORD)
    return [each for each in found if not each.startswith(NOT_A_SUBJECT)][:WORDS_LOOKED_FOR]


def _beginning(word: str) -> str:
    """Return the letters of a word that stay when Kazakh and Russian bend it at its end."""
    return word[:5] if len(word) >= LONG_WORD else word[:4]


def similar(text: str, on: date) -> Found:
    """Return the petitions in whose titles, descriptions or demands any of the words begins, as of a day.

    Nothing of what was looked for is kept.
    """
    looked_for = beginnings(text)
    index = _index(audit.head()[1])
    shared = {
        petition_id: count
        for petition_id, entry in index.items()
        if (count := sum(f" {each}" in entry.words for each in looked_for))
    }
    ids = sorted(shared, key=lambda each: (-shared[each], not index[each].is_statutory, -each))[:MOST_ROWS]
    petitions = {each.id: each for each in db.session.scalars(select(Petition).where(Petition.id.in_(ids)))}
    items = tracking.items_of([petitions[each] for each in ids])
    rows = [Similar(item, shared[item.petition.id], _lock(item.petition, on)) for item in items]
    return Found(looked_for, rows, len(shared))


@dataclass(frozen=True, slots=True)
class _Entry:
    """The words of a petition, each after a space, and whether the law's bar can rest on it."""

    words: str
    is_statutory: bool


@lru_cache(maxsize=2)
def _index(_head: str) -> Mapping[int, _Entry]:
    """Return the words of every petition as they are at this head of the audit chain."""
    rows = db.session.execute(select(Petition.id, Petition.search_text, Petition.jurisdiction)).all()
    words = {each.id: [each.search_text] for each in rows}
    for petition_id, demand in db.session.execute(
        select(Demand.petition_id, Demand.text).where(Demand.retired_in.is_(None))
    ):
        words[petition_id] += demand.by_language.values()
    return {
        each.id: _Entry(
            f" {' '.join(WORD.findall(searchable(' '.join(words[each.id]))))}",
            each.jurisdiction == Jurisdiction.STATUTORY,
        )
        for each in rows
    }


def _lock(petition: Petition, on: date) -> Obligation | None:
    if petition.stage != Stage.DECIDED:
        return None
    return tracking.standing_of(tracking.record_of(petition), on).obligation("subject_lock")


def petitions_followed() -> int:
    """Return how many petitions the record holds."""
    return db.session.scalar(select(func.count(Petition.id))) or 0

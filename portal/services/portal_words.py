"""The words of the official portal: what editors say that they mean, each time with a reason and an entry of the chain.

A look is a reading times the meaning of its word (``services/looks.py``): whatever is settled or corrected here is so
for every reading that there is, and none is rewritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from portal.db import db, writing
from portal.domain.events import EventKind
from portal.domain.refusals import ChangedMeanwhile, NothingChanged, ReasonMissing, RowMissing
from portal.domain.stages import Stage
from portal.models import OfficialReading, Petition, PortalWord, Watched
from portal.models.watch import WordKind
from portal.services import audit, lifecycle
from portal.services.petition_lists import SHOWN
from portal.services.tracking import Item, items_of

NONE = "none"
"""What a word means that is neither a stage of ours nor the day of a step."""

MEANINGS: Mapping[WordKind, tuple[str, ...]] = {
    WordKind.STATE: tuple(each.value for each in Stage if each not in (Stage.UNKNOWN, Stage.OUTSIDE)),
    WordKind.FIELD: (
        EventKind.FILED.value,
        EventKind.MODERATION_PASSED.value,
        EventKind.INITIAL_SUPPORT_OPENED.value,
        EventKind.FIFTY_REACHED.value,
        EventKind.PUBLISHED.value,
        EventKind.THRESHOLD_REACHED.value,
        EventKind.FORWARDED.value,
        EventKind.REGISTERED.value,
        EventKind.TERM_REPORTED.value,
    ),
}
"""What a state or a date field may mean, beside none of these."""

SETTLED, CORRECTED = "portal_word.settled", "portal_word.corrected"

AT_ONCE, IN_A_BATCH = 500, 50
"""How many petitions are brought up to date when a meaning changes, and how many at a time. The night does the rest."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the portal. ``petitions`` bear it now; None for a date field, of which that is not counted."""

    kind: WordKind
    word: str
    meaning: str | None
    first_seen_at: datetime
    settled_by: str | None
    settled_in: int | None
    petitions: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether somebody has said what it means."""
        return self.meaning is not None


def every() -> Sequence[Word]:
    """Return every word that was seen, states first; those that nobody has explained before the others."""
    rows = db.session.scalars(select(PortalWord)).all()
    numbers = _bearers() if rows else {}
    found = [_word(each, numbers) for each in rows]
    return sorted(found, key=lambda each: (each.kind is WordKind.FIELD, each.is_settled, each.first_seen_at, each.word))


def unsettled() -> Sequence[Word]:
    """Return the words that nobody has explained, in the order in which they were first seen."""
    rows = select(PortalWord).where(PortalWord.meaning.is_(None))
    return [_word(each, {}) for each in db.session.scalars(rows.order_by(PortalWord.first_seen_at, PortalWord.word))]


def by_word(kind: WordKind, word: str) -> Word | None:
    """Find a word."""
    found = db.session.get(PortalWord, (kind.value, word))
    return None if found is None else _word(found, _bearers())


def meaning_of(kind: WordKind, word: str) -> str | None:
    """Return what a word means: a stage, a kind of event, ``NONE``; None where nobody has said."""
    found = db.session.get(PortalWord, (kind.value, word))
    return None if found is None else found.meaning


def bearing(word: str, limit: int = 5) -> Sequence[Item]:
    """Return some petitions that bear a state now, for an editor to look at on the portal."""
    rows = select(Petition).join(Watched, Watched.petition_id == Petition.id).where(Watched.state == word)
    few = rows.options(load_only(*SHOWN, Petition.official_url, raiseload=True)).order_by(Petition.number).limit(limit)
    return items_of(db.session.scalars(few).all())


def settle(
    kind: WordKind, word: str, meaning: str | None, *, by: str, reason: str | None, seen: int | None = None
) -> int:
    """Say what a word means, or correct what was said; None takes it back. One transaction, one entry.

    ``seen`` is the entry that had settled it when the person read it. Return how many petitions are brought up to date
    only in the night.

    Raises ``ReasonMissing``, ``RowMissing`` for a word that was never seen, ``NothingChanged``, ``ChangedMeanwhile``,
    and ``ValueError`` for what no such word can mean.
    """
    if meaning not in (None, NONE, *MEANINGS[kind]):
        raise ValueError(f"a {kind} cannot mean {meaning!r}")
    if not reason:
        raise ReasonMissing
    with writing() as session:
        found = session.get(PortalWord, (kind.value, word), with_for_update=True)
        if found is None:
            raise RowMissing("portal_word", word)
        if found.settled_in is not None and found.settled_in != seen:
            raise ChangedMeanwhile((found.settled_in,))
        if found.meaning == meaning:
            raise NothingChanged
        action = SETTLED if found.settled_in is None else CORRECTED
        before = None if found.settled_in is None else {"meaning": found.meaning}
        after = {"kind": kind, "word": word, "meaning": meaning}
        entry = audit.append(action, f"portal_word/{kind}/{word}", by=by, before=before, after=after, reason=reason)
        found.meaning, found.settled_by, found.settled_in = meaning, by, entry.sequence
    return settled(kind, word)


def settled(kind: WordKind, word: str) -> int:
    """Let the record follow a meaning that has changed; return how many petitions wait for the night.

    Standings are computed from readings times meanings whenever somebody asks, so nothing is wrong meanwhile but the
    columns of lists. A date field acts at the next reading of each petition (``services/readings.py``).
    """
    if kind is not WordKind.STATE:
        return 0
    bore = select(OfficialReading.petition_id).where(OfficialReading.state == word).distinct()
    ids = db.session.scalars(bore.order_by(OfficialReading.petition_id)).all()
    for first in range(0, min(len(ids), AT_ONCE), IN_A_BATCH):
        batch = ids[first : min(first + IN_A_BATCH, AT_ONCE)]
        with writing() as session:  # Not all in one: whoever records meanwhile would wait too long.
            for petition in session.scalars(select(Petition).where(Petition.id.in_(batch))):
                lifecycle.refresh(session, petition)
    return max(0, len(ids) - AT_ONCE)


def _bearers() -> Mapping[str, int]:
    rows = select(Watched.state, func.count()).where(Watched.state.is_not(None)).group_by(Watched.state)
    return {str(state): number for state, number in db.session.execute(rows)}


def _word(row: PortalWord, numbers: Mapping[str, int]) -> Word:
    kind = WordKind(row.kind)
    facts: dict[str, Any] = {"petitions": numbers.get(row.word, 0) if kind is WordKind.STATE else None}
    return Word(kind, row.word, row.meaning, row.first_seen_at, row.settled_by, row.settled_in, **facts)

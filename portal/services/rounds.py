"""Which petitions are to be read next: found in what was read last, so that a poll that was down catches up."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select

from portal.db import db
from portal.domain.stages import Stage
from portal.domain.watching import DAY, HOUR, LIST_EVERY, look_every, read_every
from portal.models import Petition, Watched

ROUNDS_A_DAY = 144
"""How often a day records are read: so many parts the daily reading is spread over."""

LEAST = 10
"""How many are read at a time at least, so that a poll that was down catches up."""

ASKED_ABOUT = 20
"""How many petitions a look at the list gives reason to read at most."""

RETRY = HOUR
"""Seconds after which what could not be read, or was not there, is asked again."""


class Due(NamedTuple):
    """A petition that is to be read: its ids, and what its last answer was marked with."""

    petition_id: int
    uuid: str
    etag: str | None


class _Candidate(NamedTuple):
    petition_id: int
    uuid: str
    stage: Stage
    required: int | None
    is_vanished: bool
    votes: int | None
    counted_at: int | None
    read_at: int | None
    tried_at: int | None
    gone_since: int | None
    etag: str | None


def to_read(at: int) -> Sequence[Due]:
    """Return whose full record is to be read now: the longest unread first, a part of the day's whole.

    A petition that was never read comes first; one that was not there is asked again after an hour.
    """
    every = _candidates()
    due = [each for each in every if _is_due(each, at)]
    due.sort(key=lambda each: (each.read_at or 0, each.tried_at or 0, each.petition_id))
    a_day = sum(DAY / read_every(each.stage) for each in every)
    most = max(LEAST, -(-int(2 * a_day) // ROUNDS_A_DAY))
    return [Due(each.petition_id, each.uuid, each.etag) for each in due[:most]]


def _is_due(each: _Candidate, at: int) -> bool:
    if each.tried_at is not None and at - each.tried_at < RETRY:
        return False
    if each.gone_since is not None and not each.is_vanished:
        return True
    if each.read_at is None:
        return True
    last = max(each.read_at, each.tried_at or 0) if each.is_vanished else each.read_at
    return at - last >= read_every(each.stage)


def to_ask_about(listed: Collection[str], at: int, *, is_whole: bool) -> Sequence[Due]:
    """Return whom a look at the list gives reason to read: who is back on it, and, of a whole list, who left it.

    Somebody left it who was on it within a day.
    """
    found = []
    for each in _candidates():
        is_listed, was_listed = each.uuid in listed, each.counted_at is not None and at - each.counted_at < DAY
        left = is_whole and not is_listed and was_listed and not each.is_vanished
        is_new_to_us = each.tried_at is None or at - each.tried_at >= RETRY
        if (is_listed and (each.is_vanished or each.gone_since is not None)) or (left and is_new_to_us):
            found.append(Due(each.petition_id, each.uuid, None))
    return found[:ASKED_ABOUT]


def to_count(at: int) -> Sequence[Due]:
    """Return whose count is to be looked at between two list looks: those near their next threshold."""
    found = []
    for each in _candidates():
        every = look_every(each.stage, each.votes, each.required)
        if every < LIST_EVERY and not each.is_vanished and at - (each.counted_at or 0) >= every:
            found.append(Due(each.petition_id, each.uuid, each.etag))
    return found


def _candidates() -> list[_Candidate]:
    rows = (
        select(
            Petition.id,
            Petition.official_uuid,
            Petition.stage,
            Petition.threshold,
            Petition.is_vanished,
            Watched.votes,
            Watched.counted_at,
            Watched.read_at,
            Watched.tried_at,
            Watched.gone_since,
            Watched.etag,
        )
        .join(Watched, Watched.petition_id == Petition.id, isouter=True)
        .where(Petition.official_uuid.is_not(None))
    )
    return [_Candidate(row[0], str(row[1]), Stage(row[2]), *row[3:]) for row in db.session.execute(rows)]

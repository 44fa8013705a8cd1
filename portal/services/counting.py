"""Keeping the counts that the poll saw: each where it differs from the one before, and that we looked wherever we did.

A count is kept under its petition and second, only after what is kept already, and in the transaction of the run that
read it: a run that is repeated, or done twice at once, keeps nothing twice. What was seen is laid into a table of the
transaction's own, so that a look at thousands of petitions is a handful of statements.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from portal import clock
from portal.domain.watching import DAY, FIRST_THRESHOLD, LONGEST_SILENCE
from portal.models import Petition
from portal.models.watch import SECONDS
from portal.services.looks import end_of, instant

EXACT = "exact"
AT = attrgetter("at")

LOOKS = Table(
    "look",
    MetaData(),
    Column("petition_id", Integer, primary_key=True, autoincrement=False),
    Column("at", SECONDS, nullable=False),
    Column("votes", Integer, nullable=False),
    Column("on", Date),
    prefixes=["TEMPORARY"],
)
"""What one run saw, for as long as its transaction lasts."""

TABLES = Petition.metadata.tables
OBSERVATIONS, SPANS = TABLES["count_observation"], TABLES["watched_span"]
WATCHED, PETITIONS = TABLES["watched"], TABLES["petition"]


class Seen(NamedTuple):
    """How many signatures the portal showed of a petition at a second."""

    petition_id: int
    at: int
    votes: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """A petition whose count went past a number between two looks; ``after`` is None where there was no look before."""

    petition_id: int
    goal: int
    after: date | None
    by: date


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping counts: the counts that differed, how many petitions were looked at, what was crossed.

    Of a count that differed its line: petition, second, votes.
    """

    changed: Sequence[str]
    looked: int
    crossings: Sequence[Crossing]


def keep(session: Session, seen: Iterable[Seen]) -> Kept:
    """Keep counts within the caller's transaction. Of a petition that is given twice, the last count stands.

    What is not later than the last look at a petition says nothing new and is left out.
    """
    session.flush()
    looked = _lay_out(session, list(seen))
    if not looked:
        return Kept((), 0, ())
    changed = _changed(session)
    crossings = list(_crossings(session))
    _keep_counts(session)
    _bring_up(session)
    _keep_looks(session)
    return Kept(changed, looked, crossings)


def _lay_out(session: Session, seen: Sequence[Seen]) -> int:
    """Lay what is new into the transaction's own table; return how many petitions that are."""
    last = {each.petition_id: each for each in sorted(seen, key=AT)}.values()
    if not last:
        return 0
    session.execute(CreateTable(LOOKS, if_not_exists=True))
    session.execute(delete(LOOKS))
    _lay(session, list(last))
    for on in _days(min(last, key=AT).at, max(last, key=AT).at):
        until = end_of(on)
        of_day = LOOKS.c.at.between(until - DAY + 1, until)
        session.execute(update(LOOKS).where(of_day).values(on=on))
    new = select(LOOKS.c.petition_id, LOOKS.c.at, literal(0)).where(
        ~exists().where(WATCHED.c.petition_id == LOOKS.c.petition_id),
        exists().where(PETITIONS.c.id == LOOKS.c.petition_id),
    )
    session.execute(insert(WATCHED).from_select(["petition_id", "found_at", "gone_looks"], new))
    later = exists().where(
        WATCHED.c.petition_id == LOOKS.c.petition_id,
        or_(WATCHED.c.counted_at.is_(None), WATCHED.c.counted_at < LOOKS.c.at),
    )
    gone: Any = session.execute(delete(LOOKS).where(~later))
    return len(last) - int(gone.rowcount)


def _lay(session: Session, seen: Sequence[Seen]) -> None:
    if session.get_bind().dialect.name == "sqlite":  # To the driver as they are: SQLAlchemy would prepare each.
        session.connection().exec_driver_sql("INSERT INTO look (petition_id, at, votes) VALUES (?, ?, ?)", seen)
    else:
        session.execute(insert(LOOKS), [{"petition_id": of, "at": at, "votes": votes} for of, at, votes in seen])


def _days(first: int, last: int) -> Iterator[date]:
    """Yield each day in Kazakhstan from one second to another."""
    day, until = clock.day_of(instant(first)), clock.day_of(instant(last))
    while day <= until:
        yield day
        day += timedelta(days=1)


def _differs() -> Any:
    return WATCHED.c.votes.is_distinct_from(LOOKS.c.votes)


def _changed(session: Session) -> Sequence[str]:
    """Return the lines of the counts that differ from those before them: as one text, which is sooner than as rows."""
    columns = [cast(each, String) for each in (LOOKS.c.petition_id, LOOKS.c.at, LOOKS.c.votes)]
    lines = select(func.aggregate_strings(columns[0] + " " + columns[1] + " " + columns[2], "\n"))
    found = session.scalar(lines.join(WATCHED, WATCHED.c.petition_id == LOOKS.c.petition_id).where(_differs()))
    return found.split("\n") if found else ()


def _crossings(session: Session) -> Iterator[Crossing]:
    """Yield which counts went past a number: the fifty only where it was seen below them."""
    look, before, required = LOOKS.c, WATCHED.c, PETITIONS.c.threshold
    rows = (
        select(look.petition_id, look.votes, look.on, before.votes, before.counted_at, required)
        .join(WATCHED, before.petition_id == look.petition_id)
        .join(PETITIONS, PETITIONS.c.id == look.petition_id)
        .where(
            or_(
                and_(before.votes < FIRST_THRESHOLD, look.votes >= FIRST_THRESHOLD),
                and_(look.votes >= required, required > 0, or_(before.votes.is_(None), before.votes < required)),
            )
        )
        .order_by(look.petition_id)
    )
    for petition, votes, on, was, looked_at, goal in session.execute(rows):
        after = clock.day_of(instant(looked_at)) if looked_at is not None and was is not None else None
        if was is not None and was < FIRST_THRESHOLD <= votes:
            yield Crossing(petition, FIRST_THRESHOLD, after, on)
        if goal and votes >= goal and (was is None or was < goal):
            yield Crossing(petition, goal, after, on)


def _upsert(session: Session, table: Any) -> Any:
    """Return an INSERT that may say what to do where the row is there; both databases spell it alike."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)


def _keep_counts(session: Session) -> None:
    look = LOOKS.c
    differing = and_(WATCHED.c.petition_id == look.petition_id, _differs())
    counts = select(look.petition_id, look.at, look.votes).join(WATCHED, differing)
    session.execute(insert(OBSERVATIONS).from_select(["petition_id", "at", "votes"], counts))


def _keep_looks(session: Session) -> None:
    """Lengthen the span of every petition that was looked at; after a silence that is too long, begin another."""
    look, before = LOOKS.c, WATCHED.c
    silent = or_(
        before.counted_at.is_(None), before.span_since.is_(None), look.at - before.counted_at > LONGEST_SILENCE
    )
    session.execute(
        update(WATCHED)
        .where(before.petition_id == look.petition_id)
        .values(votes=look.votes, counted_at=look.at, span_since=case((silent, look.at), else_=before.span_since))
    )
    spans = select(before.petition_id, before.span_since, before.counted_at).join(
        LOOKS, look.petition_id == before.petition_id
    )
    made = _upsert(session, SPANS).from_select(["petition_id", "since", "until"], spans.where(true()))
    session.execute(
        made.on_conflict_do_update(
            index_elements=[SPANS.c.petition_id, SPANS.c.since], set_={"until": made.excluded.until}
        )
    )


def _bring_up(session: Session) -> None:
    """Bring up the columns that lists read; ``lifecycle.derive`` makes the same of the whole record.

    Where a source reports a later day than that of the look, its count stays. The share is that of ``percent_of``.
    """
    look, shown = LOOKS.c, PETITIONS.c
    is_news = or_(shown.votes.is_distinct_from(look.votes), shown.votes_on.is_distinct_from(look.on))
    counts = and_(shown.id == look.petition_id, is_news, or_(shown.votes_on.is_(None), shown.votes_on <= look.on))
    percent = case((shown.threshold > 0, look.votes * 100 // shown.threshold))
    # By itself and first, since an index holds it: most counts change no whole percent.
    session.execute(
        update(PETITIONS)
        .where(counts, shown.threshold_percent.is_distinct_from(percent))
        .values(threshold_percent=percent)
    )
    values = {
        "votes": look.votes,
        "order_votes": look.votes,
        "votes_qualifier": EXACT,
        "votes_on": look.on,
        "known_through": case((shown.known_through > look.on, shown.known_through), else_=look.on),
    }
    session.execute(update(PETITIONS).where(counts).values(values))

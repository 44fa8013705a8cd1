"""Series of counts for tests: rows as looks at the official portal, and the reading of a list of signers, leave them.

Nothing of it is shipped. A series is told as looks, pairs of an instant and a count, in order of time.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random

from sqlalchemy import insert

from portal.db import db, writing
from portal.domain.watching import DAY, HOUR, is_gap
from portal.models import Petition, PetitionTerm
from portal.models.watch import Backfill, CountObservation, SignedHour, WatchedSpan

RHYTHM = (1, 1, 1, 1, 1, 2, 4, 6, 9, 11, 12, 12, 13, 13, 12, 11, 11, 12, 13, 14, 13, 10, 6, 3)
"""How busy each hour of a day in Kazakhstan is."""


def instant(text):
    """Return an instant written 2026-11-20 14:05, in the time of Astana, as seconds since 1970."""
    return int(datetime.fromisoformat(text + "+05:00").timestamp())


def growth(begins, days, votes, *, slowing=0.985, seed=1, every=HOUR):
    """Return looks at a count that grows towards ``votes`` by chance, quicker by day than by night, slower each day."""
    chance = Random(seed)
    weights = [
        RHYTHM[(at + 5 * HOUR) % DAY // HOUR] * slowing ** ((at - begins) / DAY) * chance.uniform(0.5, 1.5)
        for at in range(begins, begins + days * DAY + 1, every)
    ]
    whole, grown, looks = sum(weights[1:]), 0.0, [(begins, 0)]
    for place, weight in enumerate(weights[1:], start=1):
        grown += weight
        looks.append((begins + place * every, round(votes * grown / whole)))
    return looks


def without(looks, since, until):
    """Return looks as if nobody had looked between two instants."""
    return [look for look in looks if not since < look[0] < until]


def shifted(looks, at, votes):
    """Return looks with so many votes more (or fewer, below zero) from an instant on."""
    return [(each, count + votes if each >= at else count) for each, count in looks]


def spans_of(looks: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the spans through which looks follow each other without a gap."""
    spans = [[looks[0][0], looks[0][0]]]
    for one, two in pairwise(looks):
        if is_gap(one[0], two[0]):
            spans.append([two[0], two[0]])
        spans[-1][1] = two[0]
    return spans


def changes_of(looks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the looks that saw another count than the one before."""
    found: list[tuple[int, int]] = []
    for at, votes in looks:
        if not found or found[-1][1] != votes:
            found.append((at, votes))
    return found


def watch(number: int, looks: Sequence[tuple[int, int]]) -> None:
    """Store looks at a petition's count: what changed, and the spans."""
    petition_id = db.session.query(Petition.id).filter_by(number=number).scalar()
    changes = changes_of(looks)
    with writing() as session:
        session.execute(
            insert(CountObservation), [{"petition_id": petition_id, "at": at, "votes": votes} for at, votes in changes]
        )
        session.execute(
            insert(WatchedSpan),
            [{"petition_id": petition_id, "since": since, "until": until} for since, until in spans_of(looks)],
        )


def back_fill(number: int, looks: Sequence[tuple[int, int]], read_at: int, *, broken: int = 0) -> None:
    """Store what a list of signers says: the votes of each hour, read whole at an instant."""
    petition_id = db.session.query(Petition.id).filter_by(number=number).scalar()
    hours: dict[int, int] = {}
    for one, two in pairwise(looks):
        if two[1] > one[1]:
            hour = (two[0] - 1) // HOUR
            hours[hour] = hours.get(hour, 0) + two[1] - one[1]
    done = datetime.fromtimestamp(read_at, UTC)
    with writing() as session:
        session.execute(
            insert(SignedHour),
            [{"petition_id": petition_id, "hour": hour, "votes": votes} for hour, votes in hours.items()],
        )
        session.add(
            Backfill(
                petition_id=petition_id,
                state="done",
                rows=sum(hours.values()),
                broken=broken,
                requests=1,
                asked_at=done,
                asked_by="test",
                begun_at=done,
                changed_at=done,
                finished_at=done,
            )
        )


# Petitions of the shipped record with a series each -------------------------------------------------

RICH, PAST_ONLY, ONE_LOOK, NOBODY, CROSSED, NO_THRESHOLD, A_YEAR, RUNNING = 3, 4, 5, 6, 2, 12, 16, 17
GIVEN = (RICH, PAST_ONLY, ONE_LOOK, NOBODY, CROSSED, NO_THRESHOLD, A_YEAR, RUNNING)
"""Numbers of petitions of the shipped record; what is told of their counts is made up, and only for tests."""

NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def give_series(*, sum_up: Callable[[Petition, datetime], object]) -> None:
    """Give some petitions of the shipped record a series each, of every kind, and sum up all but one."""
    opened, seam = instant("2024-05-25 00:00"), instant("2024-06-20 15:30")
    looks = growth(opened, 160, 20_000, slowing=0.975, seed=3)
    looks = shifted(looks, instant("2024-08-02 12:00"), 2_400)
    looks = shifted(looks, instant("2024-09-18 10:00"), -180)
    seen = [look for look in looks if look[0] >= seam]
    seen = without(seen, instant("2024-07-06 02:00"), instant("2024-07-09 19:00"))
    seen = without(seen, instant("2024-09-30 10:00"), instant("2024-09-30 16:00"))
    watch(RICH, seen)
    back_fill(RICH, looks[: 27 * 24], read_at=seam + HOUR, broken=12)
    back_fill(PAST_ONLY, growth(instant("2024-06-16 00:00"), 40, 640), read_at=instant("2024-08-01 12:00"))
    watch(ONE_LOOK, [(instant("2026-11-22 14:05"), 895)])
    watch(NOBODY, [(at, 0) for at in range(instant("2026-11-01 00:00"), instant("2026-11-05 00:00"), HOUR)])
    watch(CROSSED, growth(instant("2024-04-20 00:00"), 60, 53_400, slowing=0.96, seed=2))
    watch(NO_THRESHOLD, growth(instant("2026-11-18 09:00"), 3, 412))
    watch(A_YEAR, growth(instant("2025-11-20 00:00"), 366, 8_200, slowing=0.992, seed=5))
    running = growth(instant("2026-10-13 00:00"), 40, 86_000, slowing=0.985, seed=7)
    watch(RUNNING, without(running, instant("2026-10-26 00:00"), instant("2026-10-28 11:00")))
    with writing() as session:
        session.query(Petition).filter_by(number=A_YEAR).one().threshold = 10_000
        petition = session.query(Petition).filter_by(number=RUNNING).one()
        petition.threshold = 100_000
        session.add(
            PetitionTerm(
                petition_id=petition.id,
                key="collection",
                kind="window",
                actor="citizens",
                start_earliest=date(2026, 10, 13),
                start_latest=date(2026, 10, 13),
                due_earliest=date(2027, 4, 13),
                due_latest=date(2027, 4, 13),
                is_met=False,
            )
        )
    for number in GIVEN:
        if number != NO_THRESHOLD:
            sum_up(db.session.query(Petition).filter_by(number=number).one(), NOW)

"""How much the poll keeps, and how fast: ``make bench-watch`` runs it.

It asks the stand-in of the official portal for the list of 5,000 petitions, keeps a million counts the way a list look
does, measures what ten million weigh, and makes the page of a petition with a thousand and with a hundred thousand
counts, both summed up before as the portal's own job does. Times are of the processor, on one core; it needs 1 GB of
disk for a while, and ends by itself.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import func, insert, select

from portal import clock, create_app
from portal.db import db, writing
from portal.domain.watching import DAY, HOUR, MINUTE
from portal.models import CountObservation, Petition
from portal.services import audit, official_petitions, rounds, series, watching
from portal.services.counting import Seen
from portal.services.kept_files import Folder
from portal.services.watching import Run
from portal.watch import poll
from portal.watch.reader import OfficialPortal as Reader
from tests.given_series import watch
from tests.official_portal import OfficialPortal

T = int(datetime(2026, 9, 1, 7, tzinfo=UTC).timestamp())
PETITIONS = 5_000
MILLION = 1_000_000
FIRST_VOTES = 1_000
"""Above fifty, so that no petition passes its first threshold: that is recorded, and no part of a count."""

ROUNDS = 15
SHORT, LONG = 1_000, 100_000


@contextmanager
def application(folder: Path, name: str, **given: object) -> Iterator[Flask]:
    """An application on a new database, within its context."""
    app = create_app({"database_url": f"sqlite:///{folder / name}", "cache_url": "none:", **given})
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def begin(uuids: Sequence[str]) -> list[int]:
    """Begin petitions that have nothing but a number and an id on the official portal."""
    with writing() as session:
        entry = audit.append("petition.founded", "petition/1", by="bench").sequence
        kept = {"digest": "0" * 64, "recorded_at": clock.now(), "recorded_in": entry, "changed_in": entry}
        own = {"jurisdiction": "statutory", "stage": "collection", "threshold": 50_000, "undertakings_open": 0}
        rows = [{"number": number, "official_uuid": uuid, **own, **kept} for number, uuid in enumerate(uuids, 1)]
        session.execute(insert(Petition), rows)
    return list(db.session.scalars(select(Petition.id).order_by(Petition.id)))


def look_at_five_thousand(folder: Path) -> None:
    """Count the requests of a look at the whole list, and how the day's full readings are spread."""
    with OfficialPortal(PETITIONS, speed=1, a_day=0) as portal, application(folder, "list.sqlite") as app:
        begin(list(portal.truth.petitions))
        reader = Reader(portal.url, "bench@example.org", 0, 20, address="http://127.0.0.1")
        files = Folder(Path(app.extensions["settings"].files))
        began = time.process_time()
        run = poll.look_at_the_list(reader, files, at=clock.now(), job="bench")
        spent = time.process_time() - began
        reader.close()
        print(
            f"list look at {run.petitions:,} petitions: {run.requests} requests, {run.changed:,} counts kept, "
            f"{spent:.1f} s with the stand-in's own work"
        )
        first = rounds.to_read(int(clock.now().timestamp()) + DAY)
        print(f"full readings: {len(official_petitions.known()):,} a day, {len(first)} at most every ten minutes")


def keep_a_million(folder: Path) -> None:
    """Keep a million counts as two hundred list looks do, each with its entry in the chain."""
    with application(folder, "million.sqlite"):
        ids = begin([f"{number:036d}" for number in range(PETITIONS)])
        spent = waited = 0.0
        for look in range(MILLION // PETITIONS):
            seen = [
                Seen(each, T + look * HOUR + place // 100, FIRST_VOTES + 3 * look) for place, each in enumerate(ids)
            ]
            began, wall = time.process_time(), time.perf_counter()
            watching.finish(Run("bench", clock.now()), seen)
            spent += time.process_time() - began
            waited += time.perf_counter() - wall
        kept = db.session.scalar(select(func.count()).select_from(CountObservation))
        print(f"{kept:,} counts kept in {spent:.1f} s of the processor, {waited:.1f} s by the clock")


def weigh_ten_million(folder: Path) -> None:
    """Lay ten million counts into the tables in the order in which looks bring them, and weigh the file."""
    with application(folder, "weight.sqlite"):
        ids = begin([f"{number:036d}" for number in range(PETITIONS)])
        empty = _size(folder / "weight.sqlite")
        for look in range(10 * MILLION // PETITIONS):
            at = T + look * HOUR
            with db.engine.begin() as connection:
                rows = [{"petition_id": each, "at": at + each // 100, "votes": FIRST_VOTES + 20 * look} for each in ids]
                connection.execute(insert(CountObservation.__table__), rows)
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        print(f"10,000,000 counts weigh {(_size(folder / 'weight.sqlite') - empty) / 1e6:.0f} MB in SQLite")


def _size(path: Path) -> int:
    return path.stat().st_size


def pages(folder: Path) -> None:
    """Make the page of a petition with few and with many counts of the same two years, in turn, and compare."""
    with application(folder, "pages.sqlite") as app:
        begin([f"{number:036d}" for number in range(2)])
        for number, many in ((1, SHORT), (2, LONG)):
            first = T - LONG * 10 * MINUTE
            watch(number, [(first + look * 10 * MINUTE, look * many // LONG) for look in range(LONG)])
            began = time.process_time()
            petition = db.session.scalars(select(Petition).where(Petition.number == number)).one()
            series.sum_up(petition, clock.now())
            print(f"{many:,} counts summed up in {time.process_time() - began:.2f} s, which a job does once they moved")
        client = app.test_client()
        for page in ("", "/votes"):
            times: dict[int, list[float]] = {1: [], 2: []}
            for _round in range(ROUNDS):
                for number, spent in times.items():
                    began = time.process_time()
                    assert client.get(f"/ru/petitions/{number}{page}").status_code == 200
                    spent.append(time.process_time() - began)
            few, lots = (1000 * median(each[3:]) for each in times.values())
            said = f"{few:.1f} ms with {SHORT:,} counts, {lots:.1f} ms with {LONG:,}: {lots / few - 1:+.0%}"
            print(f"/petitions/…{page}: {said}")


def main() -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in (look_at_five_thousand, keep_a_million, weigh_ten_million, pages):
            part(folder)


if __name__ == "__main__":
    main()

"""The real poll in a process that may be killed: it reads a stand-in whose days pass in seconds."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select

from portal import clock, create_app
from portal.db import db
from portal.jobs import official
from portal.jobs.table import TABLE, Line
from portal.models import CountObservation
from tests.jobs.hurried import AcknowledgingRunner, hurried
from tests.jobs.killing import acknowledge
from tests.watch.days import CONTACT, impatient

SPEED = 3600
"""An hour passes in a second."""

EVERY, LEASE = 900, 1800
"""Seconds of the stand-in's time: a quarter and half of a second."""

JOBS = ("look_at_the_list", "read_records")


def hastened(began: float, start: float) -> Callable[[], float]:
    """Return a clock that stood at ``start`` when the wall's stood at ``began``."""
    return lambda: start + (time.time() - began) * SPEED


def poll(database: str, portal: str, files: str, began: str, start: str) -> Callable[[], None]:
    """Return what a process does: poll again and again, and say what cannot be lost any more."""
    now = hastened(float(began), float(start))
    clock.now = lambda: datetime.fromtimestamp(now(), UTC)
    official.reader_of = lambda settings: impatient(settings, clock.now)
    given = {"database_url": database, "files": files, "cache_url": "none:"}
    app = create_app({**given, "watch_url": portal, "watch_contact": CONTACT})
    table = hurried(TABLE, JOBS, EVERY, LEASE)

    def work() -> None:
        runner = AcknowledgingRunner(app, table)
        while True:
            runner.take_up(Line.OFFICIAL)
            for job in table.values():
                runner.run_present(job)
            with app.app_context():
                last = func.max(CountObservation.at)
                kept, until = db.session.execute(select(func.count(), last).select_from(CountObservation)).one()
                acknowledge(f"kept {kept} {until or 0}")

    return work

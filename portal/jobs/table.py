"""The jobs: how often each runs, how long it has its slot, and whether it asks the official portal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from flask import Flask

from portal.jobs import (
    look_at_the_list,
    look_at_the_newest,
    look_at_those_near,
    read_records,
    read_the_past,
    rebuild_at_night,
    sum_up_series,
    test_the_forecast,
    tidy_up,
)
from portal.services import watching
from portal.services.job_runs import Result

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

MINUTE, HOUR, DAY = 60, 3600, 86_400

LEASE = timedelta(minutes=3)
"""How long a slot is held without a sign of life; it is renewed as long as the work goes on (``runner.py``)."""


class Line(StrEnum):
    """What is done one after another: whatever asks the official portal, and all the rest."""

    OFFICIAL = "official portal"
    OURS = "ours"


class Off(StrEnum):
    """Why a job does not run, in words for whoever keeps the server."""

    NO_CONTACT = "PORTAL_WATCH_CONTACT is empty, and nobody is asked without saying who asks"
    STOPPED = "the official portal refused us, and nobody has said since that it may be asked"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is done again and again. A period of ``every`` seconds begins ``begins`` seconds after 1970's."""

    name: str
    every: int
    run: Callable[[Flask, datetime], Result]
    begins: int = 0
    line: Line = Line.OURS
    lease: timedelta = LEASE

    def slot_at(self, at: datetime) -> int:
        """Return the slot of an instant: the second at which the period began."""
        since = (at - EPOCH) // timedelta(seconds=1) - self.begins
        return since - since % self.every + self.begins

    def next_slot(self, at: datetime) -> int:
        """Return the slot after that of an instant."""
        return self.slot_at(at) + self.every


OFFICIAL = (
    Job("look_at_the_list", HOUR, look_at_the_list.run, line=Line.OFFICIAL),
    Job("look_at_the_newest", 10 * MINUTE, look_at_the_newest.run, line=Line.OFFICIAL),
    Job("look_at_those_near", 10 * MINUTE, look_at_those_near.run, line=Line.OFFICIAL),
    Job("read_records", 10 * MINUTE, read_records.run, line=Line.OFFICIAL),
    Job("read_the_past", 10 * MINUTE, read_the_past.run, line=Line.OFFICIAL),
)

OURS = (
    Job("sum_up_series", HOUR, sum_up_series.run, begins=15 * MINUTE),
    Job("test_the_forecast", DAY, test_the_forecast.run, begins=20 * HOUR),
    Job("tidy_up", DAY, tidy_up.run, begins=21 * HOUR),
    Job("rebuild_at_night", DAY, rebuild_at_night.run, begins=22 * HOUR, lease=timedelta(hours=1)),
)
"""At night is three o'clock in Kazakhstan, 22:00 UTC."""

TABLE: Mapping[str, Job] = {job.name: job for job in OFFICIAL + OURS}


def why_off(app: Flask, job: Job) -> Off | None:
    """Return why a job does not run; None where it does."""
    if job.line is not Line.OFFICIAL:
        return None
    if not app.extensions["settings"].watch_contact:
        return Off.NO_CONTACT
    return Off.STOPPED if watching.stopped_since() else None

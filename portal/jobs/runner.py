"""How a slot of a job is run: taken, worked at, written down. An error is told without a word of what it was about."""

import logging
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from traceback import walk_tb

from flask import Flask

from portal import clock
from portal.jobs.table import TABLE, Job, Line, why_off
from portal.services import job_runs
from portal.services.job_runs import Claim, Occupied, Result

log = logging.getLogger(__name__)

TRIES_TO_FINISH = 3
"""Another writer may keep us waiting: what is done should not have to be done again for that."""


class Unrun(StrEnum):
    """Why a slot was not run, or not to our credit."""

    OFF = "off"
    TAKEN = "taken"
    """It is finished, or another process is at it."""

    OCCUPIED = "occupied"
    """Another job asks the official portal."""

    BUSY = "busy"
    """The database did not let us write it down: it is begun again."""

    OVERTAKEN = "overtaken"
    """We were silent for longer than the lease, and another process has taken it over."""

    LEAVING = "leaving"
    """The process was told to end."""


class Runner:
    """Runs slots for one process, by the name under which it takes them."""

    def __init__(self, app: Flask, table: Mapping[str, Job] = TABLE) -> None:
        self.app, self.table = app, table
        self.by = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.leaving = False
        self._held: dict[tuple[str, int], Claim] = {}
        self._lock = threading.Lock()

    @property
    def is_working(self) -> bool:
        """Whether a slot is being worked at."""
        return bool(self._held)

    @property
    def renew_every(self) -> timedelta:
        """How often leases are to be renewed: twice may fail."""
        return min(job.lease for job in self.table.values()) / 3

    def run_present(self, job: Job) -> Result | Unrun:
        """Run the slot of this moment."""
        return self.run_slot(job, job.slot_at(clock.now()))

    def run_slot(self, job: Job, slot: int) -> Result | Unrun:
        """Run a slot if nobody else has: take it, do its work, write down what came of it. Never raises."""
        held = self._take(job, slot)
        if not isinstance(held, Claim):
            return held
        key = (job.name, slot)
        with self._lock:
            self._held[key] = held
        try:
            result = self.work(job, held, clock.now())
            return self._finish(held, result)
        finally:
            with self._lock:
                del self._held[key]

    def _take(self, job: Job, slot: int) -> Claim | Result | Unrun:
        if self.leaving:
            return Unrun.LEAVING
        beside = [each.name for each in self.table.values() if each.line is Line.OFFICIAL]
        try:
            with self.app.app_context():
                if why_off(self.app, job):
                    return Unrun.OFF
                at = clock.now()
                held = job_runs.claim(
                    job.name,
                    slot,
                    by=self.by,
                    lease=job.lease,
                    at=at,
                    beside=beside if job.line is Line.OFFICIAL else (),
                )
                return held or self._why_not(job, slot, at)
        except Occupied:
            return Unrun.OCCUPIED
        except Exception as error:
            log.warning("%s: not taken: %s", named(job.name, slot), told(error))
            return Unrun.BUSY

    def _why_not(self, job: Job, slot: int, at: datetime) -> Result | Unrun:
        kept = job_runs.by_slot(job.name, slot)
        if kept is None or kept.result != Result.GIVEN_UP or kept.finished_at != at:
            return Unrun.TAKEN
        log.error("%s: given up, since every process that began it died", named(job.name, slot))
        return Result.GIVEN_UP

    def work(self, job: Job, held: Claim, at: datetime) -> Result:
        """Do what a slot is for. What is raised is told by its kind and place, never by its words."""
        try:
            with self.app.app_context():
                return job.run(self.app, at)
        except Exception as error:
            log.error("%s: failed: %s", named(job.name, held.slot), told(error))
            return Result.FAILED

    def _finish(self, held: Claim, result: Result) -> Result | Unrun:
        name = named(held.job, held.slot)
        for _try in range(TRIES_TO_FINISH):
            try:
                with self.app.app_context():
                    was_ours = job_runs.finish(held, result, clock.now())
            except Exception as error:
                log.warning("%s: %s, not written down: %s", name, result, told(error))
                continue
            log.log(LEVELS.get(result, logging.INFO), "%s: %s%s", name, result, "" if was_ours else ", but overtaken")
            return result if was_ours else Unrun.OVERTAKEN
        return Unrun.BUSY

    def renew(self) -> None:
        """Put off the end of the lease of all that is being worked at."""
        self._tell_of_all(job_runs.renew)

    def release(self) -> None:
        """Give back all that is being worked at, because the process ends here and now."""
        self._tell_of_all(job_runs.release)

    def _tell_of_all(self, change: Callable[[Claim, datetime], bool]) -> None:
        with self._lock:
            running = list(self._held.values())
        for held in running:
            try:
                with self.app.app_context():
                    change(held, clock.now())
            except Exception as error:
                log.warning("%s: lease not changed: %s", named(held.job, held.slot), told(error))

    def take_up(self, line: Line) -> None:
        """Run what was left: slots whose process died, and the present slot of each job that nobody has begun."""
        for job, slot in self._left(line):
            self.run_slot(job, slot)

    def _left(self, line: Line) -> list[tuple[Job, int]]:
        at = clock.now()
        with self.app.app_context():
            begun = job_runs.open_claims()
            lapsed = [
                (self.table[row.job], row.slot) for row in begun if row.lease_until <= at and row.job in self.table
            ]
            present = [(job, job.slot_at(at)) for job in self.table.values()]
            never = [(job, slot) for job, slot in present if job_runs.by_slot(job.name, slot) is None]
        return [(job, slot) for job, slot in lapsed + never if job.line is line]


LEVELS: Mapping[Result, int] = {
    Result.FORBIDDEN: logging.ERROR,
    Result.DIFFERED: logging.WARNING,
    Result.PARTLY: logging.WARNING,
    Result.FAILED: logging.DEBUG,  # It was told when it happened.
}


def named(job: str, slot: int) -> str:
    """Return what a log calls a slot."""
    return f"{job} {datetime.fromtimestamp(slot, UTC):%Y-%m-%d %H:%M:%S}"


def told(error: BaseException) -> str:
    """Return the kind of an error and the last place in our code that it passed: nothing that it was about."""
    places = [
        f"{frame.f_globals.get('__name__')}:{line}"
        for frame, line in walk_tb(error.__traceback__)
        if str(frame.f_globals.get("__name__")).startswith("portal.")
    ]
    return f"{type(error).__name__} at {places[-1]}" if places else type(error).__name__

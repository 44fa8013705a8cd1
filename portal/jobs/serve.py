"""The process that runs the jobs: APScheduler says when, the runner how, the table what.

Any number of these may run: a slot is done by one of them. Whatever asks the official portal is done one after another.
"""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from portal import clock
from portal.jobs.runner import Runner, told
from portal.jobs.table import EPOCH, Job, Line, why_off

log = logging.getLogger(__name__)

MISFIRE_GRACE = 3600
TAKE_UP_EVERY = timedelta(seconds=30)
"""How often it is asked what was left: by whoever died, or because the official portal was being asked."""

BEAT = timedelta(seconds=1)
GRACE = timedelta(seconds=20)
"""How long a job that runs may go on when the process is told to end. What is not done then is done again."""

RENEWAL, END = "renewal", "default"
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Service:
    """The scheduler of one process: the jobs of the table, what keeps their leases, and what ends it all."""

    def __init__(
        self,
        runner: Runner,
        *,
        length: timedelta | None = None,
        take_up_every: timedelta = TAKE_UP_EVERY,
        grace: timedelta = GRACE,
    ) -> None:
        self.runner, self.grace, self.take_up_every = runner, grace, take_up_every
        self.until = None if length is None else clock.now() + length
        self.leave_by: datetime | None = None
        self.scheduler = _scheduler(BlockingScheduler, *Line, RENEWAL, END)

    def run(self) -> bool:
        """Run jobs until a signal comes or the time is over. Tells whether nothing was left half-done.

        What was is given back, for another process to begin anew: whoever called this ends the process at once.
        """
        self._say_what_runs()
        for job in self.runner.table.values():
            self.scheduler.add_job(self.runner.run_present, periods(job), (job,), executor=job.line, id=job.name)
        for line in Line:
            self.scheduler.add_job(
                self.runner.take_up,
                IntervalTrigger(seconds=self.take_up_every.total_seconds(), timezone=UTC),
                (line,),
                executor=line,
                id=f"what was left: {line}",
                next_run_time=clock.now(),  # At once: what nobody did while nothing ran.
            )
        keep_leases(self.scheduler, self.runner)
        self.scheduler.add_job(
            self._end_if_told, IntervalTrigger(seconds=BEAT.total_seconds(), timezone=UTC), executor=END, id="end"
        )
        with self._told_by_signals():
            self.scheduler.start()
        if self.runner.is_working:
            log.warning("a job still runs and is left half-done: its slot is given back")
            self.runner.release()
        return not self.runner.is_working

    def _say_what_runs(self) -> None:
        with self.runner.app.app_context():
            for job in self.runner.table.values():
                off = why_off(self.runner.app, job)
                log.info("%s: %s", job.name, f"off: {off}" if off else f"every {timedelta(seconds=job.every)}")

    def _end_if_told(self) -> None:
        """End the scheduler once nothing runs any more, or the grace is over."""
        at = clock.now()
        self.runner.leaving |= self.until is not None and at >= self.until
        if not self.runner.leaving:
            return
        self.leave_by = self.leave_by or at + self.grace
        if not self.runner.is_working or at >= self.leave_by:
            self.scheduler.shutdown(wait=False)

    @contextmanager
    def _told_by_signals(self) -> Iterator[None]:
        before = {each: signal.getsignal(each) for each in SIGNALS}

        def leave(_number: int, _frame: FrameType | None) -> None:
            # No more than this: a handler that took a lock could wait for whom it interrupted.
            self.runner.leaving = True
            for each in SIGNALS:
                signal.signal(each, before[each])  # Who is told twice ends at once.

        for each in SIGNALS:
            signal.signal(each, leave)
        try:
            yield
        finally:
            for each in SIGNALS:
                signal.signal(each, before[each])


@contextmanager
def leases_kept(runner: Runner) -> Iterator[None]:
    """Keep the leases of a runner whose slots are run by hand."""
    scheduler = _scheduler(BackgroundScheduler, RENEWAL)
    keep_leases(scheduler, runner)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def keep_leases(scheduler: BaseScheduler, runner: Runner) -> None:
    """Let a scheduler renew the leases of what a runner works at."""
    every = IntervalTrigger(seconds=runner.renew_every.total_seconds(), timezone=UTC)
    scheduler.add_job(runner.renew, every, executor=RENEWAL, id=RENEWAL)


def periods(job: Job) -> IntervalTrigger:
    """Return when the periods of a job begin."""
    return IntervalTrigger(seconds=job.every, start_date=EPOCH + timedelta(seconds=job.begins), timezone=UTC)


def _scheduler(kind: type[BaseScheduler], *threads: str) -> BaseScheduler:
    """Make a scheduler with one thread for each kind of work."""
    quiet = logging.getLogger("apscheduler")  # It would log an error with its words; the listener tells what is left.
    quiet.propagate = False
    quiet.addHandler(logging.NullHandler())
    made = kind(
        timezone=UTC,
        executors={name: ThreadPoolExecutor(1) for name in threads},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISFIRE_GRACE},
    )
    made.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    return made


def _tell(event: JobExecutionEvent) -> None:
    log.error("%s: %s", event.job_id, told(event.exception) if event.exception else "its time had passed")

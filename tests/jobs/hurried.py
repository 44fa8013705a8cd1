"""Jobs in a hurry, run by one who says what is done: for tests that kill."""

from dataclasses import dataclass
from datetime import timedelta

from portal.jobs.runner import Runner
from portal.jobs.table import EPOCH, Job
from portal.services.job_runs import Result
from tests.jobs.killing import acknowledge


@dataclass(frozen=True, slots=True)
class QuickJob(Job):
    """A job whose periods are shorter than a second: its slots are their numbers."""

    def slot_at(self, at):
        return (at - EPOCH) // timedelta(seconds=self.every)


def hurried(table, names, every, lease):
    """Return jobs of a table as they are, but for their periods and leases in seconds."""
    jobs = (table[name] for name in names)
    return {job.name: QuickJob(job.name, every, job.run, line=job.line, lease=timedelta(seconds=lease)) for job in jobs}


class AcknowledgingRunner(Runner):
    """Says when it is written down that a slot is done."""

    def run_slot(self, job, slot):
        came = super().run_slot(job, slot)
        if came in (Result.DONE, Result.PARTLY):
            acknowledge(f"{job.name} {slot}")
        return came

"""What is over is thrown away: old runs of jobs, sessions that have ended, counters of failed sign-ins."""

import logging
from datetime import datetime

from flask import Flask

from portal import clock
from portal.services import job_runs, sessions, throttle
from portal.services.job_runs import Result

log = logging.getLogger(__name__)


def run(_app: Flask, at: datetime) -> Result:
    """Throw away what nobody needs any more."""
    runs = job_runs.forget_before(clock.day_of(at - job_runs.KEPT))
    ended, counters = sessions.forget_those_over(), throttle.forget_what_is_over()
    log.info("%d runs, %d sessions and %d counters forgotten", runs, ended, counters)
    return Result.DONE

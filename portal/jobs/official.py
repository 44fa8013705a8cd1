"""How a job asks the official portal: with the settings of the application, and what it came to as a result."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from portal.services.job_runs import Result
from portal.watch import poll
from portal.watch.poll import RunReport


def ask(app: Flask, verb: Callable[..., RunReport], at: datetime, job: str) -> Result:
    """Let the poll do one thing at the official portal."""
    report = verb(poll.official_portal(app.extensions["settings"]), at=at, job=job)
    if report.is_stopped:
        return Result.STOPPED
    return Result.DONE if report.is_whole else Result.INCOMPLETE

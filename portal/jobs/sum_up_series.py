"""What follows from a series (speed, marks, forecast) is made anew where the series grew."""

from datetime import datetime

from flask import Flask

from portal.services import series
from portal.services.job_runs import Result


def run(_app: Flask, at: datetime) -> Result:
    """Sum up the series that grew."""
    series.sum_up_changed(at)
    return Result.DONE

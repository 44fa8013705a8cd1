"""The forecast is held against every series that has ended, so that pages can say how good it was."""

from datetime import datetime

from flask import Flask

from portal.services import series
from portal.services.job_runs import Result


def run(_app: Flask, at: datetime) -> Result:
    """Hold the forecast against what came."""
    series.test_the_forecast(at)
    return Result.DONE

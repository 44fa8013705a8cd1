"""The full record of each petition is read once a day, a part of them at a time."""

from datetime import datetime

from flask import Flask

from portal.jobs import official
from portal.services.job_runs import Result
from portal.watch import poll


def run(app: Flask, at: datetime) -> Result:
    """Read the records whose turn it is."""
    return official.ask(app, poll.read_records, at, "read_records")

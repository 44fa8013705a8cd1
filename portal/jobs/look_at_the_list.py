"""The list tells the count of every petition, once an hour: the heartbeat of all series."""

from datetime import datetime

from flask import Flask

from portal.jobs import official
from portal.services.job_runs import Result
from portal.watch import poll


def run(app: Flask, at: datetime) -> Result:
    """Look at the whole list."""
    return official.ask(app, poll.look_at_the_list, at, "look_at_the_list")

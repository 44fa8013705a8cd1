"""New petitions stand first in the list: its head is looked at more often than the whole."""

from datetime import datetime

from flask import Flask

from portal.jobs import official
from portal.services.job_runs import Result
from portal.watch import poll


def run(app: Flask, at: datetime) -> Result:
    """Look at the head of the list."""
    return official.ask(app, poll.look_at_the_newest, at, "look_at_the_newest")

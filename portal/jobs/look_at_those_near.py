"""Petitions near a threshold are looked at one by one, between two looks at the list."""

from datetime import datetime

from flask import Flask

from portal.jobs import official
from portal.services.job_runs import Result
from portal.watch import poll


def run(app: Flask, at: datetime) -> Result:
    """Look at those whose turn it is."""
    return official.ask(app, poll.look_at_those_near, at, "look_at_those_near")

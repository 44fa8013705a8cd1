"""The lists of signers tell what was before we looked; they are read in parts, without names."""

from datetime import datetime

from flask import Flask

from portal.jobs import official
from portal.services.job_runs import Result
from portal.watch import poll


def run(app: Flask, at: datetime) -> Result:
    """Read on where the last run ended."""
    return official.ask(app, poll.read_the_past, at, "read_the_past")

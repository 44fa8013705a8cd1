"""How a job asks the official portal: with the settings of the application, and what it came to as a result."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from portal.services.job_runs import Result
from portal.services.kept_files import Folder
from portal.services.watching import Run
from portal.watch.reader import OfficialPortal


def ask(app: Flask, verb: Callable[..., Run], at: datetime, job: str) -> Result:
    """Let the poll do one thing at the official portal."""
    settings = app.extensions["settings"]
    portal = OfficialPortal.of(settings)
    try:
        return Result(verb(portal, Folder(Path(settings.files)), at=at, job=job).result)
    finally:
        portal.close()

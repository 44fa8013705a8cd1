"""How a job asks the official portal: with the settings of the application, and what it came to as a result."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from portal.services.job_runs import Result
from portal.services.kept_files import Folder
from portal.services.watching import Run
from portal.settings import Settings
from portal.watch.reader import OfficialPortal


def reader_of(settings: Settings) -> OfficialPortal:
    """Return a reader as the settings have it: one for each run, whose connection ends with the run."""
    return OfficialPortal.of(settings)


def ask(app: Flask, verb: Callable[..., Run], at: datetime, job: str) -> Result:
    """Let the poll do one thing at the official portal."""
    settings = app.extensions["settings"]
    portal = reader_of(settings)
    try:
        return Result(verb(portal, Folder(Path(settings.files)), at=at, job=job).result)
    finally:
        portal.close()

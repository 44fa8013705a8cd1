"""How a job asks the official portal: with the settings of the application, and what it came to as a result."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from portal.services.job_runs import Result
from portal.services.kept_files import Folder
from portal.services.watching import Run
from portal.watch.poll import Portal


def ask(app: Flask, verb: Callable[..., Run], at: datetime, job: str) -> Result:
    """Let the poll do one thing at the official portal."""
    folder = Folder(Path(app.extensions["settings"].files))
    return Result(verb(official_portal(app), folder, at=at, job=job).result)


def official_portal(app: Flask) -> Portal:
    """Return a reader of the official portal as the settings say how to ask it."""
    raise NotImplementedError  # The reader is written at the same time as this.

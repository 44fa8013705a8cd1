"""Nothing derived may be wrong for long: all of it is made again each night, and a difference is told."""

import logging
from datetime import datetime

from flask import Flask

from portal.services import lifecycle
from portal.services.job_runs import Result

log = logging.getLogger(__name__)

MOST_NAMED = 20


def run(_app: Flask, _at: datetime) -> Result:
    """Make what is derived again; tell which columns differed, by petition and column, never by value."""
    petitions, differing = lifecycle.rebuild()
    for each in differing[:MOST_NAMED]:
        log.warning("differed: %s", each)
    log.info("%d petitions rebuilt, %d columns differed", petitions, len(differing))
    return Result.DIFFERED if differing else Result.DONE

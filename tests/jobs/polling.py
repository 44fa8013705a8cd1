"""The poll itself in a hurry: for the test that kills it."""

from datetime import timedelta

from portal import create_app
from portal.db import db
from portal.jobs.serve import Service
from portal.jobs.table import TABLE
from tests.jobs.hurried import AcknowledgingRunner, hurried

NAMES = "look_at_the_list", "look_at_the_newest", "look_at_those_near", "read_records"


def application(url, files, official):
    """Return an application whose poll reads a stand-in without a pause."""
    return create_app(
        {
            "database_url": url,
            "files": files,
            "cache_url": "none:",
            "watch_url": official,
            "watch_contact": "post@qadam.example",
            "watch_pause": 0,
        }
    )


def serve(url, files, official):
    """Return what polls in a process of its own, without rest."""
    app = application(url, files, official)
    with app.app_context():
        db.engine.dispose()
    table = hurried(TABLE, NAMES, 0.1, 0.3)
    return lambda: Service(AcknowledgingRunner(app, table), take_up_every=timedelta(seconds=0.1)).run()

"""Compress the static files, bring the database up to date and, while it is empty, load the register that is shipped.

The same as ``flask --app wsgi db upgrade``, where that changed the tables ``register rebuild``, and ``register
load-if-empty``, in one start of Python instead of three.
"""

import logging
import sys

import click
from alembic.runtime.migration import MigrationContext
from flask.cli import ScriptInfo

from portal.db import db
from portal.web import static
from wsgi import app

INFO = ScriptInfo(create_app=lambda: app)


def main() -> None:
    """Run the commands one after the other; stop at the first that fails."""
    static.prepare(app)
    logging.disable(logging.INFO)  # Alembic would greet every start.
    before = revision()
    run("db", "upgrade")
    if before is not None and revision() != before:
        run("register", "rebuild")  # New columns and tables of what is derived are empty until then.
    run("register", "load-if-empty")


def run(*command: str) -> None:
    """Run a command of the portal; end with its status where it fails."""
    try:
        status = app.cli.main(list(command), prog_name="flask", standalone_mode=False, obj=INFO)
    except click.ClickException as failure:
        failure.show()
        sys.exit(failure.exit_code)
    if isinstance(status, int) and status:  # A command that ended with Context.exit().
        sys.exit(status)


def revision() -> str | None:
    """Return the migration that the database is at, nothing for one that is new."""
    with app.app_context(), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


if __name__ == "__main__":
    main()

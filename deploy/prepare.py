"""Compress the static files, bring the database up to date and, while it is empty, load the register that is shipped.

The latter two are the same as ``flask --app wsgi db upgrade`` and ``flask --app wsgi register load-if-empty``, in one
start of Python instead of two.
"""

import logging
import sys

import click
from flask.cli import ScriptInfo

from portal.web import static
from wsgi import app

COMMANDS = (["db", "upgrade"], ["register", "load-if-empty"])


def main() -> None:
    """Run the commands one after the other; stop at the first that fails."""
    static.prepare(app)
    logging.disable(logging.INFO)  # Alembic would greet every start.
    info = ScriptInfo(create_app=lambda: app)
    for command in COMMANDS:
        try:
            status = app.cli.main(command, prog_name="flask", standalone_mode=False, obj=info)
        except click.ClickException as failure:
            failure.show()
            sys.exit(failure.exit_code)
        if isinstance(status, int) and status:  # A command that ended with Context.exit().
            sys.exit(status)


if __name__ == "__main__":
    main()

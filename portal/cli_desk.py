"""Commands for what the desk works with: ``flask --app wsgi sources …`` and ``desk-import``."""

import click
from flask.cli import AppGroup

from portal.services import source_checks

sources = AppGroup("sources", help="Sources that facts cite.")


@sources.command("list-unchecked")
def list_unchecked() -> None:
    """Print the address of every source that nobody has opened and compared since it was recorded."""
    found = source_checks.unchecked()
    for source in found:
        click.echo(source.url)
    click.echo(f"{len(found)} {'source has' if len(found) == 1 else 'sources have'} never been opened and compared.")

"""``flask files``: check the copies of sources that are kept."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from portal.services.kept_files import Fault, Folder

group = AppGroup("files", help="Copies of sources, kept under their SHA-256.")

SENTENCES = {
    Fault.MISSING: "{name}: the record speaks of this file, and it is not there.",
    Fault.ALTERED: "{name}: the file does not hold what it held when it was kept.",
    Fault.ORPHAN: "{name}: the record does not speak of this file.",
    Fault.UNFINISHED: "{name}: a file that was never written to its end.",
}


@group.command("check")
@click.pass_context
def check(context: click.Context) -> None:
    """Name what is missing, altered or spoken of by nothing. Exit 1 where a file is missing or altered."""
    faults = list(Folder(Path(current_app.extensions["settings"].files)).check())
    for fault, name in faults:
        click.echo(SENTENCES[fault].format(name=name))
    if {fault for fault, _name in faults} & {Fault.MISSING, Fault.ALTERED}:
        context.exit(1)
    if not faults:
        click.echo("Every kept file is whole.")

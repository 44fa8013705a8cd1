"""The commands of ``flask --app wsgi``: one group per service."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from portal import cli_accounts, cli_audit, cli_desk, cli_files, cli_jobs
from portal.services import lifecycle
from portal.services import register as service
from portal.services.catalogue import REGISTER

register_group = AppGroup("register", help="The register: files that the record is loaded from.")


def register(app: Flask) -> None:
    """Give the application its commands."""
    app.cli.add_command(register_group)
    app.cli.add_command(cli_audit.group)
    app.cli.add_command(cli_accounts.group)
    app.cli.add_command(cli_desk.sources)
    app.cli.add_command(cli_desk.desk_import)
    app.cli.add_command(cli_files.group)
    app.cli.add_command(cli_jobs.group)


def _existing(_context: click.Context, _parameter: click.Parameter, value: str) -> Path:
    path = Path(value)
    if not path.exists():
        raise click.BadParameter(f"there is nothing at {value}")
    return path


PATH = click.argument("path", callback=_existing)


@register_group.command("check")
@PATH
def check(path: Path) -> None:
    """Validate a file or folder without a database. Exit 0 fine, 1 refused, 2 usage."""
    _finish(service.check(path))
    click.echo("Nothing is wrong.")


@register_group.command("load")
@PATH
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def load(path: Path, dry_run: bool) -> None:
    """Load a file or folder and report per record. Exit 0 fine, 1 refused, 2 usage."""
    report = service.load(path, dry_run=dry_run)
    for line in report.lines:
        click.echo(f"{line.change:6} {line.section} {line.record} ({line.file})")
    _summarise(report, dry_run=dry_run)
    _finish(report)


@register_group.command("load-if-empty")
def load_if_empty() -> None:
    """Load the shipped register if the record holds no petition yet; otherwise do nothing."""
    if not service.is_empty():
        return
    report = service.load(REGISTER)
    _summarise(report, dry_run=False)
    _finish(report)


@register_group.command("rebuild")
def rebuild() -> None:
    """Throw away the derived columns and make them again; name what differed."""
    petitions, differing = lifecycle.rebuild()
    for each in differing:
        click.echo(f"differed: {each}")
    click.echo(f"{petitions} petitions rebuilt, {len(differing)} columns differed.")


def _summarise(report: service.Report, *, dry_run: bool) -> None:
    for clash in report.clashes:
        click.echo(f"clash: {clash}", err=True)
    counts = ", ".join(f"{report.count(change)} to {change}" for change in service.Change)
    click.echo(f"{'Would do' if dry_run else 'Done'}: {counts}.")


def _finish(report: service.Report) -> None:
    for file in report.refused:
        for problem in file.problems:
            click.echo(str(problem), err=True)
        click.echo(f"{file.name} is refused: nothing of it is loaded.", err=True)
    if not report.is_fine:
        raise SystemExit(1)

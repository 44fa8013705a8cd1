"""Commands for what the desk works with: ``flask --app wsgi sources …`` and ``desk-import``."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.domain.refusals import Refusal
from portal.domain.rights import Right, rights_of
from portal.i18n import imports as words
from portal.i18n.locale import speaking
from portal.i18n.refusals import refusal
from portal.models import Account
from portal.services import imports, source_checks
from portal.services.import_lines import Change
from portal.services.import_plan import Plan

sources = AppGroup("sources", help="Sources that facts cite.")


@sources.command("list-unchecked")
def list_unchecked() -> None:
    """Print the address of every source that nobody has opened and compared since it was recorded."""
    found = source_checks.unchecked()
    for source in found:
        click.echo(source.url)
    click.echo(f"{len(found)} {'source has' if len(found) == 1 else 'sources have'} never been opened and compared.")


@click.command("desk-import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "code", required=True, help="Code of the account that records it.")
@click.option("--reason", help="Why: public, in the log of changes. Needed unless with --dry-run.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@with_appcontext
def desk_import(file: Path, code: str, reason: str | None, *, dry_run: bool) -> None:
    """Bring a table or register file into the record, whole or not at all. Exit 0 fine, 1 refused, 2 usage."""
    rights = _rights(code)
    if not reason and not dry_run:
        raise click.UsageError("Say why: --reason.")
    may_correct = Right.CORRECT in rights
    plan = imports.plan(file.read_bytes(), reason=reason, may_correct=may_correct, today=clock.today())
    with speaking("en"):
        _tell(plan)
        if plan.faults or plan.count(Change.CLASH):
            click.echo("Nothing was written.", err=True)
            raise SystemExit(1)
        if not dry_run and plan.steps:
            _carry_out(plan, code, str(reason))


def _rights(code: str) -> frozenset[Right]:
    account = db.session.scalar(select(Account).where(Account.code == code, Account.closed_at.is_(None)))
    rights = rights_of(account.roles) if account else frozenset()
    if Right.RECORD not in rights:
        raise click.UsageError(f"No account with the code {code} may record.")
    return rights


def _tell(plan: Plan) -> None:
    for fault in plan.faults:
        where = " ".join(part for part in (f"row {fault.row}" if fault.row else "", fault.column) if part)
        here = f" (here: {fault.value})" if fault.value else ""
        click.echo(f"{where or 'file'}: {words.FAULTS[fault.code]}{here}", err=True)
    for line in plan.lines:
        about = words.row_is_about(line.section, line.petition, line.name)
        why = f" – {words.WHY[line.why]}" if line.why else ""
        click.echo(f"row {line.row}: {about}: {words.CHANGES[line.change]}{why}", err=line.change is Change.CLASH)
    click.echo(", ".join(f"{plan.count(change)} {change}" for change in Change))


def _carry_out(plan: Plan, code: str, reason: str) -> None:
    try:
        with click.progressbar(length=plan.steps, label="Importing") as bar:
            for _done in imports.carry_out(plan, by=code, reason=reason):
                bar.update(1)
    except Refusal as error:
        click.echo(f"{refusal(error)} Nothing was written.", err=True)
        raise SystemExit(1) from error
    click.echo("Done.")

"""``flask audit``: check the audit chain, print its head, export it."""

import click
from flask.cli import AppGroup

from portal.services import audit, audit_check, audit_roots

group = AppGroup("audit", help="Check, name and export the audit chain.")


def _root(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    root = text.strip().lower()
    if not audit_check.HASH.fullmatch(root):
        raise click.BadParameter("a hash is 64 hexadecimal digits")
    return root


@group.command("verify")
@click.option("--root", metavar="HASH", callback=_root, help="A hash that must be in the chain.")
@click.pass_context
def verify(context: click.Context, root: str | None) -> None:
    """Check the chain: exit 0 if it is whole, 1 if anything is wrong, 2 for a malformed HASH."""
    # Asked first: all that it covers is then read, while later entries may come in meanwhile.
    entries, last = audit.head()
    found = False
    for finding in audit_check.verify(root):
        found = True
        click.echo(finding.sentence)
    if found:
        context.exit(1)
    click.echo(f"The chain is whole: {entries} {_noun(entries)}, head {last}.")


@group.command("head")
def head() -> None:
    """Print the number and the hash of the last entry."""
    entries, last = audit.head()
    click.echo(f"{entries} {last}")


@group.command("export")
@click.option("--since", type=click.IntRange(0), default=0, metavar="N", help="The last entry that you have.")
def export(since: int) -> None:
    """Print every entry as a line of JSON, for the script in docs/audit.md."""
    for line in audit_check.exported(since):
        click.echo(line)


@group.command("roots")
def roots() -> None:
    """Print the last entry of each day in Kazakhstan, newest first: the day, the number, the hash."""
    for each in audit_roots.roots():
        click.echo(each.line())


def _noun(entries: int) -> str:
    return "entry" if entries == 1 else "entries"

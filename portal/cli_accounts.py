"""``flask account``: the first account of a desk, and a way in where no admin is left who could help."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup

from portal.domain.refusals import Refusal
from portal.domain.rights import Role
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import DEFAULT, speaking
from portal.i18n.refusals import refusal
from portal.models import Account
from portal.services import accounts
from portal.services.invitations import Invitation

group = AppGroup("account", help="Accounts of the desk.")

SYSTEM = "system"
"""What the audit chain calls whoever has the command line."""

REASON = click.option(
    "--reason",
    default="Командалық жолдан. / Из командной строки. / From the command line.",
    help="Why. It becomes public in the audit chain.",
)


@group.command("create")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    default=[Role.ADMIN.value],
    show_default=True,
    help="May be given several times.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=DEFAULT, show_default=True, help="Of the invitation.")
@REASON
def create(name: str, roles: tuple[str, ...], lang: str, reason: str) -> None:
    """Make an account and print its invitation. Exit 0 fine, 1 refused, 2 usage."""
    with _refusals():
        _tell(accounts.invite(name, [Role(each) for each in roles], lang, by=SYSTEM, reason=reason))


@group.command("list")
def list_() -> None:
    """Print every account: its code, its name, its roles, and whether it can be worked with."""
    for each in accounts.everybody():
        click.echo("\t".join((each.code, each.name, "+".join(each.roles), accounts.state_of(each))))


@group.command("reset")
@click.argument("name")
@REASON
def reset(name: str, reason: str) -> None:
    """Take password and second factor from an account and print a new invitation. Exit 0 fine, 1 refused."""
    account = _named(name)
    with _refusals():
        _tell(accounts.reset(account.code, by=SYSTEM, reason=reason))


@contextmanager
def _refusals() -> Iterator[None]:
    """Print what is refused, in English like all commands, and end with 1."""
    try:
        yield
    except Refusal as error:
        with speaking("en"):
            click.echo(refusal(error), err=True)
        raise SystemExit(1) from None


def _named(name: str) -> Account:
    found = accounts.by_name(name)
    if found is None:
        click.echo("There is no account with this name.", err=True)
        raise SystemExit(1)
    return found


def _tell(invitation: Invitation) -> None:
    address = f"{current_app.extensions['settings'].base_url}/desk/{invitation.lang}/invitation"
    click.echo(f"Open:  {address}")
    click.echo(f"Name:  {invitation.name}")
    click.echo(f"Code:  {invitation.code}")
    click.echo("The code is told only now. It works once, within 48 hours.")

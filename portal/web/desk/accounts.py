"""Everybody's accounts, for admins: inviting, roles, reset, closing."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.refusals import Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.models import Account
from portal.services import accounts as service
from portal.services.invitations import Invitation
from portal.web.desk import access, bp
from portal.web.desk.access import requires
from portal.web.desk.forms.account import AccountForm, InviteForm, ReasonForm, RolesForm
from portal.web.meta import public_address


@bp.get("/accounts")
@requires(Right.MANAGE)
def accounts() -> ResponseReturnValue:
    """List all accounts."""
    return render_template("desk/accounts.html", accounts=service.everybody(), state_of=service.state_of)


@bp.route("/accounts/invite", methods=["GET", "POST"])
@requires(Right.MANAGE)
def invite() -> ResponseReturnValue:
    """Invite somebody, and show the code of the invitation, once."""
    form = InviteForm.asked()
    if not form.is_valid():
        return render_template("desk/invite.html", form=form), 422 if form.problems else 200

    def act() -> Invitation:
        who = (form.said("name"), form.roles.roles(), form.said("lang"))
        return service.invite(*who, by=access.account().code, reason=form.said("reason"))

    return _done(form, act, "desk/invite.html")


@bp.get("/accounts/<code>")
@requires(Right.MANAGE)
def account(code: str) -> ResponseReturnValue:
    """Show an account and what can be done with it."""
    return render_template(
        "desk/account.html", account=_found(code), state_of=service.state_of, me_code=access.account().code
    )


@bp.route("/accounts/<code>/roles", methods=["GET", "POST"])
@requires(Right.MANAGE)
def roles(code: str) -> ResponseReturnValue:
    """Change what somebody may do."""
    found = _found(code)
    form = RolesForm.asked() if request.method == "POST" else RolesForm(data={"roles": found.roles})
    if not form.is_valid():
        return _asking("roles", form, found), 422 if form.problems else 200

    def act() -> None:
        service.change_roles(code, form.roles.roles(), by=access.account().code, reason=form.said("reason"))
        flash(gettext("The roles have been changed."))

    return _done(form, act, "desk/account_roles.html", account=found)


@bp.route("/accounts/<code>/reset", methods=["GET", "POST"])
@requires(Right.MANAGE)
def reset(code: str) -> ResponseReturnValue:
    """Take somebody's password and second factor, and show a new invitation, once."""
    found, form = _found(code), ReasonForm.asked()
    if not form.is_valid():
        return _asking("reset", form, found), 422 if form.problems else 200

    def act() -> Invitation:
        return service.reset(code, by=access.account().code, reason=form.said("reason"))

    return _done(form, act, "desk/account_reset.html", account=found)


@bp.route("/accounts/<code>/close", methods=["GET", "POST"])
@requires(Right.MANAGE)
def close(code: str) -> ResponseReturnValue:
    """Close an account for good."""
    found, form = _found(code), ReasonForm.asked()
    if not form.is_valid():
        return _asking("close", form, found), 422 if form.problems else 200

    def act() -> None:
        service.close(code, by=access.account().code, reason=form.said("reason"))
        flash(gettext("The account has been closed."))

    return _done(form, act, "desk/account_close.html", account=found)


def _done(
    form: AccountForm, act: Callable[[], Invitation | None], template: str, account: Account | None = None
) -> ResponseReturnValue:
    """Do it; show the invitation that came of it, or go back to the account; a refusal stands in the form."""
    try:
        invitation = act()
    except Refusal as error:
        status, headers = form.refuse(error)
        return render_template(template, form=form, account=account), status, headers
    if invitation is not None:
        address = public_address(url_for("desk.invitation", lang=invitation.lang))
        return render_template("desk/invited.html", invitation=invitation, address=address)
    assert account is not None
    return redirect(url_for("desk.account", code=account.code), 303)


def _asking(what: str, form: AccountForm, account: Account) -> str:
    return render_template(f"desk/account_{what}.html", form=form, account=account)


def _found(code: str) -> Account:
    return service.by_code(code) or abort(404)

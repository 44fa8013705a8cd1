"""Taking up an invitation: a name and a code, then a password and the second factor, then codes for paper."""

import segno
from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.domain.account_refusals import AccountRefusal
from portal.models import Account
from portal.services import invitations, second_factor
from portal.web.desk import bp
from portal.web.desk.access import let_in, open_to_all
from portal.web.desk.forms.account import AcceptForm, InvitationForm
from portal.web.desk.visitor import door

KEY, SECRET = "invitation", "enrolment"
"""Where the cookie keeps which invitation is being taken up, and the secret that its owner is shown meanwhile."""


@bp.route("/invitation", methods=["GET", "POST"])
@open_to_all
def invitation() -> ResponseReturnValue:
    """Ask who was invited."""
    form = InvitationForm.asked()
    if not form.is_valid():
        return render_template("desk/invitation.html", form=form), 422 if form.problems else 200
    try:
        key = invitations.find(form.said("name"), form.said("code"), door=door())
    except AccountRefusal as error:
        status, headers = form.refuse(error)
        return render_template("desk/invitation.html", form=form), status, headers
    session.clear()
    session[KEY], session[SECRET] = key, second_factor.new_secret()
    return redirect(url_for("desk.accept"), 303)


@bp.route("/invitation/accept", methods=["GET", "POST"])
@open_to_all
def accept() -> ResponseReturnValue:
    """Ask for a password and show the second factor; then show the recovery codes, once."""
    account = invitations.waiting(session[KEY]) if KEY in session else None
    if account is None:
        session.pop(KEY, None)
        return redirect(url_for("desk.invitation"), 303)
    form = AcceptForm.asked()
    if not form.is_valid():
        return _page(form, account), 422 if form.problems else 200
    try:
        given = {"password": form.said("password"), "secret": session[SECRET], "code": form.said("code")}
        accepted = invitations.accept(session[KEY], **given)
    except AccountRefusal as error:
        status, headers = form.refuse(error)
        return _page(form, account), status, headers
    let_in(accepted.token)
    return render_template("desk/recovery_codes.html", codes=accepted.recovery_codes, is_new=True)


def _page(form: AcceptForm, account: Account) -> str:
    secret = session[SECRET]
    return render_template(
        "desk/accept.html",
        form=form,
        name=account.name,
        secret=second_factor.grouped(secret),
        address=second_factor.address_of(secret, account.name),
        picture=qr_code(second_factor.address_of(secret, account.name)),
    )


def qr_code(text: str) -> Markup:
    """Return a text as a QR code: dark on light in every scheme, for cameras, and without any style of its own."""
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 (segno drew it)

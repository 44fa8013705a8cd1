"""One's own account: where one is signed in, another password, other recovery codes."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.account_refusals import AccountRefusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.services import own_account as service
from portal.services import second_factor, sessions
from portal.web.desk import bp
from portal.web.desk.access import account, requires, session_digest
from portal.web.desk.forms.account import PasswordForm, PlainForm, RecoveryForm
from portal.web.desk.sign_in import out
from portal.web.desk.visitor import door


@bp.get("/account")
@requires(Right.SEE)
def own_account() -> ResponseReturnValue:
    """Show one's own account: what it may do, and where it is signed in."""
    return _page(PlainForm())


def _page(form: PlainForm) -> str:
    return render_template(
        "desk/own_account.html",
        account=account(),
        codes_left=second_factor.recovery_codes_left(account()),
        sessions=sessions.running(account()),
        key_of=sessions.key_of,
        here=session_digest(),
        form=form,
    )


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Right.SEE)
def password() -> ResponseReturnValue:
    """Change one's own password."""
    form = PasswordForm.asked()
    if not form.is_valid():
        return render_template("desk/password.html", form=form), 422 if form.problems else 200
    given = {"current": form.said("current"), "code": form.said("code"), "session_digest": session_digest()}
    try:
        service.change_password(account(), form.said("password"), door=door(), **given)
    except AccountRefusal as error:
        status, headers = form.refuse(error)
        return render_template("desk/password.html", form=form), status, headers
    flash(gettext("The password has been changed. All other sessions have ended."))
    return redirect(url_for("desk.own_account"), 303)


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
@requires(Right.SEE)
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, once."""
    form = RecoveryForm.asked()
    if not form.is_valid():
        return render_template("desk/renew_recovery_codes.html", form=form), 422 if form.problems else 200
    try:
        given = {"current": form.said("current"), "code": form.said("code")}
        codes = service.renew_recovery_codes(account(), door=door(), **given)
    except AccountRefusal as error:
        status, headers = form.refuse(error)
        return render_template("desk/renew_recovery_codes.html", form=form), status, headers
    return render_template("desk/recovery_codes.html", codes=codes, is_new=False)


@bp.post("/account/sessions/<key>/end")
@requires(Right.SEE)
def end_session(key: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    form = PlainForm.asked()
    if not form.is_valid():
        return _page(form), 422
    is_this = sessions.key_of(session_digest()) == key
    if not sessions.end_one(account(), key):
        abort(404)
    if is_this:
        return out()
    flash(gettext("The session has ended."))
    return redirect(url_for("desk.own_account"), 303)


@bp.post("/account/sign-out-everywhere")
@requires(Right.SEE)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all of one's own sessions, this one included."""
    form = PlainForm.asked()
    if not form.is_valid():
        return _page(form), 422
    sessions.end_all(account())
    return out()

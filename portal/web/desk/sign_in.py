"""The door of the desk: coming in, and going out."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.domain.account_refusals import AccountRefusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.services import sessions
from portal.services import sign_in as service
from portal.web import query
from portal.web.desk import bp
from portal.web.desk.access import PATH, let_in, let_out, open_to_all, requires, session_digest, signed_in
from portal.web.desk.forms.account import PlainForm, SignInForm
from portal.web.desk.visitor import door

DOOR = frozenset({"desk.sign_in", "desk.invitation", "desk.accept"})
"""Pages that nobody is sent to after they have come in."""


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Ask who is there, and let them in to the page that they wanted."""
    wanted = way_in(query.read({"next"}).get("next", ""))
    form = SignInForm.asked()
    if request.method == "GET" and signed_in() is not None:
        return redirect(wanted, 303)
    if not form.is_valid():
        return render_template("desk/sign_in.html", form=form), 422 if form.problems else 200
    try:
        let_in(service.enter(form.said("name"), form.said("password"), form.said("code"), door=door()))
    except AccountRefusal as error:
        status, headers = form.refuse(error)
        return render_template("desk/sign_in.html", form=form), status, headers
    return redirect(wanted, 303)


def way_in(path: str) -> str:
    """Return the address to go to after coming in: a page of the desk that can be opened, else the first page."""
    if path.startswith(f"{PATH}/") and _opens(path):
        return path
    return url_for("desk.hub")


def _opens(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint.startswith("desk.") and endpoint not in DOOR


@bp.post("/sign-out")
@requires(Right.SEE)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    form = PlainForm.asked()
    if not form.is_valid():
        return render_template("desk/sign_out.html", form=form), 422
    sessions.end(session_digest())
    return out()


def out() -> ResponseReturnValue:
    """Forget whoever was signed in, and say so at the door."""
    let_out()
    flash(gettext("You have signed out."))
    return redirect(url_for("desk.sign_in"), 303)


@bp.context_processor
def who_is_there() -> dict[str, object]:
    """Tell the frame of every page who is signed in, and give it the form to sign out with."""
    return {"me": signed_in(), "sign_out_form": PlainForm() if signed_in() is not None else None}

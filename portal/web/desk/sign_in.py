"""The door of the desk."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.web.desk import bp
from portal.web.desk.access import open_to_all


@bp.get("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Ask who is there."""
    return render_template("desk/sign_in.html")

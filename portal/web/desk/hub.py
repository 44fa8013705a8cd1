"""The first page of the desk: what needs a person."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.rights import Right
from portal.web.desk import bp
from portal.web.desk.access import requires


@bp.get("/")
@requires(Right.SEE)
def hub() -> ResponseReturnValue:
    """Show what needs a person."""
    return render_template("desk/hub.html")

"""What waits for a second person."""

from flask import abort
from flask.typing import ResponseReturnValue

from portal.domain.rights import Right
from portal.web.desk import bp
from portal.web.desk.access import requires


@bp.get("/proposals/<int:number>")
@requires(Right.SEE)
def proposal(number: int) -> ResponseReturnValue:  # noqa: ARG001 (the page is not here yet)
    """Answer that there is nothing here yet."""
    abort(404)

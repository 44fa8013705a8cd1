"""Beginning the record of a petition."""

from flask import abort
from flask.typing import ResponseReturnValue

from portal.domain.rights import Right
from portal.web.desk import bp
from portal.web.desk.access import requires


@bp.get("/petitions/new")
@requires(Right.RECORD)
def found() -> ResponseReturnValue:
    """Answer that there is nothing here yet."""
    abort(404)

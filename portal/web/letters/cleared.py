"""Where the button that clears everything leads: what was wiped, and what only the reader can wipe."""

from flask import Response, render_template

from portal.web.letters import ANSWERED, bp
from portal.web.letters.asked import require_only


@bp.route("/cleared", methods=ANSWERED)
def cleared() -> Response:
    """Tell the browser to drop what it may have kept of this site, and say what it still holds."""
    require_only()
    answer = Response(render_template("letters/cleared.html"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer

"""What happens after a letter was sent. The table of days is the same for everybody; a day is typed in the browser."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.web.letters import ANSWERED, bp
from portal.web.letters.after_data import after_data
from portal.web.letters.after_view import after_page
from portal.web.letters.asked import require_only


@bp.route("/after", methods=ANSWERED)
def after() -> ResponseReturnValue:
    """Show when answers are due, what the statuses mean, and what can be written next."""
    require_only()
    on = clock.today()
    return render_template("letters/after.html", page=after_page(on), data=after_data(on))

"""How the official portal is being read: for people who want to know how fresh the record is."""

from flask import current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import watch_health
from portal.web import query
from portal.web.public import bp
from portal.web.public.health_view import page_of, rows_of

FIRST = 10
"""How many of the petitions that were read longest ago stand on the page itself; the others have pages of their own."""


@bp.get("/health")
def health() -> ResponseReturnValue:
    """Show when the official portal was last read, when nobody looked, what went wrong and how fresh petitions are."""
    asked = query.read({"after"})
    is_on = bool(current_app.extensions["settings"].watch_contact)
    stalest = watch_health.stalest(asked["after"]) if asked else watch_health.stalest(size=FIRST)
    page = None if asked else page_of(clock.now(), is_on=is_on)
    body = render_template("public/health.html", page=page, rows=rows_of(stalest.rows), following=stalest.next)
    answer = make_response(body)
    answer.headers["Cache-Control"] = "no-store"  # It tells how long ago things were: true of one moment.
    return answer

"""What the official portal shows of a petition, and showed before."""

from flask import abort, current_app, g, render_template
from flask.typing import ResponseReturnValue

from portal.models import Petition
from portal.services import tracking
from portal.web import query
from portal.web.asked_days import asked_days
from portal.web.public import bp
from portal.web.public.official_view import official_of
from portal.web.public.past_view import past_of

GREATEST_NUMBER = 2**31 - 1


@bp.get("/petitions/<int:number>/official")
def petition_official(number: int) -> ResponseReturnValue:
    """Show what the official portal shows of a petition, and how that changed; one version alone shows it whole."""
    asked = query.read({"as_of", "before", "version"})
    days = asked_days({name: value for name, value in asked.items() if name == "as_of"})
    found = _petition(number)
    past = past_of(found, days)
    if past is not None and not past.is_recorded:
        return render_template("public/not_recorded.html", petition=found, past=past)
    chosen = {name: query.number(name, asked[name], least=1) for name in ("before", "version") if name in asked}
    page = official_of(found, g.lang, past=past, before=chosen.get("before"), only=chosen.get("version"))
    if page.only is not None and not page.versions:
        abort(404)
    return render_template("public/official.html", page=page, contact=current_app.extensions["settings"].contact)


def _petition(number: int) -> Petition:
    return (tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None) or abort(404)

"""The page for somebody who is pressed to sign or to collect signatures: what there is to know, and where to turn."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import letter_advice, library
from portal.web.letters import ANSWERED, bp
from portal.web.letters.asked import require_only
from portal.web.public import directory_view


@bp.route("/advice", methods=ANSWERED)
def advice() -> ResponseReturnValue:
    """Show the guidance. There is no letter behind it."""
    require_only()
    found = letter_advice.advice()
    norms = library.norms_by_id([norm for section in found.sections for norm in section.norms])
    sections = directory_view.directory("", clock.today()).sections.values()
    entries = {view.entry.id: view for views in sections for view in views}
    return render_template("letters/advice.html", advice=found, norms=norms, entries=entries)

"""The page of the kinds of letters, and the guidance for somebody who is pressed to sign."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import letters, tracking
from portal.web.letters import ANSWERED, bp
from portal.web.letters.asked import facts_asked, petition_asked
from portal.web.letters.forms import topic_words
from portal.web.letters.kind_view import view_of


@bp.route("", methods=ANSWERED)
def kinds() -> ResponseReturnValue:
    """Show what letters there are; about a petition, say of each what the record holds for it."""
    number = petition_asked()
    on = clock.today()
    found = letters.stock().kinds.values()
    rows = [(view_of(kind, on), facts_asked(kind, number)) for kind in found]
    petition = tracking.by_number(number) if number else None
    title = tracking.title_for(petition, tracking.record_of(petition).titles, g.lang)[0] if petition else None
    return render_template(
        "letters/kinds.html", rows=rows, petition=petition, petition_title=title, topic_words=topic_words
    )

"""The page of the kinds of letters, and the guidance for somebody who is pressed to sign."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import letter_advice, letters, tracking
from portal.web.letters import ANSWERED, bp
from portal.web.letters.asked import facts_about, petition_asked, record_asked
from portal.web.letters.forms import topic_words
from portal.web.letters.kind_view import view_of
from portal.web.letters.offline import check_sums


@bp.route("", methods=ANSWERED)
def kinds() -> ResponseReturnValue:
    """Show what letters there are; about a petition, say of each what the record holds for it."""
    record = record_asked(petition_asked())
    on = clock.today()
    found = letters.stock().kinds.values()
    rows = list(zip([view_of(kind, on) for kind in found], facts_about(record, *found), strict=True))
    title = tracking.title_for(record.petition, record.titles, g.lang)[0] if record else None
    return render_template(
        "letters/kinds.html",
        rows=rows,
        petition=record.petition if record else None,
        petition_title=title,
        topic_words=topic_words,
        advice=letter_advice.advice(),
        check_sums=check_sums(),
    )

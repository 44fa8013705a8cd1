"""The page for somebody who thinks of a petition. It asks for no text of one, and keeps nothing."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.web import query
from portal.web.public import bp, edition_view, filing_view, threshold_view
from portal.web.public.filing_forms import FIELDS


@bp.get("/before-you-file")
def before_you_file() -> ResponseReturnValue:
    """Show what the law asks of a petition, and what follows from the choices in the address."""
    page = filing_view.filing_page(query.read(FIELDS), frozenset(request.args))
    words = {"editions": edition_view, "thresholds": threshold_view}
    return render_template("public/before_you_file.html", page=page, **words), page.status

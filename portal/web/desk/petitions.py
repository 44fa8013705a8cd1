"""The petitions as the desk sees them: finding one, and the workbench of each."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.rights import Right
from portal.services import petition_lists, proposals
from portal.services.petition_lists import Filters
from portal.web.desk import bp, workbench
from portal.web.desk.access import requires
from portal.web.desk.records import petition_of
from portal.web.public.petition_list import row_of

ON_A_PAGE = 30


@bp.get("/petitions")
@requires(Right.SEE)
def petitions() -> ResponseReturnValue:
    """Find a petition by words or number, the last changed first."""
    q = request.args.get("q", "").strip()[:200]
    if q.isascii() and q.isdigit() and len(q) < 9:
        return redirect(url_for("desk.petition", number=int(q)), 302)
    found = petition_lists.list_petitions(Filters(q=q or None), clock.today(), size=ON_A_PAGE)
    rows = [row_of(item, clock.today(), workbench.language()) for item in found.items]
    return render_template("desk/petitions.html", rows=rows, q=q)


@bp.get("/petitions/<int:number>")
@requires(Right.SEE)
def petition(number: int) -> ResponseReturnValue:
    """Show everything that the record of a petition holds, with what can be done to each row."""
    found = petition_of(number)
    page = workbench.page_of(found, clock.today())
    waiting = proposals.waiting(f"petition/{number}")
    return render_template("desk/petition.html", page=page, petition=found, waiting=waiting)

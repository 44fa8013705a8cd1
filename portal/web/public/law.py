"""How it works, the calculator of deadlines, and norms."""

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import library, tracking
from portal.web import query
from portal.web.public import (
    bp,
    deadline_event,
    deadline_view,
    edition_view,
    lifecycle_view,
    month_grid,
    norm_view,
    threshold_view,
)
from portal.web.public.petition_list import row_of

CALCULATOR = frozenset({"stage", "from"})


@bp.get("/how-it-works")
def how_it_works() -> ResponseReturnValue:
    """Show the lifecycle as the edition in force on a chosen day sets it."""
    page = lifecycle_view.how_it_works(query.read({"on"}).get("on"))
    words = {"editions": edition_view, "thresholds": threshold_view, "view": lifecycle_view}
    return render_template("public/how_it_works.html", page=page, law=page.law, **words), page.status


@bp.get("/deadlines")
def deadlines() -> ResponseReturnValue:
    """Compute a last day from a step and a day; nothing is stored, the address says it all."""
    page = deadline_view.calculator(query.read(CALCULATOR), is_sent=not CALCULATOR.isdisjoint(request.args))
    words = {"editions": edition_view, "view": deadline_view, "week": month_grid.first_week()}
    return render_template("public/deadlines.html", page=page, **words), page.status


@bp.get("/deadlines.ics")
def deadline_file() -> ResponseReturnValue:
    """Give the same last day as a file for calendars; what cannot be computed is said in plain sentences."""
    page = deadline_view.calculator(query.read(CALCULATOR), is_sent=True)
    if page.result is None:
        return Response("\n".join(page.problems.values()) + "\n", page.status, mimetype="text/plain")
    file = Response(deadline_event.calendar_file(page.result), mimetype="text/calendar")
    file.headers.set("Content-Disposition", "attachment", filename=deadline_event.file_name(page.result))
    return file


@bp.get("/norms")
def norms() -> ResponseReturnValue:
    """List the norms, or find those that a citation may mean."""
    text = query.read({"q"}).get("q")
    found = library.norms_meant(text) if text else ()
    if len(found) == 1:
        return redirect(url_for("public.norm", alias=found[0].id), 302)
    if found:
        return render_template("public/norm_choice.html", text=text, norms=found)
    return render_template("public/norms.html", text=text, kinds=norm_view.norms_by_kind())


@bp.get("/norms/<path:alias>")
def norm(alias: str) -> ResponseReturnValue:
    """Show a norm, found by its id or by any way of writing it."""
    query.read(())
    found = library.norms_meant(alias)
    if not found:
        abort(404)
    if len(found) > 1:
        return render_template("public/norm_choice.html", text=alias, norms=found)
    on = clock.today()
    decided = [row_of(item, on, g.lang) for item in tracking.items_of(library.decided_under(found[0].id))]
    return render_template("public/norm.html", page=norm_view.norm_page(found[0], on), norm=found[0], decided=decided)

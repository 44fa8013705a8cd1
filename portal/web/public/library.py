"""Bodies, sources, contradictions, and the page about us."""

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import library
from portal.web import query
from portal.web.public import body_record, bp, library_view

LONGEST_ID = 120


@bp.get("/bodies")
def bodies() -> ResponseReturnValue:
    """List the bodies by level."""
    query.read(())
    return render_template("public/bodies.html", levels=library_view.bodies_by_level(g.lang))


@bp.get("/bodies/<string:body_id>")
def body(body_id: str) -> ResponseReturnValue:
    """Show a body: what it decided and owes, its names, what came before and after it, and its petitions."""
    query.read(())
    found = library.body(body_id) if len(body_id) <= LONGEST_ID else None
    if found is None:
        abort(404)
    page = library_view.body_page(found, clock.today(), g.lang)
    record = body_record.record_of(found.id, clock.today(), g.lang)
    return render_template("public/body.html", page=page, body=found, record=record)


@bp.get("/sources")
def sources() -> ResponseReturnValue:
    """List every source with the number of dated claims that rest on it."""
    query.read(())
    return render_template("public/sources.html", sources=library.sources())


@bp.get("/contradictions")
def contradictions() -> ResponseReturnValue:
    """Show claims that do not fit together, side by side."""
    query.read(())
    return render_template("public/contradictions.html", rows=library_view.contradictions(clock.today(), g.lang))


@bp.get("/about")
def about() -> ResponseReturnValue:
    """Say who we are, how this works, and what is never stored."""
    query.read(())
    return render_template("public/about.html")

"""How it works, the calculator of deadlines, and norms."""

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import library, tracking
from portal.web import query
from portal.web.public import bp, law_view
from portal.web.public.petition_list import row_of

CALCULATOR = frozenset({"stage", "from"})


@bp.get("/how-it-works")
def how_it_works() -> ResponseReturnValue:
    """Show the lifecycle as the edition in force on a chosen day sets it."""
    page = law_view.how_it_works(query.read({"on"}).get("on"))
    return render_template("public/how_it_works.html", page=page, law=page.law, view=law_view), page.status


@bp.get("/deadlines")
def deadlines() -> ResponseReturnValue:
    """Compute a last day from a step and a day; nothing is stored, the address says it all."""
    page = law_view.calculator(query.read(CALCULATOR), is_sent=not CALCULATOR.isdisjoint(request.args))
    return render_template("public/deadlines.html", page=page, view=law_view), page.status


@bp.get("/norms")
def norms() -> ResponseReturnValue:
    """List the norms, or find those that a citation may mean."""
    text = query.read({"q"}).get("q")
    found = library.norms_meant(text) if text else ()
    if len(found) == 1:
        return redirect(url_for("public.norm", alias=found[0].id), 302)
    if found:
        return render_template("public/norm_choice.html", text=text, norms=found)
    return render_template("public/norms.html", text=text, kinds=law_view.norms_by_kind())


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
    return render_template("public/norm.html", page=law_view.norm_page(found[0], on), norm=found[0], decided=decided)

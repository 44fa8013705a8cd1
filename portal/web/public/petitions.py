"""Home, the list of petitions, and a petition's page."""

from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import changes, tracking
from portal.services.tracking import Filters
from portal.web import query
from portal.web.public import bp
from portal.web.public.petition_list import NAMES, filters_of, form_of, found_words, row_of, stage_name
from portal.web.public.petition_statements import statements_of
from portal.web.public.petition_view import page_of

LATEST_ON_HOME = 5
GREATEST_NUMBER = 2**31 - 1


@bp.get("/")
def home() -> ResponseReturnValue:
    """Say what Qadam is, how many petitions are at which stage, and what happened last."""
    query.read(())
    on = clock.today()
    stages = [(key, stage_name(key), number) for key, number in tracking.count_by_stage(on).items()]
    latest = tracking.list_petitions(Filters(), on, size=LATEST_ON_HOME)
    rows = [row_of(item, on, g.lang) for item in latest.items]
    return render_template("public/home.html", stages=stages, rows=rows, total=latest.total)


@bp.get("/petitions")
def petition_list() -> ResponseReturnValue:
    """List petitions, narrowed as the address says; an address with empty fields is sent to the one without."""
    given: dict[str, Any] = dict(query.read(NAMES))
    if any(not value.strip() for value in request.args.values()):
        return redirect(url_for("public.petition_list", **given), 302)
    filters, on = filters_of(given), clock.today()
    found = tracking.list_petitions(filters, on)
    rows = [row_of(item, on, g.lang) for item in found.items]
    following = {**given, "after": found.next} if found.next else None
    return render_template(
        "public/petitions.html",
        form=form_of(filters),
        filters=filters,
        rows=rows,
        found=found_words(found.total),
        following=following,
    )


@bp.get("/petitions/<int:number>")
def petition(number: int) -> ResponseReturnValue:
    """Show everything that the record holds of a petition, and where it stands on a day."""
    given = query.read({"on"})
    today = clock.today()
    on = query.day(given["on"]) if "on" in given else today
    found = tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None
    if found is None:
        abort(404)
    address = f"{current_app.extensions['settings'].base_url}/{{lang}}/petitions/{number}"
    page = page_of(found, on, today, g.lang, address)
    changed_at = changes.instant_of(found.changed_in)
    return render_template("public/petition.html", page=page, today=today, changed_at=changed_at)


@bp.get("/petitions/<int:number>/statements")
def petition_statements(number: int) -> ResponseReturnValue:
    """Show what was said about a petition, side by side."""
    query.read(())
    found = tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None
    if found is None:
        abort(404)
    return render_template("public/petition_statements.html", page=statements_of(found, g.lang))


@bp.get("/petitions/<string:register_id>")
def petition_by_register_id(register_id: str) -> ResponseReturnValue:
    """Send whoever knows a petition by the name that files use to its number."""
    found = tracking.by_register_id(register_id)
    if found is None:
        abort(404)
    return redirect(url_for("public.petition", number=found.number, on=query.read({"on"}).get("on")), 301)

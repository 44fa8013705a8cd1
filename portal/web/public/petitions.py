"""Home, the list of petitions, and a petition's page."""

from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import changes, petition_lists, questions, tracking
from portal.services.petition_lists import Filters
from portal.web import query
from portal.web.public import bp, list_page
from portal.web.public.petition_list import row_of
from portal.web.public.petition_statements import statements_of
from portal.web.public.petition_view import page_of

LATEST_ON_HOME = 5
GREATEST_NUMBER = 2**31 - 1


@bp.get("/")
def home() -> ResponseReturnValue:
    """Say what Qadam is, which questions it answers, and what happened last."""
    query.read(())
    on = clock.today()
    latest = petition_lists.list_petitions(Filters(), on, size=LATEST_ON_HOME)
    rows = [row_of(item, on, g.lang) for item in latest.items]
    numbers = questions.counts(on)
    return render_template(
        "public/home.html", groups=list_page.groups_of(numbers), all=list_page.all_petitions(numbers), rows=rows
    )


@bp.get("/petitions")
def petition_list() -> ResponseReturnValue:
    """List the petitions that answer a question, narrowed as the address says.

    An address with empty fields is sent to the one without.
    """
    given: dict[str, Any] = dict(query.read(list_page.NAMES))
    if any(not value.strip() for value in request.args.values()):
        return redirect(url_for("public.petition_list", **given), 302)
    return render_template("public/petitions.html", page=list_page.view_of(given, clock.today(), g.lang))


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

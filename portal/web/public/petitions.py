"""Home, the list of petitions, and a petition's page."""

from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.models import Petition
from portal.services import changes, petition_lists, questions, tracking
from portal.services.petition_lists import Filters
from portal.web import query
from portal.web.asked_days import NAMES, asked_days
from portal.web.public import bp, list_page, series_view
from portal.web.public.past_view import past_of
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
    """Show everything that the record holds of a petition, or held on a past day, and where it stands on a day."""
    days = asked_days(query.read(NAMES))
    found = _petition(number)
    past = past_of(found, days)
    if past is not None and not past.is_recorded:
        return render_template("public/not_recorded.html", petition=found, past=past)
    address = f"{current_app.extensions['settings'].base_url}/{{lang}}/petitions/{number}"
    page = page_of(found, days, g.lang, address, past=past)
    changed_at = changes.instant_of(page.petition.changed_in)
    small = series_view.small_of(page.petition) if past is None and days.is_now else None
    return render_template("public/petition.html", page=page, today=days.today, changed_at=changed_at, small=small)


def _petition(number: int) -> Petition:
    return (tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None) or abort(404)


@bp.get("/petitions/<int:number>/statements")
def petition_statements(number: int) -> ResponseReturnValue:
    """Show what was said about a petition, side by side."""
    days = asked_days(query.read({"as_of"}))
    found = _petition(number)
    past = past_of(found, days)
    if past is not None and not past.is_recorded:
        return render_template("public/not_recorded.html", petition=found, past=past)
    return render_template("public/petition_statements.html", page=statements_of(found, g.lang, past=past))


@bp.get("/petitions/<string:register_id>")
def petition_by_register_id(register_id: str) -> ResponseReturnValue:
    """Send whoever knows a petition by the name that files use to its number."""
    found = tracking.by_register_id(register_id)
    if found is None:
        abort(404)
    return redirect(url_for("public.petition", number=found.number, **query.read(NAMES)), 301)  # type: ignore[arg-type]

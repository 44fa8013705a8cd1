"""A petition's signatures through time, and up to four petitions beside each other."""

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.counts import MOST_COMPARED
from portal.i18n import series_sentences
from portal.models import Petition
from portal.services import tracking
from portal.web import query
from portal.web.headers import WITH_OUR_SCRIPTS
from portal.web.public import bp, compare_view, series_view

GREATEST_NUMBER = 2**31 - 1


@bp.get("/petitions/<int:number>/votes")
def votes(number: int) -> ResponseReturnValue:
    """Show how many signatures a petition had when, where anybody looked; not found where nobody ever did."""
    query.read(())
    page = series_view.page_of(_petition(number)) or abort(404)
    return with_our_scripts(render_template("public/votes.html", page=page, say=series_sentences))


@bp.get("/compare")
def compare() -> ResponseReturnValue:
    """Show up to four petitions beside each other, by the days since each was opened."""
    query.read({"petition"})
    entered = [text.strip() for text in request.args.getlist("petition") if text.strip()]
    if len(entered) > MOST_COMPARED:
        raise query.BadInput("too_many_compared", most=MOST_COMPARED)
    page = compare_view.page_of(entered)
    return render_template("public/compare.html", page=page), 422 if page.problems else 200


def with_our_scripts(page: str) -> Response:
    """Return a page that may run the scripts of this site; it says the same without them."""
    response = make_response(page)
    response.headers["Content-Security-Policy"] = WITH_OUR_SCRIPTS
    return response


def _petition(number: int) -> Petition:
    return (tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None) or abort(404)

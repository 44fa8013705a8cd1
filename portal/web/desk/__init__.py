"""The desk: where people record what the State does, each step with its source, and nothing in silence."""

from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.i18n.locale import best_language
from portal.web.desk import access, visitor
from portal.web.desk.forms.base import runs_of_short
from portal.web.headers import WITH_OUR_SCRIPTS
from portal.web.public import keep_language, take_language

bp = Blueprint("desk", __name__, url_prefix="/desk/<string(length=2):lang>")
bp.url_value_preprocessor(take_language)
bp.url_defaults(keep_language)
door = Blueprint("desk_door", __name__)

LARGEST_REQUEST = 10_300_000
"""Bytes: the largest file that may be kept, and the form around it."""


def init(app: Flask) -> None:
    """Register the pages of the desk, and who may open them."""
    access.init(app)
    app.register_blueprint(bp)
    app.register_blueprint(door)
    app.jinja_env.globals["may"] = access.may
    app.jinja_env.filters["runs_of_short"] = runs_of_short


@door.get("/desk")
def choose_language() -> ResponseReturnValue:
    """Send whoever comes to the desk to the language that their browser asks for."""
    lang = best_language(request.headers.get("Accept-Language"))
    return redirect(url_for("desk.hub", lang=lang), 302)


@bp.before_request
def limit() -> None:
    """Read no request that is larger than a file may be."""
    request.max_content_length = LARGEST_REQUEST
    request.max_form_memory_size = LARGEST_REQUEST


bp.before_request(access.guard)


@bp.after_request
def close_the_page(response: Response) -> Response:
    """Say that a page of the desk is nobody else's: kept nowhere, found by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Content-Security-Policy", WITH_OUR_SCRIPTS)
    return response


from portal.web.desk import (  # noqa: E402  (the routes need the blueprint above)
    accounts,
    campaign_steps,
    campaign_writing,
    campaigns,
    confirming,
    founding,
    hub,
    imports,
    invitation,
    official_wordings,
    own_account,
    personal,
    petitions,
    records,
    references,
    sign_in,
    watch,
)

__all__ = [
    "accounts",
    "bp",
    "campaign_steps",
    "campaign_writing",
    "campaigns",
    "confirming",
    "door",
    "founding",
    "hub",
    "imports",
    "init",
    "invitation",
    "official_wordings",
    "own_account",
    "personal",
    "petitions",
    "records",
    "references",
    "sign_in",
    "visitor",
    "watch",
]

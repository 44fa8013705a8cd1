"""Letters to the State: pages on which nothing that tells who writes can reach us.

Names are typed into fields that a script makes, on pages whose policy forbids every connection and every form. The one
form that is sent holds codes only, and a request with anything else in it is refused before it is read further.
"""

from flask import Blueprint, Flask, Response, abort, g, request

from portal.services import letter_advice, letter_guides, letters
from portal.web.letters.frame_words import NEUTRAL_SITES
from portal.web.letters.policy import HEADERS, POLICIES
from portal.web.letters.smaller import shrink
from portal.web.public import keep_language, take_language
from portal.web.query import BadInput

bp = Blueprint("letters", __name__, url_prefix="/<string(length=2):lang>/letters")
bp.url_value_preprocessor(take_language)
bp.url_defaults(keep_language)

COMPOSE = "letters.compose"
CODES = frozenset({"letter", "petition", "topic", "item", "form"})
"""All that the form of the page without scripts may hold: never a word of the writer's own."""

ANSWERED = ["GET", "POST"]
"""Every page here answers POST, if only to refuse it: a request with a name in it is more than a mistaken address."""

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 8_000
"""Bytes: every code of the longest letter, several times over. A larger body is not read."""


def init(app: Flask) -> None:
    """Register the pages of letters. With a bad file of theirs the application does not start."""
    letters.stock()
    letter_guides.risk()
    letter_advice.advice()
    letter_guides.board()
    app.register_blueprint(bp)
    app.register_blueprint(offline.bp)


@bp.before_request
def refuse_names() -> None:
    """Refuse whatever a request holds besides codes. What was sent is neither repeated nor kept."""
    if request.method != "POST":
        return
    if request.mimetype not in {FORM, ""} or (request.content_length or 0) > LARGEST_FORM:
        raise BadInput("codes_only")
    request.max_content_length = LARGEST_FORM
    known = CODES if request.endpoint == COMPOSE else frozenset()
    if set(request.form) - known or request.files:
        raise BadInput("codes_only")
    if request.endpoint != COMPOSE:
        abort(405, valid_methods=["GET", "HEAD"])


@bp.context_processor
def way_out() -> dict[str, str]:
    """Give templates the address of the neutral site to which a page of letters can be left."""
    return {"neutral_site": NEUTRAL_SITES[g.lang]}


@bp.after_request
def close_the_page(response: Response) -> Response:
    """Say what a page of letters may do: run our scripts, and ask nobody for anything."""
    page = (request.endpoint or "").partition(".")[2]
    for name, value in {**HEADERS, "Content-Security-Policy": POLICIES.get(page, POLICIES["draft"])}.items():
        response.headers[name] = value
    return response


bp.after_request(shrink)

from portal.web.letters import (  # noqa: E402  (the routes need the blueprint above)
    advice,
    after,
    blank,
    cleared,
    compose,
    draft,
    kinds,
    offline,
)

__all__ = ["advice", "after", "blank", "bp", "cleared", "compose", "draft", "init", "kinds", "offline"]

"""Errors as readers meet them: a clear sentence in their language and the right status."""

from collections.abc import Callable

from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.domain.refusals import Refusal
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import best_language, gettext, speak
from portal.i18n.refusals import bad_input, refusal
from portal.web.query import BadInput, require_sane

UNPROCESSABLE = 422

CODES = {
    400: "bad_request",
    403: "not_allowed",
    404: "page_not_found",
    405: "method_not_allowed",
    410: "gone",
    413: "too_large",
    500: "server_error",
}


def init(app: Flask) -> None:
    """Check each request before anything reads it, and word whatever is refused."""
    app.before_request(require_sane)
    app.register_error_handler(BadInput, _bad_input)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)


def _bad_input(error: BadInput) -> ResponseReturnValue:
    return answer(error.status, lambda: bad_input(error.code, **error.facts))


def _refused(error: Refusal) -> ResponseReturnValue:
    statuses = {"step_unknown": 404, "bad_cursor": 400, "record_busy": 503}
    return answer(statuses.get(error.code, UNPROCESSABLE), lambda: refusal(error))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError) and error.original_exception is None:
        return answer(500, lambda: bad_input("server_error"))
    code = CODES.get(error.code, "bad_request" if error.code < 500 else "server_error")
    response = answer(error.code, lambda: bad_input(code))
    if error.code == 405:
        response.headers["Allow"] = ", ".join(error.valid_methods or ())  # type: ignore[attr-defined]
    return response


def answer(status: int, words: Callable[[], str]) -> Response:
    """Return an error as a page, or as problem+json where the API was asked."""
    if "lang" not in g:
        asked = request.args.get("lang") or request.path[1:].split("/", 1)[0]
        speak(asked if asked in LANGUAGES else best_language(request.headers.get("Accept-Language")))
    detail = words()
    if request.path.startswith("/api/"):
        problem = jsonify(type="about:blank", title=title_of(status), status=status, detail=detail)
        problem.content_type = "application/problem+json"
        problem.status_code = status
        return problem
    page = render_template("public/error.html", title=title_of(status), detail=detail, status=status)
    return Response(page, status)


def title_of(status: int) -> str:
    """Return a short title for a status, in the reader's language."""
    titles = {
        400: gettext("This cannot be read"),
        403: gettext("Not allowed"),
        404: gettext("Not found"),
        405: gettext("This address does not take that request"),
        410: gettext("No longer here"),
        413: gettext("Too large"),
        422: gettext("This cannot be computed"),
        500: gettext("Something went wrong on our side"),
    }
    return titles.get(status) or titles[400 if status < 500 else 500]

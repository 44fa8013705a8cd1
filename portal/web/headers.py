"""What every answer says to the browser: nothing from elsewhere, nothing to elsewhere."""

from flask import Flask, Response

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

WITH_OUR_SCRIPTS = f"{POLICY}; script-src 'self'"
"""The policy of the few pages that a script of ours makes handier; none of them needs it."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}


def init(app: Flask) -> None:
    """Set the headers on every answer that does not set its own."""
    app.after_request(_set)


def _set(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response

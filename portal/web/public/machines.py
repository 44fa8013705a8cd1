"""What machines ask of a running portal: does the process live, can it answer, how is the poll doing.

No page of these is kept anywhere, none speaks a language, none sets a cookie; nothing of them is a secret.
"""

from flask import Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import readiness
from portal.web import query
from portal.web.public import root
from portal.web.public.metrics import FORMAT, as_text

UNAVAILABLE = 503


@root.get("/healthz")
def lives() -> ResponseReturnValue:
    """Say that the process lives; the database is not asked."""
    query.read(())
    return _unkept(Response("ok\n", mimetype="text/plain"))


@root.get("/readyz")
def is_ready() -> ResponseReturnValue:
    """Say whether pages can be answered, and what fails where they cannot."""
    query.read(())
    checks = readiness.checks()
    ready = all(checks.values())
    answer = jsonify(ready=ready, checks={name: "ok" if holds else "fails" for name, holds in checks.items()})
    answer.status_code = 200 if ready else UNAVAILABLE
    return _unkept(answer)


@root.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Give the numbers of the poll and of the chain as Prometheus reads them."""
    query.read(())
    is_on = bool(current_app.extensions["settings"].watch_contact)
    return _unkept(Response(as_text(clock.now(), is_on=is_on), content_type=FORMAT))


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer

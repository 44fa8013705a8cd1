"""Who stands at the door of the desk, as far as counting failures needs it: nobody else is told, and nothing kept."""

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.services import throttle


def init(app: Flask) -> None:
    """Read addresses from ``X-Forwarded-For`` where servers of ours pass requests on, and from nowhere else."""
    proxies = app.extensions["settings"].proxies
    if proxies:
        passing = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)
        app.wsgi_app = passing  # type: ignore[method-assign]


def door() -> throttle.Door:
    """Return the door at which this request stands."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return throttle.Door(secret, throttle.client_of(request.remote_addr))

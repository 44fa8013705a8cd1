"""HTTP only: reading what is asked, one call, the answer. One package per audience."""

from flask import Flask

from portal.web import api, cache, desk, errors, headers, letters, meta, public, static, templating


def init(app: Flask) -> None:
    """Give the application its pages, its API, its error pages and its headers."""
    templating.init(app)
    meta.init(app)
    headers.init(app)
    errors.init(app)
    cache.init(app)
    public.campaigns.init(app)
    app.register_blueprint(public.bp)
    app.register_blueprint(public.root)
    letters.init(app)
    desk.init(app)
    app.register_blueprint(api.bp)
    static.init(app)
    desk.visitor.init(app)

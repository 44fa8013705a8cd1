"""Qadam follows every official e-petition of Kazakhstan, step by step."""

import logging
from collections.abc import Mapping

from flask import Flask

from portal import cli, models, web
from portal.db import db, prepare
from portal.extensions import migrate
from portal.i18n import locale
from portal.settings import ROOT, Settings
from portal.web import static

__all__ = ["create_app", "models"]


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """Make the application: settings, database, languages, pages, commands."""
    settings = Settings.read(overrides)
    app = Flask(
        __name__,
        static_folder=str(static.FILES),
        static_url_path=static.address(),
        instance_path=str(ROOT / "instance"),
    )
    app.config["SECRET_KEY"] = settings.secret_key
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}  # No name, code or digest in a traceback.
    logging.getLogger("sqlalchemy.engine.Engine").addFilter(_is_no_row)
    app.extensions["settings"] = settings
    db.init_app(app)
    prepare(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    locale.init(app)
    web.init(app)
    cli.register(app)
    return app


def _is_no_row(record: logging.LogRecord) -> bool:
    """Keep the values of rows, with names and secrets among them, out of every log, however much it is to tell."""
    return record.levelno >= logging.WARNING

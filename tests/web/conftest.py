"""An application with the shipped register, made once, and a browser without a screen for each test."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import create_app
from portal.db import db
from portal.services import register
from portal.services.catalogue import REGISTER


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of this worker's own, which tests read and never write.

    No application context stays open: each request has its own, as in production.
    """
    path = tmp_path_factory.mktemp("web") / "portal.sqlite"
    app = create_app({"database_url": f"sqlite:///{path}"})
    with app.app_context():
        db.create_all()
        report = register.load(REGISTER)
        assert report.is_fine, report.refused
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without cookies of an earlier test."""
    return app.test_client()

"""The application on the shipped record, and a browser without a screen for each test."""

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture(scope="session")
def app(served: Flask) -> Flask:
    """The application whose pages are read."""
    return served


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without cookies of an earlier test."""
    return app.test_client()

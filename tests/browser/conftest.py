"""The application on the shipped record, for a real browser."""

import pytest
from flask import Flask


@pytest.fixture(scope="session")
def app(served: Flask) -> Flask:
    """The application whose pages are looked at."""
    return served

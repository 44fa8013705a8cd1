"""An application that only speaks, with the catalogues of the repository, and the law of the central case."""

import pytest
from flask import Flask

from portal.domain.texts import LANGUAGES
from portal.i18n import locale
from portal.services.calendars import load_calendar
from portal.services.catalogue import DATA
from portal.services.statutes import load_statute


@pytest.fixture(scope="session")
def speaker():
    """The application, which holds nothing that a test changes."""
    app = Flask("speaker")
    locale.init(app)
    return app


@pytest.fixture
def app(speaker):
    """An application in whose context everything speaks; no request is needed."""
    app = speaker
    with app.app_context():
        yield app


@pytest.fixture(params=LANGUAGES)
def lang(request, app):
    """Each language in turn."""
    with locale.speaking(request.param):
        yield request.param


@pytest.fixture
def said(app):
    """What a function says in each language: ``{"kk": ..., "ru": ..., "en": ...}``."""

    def in_every_language(function, *args, **facts):
        words = {}
        for each in LANGUAGES:
            with locale.speaking(each):
                words[each] = function(*args, **facts)
        return words

    return in_every_language


@pytest.fixture(scope="session")
def statute():
    return load_statute(DATA / "editions")


@pytest.fixture(scope="session")
def calendar():
    return load_calendar(DATA / "calendars")

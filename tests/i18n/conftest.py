"""An application that only speaks, with the catalogues of the repository, and the law of the central case."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from portal.domain.texts import LANGUAGES
from portal.i18n import locale
from portal.services.calendars import load_calendar
from portal.services.statutes import load_statute

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory):
    """The catalogues as they stand, compiled for this run."""
    folder = tmp_path_factory.mktemp("translations")
    for lang in LANGUAGES:
        with (ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
            catalogue = read_po(file, locale=lang)
        compiled = folder / lang / "LC_MESSAGES" / "messages.mo"
        compiled.parent.mkdir(parents=True)
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
    return folder


@pytest.fixture
def app(catalogues):
    """An application in whose context everything speaks; no request is needed."""
    app = Flask("speaker")
    locale.init(app, catalogues)
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
    return load_statute(ROOT / "portal/data/editions")


@pytest.fixture(scope="session")
def calendar():
    return load_calendar(ROOT / "portal/data/calendars")

"""Which language is spoken, and to whom."""

import pytest

from portal.domain.texts import LANGUAGES
from portal.i18n import locale


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ru"),
        ("", "ru"),
        ("kk", "kk"),
        ("en-GB,en;q=0.9", "en"),
        ("kk-KZ,ru;q=0.8,en;q=0.5", "kk"),
        ("de-DE,de;q=0.9,en;q=0.7,kk;q=0.8", "kk"),
        ("fr,de", "ru"),
        ("EN_us", "en"),
        ("en;q=0,kk;q=0.1", "kk"),
        ("en;q=0", "ru"),
        ("*", "ru"),
        ("en;q=0.4,*;q=0.5", "ru"),
        ("en;q=nan,kk;q=0.2", "kk"),
        ("en;q=inf", "ru"),
        ("en;q=7,kk;q=0.2", "kk"),
        ("en;q=-1", "ru"),
        ("en;q=", "ru"),
        ("en;level=1;Q=0.3,kk;q=0.2", "en"),
        (";;;,,,q=1;=;\0\udcff,kk", "kk"),
        ("ru;q=0.5,kk;q=0.5", "ru"),
        ("x" * 10_000, "ru"),
        ("en," * 4_000, "en"),
        (";q=" * 4_000 + "kk", "ru"),
    ],
)
def test_the_header_of_a_reader_finds_the_language(header, language):
    assert locale.best_language(header) == language


def test_every_language_has_its_name_and_its_locale():
    assert tuple(locale.NAMES) == tuple(locale.LOCALES) == LANGUAGES


def test_russian_is_spoken_where_no_language_is_asked_for(app):
    assert locale.language() == "ru"
    assert locale.gettext("Page not found.") == "Страница не найдена."


@pytest.mark.parametrize("lang", [*LANGUAGES, "de", "", None, "../en"])
def test_the_language_of_the_page_is_spoken(app, lang):
    with app.app_context():
        locale.speak(lang)
        assert locale.language() == (lang if lang in LANGUAGES else "ru")


def test_a_language_is_spoken_for_a_while(app):
    with locale.speaking("kk"):
        with locale.speaking("en"):
            assert locale.gettext("Page not found.") == "Page not found."
        assert locale.gettext("Page not found.") == "Бұл бет табылмады."
    assert locale.language() == "ru"


@pytest.mark.parametrize("lang", ["de", "", "RU", "kk_KZ"])
def test_a_language_that_the_portal_does_not_speak_is_refused(app, lang):
    with pytest.raises(ValueError), locale.speaking(lang):
        pass


def test_a_lazy_text_is_worded_when_it_is_read(app):
    text = locale.lazy_gettext("Page not found.")
    with locale.speaking("kk"):
        assert str(text) == "Бұл бет табылмады."
    with locale.speaking("en"):
        assert str(text) == "Page not found."

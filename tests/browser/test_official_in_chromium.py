"""What the official portal changed, in Chromium: struck out and underlined in every light, and nobody is hindered."""

import pytest

from portal.domain.texts import LANGUAGES
from tests.browser.conftest import NARROW, Tab, hinders_nobody

PARTS = {
    "organization": {"id": 9, "nameKk": "Оқу-ағарту министрлігі", "nameRu": "Министерство просвещения"},
    "decision": {"messageKk": "Жоқ", "messageRu": "Нет", "files": [{"fileName": "ответ.pdf", "fileHash": "b" * 64}]},
    "unknown": {"moderator": "x"},
}


@pytest.fixture
def changed(chromium, live_server, shipped, portal_of):
    """A tab, and a petition of which the official portal changed nearly everything."""
    portal = portal_of(3)
    portal.reads(kept=True)
    portal.reads(title="О  бесплатном\u200b проезде", description="слово " * 400, state="В РАБОТЕ", files=[], **PARTS)
    tab = Tab(chromium, live_server(shipped))
    yield tab, portal
    tab.context.close()


def test_the_page_of_changes_hinders_nobody(changed):
    tab, portal = changed
    for lang in LANGUAGES:
        for path in ("official", f"official?version={portal.last}", ""):
            tab.open(f"/{lang}/petitions/3/{path}".rstrip("/"), width=NARROW)
            hinders_nobody(tab, lang)
    portal.misses()
    tab.open("/kk/petitions/3/official", width=NARROW)
    hinders_nobody(tab, "kk")


def test_changes_are_told_by_lines_in_every_light_and_on_paper(changed):
    tab, _ = changed
    for media in ({"color_scheme": "dark"}, {"color_scheme": "light"}, {"media": "print"}):
        tab.page.emulate_media(**media)
        tab.open("/ru/petitions/3/official")
        lines = tab.page.evaluate(
            "['del', 'ins'].map(tag => getComputedStyle(document.querySelector(tag)).textDecorationLine)"
        )
        assert lines == ["line-through", "underline"], media
        assert tab.barriers() == [], media

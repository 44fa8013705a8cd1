"""The page on how the official portal is being read, where it is: the strip of hours and the lists hinder nobody."""

import pytest

from portal.domain.texts import LANGUAGES
from tests.browser.conftest import NARROW, WIDE, Tab, hinders_nobody
from tests.fixtures.browser import serving


@pytest.fixture(scope="module")
def reading(polled, chromium):
    """A tab on an application whose record was read for days."""
    with serving(polled) as address:
        tab = Tab(chromium, address)
        yield tab
        tab.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/health", "/health?after=never~19"])
def test_the_page_hinders_nobody(reading, path, lang):
    reading.open(f"/{lang}{path}", width=NARROW)
    hinders_nobody(reading, lang)
    reading.resize(WIDE)
    assert reading.width_needed() <= WIDE


def test_the_strip_can_be_told_apart_in_the_dark(reading):
    reading.page.emulate_media(color_scheme="dark")
    reading.open("/kk/health")
    barriers = reading.barriers()
    reading.page.emulate_media(color_scheme="light")
    assert barriers == []

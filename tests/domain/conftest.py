"""The law and the calendars as they are shipped: read once, without a database."""

import pytest

from portal.services.calendars import load_calendar
from portal.services.catalogue import DATA
from portal.services.statutes import load_statute


@pytest.fixture(scope="session")
def calendar():
    return load_calendar(DATA / "calendars")


@pytest.fixture(scope="session")
def statute():
    return load_statute(DATA / "editions")

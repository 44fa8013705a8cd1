"""What the tests of the stand-in share."""

import pytest

from tests.official_portal.reader import Reader


@pytest.fixture
def reads(official_portal):
    """A function that starts a stand-in and returns it with a reader."""

    def start(*args, **given):
        portal = official_portal(*args, **given)
        return portal, Reader(portal)

    return start

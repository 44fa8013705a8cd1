"""What all tests share. The fixtures stand in ``tests/fixtures``, a module per tool."""

import os

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.no_skips",
    "tests.fixtures.markers",
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
    "tests.fixtures.scripts",
    "tests.fixtures.html",
    "tests.fixtures.office",
    "tests.fixtures.record",
    "tests.fixtures.desk",
    "tests.fixtures.accounts",
]

# How long one example takes says more about the machine than about the code.
settings.register_profile("quick", deadline=None, print_blob=True, max_examples=25)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=150)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

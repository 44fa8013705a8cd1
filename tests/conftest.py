"""What all tests share. The fixtures stand in ``tests/fixtures``, a module per tool."""

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.no_skips",
    "tests.fixtures.markers",
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
    "tests.fixtures.html",
    "tests.fixtures.record",
]

# How long one example takes says more about the machine than about the code.
settings.register_profile("qadam", deadline=None, print_blob=True)
settings.load_profile("qadam")

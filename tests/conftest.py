"""What all tests share. The fixtures stand in ``tests/fixtures``, a module per tool."""

import gc

import pytest

pytest_plugins = ["tests.fixtures.no_skips", "tests.fixtures.markers"]

WHERE_TESTS_RUN = [
    "tests.fixtures.examples",
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
    "tests.fixtures.scripts",
    "tests.fixtures.html",
    "tests.fixtures.pages",
    "tests.fixtures.office",
    "tests.fixtures.templates",
    "tests.fixtures.record",
    "tests.fixtures.polled",
    "tests.fixtures.series",
    "tests.fixtures.desk",
    "tests.fixtures.accounts",
    "tests.fixtures.official",
    "tests.fixtures.official_portal",
]
pytest.register_assert_rewrite(*WHERE_TESTS_RUN)


def pytest_configure(config: pytest.Config) -> None:
    """Bring the fixtures, but not to where tests are only handed out to workers.

    The fixtures import the portal and all of its libraries, and no worker starts before that has ended.
    """
    hands_out = config.getoption("dist", "no") != "no" and not config.getoption("collectonly")
    if hasattr(config, "workerinput") or not hands_out:
        gc.disable()  # Until all tests are collected: nothing of it is garbage, and looking for some takes seconds.
        for name in WHERE_TESTS_RUN:
            config.pluginmanager.import_plugin(name)


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later search for garbage."""
    gc.freeze()
    gc.enable()

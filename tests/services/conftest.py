"""Petitions made for a test, through the door that files come in by."""

import pytest
import yaml

from portal.services import register


class Petitions:
    """Writes petitions into the record of the application that the test uses."""

    def __init__(self, folder):
        self._folder = folder
        self._made = 0

    def __call__(self, register_id, **fields):
        """Record a petition on the official portal, addressed to the Government, with some fields of a file."""
        self._made += 1
        record = {"id": register_id, "platform": "epetition.kz", "statutory": True, "level": "gov", "threshold": 50_000}
        path = self._folder / f"{self._made}.yaml"
        path.write_text(yaml.safe_dump([{**record, **fields}], allow_unicode=True))
        report = register.load(path)
        assert report.is_fine, [str(problem) for file in report.refused for problem in file.problems]


@pytest.fixture
def given_petition(empty, tmp_path):
    """Record a petition: its id, and the fields of a register file."""
    return Petitions(tmp_path)

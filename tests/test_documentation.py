"""What the documents say is so."""

from dataclasses import fields
from pathlib import Path

import pytest

from portal.domain.timeline import Status
from portal.settings import PREFIX, SettingMissing, Settings, SettingUnreadable

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda each: each.name)
def test_the_readme_names_every_setting_with_its_meaning(setting):
    row = next(line for line in README.splitlines() if line.startswith(f"| `{PREFIX}{setting.name.upper()}`"))
    assert setting.metadata["meaning"] in row
    assert ("*" in row.split("|")[1]) == setting.metadata["required"]


def test_what_the_readme_points_to_is_there():
    for name in (
        "portal/domain",
        "portal/data/editions",
        "portal/data/calendars",
        "tests/bench",
        "LICENSE",
        "docs/screens/petition-en-1280.png",
    ):
        assert (ROOT / name).exists(), name
    for line in README.splitlines():
        for target in [part.split(")")[0] for part in line.split("](")[1:]]:
            assert (ROOT / target).exists(), target


def test_the_contract_names_every_status():
    text = (ROOT / "docs/standing.md").read_text()
    assert [each for each in Status if each.value not in text] == []


def test_production_does_not_start_without_its_settings(monkeypatch):
    with pytest.raises(SettingMissing, match="PORTAL_SECRET_KEY"):
        Settings.read({"production": True})
    monkeypatch.setenv("PORTAL_SECRET_KEY", "k")
    monkeypatch.setenv("PORTAL_BASE_URL", "https://qadam.example")
    monkeypatch.setenv("PORTAL_CONTACT", "post@qadam.example")
    monkeypatch.setenv("PORTAL_PRODUCTION", "on")
    assert Settings.read().production is True
    with pytest.raises(TypeError):
        Settings.read({"colour": "green"})


def test_a_setting_that_is_a_number_is_read_as_one(monkeypatch):
    monkeypatch.setenv("PORTAL_CORRECTIONS_DAYS", "15")
    assert Settings.read().corrections_days == 15
    for text in ("ten", "0", "-1", "1.5", ""):
        monkeypatch.setenv("PORTAL_CORRECTIONS_DAYS", text)
        with pytest.raises(SettingUnreadable, match="PORTAL_CORRECTIONS_DAYS"):
            Settings.read()

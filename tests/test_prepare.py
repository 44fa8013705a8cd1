"""What stands between a new release and its first page: tables brought up to date, and what is derived made anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from portal.settings import ROOT

BEFORE_LISTS = "a1d17c4a1003"
"""The migration before the one that keeps the terms of petitions as rows."""


def run(url: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def count(url: str, table: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
    engine.dispose()
    return int(found)


@pytest.mark.slow
def test_an_upgrade_fills_what_is_derived_and_a_second_start_changes_nothing(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    run(url, "-m", "deploy.prepare")
    terms, entries = count(url, "petition_term"), count(url, "audit_entry")
    assert terms > 0
    assert "rebuilt" not in run(url, "-m", "deploy.prepare")
    assert count(url, "audit_entry") == entries
    run(url, "-m", "flask", "--app", "wsgi", "db", "downgrade", BEFORE_LISTS)
    assert "19 petitions rebuilt" in run(url, "-m", "deploy.prepare")
    assert count(url, "petition_term") == terms

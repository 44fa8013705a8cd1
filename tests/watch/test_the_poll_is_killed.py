"""The poll is killed fifty times at random moments: nothing that it kept is there twice, and nothing of it is lost."""

import time
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from portal import create_app
from portal.db import db
from portal.models import CountObservation, JobRun, OfficialVersion, Petition
from portal.services import audit
from tests.fixtures.record import close
from tests.jobs.killing import Processes, kill_at_random
from tests.official_portal import OfficialPortal
from tests.official_portal.clock import seconds
from tests.official_portal.portal import START
from tests.watch.polling import SPEED, hastened

pytestmark = pytest.mark.slow

KILLS = 50
PETITIONS = 60
LONGEST = 0.3
"""Seconds after it has done something until a process is killed at the latest."""


@pytest.fixture
def processes():
    made = Processes()
    yield made
    made.close()


def kept_until(until):
    rows = select(func.count()).select_from(CountObservation).where(CountObservation.at <= until)
    return db.session.scalar(rows)


def require_kept(app, acknowledged):
    """Whatever was acknowledged as kept up to a second is kept, and not once more."""
    with app.app_context():
        for line in acknowledged:
            word, *rest = line.split()
            if word == "kept":
                count, until = map(int, rest)
                assert kept_until(until) == count, line


def poll_and_kill(processes, url, folder, kills):
    began = time.time()
    with OfficialPortal(PETITIONS, follow=hastened(began, seconds(START)), a_day=30) as portal:
        app = create_app({"database_url": url, "cache_url": "none:"})
        with app.app_context():
            db.create_all()
            db.session.remove()
        work = "tests.watch.polling:poll", url, portal.url, str(folder), str(began), str(portal.start)
        kill_at_random(processes, work, kills, longest=LONGEST, check=lambda told: require_kept(app, told))
        with app.app_context():
            require_whole(portal)
        close(app)
    assert len([line for line in processes.acknowledged if line.startswith("look_at_the_list")]) >= kills / 2


def require_whole(portal):
    """Check all that was kept against the truth, each count at its second."""
    known = {petition.id: petition.official_uuid for petition in db.session.scalars(select(Petition))}
    assert len(set(known.values())) == len(known) >= PETITIONS
    for petition, uuid in known.items():
        rows = select(CountObservation.at, CountObservation.votes).where(CountObservation.petition_id == petition)
        counts = db.session.execute(rows.order_by(CountObservation.at)).all()
        assert all(one.votes != other.votes for one, other in pairwise(counts))
        for at, votes in counts:  # It was shown within a second before, which is an hour of the portal's.
            assert portal.truth.votes_at(uuid, at - SPEED) <= votes <= portal.truth.votes_at(uuid, at + 1), (uuid, at)
        versions = select(OfficialVersion.values).where(OfficialVersion.petition_id == petition)
        assert all(one != other for one, other in pairwise(db.session.scalars(versions.order_by(OfficialVersion.id))))
    assert not list(audit.verify())
    assert db.session.scalar(select(func.max(JobRun.attempts))) > 1, "no kill hit a run"


def test_killed_fifty_times_on_sqlite(processes, tmp_path):
    poll_and_kill(processes, f"sqlite:///{tmp_path / 'killed.sqlite'}", tmp_path / "files", KILLS)


@pytest.mark.postgres
def test_killed_ten_times_on_postgresql(processes, tmp_path, postgres_tables_url):
    poll_and_kill(processes, postgres_tables_url, tmp_path / "files", 10)

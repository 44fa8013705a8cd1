"""The poll is killed at random while it reads: no count is kept twice, and none that it acknowledged is lost."""

from collections import Counter
from itertools import groupby, pairwise

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.models import CountObservation, JobRun, Petition, PollRun, Watched
from portal.services import audit_check, lifecycle
from tests.fixtures.record import close
from tests.jobs import polling
from tests.jobs.killing import Processes, kill_at_random

KILLS = 50
OF_LISTS = "look_at_the_list", "look_at_the_newest"
"""The jobs that always have something to ask; a run that had nothing to ask leaves no trace."""

LONGEST = 0.2
"""Seconds after the first run until the poll is killed at the latest: several runs long."""


def require_kept(app, acknowledged):
    """Check that each run that was acknowledged is there, and that of no petition a count stands twice in a row."""
    told = Counter(each.split()[0] for each in acknowledged)
    with app.app_context():
        counted = db.session.execute(select(PollRun.job, func.count().label("times")).group_by(PollRun.job))
        runs = {row.job: row.times for row in counted}
        rows = db.session.execute(
            select(CountObservation.petition_id, CountObservation.at, CountObservation.votes).order_by(
                CountObservation.petition_id, CountObservation.at
            )
        ).all()
        last = {each.petition_id: each.votes for each in db.session.scalars(select(Watched))}
    assert {job: times for job, times in told.items() if job in OF_LISTS and runs.get(job, 0) < times} == {}
    for petition, counts in groupby(rows, key=lambda row: row.petition_id):
        votes = [row.votes for row in counts]
        assert [before for before, after in pairwise(votes) if before == after] == [], petition
        assert votes[-1] == last[petition]


@pytest.mark.slow
def test_killed_fifty_times_no_count_is_lost_and_none_kept_twice(official_portal, tmp_path):
    portal = official_portal(12, speed=3600)
    given = f"sqlite:///{tmp_path / 'polled.sqlite'}", str(tmp_path / "files"), portal.url
    app = polling.application(*given)
    with app.app_context():
        db.create_all()
    processes = Processes()
    try:
        kill_at_random(
            processes,
            ("tests.jobs.polling:serve", *given),
            KILLS,
            longest=LONGEST,
            check=lambda told: require_kept(app, told),
        )
        with app.app_context():
            assert list(audit_check.verify()) == []
            uuids = db.session.scalars(select(Petition.official_uuid)).all()
            assert len(uuids) == len(set(uuids)) >= 12
            assert lifecycle.rebuild()[1] == []
            assert db.session.scalar(select(func.max(JobRun.attempts))) > 1, "no kill hit a run"
            assert db.session.scalar(select(func.count()).select_from(CountObservation)) > 2 * len(uuids)
    finally:
        processes.close()
        close(app)
    assert len(processes.acknowledged) >= KILLS

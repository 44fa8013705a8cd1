"""``flask jobs``: any job by hand, at the present slot or again; and what the jobs of every night do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal.db import db, writing
from portal.jobs.table import TABLE
from portal.models import Attempt, AuditEntry, DeskSession, JobRun, Petition
from portal.services import accounts, job_runs, sessions
from portal.services.job_runs import Result

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 22, 7, 0, 10, tzinfo=UTC)
LEASE = timedelta(minutes=3)


@pytest.fixture
def moment():
    """A clock that stands still until it is moved."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def jobs(empty):
    """Give a command to the jobs."""
    return lambda *arguments: empty.test_cli_runner().invoke(args=["jobs", *arguments])


@pytest.mark.usefixtures("moment")
class TestByHand:
    def test_a_job_takes_the_present_slot(self, jobs):
        told = jobs("run", "tidy_up")
        assert told.exit_code == 0
        assert told.output.splitlines()[-1] == "tidy_up 2026-11-21 21:00:00: done"
        assert job_runs.last_success("tidy_up").slot == TABLE["tidy_up"].slot_at(AT)

    def test_a_slot_that_is_done_is_not_done_again_unless_asked(self, jobs):
        jobs("run", "tidy_up")
        told = jobs("run", "tidy_up")
        assert told.exit_code == 2
        assert "2026-11-22 07:00:10 UTC done. --again runs it all the same." in told.output
        for second in (10, 9):
            told = jobs("run", "tidy_up", "--again")
            assert told.exit_code == 0
            assert told.output.splitlines()[-1] == f"tidy_up 2026-11-22 07:00:{second:02}: done"

    def test_a_job_that_is_off_says_why(self, jobs):
        told = jobs("run", "look_at_the_list")
        assert told.exit_code == 2
        assert "look_at_the_list is off: PORTAL_WATCH_CONTACT is empty" in told.output

    def test_what_fails_ends_with_one(self, jobs, monkeypatch):
        def fail(*_given, **_named):
            raise ValueError("Айгүл")

        monkeypatch.setattr(job_runs, "forget_before", fail)
        told = jobs("run", "tidy_up")
        assert told.exit_code == 1
        assert "tidy_up 2026-11-21 21:00:00: failed" in told.output
        assert "Айгүл" not in told.output

    def test_a_job_that_there_is_not_is_a_matter_of_usage(self, jobs):
        told = jobs("run", "look_away")
        assert told.exit_code == 2
        assert "'look_at_the_list'" in told.output

    def test_only_one_asks_the_official_portal(self, empty, jobs, monkeypatch):
        settings = type(empty.extensions["settings"]).read({"watch_contact": "post@qadam.example"})
        monkeypatch.setitem(empty.extensions, "settings", settings)
        held = job_runs.claim("read_records", 1, by="another", lease=LEASE, at=AT)
        told = jobs("run", "look_at_the_list")
        assert told.exit_code == 2
        assert "(read_records since 2026-11-22 07:00:10 UTC)" in told.output
        job_runs.finish(held, Result.DONE, AT)


class TestTheList:
    def test_tells_of_every_job(self, jobs, moment):
        jobs("run", "tidy_up")
        job_runs.claim("sum_up_series", 1, by="another", lease=LEASE, at=AT)
        lines = {line.split()[0]: re.split(r"\s{2,}", line) for line in jobs("list").output.splitlines()}
        assert set(lines) == {"job", *TABLE}
        assert lines["tidy_up"][1:] == [
            "1 d",
            "2026-11-22 07:00:10 UTC done",
            "2026-11-22 07:00:10 UTC",
            "2026-11-22 21:00:00 UTC",
            "on",
        ]
        assert lines["sum_up_series"][1:4] == ["1 h", "2026-11-22 07:00:10 UTC runs", "never"]
        assert lines["look_at_those_near"][1:3] == ["10 min", "never"]
        assert lines["look_at_the_list"][5].startswith("off: PORTAL_WATCH_CONTACT")
        moment.shift(LEASE)
        assert "2026-11-22 07:00:10 UTC died" in jobs("list").output

    def test_shows_what_was_given_up(self, jobs, moment):
        for _ in range(4):
            job_runs.claim("tidy_up", 1, by="another", lease=LEASE, at=datetime.now(UTC))
            moment.shift(LEASE)
        assert "tidy_up: 1 given up" in jobs("list").output


def test_they_are_served_for_a_while(jobs):
    told = jobs("serve", "--for", "1")
    assert told.exit_code == 0
    assert re.search(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO tidy_up [-\d: ]+: done$", told.output, re.MULTILINE)


class TestTheNight:
    def test_forgets_what_is_over_and_nothing_else(self, empty, jobs, moment, given_account):
        known = given_account("Айгүл")
        sessions.start(accounts.by_name(known.name))
        with writing() as session:
            session.add(Attempt(key="a" * 64, times=1, ends_at=AT))
            session.add(Attempt(key="b" * 64, times=1, ends_at=AT + timedelta(seconds=1)))
            begun = {"claimed_by": "one", "lease_until": AT}
            for slot, days in enumerate((91, 89)):
                session.add(JobRun(job="of old", slot=slot, claimed_at=AT - timedelta(days=days), **begun))
        assert jobs("run", "tidy_up").exit_code == 0
        db.session.rollback()
        assert job_runs.by_slot("of old", 0) is None
        assert job_runs.by_slot("of old", 1) is not None
        assert db.session.scalars(select(Attempt.key)).all() == ["b" * 64]
        assert db.session.scalar(select(func.count()).select_from(DeskSession)) > 0
        moment.shift(timedelta(days=1))
        assert jobs("run", "tidy_up").exit_code == 0
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(DeskSession)) == 0

    def test_makes_what_is_derived_again_and_tells_what_differed(self, shipped):
        with writing() as session:
            session.scalars(select(Petition).where(Petition.number == 1)).one().search_text = "Айгүл"
        told = shipped.test_cli_runner().invoke(args=["jobs", "run", "rebuild_at_night"])
        assert told.exit_code == 1
        assert "differed: petition/1: search_text" in told.output
        assert told.output.splitlines()[-1].endswith(": differed")
        assert "Айгүл" not in told.output
        db.session.rollback()
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
        assert last.action == "register.rebuilt"
        again = shipped.test_cli_runner().invoke(args=["jobs", "run", "rebuild_at_night", "--again"])
        assert (again.exit_code, again.output.splitlines()[-1].rpartition(" ")[2]) == (0, "done")

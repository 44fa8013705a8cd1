"""The process that runs the jobs: what is due, one thing after another, until it is told to end."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from portal import clock
from portal.db import db
from portal.jobs.runner import Runner
from portal.jobs.serve import Service
from portal.jobs.table import Job, Line
from portal.models import JobRun
from portal.services import job_runs
from portal.services.job_runs import Result
from portal.settings import ROOT

pytestmark = pytest.mark.slow

LONG = 100_000_000
"""Seconds of a period that does not end while a test runs."""


def service_of(app, *jobs, length=None, **particulars):
    """Return a service that ends by itself, if nothing else ends it."""
    runner = Runner(app, {job.name: job for job in jobs})
    return Service(runner, length=timedelta(seconds=length or 30), **particulars)


def noting(ran, name):
    """Return the work of a job that notes its name."""

    def run(app, at):
        ran.append(name)
        return Result.DONE

    return run


def result_of(job):
    db.session.rollback()  # What others wrote since this session last looked.
    return job_runs.last_run(job).result


def test_what_is_due_is_run_once_and_the_rest_waits_for_its_time(empty, caplog):
    caplog.set_level("INFO", "portal")
    ran: list[str] = []
    due, often = Job("due", LONG, noting(ran, "due")), Job("often", 1, noting(ran, "often"))
    off = Job("off", 1, noting(ran, "off"), line=Line.OFFICIAL)
    handler = signal.getsignal(signal.SIGTERM)
    assert service_of(empty, due, often, off, length=2.5).run()
    assert ran.count("due") == 1
    assert 2 <= ran.count("often") <= 5
    assert "off" not in ran
    assert "off: off: PORTAL_WATCH_CONTACT is empty" in caplog.text
    assert "often: every 0:00:01" in caplog.text
    assert signal.getsignal(signal.SIGTERM) is handler


def test_an_error_is_not_the_end(empty, caplog):
    def fail(app, at):
        ran.append(at)
        raise ValueError("Айгүл")

    ran: list[datetime] = []
    assert service_of(empty, Job("failing", 1, fail), length=2.5).run()
    assert len(ran) >= 2
    assert "failed: ValueError" in caplog.text
    assert "Айгүл" not in caplog.text


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_finishes_what_runs_and_begins_nothing(empty, sent):
    def work(app, at):
        begun.append(at)
        os.kill(os.getpid(), sent)
        threading.Event().wait(1.5)  # For the signal to be seen, and more than a beat.
        return Result.DONE

    begun: list[datetime] = []
    jobs = [Job(name, LONG, work) for name in ("first", "second")]
    assert service_of(empty, *jobs).run()
    assert len(begun) == 1
    assert result_of("first") == "done"
    assert job_runs.last_run("second") is None


def test_what_takes_too_long_is_left_and_given_back(empty, caplog):
    def work(app, at):
        begun.append(at)
        os.kill(os.getpid(), signal.SIGTERM)
        over.wait(30)
        return Result.DONE

    begun: list[datetime] = []
    over = threading.Event()
    job = Job("long", LONG, work)
    service = service_of(empty, job, grace=timedelta(seconds=0.5))
    try:
        assert not service.run()
        [left] = job_runs.open_claims()
        assert left.lease_until <= clock.now()
        assert "its slot is given back" in caplog.text
        again = Runner(empty, {"long": replace(job, run=lambda app, at: Result.DONE)})
        again.take_up(Line.OURS)
        assert result_of("long") == "done"
    finally:
        over.set()
        while service.runner.is_working:
            threading.Event().wait(0.05)
    assert (result_of("long"), job_runs.last_run("long").attempts) == ("done", 2)  # The late end is nobody's.


def test_the_leases_of_long_work_are_renewed(empty):
    def work(app, at):
        for waited in (0, 1.5):
            threading.Event().wait(waited)
            ends.extend(each.lease_until for each in job_runs.open_claims())
            db.session.rollback()
        return Result.DONE

    ends: list[datetime] = []
    job = Job("long", LONG, work, lease=timedelta(seconds=1))
    assert service_of(empty, job, length=2).run()
    assert ends[1] > ends[0]
    assert isinstance(job_runs.last_run("long"), JobRun)
    assert job_runs.last_run("long").attempts == 1


def test_the_command_ends_when_it_is_told_to(empty):
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "serve"],
        cwd=ROOT,
        env={
            **os.environ,
            "PORTAL_DATABASE_URL": empty.config["SQLALCHEMY_DATABASE_URI"],
            "PORTAL_CACHE_URL": "none:",
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stderr:
            if "rebuild_at_night" in line and line.endswith(": done\n"):
                break
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.stderr.close()
    assert result_of("rebuild_at_night") == result_of("tidy_up") == "done"
    assert job_runs.open_claims() == []

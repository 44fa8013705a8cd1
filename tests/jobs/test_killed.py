"""What runs the jobs is killed at random: no slot is done twice without need, and none acknowledged is lost."""

import signal
import time
from itertools import pairwise

import pytest
from sqlalchemy import select

from portal.db import db
from portal.models import PollRun
from portal.services import job_runs
from portal.services.job_runs import MOST_ATTEMPTS
from tests.fixtures.record import close
from tests.jobs import noting
from tests.jobs.killing import Processes, kill_at_random, wait_until
from tests.jobs.noting import Noted

pytestmark = pytest.mark.slow

KILLS = 50
LONGEST = 0.2
"""Seconds after the first slot until a process is killed at the latest: several slots long."""


@pytest.fixture(scope="module")
def forked():
    """The process from which all others are forked."""
    made = Processes()
    yield made
    made.close()


@pytest.fixture
def processes(forked):
    forked.acknowledged.clear()
    return forked


@pytest.fixture
def noted_on(tmp_path):
    """Prepare a database for the jobs that note, and return the application."""
    made = []

    def prepare(url):
        made.append(noting.prepare(url))
        noting.found(made[0], tmp_path)
        return made[0]

    yield prepare
    for app in made:
        close(app)


def begun(app):
    """Return the slots that were begun and have not ended."""
    with app.app_context():
        return {(each.job, each.slot) for each in job_runs.open_claims()}


def require_kept(app, acknowledged):
    noted = Noted.read(app)
    assert acknowledged <= noted.observed
    assert {noted.results[slot] for slot in acknowledged} == {"done"}


def require_each_slot_once(app, acknowledged, kills):
    """Check that every slot that was begun came to an end, and was done again only where its process was killed."""
    noted = Noted.read(app)
    done = {slot for slot, result in noted.results.items() if result == "done"}
    given_up = set(noted.results) - done
    assert {(noted.results[slot], noted.attempts[slot]) for slot in given_up} <= {("given_up", MOST_ATTEMPTS)}
    assert done <= noted.observed <= set(noted.results)
    assert set(noted.notes) == noted.observed
    assert {slot: times for slot, times in noted.notes.items() if times > noted.attempts[slot]} == {}
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= done
    assert sum(times - 1 for times in noted.attempts.values()) <= 2 * kills  # Two were at work, one of each line.


def kill_the_scheduler(processes, url, app, kills):
    work = "tests.jobs.noting:serve", url, "0.04", "0.5"
    hit: list[int] = []

    def check(told):
        hit.append(len(begun(app)))
        require_kept(app, told)

    kill_at_random(processes, work, kills, longest=LONGEST, check=check)
    assert any(hit), "no kill hit a slot"
    left = begun(app)
    pid = processes.start(*work)
    wait_until(lambda: not left & begun(app))
    processes.end(pid, signal.SIGTERM)
    assert not begun(app)
    require_each_slot_once(app, processes.acknowledged, kills + 1)
    assert max(Noted.read(app).attempts.values()) > 1, "nothing was taken up again"
    assert len(processes.acknowledged) >= 2 * kills


def test_killed_fifty_times_on_sqlite(processes, tmp_path, noted_on):
    url = f"sqlite:///{tmp_path / 'killed.sqlite'}"
    kill_the_scheduler(processes, url, noted_on(url), KILLS)


def test_killed_ten_times_on_postgresql(processes, postgres_tables_url, noted_on):
    kill_the_scheduler(processes, postgres_tables_url, noted_on(postgres_tables_url), 10)


def serve_three_times(processes, url, app):
    """Let three schedulers serve one database, kill one of them, and check that each slot ran once, one at a time."""
    work = "tests.jobs.noting:serve", url, "0.5", "1"
    first, second, third = (processes.start(*work) for _ in range(3))
    processes.wait_for_work()
    time.sleep(0.7)
    processes.end(first)
    had = len(processes.acknowledged)
    wait_until(lambda: len(processes.acknowledged) >= had + 18)
    processes.end(second, signal.SIGTERM)
    processes.end(third, signal.SIGTERM)
    assert not begun(app)
    require_each_slot_once(app, processes.acknowledged, 1)
    slots = sorted(int(slot.split()[1]) for slot in processes.acknowledged if slot.startswith("sum "))
    assert slots == list(range(slots[0], slots[-1] + 1))  # Whoever was killed, every period had its run.
    require_one_at_a_time(app)


def require_one_at_a_time(app):
    """Check that of the jobs that ask the official portal none began before another had ended."""
    with app.app_context():
        runs = select(PollRun.started_at, PollRun.finished_at).where(PollRun.job.in_(("look", "read")))
        ordered = db.session.execute(runs.order_by(PollRun.started_at)).all()
    assert len(ordered) >= 10
    assert [before for before, after in pairwise(ordered) if after.started_at < before.finished_at] == []


def test_each_slot_runs_once_though_three_serve_and_one_is_killed_on_sqlite(processes, tmp_path, noted_on):
    url = f"sqlite:///{tmp_path / 'three.sqlite'}"
    serve_three_times(processes, url, noted_on(url))


def test_each_slot_runs_once_though_three_serve_and_one_is_killed_on_postgresql(
    processes, postgres_tables_url, noted_on
):
    serve_three_times(processes, postgres_tables_url, noted_on(postgres_tables_url))

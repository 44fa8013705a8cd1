"""Each slot of a job is done once: taken before the work, renewed while it goes on, taken over when its holder dies."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from portal import create_app
from portal.db import db
from portal.models import JobRun
from portal.services import job_runs
from portal.services.job_runs import Occupied, Result
from tests.fixtures.record import close

AT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
SLOT = 1_795_330_800
LEASE = timedelta(minutes=3)


def take(job="look_at_the_list", slot=SLOT, *, by="one", after=0, beside=()):
    return job_runs.claim(job, slot, by=by, lease=LEASE, at=AT + timedelta(seconds=after), beside=beside)


@pytest.mark.usefixtures("empty")
class TestASlot:
    def test_is_taken_once(self):
        assert take().attempt == 1
        assert take(by="two") is None
        assert take(after=179) is None

    def test_that_is_finished_is_not_taken_again(self):
        held = take()
        assert job_runs.finish(held, Result.DONE, AT)
        assert take(by="two", after=100_000) is None
        assert job_runs.by_slot("look_at_the_list", SLOT).result == "done"

    def test_is_taken_over_when_the_lease_has_lapsed(self):
        take()
        over = take(by="two", after=180)
        assert (over.by, over.attempt) == ("two", 2)
        assert job_runs.by_slot("look_at_the_list", SLOT).claimed_at == AT + LEASE

    def test_that_was_taken_over_is_no_longer_its_first_holders(self):
        first = take()
        over = take(after=180)  # The same process, even: it may have been asleep.
        assert not job_runs.renew(first, AT + LEASE)
        assert not job_runs.finish(first, Result.DONE, AT + LEASE)
        assert job_runs.finish(over, Result.DONE, AT + LEASE)
        assert not job_runs.finish(over, Result.FAILED, AT + LEASE)

    def test_is_kept_as_long_as_it_is_renewed(self):
        held = take()
        assert job_runs.renew(held, AT + timedelta(seconds=170))
        assert take(by="two", after=340) is None
        assert take(by="two", after=350) is not None

    def test_that_is_given_back_can_be_taken_at_once(self):
        held = take()
        assert job_runs.release(held, AT)
        assert take(by="two").attempt == 2
        assert not job_runs.release(held, AT)

    def test_at_which_three_processes_died_is_given_up_and_shown(self):
        for attempt in range(3):
            assert take(after=180 * attempt).attempt == attempt + 1
        assert job_runs.given_up() == {}
        assert take(after=540) is None
        kept = job_runs.by_slot("look_at_the_list", SLOT)
        assert (kept.result, kept.attempts) == ("given_up", 3)
        assert kept.finished_at == AT + 3 * LEASE
        assert job_runs.given_up() == {"look_at_the_list": 1}
        assert take(slot=SLOT + 3600, after=3600) is not None

    def test_is_not_taken_while_a_job_runs_that_it_must_not_run_beside(self):
        beside = ("look_at_the_list", "read_records")
        held = take(beside=beside)
        with pytest.raises(Occupied) as refused:
            take("read_records", beside=beside)
        assert refused.value.job == "look_at_the_list"
        assert job_runs.by_slot("read_records", SLOT) is None
        assert take("tidy_up") is not None
        job_runs.finish(held, Result.DONE, AT)
        assert take("read_records", beside=beside) is not None
        assert take("look_at_the_list", SLOT + 1, after=180, beside=beside) is not None


@pytest.mark.usefixtures("empty")
class TestWhatIsKnownOfRuns:
    def test_the_last_run_and_the_last_success(self):
        assert job_runs.last_run("look_at_the_list") is None
        assert job_runs.last_success("look_at_the_list") is None
        job_runs.finish(take(), Result.DONE, AT)
        job_runs.finish(take(slot=SLOT + 3600, after=3600), Result.PARTLY, AT + timedelta(hours=1))
        assert job_runs.last_run("look_at_the_list").slot == SLOT + 3600
        assert job_runs.last_success("look_at_the_list").slot == SLOT

    def test_open_claims_are_those_that_have_not_ended(self):
        take()
        job_runs.finish(take("tidy_up"), Result.DONE, AT)
        assert [each.job for each in job_runs.open_claims()] == ["look_at_the_list"]

    def test_old_runs_are_forgotten_by_the_day_in_kazakhstan(self):
        take(after=-1)
        take(slot=SLOT + 1)
        assert job_runs.forget_before(date(2026, 11, 22)) == 0
        assert job_runs.forget_before(date(2026, 11, 23)) == 2
        late = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
        job_runs.claim("tidy_up", 1, by="one", lease=LEASE, at=late)
        job_runs.claim("tidy_up", 2, by="one", lease=LEASE, at=late - timedelta(seconds=1))
        assert job_runs.forget_before(date(2026, 11, 22)) == 1


def race(url, beside):
    """Let eight threads ask for the same slots at the same time; return whom each slot was given to."""
    app = create_app({"database_url": url, "cache_url": "none:"})
    given, together = [], threading.Barrier(8)

    def ask(number):
        for slot in range(20):
            together.wait(30)
            with app.app_context():
                try:
                    held = take(f"job{number % 2 if beside else 0}", SLOT + slot, by=f"{number}", beside=beside)
                except Occupied:
                    held = None
            if held is not None:
                given.append((held.slot, held.by))
            together.wait(30)
            if held is not None:
                with app.app_context():
                    job_runs.finish(held, Result.DONE, AT)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    with app.app_context():
        rows = db.session.query(JobRun).count()
    close(app)
    assert rows == len(given)
    return [slot - SLOT for slot, _by in given]


@pytest.mark.parametrize("beside", [(), ("job0", "job1")], ids=["one job", "two of which one runs at a time"])
class TestEightAtOnce:
    @pytest.mark.slow
    def test_one_gets_each_slot_on_sqlite(self, tmp_path, beside):
        url = f"sqlite:///{tmp_path / 'race.sqlite'}"
        app = create_app({"database_url": url, "cache_url": "none:"})
        with app.app_context():
            db.create_all()
        close(app)
        assert race(url, beside) == list(range(20))

    def test_one_gets_each_slot_on_postgresql(self, postgres_tables_url, beside):
        assert race(postgres_tables_url, beside) == list(range(20))

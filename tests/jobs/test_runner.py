"""A slot is run by whoever takes it first; what goes wrong is told without a word of what it was about."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from portal.db import db, writing
from portal.domain.refusals import RecordBusy
from portal.jobs.runner import Runner, Unrun
from portal.jobs.table import Job, Line
from portal.models import Source
from portal.services import job_runs, watching
from portal.services.job_runs import Result

AT = datetime(2026, 11, 22, 7, 0, 10, tzinfo=UTC)
SLOT = 1_795_330_800
NAME = "Айгүл Сапарова"


@pytest.fixture
def moment():
    """A clock that stands still until it is moved."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


class Work:
    """A job's work that notes when it was done, and may do something else besides that says how it went."""

    def __init__(self, name="sum_up", besides=lambda: None, **particulars):
        self.times, self.besides = [], besides
        self.job = Job(name, 3600, self, **particulars)

    def __call__(self, app, at):
        self.times.append(at)
        return self.besides() or Result.DONE


def runner_of(app, *works):
    return Runner(app, {each.job.name: each.job for each in works})


def state(job="sum_up", slot=SLOT):
    kept = job_runs.by_slot(job, slot)
    return kept and (kept.result, kept.attempts)


@pytest.mark.usefixtures("moment")
class TestASlot:
    def test_is_run_once_whoever_tries(self, empty):
        work = Work()
        one, two = runner_of(empty, work), runner_of(empty, work)
        assert one.run_present(work.job) is Result.DONE
        assert one.run_present(work.job) is Unrun.TAKEN
        assert two.run_present(work.job) is Unrun.TAKEN
        assert (work.times, state()) == ([AT], ("done", 1))
        assert one.by != two.by

    def test_is_not_run_by_another_while_it_runs(self, empty):
        work = Work()
        two, came = runner_of(empty, work), []
        work.besides = lambda: came.append(two.run_present(work.job))
        assert runner_of(empty, work).run_present(work.job) is Result.DONE
        assert came == [Unrun.TAKEN]

    def test_that_fails_is_told_without_what_it_was_about(self, empty, caplog):
        def fail():
            with writing() as session:
                session.add(Source(key=NAME, url=f"https://qadam.example/{NAME}"))
            return Result.DONE

        caplog.set_level(logging.DEBUG, "portal")
        work = Work(besides=fail)
        runner = runner_of(empty, work)
        assert runner.run_present(work.job) is Result.FAILED
        assert state() == ("failed", 1)
        told = [each.getMessage() for each in caplog.records if each.name.startswith("portal")]
        assert told[0].startswith("sum_up 2026-11-22 07:00:00: failed: IntegrityError at portal.db:")
        assert NAME not in caplog.text
        assert "qadam.example" not in caplog.text
        assert not runner.is_working

    def test_that_fails_leaves_nothing_behind_for_the_next(self, empty):
        def fail():
            db.session.add(Source(key="left behind"))
            raise ValueError(NAME)

        failing, fine = Work("failing", fail), Work("fine")
        runner = runner_of(empty, failing, fine)
        assert runner.run_present(failing.job) is Result.FAILED
        assert runner.run_present(fine.job) is Result.DONE

    def test_that_is_overtaken_is_not_to_our_credit(self, empty, moment):
        work = Work()
        two = runner_of(empty, work)

        def sleep_too_long():
            moment.shift(181)
            work.besides = lambda: None
            two.run_slot(work.job, SLOT)
            return Result.PARTLY

        work.besides = sleep_too_long
        assert runner_of(empty, work).run_present(work.job) is Unrun.OVERTAKEN
        assert state() == ("done", 2)

    def test_is_kept_as_long_as_its_lease_is_renewed(self, empty, moment):
        work = Work()
        one, two = runner_of(empty, work), runner_of(empty, work)
        came = []

        def take_long():
            for _ in range(5):
                moment.shift(one.renew_every)
                one.renew()
            came.append(two.run_slot(work.job, SLOT))
            return Result.DONE

        work.besides = take_long
        assert one.run_present(work.job) is Result.DONE
        assert came == [Unrun.TAKEN]

    def test_is_begun_anew_at_once_where_it_was_given_back(self, empty):
        work = Work()
        one, two = runner_of(empty, work), runner_of(empty, work)
        came = []

        def leave():
            one.release()
            work.besides = lambda: None
            came.append(two.run_present(work.job))
            return Result.DONE

        work.besides = leave
        assert one.run_present(work.job) is Unrun.OVERTAKEN
        assert came == [Result.DONE]

    def test_is_not_begun_by_who_leaves(self, empty):
        work = Work()
        runner = runner_of(empty, work)
        runner.leaving = True
        assert runner.run_present(work.job) is Unrun.LEAVING
        assert state() is None

    def test_waits_where_the_database_is_busy(self, empty, monkeypatch, caplog):
        work = Work()
        runner = runner_of(empty, work)

        def busy(*_given, **_named):
            raise RecordBusy

        with monkeypatch.context() as patch:
            patch.setattr(job_runs, "claim", busy)
            assert runner.run_present(work.job) is Unrun.BUSY
        assert "not taken: RecordBusy" in caplog.text
        runner.take_up(Line.OURS)
        assert work.times == [AT]

    def test_that_is_done_is_written_down_though_the_database_is_busy_for_a_while(self, empty, monkeypatch):
        work, finish, tries = Work(), job_runs.finish, []

        def busy_twice(*given):
            tries.append(given)
            if len(tries) < 3:
                raise IntegrityError("", {}, ValueError())
            return finish(*given)

        monkeypatch.setattr(job_runs, "finish", busy_twice)
        assert runner_of(empty, work).run_present(work.job) is Result.DONE
        assert state() == ("done", 1)


@pytest.mark.usefixtures("moment")
class TestWhatAsksTheOfficialPortal:
    @pytest.fixture
    def asking(self, empty, monkeypatch):
        settings = replace(empty.extensions["settings"], watch_contact="post@qadam.example")
        monkeypatch.setitem(empty.extensions, "settings", settings)
        return empty

    def test_runs_one_at_a_time_whoever_asks(self, asking):
        came = []
        look, read, ours = Work("look", line=Line.OFFICIAL), Work("read", line=Line.OFFICIAL), Work("ours")
        two = runner_of(asking, look, read, ours)
        look.besides = lambda: came.append((two.run_present(read.job), two.run_present(ours.job)))
        one = runner_of(asking, look, read, ours)
        assert one.run_present(look.job) is Result.DONE
        assert came == [(Unrun.OCCUPIED, Result.DONE)]
        two.take_up(Line.OFFICIAL)
        assert (read.times, state("read")) == ([AT], ("done", 1))

    def test_does_not_run_without_a_contact(self, empty):
        look = Work("look", line=Line.OFFICIAL)
        runner = runner_of(empty, look)
        assert runner.run_present(look.job) is Unrun.OFF
        runner.take_up(Line.OFFICIAL)
        assert (look.times, state("look")) == ([], None)

    def test_does_not_run_after_a_refusal_until_a_person_says_so(self, asking):
        look = Work("look", line=Line.OFFICIAL)

        def refused():
            watching.stop(AT)
            return Result.FORBIDDEN

        look.besides = refused
        runner = runner_of(asking, look)
        assert runner.run_present(look.job) is Result.FORBIDDEN
        assert runner.run_slot(look.job, SLOT + 3600) is Unrun.OFF
        watching.resume(by="admin-1", reason="They answered.")
        assert runner.run_slot(look.job, SLOT + 3600) is Result.FORBIDDEN


class TestWhatWasLeft:
    def test_by_who_died_is_taken_up_when_the_lease_has_lapsed(self, empty, moment):
        work = Work()
        runner = runner_of(empty, work)
        assert job_runs.claim("sum_up", SLOT - 7200, by="dead", lease=work.job.lease, at=AT)
        assert job_runs.claim("sum_up", SLOT, by="dead", lease=work.job.lease, at=AT)
        runner.take_up(Line.OURS)
        assert work.times == []
        moment.shift(work.job.lease)
        runner.take_up(Line.OFFICIAL)
        assert work.times == []
        runner.take_up(Line.OURS)
        assert len(work.times) == 2
        assert (state(), state(slot=SLOT - 7200)) == (("done", 2), ("done", 2))

    def test_by_three_who_died_is_given_up_and_told(self, empty, moment, caplog):
        work = Work()
        runner = runner_of(empty, work)
        for _ in range(3):
            assert job_runs.claim("sum_up", SLOT, by="dead", lease=work.job.lease, at=datetime.now(UTC))
            moment.shift(work.job.lease)
        runner.take_up(Line.OURS)
        assert (work.times, state()) == ([], ("given_up", 3))
        assert "sum_up 2026-11-22 07:00:00: given up" in caplog.text

    @pytest.mark.usefixtures("moment")
    def test_because_nothing_ran_is_done_once_and_not_for_every_period(self, empty):
        work = Work()
        assert job_runs.claim("sum_up", SLOT - 36_000, by="then", lease=timedelta(minutes=3), at=AT)
        runner = runner_of(empty, work)
        runner.take_up(Line.OURS)
        runner.take_up(Line.OURS)
        assert work.times == [AT]

    @pytest.mark.usefixtures("moment")
    def test_by_a_job_that_there_is_no_more_is_left_alone(self, empty):
        assert job_runs.claim("of old", SLOT, by="dead", lease=timedelta(), at=AT)
        runner_of(empty, Work()).take_up(Line.OURS)
        assert state("of old") == (None, 1)


def test_a_job_that_raises_what_ends_programs_does_not_keep_its_slot(empty):
    def leave():
        raise SystemExit

    work = Work(besides=leave)
    runner = runner_of(empty, work)
    with pytest.raises(SystemExit):
        runner.run_present(work.job)
    assert not runner.is_working

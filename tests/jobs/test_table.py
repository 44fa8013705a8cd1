"""The table of jobs: when each runs, and why one does not."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import create_app
from portal.domain import watching as rules
from portal.jobs.table import TABLE, Job, Line, Off, why_off
from portal.models.columns import CODE
from portal.services import rounds, watching
from portal.services.job_runs import Result
from tests.fixtures.record import close

AT = datetime(2026, 11, 22, 7, 41, 10, tzinfo=UTC)


def slots_of(job, at):
    return [datetime.fromtimestamp(each, UTC) for each in (job.slot_at(at), job.next_slot(at))]


def test_a_slot_is_the_beginning_of_a_period():
    hour = datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert slots_of(TABLE["look_at_the_list"], AT) == [hour, hour + timedelta(hours=1)]
    assert slots_of(TABLE["look_at_the_list"], hour) == [hour, hour + timedelta(hours=1)]
    assert slots_of(TABLE["look_at_those_near"], AT)[0] == AT.replace(minute=40, second=0)
    assert slots_of(TABLE["sum_up_series"], AT)[0] == AT.replace(minute=15, second=0)


def test_the_night_is_that_of_kazakhstan():
    night = datetime(2026, 11, 21, 22, tzinfo=UTC)  # Three o'clock on the 22nd there.
    job = TABLE["rebuild_at_night"]
    assert slots_of(job, AT) == [night, night + timedelta(days=1)]
    assert job.slot_at(night) - job.slot_at(night - timedelta(seconds=1)) == 86_400


def test_petitions_are_looked_at_as_often_as_the_rules_ask():
    assert TABLE["look_at_the_list"].every == rules.LIST_EVERY
    assert TABLE["look_at_those_near"].every <= min(every for _least, every in rules.NEAR)
    assert TABLE["read_records"].every * rounds.ROUNDS_A_DAY == rules.DAY


def test_what_asks_the_official_portal_is_one_line():
    assert {name for name, job in TABLE.items() if job.line is Line.OFFICIAL} == {
        "look_at_the_list",
        "look_at_the_newest",
        "look_at_those_near",
        "read_records",
        "read_the_past",
    }


def test_names_and_results_fit_their_columns():
    assert max(len(each) for each in [*TABLE, *Result]) <= CODE.length
    assert all(name == job.name for name, job in TABLE.items())


@pytest.mark.parametrize("contact", ["", "post@qadam.example"])
def test_nothing_is_asked_without_a_contact_or_after_a_refusal(empty_path, tmp_path, contact):
    path = tmp_path / "off.sqlite"
    path.write_bytes(empty_path.read_bytes())
    app = create_app({"database_url": f"sqlite:///{path}", "cache_url": "none:", "watch_contact": contact})
    look, ours = TABLE["look_at_the_list"], Job("ours", 60, lambda app, at: Result.DONE)
    with app.app_context():
        assert why_off(app, look) is (None if contact else Off.NO_CONTACT)
        watching.stop(AT)
        assert why_off(app, look) is (Off.STOPPED if contact else Off.NO_CONTACT)
        assert why_off(app, ours) is None
        watching.resume(by="admin-1", reason="They answered.")
        assert why_off(app, look) is (None if contact else Off.NO_CONTACT)
    close(app)

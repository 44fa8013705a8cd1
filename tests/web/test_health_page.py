"""The page on how the official portal is being read, what machines ask, and the log without the poll's runs."""

import json
import re
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.db import db, writing
from portal.models import Watched, WatchState
from portal.services import audit, readiness, watching
from tests.fixtures.pages import SPOKEN, check
from tests.fixtures.polled import CONTACT, fill

OFF = "No program reads the official portal here."


@pytest.fixture
def reader(polled):
    return polled.test_client()


def test_an_installation_without_a_contact_says_that_no_program_reads(client):
    page = client.get("/en/health")
    assert OFF in page.text
    assert "The records come from people and from files." in page.text
    assert "strip" not in re.sub("<link.*?>", "", page.text)


def test_the_page_says_first_when_the_portal_was_last_read(reader):
    page = reader.get("/en/health").text
    assert re.search(
        r"was last read on \d+ \w+ \d{4}, \d\d:\d\d \(Astana time\)\. Petitions looked at within a day: 17 of 18", page
    )
    assert "1 time in which nobody looked. Together: 7 hours." in page
    assert "No answer in time" in page
    assert "ahead of ours. Difference: 3 seconds." in page
    assert OFF not in page


def test_a_trouble_or_job_that_nobody_worded_shows_no_raw_code(reader):
    page = reader.get("/en/health").text
    assert "never_heard_of" not in page
    assert "look_at" not in page
    assert "Something else" in page


def test_the_page_is_kept_nowhere_and_sets_no_cookie(reader):
    for path in ("/en/health", "/healthz", "/readyz", "/metrics"):
        answer = reader.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), path
        assert "Set-Cookie" not in answer.headers


def test_the_petitions_read_longest_ago_have_pages_of_their_own(reader):
    page = reader.get("/en/health").text
    [following] = re.findall(r'href="(/en/health\?after=[^"]+)"', page)
    further = reader.get(following).text
    assert further.count('class="row aged"') == 8
    assert "How it is read" not in further
    assert reader.get("/en/health?after=x").status_code == 400
    assert reader.get("/en/health?before=x").status_code == 400


@pytest.mark.parametrize("why", ["forbidden", "asked"])
def test_where_it_was_stopped_the_page_says_so_first(shipped, why):
    fill(clock.now())
    with writing() as session:
        state = session.get_one(WatchState, 1)
        state.stopped_at, state.stopped_why = clock.now(), why
    db.session.remove()
    shipped.extensions["settings"] = replace(shipped.extensions["settings"], watch_contact=CONTACT)
    page = shipped.test_client().get("/en/health").text
    words = {"forbidden": "because the official portal refused our program", "asked": "A person stopped the reading"}
    assert words[why] in page
    assert page.index(words[why]) < page.index("was last read on")


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize(
    "path", ["/health", "/health?after=never~19", "/changes?about=all&runs=shown", "/changes?about=watch"]
)
def test_the_pages_are_whole_in_each_language(reader, english_only, lang, path):
    answer = reader.get(f"/{lang}{path}")
    assert answer.status_code == 200
    check(answer, lang, english_only)


@pytest.mark.slow
def test_the_page_is_valid_html(reader, html_problems):
    pages = {f"/{lang}/health": reader.get(f"/{lang}/health").text for lang in ("kk", "ru", "en")}
    assert html_problems(pages) == []


# Machines
# ------------------------------------------------------------------------------------------------------------------


def test_the_process_lives_without_its_database(reader, monkeypatch):
    def broken(*_args, **_kwargs):
        raise AssertionError("the database was asked")

    monkeypatch.setattr("sqlalchemy.orm.Session.execute", broken)
    assert reader.get("/healthz").text == "ok\n"


def test_what_is_ready_says_so_and_what_is_not_says_which_check_fails(reader, monkeypatch):
    answer = reader.get("/readyz")
    assert json.loads(answer.text) == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "audit_head": "ok"},
    }

    def fails():
        raise OperationalError("SELECT secret", {}, Exception("password=hidden"))

    monkeypatch.setitem(readiness.CHECKS, "audit_head", fails)
    answer = reader.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "checks": {"database": "ok", "migrations": "ok", "audit_head": "fails"}}


def test_every_number_for_machines_has_help_and_is_read_by_prometheus_itself(reader):
    text = reader.get("/metrics").text
    families = {each.name: each for each in text_string_to_metric_families(text)}
    assert all(name.startswith("qadam_") and family.documentation for name, family in families.items())
    found = {(s.name, *sorted(s.labels.values())): s.value for each in families.values() for s in each.samples}
    assert found["qadam_watch_state", "on"] == 1
    assert found["qadam_watch_petitions", "count", "hour"] == 17
    assert found["qadam_watch_troubles_total", "timeout"] == 2
    assert found["qadam_watch_gap_seconds",] == 7 * 3600
    assert found["qadam_watch_backfills", "running"] == 1
    assert 600 <= found["qadam_watch_since_look_seconds", "look_at_the_list"] < 3600
    assert ("qadam_watch_since_look_seconds", "look_at_those_near") not in found, "what never was is absent, not zero"


def test_numbers_for_machines_say_nothing_of_the_machine(reader):
    text = reader.get("/metrics").text
    assert not re.search(r"process_|python_|pid|host|created", text)


def test_machines_may_only_ask_what_there_is(reader):
    assert reader.get("/metrics?name=x").status_code == 400
    assert reader.post("/healthz").status_code == 405


# The log
# ------------------------------------------------------------------------------------------------------------------


def test_the_log_leaves_runs_out_until_they_are_asked_for(shipped):
    fill(clock.now())
    watching.resume(by="test", reason="nothing to resume")
    with writing():
        audit.append("watch.stopped", "watch", by="portal", reason="refused")
    db.session.remove()
    client = shipped.test_client()
    page = client.get("/en/changes?about=all").text
    assert "Official portal read by a program" not in page
    assert "Reading of the official portal stopped" in page, "who stopped it is never left out"
    [address] = re.findall(r'href="(/en/changes\?[^"]*runs=shown[^"]*)"', page)
    for path in (address.replace("&amp;", "&"), "/en/changes?about=watch"):
        assert "Official portal read by a program" in client.get(path).text
    assert "counts.polled" in client.get("/audit/chain.jsonl").text
    assert client.get("/en/changes?about=all&runs=x").status_code == 400


def test_where_nothing_was_polled_the_log_says_nothing_of_it(client):
    assert "runs=shown" not in client.get("/en/changes?about=all").text


def test_nothing_watched_is_no_zero(shipped):
    assert db.session.query(Watched).count() == 0
    page = shipped.test_client().get("/en/health").text
    assert "How fresh the petitions are" not in page

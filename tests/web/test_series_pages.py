"""Counts through time on pages and in files: what was seen is given exactly, and what nobody saw is said to be so."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from portal.db import db
from portal.domain.counts import by_day
from portal.domain.marks import MEASURED
from portal.models import Petition
from portal.services import series, series_rows, watching
from tests.given_series import (
    A_YEAR,
    CROSSED,
    GIVEN,
    NO_THRESHOLD,
    NOBODY,
    NOW,
    ONE_LOOK,
    PAST_ONLY,
    RICH,
    RUNNING,
    instant,
)
from tests.web.test_api import documented, sections
from tests.wire import CHROMIUM

pytestmark = pytest.mark.slow


@pytest.fixture
def reader(with_series):
    """A client of the record with series."""
    return with_series.test_client()


def petition_of(number):
    return db.session.query(Petition).filter_by(number=number).one()


def page_of(reader, number, lang="en"):
    """Return a page of votes as text without tags, each run of spaces one."""
    answer = reader.get(f"/{lang}/petitions/{number}/votes")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.split("<main")[1]).split())


def table_of(reader, number):
    answer = reader.get(f"/api/v1/petitions/{number}/series.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_page_says_the_count_first(reader):
    assert "22,220 signatures at 00:00 on 1 November 2024: 44.4% of 50,000." in page_of(reader, RICH)
    assert "895 signatures at 14:05 on 22 November 2026" in page_of(reader, ONE_LOOK)
    assert "The threshold is not known." in page_of(reader, NO_THRESHOLD)
    assert "0 signatures at" in page_of(reader, NOBODY)
    assert "106.8% of 50,000" in page_of(reader, CROSSED)


def test_a_list_of_signers_is_never_shown_as_seen_by_us(reader):
    alone, beside, without = (page_of(reader, number) for number in (PAST_ONLY, RICH, RUNNING))
    assert "640 signatures by the list of signers, as read on 1 August 2024" in alone
    assert "as seen by us" not in alone
    assert "rows that could not be read: 12" in beside
    assert "by the times in the list of signers" in beside
    assert "by the times in the list of signers" not in without
    assert "by the list of signers" not in page_of(reader, ONE_LOOK)


def test_gaps_are_listed_with_what_is_known_on_both_sides(reader):
    text = page_of(reader, RICH)
    assert "06.07.2024, 02:00 – 09.07.2024, 19:00" in text
    assert "What happened in between is not known" in text
    assert "There is no gap" in page_of(reader, A_YEAR)
    assert "We have not looked at this count ourselves yet." in page_of(reader, PAST_ONLY)


def test_the_forecast_is_a_range_with_its_record_or_says_why_it_is_silent(reader):
    running = page_of(reader, RUNNING)
    assert "The threshold may be reached between" in running
    assert "How often it is right is not known: too few petitions have finished" in running
    assert "The time for collecting signatures is over." in page_of(reader, RICH)
    assert "The series is too short" in page_of(reader, ONE_LOOK)


def test_marks_name_no_cause_and_say_their_measure(reader):
    text = page_of(reader, RICH)
    assert "A mark describes the curve; it names no cause." in text
    assert "Fall: every decrease of the count." in text
    assert f"{MEASURED.false_alarms} in {MEASURED.series} series, measured on" in text
    assert f"steps found: {MEASURED.steps_found}" in text


def test_the_table_of_days_holds_the_same_numbers_as_the_series(with_series, reader):
    html = reader.get(f"/en/petitions/{RICH}/votes").text
    rows = re.findall(
        r'<tr data-x="([\d.]+)"><th scope="row">([\d.]+)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>', html
    )
    with with_series.app_context():
        days = by_day(series.series_of(petition_of(RICH)))
    assert [row[1] for row in rows] == [f"{day.day:%d.%m.%Y}" for day in days]
    assert [row[3] for row in rows] == ["no data" if day.votes is None else f"{day.votes:,}" for day in days]
    places = [float(row[0]) for row in rows]
    assert places == sorted(places)


def test_a_petition_without_a_series_has_neither_page_nor_drawing(client, reader):
    assert reader.get("/en/petitions/1/votes").status_code == 404
    assert reader.get("/en/petitions/1").data == client.get("/en/petitions/1").data
    assert "chart.css" not in client.get("/en/petitions/1").text
    shown = reader.get(f"/en/petitions/{RICH}").text
    assert f"/en/petitions/{RICH}/votes" in shown
    assert "chart.css" in shown
    assert "chart.css" not in reader.get(f"/en/petitions/{RICH}?on=2024-07-01").text


def test_only_the_page_of_a_series_may_run_our_scripts(reader):
    allowed = reader.get(f"/en/petitions/{RICH}/votes").headers["Content-Security-Policy"]
    assert allowed.endswith("; script-src 'self'")
    again = reader.get(f"/en/petitions/{RICH}/votes").headers["Content-Security-Policy"]
    assert again == allowed, "from the cache, too"
    assert "script-src" not in reader.get(f"/en/petitions/{RICH}").headers["Content-Security-Policy"]
    assert "script-src" not in reader.get(f"/en/compare?petition={RICH}").headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", GIVEN)
def test_the_table_gives_every_row_that_is_kept(with_series, reader, number):
    rows = table_of(reader, number)
    with with_series.app_context():
        petition = petition_of(number)
        seen = list(series_rows.observations(petition))
        past = series_rows.past_of(petition)
        spans = series_rows.spans_of(petition)
    counts = [(row["from_utc"], int(row["count"])) for row in rows if row["row"] == "count"]
    assert counts == [(utc(at), votes) for at, votes in seen]
    hours = {row["from_utc"]: int(row["signed"]) for row in rows if row["row"] == "signed"}
    assert hours == {utc(hour * 3600): votes for hour, votes in (past.hours if past else {}).items()}
    gaps = [(row["from_utc"], row["until_utc"]) for row in rows if row["row"] == "gap"]
    assert gaps == [(utc(one.until), utc(two.since)) for one, two in pairwise(spans)]
    assert [row["from_utc"] for row in rows if row["row"] == "last_look"] == [utc(each.until) for each in spans[-1:]]
    assert all(
        re.fullmatch(r"[a-z0-9TZ:_-]*", cell) and not cell.startswith("-") for row in rows for cell in row.values()
    )
    timed = [row["from_utc"] for row in rows if row["row"] != "signed"]
    assert timed == sorted(timed)


def utc(at):
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("number", GIVEN)
def test_the_json_gives_the_same(with_series, reader, number):
    answer = reader.get(f"/api/v1/petitions/{number}/series")
    assert answer.mimetype == "application/json"
    data = json.loads(answer.text)
    rows = table_of(reader, number)
    counts = [(row["from_utc"], int(row["count"])) for row in rows if row["row"] == "count"]
    assert [(each["at"], each["votes"]) for each in data["observations"]] == counts
    gaps = [(row["from_utc"], row["until_utc"]) for row in rows if row["row"] == "gap"]
    assert [(each["since"], each["until"]) for each in data["gaps"]] == gaps
    assert data["unit"] == "signatures"
    assert data["number"] == number


def test_the_documentation_names_every_field_of_a_series(reader):
    found = [reader.get(f"/api/v1/petitions/{number}/series").get_json() for number in GIVEN]
    assert [list(each) for each in found] == [documented("A series")] * len(GIVEN)
    assert list(next(each["signed"] for each in found if each["signed"])) == documented("The list of signers")
    assert [list(each["summary"]) for each in found] == [documented("A summary")] * len(GIVEN)
    assert reader.get("/api/v1/petitions/1/series.csv").text.strip() in sections()["The table"]


def test_the_json_of_a_petition_that_nobody_watched_is_empty(reader):
    data = reader.get("/api/v1/petitions/1/series").get_json()
    assert (data["latest"], data["watched"], data["gaps"], data["signed"], data["summary"]) == (
        None,
        [],
        [],
        None,
        None,
    )
    assert data["observations"] == []
    assert table_of(reader, 1) == []
    assert reader.get("/api/v1/petitions/999/series").status_code == 404
    assert reader.get("/api/v1/petitions/999/series.csv").status_code == 404
    assert reader.get("/api/v1/petitions/3/series?from=2024-01-01").status_code == 400


def test_a_day_of_the_table_is_a_day_of_kazakhstan(reader):
    row = next(row for row in table_of(reader, ONE_LOOK) if row["row"] == "count")
    assert row == {
        "row": "count",
        "from_utc": utc(instant("2026-11-22 14:05")),
        "until_utc": "",
        "day": "2026-11-22",
        "count": "895",
        "signed": "",
    }
    late = table_of(reader, NOBODY)[0]
    assert (late["from_utc"], late["day"]) == ("2026-10-31T19:00:00Z", "2026-11-01")


def test_petitions_are_compared_without_a_script(reader):
    text = reader.get(f"/en/compare?petition={RICH}&petition={RUNNING}&petition={RICH}&petition=1").text
    assert text.count('class="chart__line chart__line--') == 2 + 2  # Each in the drawing and in the list.
    assert "We have no series of petition No. 1." in text
    assert "the day of publication" in " ".join(text.split()).lower()
    refused = reader.get("/en/compare?petition=999&petition=one")
    assert refused.status_code == 422
    assert "There is no petition with this number: one." in refused.text
    assert 'value="999"' in refused.text


def test_what_is_stored_of_a_series_makes_pages_anew(with_series):
    pages = with_series.extensions["pages"]
    with with_series.test_request_context(f"/ru/petitions/{A_YEAR}/votes"):
        before, revision = pages._key(), watching.revision()
        series.sum_up(petition_of(A_YEAR), NOW)
        assert watching.revision() == revision + 1
        assert pages._key() != before


def test_the_page_of_a_long_series_is_no_burden(reader):
    for number in GIVEN:
        answer = reader.get(f"/kk/petitions/{number}/votes", headers={"Accept-Encoding": CHROMIUM})
        assert len(answer.data) <= 15_000, number

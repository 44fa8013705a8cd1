"""The API answers as ``docs/api.md`` says, in three languages, and nothing that is asked of it makes it fall over."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal import create_app
from portal.db import db
from portal.domain.questions import Question
from portal.domain.stages import Level, Outcome, Stage
from portal.domain.texts import LANGUAGES
from portal.domain.timeline import Status
from portal.services import deadlines, petition_lists, questions
from portal.services.catalogue import catalogue

Json = dict[str, Any]

LIST = "/api/v1/petitions"
DEADLINES = "/api/v1/deadlines"
CENTRAL = "/api/v1/petitions/lgbt-propaganda-2024"

DAYS = ("2024-03-01", "2024-07-01", "2024-08-10", "2026-11-21", "2050-01-01")


def get(client: FlaskClient, path: str, **query: str) -> Json:
    """Ask, expect an answer, and return it."""
    response = client.get(path, query_string=query or None)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    body: Json = response.get_json()
    return body


def every_petition(client: FlaskClient) -> list[Json]:
    """The whole list, which fits on one page."""
    items: list[Json] = get(client, LIST, sort="number")["items"]
    return items


def everything_in(value: Any) -> Iterator[Json]:
    """Every object within an answer."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everything_in(each)


# Last days ------------------------------------------------------------------------------------------

VECTORS = [
    ("review_central", "2024-06-10", "2024-08-06", "published"),
    ("collection", "2024-05-04", "2024-11-04", "published"),
    ("review_central", "2026-03-02", "2026-05-04", "published"),
    ("review_local", "2026-04-20", "2026-05-21", "published"),
    ("review_central", "2026-10-15", "2026-12-11", "published"),
    ("review_local", "2026-12-10", "2027-01-13", "by_rule"),
]
"""The worked examples of the law for implementers, section 8."""


@pytest.mark.slow
@pytest.mark.parametrize(("stage", "start", "due", "status"), VECTORS)
def test_the_worked_examples_of_the_law(client, stage, start, due, status):
    found = get(client, DEADLINES, stage=stage, **{"from": start})
    assert (found["stage"], found["from"], found["due_on"], found["calendar_status"]) == (stage, start, due, status)
    assert found["derivation"][0] == {"day": start, "counted": False, "why": "day_of_event"}
    assert found["derivation"][-1]["day"] == due
    assert found["derivation"][-1]["counted"] is True


def test_the_fields_of_a_last_day_come_in_the_order_of_the_contract(client):
    found = get(client, DEADLINES, stage="review_central", **{"from": "2024-06-10"})
    order = ["stage", "from", "due_on", "article", "edition", "calendar_status", "derivation"]
    assert [name for name in found if name in order] == order
    assert found["article"] == "90-5(1)"
    assert found["edition"] == "2024-04-04"
    assert found["certainty"] == "A"


def test_forty_working_days_are_counted_and_the_day_for_capital_day_is_not(client):
    days = get(client, DEADLINES, stage="review_central", **{"from": "2024-06-10"})["derivation"]
    assert sum(day["counted"] for day in days) == 40
    assert {"day": "2024-07-08", "counted": False, "why": "capital_day_observed"} in days


def test_a_term_into_a_year_by_rule_says_so_in_each_language(client):
    asked = {"stage": "review_local", "from": "2026-12-10"}
    notes = {lang: get(client, DEADLINES, lang=lang, **asked)["note"] for lang in LANGUAGES}
    assert all("2027" in note for note in notes.values())
    assert len(set(notes.values())) == len(LANGUAGES)
    assert get(client, DEADLINES, stage="review_local", **{"from": "2026-04-20"})["note"] is None


def test_a_term_into_a_year_without_a_calendar_has_no_last_day(client):
    details = {}
    for lang in LANGUAGES:
        response = client.get(DEADLINES, query_string={"stage": "collection", "from": "2027-07-10", "lang": lang})
        assert response.status_code == 422
        details[lang] = response.get_json()["detail"]
        assert "2028" in details[lang]
        assert "due_on" not in response.get_json()
    assert len(set(details.values())) == len(LANGUAGES)


def test_notice_before_a_discussion_has_both_readings(client):
    found = get(client, DEADLINES, stage="public_discussion_notice", **{"from": "2024-08-02"})
    assert found["due_on"] == "2024-07-30"
    assert [(each["code"], each["due_on"]) for each in found["other_readings"]] == [("clear_days", "2024-07-29")]


def test_every_step_answers_with_a_day_or_says_why_there_is_none(client):
    with_term = {step.key for step in deadlines.steps_with_a_term()}
    for key in catalogue().statute.editions[-1].steps:
        for start in ("2024-04-04", "2024-09-01", "2026-03-02", "2026-08-25"):
            response = client.get(DEADLINES, query_string={"stage": key, "from": start})
            assert response.status_code == (200 if key in with_term else 422), (key, start, response.text)


# The central case -----------------------------------------------------------------------------------

STANDING_KEYS = [
    "as_of",
    "known_through",
    "jurisdiction",
    "stage",
    "stage_since",
    "last_sighted",
    "by_law_next",
    "outcome",
    "next_due",
    "obligations",
]
OBLIGATION_KEYS = [
    "key",
    "kind",
    "status",
    "reason",
    "article",
    "edition",
    "edition_read",
    "calendar_status",
    "observable",
    "start",
    "due",
    "met",
    "days",
    "derivation",
    "claims_matter",
]
"""Names and order of the contract between the record and its readers; further fields may follow."""


def standing(client: FlaskClient, on: str, lang: str = "en") -> tuple[Json, Mapping[str, Json]]:
    """The standing of the central case on a day, without its obligations, and these by key."""
    found = get(client, CENTRAL, on=on, lang=lang)["standing"]
    return found, {each["key"]: each for each in found.pop("obligations")}


def event_id(client: FlaskClient, kind: str) -> int:
    """The id of the only event of a kind."""
    (found,) = [each["id"] for each in get(client, CENTRAL)["events"] if each["kind"] == kind]
    return int(found)


def brief(obligations: Mapping[str, Json]) -> Mapping[str, tuple[str, str | None, int | None]]:
    """The status, the latest last day and the days of each obligation."""
    return {
        key: (each["status"], each["due"] and each["due"]["latest"], each["days"]) for key, each in obligations.items()
    }


BEFORE_REVIEW = {
    "pre_moderation": ("start_unknown", None, None),
    "initial_support": ("start_unknown", None, None),
    "conformity_check": ("start_unknown", None, None),
    "media_notice": ("not_observable", "2024-06-05", None),
    "collection": ("ended", "2024-11-29", None),
    "forwarding": ("no_term", None, None),
    "forwarding_notice": ("start_unknown", None, None),
    "registration": ("start_unknown", None, None),
}


def test_the_central_case_under_review(client):
    found, obligations = standing(client, "2024-07-01")
    assert found == {
        "as_of": "2024-07-01",
        "known_through": "2024-06-21",
        "jurisdiction": "statutory",
        "stage": "review",
        "stage_since": {"earliest": "2024-06-10", "latest": "2024-06-10", "wording": None},
        "last_sighted": None,
        "by_law_next": {"key": "decided", "from": "2024-08-07", "observed": False},
        "outcome": {"value": "unknown", "stated_by": None, "event": None, "disputed": False},
        "next_due": {"key": "review_central", "earliest": "2024-08-06", "latest": "2024-08-06"},
    }
    assert brief(obligations) == {
        **BEFORE_REVIEW,
        "review_central": ("open", "2024-08-06", 25),
        "working_group": ("met", None, None),
        "public_discussion_notice": ("not_due", None, None),
        "decision_published": ("not_due", None, None),
        "official_statement": ("not_due", None, None),
    }
    review = obligations["review_central"]
    assert {name: review[name] for name in OBLIGATION_KEYS if name != "derivation"} == {
        "key": "review_central",
        "kind": "duty",
        "status": "open",
        "reason": None,
        "article": "90-5(1)",
        "edition": "2024-04-04",
        "edition_read": True,
        "calendar_status": "published",
        "observable": True,
        "start": {"earliest": "2024-06-10", "latest": "2024-06-10"},
        "due": {"earliest": "2024-08-06", "latest": "2024-08-06"},
        "met": None,
        "days": 25,
        "claims_matter": False,
    }
    asked = get(client, DEADLINES, stage="review_central", **{"from": "2024-06-10"})
    assert review["derivation"] == asked["derivation"]


DECIDED = {
    **BEFORE_REVIEW,
    "review_central": ("met", "2024-08-06", 0),
    "working_group": ("met", None, None),
    "official_statement": ("no_term", None, None),
    "pre_trial_complaint": ("start_unknown", None, None),
}


def decided_on(client: FlaskClient, day: str) -> Json:
    """What the standing of the central case is on any day after the decision."""
    return {
        "as_of": day,
        "jurisdiction": "statutory",
        "stage": "decided",
        "stage_since": {"earliest": "2024-08-01", "latest": "2024-08-06", "wording": None},
        "last_sighted": None,
        "by_law_next": {"key": "decision_published", "from": "2024-08-02", "observed": False},
        "outcome": {
            "value": "partially_granted",
            "stated_by": "Government",
            "event": event_id(client, "decided"),
            "disputed": True,
        },
        "next_due": None,
    }


def test_the_central_case_just_decided(client):
    found, obligations = standing(client, "2024-08-10")
    assert found == {**decided_on(client, "2024-08-10"), "known_through": "2024-08-06"}
    assert brief(obligations) == {
        **DECIDED,
        "public_discussion_notice": ("ended_not_seen", "2024-07-29", -9),
        "decision_published": ("ended_not_seen", "2024-08-07", -2),
        "subject_lock": ("runs", "2025-08-06", 243),
    }
    review = obligations["review_central"]
    assert review["met"] == {"earliest": "2024-08-01", "latest": "2024-08-06"}
    assert review["claims_matter"] is True
    assert [each["days"] for each in review["readings"]] == [3, 0]


def test_the_central_case_two_years_later(client):
    found, obligations = standing(client, "2026-11-21")
    assert found.pop("known_through") >= "2025-11-06"  # The last report of what became of the studies.
    assert found == decided_on(client, "2026-11-21")
    assert brief(obligations) == {
        **DECIDED,
        "public_discussion_notice": ("ended_not_seen", "2024-07-29", -573),
        "decision_published": ("ended_not_seen", "2024-08-07", -566),
        "subject_lock": ("ended", "2025-08-06", None),
    }
    assert obligations["subject_lock"]["kind"] == "window"
    assert Status.OVERDUE not in {each["status"] for each in obligations.values()}


def test_who_states_the_outcome_is_said_in_each_language(client):
    says = {lang: standing(client, "2026-11-21", lang)[0]["outcome"]["stated_by"] for lang in LANGUAGES}
    assert says == {"kk": "Үкімет", "ru": "Правительство", "en": "Government"}
    first = standing(client, "2024-08-02")[0]["outcome"]["stated_by"]
    assert first == "Ministry of Culture and Information, as the press reports it"


def test_an_outcome_without_a_recorded_decision_is_stated_by_whoever_says_so(client):
    found = [get(client, each["url"], on="2026-11-21") for each in every_petition(client)]
    ended = [each for each in found if each["standing"]["outcome"]["value"] in ("rejected", "returned")]
    assert ended
    assert all(each["standing"]["outcome"]["stated_by"] for each in ended)


def test_the_derivation_follows_from_the_claim_that_counts(client):
    """The decision is disputed: its publication is derived from the day that the timeline counts with."""
    _, obligations = standing(client, "2024-08-10")
    days = obligations["decision_published"]["derivation"]
    assert [day["day"] for day in days] == ["2024-08-01", "2024-08-02"]
    assert [each["code"] for each in obligations["public_discussion_notice"]["other_readings"]] == ["clear_days"]


def test_the_central_record_holds_what_its_sources_say(client):
    found = get(client, CENTRAL)
    group = found["working_group"]
    assert (group["total"], group["known"], group["not_broken_down"], group["seats"]) == (45, 22, 23, [])
    assert len(found["positions"]) == 30
    assert {each["stance"] for each in found["positions"]} == {"not_stated"}
    assert {each["outcome"] for each in found["decisions"]} == {"partially_granted"}
    assert found["decisions"][-1]["demands"] == {"d1": "granted", "d2": "not_addressed"}
    decided = next(each for each in found["events"] if each["kind"] == "decided")
    assert decided["disputed"] is True
    assert {claim["latest"] for claim in decided["claims"]} >= {"2024-08-01", "2024-08-06"}
    assert [claim["counts"] for claim in decided["claims"]].count(True) == 1


# Records and lists ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_standing_has_the_shape_of_the_contract(client):
    seen = set()
    for petition in every_petition(client):
        for on in DAYS:
            found = get(client, petition["url"], on=on)["standing"]
            assert list(found) == STANDING_KEYS
            assert list(found["outcome"]) == ["value", "stated_by", "event", "disputed"]
            seen |= {name for name, value in found.items() if value}
            for name, keys in (
                ("stage_since", ["earliest", "latest", "wording"]),
                ("last_sighted", ["earliest", "latest", "stage"]),
                ("by_law_next", ["key", "from", "observed"]),
                ("next_due", ["key", "earliest", "latest"]),
            ):
                assert found[name] is None or list(found[name]) == keys
            for each in found["obligations"]:
                assert list(each)[: len(OBLIGATION_KEYS)] == OBLIGATION_KEYS
                assert each["status"] != Status.OVERDUE, (petition["register_id"], on, each["key"])
    assert seen == set(STANDING_KEYS)


def test_a_derivation_begins_with_the_start_and_ends_with_the_last_day(client):
    checked = 0
    for petition in every_petition(client):
        for each in get(client, petition["url"], on="2026-11-21")["standing"]["obligations"]:
            if each["derivation"] and each["start"]["earliest"] == each["start"]["latest"]:
                assert each["derivation"][0]["day"] == each["start"]["latest"]
                assert each["derivation"][-1]["day"] == each["due"]["latest"]
                checked += 1
            if each["due"] and each["start"]["earliest"] == each["start"]["latest"] and not each["start_inferred"]:
                assert each["derivation"], (petition["register_id"], each["key"])
    assert checked >= 10


@pytest.mark.slow
def test_every_source_that_a_record_cites_is_explained_in_it(client):
    for petition in every_petition(client):
        found = get(client, petition["url"])
        cited = {each["source"] for each in everything_in(found) if each.get("source") is not None}
        assert cited
        assert cited <= set(found["sources"])


def test_a_petition_is_found_by_number_and_by_register_id(client):
    for each in every_petition(client):
        by_number = get(client, f"{LIST}/{each['number']}")
        assert by_number == get(client, f"{LIST}/{each['register_id']}")
        assert by_number["register_id"] == each["register_id"]


def test_texts_stand_in_all_their_languages_with_marks(client):
    texts = [each for each in everything_in(get(client, CENTRAL)) if "marks" in each]
    assert len(texts) > 100
    for each in texts:
        assert set(each) >= {"kk", "ru", "en", "original", "marks"}
        assert set(each["marks"].values()) <= {"official", "press", "ours"}
        assert set(each["marks"]) == {lang for lang in each if lang not in ("original", "marks") and each[lang]}


@pytest.mark.parametrize("sort", sorted(petition_lists.SORTS))
def test_paging_visits_each_petition_once(client, monkeypatch, sort):
    whole = [each["number"] for each in get(client, LIST, sort=sort)["items"]]
    monkeypatch.setattr(petition_lists, "PAGE_SIZE", 4)
    visited = []
    page = get(client, LIST, sort=sort, lang="kk", utm_source="letter")
    while True:
        assert page["total"] == len(whole)
        assert 0 < len(page["items"]) <= 4
        visited += [each["number"] for each in page["items"]]
        if page["next"] is None:
            break
        assert "lang=kk" in page["next"]
        assert "utm_source" not in page["next"]
        page = get(client, page["next"])
    assert visited == whole
    assert sorted(visited) == sorted(set(whole))
    assert len(whole) == 19


def test_paging_keeps_the_filters(client, monkeypatch):
    whole = {each["number"] for each in get(client, LIST, level="gov")["items"]}
    monkeypatch.setattr(petition_lists, "PAGE_SIZE", 1)
    page = get(client, LIST, level="gov")
    visited = [page["items"][0]["number"]]
    while page["next"]:
        page = get(client, page["next"])
        assert page["items"][0]["level"] == "gov"
        visited.append(page["items"][0]["number"])
    assert set(visited) == whole
    assert len(visited) == len(whole) > 1


def test_each_petition_is_at_one_stage(client):
    counted = {stage: get(client, LIST, stage=stage)["total"] for stage in [*Stage, questions.ENDED_NOT_SEEN]}
    assert sum(counted.values()) == 19
    for each in get(client, LIST, stage=questions.ENDED_NOT_SEEN)["items"]:
        assert each["stage_over"] is True
    for each in get(client, LIST, stage="decided")["items"]:
        assert (each["stage"], each["stage_over"]) == ("decided", False)


@pytest.mark.parametrize(
    ("name", "values"),
    [("outcome", [*Outcome]), ("level", [*Level, "unknown"]), ("platform", ["epetition.kz", "unknown"])],
)
def test_a_filter_finds_what_has_its_value(client, name, values):
    every = every_petition(client)
    for value in values:
        expected = [each["number"] for each in every if (each[name] or "unknown") == value]
        found = [each["number"] for each in get(client, LIST, sort="number", **{name: value})["items"]]
        assert found == expected, value


@pytest.mark.slow
def test_more_filters(client):
    every = every_petition(client)
    ministry = get(client, LIST, body="mci", sort="number")["items"]
    assert ministry
    assert all("mci" in {body["id"] for body in each["addressees"]} for each in ministry if each["addressees"])
    assert [each["register_id"] for each in get(client, LIST, q="ТЁМ вейпы")["items"]] == []
    assert "vapes-2023" in {each["register_id"] for each in get(client, LIST, q="ВЕЙПЫ запрещать")["items"]}
    assert 0 < get(client, LIST, year="2024")["total"] < len(every)
    assert get(client, LIST, region="KZ-75")["total"] <= len(every)
    assert get(client, LIST, q=" ".join("а" * 100))["total"] <= len(every)


# Language, headers, errors --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [
        ({}, None, "ru"),
        ({}, "kk-KZ,ru;q=0.5", "kk"),
        ({}, "de, en;q=0.3, ru;q=0.1", "en"),
        ({"lang": "en"}, "kk", "en"),
        ({"lang": ""}, "kk", "kk"),
    ],
)
def test_the_language_is_that_of_the_address_then_of_the_reader_then_russian(client, query, header, expected):
    for path in (LIST, CENTRAL, "/api/v1/petitions/nothing"):
        headers = {"Accept-Language": header} if header else {}
        response = client.get(path, query_string=query, headers=headers)
        assert response.headers["Content-Language"] == expected
        assert "Accept-Language" in response.vary


def test_answers_are_public_and_plain(client):
    for path in (LIST, CENTRAL, f"{DEADLINES}?stage=collection&from=2024-05-04", "/api/v1/nothing"):
        response = client.get(path)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response.headers
        assert b"\\u0" not in response.data
    assert "Үкімет" in client.get(CENTRAL).text
    assert client.head(LIST).status_code == 200


def test_in_production_addresses_are_those_of_the_public_site(app):
    site = {"production": True, "secret_key": "k", "base_url": "https://qadam.example", "contact": "we@qadam.example"}
    public = create_app({**site, "database_url": app.config["SQLALCHEMY_DATABASE_URI"]})
    found = public.test_client().get(f"{LIST}/1?lang=kk", headers={"Host": "elsewhere.example"}).get_json()
    assert found["url"] == "https://qadam.example/api/v1/petitions/1"
    assert found["page"] == "https://qadam.example/kk/petitions/1"
    with public.app_context():
        db.engine.dispose()


def test_pages_of_people_have_no_headers_of_the_api(client):
    assert "Access-Control-Allow-Origin" not in client.get("/favicon.ico").headers


LONG = "x" * 10_000

REFUSED = [
    (f"{LIST}?stage=nonsense", 400),
    (f"{LIST}?outcome=nonsense", 400),
    (f"{LIST}?body=nonsense", 400),
    (f"{LIST}?level=nonsense", 400),
    (f"{LIST}?region=nonsense", 400),
    (f"{LIST}?platform=nonsense", 400),
    (f"{LIST}?sort=nonsense", 400),
    (f"{LIST}?year=0", 400),
    (f"{LIST}?year=9999", 400),
    (f"{LIST}?year={'9' * 400}", 400),
    (f"{LIST}?after=nonsense", 400),
    (f"{LIST}?after=2024-01-01~{'9' * 40}", 400),
    (f"{LIST}?nonsense=1", 400),
    (f"{LIST}?stage=review&stage=decided", 400),
    (f"{LIST}?q={LONG}", 400),
    (f"{LIST}?q={'x' * 201}", 400),
    (f"{LIST}?q=a%00b", 400),
    (f"{LIST}/1?on=2024-02-30", 400),
    (f"{LIST}/1?on=0000-01-01", 400),
    (f"{LIST}/1?on=9999-12-31", 400),
    (f"{LIST}/1?on=01.07.2024", 400),
    (f"{LIST}/1?on=yesterday", 400),
    (f"{LIST}/1?stage=review", 400),
    (f"{LIST}/0", 404),
    (f"{LIST}/2147483648", 404),
    (f"{LIST}/{'9' * 400}", 404),
    (f"{LIST}/nonsense", 404),
    (f"{LIST}/١", 404),
    (f"{LIST}/a%00b", 400),
    (f"{LIST}/", 404),
    ("/api/v1/nonsense", 404),
    ("/api/", 404),
    (DEADLINES, 400),
    (f"{DEADLINES}?stage=collection", 400),
    (f"{DEADLINES}?from=2024-05-04", 400),
    (f"{DEADLINES}?stage=collection&from=", 400),
    (f"{DEADLINES}?stage=collection&from=04.05.2024", 400),
    (f"{DEADLINES}?stage=collection&from=2024-13-01", 400),
    (f"{DEADLINES}?stage=collection&from=0000-00-00", 400),
    (f"{DEADLINES}?stage=collection&from=9999-12-31", 400),
    (f"{DEADLINES}?stage=collection&from=２０２４-05-04", 400),
    (f"{DEADLINES}?stage=collection&from=2024-05-04&from=2024-05-05", 400),
    (f"{DEADLINES}?stage=nonsense&from=2024-05-04", 404),
    (f"{DEADLINES}?stage=forwarding&from=2024-05-04", 422),
    (f"{DEADLINES}?stage=collection&from=2024-01-01", 422),
    (f"{DEADLINES}?stage=collection&from=2028-05-04", 422),
    (f"{DEADLINES}?stage=collection&from=2100-12-31", 422),
]


def require_problem(ask: Callable[[str], Any], status: int) -> None:
    """Require the same problem in three languages, each in its own words."""
    problems = {}
    for lang in LANGUAGES:
        response = ask(lang)
        assert response.status_code == status, response.text
        assert response.content_type == "application/problem+json"
        assert response.headers["Content-Language"] == lang
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        problems[lang] = response.get_json()
        assert list(problems[lang]) == ["type", "title", "status", "detail"]
        assert problems[lang]["status"] == status
    for name in ("title", "detail"):
        assert len({each[name] for each in problems.values()}) == len(LANGUAGES), problems


@pytest.mark.parametrize(("path", "status"), REFUSED, ids=[path[8:70] for path, _ in REFUSED])
def test_what_cannot_be_answered_is_said_in_the_reader_s_language(client, path, status):
    require_problem(lambda lang: client.get(path, headers={"Accept-Language": lang}), status)
    if "x" * 4000 not in path:
        require_problem(lambda lang: client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}"), status)


def asking(client: FlaskClient, method: str, path: str, lang: str) -> Any:
    """What is answered to a method in a language."""
    return client.open(f"{path}?lang={lang}", method=method)


@pytest.mark.parametrize("path", [LIST, CENTRAL, DEADLINES])
def test_nothing_can_be_written(client, path):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        require_problem(partial(asking, client, method, path), 405)
    assert "GET" in client.post(path).headers["Allow"]


@pytest.mark.parametrize("path", [LIST, CENTRAL, f"{DEADLINES}?stage=collection&from=2024-05-04"])
@pytest.mark.parametrize("lang", ["de", "KK", "x" * 500, "ru,en"])
def test_an_unknown_language_is_refused_in_one_that_the_reader_knows(client, path, lang):
    asked = f"{path}{'&' if '?' in path else '?'}lang={lang}"
    require_problem(lambda known: client.get(asked, headers={"Accept-Language": known}), 400)


NAMES = st.sampled_from(
    [*petition_lists.Filters.__dataclass_fields__, "list", "lang", "on", "from", "utm_source", "nonsense"]
) | st.text(st.characters(codec="utf-8"), max_size=5)
VALUES = (
    st.text(st.characters(codec="utf-8"), max_size=30)
    | st.sampled_from(
        [*Stage, *Question, *Outcome, *Level, *petition_lists.SORTS, *catalogue().statute.editions[-1].steps]
    )
    | st.sampled_from([*LANGUAGES, "unknown", "mci", "KZ-75", "%", "_", "\\", "'", '"', "\0", "a " * 100])
    | st.dates().map(str)
    | st.integers().map(str)
    | st.builds("{}~{}".format, st.dates() | st.integers() | st.text(max_size=5), st.integers() | st.text(max_size=3))
)
PATHS = st.sampled_from([LIST, f"{LIST}/1", f"{LIST}/6", f"{LIST}/nonsense", DEADLINES])
QUERIES = st.lists(st.tuples(NAMES, VALUES), max_size=4).map(urlencode) | st.text(
    st.characters(min_codepoint=33, max_codepoint=255), max_size=60
)


@pytest.mark.slow
@given(path=PATHS, query=QUERIES)
def test_no_question_makes_it_fall_over(app: Flask, path: str, query: str):
    response = app.test_client().get(path, query_string=query)
    assert response.status_code in (200, 400, 404, 422), (path, query, response.text)
    json.loads(response.data)


@given(key=st.text(st.characters(codec="utf-8"), max_size=20) | st.integers().map(str))
def test_no_name_of_a_petition_makes_it_fall_over(app: Flask, key: str):
    response = app.test_client().get(f"{LIST}/{key}")
    assert response.status_code in (200, 308, 400, 404), (key, response.text)


@given(stage=st.sampled_from([*catalogue().statute.editions[-1].steps]), start=st.dates())
def test_any_day_of_any_step_is_answered_or_refused(app: Flask, stage: str, start: Any):
    response = app.test_client().get(DEADLINES, query_string={"stage": stage, "from": start.isoformat()})
    assert response.status_code in (200, 400, 422), (stage, start, response.text)


# The documentation ----------------------------------------------------------------------------------

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def sections() -> Mapping[str, str]:
    """The text under each heading of the documentation, by the words of the heading."""
    parts = re.split(r"^#+ (?:[\d.]+ )?(.+)$", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def documented(section: str, kind: str = "field") -> list[str]:
    """The names in the first column of the table of fields, or of parameters, of a section."""
    table = sections()[section].split(f"| {kind} |", 1)[1].split("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)


def answered(client: FlaskClient) -> Mapping[str, list[Json]]:
    """Objects that the API answers, by the heading that documents them."""
    items = every_petition(client)
    records = [get(client, each["url"], on="2026-11-21") for each in items]
    standings = [each["standing"] for each in records]
    obligations = [each for found in standings for each in found["obligations"]]
    last_days = [get(client, DEADLINES, stage=stage, **{"from": start}) for stage, start, _, _ in VECTORS]
    events = [each for record in records for each in record["events"]]
    return {
        "The list": [get(client, LIST)],
        "A petition in the list": items,
        "The record": records,
        "A title": [each for record in records for each in record["titles"]],
        "An addressee": [each for record in records for each in record["addressees"]],
        "A demand": [each for record in records for each in record["demands"]],
        "An event": events,
        "A claim": [each for event in events for each in event["claims"]],
        "A count": [each for record in records for each in record["counts"]],
        "The working group": [record["working_group"] for record in records if record["working_group"]],
        "A position": [each for record in records for each in record["positions"]],
        "A view of a group": [each for record in records for each in record["group_views"]],
        "A decision": [each for record in records for each in record["decisions"]],
        "A source": [each for record in records for each in record["sources"].values()],
        "The standing": standings,
        "An obligation": obligations,
        "A day of a derivation": [each for found in obligations for each in found["derivation"]],
        "A last day": last_days,
    }


ELSEWHERE = {
    *("The readings", "A change on the official portal"),  # tests/web/test_official_page
    *("A series", "The list of signers", "A summary"),  # tests/web/test_series_pages
}
"""What the shipped record has no example of."""


@pytest.mark.slow
def test_the_documentation_names_every_field_and_no_other(client):
    found = answered(client)
    described = {title for title, text in sections().items() if "| field |" in text}
    assert set(found) == described - ELSEWHERE
    for section, objects in found.items():
        assert objects, section
        for each in objects:
            assert list(each) == documented(section), section


def test_the_documentation_names_every_parameter(client):
    for section, path in (("Petitions", LIST), ("One petition", CENTRAL), ("Last days", DEADLINES)):
        names = documented(section, "parameter")
        assert len(names) == len(set(names))
        for name in {*names, *petition_lists.Filters.__dataclass_fields__, "on", "from", "lang"}:
            response = client.get(path, query_string={name: "?", "lang": "en"} if name != "lang" else {"lang": "en"})
            refused = "There is no such filter" in response.text
            assert refused is (name not in names), (path, name, response.text)


EXAMPLE = re.compile(r"^GET (\S+) → (\d+)$(?:\n\n```json\n(.+?)```)?", flags=re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_documentation_are_what_is_answered(client):
    examples = EXAMPLE.findall(DOCS.read_text(encoding="utf-8"))
    assert len(examples) == 5
    for path, status, expected in examples:
        response = client.get(path)
        assert response.status_code == int(status), path
        if expected:
            assert like(response.get_json(), json.loads(expected)) == json.loads(expected), path


def test_the_example_of_a_standing_is_that_of_the_central_case(client):
    (expected,) = re.findall(r"```json\n(.+?)```", sections()["A standing"], flags=re.DOTALL)
    found = get(client, f"{LIST}/1", on="2024-07-01", lang="en")
    assert found["register_id"] == "lgbt-propaganda-2024"
    assert like(found["standing"], json.loads(expected)) == json.loads(expected)


def like(found: Any, example: Any) -> Any:
    """What was answered, with whatever the example leaves out left out."""
    if example == "…":
        return example
    if isinstance(found, dict) and isinstance(example, dict):
        return {name: like(value, example.get(name)) for name, value in found.items()}
    if isinstance(found, list) and isinstance(example, list) and len(found) == len(example):
        return [like(*pair) for pair in zip(found, example, strict=True)]
    return found

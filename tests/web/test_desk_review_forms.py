"""The forms of the review and of what surrounds it: what each puts into the record, and what it refuses in words."""

import re

import pytest

from portal.db import db
from portal.models import Proposal
from portal.services import proposals, recording, tracking

pytestmark = pytest.mark.slow

SOURCE = "https://interfax.ru/world/974714"
AT = "/desk/en/petitions/3"
"""A petition of which the record holds no sitting, group or decision."""

CITED = {"claims-0-cites-source": SOURCE}


@pytest.fixture
def editor(desk):
    return desk.client("editor")


@pytest.fixture(autouse=True)
def holds_no_transaction(desk):
    """Begin with none: a test that holds one would not see what a request wrote after it."""
    db.session.remove()


def record(number=3):
    found = tracking.record_of(tracking.by_number(number))
    db.session.remove()
    return found


def events(kind, number=3):
    return [each for each in record(number).events if each.kind == kind]


def proposed_rows():
    proposal = db.session.query(Proposal).order_by(Proposal.id.desc()).first()
    rows = recording.draft_from(proposals.content_of(proposal)).put
    db.session.remove()
    return rows


# Sittings


SITTING = {
    "what": "working_group_and_public_discussion",
    "held": "yes",
    "notified": "01.03.2026",
    "claims-0-day": "10.03.2026",
    **CITED,
    "place-en": "Astana",
    "attended": "120",
    "attended_qualifier": "at_least",
    "votes-votes_for": "20",
    "votes-abstained": "3",
}


def test_one_sitting_of_group_and_public_becomes_both_events_and_the_notice(desk, editor):
    assert desk.record(editor, f"{AT}/record/sitting", SITTING).status_code == 303
    (met,), (held,), (notified,) = (events(kind) for kind in ("group_met", "discussion_held", "discussion_notified"))
    assert held.key == f"{met.key}:discussion"
    assert (
        met.details
        == held.details
        == {
            "one_sitting": True,
            "place": met.details["place"],
            "attended": 120,
            "attended_qualifier": "at_least",
            "votes": {"for": 20, "abstained": 3},
        }
    )
    assert notified.claims[0].latest.isoformat() == "2026-03-01"
    assert notified.claims[0].source_id == met.claims[0].source_id
    assert {met.recorded_in} == {held.recorded_in, notified.recorded_in}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("at least 120 people", "for 20, abstained 3")),
        ("ru", ("за 20, воздержались 3",)),
        ("kk", ("жақтап 20, қалыс қалғаны 3",)),
    ],
)
def test_attendance_and_votes_stand_on_the_public_page(desk, editor, lang, words):
    assert desk.record(editor, f"{AT}/record/sitting", SITTING).status_code == 303
    page = desk.app.test_client().get(f"/{lang}/petitions/3").text
    for each in words:
        assert each in page


def test_a_discussion_that_was_no_part_of_the_sitting_is_taken_out_with_the_correction(desk, editor):
    desk.record(editor, f"{AT}/record/sitting", SITTING)
    (met,) = events("group_met")
    both = desk.client("editor+confirmer", "both")
    entries = {**SITTING, "what": "site_visit", "reason": "It was a visit.", "notified": ""}
    assert desk.record(both, f"{AT}/event/{met.key}/correct", entries).status_code == 303
    assert events("discussion_held") == []
    assert [each.key for each in events("site_visited")] == [met.key]


def test_a_notice_of_a_sitting_that_was_no_discussion_is_refused(desk, editor):
    answer = desk.record(editor, f"{AT}/record/sitting", {**SITTING, "what": "working_group"})
    assert answer.status_code == 422
    assert "Notice is recorded for a public discussion only." in answer.text
    assert 'value="01.03.2026"' in answer.text


def test_a_sitting_that_was_called_and_not_held_says_so(desk, editor):
    entries = {"what": "working_group", "held": "no", "claims-0-day": "10.03.2026", **CITED}
    desk.record(editor, f"{AT}/record/sitting", entries)
    assert events("group_met")[0].details == {"held": False}


# Decisions


DECISION = {
    "when-day": "10.04.2026",
    "cites-source": SOURCE,
    "outcome": "partially_granted",
    "legal_effect": "none_stated",
    "with_event": "y",
}


def test_a_decision_and_its_step_wait_for_one_confirmation(desk, editor):
    path = f"{AT}/record/decision"
    shown = desk.check(editor, path, DECISION).text
    assert "Somebody else must confirm this before it is public." in shown
    assert "The outcome becomes: granted in part." in shown
    assert desk.record(editor, path, DECISION).status_code == 303
    decision, step = proposed_rows()
    assert (decision.table, decision.values["outcome"]) == ("decision", "partially_granted")
    assert (step.key, step.values["kind"], step.values["details"]) == (
        "decision",
        "decided",
        {"outcome": "partially_granted"},
    )
    assert step.children[0].cites.source == SOURCE
    assert record().decisions == []


@pytest.mark.parametrize(
    ("status", "key"), [("draft_announced", "draft_decision"), ("preliminary", "draft_decision"), ("final", "decision")]
)
def test_the_step_is_a_draft_where_the_speaker_calls_it_so(desk, editor, status, key):
    desk.record(editor, f"{AT}/record/decision", {**DECISION, "status": status})
    assert proposed_rows()[1].key == key


def test_a_step_that_the_timeline_has_on_that_day_is_not_recorded_again(desk, editor):
    entries = {**DECISION, "when-day": "02.08.2024", "outcome": "refused", "demands-of_d1": "refused"}
    desk.record(editor, "/desk/en/petitions/2/record/decision", entries)
    (decision,) = proposed_rows()
    assert [(each.values["demand_key"], each.values["outcome"]) for each in decision.children] == [("d1", "refused")]


def test_without_the_tick_the_decision_stands_alone(desk, editor):
    desk.record(editor, f"{AT}/record/decision", {k: v for k, v in DECISION.items() if k != "with_event"})
    assert [row.table for row in proposed_rows()] == ["decision"]


def test_an_outcome_that_does_not_fit_the_demands_is_a_warning_and_no_block(desk, editor):
    path = "/desk/en/petitions/2/record/decision"
    entries = {**DECISION, "demands-of_d1": "refused", "reason": "Another source."}
    shown = desk.check(editor, path, entries)
    assert "granted in part, but no known demand was granted" in shown.text
    assert desk.record(editor, path, entries).status_code == 303


def test_a_decision_needs_a_source_and_grounds_of_the_library(desk, editor):
    answer = desk.check(
        editor, f"{AT}/record/decision", {**DECISION, "cites-source": "", "grounds": "90-2(3)\r\n90-99"}
    )
    assert answer.status_code == 422
    assert "a decision is not recorded without one" in answer.text
    assert "The library has no such norm, or several: 90-99." in answer.text
    desk.record(editor, f"{AT}/record/decision", {**DECISION, "grounds": "90-2(3)\r\nKZ.CONST.27.1"})
    assert proposed_rows()[0].values["grounds"] == ["KZ.APPC.90-2.3", "KZ.CONST.27.1"]


# What was said


ALLEGATION = {
    "text-en": "The votes were bought.",
    "asserted_by-en": "A deputy",
    **CITED,
    "response": "none_found",
}


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"asserted_by-en": ""}, "Fill in this field in at least one language."),
        ({"claims-0-cites-source": ""}, "an allegation is not recorded without one"),
        ({"response": ""}, "Say what was answered, or that no answer was found."),
        ({"response": "text"}, "Write the answer below in at least one language."),
        ({"response_text-en": "No."}, "There is an answer below"),
    ],
)
def test_an_allegation_is_refused_without_who_asserts_it_the_source_and_the_answer(desk, editor, missing, sentence):
    answer = desk.check(editor, f"{AT}/record/allegation", {**ALLEGATION, **missing})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "The votes were bought." in answer.text


def test_an_allegation_stands_with_who_asserts_it_and_that_no_answer_was_found(desk, editor):
    assert desk.record(editor, f"{AT}/record/allegation", ALLEGATION).status_code == 303
    (found,) = events("allegation_made")
    assert found.details["response"] == "none_found"
    page = desk.app.test_client().get("/en/petitions/3/statements").text
    assert "A deputy" in page
    assert "none found" in page


def test_statements_that_do_not_fit_stand_side_by_side(desk, editor):
    entries = {"text-en": "It is final.", "about": "decision", "claims-0-speaker-en": "The minister", **CITED}
    answer = desk.record(
        editor, "/desk/en/petitions/2/record/statement", {**entries, "contradicts": "st-decision-preliminary"}
    )
    assert answer.status_code == 303
    found = next(each for each in events("statement_quoted", 2) if each.origin == "desk")
    assert found.details == {"about": "decision", "contradicts": ["st-decision-preliminary"]}
    assert "It is final." in desk.app.test_client().get("/en/petitions/2/statements").text


# The group, and who was heard


def test_a_group_whose_categories_exceed_its_total_is_a_warning(desk, editor):
    entries = {
        "total": "10",
        "cites-source": SOURCE,
        "categories-0-category": "state_agency",
        "categories-0-names-en": "Ministries",
        "categories-0-count": "12",
        "categories-0-cites-source": SOURCE,
        "seats-0-organisation": "adil-soz",
        "seats-0-category": "ngo",
        "seats-0-cites-source": SOURCE,
    }
    path = f"{AT}/record/group"
    shown = desk.check(editor, path, entries).text
    assert "the categories add up to more than the total" in shown
    assert "no source names it: Members of Parliament or a maslikhat" in shown
    assert desk.record(editor, path, entries).status_code == 303
    group = record().group
    assert (group.key, group.total, group.categories[0].count) == ("group", 10, 12)
    assert group.seats[0].organisation_id == "adil-soz"
    again = editor.get(path)
    assert (again.status_code, again.headers["Location"]) == (303, f"{AT}/working_group/group/correct")


def test_a_seat_is_an_organisation_or_a_role_and_a_category_has_a_name(desk, editor):
    entries = {
        "categories-0-category": "ngo",
        "seats-0-organisation": "adil-soz",
        "seats-0-role-en": "Deputy",
        "seats-0-category": "ngo",
    }
    answer = desk.check(editor, f"{AT}/record/group", entries)
    assert answer.status_code == 422
    assert "Give an organisation or a public role, not both." in answer.text
    assert "what the source calls this category" in answer.text


def test_nobodys_position_is_inferred_and_each_organisation_has_one(desk, editor):
    path = f"{AT}/record/position"
    chosen = re.search(r'<option value="not_stated" selected>', editor.get(path).text)
    assert chosen
    entries = {"organisation": "adil-soz", "stance": "not_stated", "cites-source": SOURCE}
    assert desk.record(editor, path, entries).status_code == 303
    assert [(each.key, each.stance) for each in record().positions] == [("adil-soz", "not_stated")]
    again = desk.check(editor, path, entries)
    assert again.status_code == 422
    assert "is recorded already" in again.text


def test_a_view_without_a_source_is_recorded_with_a_warning(desk, editor):
    entries = {"names-en": "Cyclists", "view-en": "They are against it."}
    shown = desk.check(editor, f"{AT}/record/view", entries)
    assert "No source is named for all or part of this" in shown.text
    assert desk.record(editor, f"{AT}/record/view", entries).status_code == 303
    assert len(record().views) == 1


# After the decision


def test_only_a_report_of_an_undertaking_says_that_it_was_done(desk, editor):
    path = "/desk/en/petitions/2/record/follow-up"
    entries = {"what": "undertaken", "text-en": "Done.", "done": "y", **CITED}
    answer = desk.check(editor, path, entries)
    assert answer.status_code == 422
    assert "Only a report of an undertaking says that it was done." in answer.text
    entries = {**entries, "what": "reported", "of_which": "fu-study", "claims-0-day": "01.02.2026"}
    assert desk.record(editor, path, entries).status_code == 303
    (report,) = events("follow_up_reported", 2)
    assert report.details == {"of": "fu-study", "done": True}
    assert "1 February 2026: Done. The report says that it was done." in editor.get(path).text


def test_an_undertaking_has_bodies_a_last_day_and_a_state_as_of_a_day(desk, editor):
    entries = {
        "what": "undertaken",
        "text-en": "A study.",
        "responsible-0": "mohc",
        "until": "01.02.2027",
        "state-en": "It goes on.",
        "as_of": "01.11.2026",
        **CITED,
    }
    desk.record(editor, f"{AT}/record/follow-up", entries)
    (found,) = events("follow_up_set")
    assert found.details["responsible"] == ["mohc"]
    assert (found.details["until"], found.details["as_of"]) == ("2027-02-01", "2026-11-01")
    assert found.key.startswith("follow_up:")


def test_a_letter_takes_its_day_from_when_it_was_sent(desk, editor):
    entries = {
        "what": "state_reply",
        "ref": "No. 7",
        "signed": "01.02.2026",
        "sent": "03.02.2026",
        "cites-source": SOURCE,
    }
    desk.record(editor, f"{AT}/record/communication", entries)
    (letter,) = events("communication_sent")
    assert letter.claims[0].latest.isoformat() == "2026-02-03"
    assert letter.details == {"type": "state_reply", "ref": "No. 7", "signed": "2026-02-01", "sent": "2026-02-03"}


def test_a_court_case_says_whether_it_concerns_the_petition_only_where_a_source_does(desk, editor):
    entries = {"court-en": "A court", "text-en": "A claim", **CITED}
    desk.record(editor, f"{AT}/record/case", {**entries, "concerns": "no"})
    assert events("court_ruled")[0].details["concerns_petition"] is False
    desk.record(editor, f"{AT}/record/case", {**entries, "concerns": ""})
    assert "concerns_petition" not in events("court_ruled")[1].details

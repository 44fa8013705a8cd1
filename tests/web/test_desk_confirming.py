"""What one person proposes and another confirms: seen in full before it is public, and settled once."""

import re

import pytest

from portal.db import db
from portal.models import Petition, Proposal
from portal.services import audit_check, proposals, tracking

pytestmark = pytest.mark.slow

SOURCE = "https://interfax.ru/world/974714"
NEW = "/desk/en/petitions/2/record/decision"
CORRECTION = "/desk/en/petitions/2/event/published/correct"
"""A form that a confirmer may open."""

ENTRIES = {
    "status": "final",
    "when-day": "09.08.2024",
    "cites-source": SOURCE,
    "outcome": "refused",
    "stated_by-en": "Ministry of Trade and Integration",
    "demands-of_d1": "refused",
    "legal_effect": "unknown",
    "with_event": "y",
}


@pytest.fixture
def editor(desk):
    return desk.client("editor")


@pytest.fixture
def confirmer(desk):
    return desk.client("confirmer")


@pytest.fixture
def proposed(desk, editor):
    """A decision on petition 2 that waits for a second person; the timeline's own step changes with it."""
    saved = desk.record(editor, NEW, {**ENTRIES, "reason": "Another source names this day."})
    assert saved.status_code == 303, saved.text
    return the_last_of("test-editor")


def the_last_of(account):
    """Return the number of what an account proposed last, and hold no transaction that would hide what follows."""
    found = db.session.query(Proposal).filter_by(proposed_by=account).order_by(Proposal.id.desc()).first().id
    db.session.remove()
    return found


def decisions(number=2):
    found = {row.key for row in tracking.record_of(tracking.by_number(number)).decisions}
    db.session.remove()
    return found


def act(desk, client, number, what, **entries):
    """Press a button of a proposal as whoever reads its page would."""
    page = client.get(f"/desk/en/proposals/{number}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    form = NEW if client.get(NEW).status_code == 200 else CORRECTION
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)
    data = {
        "csrf_token": token[1] if token else desk.token(client, form),
        "seen": seen[1] if seen else "1",
        **entries,
    }
    return client.post(f"/desk/en/proposals/{number}/{what}", data=data)


def test_a_proposal_is_shown_field_by_field_with_its_source_and_its_effect(proposed, confirmer):
    page = confirmer.get(f"/desk/en/proposals/{proposed}").text
    for words in ("Final decision", "9 August 2024", SOURCE, "Ministry of Trade and Integration", "test-editor"):
        assert words in page, words
    assert "Restore the time zones used before 1 March 2024" in page
    assert "What confirming this does" in page
    assert "Sources disagree on the decision." in page
    assert "<ins>" in page  # The step on the timeline gets one claim more.


def test_whoever_confirms_is_warned_of_what_does_not_fit(desk, editor, confirmer):
    desk.record(editor, NEW, {**ENTRIES, "outcome": "granted", "reason": "Another source."})
    page = confirmer.get(f"/desk/en/proposals/{the_last_of('test-editor')}").text
    assert "granted in full, but not every known demand was granted" in page


def test_a_confirmed_decision_is_public_with_its_step(desk, proposed, confirmer):
    before = decisions()
    assert act(desk, confirmer, proposed, "confirm").status_code == 303
    assert len(decisions() - before) == 1
    public = desk.app.test_client().get("/api/v1/petitions/2").json
    decided = next(each for each in public["events"] if each["kind"] == "decided")
    assert "2024-08-09" in {claim["latest"] for claim in decided["claims"]}
    assert list(audit_check.verify()) == []
    page = confirmer.get(f"/desk/en/proposals/{proposed}").text
    assert "Confirmed" in page
    assert "test-confirmer" in page


def test_nobody_confirms_what_they_proposed_and_the_page_says_why(desk, proposed):
    both = desk.client("editor+confirmer", "both")
    desk.record(both, NEW, {**ENTRIES, "when-day": "12.08.2024", "reason": "Another source."})
    own = the_last_of("test-both")
    page = both.get(f"/desk/en/proposals/{own}").text
    assert "You proposed it yourself" in page
    assert "/confirm" not in page
    again = desk.client("editor+confirmer", "both")  # Another browser of the same person.
    before = decisions()
    for client in (both, again):
        answer = act(desk, client, own, "confirm")
        assert answer.status_code == 409
        assert "You cannot confirm your own entry." in answer.text
        assert act(desk, client, own, "decline", reason="No.").status_code == 409
    assert decisions() == before


def test_a_record_that_changed_meanwhile_is_shown_again_before_it_is_confirmed(desk, editor, proposed, confirmer):
    page = confirmer.get(f"/desk/en/proposals/{proposed}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)[1]
    other = desk.record(editor, "/desk/en/petitions/2/record/event/media_notified", {"claims-0-day": "25.04.2024"})
    assert other.status_code == 303
    path = f"/desk/en/proposals/{proposed}/confirm"
    answer = confirmer.post(path, data={"csrf_token": token, "seen": seen})
    assert answer.status_code == 409
    assert "The record changed while you read this" in answer.text
    assert "What changed in the record since" in answer.text
    now = re.search(r'name="seen" value="([^"]+)"', answer.text)[1]
    assert now != seen
    assert confirmer.post(path, data={"csrf_token": token, "seen": now}).status_code == 303


@pytest.mark.parametrize(("who", "what"), [("confirmer", "decline"), ("editor", "withdraw")])
def test_what_is_declined_or_taken_back_needs_a_reason_and_stays_readable(desk, proposed, who, what):
    client = desk.client(who)
    before = decisions()
    refused = act(desk, client, proposed, what)
    assert refused.status_code == 422
    assert "Fill in this field." in refused.text
    assert act(desk, client, proposed, what, reason="The source says draft.").status_code == 303
    page = client.get(f"/desk/en/proposals/{proposed}").text
    assert "The source says draft." in page
    assert "9 August 2024" in page
    assert decisions() == before
    assert act(desk, desk.client("confirmer"), proposed, "confirm").status_code == 409
    log = desk.app.test_client().get("/en/changes?about=petition/2")
    assert "The source says draft." not in log.text


def test_only_whoever_proposed_it_takes_it_back(desk, proposed):
    other = desk.client("editor", "other")
    assert act(desk, other, proposed, "withdraw", reason="Mine.").status_code == 403


def test_the_list_holds_what_waits_apart_from_ones_own(desk, editor, proposed, confirmer):
    assert "Proposed by you" in editor.get("/desk/en/proposals").text
    page = confirmer.get("/desk/en/proposals").text
    assert "Proposed by you" not in page
    assert f"/desk/en/proposals/{proposed}" in page
    act(desk, confirmer, proposed, "decline", reason="No.")
    page = confirmer.get("/desk/en/proposals").text
    assert "Nothing waits." in page
    assert "Declined" in page


def test_what_waits_is_on_no_public_page(desk, proposed):
    public = desk.app.test_client()
    for path in ("/en/petitions/2", "/en/petitions/2/changes", "/api/v1/petitions/2"):
        answer = public.get(path)
        assert "2024-08-09" not in answer.text
        assert "9 August 2024" not in answer.text


def test_a_proposal_that_there_is_none_of_is_not_found(confirmer):
    assert confirmer.get("/desk/en/proposals/999").status_code == 404
    assert db.session.query(Petition).count() == 19


def test_a_campaign_that_waits_is_shown_with_what_it_would_change(desk, confirmer):
    made = proposals.propose("campaign/c1", {"content": {}, "instead_of": None, "reason": None}, by="test-other")
    number = made.id
    db.session.remove()
    assert "Campaign c1: The call of 2024" in confirmer.get("/desk/en/proposals").text
    page = confirmer.get(f"/desk/en/proposals/{number}").text
    assert "It cannot be confirmed as it is:" in page
    assert f"/proposals/{number}/confirm" not in page

"""Campaigns at the desk: drafts that stay hidden, two people to open, one to close, and nothing changed in place."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from portal import clock
from portal.db import db, writing
from portal.domain.campaign_refusals import (
    CampaignUnready,
    NothingToClose,
    NothingToPropose,
    OpeningPassed,
    ProposalWaits,
)
from portal.domain.campaigns import State
from portal.domain.refusals import AlreadySettled, ChangedMeanwhile, NothingChanged, OwnProposal, ReasonMissing
from portal.models import CampaignVersion
from portal.services import audit, audit_check, campaign_desk, campaigns, proposals, tracking
from portal.services.campaign_differences import Difference, differences, stale
from portal.services.campaign_flaws import doubts_of, flaws_of, readable

pytestmark = pytest.mark.slow

AIDA, BEREN, DANA = "aida", "beren", "dana"
TODAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def on(monkeypatch):
    """Set the day in Kazakhstan."""

    def set_day(day):
        monkeypatch.setattr(clock, "today", lambda: day)

    set_day(TODAY)
    return set_day


def said(words):
    return {"kk": f"{words} қазақша", "ru": f"{words} по-русски", "en": words}


def call(**changes):
    """Return a campaign that is ready to open; a change to None takes a key out."""
    whole = {
        "petition": "lgbt-propaganda-2024",
        "whose": {"name": said("Park friends"), "about": said("A club.")},
        "title": said("Ask about the park"),
        "lead": said("One may ask."),
        "why": [{"text": said("Trees."), "source": "source:000"}],
        "steps": [{"text": said("Write.")}],
        "kind": "measures",
        "items": ["F-04"],
        "attribution": said("Ours."),
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


def draft(content=None, campaign_id=None, by=AIDA):
    work = campaign_desk.of(campaign_id) if campaign_id else None
    return campaign_desk.save(campaign_id, content or call(), by=by, seen=work.seen if work else 0)


def propose(campaign_id, by=AIDA, reason=None):
    return campaign_desk.propose(campaign_id, by=by, seen=campaign_desk.of(campaign_id).seen, reason=reason)


def opened(content=None):
    made = draft(content).campaign
    campaign_desk.confirm(propose(made).id, by=BEREN)
    return made


def served(campaign_id):
    """Return what the public has of a campaign."""
    return campaign_desk.of(campaign_id).served or {}


def actions(campaign_id):
    return [entry.action for entry in audit.entries_of(f"campaign/{campaign_id}")]


def is_whole():
    return [finding.sentence for finding in audit_check.verify()] == []


# Drafts


def test_the_next_campaign_never_has_the_number_of_a_file_or_of_an_earlier_one(shipped):
    assert [draft().campaign for _ in range(3)] == ["c3", "c4", "c5"]


def test_a_draft_is_public_nowhere(shipped):
    made = draft(call(open="2026-11-30")).campaign
    assert campaigns.by_id(made) is None
    assert made not in [each.id for each, _ in campaigns.shown(TODAY, ())]
    entry = audit.entries_of(f"campaign/{made}")[0]
    assert (entry.action, entry.by) == ("campaign.drafted", AIDA)
    assert "park" not in entry.after.lower()
    assert campaigns.version_of({**call(open="2026-11-30"), "id": made}) in entry.after


def test_a_draft_may_lack_almost_everything(shipped):
    made = draft({"title": {"ru": "Спросите"}}).campaign
    flaws = flaws_of(made, campaign_desk.of(made).latest, TODAY)
    assert not [flaw for flaw in flaws if flaw.stops_saving]
    found = {(flaw.code, flaw.where) for flaw in flaws}
    for where in (("petition",), ("whose", "name"), ("lead",), ("why",), ("steps",), ("kind",), ("attribution",)):
        assert ("missing", where) in found
    (title,) = [flaw for flaw in flaws if flaw.where == ("title",)]
    assert (title.code, title.facts["languages"]) == ("language_missing", ("kk", "en"))


def test_each_save_is_another_version_and_what_says_the_same_is_none(shipped):
    made = draft().campaign
    draft(call(lead=said("Another.")), made)
    draft(call(lead=said("Another.")), made)
    versions = campaign_desk.versions(made)
    assert [each.content["lead"]["en"] for each in versions] == ["Another.", "One may ask."]
    assert versions[1].retired_in == versions[0].recorded_in
    assert actions(made) == ["campaign.drafted"] * 2


def test_who_saves_over_a_draft_that_changed_meanwhile_is_told(shipped):
    made = draft().campaign
    seen = campaign_desk.of(made).seen
    later = campaign_desk.save(made, call(lead=said("Hers.")), by=BEREN, seen=seen)
    with pytest.raises(ChangedMeanwhile) as refused:
        campaign_desk.save(made, call(lead=said("His.")), by=AIDA, seen=seen)
    assert refused.value.sequences == (later.recorded_in,)
    assert campaign_desk.of(made).latest["lead"]["en"] == "Hers."


# What stands in the way


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"petition": "no-such"}, "no_such_petition", ("petition",)),
        ({"why": [{"text": said("So."), "source": "nowhere"}]}, "no_such_source", ("why", 0, "source")),
        ({"press": ["source:000", "nowhere"]}, "no_such_source", ("press", 1)),
        ({"items": ["F-04", "G-04"], "kind": "question"}, "items_not_offered", ("items",)),
        ({"successor": "c9"}, "no_such_campaign", ("successor",)),
        ({"whose": {**call()["whose"], "url": "javascript:alert(1)"}}, "no_address", ("whose", "url")),
        ({"closed": "2026-11-01"}, "states_out_of_order", ("closed",)),
        ({"closing": "2027-01-01"}, "states_out_of_order", ("closed",)),
        ({"open": "2026-11-30"}, "opening_passed", ("open", "day")),
        ({"lead": {"ru": "Так.", "en": "So."}}, "language_missing", ("lead",)),
        ({"kind": None}, "missing", ("kind",)),
        ({"letter": {"about": {"text": said("So.")}, "arguments": []}}, "not_understood", ("letter", "arguments")),
    ],
)
def test_what_is_missing_or_wrong_names_its_place_and_stops_the_opening(shipped, changes, code, where):
    made = draft(call(**changes)).campaign
    assert (code, where) in [(flaw.code, flaw.where) for flaw in flaws_of(made, campaign_desk.of(made).latest, TODAY)]
    with pytest.raises(CampaignUnready):
        propose(made)


def test_a_campaign_of_the_past_may_be_told_with_the_days_it_had(shipped):
    made = draft(call(open={"by": "2024-07-01"}, closed={"by": "2024-09-01"})).campaign
    assert flaws_of(made, campaign_desk.of(made).latest, TODAY) == []


def test_contested_words_and_exclamations_are_looked_at_again(shipped):
    words = {"kk": "«Насихат» туралы.", "ru": "О «пропаганде» и пропаганде.", "en": "About “propaganda”!"}
    campaign, _ = readable({**call(lead=words), "id": "c3"})
    found = [(doubt.code, doubt.facts["lang"]) for doubt in doubts_of(campaign)]
    assert found == [("contested", "ru"), ("exclaims", "en")]


# Two people


def test_a_second_person_opens_it_and_it_is_public_at_once(shipped):
    made = draft().campaign
    proposal = propose(made)
    assert campaigns.by_id(made) is None
    campaign_desk.confirm(proposal.id, by=BEREN)
    found = campaigns.by_id(made)
    assert found.states.on(TODAY) is State.OPEN
    assert found.open == TODAY
    work = campaign_desk.of(made)
    assert (work.draft, work.proposal) == (None, None)
    assert actions(made) == ["campaign.drafted", "proposal.made", "campaign.opened"]
    assert is_whole()


def test_nobody_opens_alone(shipped):
    made = draft().campaign
    proposal = propose(made)
    with pytest.raises(OwnProposal):
        campaign_desk.confirm(proposal.id, by=AIDA)
    assert campaigns.by_id(made) is None


def test_the_database_itself_refuses_one_person_for_both(shipped):
    proposal = propose(draft().campaign)
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(
            text(
                "UPDATE proposal SET state='confirmed', settled_by=proposed_by, settled_at=1, settled_in=1 WHERE id=:id"
            ),
            {"id": proposal.id},
        )


def test_a_second_confirmation_finds_it_settled(shipped):
    proposal = propose(draft().campaign)
    campaign_desk.confirm(proposal.id, by=BEREN)
    with pytest.raises(AlreadySettled):
        campaign_desk.confirm(proposal.id, by=DANA)


def test_one_proposal_waits_at_a_time_and_the_exact_content_is_what_opens(shipped):
    made = draft().campaign
    proposal = propose(made)
    draft(call(lead=said("Changed after.")), made)
    with pytest.raises(ProposalWaits):
        propose(made)
    campaign_desk.confirm(proposal.id, by=BEREN)
    assert campaigns.by_id(made).lead.by_language["en"] == "One may ask."
    assert campaign_desk.of(made).draft.content["lead"]["en"] == "Changed after."


def test_what_is_withdrawn_or_declined_stays_a_draft(shipped):
    made = draft().campaign
    proposals.withdraw(propose(made).id, by=AIDA, reason="A slip.")
    proposals.decline(propose(made).id, by=BEREN, reason="Not neutral.")
    assert campaigns.by_id(made) is None
    assert campaign_desk.of(made).draft is not None
    assert "Not neutral" not in "".join(audit_check.exported())


def test_a_day_of_opening_that_passed_meanwhile_is_refused(shipped, on):
    made = draft(call(open="2026-12-02")).campaign
    proposal = propose(made)
    on(date(2026, 12, 3))
    with pytest.raises(OpeningPassed):
        campaign_desk.confirm(proposal.id, by=BEREN)
    on(date(2026, 12, 2))
    campaign_desk.confirm(proposal.id, by=BEREN)
    assert campaigns.by_id(made).states.on(date(2026, 12, 2)) is State.OPEN


def test_there_must_be_something_to_propose(shipped):
    with pytest.raises(NothingToPropose):
        propose("c2", reason="None.")
    made = opened()
    with pytest.raises(NothingChanged):
        draft({**served(made)}, made)


def test_a_correction_of_what_is_public_names_its_reason_and_keeps_what_stood(shipped, on):
    made = opened()
    on(date(2026, 12, 5))
    draft({**served(made), "lead": said("Corrected.")}, made)
    with pytest.raises(ReasonMissing):
        propose(made)
    campaign_desk.confirm(propose(made, reason="The lead was unclear.").id, by=BEREN)
    assert campaigns.by_id(made).lead.by_language["en"] == "Corrected."
    entry = audit.entries_of(f"campaign/{made}")[-1]
    assert (entry.action, entry.reason) == ("campaign.corrected", "The lead was unclear.")
    public = [each.content["lead"]["en"] for each in campaign_desk.versions(made) if each.is_public]
    assert public == ["Corrected.", "One may ask."]


# Closing


def test_one_person_closes_with_a_reason(shipped):
    made = opened()
    with pytest.raises(ReasonMissing):
        campaign_desk.close(made, by=AIDA, reason="")
    campaign_desk.close(made, by=AIDA, reason="The owner asked.")
    assert campaigns.by_id(made).states.on(TODAY) is State.CLOSED
    with pytest.raises(NothingToClose):
        campaign_desk.close(made, by=AIDA, reason="Again.")


def test_what_is_only_announced_never_opens_once_it_is_closed(shipped):
    made = opened(call(open="2026-12-20"))
    campaign_desk.close(made, by=AIDA, reason="Taken back.")
    assert campaigns.by_id(made).states.on(date.max) is State.DRAFT


def test_a_correction_proposed_before_the_closing_does_not_open_it_again(shipped):
    made = opened()
    draft({**served(made), "lead": said("Corrected.")}, made)
    proposal = propose(made, reason="Clearer.")
    campaign_desk.close(made, by=DANA, reason="At once.")
    with pytest.raises(ChangedMeanwhile):
        campaign_desk.confirm(proposal.id, by=BEREN)
    assert campaigns.by_id(made).states.on(TODAY) is State.CLOSED


def test_the_version_of_the_desk_stands_in_the_place_of_the_file(shipped):
    campaign_desk.close("c2", by=AIDA, reason="Answered.")
    assert campaigns.by_id("c2").states.on(TODAY) is State.CLOSED
    assert campaigns.by_id("c2").title == campaigns.of_files()["c2"].title
    assert campaign_desk.of("c2").file["closed"] == "2027-06-01"
    entry = audit.entries_of("campaign/c2")[-1]
    assert (entry.action, entry.reason) == ("campaign.closed", "Answered.")
    assert '"closed":"2027-06-01"' in entry.before
    assert '"closed":"2026-12-01"' in entry.after


# What the public side reads


def test_letters_take_what_an_open_campaign_of_the_desk_chose(shipped):
    campaign_desk.close("c2", by=AIDA, reason="Another one follows.")
    assert campaigns.preselected({"lgbt-propaganda-2024", "1"}, "measures", TODAY, ()) == ()
    made = opened(call(items=["D-04"]))
    assert campaigns.preselected({"lgbt-propaganda-2024", "1"}, "measures", TODAY, ()) == ("D-04",)
    assert campaigns.preselected({"lgbt-propaganda-2024", "1"}, "measures", TODAY, {made}) == ()


def test_a_campaign_of_the_desk_can_be_withheld(shipped):
    made = draft().campaign
    campaigns.require_known({made, "c1"})
    with pytest.raises(campaigns.CampaignUnknown):
        campaigns.require_known({"c4"})


def test_a_version_that_this_release_cannot_read_is_not_shown_and_takes_no_page_down(shipped, caplog):
    campaign_desk.close("c2", by=AIDA, reason="Answered.")
    db.session.execute(text('UPDATE campaign_version SET content = json(\'{"id": "c2"}\')'))
    db.session.commit()
    with writing():
        audit.append("test.done", "test/1", by="system")
    assert [each.id for each in campaigns.campaigns()] == ["c1"]
    assert "c2" in caplog.text


def test_a_petition_without_an_id_of_the_register_is_named_by_its_number(shipped):
    petition = tracking.by_number(7)
    with writing() as session:
        session.get(type(petition), petition.id).register_id = None
    assert campaigns.petition_named("7").number == 7
    made = opened(call(petition="7", items=None))
    assert campaigns.by_id(made).petition == "7"


def test_what_stands_twice_as_current_is_refused_by_the_database(shipped):
    made = opened()
    row = campaign_desk.of(made).public
    again = {"campaign": made, "is_public": True, "content": row.content, "recorded_at": row.recorded_at}
    with pytest.raises(IntegrityError), writing() as session:
        session.add(CampaignVersion(**again, recorded_by=AIDA, recorded_in=row.recorded_in))


# Differences


def test_a_difference_names_its_place_and_language():
    before, after = call(), call(lead={**said("One may ask."), "ru": "Можно спросить."}, kind="question")
    assert differences(before, after) == [
        Difference(("lead",), "ru", "One may ask. по-русски", "Можно спросить."),
        Difference(("kind",), None, "measures", "question"),
    ]


def test_a_day_that_may_be_earlier_differs_from_that_very_day():
    found = differences({"open": {"by": "2024-07-08"}, "closed": {"by": "2024-09-05"}}, {"open": "2024-07-08"})
    assert found == [
        Difference(("open",), None, "../2024-07-08", "2024-07-08"),
        Difference(("closed",), None, "../2024-09-05", None),
    ]


def test_an_entry_put_between_others_is_told_alone():
    one, two, new = ({"text": {"en": each}} for each in ("One.", "Two.", "New."))
    found = differences({"why": [one, two]}, {"why": [one, new, two]})
    assert found == [Difference(("why", 1, "text"), "en", None, "New.")]


def test_a_translation_is_stale_when_its_original_changed_and_it_did_not():
    first = {"title": {"ru": "Раз", "kk": "Бір", "original": "ru"}}
    second = {"title": {"ru": "Два", "kk": "Бір", "original": "ru"}}
    third = {"title": {"ru": "Два", "kk": "Екі", "original": "ru"}}
    assert stale([first, second]) == [(("title",), "kk")]
    assert stale([first, second, third]) == []
    assert stale([{"title": {"ru": "Раз", "kk": "Бір"}}, {"title": {"ru": "Два", "kk": "Бір"}}]) == []

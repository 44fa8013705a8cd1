"""Recording at the desk: one step, one entry, nothing edited in place, and two people for a decision."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.db import db
from portal.domain.refusals import (
    AlreadySettled,
    ChangedMeanwhile,
    NothingChanged,
    OwnProposal,
    ReasonMissing,
    RowMissing,
    SourceMissing,
)
from portal.domain.stages import Jurisdiction, Stage
from portal.domain.texts import Text
from portal.models import AuditEntry, Event, Petition, Proposal
from portal.services import audit, audit_check, proposals, recording, register, tracking
from portal.services.catalogue import REGISTER
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row

DAY = date(2026, 11, 20)
EDITOR, OTHER = "editor-1", "editor-2"


def claim(day, *, source=None, **values):
    given = {"earliest": day, "latest": day, "wording": None, "derived": False, "counts": False}
    return Row("claim", "", {**given, "speaker": None, "note": None, **values}, Citation(source))


def event(kind, day, key=None, **values):
    given = {"kind": kind, "text": None, "note": None, "details": None, **values}
    return Row("event", key or kind, given, children=(claim(day),))


@pytest.fixture
def petition(shipped):
    """A petition of which the record holds nothing that decides it."""
    saved = recording.found(
        {"jurisdiction": Jurisdiction.STATUTORY, "level": "gov", "label": Text.of(en="A test", ru="Проба", kk="Сынақ")},
        [event("filed", date(2026, 9, 1))],
        by=EDITOR,
    )
    return db.session.scalar(select(Petition).where(Petition.recorded_in == saved.sequence))


def draft(petition, *rows, action="event.recorded", **facts):
    return Draft(petition.number, petition.changed_in, action, tuple(rows), **facts)


def test_a_recorded_event_stands_at_once_and_has_one_entry(petition):
    entries = audit.head()[0]
    saved = recording.record(draft(petition, event("moderation_passed", DAY)), by=EDITOR)
    entry = db.session.get_one(AuditEntry, saved.sequence)
    assert audit.head()[0] == entries + 1
    assert (entry.by, entry.action, entry.subject) == (EDITOR, "event.recorded", f"petition/{petition.number}")
    standing = tracking.standing_of(tracking.record_of(petition), DAY)
    assert standing.stage is not Stage.PRE_MODERATION
    assert petition.changed_in == saved.sequence
    assert list(audit_check.verify()) == []


def test_a_correction_needs_a_reason_and_keeps_what_stood(petition):
    wrong = event("moderation_passed", DAY)
    recording.record(draft(petition, wrong), by=EDITOR)
    right = event("moderation_passed", date(2026, 11, 19))
    with pytest.raises(ReasonMissing):
        recording.record(draft(petition, right, action="event.corrected"), by=OTHER)
    recording.record(draft(petition, right, action="event.corrected", reason="The page says 19."), by=OTHER)
    known = select(Event).where(Event.petition_id == petition.id, Event.key == wrong.key)
    rows = db.session.scalars(known.order_by(Event.id)).all()
    assert [row.retired_in is None for row in rows] == [False, True]
    assert rows[0].claims[0].latest == DAY


@pytest.mark.slow
def test_a_withdrawn_row_is_kept_and_no_file_brings_it_back(shipped):
    petition = tracking.by_number(1)
    row = tracking.record_of(petition).events[0]
    taken = draft(petition, action="event.withdrawn", take=(("event", row.key),), reason="Not in the source.")
    recording.record(taken, by=EDITOR)
    petition.digest = "0" * 64  # As if the file had changed elsewhere.
    db.session.commit()
    report = register.load(REGISTER)
    assert any("withdrawn at the desk" in clash for clash in report.clashes)
    assert row.key not in {each.key for each in tracking.record_of(petition).events}


def test_whoever_read_an_older_record_is_told_what_changed_under_them(petition):
    mine = draft(petition, event("moderation_passed", DAY))
    first = recording.record(draft(petition, event("initial_support_opened", DAY)), by=OTHER)
    with pytest.raises(ChangedMeanwhile) as refusal:
        recording.record(mine, by=EDITOR)
    assert refusal.value.sequences == (first.sequence,)
    recording.record(replace(mine, seen=first.sequence), by=EDITOR)
    kinds = {each.kind for each in tracking.record_of(petition).events}
    assert {"filed", "initial_support_opened", "moderation_passed"} <= kinds


def test_saving_the_same_again_is_refused_and_writes_nothing(petition):
    recording.record(draft(petition, event("moderation_passed", DAY)), by=EDITOR)
    head = audit.head()
    with pytest.raises(NothingChanged):
        recording.record(draft(petition, event("moderation_passed", DAY)), by=EDITOR)
    assert audit.head() == head


def test_what_a_fact_cites_must_be_in_the_record(petition):
    row = Row("event", "filed:x", event("filed", DAY).values, children=(claim(DAY, source="https://nowhere.example"),))
    head = audit.head()
    with pytest.raises(SourceMissing):
        recording.record(draft(petition, row), by=EDITOR)
    assert audit.head() == head


def test_what_is_not_there_cannot_be_withdrawn(petition):
    with pytest.raises(RowMissing):
        recording.record(draft(petition, take=(("event", "decided"),), reason="No."), by=EDITOR)


def test_a_preview_says_what_a_change_would_do_and_does_nothing(petition):
    head = audit.head()
    effect = recording.preview(draft(petition, event("moderation_passed", DAY)), DAY)
    assert effect.before.stage != effect.after.stage
    db.session.expire_all()
    assert audit.head() == head
    assert petition.stage == effect.before.stage.value
    assert len(tracking.record_of(petition).events) == 1


# Two people


def decided(petition):
    return draft(petition, event("decided", DAY, details={"outcome": "refused"}), action="decision.recorded")


def test_a_decision_is_not_in_the_record_until_somebody_else_confirms_it(petition):
    saved = recording.record(decided(petition), by=EDITOR)
    assert saved.proposal
    assert petition.stage != "decided"
    made = db.session.get_one(AuditEntry, saved.sequence)
    assert "refused" not in made.after
    recording.confirm(saved.proposal, seen=petition.changed_in, by=OTHER)
    assert petition.stage == "decided"
    assert petition.outcome == "refused"
    assert proposals.waiting() == []
    assert list(audit_check.verify()) == []


def test_nobody_confirms_or_declines_what_they_proposed(petition):
    saved = recording.record(decided(petition), by=EDITOR)
    with pytest.raises(OwnProposal):
        recording.confirm(saved.proposal, seen=petition.changed_in, by=EDITOR)
    with pytest.raises(OwnProposal):
        proposals.decline(saved.proposal, by=EDITOR, reason="No.")
    assert petition.stage != "decided"


def test_the_database_itself_refuses_one_person_for_both(petition):
    saved = recording.record(decided(petition), by=EDITOR)
    change = (
        update(Proposal)
        .where(Proposal.id == saved.proposal)
        .values(state="confirmed", settled_by=EDITOR, settled_at=Proposal.proposed_at, settled_in=Proposal.proposed_in)
    )
    with pytest.raises(IntegrityError, match="two_people"):
        db.session.execute(change)
    db.session.rollback()


def test_a_proposal_is_settled_once(petition):
    saved = recording.record(decided(petition), by=EDITOR)
    proposals.decline(saved.proposal, by=OTHER, reason="The source says draft.")
    with pytest.raises(AlreadySettled):
        recording.confirm(saved.proposal, seen=petition.changed_in, by=OTHER)
    with pytest.raises(AlreadySettled):
        proposals.withdraw(saved.proposal, by=EDITOR, reason="Mine.")


def test_taking_a_decision_back_needs_two_people_too(petition):
    saved = recording.record(decided(petition), by=EDITOR)
    recording.confirm(saved.proposal, seen=petition.changed_in, by=OTHER)
    again = recording.record(
        draft(petition, action="event.withdrawn", take=(("event", "decided"),), reason="It was a draft."), by=OTHER
    )
    assert again.proposal
    assert petition.stage == "decided"


def test_several_drafts_are_recorded_all_or_none(petition):
    head = audit.head()
    good = Draft(petition.number, None, "event.recorded", (event("moderation_passed", DAY),))
    bad = Draft(petition.number, None, "event.withdrawn", take=(("event", "nothing"),), reason="No.")
    with pytest.raises(RowMissing):
        recording.record_all([good, bad], by=EDITOR)
    assert audit.head() == head

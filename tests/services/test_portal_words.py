"""The words of the official portal: what is said of them has a reason, is public, and acts on every reading."""

import pytest

from portal import clock
from portal.db import db, writing
from portal.domain.refusals import ChangedMeanwhile, NothingChanged, ReasonMissing, RowMissing
from portal.models import AuditEntry, OfficialReading, Petition, PortalWord, WatchState
from portal.models.watch import WordKind
from portal.services import audit, looks, portal_words, tracking, watch_stops, watching
from tests.fixtures.polled import STATE, fill

pytestmark = pytest.mark.slow

FIELD = WordKind.FIELD


def last():
    return db.session.query(AuditEntry).order_by(AuditEntry.sequence.desc()).first()


def settle(meaning, kind=WordKind.STATE, word=STATE, reason="asked the operator", **asked):
    return portal_words.settle(kind, word, meaning, by="anna", reason=reason, **asked)


@pytest.fixture(autouse=True)
def polled_record(shipped):
    fill(clock.now())
    with writing() as session:
        session.add(PortalWord(kind="field", word="applied", first_seen_at=clock.now()))


def test_a_word_that_nobody_explained_is_told_with_how_many_bear_it():
    [state, field] = portal_words.every()
    assert (state.word, state.meaning, state.petitions) == (STATE, None, 3)
    assert (field.word, field.petitions) == ("applied", None)
    assert len(portal_words.unsettled()) == 2
    assert [each.petition.number for each in portal_words.bearing(STATE)] == [1, 2, 3]


def test_what_is_said_is_one_entry_with_its_reason():
    before = audit.head()[0]
    settle("review")
    assert audit.head()[0] == before + 1
    entry = last()
    assert (entry.action, entry.by, entry.reason) == ("portal_word.settled", "anna", "asked the operator")
    assert entry.subject == f"portal_word/state/{STATE}"
    assert entry.before is None
    assert '"meaning":"review"' in entry.after
    assert portal_words.meaning_of(WordKind.STATE, STATE) == "review"
    assert [each.word for each in portal_words.unsettled()] == ["applied"]


def test_a_correction_names_what_stood_before_and_may_take_it_back():
    settle("review")
    first = audit.head()[0]
    settle(None, seen=first, reason="it was another state")
    entry = last()
    assert (entry.action, entry.before) == ("portal_word.corrected", '{"meaning":"review"}')
    assert portal_words.meaning_of(WordKind.STATE, STATE) is None
    assert STATE in [each.word for each in portal_words.unsettled()]
    assert [each.action for each in audit.entries_of(f"portal_word/state/{STATE}")] == [
        "portal_word.settled",
        "portal_word.corrected",
    ]


def test_none_of_ours_is_an_answer_too():
    settle(portal_words.NONE)
    assert [each.word for each in portal_words.unsettled()] == ["applied"]


def test_two_people_at_once_do_not_overwrite_each_other():
    settle("review")
    with pytest.raises(ChangedMeanwhile):
        settle("decided", seen=None)
    assert portal_words.meaning_of(WordKind.STATE, STATE) == "review"


def test_what_cannot_be_said_is_refused_and_leaves_no_entry():
    before = audit.head()
    with pytest.raises(ReasonMissing):
        settle("review", reason="")
    with pytest.raises(RowMissing):
        settle("review", word="NEVER_SEEN")
    with pytest.raises(NothingChanged):
        settle(None)
    for kind, meaning in ((WordKind.STATE, "filed"), (WordKind.STATE, "unknown"), (FIELD, "review"), (FIELD, "x")):
        with pytest.raises(ValueError, match="cannot mean"):
            settle(meaning, kind=kind, word="applied" if kind is FIELD else STATE)
    assert audit.head() == before


def test_a_meaning_acts_on_readings_of_the_past_and_so_does_its_correction():
    petition = db.session.query(Petition).filter_by(number=9).one()
    at = int(clock.now().timestamp()) - 3600
    with writing() as session:
        session.add(OfficialReading(petition_id=petition.id, at=at, status=200, state=STATE))
    was = petition.stage, petition.sighted_on
    settle("review")
    db.session.expire_all()
    assert petition.sighted_on == clock.day_of(looks.instant(at))
    assert "review" in {str(look.stage) for look in tracking.record_of(petition).looks}
    settle(portal_words.NONE, seen=audit.head()[0])
    db.session.expire_all()
    assert petition.stage == was[0]
    assert "review" not in {str(look.stage) for look in tracking.record_of(petition).looks}


def test_what_would_take_too_long_at_once_is_left_to_the_night(monkeypatch):
    monkeypatch.setattr(portal_words, "AT_ONCE", 3)
    monkeypatch.setattr(portal_words, "IN_A_BATCH", 2)
    with writing() as session:
        for petition in range(1, 6):
            session.add(OfficialReading(petition_id=petition, at=1_000_000_000, status=200, state=STATE))
    assert settle("review") == 2


# Stopping by hand
# ------------------------------------------------------------------------------------------------------------------


def test_a_person_stops_the_reading_and_another_lets_it_go_on():
    with pytest.raises(ReasonMissing):
        watch_stops.stop(by="anna", reason="")
    watch_stops.stop(by="anna", reason="the operator asked")
    assert watching.stopped_since() is not None
    assert db.session.get(WatchState, 1).stopped_why == watch_stops.ASKED
    assert (last().action, last().subject, last().by) == ("watch.stopped", "watch", "anna")
    entries = audit.head()[0]
    watch_stops.stop(by="bota", reason="once more")
    assert audit.head()[0] == entries, "what is stopped is not stopped again"
    watching.resume(by="bota", reason="agreed on a pause")
    assert watching.stopped_since() is None

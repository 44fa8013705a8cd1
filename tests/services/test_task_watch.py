"""What the reading of the official portal leaves to a person: found, told in words, gone when it is done."""

from datetime import UTC, date, datetime

import pytest

from portal.db import db, writing
from portal.domain.tasks import Form, TaskKind
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import speaking
from portal.i18n.tasks import sentence
from portal.models import OfficialReading, OfficialVersion, Petition, PortalWord, Source
from portal.models.watch import WordKind
from portal.services import audit, portal_words, recording, register, tasks, watch_stops, watching
from portal.services.recording import Draft
from portal.services.register_format import BodyIn
from portal.services.register_rows import Citation, Row

pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)
AT = int(datetime(2026, 11, 18, 9, tzinfo=UTC).timestamp())


def found(kind):
    return [each for each in tasks.tasks(ON) if each.kind is kind]


@pytest.fixture
def petition(shipped):
    """Petition No. 9, on the official portal and read there."""
    with writing() as session:
        each = session.query(Petition).filter_by(number=9).one()
        each.official_uuid, each.region_code = "00000000-0000-4000-8000-000000000009", None
        each.level = "akimat_region"
        session.add(OfficialReading(petition_id=each.id, at=AT, status=200, is_decided=False))
    return each


def read(petition, at, **answer):
    with writing() as session:
        session.add(OfficialReading(petition_id=petition.id, at=at, status=200, **answer))


def version(petition, **values):
    with writing() as session:
        entry = audit.append("text.changed", "petition/9", by="portal")
        row = {"petition_id": petition.id, "read_at": entry.at, "values": values, "url": "x", "sha256": "0" * 64}
        session.add(OfficialVersion(**row, recorded_in=entry.sequence))
        session.get_one(Petition, petition.id).changed_in = entry.sequence


def test_the_shipped_record_was_never_polled_and_leaves_nothing(shipped):
    kinds = (TaskKind.STOPPED, TaskKind.PORTAL_WORD, TaskKind.PORTAL_DECISION, TaskKind.UNMATCHED)
    assert [each for kind in kinds for each in found(kind)] == []


def test_a_stop_is_a_task_until_it_goes_on(shipped):
    watching.stop(datetime(2026, 11, 19, 22, tzinfo=UTC))
    [task] = found(TaskKind.STOPPED)
    assert (task.key, task.form, task.since) == ("watch/stopped", Form.WATCH, date(2026, 11, 20))
    watching.resume(by="anna", reason="asked")
    assert not found(TaskKind.STOPPED)
    watch_stops.stop(by="anna", reason="the operator asked")
    [again] = found(TaskKind.STOPPED)
    assert (again.key, again.matter != task.matter) == (task.key, True)


def test_a_word_is_a_task_until_it_is_explained_and_again_if_that_is_taken_back(shipped):
    with writing() as session:
        session.add(PortalWord(kind="state", word="NEW", first_seen_at=datetime(2026, 11, 1, tzinfo=UTC)))
    [task] = found(TaskKind.PORTAL_WORD)
    assert (task.key, task.target, task.form) == ("word/state/NEW", ("state", "NEW"), Form.PORTAL_WORD)
    portal_words.settle(WordKind.STATE, "NEW", "review", by="anna", reason="read it")
    assert not found(TaskKind.PORTAL_WORD)
    portal_words.settle(WordKind.STATE, "NEW", None, by="anna", reason="a slip", seen=audit.head()[0])
    [again] = found(TaskKind.PORTAL_WORD)
    assert again.key == task.key


def test_a_decision_that_the_portal_shows_is_a_task_until_the_record_has_one(petition):
    assert not found(TaskKind.PORTAL_DECISION)
    read(petition, AT + 10, is_decided=True)
    read(petition, AT + 20, is_decided=None)
    [task] = found(TaskKind.PORTAL_DECISION)
    assert (task.petition, task.form, task.since) == (9, Form.EVENT, date(2026, 11, 18))
    matter = task.matter
    read(petition, AT + 90_000, is_decided=True)
    assert found(TaskKind.PORTAL_DECISION)[0].matter == matter, "another look is no other fact"
    source = db.session.query(Source).first().key
    when = {"earliest": ON, "latest": ON, "wording": None, "derived": False, "counts": False}
    claim = Row("claim", "", {**when, "speaker": None, "note": None}, Citation(source))
    row = Row("event", "decision", {"kind": "decided", "text": None, "note": None, "details": None}, children=(claim,))
    with writing() as session:
        saved = recording.record_within(session, Draft(9, None, "event.recorded", (row,)), by="test")
    assert not found(TaskKind.PORTAL_DECISION), "it waits for a second person, which is a task of its own"
    recording.confirm(saved.proposal, seen=petition.changed_in, by="another")
    assert not found(TaskKind.PORTAL_DECISION)


def test_a_decision_that_is_no_longer_shown_is_no_task(petition):
    read(petition, AT + 10, is_decided=True)
    read(petition, AT + 20, is_decided=False)
    assert not found(TaskKind.PORTAL_DECISION)


@pytest.mark.parametrize(
    ("organization", "code"),
    [({"kato": "990000000"}, "KZ-99"), (None, None), ({"nameRu": "Акимат"}, None)],
)
def test_a_region_that_cannot_be_told_is_a_task(petition, organization, code):
    version(petition, organization=organization)
    [task] = [each for each in found(TaskKind.UNMATCHED) if each.petition == 9]
    assert (task.key, task.form, task.facts["code"]) == ("region/9", Form.PARTICULARS, code)


def test_a_central_body_has_no_region_to_tell(petition):
    with writing() as session:
        session.get_one(Petition, petition.id).level = "gov"
    version(petition, organization={"nameRu": "Министерство"})
    assert not found(TaskKind.UNMATCHED)


def test_a_body_that_the_poll_made_up_is_a_task_until_somebody_saw_to_it(shipped):
    with writing() as session:
        source = session.query(Source).first().key
        names = {"kk": "Жаңа орган", "ru": "Новый орган"}
        new = BodyIn(id="official-77", names=names, source=source)
        register.put_within(session, "bodies", new, by="portal", reason=None)
    [task] = found(TaskKind.UNMATCHED)
    assert (task.key, task.target, task.petition) == ("body/official-77", ("bodies", "official-77"), None)
    with speaking("en"):
        assert "Жаңа орган" in sentence(task)
    register.put("bodies", new.model_copy(update={"level": "central"}), by="anna", reason="it is new")
    assert not found(TaskKind.UNMATCHED)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_task_has_a_sentence(petition, lang):
    watching.stop(datetime(2026, 11, 19, tzinfo=UTC))
    read(petition, AT + 10, is_decided=True)
    version(petition, organization=None)
    with writing() as session:
        for kind, word in (("state", "NEW"), ("field", "applied")):
            session.add(PortalWord(kind=kind, word=word, first_seen_at=datetime(2026, 11, 1, tzinfo=UTC)))
    kinds = (TaskKind.STOPPED, TaskKind.PORTAL_WORD, TaskKind.PORTAL_DECISION, TaskKind.UNMATCHED)
    with speaking(lang):
        said = [sentence(each) for kind in kinds for each in found(kind)]
    assert len(said) == 5
    assert all(said)

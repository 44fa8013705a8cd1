"""Personal values: concealed when they are recorded, listed by where they stand, erased wherever they stand."""

import json
from datetime import date

import pytest

from portal.db import db, writing
from portal.domain.refusals import ReasonMissing, RowMissing
from portal.domain.texts import Text
from portal.models import (
    Event,
    PersonalValue,
    Petition,
    PetitionVersion,
    Seat,
    Title,
    WorkingGroup,
)
from portal.services import audit, audit_check, old_wordings, past, personal, proposals, register, tracking
from portal.services.catalogue import REGISTER
from portal.services.register_rows import Citation, Row
from portal.services.row_writer import RowWriter

pytestmark = pytest.mark.slow
"""A database for each test: for the whole run."""

NAME = Text.of(ru="Айгерім Сәрсенова", kk="Айгерім Сәрсенова")
OTHER = Text.of(ru="Болат Ахметов")
DAY = date(2026, 5, 4)


def claim(speaker):
    values = {"earliest": DAY, "latest": DAY, "wording": None, "derived": False, "counts": False}
    return Row("claim", "", {**values, "speaker": speaker, "note": None}, Citation())


ALLEGATION = Row(
    "event",
    "allegation:x1",
    {
        "kind": "allegation_made",
        "text": Text.of(ru="Говорят разное"),
        "note": None,
        "details": {
            "asserted_by": NAME.as_json(),
            "reported_by": OTHER.as_json(),
            "response": "none_found",
        },
    },
    children=(claim(NAME),),
)
LETTER = Row(
    "event",
    "communication:x2",
    {
        "kind": "communication_sent",
        "text": None,
        "note": None,
        "details": {"type": "letter", "sender": NAME.as_json(), "recipient": OTHER.as_json()},
    },
    children=(claim(None),),
)
GROUP = Row(
    "working_group",
    "group:x",
    {"body_id": None, "total": 3, "chair": NAME, "fields": None, "note": None},
    Citation(),
    (Row("seat", "", {"organisation_id": None, "role": NAME, "category": "other"}, Citation()),),
)
DECISION = Row(
    "decision",
    "decision:x",
    {
        "status": "final", "earliest": DAY, "latest": DAY, "outcome": "refused", "stated_by": NAME,
        "legal_effect": "unknown", "quote": None, "grounds": None, "note": None,
    },
    Citation(),
)  # fmt: skip
DEMAND = Row(
    "demand",
    "d:x",
    {
        "text": Text.of(ru="Сохранить парк"),
        "quotes": [{"text": Text.of(ru="так").as_json(), "speaker": NAME.as_json(), "note": None, "source": None,
                    "locator": None}],
        "outcome": "unknown",
        "note": None,
    },
    Citation(),
)  # fmt: skip


class NoReferences:
    """Rows of these tests cite nothing."""

    def source(self, key):
        assert key is None

    def body(self, names):
        raise AssertionError(names)


def recorded(petition, *rows, retire=()):
    """Record rows as the desk does; ``retire`` are rows that go."""
    with writing() as session:
        content = [personal.conceal_row(row.content()) for row in rows]
        entry = audit.append("event.recorded", f"petition/{petition.number}", by="k7m2", after={"rows": content})
        writer = RowWriter(session, petition.id, origin="desk", sequence=entry.sequence, references=NoReferences())
        for row in retire:
            writer.retire(session.merge(row))
        session.flush()
        for place, row in enumerate(rows, 900):
            writer.add(row, place)
    return entry.sequence


@pytest.fixture
def petition(shipped):
    return tracking.by_number(3)


@pytest.fixture
def named(petition):
    """A record in which one name stands in many places, also in rows that were retired, and another in some."""
    recorded(petition, ALLEGATION, LETTER, DECISION, DEMAND)
    group = db.session.query(WorkingGroup).filter_by(petition_id=petition.id, retired_in=None).all()
    recorded(petition, GROUP, retire=group)
    kept = db.session.query(Event).filter_by(petition_id=petition.id, key=ALLEGATION.key).one()
    recorded(petition, ALLEGATION, retire=[kept])
    return petition


def everything(petition):
    """Return all that any table holds of a petition, as text."""
    found = []
    for number in (None, *range(1, audit.head()[0] + 1)):
        if number is None or number > audit.head()[0] - 6:
            record = tracking.record_of(petition, at=number)
            for row in (*record.events, *record.decisions, *record.demands, record.group):
                if row is not None:
                    columns = type(row).__mapper__.column_attrs
                    found.append(repr({column.key: getattr(row, column.key) for column in columns}))
                    found += [repr(each.speaker) for each in getattr(row, "claims", ())]
                    found += [repr(each.role) for each in getattr(row, "seats", ())]
    return "\n".join(found)


def digest_of_name(petition, name=NAME):
    return next(kept.digests[0] for kept in personal.values_of(petition) if kept.value == audit.canonical(name))


def test_what_may_be_a_name_is_no_text_of_the_chain(named):
    tail = [json.loads(line)["after"] for line in audit_check.exported()][-3:]
    assert not [after for after in tail if "Сәрсенова" in after or "Ахметов" in after]
    assert "Сохранить парк" in tail[0]
    assert list(audit_check.verify()) == []


def test_values_are_listed_once_with_all_the_places_where_they_stand(named):
    kept = {each.value: each for each in personal.values_of(named) if each.value}
    name = kept[audit.canonical(NAME)]
    places = {(place.table, place.field) for place in name.places}
    assert places == {
        ("event", "asserted_by"),
        ("event", "sender"),
        ("claim", "speaker"),
        ("decision", "stated_by"),
        ("demand", "speaker"),
        ("working_group", "chair"),
        ("seat", "role"),
    }
    assert len(name.digests) == 9
    assert audit.canonical(OTHER) in kept


def test_an_erased_value_is_nowhere_and_rows_keep_their_places(named):
    before = len(tracking.record_of(named).events)
    assert "Сәрсенова" in everything(named)
    touched = personal.erase(named, digest_of_name(named), by="k7m2", reason="Asked by the person")
    assert touched == 6
    db.session.expire_all()
    assert "Сәрсенова" not in everything(named)
    assert "Ахметов" in everything(named)
    record = tracking.record_of(named)
    assert len(record.events) == before
    allegation = next(event for event in record.events if event.key == ALLEGATION.key)
    assert Text.from_json(allegation.details["asserted_by"]) == personal.REMOVED
    assert allegation.claims[0].speaker is None
    assert db.session.query(Seat).filter_by(group_id=record.group.id).one().role == personal.REMOVED
    assert not db.session.query(PersonalValue).filter(PersonalValue.value.contains("Сәрсенова")).count()
    assert list(audit_check.verify()) == []
    erased = [each for each in personal.values_of(named) if each.value is None]
    assert {place.field for each in erased for place in each.places} >= {"asserted_by", "chair", "role"}
    assert personal.erase(named, erased[0].digests[0], by="k7m2", reason="Again") == 0


def test_no_register_file_brings_back_what_was_erased(named):
    personal.erase(named, digest_of_name(named), by="k7m2", reason="Asked by the person")
    register.load(REGISTER)
    assert "Сәрсенова" not in everything(named)


def test_an_erasure_needs_a_reason_and_a_value_of_this_petition(named):
    with pytest.raises(ReasonMissing):
        personal.erase(named, digest_of_name(named), by="k7m2", reason="")
    with pytest.raises(audit.PersonalValueMissing):
        personal.erase(named, "0" * 64, by="k7m2", reason="Asked")
    with pytest.raises(audit.PersonalValueMissing):
        personal.erase(tracking.by_number(1), digest_of_name(named), by="k7m2", reason="Asked")


def test_a_draft_that_proposed_the_name_is_erased_with_it(named):
    proposal = proposals.propose(
        f"petition/{named.number}", {"put": [json.loads(audit.canonical(DECISION.content()))]}, by="k7m2"
    )
    kept = proposals.propose(f"petition/{named.number}", {"put": []}, by="k7m2")
    personal.erase(named, digest_of_name(named), by="m3p9", reason="Asked by the person")
    assert proposals.content_of(proposals.by_id(proposal.id)) is None
    assert proposals.content_of(proposals.by_id(kept.id)) == {"put": []}
    assert list(audit_check.verify()) == []


def test_the_name_of_an_author_is_listed_and_erased(shipped):
    petition = next(each for each in db.session.query(Petition) if each.author_digest)
    (kept,) = [each for each in personal.values_of(petition) if petition.author_digest in each.digests]
    assert {place.field for place in kept.places} == {"author"}
    personal.erase(petition, kept.digests[0], by="k7m2", reason="Asked by the person")
    assert tracking.record_of(petition).author is None
    assert tracking.record_of(petition, at=past.last_entry_by(past.first_day_of(petition))).author is None


def test_the_role_of_an_author_goes_from_each_version(petition):
    with writing() as session:
        kept = session.merge(petition)
        digest = audit.conceal(audit.canonical(NAME))
        entry = audit.append("particulars.corrected", f"petition/{kept.number}", by="k7m2", reason="A source says it",
                             after={"particulars": {"author_role": {"personal": digest}}})  # fmt: skip
        kept.author_role = NAME
        version = session.query(PetitionVersion).filter_by(petition_id=kept.id).one()
        version.values = {**version.values, "author_role": NAME.as_json()}
        kept.changed_in = entry.sequence
    assert personal.erase(petition, digest, by="k7m2", reason="Asked by the person") == 1
    version = db.session.query(PetitionVersion).filter_by(petition_id=petition.id).one()
    assert (version.values["author_role"], tracking.by_number(petition.number).author_role) == (None, None)


# Old wordings


def test_an_old_wording_leaves_past_days_and_days_and_codes_stay(named):
    title = db.session.query(Title).filter_by(petition_id=named.id, retired_in=None).first()
    recorded(named, retire=[title])
    (old,) = [each for each in old_wordings.old_wordings(named) if each.table == "title"]
    assert old.words == (title.text,)
    with pytest.raises(ReasonMissing):
        old_wordings.hide(named, "title", old.row_id, by="k7m2", reason="")
    sequence = old_wordings.hide(named, "title", old.row_id, by="k7m2", reason="A private name")
    assert [each for each in old_wordings.old_wordings(named) if each.table == "title"] == []
    db.session.expire_all()
    assert db.session.get(Title, old.row_id).text in personal.REMOVED.by_language.values()
    assert audit.entries_of(f"petition/{named.number}")[-1].sequence == sequence
    (event,) = [each for each in old_wordings.old_wordings(named) if each.table == "event"]
    old_wordings.hide(named, "event", event.row_id, by="k7m2", reason="A private name")
    gone = db.session.get(Event, event.row_id)
    assert (gone.text, gone.details, gone.claims[0].latest) == (None, {"response": "none_found"}, DAY)
    assert list(audit_check.verify()) == []


def test_words_that_stand_are_not_hidden(named):
    title = db.session.query(Title).filter_by(petition_id=named.id, retired_in=None).first()
    with pytest.raises(RowMissing):
        old_wordings.hide(named, "title", title.id, by="k7m2", reason="A private name")
    with pytest.raises(RowMissing):
        old_wordings.hide(named, "nothing", 1, by="k7m2", reason="A private name")

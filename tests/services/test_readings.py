"""What the official portal answers about one petition: begun, followed, missed, and seen by the law."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.db import db, writing
from portal.domain.stages import Stage
from portal.domain.texts import Mark, Text
from portal.domain.timeline import Status
from portal.models import (
    Addressee,
    AuditEntry,
    CountObservation,
    Event,
    KeptFile,
    OfficialVersion,
    Petition,
    PortalWord,
    Title,
)
from portal.services import audit, audit_check, lifecycle, readings, recording, register, tracking
from portal.services.kept_files import Folder
from portal.services.readings import Outcome
from portal.services.recording import Draft
from portal.services.register_format import BodyIn
from portal.services.register_rows import Citation, Row
from tests.given_official import after, as_before, gone, reading, uuid_of, values


@pytest.fixture
def keep(empty, tmp_path):
    """A function that keeps an answer."""
    folder = Folder(tmp_path / "files")
    return lambda answer: readings.keep(answer, folder)


def petition(number=1):
    return db.session.scalars(select(Petition).where(Petition.official_uuid == uuid_of(number))).one()


def events(kind=None, number=1):
    rows = select(Event).where(Event.petition_id == petition(number).id, Event.retired_in.is_(None))
    return db.session.scalars(rows.where(Event.kind == kind) if kind else rows).all()


def settle(word, meaning, kind="state"):
    with writing():
        db.session.get_one(PortalWord, (kind, word)).meaning = meaning


def test_a_new_petition_gets_a_record_with_title_addressee_region_and_threshold(keep):
    assert keep(reading(required=50000)).outcome is Outcome.FOUNDED
    found = petition()
    record = tracking.record_of(found)
    assert (found.jurisdiction, found.platform, found.region_code) == ("statutory", "epetition.kz", None)
    assert (found.threshold, found.level, found.original_language) == (50000, "gov", "kk")
    assert [(title.lang, title.text, title.role) for title in record.titles] == [
        ("kk", "Мектеп асханасы туралы", "official")
    ]
    assert [row.body.names.by_language["ru"] for row in record.addressees] == ["Первое ведомство"]
    assert found.official_url.endswith(uuid_of(1))
    assert found.votes == 20


def test_the_region_follows_the_first_two_digits_of_the_place_where_the_record_has_it(shipped, tmp_path):
    readings.keep(reading(), Folder(tmp_path / "files"))
    assert petition().region_code == "KZ-75"


def test_a_body_of_the_record_is_recognised_by_its_name(shipped, tmp_path):
    known = {"id": "x9", "nameKk": None, "nameRu": "министерство  Внутренних дел", "kato": None}
    readings.keep(reading(organization=known), Folder(tmp_path / "files"))
    record = tracking.record_of(petition())
    assert [row.body_id for row in record.addressees] == ["mia"]


def test_a_petition_of_the_record_is_recognised_by_its_title_and_not_begun_twice(keep):
    title = Row(
        "title",
        "main:kk",
        {"lang": "kk", "text": "Мектеп асханасы  ТУРАЛЫ", "role": "press", "is_main": True, "note": None},
        Citation(),
    )
    recording.found({"jurisdiction": "statutory", "platform": "epetition.kz"}, [title], by="editor")
    assert keep(reading()).outcome is Outcome.RECOGNISED
    assert db.session.scalars(select(Petition.official_uuid)).all() == [uuid_of(1)]


def test_the_same_answer_twice_says_nothing_new(keep):
    keep(reading())
    head = audit.head()
    assert keep(reading()).outcome is Outcome.AS_BEFORE
    assert audit.head() == head


def test_an_unchanged_record_is_a_look_and_no_event(keep):
    keep(reading())
    head = audit.head()
    assert keep(reading(at=after(days=1))).outcome is Outcome.AS_BEFORE
    assert keep(as_before(at=after(days=2))).outcome is Outcome.AS_BEFORE
    assert audit.head() == head
    assert petition().sighted_on == date(2026, 9, 3)
    assert db.session.scalars(select(OfficialVersion)).one().changed is None


def test_a_change_is_an_event_with_both_versions_the_days_between_and_the_evidence(keep):
    keep(reading())
    done = keep(reading(at=after(days=2), title="Мектеп асханасы туралы (түзетілді)", required=3000))
    assert done.outcome is Outcome.CHANGED
    first, second = db.session.scalars(select(OfficialVersion).order_by(OfficialVersion.id)).all()
    event = events("text_changed")[0]
    assert event.details["fields"] == ["title", "required"]
    assert (event.details["previous"], event.details["version"]) == (first.id, second.id)
    assert (event.claims[0].earliest, event.claims[0].latest) == (date(2026, 9, 1), date(2026, 9, 3))
    assert db.session.get_one(KeptFile, second.evidence).media_type == "application/warc"
    assert second.changed == ["title", "required"]
    assert petition().threshold == 3000
    rows = db.session.scalars(select(Title).order_by(Title.id)).all()
    assert [(row.text, row.retired_in is None) for row in rows] == [
        ("Мектеп асханасы туралы", False),
        ("Мектеп асханасы туралы (түзетілді)", True),
    ]


def test_the_text_of_a_petition_does_not_enter_the_public_chain(keep):
    keep(reading(description="Тек осы жерде тұратын сөйлем"))
    keep(reading(at=after(days=1), description="Басқа сөйлем, ол да тек осында"))
    said = "".join(f"{entry.after}{entry.before}" for entry in db.session.scalars(select(AuditEntry)))
    assert "сөйлем" not in said


def test_what_people_recorded_otherwise_is_left_to_them(keep):
    keep(reading())
    found = petition()
    ours = BodyIn(id="ours", names=Text({"ru": "Наше ведомство"}, {"ru": Mark.OURS}, None))
    register.put("bodies", ours, by="editor", reason="reason")
    said = {"lang": "kk", "text": "Адам жазған", "role": "official", "is_main": True, "note": None}
    rows = (
        Row("title", "official", said, Citation()),
        Row("addressee", "official", {"body_id": "ours", "role": "addressee", "note": None}, Citation()),
    )
    recording.record(Draft(found.number, None, "row.corrected", rows, (), {"threshold": 9}, "reason"), by="editor")
    organization = {"id": "o2", "nameKk": "Екінші мекеме", "nameRu": "Второе ведомство"}
    keep(reading(at=after(days=1), title="Басқа атау", organization=organization, required=7000))
    assert events("text_changed")[0].details["fields"] == ["title", "required", "organization"]
    record = tracking.record_of(petition())
    assert petition().threshold == 9
    assert [title.text for title in record.titles] == ["Адам жазған"]
    assert [row.body_id for row in record.addressees] == ["ours"]


def test_what_changes_beside_the_names_of_the_addressee_corrects_no_row(keep):
    keep(reading())
    keep(
        reading(
            at=after(days=1),
            organization={**values()["organization"], "parentId": 7},
            title="Мектеп\u200f асханасы туралы",
        )
    )
    assert events("text_changed")[0].details["fields"] == ["title", "organization"]
    assert [row.retired_in for row in db.session.scalars(select(Addressee))] == [None]
    assert [row.retired_in for row in db.session.scalars(select(Title))] == [None]


@pytest.mark.parametrize(
    ("title", "recorded"),
    [("   ", []), ("\u202eКері\u202c жазу", ["Кері жазу"]), ("Екі\n жол\u2066", ["Екі жол"])],
)
def test_a_title_is_recorded_without_what_misleads_the_eye(keep, title, recorded):
    keep(reading(title=title))
    assert [row.text for row in db.session.scalars(select(Title))] == recorded
    assert db.session.scalars(select(OfficialVersion)).one().values["title"] == title


def test_a_field_that_an_answer_leaves_out_is_not_changed_and_a_decision_taken_back_is(keep):
    keep(reading(decision={"messageRu": "Ответ", "messageKk": None, "replyDate": None, "files": None}))
    keep(
        reading(
            at=after(days=1),
            title=None,
            description=None,
            decision={"messageRu": "Ответ", "messageKk": None, "replyDate": None, "files": None},
        )
    )
    assert not events("text_changed")
    keep(reading(at=after(days=2)))
    assert events("text_changed")[0].details["fields"] == ["decision"]


def test_a_change_of_a_field_that_readers_do_not_follow_is_kept_and_is_no_event(keep):
    keep(reading())
    keep(reading(at=after(days=1), files=[{"fileId": "f1", "fileName": "a.pdf", "fileHash": "0", "mimeType": "x"}]))
    assert not events("text_changed")
    assert [each.changed for each in db.session.scalars(select(OfficialVersion).order_by(OfficialVersion.id))] == [
        None,
        ["files"],
    ]


def test_a_petition_is_gone_when_it_was_missing_twice_an_hour_apart(keep):
    keep(reading())
    assert keep(gone(at=after(days=1))).outcome is Outcome.MISSING
    assert keep(gone(at=after(days=1, minutes=59))).outcome is Outcome.MISSING
    assert not petition().is_vanished
    assert keep(gone(at=after(days=1, minutes=61), status=410)).outcome is Outcome.VANISHED
    event = events("vanished")[0]
    assert (petition().is_vanished, petition().vanished_on) == (True, date(2026, 9, 2))
    assert (event.claims[0].earliest, event.claims[0].latest) == (date(2026, 9, 1), date(2026, 9, 2))
    assert event.details["last_read"] == "2026-09-01T07:00:00+00:00"
    assert keep(gone(at=after(days=3))).outcome is Outcome.MISSING
    assert len(events("vanished")) == 1


def test_one_answer_that_it_is_missing_is_forgotten_when_it_is_there_again(keep):
    keep(reading())
    keep(gone(at=after(days=1)))
    keep(reading(at=after(days=1, minutes=30)))
    assert keep(gone(at=after(days=1, hours=3))).outcome is Outcome.MISSING
    assert not events("vanished")


def test_a_petition_that_is_back_has_reappeared(keep):
    keep(reading())
    keep(gone(at=after(days=1)))
    keep(gone(at=after(days=1, hours=2)))
    keep(reading(at=after(days=3)))
    assert not petition().is_vanished
    assert events("reappeared")[0].claims[0].latest == date(2026, 9, 4)


def test_a_petition_that_was_never_there_is_not_begun(keep):
    assert keep(gone()).outcome is Outcome.UNKNOWN
    assert not db.session.scalars(select(Petition)).all()


def test_a_state_means_nothing_until_an_editor_says_so_and_then_all_looks_follow(keep):
    keep(reading())
    keep(reading(at=after(days=1)))
    assert petition().stage == Stage.UNKNOWN
    settle("OPEN_X", "collection")
    standing = tracking.standing_of(tracking.record_of(petition()), date(2026, 9, 5))
    assert standing.stage is Stage.COLLECTION
    assert standing.last_sighted.when.latest == date(2026, 9, 2)
    assert standing.known_through == date(2026, 9, 2)
    lifecycle.rebuild()
    assert petition().stage == Stage.COLLECTION


def test_only_a_look_after_the_last_day_makes_a_step_overdue(keep):
    """Seen under review on the first day; the term is over in November; overdue only once somebody has looked since."""
    keep(reading(required=50000, state="REVIEW_X"))
    settle("REVIEW_X", "review")
    late = date(2026, 12, 20)
    known = tracking.record_of(petition())
    assert tracking.standing_of(known, late).obligation("review_central").status is Status.ENDED_NOT_SEEN
    keep(reading(at=after(days=100), required=50000, state="REVIEW_X"))
    seen = tracking.standing_of(tracking.record_of(petition()), late).obligation("review_central")
    assert seen.status is Status.OVERDUE
    assert seen.seen_undone_on == date(2026, 12, 10)


def test_a_date_field_is_the_day_of_a_step_only_once_an_editor_said_which(keep):
    keep(reading(applied="2026-08-20T23:30:00"))
    assert not events("filed")
    settle("applied", "filed", kind="field")
    keep(reading(at=after(days=1), applied="2026-08-20T23:30:00"))
    assert events("filed")[0].claims[0].earliest == date(2026, 8, 20)
    keep(reading(at=after(days=2), applied="2026-08-20T23:30:00"))
    assert len(events("filed")) == 1


def test_passing_fifty_and_the_threshold_between_two_looks_are_events_with_that_range(keep):
    keep(reading(votes=30))
    keep(reading(votes=60, at=after(days=1)))
    keep(reading(votes=2600, at=after(days=2)))
    keep(reading(votes=2700, at=after(days=3)))
    fifty, threshold = events("fifty_reached")[0], events("threshold_reached")[0]
    assert (fifty.claims[0].earliest, fifty.claims[0].latest) == (date(2026, 9, 1), date(2026, 9, 2))
    assert (threshold.claims[0].earliest, threshold.claims[0].latest) == (date(2026, 9, 2), date(2026, 9, 3))
    assert petition().stage == Stage.FORWARDING


def test_a_petition_first_seen_over_its_threshold_reached_it_by_then_and_nobody_knows_since_when(keep):
    keep(reading(votes=5000))
    claim = events("threshold_reached")[0].claims[0]
    assert (claim.earliest, claim.latest) == (None, date(2026, 9, 1))
    assert not events("fifty_reached")


def test_an_answer_as_before_keeps_that_the_count_was_looked_at(keep):
    keep(reading(votes=30))
    keep(as_before(at=after(hours=2)))
    counts = db.session.scalars(select(CountObservation.votes)).all()
    assert counts == [30]
    assert petition().votes_on == date(2026, 9, 1)
    seen = tracking.record_of(petition()).polled(date(2026, 9, 1))
    assert seen.looked_at == after(hours=2)


def test_a_past_day_knows_only_what_was_read_by_then(keep):
    keep(reading(votes=30, state="A_X"))
    keep(reading(votes=90, state="B_X", at=after(days=10)))
    settle("A_X", "initial_support")
    settle("B_X", "collection")
    record = tracking.record_of(petition())
    early = tracking.standing_of(record, date(2026, 9, 5))
    assert early.stage is Stage.INITIAL_SUPPORT
    assert record.latest_count(date(2026, 9, 5)).votes == 30


def test_what_is_derived_is_what_a_rebuild_makes(keep):
    for day in range(4):
        keep(reading(votes=40 + 10 * day, at=after(days=day)))
    keep(gone(at=after(days=5)))
    keep(gone(at=after(days=5, hours=2)))
    assert lifecycle.rebuild()[1] == []
    assert not list(audit_check.verify())


def test_evidence_that_cannot_be_written_leaves_nothing_behind(keep, tmp_path):
    keep(reading())
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(OSError):
        readings.keep(reading(at=after(days=1), title="Басқа"), Folder(blocked))
    db.session.rollback()
    assert not events("text_changed")
    assert len(db.session.scalars(select(OfficialVersion)).all()) == 1
    assert petition().sighted_on == date(2026, 9, 1)

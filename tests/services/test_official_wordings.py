"""Words of the official portal that named a person: gone from every version asked for, and not brought back."""

import json

import pytest
from sqlalchemy import select, text

from portal.db import db
from portal.domain import official_hidden
from portal.domain.refusals import ReasonMissing, RowMissing
from portal.models import AuditEntry, Event, KeptFile, OfficialVersion, Petition
from portal.services import audit, audit_check, lifecycle, official_record, official_wordings, readings
from portal.services.kept_files import Folder
from portal.services.readings import Outcome
from tests.given_official import after, reading, uuid_of

pytestmark = pytest.mark.slow

NAMED = "Әкім Болат Ахметовті жазалауды сұраймыз"
CLEAN = "Әкімді жазалауды сұраймыз"
OF_DECISION = {"messageRu": "Ахметов прав", "messageKk": None, "replyDate": "2026-09-01", "files": None}


@pytest.fixture
def folder(empty, tmp_path):
    return Folder(tmp_path / "files")


@pytest.fixture
def keep(folder):
    """A function that keeps an answer."""
    return lambda answer: readings.keep(answer, folder)


@pytest.fixture
def hide(folder):
    """A function that hides fields of a version."""

    def hidden(version, *fields, everywhere=False, reason="Asked by the person"):
        return official_wordings.hide(
            petition(), version.id, fields, everywhere=everywhere, folder=folder, by="k7m2", reason=reason
        )

    return hidden


def petition(number=1):
    return db.session.scalars(select(Petition).where(Petition.official_uuid == uuid_of(number))).one()


def versions():
    return db.session.scalars(select(OfficialVersion).order_by(OfficialVersion.id)).all()


def everything():
    """Return every value of every table as one text."""
    found = []
    for table in db.metadata.sorted_tables:
        found += [repr(tuple(row)) for row in db.session.execute(text(f'SELECT * FROM "{table.name}"'))]
    return "\n".join(found).encode().decode("unicode_escape", "ignore") + "\n".join(found)


def on_disk(folder):
    return [path for path in folder.path.glob("*/*") if path.is_file()]


def test_hidden_words_are_in_no_table_no_file_and_no_entry(keep, hide, folder):
    keep(reading(description=NAMED))
    keep(reading(at=after(days=1), description=CLEAN))
    first, second = versions()
    was = first.evidence
    assert any(NAMED.encode() in path.read_bytes() for path in on_disk(folder))
    sequence = hide(first, "description")
    db.session.expire_all()
    first, second = versions()
    assert (first.values["description"], first.evidence) == (None, None)
    assert first.hidden["description"]["entry"] == sequence
    assert (second.values["description"], second.hidden) == (CLEAN, None)
    assert "Ахметов" not in everything()
    assert not [path for path in on_disk(folder) if "Ахметов".encode() in path.read_bytes()]
    assert db.session.get(KeptFile, was) is None
    assert not folder.path_of(was).exists()
    assert folder.path_of(second.evidence).is_file()
    assert list(folder.check()) == []
    assert list(audit_check.verify()) == []
    assert lifecycle.rebuild()[1] == []


def test_the_entry_names_versions_fields_and_files_and_no_words(keep, hide):
    keep(reading(description=NAMED))
    (version,) = versions()
    was = version.evidence
    entry = db.session.get_one(AuditEntry, hide(version, "description", "title"))
    assert (entry.action, entry.subject, entry.by) == ("wording.hidden", "petition/1", "k7m2")
    assert json.loads(entry.after) == {
        "table": "official_version",
        "versions": [{"version": version.id, "fields": ["title", "description"]}],
        "files": [was],
    }


def test_the_same_words_of_other_versions_go_where_that_is_asked_for(keep, hide, folder):
    keep(reading(description=NAMED))
    keep(reading(at=after(days=1), description=NAMED, required=3000))
    keep(reading(at=after(days=2), description=CLEAN, required=3000))
    first, second, third = versions()
    assert [(each.version.id, each.fields) for each in official_wordings.twins_of(first, versions())] == [
        (second.id, ("title", "description", "organization")),
        (third.id, ("title", "organization")),
    ]
    hide(first, "description", everywhere=True)
    db.session.expire_all()
    first, second, third = versions()
    assert "Ахметов" not in everything()
    assert [bool(each.hidden) for each in (first, second, third)] == [True, True, False]
    assert official_hidden.same(first.hidden["description"], second.hidden["description"])
    assert [path.name for path in on_disk(folder)] == [third.evidence[2:]]


def test_without_that_the_other_versions_stay_and_later_are_known_to_be_the_same(keep, hide):
    keep(reading(description=NAMED))
    keep(reading(at=after(days=1), description=NAMED, required=3000))
    first, second = versions()
    hide(first, "description")
    assert second.values["description"] == NAMED
    hide(second, "description")
    assert official_hidden.same(first.hidden["description"], second.hidden["description"])
    assert first.hidden["description"]["entry"] < second.hidden["description"]["entry"]


def test_what_the_portal_still_says_is_no_change(keep, hide):
    keep(reading(description=NAMED))
    (version,) = versions()
    hide(version, "description", "title")
    head = audit.head()
    assert keep(reading(at=after(days=1), description=NAMED)).outcome is Outcome.AS_BEFORE
    assert keep(reading(at=after(days=2), description=None, title=None)).outcome is Outcome.AS_BEFORE
    assert audit.head() == head
    assert len(versions()) == 1


def test_words_that_were_hidden_do_not_come_back_with_another_change(keep, hide, folder):
    keep(reading(description=NAMED))
    (version,) = versions()
    hide(version, "description")
    keep(reading(at=after(days=1), description=NAMED, required=3000))
    keep(reading(at=after(days=2), description=None, required=4000))
    for each in versions():
        assert (each.values["description"], each.evidence) == (None, None)
        assert official_hidden.same(each.hidden["description"], version.hidden["description"])
    assert [each.changed for each in versions()] == [None, ["required"], ["required"]]
    assert on_disk(folder) == []
    assert "Ахметов" not in everything()


def test_other_words_are_a_change_and_the_hidden_ones_again_are_another(keep, hide, folder):
    keep(reading(description=NAMED))
    (version,) = versions()
    hide(version, "description")
    assert keep(reading(at=after(days=1), description=CLEAN)).outcome is Outcome.CHANGED
    assert keep(reading(at=after(days=2), description=NAMED)).outcome is Outcome.CHANGED
    first, second, third = versions()
    assert [each.changed for each in (second, third)] == [["description"]] * 2
    assert (second.values["description"], second.hidden, bool(second.evidence)) == (CLEAN, None, True)
    assert (third.values["description"], third.evidence) == (None, None)
    assert official_hidden.same(first.hidden["description"], third.hidden["description"])
    fields = [each.details["fields"] for each in db.session.scalars(select(Event).where(Event.kind == "text_changed"))]
    assert fields == [["description"]] * 2
    assert "Ахметов" not in everything()


def test_a_hidden_decision_that_is_taken_back_is_a_change(keep, hide):
    keep(reading(decision=OF_DECISION))
    (version,) = versions()
    hide(version, "decision")
    assert keep(reading(at=after(days=1), decision=dict(OF_DECISION))).outcome is Outcome.AS_BEFORE
    assert keep(reading(at=after(days=2), decision=None)).outcome is Outcome.CHANGED
    assert (versions()[-1].values["decision"], versions()[-1].hidden) == (None, None)


def test_what_differs_is_told_but_for_what_is_hidden(keep, hide):
    keep(reading(description=NAMED))
    keep(reading(at=after(days=1), description=CLEAN, required=3000))
    sequence = hide(versions()[0], "description")
    newest, oldest = official_record.official_record_of(petition()).versions
    assert oldest.differences() == ((), ())
    told, hidden = newest.differences()
    assert [(each.field, each.before, each.after) for each in told] == [("required", 2500, 3000)]
    assert [(each.field, each.before, each.after) for each in hidden] == [("description", sequence, None)]


def test_nobody_can_try_words_against_a_mark_of_another(keep, hide):
    one, other = (official_hidden.mark_of(NAMED, 1) for _ in range(2))
    assert one["digest"] != other["digest"]
    assert official_hidden.is_of(one, NAMED)
    assert not official_hidden.is_of(one, CLEAN)
    assert official_hidden.is_of(official_hidden.mark_of({"a": 1.5, "b": ["\ud800"]}, 1), {"b": ["\ud800"], "a": 1.5})


def test_nothing_goes_without_a_reason_or_of_another_petition_or_twice(keep, hide, folder):
    keep(reading(description=NAMED))
    keep(reading(2, description=CLEAN))
    mine, other = versions()
    with pytest.raises(ReasonMissing):
        hide(mine, "description", reason="")
    for version, fields in ((other, ["description"]), (mine, ["state"]), (mine, ["decision"]), (mine, [])):
        with pytest.raises(RowMissing):
            hide(version, *fields)
    assert official_wordings.version_of(petition(), other.id) is None
    hide(mine, "description")
    with pytest.raises(RowMissing):
        hide(mine, "description")
    with pytest.raises(RowMissing):
        hide(mine, "title", "description")
    assert mine.values["title"]


def test_a_file_that_cannot_be_removed_leaves_everything_as_it_was(keep, hide, folder, monkeypatch):
    keep(reading(description=NAMED))
    (version,) = versions()
    head = audit.head()

    def refused(*_args):
        raise PermissionError

    monkeypatch.setattr(Folder, "remove", refused)
    with pytest.raises(PermissionError):
        hide(version, "description")
    assert versions()[0].values["description"] == NAMED
    assert audit.head() == head
    assert list(folder.check()) == []

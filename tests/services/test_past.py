"""The record as it was on a past day: rows, the petition's own columns, and the midnight between two days."""

from datetime import UTC, date, datetime

import pytest
import yaml

from portal import clock
from portal.db import db, writing
from portal.domain.texts import Text
from portal.models import Petition, PetitionVersion
from portal.services import audit, audit_check, changes, particulars, past, register, tracking

pytestmark = pytest.mark.slow
"""A database for each test: for the whole run."""

PETITION = {
    "id": "trees-2026",
    "platform": "epetition.kz",
    "statutory": True,
    "level": "gov",
    "title": {"ru": "За деревья"},
    "author": {"name": "Болат Ахметов", "kind": "person", "source": "https://news.example/1"},
    "threshold": 50000,
    "dates": {"published": [{"value": "2026-05-04", "source": "https://news.example/1"}]},
    "outcome": {"status": "unknown", "source": "https://news.example/1"},
}
CORRECTED = {
    **PETITION,
    "platform": "e-otinish.kz",
    "title": {"ru": "За парк"},
    "threshold": 49999,
    "dates": {
        "published": [{"value": "2026-05-05", "source": "https://news.example/1"}],
        "registered": [{"value": "2026-05-06", "source": "https://news.example/1"}],
    },
}
LAST_OF_MAY_10 = datetime(2026, 5, 10, 18, 59, 59, 999999, tzinfo=UTC)
FIRST_OF_MAY_11 = datetime(2026, 5, 10, 19, 0, 0, tzinfo=UTC)
MAY_9, MAY_10, MAY_11 = date(2026, 5, 9), date(2026, 5, 10), date(2026, 5, 11)


@pytest.fixture
def load(tmp_path, empty, monkeypatch):
    """Load a register file at an instant."""

    def loaded(record, at):
        monkeypatch.setattr(clock, "now", lambda: at)
        path = tmp_path / "petitions.yaml"
        path.write_text(yaml.safe_dump([record], allow_unicode=True))
        report = register.load(path)
        assert report.is_fine
        return report

    return loaded


@pytest.fixture
def corrected(load):
    """A petition added in the last microsecond of a day, and corrected in the first of the next."""
    load(PETITION, LAST_OF_MAY_10)
    load(CORRECTED, FIRST_OF_MAY_11)
    return tracking.by_register_id("trees-2026")


def record_on(petition, day):
    return tracking.record_of(petition, at=past.last_entry_by(day))


def test_a_day_ends_at_midnight_in_kazakhstan(corrected):
    assert past.last_entry_by(MAY_9) == 0
    assert past.last_entry_by(MAY_10) == corrected.changed_in - 1  # The petition, and the source that it cites.
    assert past.last_entry_by(MAY_11) == audit.head()[0] == corrected.changed_in
    assert past.first_day_of(corrected) == MAY_10


def test_the_rows_of_a_past_day_are_those_that_stood_then(corrected):
    then, now = record_on(corrected, MAY_10), tracking.record_of(corrected)
    assert [title.text for title in then.titles] == ["За деревья"]
    assert [title.text for title in now.titles] == ["За парк"]
    assert [event.kind for event in then.events] == ["published"]
    assert then.events[0].claims[0].latest == date(2026, 5, 4)
    assert {event.kind for event in now.events} == {"published", "registered"}
    assert record_on(corrected, MAY_11).events == now.events


def test_the_petitions_own_columns_of_a_past_day_are_those_of_then(corrected):
    then = record_on(corrected, MAY_10)
    assert (then.petition.platform, then.petition.threshold) == ("epetition.kz", 50000)
    assert (corrected.platform, corrected.threshold) == ("e-otinish.kz", 49999)
    assert then.petition.changed_in == corrected.recorded_in < corrected.changed_in
    assert then.particulars_kept
    assert not db.session.new
    assert not db.session.dirty


def test_the_standing_of_a_past_record_may_be_read_by_the_law_of_any_day(corrected):
    then = tracking.standing_of(record_on(corrected, MAY_10), date(2026, 5, 20))
    now = tracking.standing_of(tracking.record_of(corrected), date(2026, 5, 20))
    assert (then.stage, now.stage) == ("collection", "review")


def test_an_erased_name_is_in_no_past(corrected):
    assert record_on(corrected, MAY_10).author == "Болат Ахметов"
    audit.erase(corrected.author_digest, by="k7m2", reason="Asked by the person")
    assert record_on(corrected, MAY_10).author is None


def test_an_older_version_that_was_not_kept_is_said_to_be_missing(corrected):
    """A database from before versions were kept has the columns of its last change only."""
    oldest = db.session.query(PetitionVersion).order_by(PetitionVersion.recorded_in).first()
    with writing() as session:
        session.delete(session.merge(oldest))
    then = record_on(corrected, MAY_10)
    assert not then.particulars_kept
    assert then.petition.platform == "e-otinish.kz"


def test_two_days_differ_in_rows_and_columns(corrected):
    one, other = past.last_entry_by(MAY_10), past.last_entry_by(MAY_11)
    rows = changes.between(corrected, one, other)
    kinds = {
        (row.after or row.before).__tablename__: (row.before is None, row.after is None)
        for row in rows
        if getattr(row.after or row.before, "kind", None) != "registered"
    }
    assert kinds == {"title": (False, False), "event": (False, False)}
    before, after = record_on(corrected, MAY_10).petition, record_on(corrected, MAY_11).petition
    columns = changes.columns_changed(particulars.values_of(before), particulars.values_of(after))
    assert {each.name for each in columns} == {"platform", "threshold"}
    assert changes.between(corrected, other, other) == []


# Versions of the columns


def test_loading_the_same_again_keeps_one_version(corrected, load):
    versions = db.session.query(PetitionVersion).count()
    load(CORRECTED, FIRST_OF_MAY_11)
    assert db.session.query(PetitionVersion).count() == versions == 2


def test_values_come_back_as_the_columns_had_them(shipped):
    for petition in db.session.query(Petition):
        columns = particulars.columns_of(particulars.values_of(petition))
        assert columns == {name: getattr(petition, name) for name in particulars.PARTICULARS}


def test_no_file_overwrites_columns_that_the_desk_recorded(corrected, load):
    with writing() as session:
        petition = session.merge(corrected)
        entry = audit.append("particulars.corrected", f"petition/{petition.number}", by="k7m2", reason="The page.")
        petition.platform, petition.label = "another.kz", Text.of(kk="а", ru="б", en="c")
        assert particulars.keep(session, petition, entry.sequence, particulars.DESK)
        assert not particulars.keep(session, petition, entry.sequence, particulars.DESK)
    report = load({**CORRECTED, "platform": "third.kz", "threshold": 7}, FIRST_OF_MAY_11)
    assert report.clashes == ["petition/1: its own fields were recorded at the desk"]
    kept = tracking.by_register_id("trees-2026")
    assert (kept.platform, kept.threshold) == ("another.kz", 49999)
    assert all(line.change == "leave" for line in load({**CORRECTED, "platform": "third.kz", "threshold": 7},
                                                       FIRST_OF_MAY_11).lines)  # fmt: skip


def test_no_file_brings_back_an_authors_name_that_was_erased(corrected, load):
    audit.erase(corrected.author_digest, by="k7m2", reason="Asked by the person")
    load({**CORRECTED, "threshold": 12345}, FIRST_OF_MAY_11)
    record = tracking.record_of(tracking.by_register_id("trees-2026"))
    assert record.petition.threshold == 12345
    assert record.author is None
    assert list(audit_check.verify()) == []

"""Register files: all of a file or nothing of it, twice as once, and a sentence for whatever is wrong."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given as hypothetically
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal import create_app
from portal.db import db
from portal.domain.stages import Stage
from portal.models import (
    AuditEntry,
    Body,
    DirectoryEntry,
    Event,
    Norm,
    Organisation,
    PersonalValue,
    Petition,
    Position,
    Region,
    Source,
)
from portal.services import audit, audit_check, lifecycle, register, tracking
from portal.services.catalogue import REGISTER
from portal.services.register import Change
from portal.services.register_files import read_path
from portal.services.register_format import SECTIONS, PetitionIn, texts_in
from tests.fixtures.record import close

pytestmark = pytest.mark.slow
"""Each loads files into a database of its own: for the whole run."""

PETITION = {
    "id": "trees-2026",
    "platform": "epetition.kz",
    "platform_confirmed": True,
    "statutory": True,
    "title": {"ru": "За деревья"},
    "threshold": 50000,
    "dates": {"published": [{"value": "2026-05-04", "source": "https://news.example/1"}]},
    "outcome": {"status": "unknown", "source": "https://news.example/1"},
}


@pytest.fixture
def write(tmp_path):
    """Write a register file and return its path."""

    def written(content, name="petitions.yaml"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True))
        return path

    return written


def changed(**fields):
    """Return the sample petition with other fields."""
    return [{**PETITION, **fields}]


def problems(report):
    """Return every problem of a report as a sentence."""
    return [str(problem) for file in report.refused for problem in file.problems]


def test_loading_twice_changes_nothing(empty, write):
    path = write([PETITION])
    first = register.load(path)
    assert [line.change for line in first.lines if line.section == "petitions"] == [Change.ADD]
    head = audit.head()
    second = register.load(path)
    assert [line.change for line in second.lines] == [Change.LEAVE]
    assert audit.head() == head


def test_a_dry_run_says_what_it_would_do_and_does_nothing(empty, write):
    report = register.load(write([PETITION]), dry_run=True)
    assert report.count(Change.ADD) == 1
    assert register.is_empty()
    assert audit.head()[0] == 0


def test_a_correction_retires_what_it_corrects_and_loses_nothing(empty, write):
    register.load(write([PETITION]))
    later = {"published": [{"value": "2026-05-05", "source": "https://news.example/2", "note": "corrected"}]}
    report = register.load(write(changed(dates=later)))
    assert [line.change for line in report.lines if line.section == "petitions"] == [Change.CHANGE]
    rows = db.session.scalars(select(Event).where(Event.key == "published").order_by(Event.id)).all()
    assert [(row.claims[0].latest.isoformat(), row.retired_in is None) for row in rows] == [
        ("2026-05-04", False),
        ("2026-05-05", True),
    ]
    assert rows[0].retired_in == rows[1].recorded_in
    entry = audit.entries_of("petition/1")[-1]
    assert entry.action == "petition.corrected"
    assert "2026-05-04" in entry.before
    assert "2026-05-05" in entry.after
    assert tracking.by_number(1).due_latest.isoformat() == "2026-11-05"


def test_a_regional_threshold_is_stamped_with_its_population_and_the_day_of_it(shipped, write):
    local = {"level": "akimat_region", "region": "KZ-10", "threshold": None}
    register.load(write(changed(**local)))
    petition = tracking.by_register_id("trees-2026")
    assert (petition.threshold, petition.threshold_population) == (5957, 595676)
    assert petition.threshold_population_on.isoformat() == "2026-01-01"
    assert petition.threshold_edition == "2026-03-02"
    assert petition.due_key == "collection"


def test_a_population_of_later_than_the_placement_is_not_counted_with(shipped, write):
    earlier = {"published": [{"value": "2025-05-05", "source": "https://news.example/1"}]}
    register.load(write(changed(level="maslikhat_region", region="KZ-10", threshold=None, dates=earlier)))
    petition = tracking.by_register_id("trees-2026")
    assert (petition.threshold, petition.threshold_population_on.isoformat()) == (12204, "2023-01-01")


dated = st.one_of(
    st.none(),
    st.dates(date(2024, 4, 4), date(2026, 11, 21)).map(
        lambda day: [{"value": day.isoformat(), "source": "https://a.example"}]
    ),
)


@settings(max_examples=8)  # Each example loads files into a database of its own.
@hypothetically(
    versions=st.lists(
        st.fixed_dictionaries(
            {
                "published": dated,
                "threshold_reached": dated,
                "registered": dated,
                "decision": dated,
                "first_reported": dated,
            }
        ),
        min_size=1,
        max_size=4,
    ),
    votes=st.lists(st.integers(0, 60_000), max_size=3),
)
def test_a_rebuilt_record_equals_the_one_kept_up_to_date(tmp_path_factory, versions, votes):
    """Whatever is loaded and corrected, throwing the derived columns away and making them again changes none."""
    folder = tmp_path_factory.mktemp("kept")
    app = create_app({"database_url": f"sqlite:///{folder / 'kept.sqlite'}"})
    with app.app_context():
        db.create_all()
        for number, version in enumerate(versions):
            counted = [{"date": "2026-06-01", "count": each, "qualifier": "exact"} for each in votes[: number + 1]]
            dates = {key: claims for key, claims in version.items() if claims}
            path = folder / "petitions.yaml"
            path.write_text(yaml.safe_dump([{**PETITION, "dates": dates, "snapshots": counted}], allow_unicode=True))
            assert register.load(path).is_fine
        assert lifecycle.rebuild() == (1, [])
        assert list(audit_check.verify()) == []
    close(app)


def test_a_number_is_given_once_and_stays(empty, write):
    register.load(write([PETITION]))
    register.load(write([{**PETITION, "id": "other-2026", "number": 1}], "other.yaml"))
    assert {each.register_id: each.number for each in db.session.scalars(select(Petition))} == {
        "trees-2026": 1,
        "other-2026": 2,
    }


def test_what_was_recorded_at_the_desk_is_reported_and_not_overwritten(empty, write):
    register.load(write([PETITION]))
    event = db.session.scalars(select(Event).where(Event.key == "published")).one()
    event.origin = "desk"
    db.session.commit()
    later = {"published": [{"value": "2026-05-05", "source": "https://news.example/2"}]}
    report = register.load(write(changed(dates=later)))
    assert report.clashes == ["petition/1: event published was recorded at the desk"]
    assert db.session.scalars(select(Event).where(Event.key == "published")).one().retired_in is None


@pytest.mark.parametrize(
    ("record", "field", "why"),
    [
        ({key: value for key, value in PETITION.items() if key != "id"}, "id", "missing"),
        (changed(dates={"published": [{"value": "2026-02-30"}]})[0], "dates.published.0.value", "no such date"),
        (changed(dates={"published": [{"value": "0000-01-01"}]})[0], "dates.published.0.value", "no such date"),
        (changed(dates={"published": [{"value": "9999-01-01"}]})[0], "dates.published.0.value", "outside the years"),
        (changed(dates={"published": [{"value": "4 May 2026"}]})[0], "dates.published.0.value", "YYYY-MM-DD"),
        (changed(dates={"publshed": [{"value": "2026-05-04"}]})[0], "", "unknown step 'publshed'"),
        (changed(colour="green")[0], "colour", "unknown key"),
        (changed(outcome={"status": "won"})[0], "outcome.status", "unknown value"),
        (changed(demands=[{"id": "d1", "text": "x"}, {"id": "d1", "text": "y"}])[0], "", "'d1' stands twice"),
        (changed(demands=[{"id": "d1", "text": {"de": "x"}}])[0], "demands.0.text", "unknown key 'de'"),
        (changed(threshold=-5)[0], "threshold", "greater than or equal"),
        (changed(region="KZ-99")[0], "region", "no such record among regions"),
        (changed(snapshots=[{"count": -1, "qualifier": "exact"}])[0], "snapshots.0.count", "greater than or equal"),
        (changed(sightings=[{"value": "2026-05-06", "stage": "dreaming"}])[0], "sightings.0.stage", "unknown value"),
        (
            changed(dates={"published": [{"earliest": "2026-05-06", "latest": "2026-05-04"}]})[0],
            "dates.published.0",
            "ends before it begins",
        ),
        (changed(notes="a\0b")[0], "notes", "NUL"),
    ],
)
def test_a_bad_record_is_named_and_nothing_of_its_file_is_loaded(empty, write, record, field, why):
    report = register.load(write([{**PETITION, "id": "fine-2026"}, record]))
    found = [each for file in report.refused for each in file.problems]
    assert [each.field for each in found] == [field]
    assert why in found[0].why
    assert found[0].file == "petitions.yaml"
    assert found[0].record in {"trees-2026", "petitions #2"}
    assert register.is_empty()


def test_two_records_with_one_id_refuse_the_file(empty, write):
    report = register.load(write([PETITION, PETITION]))
    assert problems(report) == ["petitions.yaml · trees-2026 · id: stands twice in this file (here: 'trees-2026')"]
    assert register.is_empty()


def test_two_files_with_one_id_are_both_named(empty, tmp_path, write):
    write([PETITION], "a.yaml")
    write([PETITION], "b.yaml")
    report = register.load(tmp_path)
    assert problems(report) == [
        "b.yaml · trees-2026 · id: stands twice; the other one is in a.yaml (here: 'trees-2026')"
    ]
    assert tracking.by_register_id("trees-2026") is not None


def test_a_repeated_id_is_found_in_records_that_are_wrong_too(empty, write):
    found = problems(register.load(write([PETITION, {"id": "trees-2026", "colour": "green"}])))
    assert len(found) == 2
    assert "unknown key" in found[1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- id: a\n  id: b\n", "the key 'id' stands twice"),
        ("- [a, b", "not a YAML file"),
        ("just words", "the top level is neither"),
        ("petitoins: []", "unknown section"),
        ("petitions: {}", "a section is a list"),
        ("- 5", "a record is a mapping"),
        ("", "the top level is neither"),
        ("- &a [*a]", "a record is a mapping"),
        ("- !!python/object/apply:os.system ['true']", "not a YAML file"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_a_sentence(empty, write, text, why):
    report = register.load(write(text))
    assert why in problems(report)[0]


def test_one_bad_file_does_not_stop_the_others(empty, tmp_path, write):
    write([PETITION], "good.yaml")
    write([{"id": "bad"}, {"id": 7}], "worse.yaml")
    report = register.load(tmp_path)
    assert [file.name for file in report.refused] == ["worse.yaml"]
    assert tracking.by_register_id("trees-2026") is not None


def test_an_address_that_no_file_describes_becomes_a_source_by_its_host(empty, write):
    register.load(write([PETITION]))
    assert (
        db.session.scalars(select(Source.publisher).where(Source.key == "https://news.example/1")).one()
        == "news.example"
    )


def test_a_body_is_found_by_any_of_its_names(shipped, write):
    named = [{"name_ru": "Министерство культуры и информации РК", "role": "addressee"}]
    register.load(write(changed(addressees=named)))
    addressees = tracking.record_of(tracking.by_register_id("trees-2026")).addressees
    assert [each.body_id for each in addressees] == ["mci"]


def test_the_author_stands_beside_the_chain_and_not_in_it(shipped):
    entry = audit.entries_of("petition/1")[0]
    record = tracking.record_of(tracking.by_number(1))
    assert record.author
    assert record.author not in entry.after
    assert record.petition.author_digest in entry.after
    assert db.session.scalar(select(func.count()).select_from(PersonalValue)) >= 1


def test_a_rebuild_changes_nothing_and_repairs_what_was_spoilt(shipped):
    kept = {each.number: {name: getattr(each, name) for name in lifecycle.DERIVED} for each in _petitions()}
    assert lifecycle.rebuild() == (19, [])
    petition = tracking.by_number(1)
    petition.stage, petition.votes, petition.search_text = Stage.UNKNOWN.value, 7, "nothing"
    db.session.commit()
    assert lifecycle.rebuild()[1] == ["petition/1: stage", "petition/1: votes", "petition/1: search_text"]
    assert {each.number: {name: getattr(each, name) for name in lifecycle.DERIVED} for each in _petitions()} == kept


def _petitions():
    return db.session.scalars(select(Petition)).all()


def test_the_shipped_register_is_fine_and_checks_without_a_database():
    assert register.check(REGISTER).is_fine


def test_the_shipped_register_holds_what_was_promised(shipped):
    counted = {table: db.session.scalar(select(func.count()).select_from(table)) for table in (Petition, Region)}
    assert counted == {Petition: 19, Region: 20}
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 30
    positions = db.session.scalars(select(Position).where(Position.retired_in.is_(None))).all()
    assert len(positions) == 30
    assert {each.stance for each in positions} == {"not_stated"}
    rows = set(db.session.scalars(select(DirectoryEntry.id)))
    asked = {f"S-{n:02}" for n in (*range(1, 25), *range(30, 76), *range(80, 94), *range(100, 111))}
    assert rows == asked | {f"R-{n:02}" for n in range(1, 18)}
    assert db.session.get(Body, "mci") is not None
    assert db.session.get(Norm, "KZ.APPC.90-2.3") is not None


def test_every_write_of_the_load_is_in_the_chain(shipped):
    added = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "petition.added")
    assert db.session.scalar(added) == 19
    assert list(audit_check.verify()) == []


def test_whatever_the_public_reads_in_the_shipped_register_stands_in_three_languages():
    quoted = re.compile(r"\.(text|quote)$")
    lacking = [
        f"{file.name} {record} {where}: {', '.join(text.missing())}"
        for file in read_path(REGISTER)
        for records in file.records.values()
        for record in records
        for where, text in texts_in(record)
        if text.missing() and not quoted.search(where)
    ]
    assert lacking == []


def test_a_title_is_published_by_somebody_and_never_translated_by_us():
    for file in read_path(REGISTER):
        for petition in file.records.get("petitions", []):
            assert isinstance(petition, PetitionIn)
            named = any((petition.title.kk, petition.title.ru, petition.title.en))
            assert named or petition.label, petition.id
            assert "ours" not in petition.titles_marks.values()


def test_the_documentation_names_every_section_and_every_key_of_a_petition():
    text = Path("docs/register.md").read_text()
    for section in SECTIONS:
        assert section in text
    assert [key for key in PetitionIn.model_fields if not re.search(rf"\b{key}\b", text)] == []


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("outcome", {"status": "refused", "ground": "90-2(3)(1)"}, "ground"),
        ("outcome", {"status": "rejected", "ground": "the subject"}, "ground"),
        ("follow_up", [{"id": "u", "kind": "undertaken", "what": "Проект", "done": True}], "done"),
        ("follow_up", [{"id": "r", "kind": "reported", "what": "Отчет", "done": True}], "done"),
        ("statements", [{"id": "s", "text": "Сказано", "organisation": "nobody-knows"}], "nobody-knows"),
    ],
)
def test_what_lists_rest_on_is_not_taken_on_trust(empty, write, field, value, named):
    report = register.load(write([{**PETITION, field: value}]))
    assert not report.is_fine
    assert named in str(report.refused[0].problems[0])

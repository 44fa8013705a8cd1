"""Imports: read as text, held against the record row by row, carried out whole or not at all, twice as once."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from portal import clock
from portal.db import db, writing
from portal.domain.refusals import ChangedMeanwhile, ImportGone
from portal.models import Account, AuditEntry, CountReport, Event, Organisation, Petition, Proposal, Source
from portal.services import audit, audit_check, import_plan, imports, proposals, recording
from portal.services.import_format import COLUMNS, Section, template_of
from portal.services.import_lines import Change
from portal.services.import_tables import LARGEST_FILE, MOST_ROWS

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 20)
ONE, TWO = "https://example.org/one", "https://example.org/two"


@pytest.fixture(autouse=True)
def petition(given_petition):
    given_petition("one", dates={"published": [{"value": "2026-05-20", "source": ONE}]})


def plan(text, *, may_correct=True):
    data = text if isinstance(text, bytes) else text.encode()
    return imports.plan(data, reason="from the table", may_correct=may_correct, today=TODAY)


def run(text, *, by="anna", **asked):
    planned = plan(text, **asked)
    assert not planned.faults, planned.faults
    return list(imports.carry_out(planned, by=by, reason="from the table"))


def events(*rows):
    return "\n".join(["petition,kind,date,source,locator,note_ru", *rows])


def faults(text):
    return [(each.row, each.column, each.code) for each in plan(text).faults]


def changes(text, **asked):
    return [each.change for each in plan(text, **asked).lines if each.section is not Section.SOURCES]


def event(kind):
    return db.session.query(Event).filter_by(kind=kind, retired_in=None).one()


# Reading
# ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("day", ["2026-06-01", "01.06.2026", "1.6.2026"])
def test_a_table_is_read_however_a_spreadsheet_saves_it(separator, mark, day):
    text = f"{mark}petition,kind,date,source\r\n1,forwarded,{day},{ONE}\r\n".replace(",", separator)
    [line] = plan(text).lines
    assert (line.row, line.change) == (2, Change.ADDED)
    assert ("date", "2026-06-01") in line.becomes


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_with_its_dates_and_numbers_and_without_its_formulas():
    data = workbook(["petition", "kind", "date", "source"], [1, "forwarded", date(2026, 6, 1), ONE])
    [line] = plan(data).lines
    assert ("date", "2026-06-01") in line.becomes
    assert faults(workbook(["petition", "kind", "date", "source"], ["=1+0", "forwarded", None, ONE])) == [
        (2, "petition", "cell_missing")
    ]


def test_every_cell_that_is_wrong_is_named_by_row_and_column():
    text = events("x,dreaming,31.02.2026,,", f"1,forwarded,{ONE},,,", f"9,forwarded,2026-06-01,{ONE},,")
    assert faults(text) == [
        (2, "kind", "unknown_value"),
        (2, "date", "no_such_date"),
        (2, "petition", "not_a_number"),
        (2, "source", "cell_missing"),
        (3, "date", "not_a_date"),
        (3, "source", "cell_missing"),
        (4, "petition", "petition_unknown"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (0, "", "file_empty")),
        (b"\xff\xfe\x00a", (0, "", "not_utf8")),
        ("a,b\n1,2", (1, "", "columns_unknown")),
        ("petition,kind,source,colour\n", (0, "", "no_rows")),
        ("petition,kind,source,colour\n1,filed,x,y", (1, "colour", "column_unknown")),
        ("petition,kind\n1,filed", (1, "source", "column_missing")),
        ("petition,kind,kind,source\n1,filed,filed,x", (1, "kind", "column_twice")),
        (events("1,filed,2026-11-21,https://example.org"), (2, "date", "date_ahead")),
        (events("1,filed,2026-11-01,no-such-source"), (2, "source", "source_unknown")),
        (events("1,allegation_made,2026-11-01,https://example.org"), (2, "kind", "has_own_form")),
        (b"PK\x03\x04" + b"0" * 100, (0, "", "not_a_table")),
        (b"%PDF-1.7\0", (0, "", "not_a_table")),
        ("petitions: [", (2, "", "not_yaml")),
        ("petitions: &a [*a]", (0, "", "not_yaml")),
        ("petitions:\n- {number: 1, threshold: 5}", (1, "petitions.threshold", "column_unknown")),
        ("norms:\n- {id: x}\npetitions: []", (0, "norms", "column_unknown")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_its_place(text, fault):
    assert fault in faults(text)
    assert not plan(text).is_possible


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 70_000_000)
    assert len(file.getvalue()) < 100_000
    assert faults(file.getvalue()) == [(0, "", "file_too_large")]
    assert faults(b"a" * (LARGEST_FILE + 1)) == [(0, "", "file_too_large")]


def test_more_rows_than_are_taken_at_once_are_refused():
    assert (MOST_ROWS + 2, "", "too_many_rows") in faults("id,kind\n" + "\n".join(["a,movement"] * (MOST_ROWS + 1)))


def test_a_file_about_more_petitions_than_can_wait_for_it_is_refused(monkeypatch, given_petition):
    given_petition("two")
    monkeypatch.setattr(import_plan, "MOST_PETITIONS", 1)
    assert faults(events(f"1,filed,2026-05-01,{ONE},,", f"2,filed,2026-05-01,{ONE},,")) == [
        (0, "petition", "too_many_petitions")
    ]


def test_the_tables_to_fill_in_are_read_as_having_no_rows_yet():
    for section in COLUMNS:
        assert faults(template_of(section)) == [(0, "", "no_rows")]


def test_formulas_and_markup_are_text():
    run(events(f'1,forwarded,2026-06-01,{ONE},=1+1,"<script>alert(1)</script>"'))
    [claim] = event("forwarded").claims
    assert claim.locator == "=1+1"
    assert claim.note.by_language == {"ru": "<script>alert(1)</script>"}


# Holding against the record
# ------------------------------------------------------------------------------------------------------------------


def test_a_step_from_another_source_becomes_another_claim_and_what_stood_is_kept():
    text = events(f"1,published,2026-05-21,{TWO},,")
    assert changes(text) == [Change.ADDED]
    run(text)
    assert [claim.latest for claim in event("published").claims] == [date(2026, 5, 20), date(2026, 5, 21)]
    assert db.session.query(Event).filter(Event.kind == "published", Event.retired_in.is_not(None)).count() == 1


def test_a_step_from_the_same_source_with_another_day_is_a_correction():
    text = events(f"1,published,2026-05-19,{ONE},,")
    [line] = plan(text).lines
    assert line.change is Change.CHANGED
    assert (("date", "2026-05-20") in line.was, ("date", "2026-05-19") in line.becomes) == (True, True)
    assert changes(text, may_correct=False) == [Change.CLASH]
    run(text)
    assert event("published").claims[0].latest == date(2026, 5, 19)


def test_what_a_row_leaves_empty_stays_as_it_is():
    run(events(f"1,forwarded,2026-06-01,{ONE},p. 3,заметка"))
    assert changes(events(f"1,forwarded,2026-06-01,{ONE},,")) == [Change.UNCHANGED]
    text = events(f"1,forwarded,2026-06-02,{ONE},,")
    [line] = plan(text).lines
    assert ("note_ru", "заметка") in line.becomes
    run(text)
    [claim] = event("forwarded").claims
    assert (claim.locator, claim.note.by_language["ru"]) == ("p. 3", "заметка")


def test_what_happens_again_on_another_day_is_another_event():
    run(events(f"1,group_met,2026-06-01,{ONE},,", f"1,group_met,2026-06-08,{ONE},,", f"1,group_met,2026-06-01,{TWO},,"))
    met = db.session.query(Event).filter_by(kind="group_met", retired_in=None).all()
    assert sorted(len(each.claims) for each in met) == [1, 2]


def test_a_file_that_says_two_things_of_one_fact_clashes():
    text = events(f"1,forwarded,2026-06-01,{ONE},,", f"1,forwarded,2026-06-02,{ONE},,")
    assert changes(text) == [Change.ADDED, Change.CLASH]
    assert not plan(text).is_possible


def test_an_address_that_is_no_source_yet_becomes_one():
    run(events(f"1,forwarded,2026-06-01,{TWO},,"))
    assert db.session.query(Source).filter_by(key=TWO).one().publisher == "example.org"


def test_a_decision_becomes_a_proposal_and_the_rest_is_public():
    text = events(f"1,decided,2026-08-01,{ONE},,", f"1,forwarded,2026-06-01,{ONE},,")
    assert changes(text) == [Change.PROPOSED, Change.ADDED]
    run(text)
    assert db.session.query(Event).filter_by(kind="decided").count() == 0
    assert event("forwarded").origin == "desk"
    [proposal] = proposals.waiting()
    assert changes(text) == [Change.WAITS, Change.UNCHANGED]
    assert changes(events(f"1,decided,2026-08-02,{ONE},,")) == [Change.CLASH]
    recording.confirm(proposal.id, seen=db.session.query(Petition).one().changed_in, by="berik")
    assert event("decided").key == "decision"
    assert changes(text) == [Change.UNCHANGED, Change.UNCHANGED]


COUNTS = f"petition;votes;qualifier;date;source\n1;50000;at_least;01.06.2026;{ONE}\n1;51000;;02.06.2026;{ONE}\n"


def test_counts_are_added_corrected_and_recognised():
    assert changes(COUNTS) == [Change.ADDED, Change.ADDED]
    run(COUNTS)
    assert changes(COUNTS) == [Change.UNCHANGED, Change.UNCHANGED]
    run(COUNTS.replace("51000", "51001"))
    current = db.session.query(CountReport).filter_by(retired_in=None)
    assert sorted(each.votes for each in current) == [50000, 51001]
    assert db.session.query(Petition).one().votes == 51001


ORGANISATIONS = "id,name_ru,name_kk,kind,aliases\nfund-a,Фонд А,А қоры,public_foundation,ФА|FA\n"


def test_organisations_are_added_corrected_and_recognised():
    run(ORGANISATIONS)
    assert changes(ORGANISATIONS) == [Change.UNCHANGED]
    assert changes("id,name_ru,kind\nfund-a,Фонд А,public_foundation") == [Change.UNCHANGED]
    run("id,name_en,kind\nfund-a,Fund A,public_foundation")
    kept = db.session.query(Organisation).one()
    assert kept.names.by_language == {"kk": "А қоры", "ru": "Фонд А", "en": "Fund A"}
    assert kept.aliases == ["ФА", "FA"]


REGISTER = f"""
petitions:
- id: one
  dates:
    forwarded: [{{value: "2026-06-01", source: "{ONE}"}}]
  snapshots:
  - {{count: 5, qualifier: exact, date: "2026-06-01", source: "{ONE}"}}
organisations:
- {{id: fund-b, names: {{ru: Фонд}}, kind: movement}}
sources:
- {{id: "source:1", publisher: Газета}}
"""


def test_a_register_file_brings_events_counts_organisations_and_sources():
    assert changes(REGISTER) == [Change.ADDED] * 3
    run(REGISTER)
    assert {each.change for each in plan(REGISTER).lines} == {Change.UNCHANGED}
    assert event("forwarded").origin == "desk"


@pytest.mark.parametrize("text", [COUNTS, ORGANISATIONS, REGISTER, events(f"1,decided,2026-08-01,{ONE},,")])
def test_the_same_file_twice_changes_nothing(text):
    run(text)
    head = audit.head()
    again = plan(text)
    assert again.steps == 0
    assert not again.is_possible
    assert audit.head() == head


# Carrying out
# ------------------------------------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing():
    head = audit.head()
    plan(REGISTER + "\n")
    plan(events(f"1,decided,2026-08-01,{TWO},,"))
    assert audit.head() == head


def test_each_petition_has_one_entry_with_the_reason_and_the_chain_is_whole():
    run(events(f"1,forwarded,2026-06-01,{ONE},,", f"1,received,2026-06-02,{ONE},,"))
    entry = db.session.query(AuditEntry).filter_by(action="petition.imported").one()
    assert (entry.subject, entry.by, entry.reason) == ("petition/1", "anna", "from the table")
    assert not list(audit_check.verify())


def test_whoever_goes_away_half_way_leaves_nothing_behind(given_petition):
    given_petition("two")
    head = audit.head()
    steps = imports.carry_out(
        plan(events(f"1,filed,2026-05-01,{ONE},,", f"2,filed,2026-05-01,{ONE},,")), by="anna", reason="x"
    )
    assert next(steps) == 1
    steps.close()
    assert audit.head() == head
    assert db.session.query(Event).filter_by(kind="filed").count() == 0


def test_a_petition_that_somebody_changed_since_undoes_the_whole_import(given_petition):
    given_petition("two")
    planned = plan(events(f"1,filed,2026-05-01,{ONE},,", f"2,filed,2026-05-01,{ONE},,"))
    run(events(f"2,forwarded,2026-06-01,{ONE},,"))
    assert plan(events(f"1,filed,2026-05-01,{ONE},,", f"2,filed,2026-05-01,{ONE},,")).digest != planned.digest
    head = audit.head()
    with pytest.raises(ChangedMeanwhile):
        list(imports.carry_out(planned, by="anna", reason="x"))
    assert audit.head() == head


def test_a_plan_is_told_by_what_it_does_and_not_by_the_keys_it_draws():
    text = events(f"1,group_met,2026-06-01,{ONE},,")
    assert plan(text).digest == plan(text).digest


def test_a_file_waits_an_hour_for_the_account_that_sent_it(tmp_path, monkeypatch):
    digest = imports.keep(tmp_path, b"petition", by="anna")
    assert imports.kept(tmp_path, digest, by="anna") == b"petition"
    for by, wanted in (("berik", digest), ("anna", "0" * 64), ("anna", "../anna/" + digest), ("anna", "")):
        with pytest.raises(ImportGone):
            imports.kept(tmp_path, wanted, by=by)
    monkeypatch.setattr(imports, "KEPT_FOR", -1)
    with pytest.raises(ImportGone):
        imports.kept(tmp_path, digest, by="anna")


# On the command line
# ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def command(empty, tmp_path):
    with writing() as session:
        for code, roles in (("a1", ["editor"]), ("c1", ["confirmer"])):
            session.add(Account(code=code, name=code, roles=roles, lang="en", created_at=clock.now()))
    path = tmp_path / "table.csv"

    def call(text, *arguments):
        path.write_text(text)
        return empty.test_cli_runner().invoke(args=["desk-import", str(path), *arguments])

    return call


def test_the_command_shows_the_difference_and_carries_it_out(command):
    answer = command(COUNTS, "--as", "a1", "--dry-run")
    assert (answer.exit_code, db.session.query(CountReport).count()) == (0, 0)
    assert "row 2: No. 1: reported count: is added" in answer.output
    answer = command(COUNTS, "--as", "a1", "--reason", "from the portal")
    assert (answer.exit_code, db.session.query(CountReport).count()) == (0, 2)
    assert answer.output.endswith("Done.\n")


def test_the_command_refuses_who_may_not_record_and_what_is_wrong(command):
    assert command(COUNTS, "--as", "c1", "--reason", "x").exit_code == 2
    assert command(COUNTS, "--as", "nobody", "--reason", "x").exit_code == 2
    assert command(COUNTS, "--as", "a1").exit_code == 2
    answer = command(COUNTS.replace("50000", "many"), "--as", "a1", "--reason", "x")
    assert answer.exit_code == 1
    assert "row 2 votes: Write a whole number. (here: many)" in answer.output
    assert db.session.query(Proposal).count() == 0

"""The audit chain grows and verifies, and what is done to it behind its back is found and named."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from itertools import product
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal import clock, create_app
from portal.cli_audit import group
from portal.db import db, writing
from portal.domain.texts import Text
from portal.models.audit import AuditEntry
from portal.services import audit, audit_check, audit_roots
from portal.services.audit_check import Finding, FindingKind

pytestmark = pytest.mark.slow
"""Each makes chains of its own, on one or two databases: for the whole run."""

DOCS = Path(__file__).parents[2] / "docs" / "audit.md"
LENGTH = 12

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


class Colour(StrEnum):
    """An enum as the domain has them."""

    BLUE = "blue"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application with an empty chain, on each database in turn."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("empty_path"), tmp_path / "chain.sqlite")
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres_tables_url")
    app = create_app({"database_url": url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def chain(app: Flask) -> Flask:
    """Twelve entries, and nothing that would keep an intruder from them."""
    grow(LENGTH)
    remove_triggers()
    return app


def grow(entries: int) -> None:
    """Add entries about petitions 0, 1 and 2 in turn."""
    with writing():
        for number in range(entries):
            audit.append(
                "event.recorded",
                f"petition/{number % 3}",
                by="register",
                before={"этап": "жинау"} if number else None,
                after={"votes": number, "title": Text.of(kk="Өтініш")},
                reason=None if number % 2 else "Опечатка «исправлена»",
            )


def remove_triggers() -> None:
    """Do what the owner of a database can."""
    if db.engine.dialect.name == "sqlite":
        for change in ("update", "delete", "replace"):
            intrude(f"DROP TRIGGER audit_entry_refuses_{change}")
    else:
        intrude("DROP TRIGGER audit_entry_append_only ON audit_entry")


def intrude(statement: str, **values: object) -> None:
    """Change the database behind the portal's back."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


def found(root: str | None = None) -> list[tuple[FindingKind, int | None]]:
    """Return what verifying names, without the sentences."""
    db.session.rollback()
    return [(finding.kind, finding.sequence) for finding in audit_check.verify(root)]


def move(sequence: int, to: int) -> None:
    """Give a stored entry another number."""
    intrude("UPDATE audit_entry SET sequence = :to WHERE sequence = :old", old=sequence, to=to)


def shift(first: int, distance: int) -> None:
    """Give this entry and all later ones another number, without meeting one another."""
    intrude("UPDATE audit_entry SET sequence = sequence + 1000 WHERE sequence >= :first", first=first)
    intrude(
        "UPDATE audit_entry SET sequence = sequence - 1000 + :distance WHERE sequence > 1000",
        distance=distance,
    )


def swap(one: int, other: int) -> None:
    """Let two stored entries change places."""
    move(one, 1000)
    move(other, one)
    move(1000, other)


def forge(sequence: int, previous_hash: str, action: str = "forged") -> str:
    """Store an entry that is sound in itself, as a reader of the docs can; return its hash."""
    seal = audit.hash_of(sequence, 0, "x", action, "petition/1", None, None, None, previous_hash)
    intrude(
        'INSERT INTO audit_entry (sequence, at, "by", action, subject, previous_hash, hash)'
        " VALUES (:sequence, 0, 'x', :action, 'petition/1', :previous, :seal)",
        sequence=sequence,
        action=action,
        previous=previous_hash,
        seal=seal,
    )
    return seal


def delete(*sequences: int) -> None:
    """Delete stored entries."""
    for sequence in sequences:
        intrude("DELETE FROM audit_entry WHERE sequence = :sequence", sequence=sequence)


def hash_at(sequence: int) -> str:
    """Return the stored hash of an entry."""
    db.session.rollback()
    entry = db.session.get(AuditEntry, sequence)
    assert entry is not None
    return entry.hash


def run(app: Flask, *arguments: str) -> Result:
    """Run ``flask audit`` with these arguments."""
    db.session.rollback()
    return app.test_cli_runner().invoke(group, arguments)


# Growing


def test_an_empty_chain_is_whole_and_its_head_is_zeros(app: Flask) -> None:
    assert found() == []
    assert audit.head() == (0, audit.GENESIS)
    assert found(audit.GENESIS) == []


def test_a_chain_grows_from_zeros_and_verifies(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    instant = datetime(2031, 3, 21, 6, 30, 0, 123457, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: instant)
    grow(LENGTH)
    entries = audit.entries_since(0, 100)
    assert [entry.sequence for entry in entries] == list(range(1, LENGTH + 1))
    assert entries[0].previous_hash == audit.GENESIS
    assert entries[0].at == instant
    assert entries[1].after == ('{"title":{"marks":{"kk":"ours"},"original":null,"text":{"kk":"Өтініш"}},"votes":1}')
    assert audit.head() == (LENGTH, entries[-1].hash)
    assert found() == []
    assert all(found(entry.hash) == [] for entry in entries)


def test_entries_are_read_by_number_and_by_subject(app: Flask) -> None:
    grow(LENGTH)
    assert [entry.sequence for entry in audit.entries_since(4, 3)] == [5, 6, 7]
    assert [entry.sequence for entry in audit.entries_of("petition/1")] == [2, 5, 8, 11]


def test_an_entry_is_sealed_as_the_docs_say() -> None:
    """A fixed vector: whoever changes the encoding must change the version tag too."""
    seal = audit.hash_of(1, 5, "register", "a.b", "c/1", None, '{"д":1}', 'say "so"\n', audit.GENESIS)
    assert seal == "316b566c001de306ae1a0ddf5a96b7ca44a6aebc451f4c07b5a2de7804e97897"


def test_a_transaction_that_is_undone_leaves_no_entry(app: Flask) -> None:
    grow(2)

    def fail_half_way() -> None:
        with writing():
            audit.append("event.recorded", "petition/1", by="aliya")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert audit.head()[0] == 2
    grow(1)
    assert audit.head()[0] == 3
    assert found() == []


@pytest.mark.parametrize("entries", [0, 3])
def test_two_who_write_at_once_both_get_their_own_numbers(app: Flask, entries: int) -> None:
    """Also where neither finds a head yet."""
    grow(entries)
    db.session.rollback()
    start = threading.Barrier(2)
    numbers: list[int] = []

    def write(by: str) -> None:
        with app.app_context():
            start.wait()
            for _ in range(10):
                with writing():
                    numbers.append(audit.append("event.recorded", "petition/1", by=by).sequence)

    writers = [threading.Thread(target=write, args=(by,)) for by in ("aliya", "bolat")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(numbers) == list(range(entries + 1, entries + 21))
    assert found() == []


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"by": ""}, "by needs 1 to 80 characters"),
        ({"subject": "x" * 121}, "subject needs 1 to 120 characters"),
        ({"reason": "a\0b"}, "NUL"),
        ({"reason": "\ud800"}, "surrogates"),
    ],
)
def test_what_a_database_would_refuse_or_cut_is_refused_first(app: Flask, names: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words), writing():
        audit.append(**{"action": "a.b", "subject": "c/1", "by": "aliya", **names})
    assert audit.head() == (0, audit.GENESIS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'x' WHERE sequence = 2",
        "DELETE FROM audit_entry WHERE sequence = 2",
    ],
)
def test_the_database_refuses_to_change_an_entry(app: Flask, statement: str) -> None:
    grow(3)
    with pytest.raises(DBAPIError, match="audit_entry is append-only"):
        intrude(statement)
    assert found() == []


def test_the_database_refuses_to_empty_the_chain_or_to_replace_an_entry(app: Flask) -> None:
    grow(3)
    other_way = (
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 2"
        if db.engine.dialect.name == "sqlite"
        else "TRUNCATE audit_entry CASCADE"
    )
    with pytest.raises(DBAPIError, match="audit_entry is append-only"):
        intrude(other_way)


# Tampering


@pytest.fixture(scope="module")
def file_to_tamper_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A chain in a SQLite file, opened past the portal, with its application's context around."""
    path = tmp_path_factory.mktemp("audit") / "chain.sqlite"
    app = create_app({"database_url": f"sqlite:///{path}"})
    with app.app_context():
        db.create_all()
        grow(LENGTH)
        remove_triggers()
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA ignore_check_constraints = ON")
        yield raw
        raw.close()
        db.session.remove()
        db.engine.dispose()


@given(data=st.data())
def test_any_altered_byte_is_found_and_its_entry_named(
    file_to_tamper_with: sqlite3.Connection, data: st.DataObject
) -> None:
    raw = file_to_tamper_with
    sequence = data.draw(st.integers(1, LENGTH), "entry")
    column = data.draw(st.sampled_from(list(AuditEntry.__table__.columns.keys())), "column")
    (was,) = raw.execute(f'SELECT "{column}" FROM audit_entry WHERE sequence = ?', (sequence,)).fetchone()
    content = bytearray(str("" if was is None else was).encode())
    number = isinstance(was, int)
    byte = data.draw(st.integers(48, 57) if number else st.integers(0, 255), "byte")
    if content:
        place = data.draw(st.integers(0, len(content) - 1), "place")
        content[place] = byte if content[place] != byte else (byte ^ 1)
    else:
        content.append(byte)
    becomes = int(content) if number else bytes(content)
    taken = raw.execute("SELECT 1 FROM audit_entry WHERE sequence = ?", (becomes,)).fetchone()
    if column == "sequence" and taken:
        return  # The database itself will not have two entries with one number.
    kind = "INTEGER" if number else "TEXT"
    change = f'UPDATE audit_entry SET "{column}" = CAST(? AS {kind}) WHERE sequence = ?'
    raw.execute(change, (becomes, sequence))
    try:
        findings = list(audit_check.verify())
    finally:
        if column == "sequence":
            move(int(becomes), sequence)
        else:
            raw.execute(f'UPDATE audit_entry SET "{column}" = ? WHERE sequence = ?', (was, sequence))
    if column == "sequence":
        assert any(re.search(rf"\b{sequence}\b", finding.sentence) for finding in findings)
    else:
        assert [(finding.kind, finding.sequence) for finding in findings] == [(FindingKind.ALTERED, sequence)]
    assert list(audit_check.verify()) == []


def test_a_text_turned_into_bytes_or_an_absent_one_into_an_empty_one_is_found(
    file_to_tamper_with: sqlite3.Connection,
) -> None:
    raw = file_to_tamper_with
    for column, becomes in (("action", "CAST(action AS BLOB)"), ("reason", "''"), ("at", "'x'")):
        (was,) = raw.execute(f"SELECT {column} FROM audit_entry WHERE sequence = 4").fetchone()
        raw.execute(f"UPDATE audit_entry SET {column} = {becomes} WHERE sequence = 4")
        findings = found()
        raw.execute(f"UPDATE audit_entry SET {column} = ? WHERE sequence = 4", (was,))
        assert findings == [(FindingKind.ALTERED, 4)], column
    assert found() == []


@pytest.mark.parametrize("column", ["by", "action", "subject", "before", "after", "reason"])
def test_an_altered_column_is_found_on_each_database(chain: Flask, column: str) -> None:
    intrude(f"UPDATE audit_entry SET \"{column}\" = 'x' WHERE sequence = 7")
    assert found() == [(FindingKind.ALTERED, 7)]


def test_neighbours_altered_all_together_are_each_named(chain: Flask) -> None:
    intrude("UPDATE audit_entry SET reason = 'x'")
    assert found() == [(FindingKind.ALTERED, number) for number in range(1, LENGTH + 1)]


@pytest.mark.parametrize("column", ["hash", "previous_hash"])
def test_an_altered_seal_is_found_on_each_database(chain: Flask, column: str) -> None:
    for sequence in (1, 7, LENGTH):
        intrude(
            f"UPDATE audit_entry SET {column} = :seal WHERE sequence = :sequence",
            seal=f"{sequence:064x}",
            sequence=sequence,
        )
    assert found() == [(FindingKind.ALTERED, sequence) for sequence in (1, 7, LENGTH)]


@pytest.mark.parametrize(
    ("gone", "findings"),
    [
        ([1], [(FindingKind.MISSING, 1)]),
        ([6], [(FindingKind.MISSING, 6)]),
        ([1, 2, 6, 7], [(FindingKind.MISSING, 1), (FindingKind.MISSING, 6)]),
        ([LENGTH], [(FindingKind.CUT_OFF, LENGTH)]),
        (range(1, LENGTH + 1), [(FindingKind.CUT_OFF, 1)]),
    ],
)
def test_deleted_entries_are_missed(chain: Flask, gone: list[int], findings: list[tuple[FindingKind, int]]) -> None:
    delete(*gone)
    assert found() == findings


def test_a_gap_is_named_from_its_first_entry_to_its_last(chain: Flask) -> None:
    delete(6, 7)
    assert list(audit_check.verify()) == [Finding(FindingKind.MISSING, 6, "Entries 6 to 7 are missing.")]


@pytest.mark.parametrize("gone", [[1], [6], [6, 7, 8]])
def test_a_gap_hidden_by_moving_up_what_follows_is_named(chain: Flask, gone: list[int]) -> None:
    delete(*gone)
    shift(gone[0], -len(gone))
    assert found() == [(FindingKind.MISSING, gone[0]), (FindingKind.REORDERED, gone[0])]


def test_a_cut_off_tail_with_the_head_moved_back_is_found_by_a_root_alone(chain: Flask) -> None:
    """The root published before the cut is the only witness."""
    root = hash_at(LENGTH)
    delete(LENGTH, LENGTH - 1)
    intrude(
        "UPDATE audit_head SET sequence = :last, hash = :seal",
        last=LENGTH - 2,
        seal=hash_at(LENGTH - 2),
    )
    assert found() == []
    assert found(hash_at(3)) == []
    assert found(root) == [(FindingKind.ROOT_UNKNOWN, None)]


def test_a_tail_written_anew_is_found_by_a_root_alone(chain: Flask) -> None:
    root = hash_at(LENGTH)
    delete(LENGTH)
    seal = forge(LENGTH, hash_at(LENGTH - 1))
    intrude("UPDATE audit_head SET hash = :seal", seal=seal)
    assert found() == []
    assert found(root) == [(FindingKind.ROOT_UNKNOWN, None)]


@pytest.mark.parametrize(("one", "other"), [(1, 2), (5, 6), (3, 9), (1, LENGTH), (11, LENGTH)])
def test_two_entries_that_changed_places_are_both_named(chain: Flask, one: int, other: int) -> None:
    swap(one, other)
    assert found() == [(FindingKind.REORDERED, one), (FindingKind.REORDERED, other)]
    assert [finding.sentence for finding in audit_check.verify()] == [
        f"The entry stored as {one} is entry {other} of the chain.",
        f"The entry stored as {other} is entry {one} of the chain.",
    ]


def test_a_chain_turned_round_is_named_entry_by_entry(chain: Flask) -> None:
    intrude("UPDATE audit_entry SET sequence = sequence + 1000")
    intrude("UPDATE audit_entry SET sequence = 1013 - sequence")
    assert found() == [(FindingKind.REORDERED, number) for number in range(1, LENGTH + 1)]


def test_the_last_entry_moved_away_is_not_taken_for_a_wrong_head(chain: Flask) -> None:
    move(LENGTH, 40)
    assert found() == [(FindingKind.MISSING, LENGTH), (FindingKind.REORDERED, 40)]


@pytest.mark.parametrize("many", [1, 3])
def test_entries_put_in_are_named_and_so_is_what_they_pushed_away(chain: Flask, many: int) -> None:
    shift(6, many)
    seal = hash_at(5)
    for number in range(6, 6 + many):
        seal = forge(number, seal)
    inserted = [(FindingKind.INSERTED, number) for number in range(6, 6 + many)]
    assert found() == [*inserted, (FindingKind.REORDERED, 6 + many)]


def test_an_entry_put_in_anyhow_is_named(chain: Flask) -> None:
    """Its hash is no hash of anything."""
    shift(6, 1)
    forge(6, hash_at(5))
    intrude("UPDATE audit_entry SET reason = 'x' WHERE sequence = 6")
    assert found() == [(FindingKind.ALTERED, 6), (FindingKind.REORDERED, 7)]


def test_an_entry_replaced_by_a_sound_one_is_named(chain: Flask) -> None:
    delete(6)
    forge(6, hash_at(5))
    assert found() == [(FindingKind.ALTERED, 6)]


def test_a_first_entry_that_follows_something_is_named(chain: Flask) -> None:
    delete(*range(1, LENGTH + 1))
    seal = forge(1, "ab" * 32)
    intrude("UPDATE audit_head SET sequence = 1, hash = :seal", seal=seal)
    assert found() == [(FindingKind.ALTERED, 1)]


def test_an_entry_added_without_the_head_is_named(chain: Flask) -> None:
    forge(LENGTH + 1, hash_at(LENGTH))
    assert found() == [(FindingKind.HEAD_ALTERED, LENGTH)]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM audit_head", (FindingKind.CUT_OFF, LENGTH)),
        ("UPDATE audit_head SET sequence = 11", (FindingKind.HEAD_ALTERED, 11)),
        ("UPDATE audit_head SET sequence = 14", (FindingKind.CUT_OFF, 13)),
        (f"UPDATE audit_head SET hash = '{'a' * 64}'", (FindingKind.HEAD_ALTERED, LENGTH)),
    ],
)
def test_a_head_that_disagrees_is_named(chain: Flask, statement: str, finding: tuple[FindingKind, int]) -> None:
    intrude(statement)
    assert found() == [finding]


def test_a_malformed_root_is_refused_at_once(app: Flask) -> None:
    with pytest.raises(ValueError, match="64 lower-case hexadecimal digits"):
        audit_check.verify("A" * 64)


# Personal values


def conceal(value: str = "Айгерім Сәрсенова") -> str:
    """Record an event with a name in it."""
    with writing():
        digest = audit.conceal(value)
        audit.append("petition.added", "petition/9", by="aliya", after={"author": {"personal": digest}})
    return digest


def test_a_personal_value_is_kept_beside_the_chain(app: Flask) -> None:
    digest, same = conceal(), conceal()
    assert digest != same
    assert audit.revealed(digest) == "Айгерім Сәрсенова"
    assert "Айгерім" not in "".join(audit_check.exported())
    assert found() == []


def test_erasing_a_personal_value_keeps_the_chain_whole(app: Flask) -> None:
    digest = conceal()
    root = audit.head()[1]
    audit.erase(digest, by="bolat", reason="Asked by the person")
    audit.erase(digest, by="bolat", reason="Asked again")
    assert audit.revealed(digest) is None
    assert [entry.action for entry in audit.entries_of(f"personal/{digest}")] == ["personal.erased"]
    assert found(root) == []


def test_nobody_can_erase_what_was_never_kept(app: Flask) -> None:
    with pytest.raises(audit.PersonalValueMissing):
        audit.erase("0" * 64, by="bolat", reason="A mistake")
    assert audit.head()[0] == 0


def test_a_personal_value_without_an_entry_is_not_kept(app: Flask) -> None:
    with pytest.raises(IntegrityError), writing():
        audit.conceal("Айгерім Сәрсенова")
    assert found() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE personal_value SET value = 'Somebody else'",
        "UPDATE personal_value SET salt = '00'",
        "UPDATE personal_value SET salt = 'no digits'",
        "UPDATE personal_value SET salt = NULL, value = NULL, erased_at = 0",
        "DELETE FROM personal_value",
    ],
)
def test_a_personal_value_changed_behind_the_chain_is_found(app: Flask, statement: str) -> None:
    conceal()
    intrude(statement)
    assert found() == [(FindingKind.PERSONAL_ALTERED, 1)]


# Canonical JSON


@given(JSON_VALUES)
def test_canonical_json_gives_back_the_value_and_is_one_for_equal_values(value: object) -> None:
    written = audit.canonical(value)
    assert json.loads(written) == value
    assert audit.canonical(json.loads(written)) == written


def test_canonical_json_writes_the_domain_s_values() -> None:
    almaty = timezone(timedelta(hours=5))
    value = {
        "b": date(2031, 3, 21),
        "a": datetime(2031, 3, 21, 11, 30, tzinfo=almaty),
        Colour.BLUE: [Colour.BLUE, True, None, (1, 2)],
        "text": Text.of(original="kk", kk="Ә", ru="Э"),
    }
    assert audit.canonical(value) == (
        '{"a":"2031-03-21T06:30:00.000000+00:00","b":"2031-03-21","blue":["blue",true,null,[1,2]],'
        '"text":{"marks":{"kk":"ours","ru":"ours"},"original":"kk","text":{"kk":"Ә","ru":"Э"}}}'
    )


def test_canonical_json_keeps_two_spellings_apart() -> None:
    """«й» as one code point and as two: the chain attests which was recorded."""
    assert audit.canonical("й") != audit.canonical(unicodedata.normalize("NFD", "й"))


@pytest.mark.parametrize("value", [1.5, float("nan"), [0.0], {1, 2}, {1: "a"}, b"a", object()])
def test_canonical_json_refuses_what_has_no_single_form(value: object) -> None:
    with pytest.raises(TypeError):
        audit.canonical({"value": value})


@pytest.mark.parametrize("value", [datetime(2031, 3, 21), "\ud800"])  # noqa: DTZ001
def test_canonical_json_refuses_instants_without_a_zone_and_broken_text(value: object) -> None:
    with pytest.raises(ValueError, match=r"zone|surrogates"):
        audit.canonical(value)


# The command line and the docs


def test_the_command_says_that_a_chain_is_whole(app: Flask) -> None:
    grow(1)
    result = run(app, "verify", "--root", hash_at(1).upper())
    assert result.exit_code == 0
    assert result.output == f"The chain is whole: 1 entry, head {hash_at(1)}.\n"
    assert run(app, "head").output == f"1 {hash_at(1)}\n"


def test_the_command_names_each_finding_and_fails(chain: Flask) -> None:
    delete(6)
    result = run(chain, "verify", "--root", "0123" * 16)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "Entry 6 is missing.",
        f"The entry with the hash {'0123' * 16} is gone: the chain was rewritten or cut off since.",
    ]


def test_the_command_refuses_a_malformed_hash(app: Flask) -> None:
    assert run(app, "verify", "--root", "abc").exit_code == 2


def check_with_the_docs_script(export: str, *roots: str) -> subprocess.CompletedProcess[str]:
    """Run the very script that the docs show, in a Python of its own."""
    (script,) = re.findall(r"^```python\n(.*?)^```$", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return subprocess.run(
        [sys.executable, "-I", "-c", script, *roots],
        input=export,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_script_in_the_docs_checks_an_export(app: Flask) -> None:
    grow(LENGTH)
    conceal()
    export = run(app, "export").output
    number, last = audit.head()
    whole = check_with_the_docs_script(export, last, hash_at(3))
    assert whole.stdout == f"The chain is whole: {number} entries, head {last}.\n"
    assert check_with_the_docs_script(export, "ab" * 32).returncode == 1
    lines = export.splitlines(keepends=True)
    for damaged in (
        export.replace('"votes\\":4', '"votes\\":5', 1),
        "".join(lines[:4] + lines[5:]),
        "".join([*lines[:3], lines[4], lines[3], *lines[5:]]),
        "".join(lines[1:]),
    ):
        assert damaged != export
        assert "The chain breaks at entry" in check_with_the_docs_script(damaged).stderr


def test_a_damaged_entry_can_still_be_exported(file_to_tamper_with: sqlite3.Connection) -> None:
    raw = file_to_tamper_with
    (was,) = raw.execute("SELECT action FROM audit_entry WHERE sequence = 4").fetchone()
    for damage in ("CAST(X'ff41' AS TEXT)", "X'ff41'"):
        raw.execute(f"UPDATE audit_entry SET action = {damage} WHERE sequence = 4")
        export = "\n".join(audit_check.exported())
        raw.execute("UPDATE audit_entry SET action = ? WHERE sequence = 4", (was,))
        result = check_with_the_docs_script(export)
        assert result.stderr.strip() == "The chain breaks at entry 4."


# Every byte, every entry, every pair


FEW = 3


@pytest.fixture
def few_to_tamper_with(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A chain of three entries in a SQLite file, opened past the portal."""
    path = tmp_path / "few.sqlite"
    app = create_app({"database_url": f"sqlite:///{path}"})
    with app.app_context():
        db.create_all()
        grow(FEW)
        remove_triggers()
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("PRAGMA synchronous = OFF")
        yield raw
        raw.close()
        db.session.remove()
        db.engine.dispose()


def test_each_single_byte_of_each_column_is_found_when_it_is_altered(few_to_tamper_with: sqlite3.Connection) -> None:
    """Not a sample: every byte there is, with one bit turned over."""
    raw = few_to_tamper_with
    columns = [column.name for column in AuditEntry.__table__.columns if column.name != "sequence"]
    for sequence, column in product(range(1, FEW + 1), columns):
        (was,) = raw.execute(f'SELECT "{column}" FROM audit_entry WHERE sequence = ?', (sequence,)).fetchone()
        content = str("" if was is None else was).encode()
        kind = "INTEGER" if isinstance(was, int) else "TEXT"
        for place in range(len(content)):
            becomes = bytearray(content)
            becomes[place] ^= 1
            change = f'UPDATE audit_entry SET "{column}" = CAST(? AS {kind}) WHERE sequence = ?'
            raw.execute(change, (int(becomes) if isinstance(was, int) else bytes(becomes), sequence))
            findings = found()
            raw.execute(f'UPDATE audit_entry SET "{column}" = ? WHERE sequence = ?', (was, sequence))
            assert findings == [(FindingKind.ALTERED, sequence)], (column, place)
    assert found() == []


def taken(raw: sqlite3.Connection, *sequences: int) -> list[tuple[object, ...]]:
    """Take entries out, and return them so that they can be put back."""
    marks = ", ".join("?" * len(sequences))
    rows = raw.execute(f"SELECT * FROM audit_entry WHERE sequence IN ({marks})", sequences).fetchall()
    raw.execute(f"DELETE FROM audit_entry WHERE sequence IN ({marks})", sequences)
    return rows


def put_back(raw: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    raw.executemany(f"INSERT INTO audit_entry VALUES ({', '.join('?' * 10)})", rows)


@given(gone=st.sets(st.integers(1, LENGTH), min_size=1))
def test_whatever_is_deleted_is_missed_and_the_first_of_it_named(
    file_to_tamper_with: sqlite3.Connection, gone: set[int]
) -> None:
    raw = file_to_tamper_with
    rows = taken(raw, *gone)
    try:
        findings = list(audit_check.verify())
    finally:
        put_back(raw, rows)
    assert findings[0].sequence == min(gone)
    assert {finding.kind for finding in findings} <= {FindingKind.MISSING, FindingKind.CUT_OFF}
    assert list(audit_check.verify()) == []


@given(left=st.integers(0, LENGTH - 1))
def test_a_tail_of_any_length_is_missed_by_a_root_though_the_head_was_moved_back(
    file_to_tamper_with: sqlite3.Connection, left: int
) -> None:
    raw = file_to_tamper_with
    root = audit.head()[1]
    db.session.rollback()
    rows = taken(raw, *range(left + 1, LENGTH + 1))
    (seal,) = raw.execute("SELECT hash FROM audit_entry WHERE sequence = ?", (left,)).fetchone() or (audit.GENESIS,)
    raw.execute("UPDATE audit_head SET sequence = ?, hash = ?", (left, seal))
    try:
        unseen, seen = list(audit_check.verify()), list(audit_check.verify(root))
    finally:
        put_back(raw, rows)
        raw.execute("UPDATE audit_head SET sequence = ?, hash = ?", (LENGTH, root))
    assert unseen == []
    assert [finding.kind for finding in seen] == [FindingKind.ROOT_UNKNOWN]
    assert root in seen[0].sentence


@given(pair=st.sets(st.integers(1, LENGTH), min_size=2, max_size=2))
def test_any_two_that_changed_places_are_both_named(file_to_tamper_with: sqlite3.Connection, pair: set[int]) -> None:
    one, other = sorted(pair)
    swap(one, other)
    try:
        findings = found()
    finally:
        swap(one, other)
    assert findings == [(FindingKind.REORDERED, one), (FindingKind.REORDERED, other)]


# Roots


def test_each_day_in_kazakhstan_has_the_last_of_its_entries_as_its_root(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry in the last microsecond before midnight belongs to the day that ends."""
    midnight = datetime(2026, 11, 20, 19, tzinfo=UTC)
    for at in (
        midnight - timedelta(hours=3),
        midnight - timedelta(microseconds=1),
        midnight,
        midnight + timedelta(days=2),
    ):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        grow(1)
    roots = audit_roots.roots()
    assert [(root.day, root.sequence) for root in roots] == [
        (date(2026, 11, 23), 4),
        (date(2026, 11, 21), 3),
        (date(2026, 11, 20), 2),
    ]
    assert [root.hash for root in roots] == [hash_at(4), hash_at(3), hash_at(2)]
    assert [root.day for root in roots] == [
        clock.day_of(audit.entries_since(root.sequence - 1, 1)[0].at) for root in roots
    ]
    assert [root.sequence for root in audit_roots.roots(limit=1)] == [4]
    assert [root.sequence for root in audit_roots.roots(before=date(2026, 11, 21))] == [2]
    assert audit_roots.roots(before=date(2026, 11, 20)) == []
    assert run(app, "roots").output.splitlines()[0] == f"2026-11-23 4 {hash_at(4)}"


def test_a_chain_without_entries_has_no_roots(app: Flask) -> None:
    assert audit_roots.roots() == []
    assert run(app, "roots").output == ""


def test_the_days_of_roots_are_those_of_the_only_clock() -> None:
    """Were the zone of Kazakhstan to change, the days of roots would have to follow."""
    for at in (datetime(2026, 11, 20, tzinfo=UTC), clock.now()):
        assert at.astimezone(clock.LAW_ZONE).utcoffset() == audit_roots.ALMATY


def test_an_export_begins_and_ends_where_it_is_asked_to(app: Flask) -> None:
    grow(LENGTH)
    whole = list(audit_check.exported())
    assert list(audit_check.exported(4, 6)) == whole[4:6]
    assert run(app, "export", "--since", "10").output.splitlines() == whole[10:]

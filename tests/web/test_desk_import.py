"""Imports in the browser: the difference first, then all or nothing, told as it goes."""

import io
import re

import pytest

from portal.db import db
from portal.models import CountReport, Event, Proposal
from portal.services import audit, imports
from tests.fixtures.pages import SPOKEN, check

pytestmark = pytest.mark.slow

IMPORT = "/desk/en/import"
SOURCE = "https://example.org/page"
COUNTS = f"petition,votes,date,source\n3,41000,01.06.2026,{SOURCE}\n6,<b>,02.06.2026,\n"
GOOD = f"petition,votes,date,source\n3,41000,01.06.2026,{SOURCE}\n6,42000,02.06.2026,{SOURCE}\n"


@pytest.fixture
def editor(desk, tmp_path):
    desk.app.instance_path = str(tmp_path / "instance")
    return desk.client("editor")


def send(desk, client, text, path=IMPORT, reason="from the portal", name="counts.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return desk.send(client, path, {"file": (io.BytesIO(data), name), "reason": reason})


def hidden(page):
    return dict(re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', page.text)) | {
        "csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    }


def carry_out(client, page):
    answer = client.post("/desk/en/import/carry-out", data={**hidden(page), "do": "save"})
    answer.get_data()  # Nothing goes on while nobody reads.
    return answer


def counts():
    db.session.rollback()
    return db.session.query(CountReport).filter_by(origin="desk").count()


def test_the_difference_is_shown_and_nothing_written_before_the_yes(desk, editor):
    head = audit.head()
    page = send(desk, editor, GOOD)
    assert page.status_code == 200
    assert "No. 3: reported count" in page.text
    assert "41,000" in page.text
    assert audit.head() == head
    answer = carry_out(editor, page)
    assert answer.status_code == 200
    assert "Done. Everything in the file is in the record now" in answer.text
    assert counts() == 2


def test_progress_is_told_while_it_runs_and_the_end_says_what_came_of_it(desk, editor):
    page = send(desk, editor, GOOD)
    answer = editor.post("/desk/en/import/carry-out", data={**hidden(page), "do": "save"})
    assert answer.is_streamed
    assert re.findall(r'<progress max="(\d)" value="(\d)"', answer.text) == [("3", "1"), ("3", "2"), ("3", "3")]
    assert answer.text.index("<progress") < answer.text.index("running__end") < answer.text.index("</html>")


def test_the_same_file_again_has_nothing_to_carry_out(desk, editor):
    carry_out(editor, send(desk, editor, GOOD))
    page = send(desk, editor, GOOD)
    assert "nothing would change" in page.text
    assert "Carry it out" not in page.text


def test_what_is_wrong_is_named_by_row_and_column_and_shown_as_text(desk, editor):
    page = send(desk, editor, COUNTS)
    assert page.status_code == 422
    assert "&lt;b&gt;" in page.text
    assert "<b>" not in page.text
    assert "Write a whole number." in page.text
    assert "<code>votes</code>" in page.text
    assert "Carry it out" not in page.text
    assert counts() == 0


def test_a_record_that_changed_since_is_shown_again_and_nothing_is_done(desk, editor):
    page = send(desk, editor, GOOD)
    carry_out(editor, send(desk, editor, GOOD.splitlines(keepends=True)[0] + GOOD.splitlines()[2]))
    answer = carry_out(editor, page)
    assert answer.status_code == 409
    assert "The record has changed since you saw this." in answer.text
    assert counts() == 1
    assert carry_out(editor, answer).status_code == 200
    assert counts() == 2


def test_a_file_belongs_to_whoever_sent_it(desk, editor):
    page = send(desk, editor, GOOD)
    other = desk.client("editor", name="other")
    entries = {**hidden(page), "csrf_token": desk.token(other, IMPORT), "do": "save"}
    assert other.post("/desk/en/import/carry-out", data=entries).status_code == 303
    assert "The file is no longer kept" in other.get(IMPORT).text
    assert counts() == 0


def test_without_the_token_of_the_form_nothing_is_done(desk, editor):
    entries = {**hidden(send(desk, editor, GOOD)), "csrf_token": "x", "do": "save"}
    assert editor.post("/desk/en/import/carry-out", data=entries).status_code == 303
    assert counts() == 0


def test_a_decision_from_a_file_waits_for_a_second_person(desk, editor):
    page = send(desk, editor, f"petition,kind,date,source\n3,decided,01.11.2026,{SOURCE}\n")
    assert "Is proposed to a second person" in page.text
    carry_out(editor, page)
    db.session.rollback()
    assert db.session.query(Proposal).count() == 1
    assert db.session.query(Event).filter_by(kind="decided", origin="desk").count() == 0


def test_who_may_add_and_not_correct_is_told_so(desk, editor):
    carry_out(editor, send(desk, editor, GOOD))
    changed = GOOD.replace("41000", "41001")
    page = send(desk, editor, changed)
    assert "changed by somebody who may correct" in page.text
    assert "Carry it out" not in page.text
    both = desk.client("editor+confirmer")
    page = send(desk, both, changed)
    assert re.search(r"<del>41,000</del>\s*<ins>41,001</ins>", page.text)
    carry_out(both, page)
    assert counts() == 3


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [({"reason": "x"}, "Choose a file."), ({"file": (io.BytesIO(b"a"), "a.csv"), "reason": ""}, "Fill in this field.")],
)
def test_a_form_without_a_file_or_a_reason_says_so_beside_the_field(desk, editor, entries, sentence):
    answer = desk.send(editor, IMPORT, entries)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_file_over_the_limit_and_a_post_of_eleven_megabytes_are_refused_in_words(desk, editor, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST_FILE", 50)
    answer = send(desk, editor, GOOD)
    assert (answer.status_code, "The file is too large" in answer.text) == (422, True)
    answer = editor.post(IMPORT, data=b"x" * 11_000_000, content_type="multipart/form-data; boundary=x")
    assert (answer.status_code, "At most 10 MB" in answer.text) == (413, True)


@pytest.mark.parametrize("section", ["events", "counts", "organisations"])
def test_a_table_to_fill_in_can_be_sent_back(desk, editor, section):
    table = editor.get(f"/desk/en/import/{section}.csv")
    assert table.headers["Content-Disposition"] == f'attachment; filename="{section}.csv"'
    assert "The table has no rows." in send(desk, editor, table.data).text
    assert editor.get("/desk/en/import/dreams.csv").status_code == 400


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_difference_is_whole_in_each_language(desk, editor, english_only, lang):
    path = f"/desk/{lang}/import"
    for text in (GOOD, COUNTS, f"petition,kind,date,source\n3,decided,01.11.2026,{SOURCE}\n"):
        check(send(desk, editor, text, path), lang, english_only)
    page = send(desk, editor, GOOD, path)
    answer = editor.post(f"{path}/carry-out", data={**hidden(page), "do": "save"})
    check(answer, lang, english_only)

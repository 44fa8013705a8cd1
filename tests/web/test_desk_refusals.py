"""Every form that records something refuses what it cannot take: in words, beside the field, losing nothing typed."""

import html
import re
import shutil
import sqlite3

import pytest
from wtforms import FieldList, FormField

from portal import create_app
from portal.db import db
from portal.models import Account
from portal.services import audit, record_rows, sessions, tracking
from portal.web.desk.forms.base import ChoiceField, CountField, DayField, LineField, WordsField
from portal.web.desk.records import FORMS
from tests.fixtures.desk import CSRF, Desk, hidden_of
from tests.fixtures.entries import entries_of
from tests.fixtures.record import close

pytestmark = pytest.mark.slow

SCRIPT = "<script>alert(1)</script><b>bold</b>"


def leaves(form):
    """Return every field of a form, those of its parts included."""
    for field in form:
        match field:
            case FormField():
                yield from leaves(field.form)
            case FieldList():
                for entry in field:
                    yield from leaves(entry.form) if isinstance(entry, FormField) else [entry]
            case _:
                yield field


class Opened:
    """One form of the desk on a row of the shipped record, as a confirmer has it before them."""

    def __init__(self, desk, form, number, table, key):
        self.app = desk.app
        self.client = desk.client("editor+confirmer")
        self.path = f"/desk/en/petitions/{number}/{table}/{key}/correct"
        self.token = desk.token(self.client, self.path)
        with desk.app.test_request_context("/desk/en/"):
            petition = tracking.by_number(number)
            shown = form.of(petition, record_rows.current(petition, table, key))
            self.entries = dict(entries_of(shown))
            self.names = [(type(field), field.name) for field in leaves(shown)]

    def named(self, *kinds):
        """Return the names of the fields of some kinds, the hidden ones left out."""
        return [name for kind, name in self.names if issubclass(kind, kinds)]

    def head(self):
        """Return the head of the chain."""
        with self.app.app_context():
            return audit.head()

    def send(self, **changed):
        """Press the button with some entries changed."""
        entries = {**self.entries, "csrf_token": self.token, "reason": "A look.", "do": "check", **changed}
        return self.client.post(self.path, data=entries)


@pytest.fixture(scope="session")
def rows_taken(served):
    """One row of the shipped record for each form: the petition's number, the table, the key."""
    found: dict[str | None, tuple[int, str, str]] = {}
    with served.app_context():
        for number in (1, 2, 3):
            petition = tracking.by_number(number)
            for standing in (each for rows in record_rows.every(petition).values() for each in rows):
                form = next((name for name, form in FORMS.items() if form.takes(standing.row)), None)
                found.setdefault(form, (number, standing.row.table, standing.row.key))
    return found


@pytest.fixture(scope="module")
def one_desk(shipped_path, tmp_path_factory):
    """One desk for all of these: whatever is refused writes nothing."""
    path = tmp_path_factory.mktemp("refusals") / "portal.sqlite"
    shutil.copy(shipped_path, path)
    app = create_app({"database_url": f"sqlite:///{path}", "cache_url": "none:"})
    yield Desk(app)
    close(app)


@pytest.fixture(params=FORMS)
def opened(one_desk, rows_taken, request):
    """Each of the forms."""
    yield Opened(one_desk, FORMS[request.param], *rows_taken[request.param])
    with one_desk.app.app_context():
        db.session.remove()


def sentence_beside(page, name):
    """Return what the page says beside a field."""
    found = re.search(rf'id="{re.escape(name)}-problem">(.*?)</p>', page.text, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", "", found[1])) if found else None


def test_a_form_refuses_in_words_what_it_cannot_take(opened):
    head = opened.head()
    refused = {
        WordsField: ("a" * 20_001, "At most this many characters"),
        LineField: ("a" * 601, "At most this many characters"),
        DayField: ("31.02.2024", "There is no such date."),
        CountField: ("minus one", "Write a whole number"),
        ChoiceField: ("nothing of the kind", "Choose one of the list."),
    }
    for kind, (typed, sentence) in refused.items():
        names = opened.named(kind)[:3]
        page = opened.send(**dict.fromkeys(names, typed)) if names else None
        for name in names:
            assert page.status_code == 422, (name, typed[:20])
            assert sentence in (sentence_beside(page, name) or ""), name
            if kind is not ChoiceField:
                assert typed in page.text, f"{name}: what was typed is gone"
    assert opened.head() == head


def test_markup_is_shown_as_text(opened):
    names = opened.named(WordsField)
    page = opened.send(**dict.fromkeys(names, SCRIPT))
    assert page.status_code in (200, 422)
    assert SCRIPT not in page.text
    assert html.escape(SCRIPT, quote=False) in page.text or html.escape(SCRIPT) in page.text
    assert "<script>alert" not in page.text


def test_characters_that_cannot_be_stored_do_no_harm(opened):
    harmful = "a\0b\x0b\ud800".encode("utf-8", "surrogatepass")
    for kind in (WordsField, LineField, DayField, CountField, ChoiceField):
        page = opened.send(**dict.fromkeys(opened.named(kind), harmful))
        assert page.status_code in (200, 422), kind
        assert "\0" not in page.text


def test_a_form_without_its_token_is_shown_again_with_a_new_one(opened):
    page = None
    for token in ("", "1##2", "20200101000000##" + "0" * 40):
        page = opened.send(csrf_token=token, reason="Kept as typed.")
        assert page.status_code == 422
        assert "This form was open for too long" in page.text
        assert "Kept as typed." in page.text
    opened.token = CSRF.search(page.text)[1]
    assert "This form was open for too long" not in opened.send().text


def test_what_is_too_large_is_refused_in_a_sentence(opened):
    page = opened.send(reason="a" * 10_500_000)
    assert page.status_code == 413
    assert "At most 10 MB can be taken." in page.text


def test_a_session_that_ended_loses_nothing_that_was_typed(desk):
    client = desk.client("editor")
    path = "/desk/en/petitions/1/record/demand"
    typed = {**hidden_of(client.get(path)), "words-en": "Typed before the session ended", "do": "check"}
    with desk.app.app_context():
        sessions.end_all(db.session.query(Account).filter_by(name="editor").one())
        db.session.remove()
    db.session.remove()
    refused = client.post(path, data=typed)
    assert refused.status_code == 401
    assert "what you typed is not lost" in refused.text
    again = desk.client("editor").get_cookie("desk", path="/desk")
    client.set_cookie("desk", again.value, path="/desk")
    shown = client.post(path, data=typed)
    assert shown.status_code == 422
    assert "Typed before the session ended" in shown.text


def test_whoever_saves_during_a_long_import_is_told_and_loses_nothing(desk):
    client = desk.client("editor")
    path = "/desk/en/petitions/1/record/event/complaint_filed"
    typed = {
        **hidden_of(client.get(path)),
        "claims-0-day": "06.08.2024",
        "note-en": "Typed while much was saved",
        "do": "check",
    }
    db.session.remove()
    with sqlite3.connect(db.engine.url.database, isolation_level=None) as another:
        another.execute("BEGIN IMMEDIATE")
        told = client.post(path, data=typed)
        another.execute("ROLLBACK")
    another.close()
    assert told.status_code in (422, 503)
    assert "Much is being saved at this moment." in told.text
    assert "Typed while much was saved" in told.text

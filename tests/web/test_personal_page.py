"""The desk's page for erasing what a person asked to be erased."""

import re

import pytest

from portal.db import db
from portal.models import Petition
from portal.services import audit, personal, tracking

pytestmark = pytest.mark.slow
"""A database for each test: for the whole run."""


@pytest.fixture
def named(desk):
    """The number and the author's name of a petition whose author is known."""
    with desk.app.app_context():
        petition = next(each for each in db.session.query(Petition) if each.author_digest)
        found = petition.number, audit.revealed(petition.author_digest), petition.author_digest
        db.session.remove()
    return found


def test_an_admin_erases_a_name_with_a_reason(desk, named):
    number, name, digest = named
    client, path = desk.client("admin"), f"/desk/en/petitions/{named[0]}/personal"
    page = client.get(path)
    assert name in page.text
    assert "Author" in page.text or "author" in page.text
    answer = desk.send(client, path, {"what": f"value:{digest}", "reason": "Asked by the person", "is_sure": "y"})
    assert answer.status_code == 303
    after = client.get(path)
    assert "Erased. The log says that something was erased, and why." in after.text
    assert name not in after.text
    assert "Erased already" in after.text
    public = desk.app.test_client()
    assert name not in public.get(f"/en/petitions/{number}").text
    log = public.get("/en/corrections").text
    assert "Personal data erased" in log
    assert "Asked by the person" in log
    assert "at the desk (account test-admin)" in log
    assert name not in log


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("what", "Fill in this field."),
        ("reason", "Fill in this field."),
        ("is_sure", "Tick this box if you are sure."),
    ],
)
def test_nothing_goes_without_a_choice_a_reason_and_a_tick(desk, named, left_out, sentence):
    number, name, digest = named
    client, path = desk.client("admin"), f"/desk/en/petitions/{number}/personal"
    entries = {"what": f"value:{digest}", "reason": "Asked <b>", "is_sure": "y"}
    entries.pop(left_out)
    answer = desk.send(client, path, entries)
    assert answer.status_code == 422
    assert re.search(rf'id="{left_out}-problem">.*?{re.escape(sentence)}', answer.text, re.DOTALL)
    if left_out != "reason":
        assert "Asked &lt;b&gt;" in answer.text
    with desk.app.app_context():
        assert tracking.record_of(tracking.by_number(number)).author == name


def test_what_is_not_offered_is_not_taken(desk, named):
    client, path = desk.client("admin"), f"/desk/en/petitions/{named[0]}/personal"
    for what in ("value:" + "0" * 64, "row:title:1", "row:nothing:1", "x"):
        answer = desk.send(client, path, {"what": what, "reason": "Asked", "is_sure": "y"})
        assert answer.status_code == 422


@pytest.mark.parametrize("role", ["editor", "confirmer"])
def test_only_an_admin_may(desk, named, role):
    assert desk.client(role).get(f"/desk/en/petitions/{named[0]}/personal").status_code == 403


def test_a_petition_without_personal_values_says_so(desk):
    client = desk.client("admin")
    with desk.app.app_context():
        number = next(each.number for each in db.session.query(Petition) if not personal.values_of(each))
        db.session.remove()
    page = client.get(f"/desk/en/petitions/{number}/personal")
    assert "There is nothing here that could be erased." in page.text
    assert client.get("/desk/en/petitions/999/personal").status_code == 404

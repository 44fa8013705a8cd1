"""The hub: queues with numbers and ages, whose tasks are, and the forms that they lead to."""

import re
from datetime import date, timedelta

import pytest

from portal import clock
from portal.db import db, writing
from portal.domain.tasks import TaskKind
from portal.domain.texts import Text
from portal.i18n.locale import speak
from portal.models import OfficialReading, Organisation, Petition, PortalWord, Source, SourceCheck, TaskNote
from portal.services import audit, proposals, register, tasks, watch_stops
from portal.services.register_format import BodyIn
from portal.web.desk import hub_view
from portal.web.desk.addresses import address_of
from tests.fixtures.pages import SPOKEN, check

pytestmark = pytest.mark.slow

HUB = "/desk/en/"
STATE = "ON_REVIEW_X"
RU = Text.of(ru="слова")


def numbers(page):
    return [int(each) for each in re.findall(r'queue__number">(\d+)<', page.text)]


def first(desk, kind):
    return next(each for each in tasks.tasks(clock.today()) if each.kind is kind)


def leave_to_people(session):
    """Read of the official portal a word, a decision and an addressee that nobody has explained or recorded."""
    petition = session.query(Petition).filter(Petition.number == 4).one()
    petition.official_uuid = "00000000-0000-4000-8000-000000000004"
    session.add(PortalWord(kind="state", word=STATE, first_seen_at=clock.now()))
    session.add(OfficialReading(petition_id=petition.id, at=1_780_000_000, status=200, is_decided=True))
    names = Text.of(kk="Орган", ru="Орган", en="Body")
    record = BodyIn(id="official-9", names=names.as_json()["text"], source=session.query(Source).first().key)
    register.put_within(session, "bodies", record, by="portal", reason=None)


@pytest.fixture
def editor(desk):
    return desk.client("editor")


def test_every_queue_says_how_many_tasks_it_has_and_how_old_the_oldest_is(desk, editor):
    page = editor.get(HUB)
    found = tasks.tasks(clock.today())
    assert page.status_code == 200
    assert numbers(page) == [sum(each.kind is kind for each in found) for kind in TaskKind]
    assert re.search(r"Oldest: \d+ days", page.text)


def test_a_queue_shows_its_tasks_and_the_rule_alone(editor):
    page = editor.get(f"{HUB}?kind=unseen")
    assert "go and look" in page.text
    assert set(re.findall(r"task--(\w+)", page.text)) == {"unseen"}
    assert "The step may be done: look, and record it." in page.text


def test_every_task_leads_to_a_form_that_opens_for_whoever_may(desk):
    client = desk.client("editor+confirmer+admin")
    desk.send(client, "/desk/en/checks/1", {"state": "dead", "checked_on": "20.11.2026"})
    with writing() as session:
        audit.append("test.done", "register", by="test")
        for row in (session.get(Source, 2), session.query(Organisation).first(), session.query(Petition).first()):
            setattr(row, "label" if isinstance(row, Petition) else "title" if isinstance(row, Source) else "names", RU)
        session.query(Petition).first().changed_in = audit.head()[0]
        leave_to_people(session)
    watch_stops.stop(by="test", reason="to try it")
    found = {(each.kind, each.form): each for each in tasks.tasks(date(2024, 8, 2), 20) + tasks.tasks(clock.today())}
    assert {kind for kind, _ in found} >= set(TaskKind) - {TaskKind.PROPOSAL, TaskKind.STALE, TaskKind.OVERDUE}
    with desk.app.test_request_context("/desk/en/"):
        speak("en")
        addresses = {address_of(each): each.key for each in found.values()}
    assert None not in addresses, addresses
    for address, key in addresses.items():
        answer = client.get(address)
        assert (answer.status_code, "/desk/en/" in address) == (200, True), (key, address)


def test_what_a_reader_may_not_do_is_said_and_not_linked(desk):
    page = desk.client("editor").get(f"{HUB}?kind=misfit")
    assert "Your roles do not let you do this" in page.text
    page = desk.client("confirmer").get(f"{HUB}?kind=misfit")
    assert "Your roles do not let you do this" not in page.text


def test_a_proposal_waits_for_somebody_else_than_who_made_it(desk):
    both, other = desk.client("editor+confirmer"), desk.client("confirmer")
    proposals.propose("petition/1", {"petition": 1}, by=desk.accounts["editor-confirmer"])
    assert "it waits for somebody else" in both.get(f"{HUB}?kind=proposal").text
    assert "it waits for somebody else" not in other.get(f"{HUB}?kind=proposal").text


def test_the_tasks_of_one_petition_and_a_page_of_many(editor, monkeypatch):
    monkeypatch.setattr(hub_view, "ON_A_PAGE", 10)
    page = editor.get(f"{HUB}?petition=1")
    assert page.text.count('<li class="row task') == 10
    assert 'rel="next"' in page.text
    assert "No. 2<" not in page.text
    assert 'rel="prev"' in editor.get(f"{HUB}?petition=1&page=2").text


@pytest.mark.parametrize("query", ["kind=dreams", "petition=x", "whose=god", "within=61", "page=0", "colour=red"])
def test_what_cannot_be_asked_is_refused(editor, query):
    assert editor.get(f"{HUB}?{query}").status_code == 400


def test_somebody_takes_a_task_up_and_finds_it_among_theirs(desk, editor):
    task = first(desk, TaskKind.UNSEEN)
    answer = desk.send(editor, f"/desk/en/tasks/{task.key}", {"assigned_to": desk.accounts["editor"], "text": "mine"})
    assert answer.status_code == 303
    page = editor.get(f"{HUB}?whose=mine").text
    assert page.count('<li class="row task') == 1
    assert "editor (test-editor)" in page
    assert desk.client("confirmer").get(f"{HUB}?whose=mine").text.count('<li class="row task') == 0


def test_putting_off_needs_a_reason_and_a_day_ahead_and_keeps_what_was_typed(desk, editor):
    path = f"/desk/en/tasks/{first(desk, TaskKind.UNSEEN).key}"
    later = f"{clock.today() + timedelta(7):%d.%m.%Y}"
    answer = desk.send(editor, path, {"snoozed_until": later})
    assert (answer.status_code, "Say why it is put off." in answer.text, later in answer.text) == (422, True, True)
    answer = desk.send(editor, path, {"snoozed_until": "01.01.2026", "text": "<b>later</b>"})
    assert (answer.status_code, "This date is over" in answer.text) == (422, True)
    assert "&lt;b&gt;later" in answer.text
    assert desk.send(editor, path, {"snoozed_until": later, "text": "<b>later</b>"}).status_code == 303
    assert "later" not in editor.get(f"{HUB}?kind=unseen").text
    page = editor.get(f"{HUB}?whose=put_off").text
    assert "&lt;b&gt;later" in page
    assert "Put off until" in page


def test_who_may_not_mend_a_thing_may_not_put_it_off(desk, editor):
    admin, task = desk.client("admin"), first(desk, TaskKind.UNSEEN)
    path = f"/desk/en/tasks/{task.key}"
    assert "desk-form" not in admin.get(path).text
    assert admin.post(path, data={"do": "save", "text": "x"}).status_code in (403, 422)
    assert db.session.query(TaskNote).count() == 0


def test_a_task_that_is_none_is_not_found(editor):
    assert editor.get("/desk/en/tasks/term/1/dreaming").status_code == 404


def test_a_source_is_checked_and_what_is_dead_becomes_a_task(desk, editor):
    source = db.session.query(Source).filter(Source.url.is_not(None)).order_by(Source.id).first()
    path = f"/desk/en/checks/{source.id}"
    assert source.url in editor.get("/desk/en/checks").text.replace("&amp;", "&")
    assert desk.send(editor, path, {"state": "", "checked_on": ""}).status_code == 422
    ahead = desk.send(editor, path, {"state": "dead", "checked_on": "01.01.2099"})
    assert (ahead.status_code, "This date is in the future." in ahead.text) == (422, True)
    assert desk.send(editor, path, {"state": "dead", "checked_on": "20.11.2026"}).status_code == 303
    assert db.session.query(SourceCheck).one().checked_on == date(2026, 11, 20)
    assert "the page did not open" in editor.get(f"{HUB}?kind=source").text
    assert source.publisher in editor.get("/desk/en/checks?state=dead").text


PAGES = ("", "?kind=unseen", "tasks/{task}", "checks", "checks?state=dead", "checks/1", "import")


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_pages_are_whole_in_each_language(desk, english_only, lang):
    client, task = desk.client("editor+confirmer"), first(desk, TaskKind.UNSEEN)
    for path in PAGES:
        check(client.get(f"/desk/{lang}/{path.format(task=task.key)}"), lang, english_only)


def test_the_pages_are_valid_html(desk, html_problems):
    client, task = desk.client("editor+confirmer"), first(desk, TaskKind.UNSEEN)
    desk.send(client, f"/desk/en/tasks/{task.key}", {"assigned_to": desk.accounts["editor-confirmer"], "text": "mine"})
    paths = [path.format(task=task.key) for path in PAGES]
    assert html_problems({path or "hub": client.get(f"/desk/kk/{path}").text for path in paths}) == []


def test_the_public_log_says_that_a_task_was_noted_and_by_nobody_named(desk, editor):
    desk.send(editor, f"/desk/en/tasks/{first(desk, TaskKind.UNSEEN).key}", {"text": "secret words"})
    page = desk.app.test_client().get("/en/changes?about=all").text
    assert "Task noted at the desk" in page
    assert f"account {desk.accounts['editor']}" in page
    assert "secret" not in page

"""Two people save the same petition at once: one is first, the other is told what changed, and nothing is lost."""

import re
import threading

import pytest

from portal import create_app
from portal.db import db
from portal.services import audit_check, register, tracking
from portal.services.catalogue import REGISTER
from tests.fixtures.desk import Desk
from tests.fixtures.record import close

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PATH = "/desk/en/petitions/1/record/event/complaint_filed"
ROUNDS = 5


def checked(client, typed):
    """Return the form as it comes back from a check, ready to be saved."""
    first = dict(HIDDEN.findall(client.get(PATH).text))
    answer = client.post(PATH, data={**first, **typed, "do": "check"})
    assert answer.status_code == 200, answer.text
    return {**dict(HIDDEN.findall(answer.text)), **typed}


def save_at_once(clients, forms):
    """Let all press the button at the same moment; return the answers."""
    barrier, answers = threading.Barrier(len(clients)), [None] * len(clients)

    def press(place):
        barrier.wait()
        answers[place] = clients[place].post(PATH, data={**forms[place], "do": "save"})

    threads = [threading.Thread(target=press, args=(place,)) for place in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def save_together(url):
    app = create_app({"database_url": url, "cache_url": "none:"})
    with app.app_context():
        db.create_all()
        assert register.load(REGISTER).is_fine
        db.session.remove()
    desk = Desk(app)
    clients = [desk.client("editor", name) for name in ("alice", "bob")]
    for number in range(ROUNDS):
        typed = [{"claims-0-day": "06.08.2024", "note-en": f"{who} {number}"} for who in ("alice", "bob")]
        answers = save_at_once(clients, [checked(*each) for each in zip(clients, typed, strict=True)])
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        second = 0 if answers[0].status_code == 409 else 1
        page = answers[second].text
        assert "Somebody else changed this record while your form was open." in page
        assert f"{('alice', 'bob')[second]} {number}" in page, "what was typed is still there"
        again = {**dict(HIDDEN.findall(page)), **typed[second]}
        shown = clients[second].post(PATH, data={**again, "do": "check"})
        done = clients[second].post(PATH, data={**dict(HIDDEN.findall(shown.text)), **typed[second], "do": "save"})
        assert done.status_code == 303
    with app.app_context():
        events = tracking.record_of(tracking.by_number(1)).events
        notes = {event.note.by_language["en"] for event in events if event.origin == "desk"}
        assert notes == {f"{who} {number}" for who in ("alice", "bob") for number in range(ROUNDS)}
        assert list(audit_check.verify()) == []
    close(app)


@pytest.mark.slow
def test_two_editors_at_once_lose_nothing_on_sqlite(tmp_path):
    save_together(f"sqlite:///{tmp_path / 'two.sqlite'}")


def test_two_editors_at_once_lose_nothing_on_postgresql(postgres_url):
    save_together(postgres_url)

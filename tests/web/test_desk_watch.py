"""The desk on how the official portal is being read: its words explained, the reading stopped and let go on."""

import re

import pytest

from portal import clock
from portal.db import db
from portal.domain.stages import Stage
from portal.i18n.labels import label
from portal.i18n.locale import speaking
from portal.models import AuditEntry, Backfill, Petition, PortalWord, WatchState
from portal.models.watch import WordKind
from portal.services import portal_words, watching
from tests.fixtures.pages import SPOKEN, check
from tests.fixtures.polled import STATE, fill

pytestmark = pytest.mark.slow

HOME = "/desk/en/watch"
WORD = f"{HOME}/words/state/{STATE}"


def state_of(number):
    db.session.remove()
    found = db.session.query(Backfill).join(Petition, Petition.id == Backfill.petition_id)
    return found.filter(Petition.number == number).one().state


@pytest.fixture(autouse=True)
def read_for_days(desk):
    fill(clock.now())
    db.session.remove()


def settle(desk, client, meaning="review", reason="asked the operator", path=WORD):
    seen = re.search(r'name="seen"[^>]*value="(\d*)"', client.get(path).text)
    return desk.send(client, path, {"meaning": meaning, "reason": reason, "seen": seen[1] if seen else ""})


def test_the_page_asks_for_the_meaning_of_each_word_that_nobody_explained(desk):
    page = desk.client("editor").get(HOME).text
    assert f"A state of the official portal: “{STATE}”." in page
    assert "Petitions that bear it now: 3" in page
    assert "Nobody has explained it." in page
    assert page.count("<td>40 seconds</td>") == 4


def test_an_editor_says_what_a_word_means_and_it_is_public(desk):
    client = desk.client("editor")
    page = client.get(WORD).text
    assert 'href="/desk/en/petitions/2"' in page
    assert settle(desk, client).status_code == 303
    with speaking("en"):
        assert f"Means: {label(Stage.REVIEW)}" in client.get(HOME).text
    assert portal_words.meaning_of(WordKind.STATE, STATE) == "review"
    log = desk.app.test_client().get("/en/changes?about=portal_word").text
    assert "A word of the official portal explained" in log
    assert f"“{STATE}”" in log
    assert "asked the operator" in log
    assert f"account {desk.accounts['editor']}" in log


def test_what_was_said_is_corrected_by_whoever_may_correct_and_the_log_lists_it(desk):
    editor, confirmer = desk.client("editor"), desk.client("confirmer")
    settle(desk, editor)
    assert "desk-form" not in editor.get(WORD).text
    assert "Whoever may correct the record may correct this." in editor.get(WORD).text
    assert settle(desk, confirmer, "none", "it was another state").status_code == 303
    corrections = desk.app.test_client().get("/en/corrections").text
    assert "Meaning of a word of the official portal corrected" in corrections
    assert "it was another state" in corrections


def test_whoever_lacks_the_right_sees_the_word_and_cannot_send(desk):
    for roles in ("confirmer", "admin"):
        client = desk.client(roles)
        page = client.get(WORD)
        assert (page.status_code, "desk-form" in page.text) == (200, False)
        token = desk.token(client, "/desk/en/account/password")
        sent = client.post(WORD, data={"csrf_token": token, "do": "save", "meaning": "review", "reason": "x"})
        assert sent.status_code == 403
    assert db.session.get(PortalWord, ("state", STATE)).meaning is None


def test_what_was_sent_wrong_comes_back_with_a_sentence(desk):
    client = desk.client("editor")
    for entries in ({"meaning": "", "reason": "because"}, {"meaning": "filed", "reason": "because"}):
        answer = desk.send(client, WORD, entries)
        assert (answer.status_code, "because" in answer.text) == (422, True)
    answer = desk.send(client, WORD, {"meaning": "review", "reason": ""})
    assert answer.status_code == 422
    assert db.session.get(PortalWord, ("state", STATE)).settled_in is None


def test_two_editors_at_once_are_told(desk):
    one, two = desk.client("editor+confirmer", "one"), desk.client("editor+confirmer", "two")
    token = desk.token(two, WORD)
    settle(desk, one)
    entries = {"csrf_token": token, "do": "save", "seen": "", "meaning": "decided", "reason": "read it there"}
    answer = two.post(WORD, data=entries)
    assert (answer.status_code, "read it there" in answer.text) == (422, True)
    assert portal_words.meaning_of(WordKind.STATE, STATE) == "review"


@pytest.mark.parametrize("path", ["state/NEVER_SEEN", "dreams/x", "field/applied"])
def test_a_word_that_was_never_seen_is_not_found(desk, path):
    assert desk.client("editor").get(f"{HOME}/words/{path}").status_code == 404


def test_an_administrator_stops_the_reading_and_lets_it_go_on(desk):
    admin, editor = desk.client("admin"), desk.client("editor")
    assert editor.get(f"{HOME}/stop").status_code == 403
    assert desk.send(admin, f"{HOME}/stop", {"reason": ""}).status_code == 422
    assert desk.send(admin, f"{HOME}/stop", {"reason": "the operator asked"}).status_code == 303
    assert watching.stopped_since() is not None
    page = editor.get(HOME).text
    assert "An administrator says when it goes on." in page
    assert "The official portal is not being read" in editor.get("/desk/en/").text
    db.session.remove()
    assert desk.send(admin, f"{HOME}/go-on", {"reason": "agreed on a pause"}).status_code == 303
    assert db.session.get(WatchState, 1).stopped_at is None
    entries = db.session.query(AuditEntry).filter_by(subject="watch").order_by(AuditEntry.sequence).all()
    assert [(each.action, each.reason) for each in entries][1:] == [
        ("watch.stopped", "the operator asked"),
        ("watch.resumed", "agreed on a pause"),
    ]


def test_the_past_of_a_petition_is_asked_for_stopped_and_goes_on(desk):
    client = desk.client("editor")
    assert desk.send(client, f"{HOME}/past", {"number": "999"}).status_code == 422
    assert desk.send(client, f"{HOME}/past", {"number": "19"}).status_code == 422, "it is not on the official portal"
    assert desk.send(client, f"{HOME}/past", {"number": "5"}).status_code == 303
    assert state_of(5) == "waiting"
    assert "42%" in client.get(f"{HOME}/past/2").text
    db.session.remove()
    assert desk.send(client, f"{HOME}/past/2", {}, button="stop").status_code == 303
    assert state_of(2) == "stopped"
    db.session.remove()
    assert desk.send(client, f"{HOME}/past/2", {}, button="ask").status_code == 303
    assert state_of(2) == "waiting"
    assert client.get(f"{HOME}/past/9").status_code == 404
    assert desk.client("admin").get(f"{HOME}/past/2").status_code == 403


PAGES = ("", "/stop", "/go-on", f"/words/state/{STATE}", "/past", "/past/2")


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_pages_are_whole_in_each_language(desk, english_only, lang):
    client = desk.client("editor+confirmer+admin")
    for path in PAGES:
        page = client.get(f"/desk/{lang}/watch{path}")
        page.set_data(page.text.replace(STATE, "X"))  # A word of theirs, which looks like one of our code.
        check(page, lang, english_only)


def test_the_pages_are_valid_html(desk, html_problems):
    client = desk.client("editor+confirmer+admin")
    settle(desk, client)
    assert html_problems({path or "watch": client.get(f"/desk/kk/watch{path}").text for path in PAGES}) == []

"""Every page of the desk as a browser shows it to somebody with every role: narrow, wide, dark, without a barrier."""

import re
import shutil
from datetime import date

import pytest

from portal import clock, create_app
from portal.db import db
from portal.domain.texts import LANGUAGES
from portal.services import recording
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row
from tests.browser.conftest import NARROW, Tab, hinders_nobody
from tests.desk_pages import DOORS, NO_PAGES, PAGES
from tests.fixtures.browser import serving
from tests.fixtures.desk import Desk
from tests.fixtures.polled import fill
from tests.fixtures.record import close


def propose():
    """Propose a decision, which waits for a second person."""
    when = {"earliest": date(2026, 11, 2), "latest": date(2026, 11, 2), "wording": None, "derived": False}
    claim = Row("claim", "", {**when, "counts": False, "speaker": None, "note": None}, Citation())
    values = {"kind": "draft_announced", "text": None, "note": None, "details": {"outcome": "refused"}}
    row = Row("event", "draft_decision", values, children=(claim,))
    saved = recording.record(Draft(3, None, "event.recorded", (row,)), by="test-editor")
    db.session.remove()
    return saved.proposal


@pytest.fixture(scope="module")
def places(shipped_path, tmp_path_factory, chromium):
    """A tab at the desk, one before its door, and what stands for the changing parts of addresses."""
    path = tmp_path_factory.mktemp("desk") / "portal.sqlite"
    shutil.copy(shipped_path, path)
    app = create_app({"database_url": f"sqlite:///{path}", "cache_url": "none:"})
    desk = Desk(app)
    desk.account("editor", "editor")
    client = desk.client("editor+confirmer+admin", "founder")
    with app.app_context():
        proposal = propose()
        fill(clock.now())
        db.session.remove()
    task = re.search(r'href="/desk/en/tasks/([^"?]+)', client.get("/desk/en/").text)[1]
    cookie = client.get_cookie("desk", path="/desk").value
    with serving(app) as address:
        inside, outside = Tab(chromium, address), Tab(chromium, address)
        inside.context.add_cookies([{"name": "desk", "value": cookie, "domain": "127.0.0.1", "path": "/desk"}])
        yield {"inside": inside, "outside": outside, "proposal": proposal, "task": task, "app": app}
        inside.context.close()
        outside.context.close()
    close(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_desk_hinders_nobody(places, path, lang):
    places["inside"].open(f"/desk/{lang}{path.format(**places)}", width=NARROW)
    hinders_nobody(places["inside"], lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", DOORS)
def test_the_door_of_the_desk_hinders_nobody(places, path, lang):
    places["outside"].open(f"/desk/{lang}{path}", width=NARROW)
    hinders_nobody(places["outside"], lang)


@pytest.mark.parametrize("path", ["/", "/petitions/1", "/petitions/1/record/decision", "/proposals/{proposal}"])
def test_a_page_of_the_desk_can_be_read_in_the_dark(places, path):
    tab = places["inside"]
    tab.page.emulate_media(color_scheme="dark")
    tab.open(f"/desk/kk{path.format(**places)}")
    barriers = tab.barriers()
    tab.page.emulate_media(color_scheme="light")
    assert barriers == []


def test_no_page_of_the_desk_is_forgotten(places):
    adapter = places["app"].url_map.bind("localhost")
    found = {adapter.match(f"/desk/en{path.format(**places)}")[0] for path in (*PAGES, *DOORS)}
    rules = places["app"].url_map.iter_rules()
    pages = {rule.endpoint for rule in rules if rule.endpoint.startswith("desk.") and "GET" in rule.methods}
    assert pages - found == NO_PAGES

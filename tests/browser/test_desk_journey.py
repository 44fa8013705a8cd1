"""From an empty database to a public petition, as three people would do it in their browsers."""

import re
from dataclasses import dataclass, replace
from typing import Any

import pytest

from portal import create_app
from portal.db import db
from portal.services import audit_check
from tests import given_timezone as given
from tests.fixtures.accounts import code_of
from tests.fixtures.record import close
from tests.web.test_desk_timezone import obligations_of, said_of_events

pytestmark = pytest.mark.slow

PASSWORDS = {
    "dana": "Көкжиек үстінде бір бұлт",
    "sabina": "восемь рыжих чайников едут",
    "timur": "seven slow kettles hum",
}
KEY = re.compile(r"[A-Z2-7]{32}")


@dataclass
class Person:
    """Somebody at a browser of their own."""

    name: str
    page: Any
    address: str
    secret: str = ""

    def goto(self, path):
        answer = self.page.goto(self.address + path)
        assert answer.status == 200, (path, answer.status)

    def fill(self, entries):
        """Type into fields by their names, with everything unfolded."""
        for name, value in entries.items():
            field = self.page.locator(f'[name="{name}"]')
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                self.page.locator(f'[name="{name}"][value="{value}"]').check()
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def unfold(self):
        self.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")

    def press(self, value="save"):
        self.page.locator(f'main button[value="{value}"]').first.click()
        self.unfold()

    def take_up(self, code):
        """Take up an invitation: password, authenticator, recovery codes."""
        self.goto("/desk/en/invitation")
        self.fill({"name": self.name, "code": code})
        self.press()
        self.secret = KEY.search(self.page.locator("main").inner_text().replace(" ", ""))[0]
        password = PASSWORDS[self.name]
        self.fill({"password": password, "again": password, "code": code_of(self.secret)})
        self.press()
        assert self.page.locator("main code").count() >= 8, self.page.locator("main").inner_text()

    def sign_in(self):
        """Sign out, and in again with both factors."""
        self.page.locator(".desk-me button").click()
        self.goto("/desk/en/sign-in")
        self.fill({"name": self.name, "password": PASSWORDS[self.name], "code": code_of(self.secret, 1)})
        self.press()
        assert self.page.locator("h1").inner_text() == "Tasks"

    def invite(self, name, role):
        """Invite somebody and return the code to tell them."""
        self.goto("/desk/en/accounts/invite")
        self.fill({"name": name, "roles": role, "reason": "Joins the team."})
        self.press()
        return self.page.locator("code.code-large").inner_text()

    def record(self, path, entries):
        """Fill in the form of a record, look at what it does, and save it."""
        self.goto(path)
        if any(name.startswith("claims-1-") for name in entries):
            self.press("add-claims")
        self.unfold()
        self.fill(entries)
        self.press("check")
        assert self.page.locator("#effect").count() == 1, self.page.locator("main").inner_text()[:600]
        self.press("save")
        assert self.page.locator(".notice").count() == 1, self.page.locator("main").inner_text()[:600]


@pytest.fixture
def app(tmp_path):
    app = create_app({"database_url": f"sqlite:///{tmp_path / 'new.sqlite'}", "cache_url": "none:"})
    with app.app_context():
        db.create_all()
    yield app
    close(app)


@pytest.fixture
def people(app, chromium, live_server):
    """Three people, each at a browser of their own; nobody has an account yet."""
    address = live_server(app)
    contexts = [chromium.new_context() for _ in PASSWORDS]
    yield [Person(name, context.new_page(), address) for name, context in zip(PASSWORDS, contexts, strict=True)]
    for context in contexts:
        context.close()


def record_what_it_rests_on(editor):
    """Record the sources, the body, the petition with its title and addressee, and its demand."""
    for source in given.SOURCES:
        editor.goto("/desk/en/sources/new")
        entries = {"url": source["id"], "publisher": source["publisher"], "kind": source["kind"]}
        editor.fill(entries | ({"lang": source["lang"]} if "lang" in source else {}))
        editor.press()
    editor.goto("/desk/en/bodies/new")
    editor.fill({f"names-{lang}": name for lang, name in given.BODY["names"].items()})
    editor.fill({"level": given.BODY["level"]})
    editor.press()
    body = editor.page.evaluate("location.pathname") and body_id(editor)
    editor.goto("/desk/en/petitions/new")
    editor.unfold()
    editor.fill(
        {
            "jurisdiction": "statutory",
            "platform": given.PETITION["platform"],
            "platform_confirmed": "y",
            "level": given.PETITION["level"],
            "threshold": "50 000",
            "title_ru-words": given.TITLE["text"],
            "title_ru-role": given.TITLE["role"],
            "addressees-0-body": body,
            "addressees-0-role": "addressee",
            "addressees-0-cites-source": given.SMARTNEWS,
        }
    )
    editor.press()
    number = int(re.search(r"/petitions/(\d+)$", editor.page.url)[1])
    texts = {f"words-{lang}": given.DEMAND[lang] for lang in ("kk", "ru", "en")}
    editor.record(f"/desk/en/petitions/{number}/record/demand", {**texts, "cites-source": given.INTERFAX})
    return number


def body_id(editor):
    """Return the id of the one body that there is."""
    editor.goto("/desk/en/petitions/new")
    offered = editor.page.locator('[name="addressees-0-body"] option')
    return next(each.get_attribute("value") for each in offered.all() if each.get_attribute("value"))


def with_our_demand(editor, number, step):
    """Return a step with the demand under the key that the desk gave it."""
    if "demands-of_d1" not in step.entries:
        return step
    editor.goto(f"/desk/en/petitions/{number}/record/decision")
    name = editor.page.locator('select[name^="demands-of_"]').first.get_attribute("name")
    entries = {name if each == "demands-of_d1" else each: value for each, value in step.entries.items()}
    return replace(step, entries=entries)


def confirm_what_waits(confirmer, number):
    """Open what waits for a second person, read it, and agree."""
    confirmer.goto(f"/desk/en/petitions/{number}")
    confirmer.page.locator('a[href*="/proposals/"]').last.click()
    confirmer.page.get_by_role("button", name="Confirm").click()
    assert confirmer.page.locator(".notice").count() == 1


def test_three_people_enter_the_time_zone_petition(app, people, served):
    admin, editor, confirmer = people
    made = app.test_cli_runner().invoke(args=["account", "create", admin.name])
    admin.take_up(re.search(r"(?:\d[ -]?){24}", made.output)[0])
    admin.sign_in()
    for person, role in ((editor, "editor"), (confirmer, "confirmer")):
        person.take_up(admin.invite(person.name, role))
        person.sign_in()

    number = record_what_it_rests_on(editor)
    for step in given.STEPS:
        mine = with_our_demand(editor, number, step)
        editor.record(f"/desk/en/petitions/{number}/record/{mine.path}", mine.entries)
        if step.needs_second:
            confirm_what_waits(confirmer, number)

    ours = app.test_client().get(f"/api/v1/petitions/{number}?lang=en").json
    theirs = served.test_client().get("/api/v1/petitions/2?lang=en").json
    assert said_of_events(ours) == said_of_events(theirs)
    assert obligations_of(ours) == obligations_of(theirs)
    for name in ("stage", "stage_since", "jurisdiction"):
        assert ours["standing"][name] == theirs["standing"][name], name
    assert ours["standing"]["outcome"]["value"] == theirs["standing"]["outcome"]["value"] == "refused"
    page = confirmer.page
    page.goto(f"{confirmer.address}/en/petitions/{number}")
    assert "The decision came in time." in page.locator("main").inner_text()
    with app.app_context():
        assert list(audit_check.verify()) == []

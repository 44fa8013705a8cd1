"""A form that somebody changed is not lost without a word; one that nobody touched is left in peace."""

import pytest

PATH = "/desk/en/petitions/1/record/count"


@pytest.fixture
def opened(desk, live_server, context):
    """Return a page with a form of the desk, and the warnings that the browser showed."""
    client = desk.client("editor")
    cookie = client.get_cookie("desk", path="/desk")
    address = live_server(desk.app)
    context.add_cookies([{"name": "desk", "value": cookie.value, "domain": "127.0.0.1", "path": "/desk"}])
    page = context.new_page()
    warned: list[str] = []

    def note(dialog):
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    page.goto(address + PATH)
    return page, warned


def leave(page):
    page.click("nav a >> nth=1")
    page.wait_for_url("**/petitions")


def test_whoever_typed_is_warned_before_they_leave(opened):
    page, warned = opened
    page.fill("[name=votes]", "12")
    leave(page)
    assert warned == ["beforeunload"]


def test_whoever_typed_nothing_leaves_in_peace(opened):
    page, warned = opened
    page.click("h1")
    leave(page)
    assert warned == []


def test_sending_asks_nothing_and_what_was_refused_is_still_unsaved(opened):
    page, warned = opened
    page.fill("[name=votes]", "many")
    page.click("button[value=check]")
    page.wait_for_selector(".govuk-error-summary")
    assert warned == []
    leave(page)
    assert warned == ["beforeunload"]

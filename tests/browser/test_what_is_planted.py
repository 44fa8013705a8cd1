"""The checks of pages find what is planted: otherwise their silence would say nothing."""

import pytest

from portal.web.headers import POLICY
from tests.browser.conftest import Tab
from tests.browser.test_keyboard import goes_back, stops

FLAWS = """<!doctype html><html lang="kk"><head><title>a</title><link rel="icon" href="data:,"></head>
<body><main><h1>a</h1><p style="color: #aaa; background: #bbb">b</p><img src="http://elsewhere.invalid/a.png">
<p><a href="/1" tabindex="2">1</a></p><p><a href="/2" tabindex="1">2</a></p>
<div><svg width="900" height="1"></svg></div><nav aria-label="c"><a href="/3">3</a></nav></main></body></html>"""


def flawed(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)])
    return [FLAWS.encode()]


@pytest.fixture
def planted(chromium, live_server):
    tab = Tab(chromium, live_server(flawed))
    tab.open("/", width=320)
    yield tab
    tab.context.close()


def test_barriers_are_found(planted):
    rules = {each.partition(":")[0] for each in planted.barriers()}
    assert {"image-alt", "tabindex"} <= rules


def test_what_the_policy_holds_back_is_found(planted):
    said = "\n".join(planted.objections())
    assert "style-src" in said
    assert "elsewhere.invalid" in said


def test_what_is_too_wide_or_not_for_paper_is_found(planted):
    assert planted.width_needed() > 320
    assert planted.shown("nav") == ['<nav aria-label="c"><a href="/3">3</a></nav>']


def test_an_odd_order_is_found(planted):
    reached = stops(planted.page)
    assert [each["name"][:11] for each in reached] == ['<a href="/2', '<a href="/1', '<a href="/3']
    assert goes_back(reached[0], reached[1])
    assert not goes_back(reached[1], reached[2])

"""What pages weigh over the wire, asked for as Chromium asks: readers pay for each byte."""

from functools import partial

import pytest
from flask import Flask, Response

from portal.domain.texts import LANGUAGES
from tests.wire import view

pytestmark = pytest.mark.slow
"""Every page and every language again: for the whole run."""

FIRST, LATER = 90_000, 15_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_petition_page_is_heavier_than_was_promised(as_deployed, lang):
    client = as_deployed.test_client()
    views = {number: view(client, f"/{lang}/petitions/{number}") for number in range(1, 20)}
    heavy = {
        number: (each.first, each.later) for number, each in views.items() if each.first > FIRST or each.later > LATER
    }
    assert heavy == {}, f"first view and later view, in bytes: at most {FIRST} and {LATER}"


def test_everything_that_a_browser_asks_for_is_weighed():
    app = Flask(__name__, static_folder=None)
    files = {
        "/page": (
            "text/html",
            """<!doctype html><title>a</title><link rel=stylesheet href=/a.css><link rel=icon href=/i.svg>
            <link rel=alternate href=/not-asked><p><img src=/i.png alt=''></p>""",
        ),
        "/a.css": ("text/css", '@import "b.css"; p { background: url(data:image/png;base64,AAAA) }'),
        "/b.css": ("text/css", "@font-face { src: url('f.woff2') format('woff2') }"),
        "/f.woff2": ("font/woff2", "f" * 10_000),
        "/i.png": ("image/png", "i" * 2_000),
        "/i.svg": ("image/svg+xml", "s" * 300),
    }
    for address, (kind, content) in files.items():
        app.add_url_rule(address, address, partial(Response, content, mimetype=kind))
    seen = view(app.test_client(), "/page")
    whole = {address: len(content) for address, (_kind, content) in files.items()}
    parts = {"html": ["/page"], "styles": ["/a.css", "/b.css"], "fonts": ["/f.woff2"], "images": ["/i.png", "/i.svg"]}
    for kind, addresses in parts.items():
        headers = getattr(seen, kind) - sum(whole[address] for address in addresses)
        assert 50 * len(addresses) < headers < 120 * len(addresses), kind
    assert seen.first == seen.html + seen.styles + seen.fonts + seen.images

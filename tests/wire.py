"""What a view of a page weighs: the page and everything that a browser asks for because of it, headers included."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.web.compression import plain

CHROMIUM = "gzip, deflate, br, zstd"
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)""")


@dataclass(frozen=True, slots=True)
class View:
    """Bytes over the wire, by what they are."""

    html: int
    styles: int
    fonts: int
    images: int

    @property
    def first(self) -> int:
        """What the first page of a visit weighs."""
        return self.html + self.styles + self.fonts + self.images

    @property
    def later(self) -> int:
        """What a later page weighs: everything else is kept by the browser for good."""
        return self.html


def view(client: FlaskClient, path: str, accepted: str = CHROMIUM) -> View:
    """Ask for a page as a browser does, and for whatever the page and its style sheets name."""
    weight, page = _asked(client, path, accepted)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    links = [(node.get("rel"), node.get("href")) for node in tree.iter("link")]
    styles = {urljoin(path, href) for rel, href in links if rel == "stylesheet"}
    images = {urljoin(path, href) for rel, href in links if rel == "icon"} | {
        urljoin(path, node.get("src")) for node in tree.iter("img")
    }
    files = {urljoin(path, href) for rel, href in links if rel == "preload"}
    weights = {"styles": 0, "fonts": 0, "images": 0}
    seen: set[str] = set()
    while styles - seen:
        address = (styles - seen).pop()
        seen.add(address)
        size, text = _asked(client, address, accepted)
        weights["styles"] += size
        for found in IN_STYLES.finditer(text):
            (styles if found[2] else files).add(urljoin(address, found[1] or found[2]))
    for address in (files | images) - seen:
        kind = "fonts" if ".woff" in address else "images"
        weights[kind] += 0 if address.startswith("data:") else _asked(client, address, accepted)[0]
    return View(weight, **weights)


def _asked(client: FlaskClient, address: str, accepted: str) -> tuple[int, str]:
    with client.get(address, headers={"Accept-Encoding": accepted}) as answer:
        assert answer.status_code == 200, (address, answer.status_code)
        encoding = answer.headers.get("Content-Encoding")
        body = plain(answer.data, encoding) if encoding else answer.data
        return _weight(answer), body.decode(errors="replace")


def _weight(answer: TestResponse) -> int:
    said = sum(len(f"{name}: {value}\r\n".encode()) for name, value in answer.headers)
    return len(f"HTTP/1.1 {answer.status}\r\n".encode()) + said + len(b"\r\n") + len(answer.data)

"""Public pages are made once for all their readers, and sent again only where they changed.

A page is a function of its path and known query, the record, what the poll stored, the day in Kazakhstan and the
release. All of them are in the key under which it is kept, so that nothing need ever be thrown away because it has
become wrong.
"""

import json
from hashlib import sha256
from typing import Any, NamedTuple

from flask import Flask, Response, g, request
from flask.globals import request_ctx
from flask_caching import Cache

from portal import clock
from portal.services import audit, watching
from portal.settings import Settings
from portal.web import query
from portal.web.compression import GZIP, compressed, is_worth_it, negotiated, plain, unindented
from portal.web.page_store import Unpickled
from portal.web.release import release

READING = {"GET", "HEAD"}
KEPT = "public"
"""The blueprint whose pages are kept: they are alike for everybody, whoever asks."""

SHARED = {KEPT, "root", "api"}
"""The blueprints whose answers a browser may keep for a while."""

MOST = 500
LARGEST = 100_000
"""Bytes, compressed. Together with ``MOST`` they bound the memory that strangers can fill."""

LONGEST = 600
"""Seconds for which a page is kept. It need not be short: what changes a page changes its key."""

FRESH, STALE, STALE_IN_NEED = 60, 600, 86_400
"""Seconds for which a browser shows a page without asking, while it asks, and while we do not answer."""


class Page(NamedTuple):
    """A page as it is kept: its headers, its encoding, and its body in that encoding."""

    headers: list[tuple[str, str]]
    encoding: str | None
    body: bytes

    def as_bytes(self) -> bytes:
        """Return the page as one line of JSON and the body."""
        return json.dumps([self.headers, self.encoding]).encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Page":
        """Read the page back."""
        head, _, body = kept.partition(b"\n")
        headers, encoding = json.loads(head)
        return cls([(name, value) for name, value in headers], encoding, body)


def init(app: Flask) -> None:
    """Answer from what is kept where possible; keep, shrink and date whatever is made."""
    settings: Settings = app.extensions["settings"]
    pages = Pages(_store(app, settings.cache_url), release(settings))
    app.extensions["pages"] = pages
    app.before_request(pages.find)
    app.after_request(pages.finish)


def _store(app: Flask, address: str) -> Any:
    config: dict[str, Any] = {"CACHE_SERIALIZER": Unpickled(), "CACHE_DEFAULT_TIMEOUT": LONGEST}
    if address == "none:":
        return None
    if address == "memory:":
        config |= {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": MOST}
    else:
        # Named and not imported: the library behind it takes half a second, which only those pay who use it.
        config |= {"CACHE_TYPE": "portal.web.shared_page_store.SharedPageStore", "CACHE_KEY_PREFIX": "qadam-"}
        config |= {"CACHE_REDIS_URL": address}
    cache = Cache(app, with_jinja2_ext=False, config=config)
    return app.extensions["cache"][cache]  # And not `cache.cache`, which would ask the app of the moment.


class Pages:
    """What is kept of the public pages, by this process or by all."""

    def __init__(self, store: Any, release: str) -> None:
        self.store = store
        self.release = release

    def find(self) -> Response | None:
        """Return the page that is asked for as it was kept, None where it must be made."""
        if self.store is None or request.blueprint != KEPT or request.method not in READING:
            return None
        g.page_key = key = self._key()
        kept = self.store.get(key)
        if kept is None:
            return None
        g.page_found = True
        page = Page.from_bytes(kept)
        if page.encoding is None or page.encoding == negotiated(request.accept_encodings):
            return _answer(page)
        return _answer(Page(page.headers, None, plain(page.body, page.encoding)))

    def _key(self) -> str:
        _, record = audit.head()
        encoding = negotiated(request.accept_encodings) or GZIP  # Who takes none gets that one, undone.
        polled = watching.revision()  # Counts do not enter the chain.
        asked = [request.path, query.canonical(), encoding, record, polled, clock.today().isoformat(), self.release]
        return sha256(json.dumps(asked).encode()).hexdigest()

    def finish(self, response: Response) -> Response:
        """Shrink an answer, say how long it may be kept, and leave out the body that the browser has already."""
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        if not _is_for_everybody(response):
            return response
        if "page_found" not in g:
            if response.vary:  # It depends on what is not in the key.
                g.pop("page_key", None)
            self._shrink(response)
        response.headers.setdefault("Cache-Control", freshness())
        response.make_conditional(request)
        return response

    def _shrink(self, response: Response) -> None:
        body = unindented(response.get_data()) if response.mimetype == "text/html" else response.get_data()
        response.set_data(body)
        response.set_etag(sha256(body).hexdigest()[:20], weak=True)  # Weak: one for all encodings.
        if not is_worth_it(response.mimetype, len(body)):
            self._keep(Page(_headers(response), None, body))
            return
        response.vary.add("Accept-Encoding")
        # Worth a tenth of a second once, where many will read it; an address with a query anybody can make up.
        thoroughly = "page_key" in g and not query.canonical()
        encoding = negotiated(request.accept_encodings)
        if encoding is not None:
            page = Page(_headers(response), encoding, compressed(body, encoding, thoroughly=thoroughly))
            response.set_data(page.body)
            response.content_encoding = encoding
            self._keep(page)
        elif "page_key" in g:
            self._keep(Page(_headers(response), GZIP, compressed(body, GZIP)))

    def _keep(self, page: Page) -> None:
        if "page_key" in g and len(page.body) <= LARGEST:
            self.store.set(g.page_key, page.as_bytes())


def _headers(response: Response) -> list[tuple[str, str]]:
    return [(name, value) for name, value in response.headers if name != "Content-Length"]


def _answer(page: Page) -> Response:
    response = Response(page.body, headers=page.headers)
    if page.encoding is not None:
        response.content_encoding = page.encoding
    return response


def _is_for_everybody(response: Response) -> bool:
    """Tell whether an answer is the same for whoever asks."""
    asked = request.method in READING and request.blueprint in SHARED and response.status_code == 200
    control = response.cache_control
    if not asked or response.is_streamed or response.direct_passthrough or control.no_store or control.private:
        return False
    session = request_ctx._session  # noqa: SLF001 (the public way would mark it as used)
    return "Set-Cookie" not in response.headers and not (session is not None and session.accessed)


def freshness() -> str:
    """Return for how long a page may be shown: never from one day into the next, except while we do not answer."""
    left = int(clock.until_midnight().total_seconds())
    fresh = min(FRESH, left)
    stale = min(STALE, left - fresh)
    return f"public, max-age={fresh}, stale-while-revalidate={stale}, stale-if-error={STALE_IN_NEED}"

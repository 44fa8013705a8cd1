"""The official portal as an object: its list, a petition's record, the times of its signatures."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from time import sleep as wait
from typing import Any

from portal import clock
from portal.domain.official import AS_BEFORE, GONE, Listed, ListPage, Reading, SignedPage, Trouble, Unreachable
from portal.settings import Settings
from portal.watch import interface, people
from portal.watch.client import Client, Counters, Manners, usable_etag
from portal.watch.evidence import Exchange, warc_of
from portal.watch.record import Record, as_object, count_of
from portal.watch.transport import Answer

ONE_MORE: Mapping[int, int] = {500: 2}
"""A broken row answers 500 however often it is asked for: once more, and it is stepped over."""


class OfficialPortal:
    """Reads the official portal, one request at a time. Raises ``Unreachable`` and ``Forbidden``, nothing else.

    Names of signers, commenters and applicants are dropped before anything is looked at. After ``Forbidden``, or after
    a request to rest for long, it asks nothing more: whoever reads on makes another one.
    """

    def __init__(
        self,
        url: str,
        contact: str,
        pause_s: float = 1.0,
        timeout_s: float = 20.0,
        *,
        address: str = "",
        sleep: Callable[[float], None] = wait,
        now: Callable[[], datetime] = clock.now,
        deadline_s: float | None = None,
    ) -> None:
        manners = Manners(address, contact, pause_s, timeout_s, sleep, now, deadline_s=deadline_s)
        self._client = Client(url, manners)
        self._now = now

    @classmethod
    def of(
        cls,
        settings: Settings,
        sleep: Callable[[float], None] = wait,
        now: Callable[[], datetime] = clock.now,
    ) -> "OfficialPortal":
        """Make it from the settings. Raises ``ValueError`` where they name no contact."""
        return cls(
            settings.watch_url,
            settings.watch_contact,
            settings.watch_pause / 1000,
            settings.watch_timeout,
            address=settings.base_url,
            sleep=sleep,
            now=now,
        )

    @property
    def counters(self) -> Counters:
        """What happened so far; ``odd`` counts fields of a kind that we do not know."""
        return self._client.counters

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return self.counters.requests

    @property
    def troubles(self) -> Mapping[str, int]:
        """How often each trouble came, by its code, those included that passed when asked again."""
        return self.counters.troubles

    @property
    def skew(self) -> int | None:
        """Seconds by which the portal's clock is ahead of ours."""
        return self.counters.skew

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def list_page(self, page: int, size: int = interface.PAGE) -> ListPage:
        """Read a page of the list, newest first; pages count from 0."""
        envelope, _ = self._page(interface.SHORT, page, size)
        found = [_listed(row) for row in envelope[interface.CONTENT]]
        rows = tuple(each for each in found if each is not None)
        return ListPage(rows, _is_last(envelope), _total(envelope), len(found) - len(rows))

    def read(self, uuid: str, etag: str | None = None) -> Reading:
        """Read a petition's full record; where nothing changed since the answer that bore ``etag``, only that."""
        uuid = _required(uuid)
        url = self._client.url_of(uuid)
        answer = self._client.get(uuid, etag=usable_etag(etag))
        if answer.status == AS_BEFORE:
            return Reading(uuid, answer.at, AS_BEFORE, url, etag=etag)
        if answer.status in GONE:
            return Reading(uuid, answer.at, answer.status, url, evidence=warc_of(Exchange(url, answer, b"")))
        kept = as_object(answer.body)
        if kept is None:
            self._client.fail(uuid, "not_json")
        if interface.uuid_of(kept.value.get(interface.ID)) != uuid:
            self._client.fail(uuid, "not_expected", "another id")
        return self._reading(uuid, url, answer, kept)

    def signers(self, uuid: str, page: int, size: int = interface.PAGE) -> SignedPage:
        """Read when the signatures of a page of signers were given, newest first. Nothing else of a row is read."""
        path = f"{_required(uuid)}/{interface.SIGNERS}"
        envelope, _ = self._page(path, page, size, ONE_MORE)
        if len(envelope[interface.CONTENT]) > size:
            self._client.fail(path, "not_expected", "more rows than were asked for")
        rows = [row if isinstance(row, dict) else {} for row in envelope[interface.CONTENT]]
        times = [interface.micros_of(row.get(interface.SIGNED_AT)) for row in rows]
        return SignedPage(tuple(times), _is_last(envelope), _total(envelope))

    def _page(
        self, path: str, page: int, size: int, tries: Mapping[int, int] | None = None
    ) -> tuple[dict[str, Any], Answer]:
        answer = self._client.get(path, {"size": size, "page": page}, tries=tries)
        if answer.status in GONE:
            self._client.counters.troubles["http_error"] += 1
            raise Unreachable(Trouble("http_error", answer.at, path, answer.status))
        kept = as_object(answer.body)
        if kept is None:
            self._client.fail(path, "not_json")
        if not isinstance(kept.value.get(interface.CONTENT), list):
            self._client.fail(path, "not_expected", "no list of rows")
        return kept.value, answer

    def _reading(self, uuid: str, url: str, answer: Answer, kept: people.Kept) -> Reading:
        body = people.written(kept.value)
        record = Record(kept.value, self._client.counters.odd)
        return Reading(
            uuid=uuid,
            at=answer.at,
            status=answer.status,
            url=url,
            votes=record.votes,
            views=record.views,
            state=record.state,
            is_decided=record.is_decided,
            values=record.values,
            sha256=sha256(body).hexdigest(),
            size=len(body),
            etag=usable_etag(answer.headers.get("etag")),
            evidence=warc_of(Exchange(url, answer, body, kept.dropped)),
        )


def _required(uuid: str) -> str:
    found = interface.uuid_of(uuid)
    if found is None:
        raise ValueError("a petition of the official portal is named by a UUID")
    return found


def _listed(row: object) -> Listed | None:
    if not isinstance(row, dict):
        return None
    uuid, title, applied = (row.get(name) for name in (interface.ID, interface.TITLE, interface.APPLIED))
    found = interface.uuid_of(uuid)
    if found is None:
        return None
    return Listed(
        uuid=found,
        title=title if isinstance(title, str) else None,
        votes=count_of(row.get(interface.COUNT)),
        applied=applied[: interface.SHORT_TEXTS["applied"]] if isinstance(applied, str) else None,
    )


def _is_last(envelope: Mapping[str, Any]) -> bool | None:
    last = envelope.get(interface.LAST)
    return last if isinstance(last, bool) else None


def _total(envelope: Mapping[str, Any]) -> int | None:
    return count_of(envelope.get(interface.TOTAL))

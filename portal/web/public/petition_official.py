"""What a petition's own page says of the official portal: that it was read, what changed there, when it was gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from portal import clock
from portal.domain.events import EventKind
from portal.i18n import official as says
from portal.models import Event
from portal.services import official_record
from portal.services.lifecycle import domain_event
from portal.services.tracking import Record
from portal.web.public.official_words import changed_wording

WHEREABOUTS = frozenset({EventKind.VANISHED, EventKind.REAPPEARED})


@dataclass(frozen=True, slots=True)
class OfficialNote:
    """What an event of the timeline says of the official portal: a sentence, its new title, where it is shown whole."""

    sentence: str
    title: Markup | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class OfficialLink:
    """Where the page of what the portal showed stands, where there is anything on it."""

    address: str
    changed: int


class OfficialNotes:
    """The events of a record that tell of the official portal."""

    def __init__(self, record: Record, as_of: date | None = None) -> None:
        self._record = record
        self._as_of = as_of
        changed = [event for event in record.events if event.kind == EventKind.TEXT_CHANGED]
        versions = [number for each in changed if "title" in _fields(each) for number in _versions(each)]
        self._titles = official_record.titles_of(versions)

    def of(self, event: Event) -> OfficialNote | None:
        """Return what an event says of the portal; None of an event that says nothing of it."""
        details = event.details or {}
        if event.kind == EventKind.VANISHED and "status" in details:
            return OfficialNote(gone_words(event))
        if event.kind == EventKind.TEXT_CHANGED and isinstance(details.get("version"), int):
            number = self._record.petition.number
            address = _address(number, self._as_of, version=details["version"])
            return OfficialNote(says.fields_sentence(_fields(event)), self._title(event), address)
        return None

    def _title(self, event: Event) -> Markup | None:
        """Return the title with what was struck out and what was added, where both versions are kept."""
        if "title" not in _fields(event):
            return None
        sides = [self._titles[number] for number in _versions(event) if number in self._titles]
        titles = [title if isinstance(title, str) else None for title, _ in sides]
        if len(titles) < 2 or titles == [None, None]:
            return None
        before, after = titles
        html, _ = changed_wording(before, after, sides[1][1] or self._record.petition.original_language, tag="bdi")
        return html


def link_of(record: Record, as_of: date | None = None) -> OfficialLink | None:
    """Return the way to the page of what the portal showed; None where the portal was never read."""
    if not official_record.is_read(record.petition, record.at):
        return None
    changed = [each for each in record.events if each.kind == EventKind.TEXT_CHANGED and _versions(each)]
    return OfficialLink(_address(record.petition.number, as_of), len(changed))


def _address(number: int, as_of: date | None, *, version: int | None = None) -> str:
    return url_for("public.petition_official", number=number, as_of=as_of, version=version)


def gone_since(events: Sequence[Event]) -> str | None:
    """Return that the page no longer opens, where the record says so last; None where it opens or nobody looked."""
    seen = [event for event in events if event.kind in WHEREABOUTS]
    last = max(seen, key=_order, default=None)
    return gone_words(last) if last is not None and last.kind == EventKind.VANISHED else None


def gone_words(event: Event) -> str:
    """Return what the record says of a page that no longer opens."""
    details = event.details or {}
    counting = domain_event(event).counting()
    since = counting.when.latest if counting else None
    status = details.get("status")
    return says.gone_sentence(_day(details.get("last_read")), since, status if isinstance(status, int) else None)


def _order(event: Event) -> tuple[date, bool, int]:
    """Put events of one day in the order of ``lifecycle``: on one day the page opened again last."""
    counting = domain_event(event).counting()
    return (counting.when.latest if counting else None) or date.min, event.kind == EventKind.REAPPEARED, event.id


def _day(text: Any) -> date | None:
    """Return the civil day of an instant that an event keeps as text; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return clock.day_of(at) if at.tzinfo else at.date()


def _fields(event: Event) -> list[str]:
    found = (event.details or {}).get("fields")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _versions(event: Event) -> list[int]:
    """Return the version before a change and that after it."""
    details = event.details or {}
    found = (details.get("previous"), details.get("version"))
    return [each for each in found if isinstance(each, int)]

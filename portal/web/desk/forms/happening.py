"""What the forms of events around a petition share: claims of their day, and the fields of their kind as details."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import FieldList, FormField

from portal.domain.events import EventKind
from portal.domain.texts import Text
from portal.i18n.locale import gettext, lazy_gettext
from portal.services.register_rows import Row
from portal.web.desk.forms.base import StopValidation, TextPart, Words
from portal.web.desk.forms.record import ClaimPart, RowForm

NOTHING: tuple[Any, ...] = (None, [], ())
"""Values that the details of an event leave out."""


WHEN = lazy_gettext("When it happened, by each source")


def claims_field(label: Words = WHEN, part: type[ClaimPart] = ClaimPart) -> FieldList:
    """Return the fields of what sources claim of a day."""
    description = lazy_gettext("A claim that is left empty is not recorded. Without any date the day is unknown.")
    return FieldList(FormField(part), label, min_entries=1, description=description)


class HappeningForm(RowForm):
    """An event with a form of its own. The form has the fields ``claims``, ``text`` and ``note``, where it needs them.

    ``own_details`` and ``details_data`` are each other's inverse. What else the details of a row hold stays in them.
    """

    table = "event"

    @abstractmethod
    def event_kind(self) -> EventKind:
        """Return which kind of event the form describes."""

    def own_details(self) -> Mapping[str, Any]:
        """Return the details that the form has fields for; None for one that was not filled in."""
        return {}

    @classmethod
    def details_data(cls, details: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the details of an event as the form takes them."""
        return {}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return an event of the record as the form takes it."""
        return {
            "claims": [ClaimPart.data_of(claim) for claim in row.children],
            "text": TextPart.data_of(row.values["text"]),
            "note": TextPart.data_of(row.values["note"]),
            **cls.details_data(row.values["details"] or {}),
        }

    def claim_rows(self) -> tuple[Row, ...]:
        """Return the claims that were filled in; one without anything says that the day is unknown."""
        claims: Any = self["claims"]
        filled = [entry.form for entry in claims if not entry.form.is_empty()]
        return tuple(claim.claim() for claim in filled or [claims[0].form])

    def row(self, key: str) -> Row:
        """Return the event that the form describes."""
        kept = (self.kept.values["details"] if self.kept else None) or {}
        return event_row(
            key,
            self.event_kind(),
            self.claim_rows(),
            text=self._words("text"),
            note=self._words("note"),
            details={**kept, **self.own_details()},
        )

    def _words(self, name: str) -> Text | None:
        """Return what stands in a text; nothing where the form has no such field."""
        field: Any = self[name] if name in self else None  # noqa: SIM401 (a form has no get)
        words: Text | None = None if field is None else field.text()
        return words

    def validate_claims(self, field: FieldList) -> None:
        """Refuse two claims that count."""
        if sum(bool(entry.form.counts.data) for entry in field) > 1:
            raise StopValidation(gettext("Only one claim can be the one that the timeline counts with."))


def event_row(
    key: str,
    kind: EventKind,
    claims: Sequence[Row],
    *,
    text: Text | None = None,
    note: Text | None = None,
    details: Mapping[str, Any] | None = None,
) -> Row:
    """Return an event as the record holds it: details without anything in them are left out."""
    kept = {name: value for name, value in (details or {}).items() if value not in NOTHING}
    return Row(
        "event", key, {"kind": kind.value, "text": text, "note": note, "details": kept or None}, children=tuple(claims)
    )


def claim_row(earliest: Any, latest: Any, like: Row | None = None, **values: Any) -> Row:
    """Return a claim of a day, with everything else as in another claim."""
    nothing = {"wording": None, "derived": False, "counts": False, "value": None, "speaker": None, "note": None}
    kept = dict(like.values) if like else nothing
    return Row("claim", "", {**kept, "earliest": earliest, "latest": latest, **values}, like.cites if like else None)


def day_of(details: Mapping[str, Any], name: str) -> date | None:
    """Return a day among details as a form takes it."""
    return date.fromisoformat(details[name]) if details.get(name) else None


def iso(day: date | None) -> str | None:
    """Return a day as the details of an event hold it."""
    return None if day is None else day.isoformat()


def stated(details: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a text among details as a form takes it."""
    text = details.get(name)
    return TextPart.data_of(Text.from_json(text) if isinstance(text, Mapping) else None)


__all__ = [
    "HappeningForm",
    "claim_row",
    "claims_field",
    "day_of",
    "event_row",
    "iso",
    "stated",
]

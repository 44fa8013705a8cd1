"""The form of a letter or an answer: who wrote to whom, when it was signed, sent and published, and what it answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import FormField

from portal.domain.events import EventKind
from portal.i18n.labels import label
from portal.i18n.locale import gettext, lazy_gettext, lazy_pgettext
from portal.models import Petition
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, DayField, LineField, TextPart, text_field
from portal.web.desk.forms.choices import line_of, of_table, rows_of, short_key
from portal.web.desk.forms.happening import HappeningForm, claim_row, day_of, iso, stated
from portal.web.desk.forms.record import CitePart, plain

DAYS = ("sent", "signed", "published")
"""The days of a letter in the order in which one of them becomes the day of the event."""


class CommunicationForm(HappeningForm):
    """A letter to or from an international body, or an answer to deputies."""

    heading = lazy_gettext("Letter or answer")
    prefix = "communication"
    thing = "communication"

    what = ChoiceField(lazy_gettext("What kind of letter"), lambda: of_table("communication_kind"))
    ref = LineField(lazy_gettext("Its own number"), description=lazy_gettext("As it stands on the letter."))
    signed = DayField(lazy_gettext("Signed"))
    sent = DayField(lazy_gettext("Sent"), description=lazy_gettext("The timeline takes this day, else the signed one."))
    published = DayField(lazy_pgettext("letter", "Published"))
    sender = text_field(lazy_pgettext("letter", "From"))
    recipient = text_field(lazy_pgettext("letter", "To"))
    text = text_field(lazy_gettext("What it is about"))
    questions = text_field(lazy_gettext("What it asks"))
    replies_to = ChoiceField(lazy_gettext("Which letter it answers"), list)
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    speaker = text_field(lazy_gettext("Who says so"), lazy_gettext("A person only in a public role."), folded=True)
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a letter of the record as the form takes it."""
        claim, details = row.children[0], row.values["details"] or {}
        return {
            "text": TextPart.data_of(row.values["text"]),
            "note": TextPart.data_of(row.values["note"]),
            "cites": CitePart.data_of(claim.cites),
            "speaker": TextPart.data_of(claim.values["speaker"]),
            "what": details.get("type", "other"),
            **{name: details.get(name) for name in ("ref", "replies_to")},
            **{name: day_of(details, name) for name in DAYS},
            **{name: stated(details, name) for name in ("sender", "recipient", "questions")},
        }

    def offer(self, petition: Petition) -> None:
        """Offer the other letters of the petition, and the one that this row names already."""
        own = self.kept.key if self.kept else None
        named = ((self.kept.values["details"] if self.kept else None) or {}).get("replies_to")
        others = {
            short_key(row.key): _named(row)
            for row in rows_of(petition, "event")
            if row.values["kind"] == EventKind.COMMUNICATION_SENT and row.key != own
        }
        known = {**({named: named} if named else {}), **others}
        self.replies_to.choices = [("", gettext("none")), *known.items()]

    def event_kind(self) -> EventKind:
        """Return that something was sent."""
        return EventKind.COMMUNICATION_SENT

    def own_details(self) -> Mapping[str, Any]:
        """Return what kind of letter it is, by whom, to whom, and when."""
        return {
            "type": self.what.data or "other",
            "ref": self.ref.data,
            **{name: iso(self[name].data) for name in DAYS},
            **{name: plain(self._words(name)) for name in ("sender", "recipient", "questions")},
            "replies_to": self.replies_to.data,
        }

    def claim_rows(self) -> tuple[Row, ...]:
        """Return the day that the letter itself gives, and what else sources claimed of it."""
        day = next((self[name].data for name in DAYS if self[name].data), None)
        kept = self.kept.children if self.kept else ()
        claim = claim_row(day, day, kept[0] if kept else None, speaker=self.speaker.text())
        return replace(claim, cites=self.cites.citation()), *kept[1:]


def _named(row: Row) -> str:
    details = row.values["details"] or {}
    kind = label(details.get("type", "other"), "communication_kind")
    parts = (kind, details.get("ref"), line_of(row.values["text"]))
    return ", ".join(part for part in parts if part)


__all__ = ["CommunicationForm"]

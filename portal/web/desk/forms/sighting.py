"""The form of a sighting: somebody looked at a petition on a day, and this is what they saw."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField, SelectMultipleField

from portal import clock
from portal.domain.events import EventKind
from portal.domain.stages import Stage
from portal.domain.timeline import Obligation, Status
from portal.i18n.labels import label, step_name
from portal.i18n.locale import gettext, lazy_gettext
from portal.models import Petition
from portal.services import tracking
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, DayField, StopValidation, TextPart, Words, text_field
from portal.web.desk.forms.record import ClaimPart, RowForm

SEEN = tuple(stage for stage in Stage if stage is not Stage.UNKNOWN)
"""The stages that a page can show."""

UNDONE = frozenset({Status.OPEN, Status.MAY_HAVE_ENDED, Status.ENDED_NOT_SEEN, Status.OVERDUE})
"""How a step stands of which somebody can see that it is still undone."""


def stages() -> list[tuple[str, Words]]:
    """Return the stages that somebody may have seen, and that none was."""
    return [("", gettext("not stated")), *((stage.value, label(stage)) for stage in SEEN)]


def may_be_undone(each: Obligation) -> bool:
    """Tell whether a step has a last day and nobody has recorded that it was done."""
    return each.due is not None and each.status in UNDONE


class StepsField(SelectMultipleField):
    """Any number of steps; refuses one that is not offered."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered, in the reader's language."""
        if set(self.data or ()) - {choice[0] for choice in self.iter_choices()}:
            raise StopValidation(gettext("Choose one of the list."))


class SeenPart(ClaimPart):
    """When somebody looked. Without a day nobody did."""

    counts = None

    def validate_day(self, field: DayField) -> None:
        """Refuse a sighting without a day."""
        super().validate_day(field)
        if not (field.errors or any(self.range()) or self.earliest.raw_data or self.latest.raw_data):
            raise StopValidation(gettext("Say on which day somebody looked."))


class SightingForm(RowForm):
    """That somebody looked. It alone may turn an elapsed term into an overdue one: its effect says so before saving."""

    heading = lazy_gettext("Somebody looked at the petition")
    hint = lazy_gettext(
        "Record what you saw on the petition’s page, or what a source says that somebody saw. "
        "Only what was looked at after its last day and seen undone is called overdue."
    )
    table = "event"
    prefix = "sighting"
    thing = "sighting"

    stage = ChoiceField(lazy_gettext("Stage that was seen"), stages)
    still_open = StepsField(
        lazy_gettext("Steps that were still undone"),
        description=lazy_gettext("Tick only what the page itself showed as not done, or what its source says so of."),
        choices=[],
        validate_choice=False,
    )
    claim = FormField(SeenPart, lazy_gettext("When somebody looked"))
    note = text_field(lazy_gettext("What was seen, in words"))

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return that somebody looked today."""
        return {"claim": {"day": clock.today()}}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a sighting of the record as the form takes it."""
        details = row.values["details"] or {}
        return {
            "stage": details.get("stage"),
            "still_open": list(details.get("open") or ()),
            "claim": ClaimPart.data_of(row.children[0]),
            "note": TextPart.data_of(row.values["note"]),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a sighting of which one source speaks."""
        return row.table == "event" and row.values["kind"] == EventKind.SIGHTED and len(row.children) == 1

    def offer(self, petition: Petition) -> None:
        """Offer the steps with a last day that nobody has recorded as done, and those that the row names already."""
        standing = tracking.standing_of(tracking.record_of(petition), clock.today())
        named = ((self.kept.values["details"] or {}).get("open") or ()) if self.kept else ()
        keys = dict.fromkeys((*(each.key for each in standing.obligations if may_be_undone(each)), *named))
        self.still_open.choices = [(key, step_name(key)) for key in keys]
        if not keys:
            del self.still_open

    def row(self, key: str) -> Row:
        """Return the sighting as an event."""
        kept = dict(self.kept.values) if self.kept else {"text": None, "details": None}
        details = {name: value for name, value in (kept["details"] or {}).items() if name not in ("stage", "open")}
        if self.stage.data:
            details["stage"] = self.stage.data
        if "still_open" in self and self.still_open.data:
            details["open"] = list(self.still_open.data)
        values = {
            "kind": EventKind.SIGHTED.value,
            "text": kept["text"],
            "note": self.note.text(),
            "details": details or None,
        }
        return Row("event", key, values, children=(self.claim.form.claim(),))

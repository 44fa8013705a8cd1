"""The form of a sitting: of the group, on site, before the public, or both in one; held, or called and not held."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import FieldList, FormField

from portal.domain.events import EventKind
from portal.i18n.locale import gettext, lazy_gettext, lazy_pgettext
from portal.models import Petition
from portal.services import record_rows
from portal.services.recording import Draft
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, CountField, DayField, Part, StopValidation, text_field
from portal.web.desk.forms.choices import Choices, of_table
from portal.web.desk.forms.happening import HappeningForm, claim_row, claims_field, event_row, stated
from portal.web.desk.forms.record import plain

IN_ONE = "working_group_and_public_discussion"
KINDS: Mapping[str, EventKind] = {
    "working_group": EventKind.GROUP_MET,
    "site_visit": EventKind.SITE_VISITED,
    "public_discussion": EventKind.DISCUSSION_HELD,
    IN_ONE: EventKind.GROUP_MET,
}
"""The kinds of sitting that files know, and the event that each is."""

DISCUSSION = ":discussion"
"""What the key of the public discussion ends with where it was one sitting with the group's."""


def _held() -> Choices:
    return [("yes", gettext("It took place, or no source says otherwise")), ("no", gettext("Called, and not held"))]


def _qualifiers() -> Choices:
    return [each for each in of_table("qualifier") if each[0] != "more_than"]


class VotesPart(Part):
    """How a sitting voted; an empty field is a number that no source gives."""

    votes_for = CountField(lazy_pgettext("votes", "For"))
    against = CountField(lazy_pgettext("votes", "Against"))
    abstained = CountField(lazy_pgettext("votes", "Abstained"))

    def given(self) -> dict[str, int] | None:
        """Return the numbers that a source gives."""
        fields: Mapping[str, Any] = {"for": self.votes_for, "against": self.against, "abstained": self.abstained}
        return {name: field.data for name, field in fields.items() if field.data is not None} or None

    @staticmethod
    def data_of(votes: Mapping[str, int] | None) -> dict[str, Any]:
        """Return the numbers as the form takes them."""
        given = votes or {}
        return {"votes_for": given.get("for"), "against": given.get("against"), "abstained": given.get("abstained")}


class SittingForm(HappeningForm):
    """A sitting. Where the group and the public sat together, the record holds both events of the one sitting."""

    heading = lazy_gettext("Sitting")
    prefix = "meeting"
    thing = "sitting"

    what = ChoiceField(lazy_gettext("What kind of sitting"), lambda: of_table("meeting_kind"))
    held = ChoiceField(lazy_gettext("Whether it took place"), _held)
    notified = DayField(
        lazy_gettext("Notice of it was given on"),
        description=lazy_gettext(
            "For a public discussion. It is recorded as an event of its own, from the same source."
        ),
    )
    claims: FieldList = claims_field()
    place = text_field(lazy_gettext("Place"))
    attended = CountField(lazy_gettext("How many people came"))
    attended_qualifier = ChoiceField(lazy_gettext("How exactly the source gives that number"), _qualifiers)
    attendance = text_field(lazy_gettext("Attendance, in the source’s words"))
    votes = FormField(
        VotesPart,
        lazy_gettext("Votes"),
        description=lazy_gettext("Only numbers that a source gives; unknown is empty."),
    )
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return what a new form holds at first."""
        return {"held": "yes", "attended_qualifier": "exact"}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a sitting of the record as the form takes it."""
        return {**super().data_of(row), "what": _what(row)}

    @classmethod
    def details_data(cls, details: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the record holds of a sitting besides its days, as the form takes it."""
        return {
            "held": "no" if details.get("held") is False else "yes",
            "place": stated(details, "place"),
            "attendance": stated(details, "attendance"),
            "attended": details.get("attended"),
            "attended_qualifier": details.get("attended_qualifier", "exact"),
            "votes": VotesPart.data_of(details.get("votes")),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a sitting."""
        return row.table == "event" and row.values["kind"] in KINDS.values()

    def offer(self, petition: Petition) -> None:
        """Leave out the notice where the sitting is recorded already: it has a row of its own."""
        if self.kept is not None:
            del self.notified

    def validate_notified(self, field: DayField) -> None:
        """Refuse a notice of what was no public discussion."""
        if field.data and self.what.data not in {"public_discussion", IN_ONE}:
            raise StopValidation(gettext("Notice is recorded for a public discussion only."))

    def event_kind(self) -> EventKind:
        """Return which event the sitting is."""
        return KINDS[self.what.data]

    def own_details(self) -> Mapping[str, Any]:
        """Return what was filled in about the sitting."""
        number = self.attended.data
        qualifier = self.attended_qualifier.data or "exact"
        is_discussion = self.what.data == "public_discussion"
        kept = ((self.kept.values["details"] if self.kept else None) or {}).get("one_sitting")
        return {
            "held": False if self.held.data == "no" else None,
            "one_sitting": kept if is_discussion else (True if self.what.data == IN_ONE else None),
            "place": plain(self.place.text()),
            "attendance": plain(self.attendance.text()),
            "attended": number,
            "attended_qualifier": qualifier if number is not None and qualifier != "exact" else None,
            "votes": self.votes.form.given(),
        }

    def rows(self) -> tuple[Row, ...]:
        """Return the sitting, the public discussion that was one with it, and the notice of it."""
        (sitting,) = super().rows()
        rows = [sitting]
        if self.what.data == IN_ONE and (self.kept is None or self._stands_with() or not _is_in_one(self.kept)):
            rows.append(_discussion_of(sitting, self._stands_with()))
        if "notified" in self and self.notified.data:
            day = self.notified.data
            claim = replace(claim_row(day, day), cites=sitting.children[0].cites)
            kind = EventKind.DISCUSSION_NOTIFIED
            rows.append(event_row(f"{kind.value}:{self.token.data}", kind, (claim,)))
        return tuple(rows)

    def draft(self) -> Draft:
        """Return what the form asks to change; a discussion that is no longer one with the sitting goes."""
        draft = super().draft()
        other = self._stands_with()
        if other is None or self.what.data == IN_ONE:
            return draft
        return replace(draft, take=(("event", other.key),))

    def _stands_with(self) -> Row | None:
        """Return the public discussion that stands in the record as one with the sitting that is corrected."""
        return record_rows.current(self.petition, "event", self.kept.key + DISCUSSION) if self.kept else None


def _what(row: Row) -> str:
    if _is_in_one(row) and row.values["kind"] == EventKind.GROUP_MET:
        return IN_ONE
    return next(name for name, kind in KINDS.items() if kind == row.values["kind"])


def _is_in_one(row: Row) -> bool:
    return bool((row.values["details"] or {}).get("one_sitting"))


def _discussion_of(sitting: Row, kept: Row | None) -> Row:
    """Return the public discussion that was one sitting with the group's; its own note stays."""
    note = kept.values["note"] if kept else None
    return event_row(
        sitting.key + DISCUSSION,
        EventKind.DISCUSSION_HELD,
        sitting.children,
        note=note,
        details=sitting.values["details"],
    )


__all__ = ["SittingForm"]

"""The forms of what was said of a petition: statements side by side, and allegations with who asserts them."""

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList

from portal.domain.events import EventKind
from portal.domain.texts import Text
from portal.i18n.locale import gettext, lazy_gettext
from portal.models import Petition
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, StopValidation, text_field
from portal.web.desk.forms.choices import Choices, ChoicesField, line_of, of_table, organisations, rows_of, short_key
from portal.web.desk.forms.happening import HappeningForm, claims_field, stated
from portal.web.desk.forms.record import ClaimPart, plain

NONE_FOUND = "none_found"
"""What stands for a response that somebody looked for and did not find."""


def _responses() -> Choices:
    return [
        ("", gettext("choose one")),
        ("text", gettext("There was an answer; it stands below")),
        (NONE_FOUND, gettext("None was found, and somebody looked")),
    ]


class SpokenPart(ClaimPart):
    """When one source says that it was said. Who said it is always seen."""

    speaker = text_field(lazy_gettext("Who says so"), lazy_gettext("A person only in a public role."))


class StatementForm(HappeningForm):
    """What somebody said of the petition, and which other statements it does not fit with."""

    heading = lazy_gettext("Statement")
    hint = lazy_gettext("What somebody said of the petition. Who said it stands with the date and the source below.")
    prefix = "statement"
    thing = "statement"

    text = text_field(lazy_gettext("What was said"), required=True)
    about = ChoiceField(lazy_gettext("What it is about"), lambda: of_table("statement_about"))
    organisation = ChoiceField(
        lazy_gettext("The organisation whose statement it is"),
        organisations,
        description=lazy_gettext("Only where the source says that it speaks for it."),
    )
    claims: FieldList = claims_field(lazy_gettext("When it was said, by whom, and where it is from"), SpokenPart)
    contradicts = ChoicesField(
        lazy_gettext("Statements that it does not fit with"),
        description=lazy_gettext("They are shown side by side. We do not decide who is right."),
    )
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return what a new form holds at first."""
        return {"about": "other"}

    @classmethod
    def details_data(cls, details: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return whose statement it is and what it is about, as the form takes it."""
        return {
            "about": details.get("about", "other"),
            "organisation": details.get("organisation"),
            "contradicts": list(details.get("contradicts", ())),
        }

    def offer(self, petition: Petition) -> None:
        """Offer the other statements of the petition, and what this one names already."""
        own = self.kept.key if self.kept else None
        others = {
            short_key(row.key): _said(row)
            for row in rows_of(petition, "event")
            if row.values["kind"] == EventKind.STATEMENT_QUOTED and row.key.startswith("statement:") and row.key != own
        }
        named = ((self.kept.values["details"] if self.kept else None) or {}).get("contradicts", ())
        self.contradicts.choices = [*({key: key for key in named} | others).items()]
        if not self.contradicts.choices:
            del self.contradicts

    def event_kind(self) -> EventKind:
        """Return that it is a statement."""
        return EventKind.STATEMENT_QUOTED

    def own_details(self) -> Mapping[str, Any]:
        """Return whose statement it is, what it is about, and what it contradicts in the order of the record."""
        chosen = (self.contradicts.data or []) if "contradicts" in self else []
        return {"about": self.about.data or "other", "organisation": self.organisation.data, "contradicts": chosen}


class AllegationForm(HappeningForm):
    """Something alleged: never without who asserts it, the source, and what the answer was, "none found" included."""

    heading = lazy_gettext("Unconfirmed allegation")
    hint = lazy_gettext(
        "It is shown as unconfirmed. Without who asserts it, the source and the answer it cannot be recorded."
    )
    prefix = "allegation"
    thing = "allegation"

    text = text_field(lazy_gettext("What is alleged"), required=True)
    asserted_by = text_field(
        lazy_gettext("Who asserts it"), lazy_gettext("A person only in a public role."), required=True
    )
    reported_by = text_field(lazy_gettext("Who reports it"))
    claims: FieldList = claims_field(lazy_gettext("When it was said, and where it is from"))
    response = ChoiceField(lazy_gettext("The answer to it"), _responses)
    response_text = text_field(lazy_gettext("The answer, in words"))
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def details_data(cls, details: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return who asserts it and what was answered, as the form takes it."""
        response = details.get("response")
        return {
            "asserted_by": stated(details, "asserted_by"),
            "reported_by": stated(details, "reported_by"),
            "response": response if isinstance(response, str) else "text",
            "response_text": stated(details, "response"),
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse an allegation of which a claim does not name its source."""
        is_fine = super().validate(extra_validators)
        for number, entry in enumerate(self.claims):
            source = entry.form.cites.form.source
            if not source.data and not source.errors and (number == 0 or not entry.form.is_empty()):
                source.errors = [gettext("Name the source: an allegation is not recorded without one.")]
                is_fine = False
        return is_fine

    def validate_response(self, field: ChoiceField) -> None:
        """Refuse an allegation that does not say what was answered, and an answer beside "none found"."""
        text = self.response_text.form.text()
        if field.data is None:
            raise StopValidation(gettext("Say what was answered, or that no answer was found."))
        if field.data == NONE_FOUND and text is not None:
            raise StopValidation(gettext("There is an answer below: choose that there was one, or take it out."))
        if field.data != NONE_FOUND and text is None:
            raise StopValidation(gettext("Write the answer below in at least one language."))

    def event_kind(self) -> EventKind:
        """Return that it is an allegation."""
        return EventKind.ALLEGATION_MADE

    def own_details(self) -> Mapping[str, Any]:
        """Return who asserts it, who reports it, and what was answered."""
        answer = self.response_text.form.text()
        return {
            "asserted_by": plain(self.asserted_by.form.text()),
            "reported_by": plain(self.reported_by.form.text()),
            "response": NONE_FOUND if self.response.data == NONE_FOUND else plain(answer),
        }


def _said(row: Row) -> str:
    speaker: Text | None = row.children[0].values["speaker"] if row.children else None
    said = line_of(row.values["text"])
    return f"{line_of(speaker)}: {said}" if speaker is not None else said


__all__ = ["AllegationForm", "StatementForm"]

"""The form of a demand: what the petition asks for, how others quote it, and what became of it."""

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList, FormField

from portal.domain.stages import DemandOutcome
from portal.domain.texts import Text
from portal.i18n.labels import label
from portal.i18n.locale import gettext, lazy_gettext
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, Required, TextPart, Words, text_field
from portal.web.desk.forms.record import CitePart, RowForm, plain


def outcomes() -> list[tuple[str, Words]]:
    """Return what may have become of a demand; unknown comes first."""
    known = [each for each in DemandOutcome if each is not DemandOutcome.UNKNOWN]
    return [(each.value, label(each)) for each in (DemandOutcome.UNKNOWN, *known)]


class QuotePart(CitePart):
    """How somebody words a demand."""

    words = text_field(lazy_gettext("The wording"))
    speaker = text_field(lazy_gettext("Who says so"), lazy_gettext("A person only in a public role."), folded=True)
    note = text_field(lazy_gettext("Note"), folded=True)
    also = None  # A quotation has one source.

    def quote(self) -> dict[str, Any]:
        """Return the quotation as a demand holds it."""
        return {
            "text": plain(self.words.text()),
            "speaker": plain(self.speaker.text()),
            "note": plain(self.note.text()),
            "source": self.source.data,
            "locator": self.locator.data,
        }

    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return not any(self.quote().values())

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a source without the words that it has."""
        is_fine = super().validate(extra_validators)
        if is_fine and not self.is_empty() and self.words.form.text() is None:
            self.words.form.kk.errors = [gettext("Fill in what the source says.")]
            return False
        return is_fine

    @staticmethod
    def of(quote: Mapping[str, Any]) -> dict[str, Any]:
        """Return a quotation of the record as the form takes it."""
        texts = {name: quote.get(name) for name in ("text", "speaker", "note")}
        read = {name: TextPart.data_of(Text.from_json(text) if text else None) for name, text in texts.items()}
        return {
            "words": read["text"],
            "speaker": read["speaker"],
            "note": read["note"],
            "source": quote.get("source"),
            "locator": quote.get("locator"),
        }


class DemandForm(RowForm):
    """One thing that the petition asks for."""

    heading = lazy_gettext("A demand of the petition")
    table = "demand"
    prefix = "demand"
    thing = "demand"

    words = text_field(lazy_gettext("What is asked for"), lazy_gettext("One demand in one sentence."), required=True)
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    outcome = ChoiceField(
        lazy_gettext("What became of it"),
        outcomes,
        description=lazy_gettext("Only what a source says. It becomes public when somebody else confirms it."),
        validators=[Required()],
    )
    quotes = FieldList(FormField(QuotePart), lazy_gettext("How others word it"))
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a demand of the record as the form takes it."""
        values = row.values
        return {
            "words": TextPart.data_of(values["text"]),
            "cites": CitePart.data_of(row.cites),
            "outcome": values["outcome"],
            "quotes": [QuotePart.of(each) for each in values["quotes"] or ()],
            "note": TextPart.data_of(values["note"]),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a demand: files name them as they like."""
        return row.table == "demand"

    def row(self, key: str) -> Row:
        """Return the demand."""
        quotes = [entry.form.quote() for entry in self.quotes if not entry.form.is_empty()]
        values = {
            "text": self.words.text(),
            "quotes": quotes or None,
            "outcome": self.outcome.data,
            "note": self.note.text(),
        }
        return Row("demand", key, values, self.cites.form.citation())

"""The form of a reported count: how many votes a source says that there were."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from portal.i18n.labels import label
from portal.i18n.locale import lazy_gettext
from portal.services.register_rows import Row
from portal.web.desk.forms.base import CHOOSE, ChoiceField, CountField, Required, TextPart, Words, text_field
from portal.web.desk.forms.record import CitePart, RowForm, WhenPart

QUALIFIERS = ("exact", "at_least", "about", "fewer_than")


def qualifiers() -> list[tuple[str, Words]]:
    """Return how exactly a source may give a number."""
    return [CHOOSE, *((each, label(each, "qualifier")) for each in QUALIFIERS)]


class CountForm(RowForm):
    """How many votes there were, by one source."""

    heading = lazy_gettext("How many votes a source reports")
    table = "count_report"
    prefix = "count"
    thing = "count"

    votes = CountField(lazy_gettext("Votes"), [Required()])
    qualifier = ChoiceField(lazy_gettext("How exactly the source says it"), qualifiers, validators=[Required()])
    when = FormField(WhenPart, lazy_gettext("Of which day"))
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    views = CountField(lazy_gettext("Views"), render_kw={"folded": True})
    comments = CountField(lazy_gettext("Comments"), render_kw={"folded": True})
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a count of the record as the form takes it."""
        values = row.values
        return {
            **{name: values[name] for name in ("votes", "qualifier", "views", "comments")},
            "when": WhenPart.data_of(values["earliest"], values["latest"]),
            "cites": CitePart.data_of(row.cites),
            "note": TextPart.data_of(values["note"]),
        }

    def row(self, key: str) -> Row:
        """Return the count."""
        earliest, latest = self.when.form.range()
        values = {
            "votes": self.votes.data,
            "qualifier": self.qualifier.data,
            "earliest": earliest,
            "latest": latest,
            "views": self.views.data,
            "comments": self.comments.data,
            "note": self.note.text(),
        }
        return Row("count_report", key, values, self.cites.form.citation())

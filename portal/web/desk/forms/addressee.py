"""The form of an addressee: a body, and its role towards the petition."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from portal.i18n.labels import label
from portal.i18n.locale import language, lazy_gettext
from portal.services import library
from portal.services.register_rows import Row
from portal.web.desk.forms.base import CHOOSE, ChoiceField, Required, TextPart, Words, text_field
from portal.web.desk.forms.record import CitePart, RowForm

ROLES = ("addressee", "forwarded_by", "decides", "named_in_petition")

BESIDE = {"beside": ("desk.new_body", lazy_gettext("Record a body that is not in the list"))}
"""What stands below the choice of a body."""


def bodies() -> list[tuple[str, Words]]:
    """Return every body by its name in the reader's language, in the order of its letters."""
    named = [(each.id, each.names.in_language(language()).text) for each in library.bodies()]
    return [CHOOSE, *sorted(named, key=lambda each: each[1].casefold())]


def roles() -> list[tuple[str, Words]]:
    """Return the roles that a body may have."""
    return [CHOOSE, *((each, label(each, "addressee_role")) for each in ROLES)]


class AddresseeForm(RowForm):
    """One body in one role."""

    heading = lazy_gettext("A body and its role")
    table = "addressee"
    prefix = "addressee"
    thing = "addressee"

    body = ChoiceField(
        lazy_gettext("State body"),
        bodies,
        validators=[Required()],
        render_kw=BESIDE,
    )
    role = ChoiceField(lazy_gettext("Its role"), roles, validators=[Required()])
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return an addressee of the record as the form takes it."""
        return {
            "body": row.values["body_id"],
            "role": row.values["role"],
            "cites": CitePart.data_of(row.cites),
            "note": TextPart.data_of(row.values["note"]),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is an addressee: the poll names its own otherwise."""
        return row.table == cls.table

    def row(self, key: str) -> Row:
        """Return the addressee."""
        values = {"body_id": self.body.data, "role": self.role.data, "note": self.note.text()}
        return Row("addressee", key, values, self.cites.form.citation())

"""The forms of who was heard: the position of an organisation, and the view of a group of people."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from portal.domain.stages import Stance
from portal.i18n.locale import gettext, lazy_gettext
from portal.models import Petition
from portal.services import record_rows
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, Required, StopValidation, TextPart, text_field
from portal.web.desk.forms.choices import codes, organisations
from portal.web.desk.forms.record import CitePart, RowForm


class PositionForm(RowForm):
    """That an organisation's position was received, and what it was if it said so."""

    heading = lazy_gettext("Position of an organisation")
    table = "position"
    prefix = "position"
    thing = "position"

    organisation = ChoiceField(lazy_gettext("Organisation"), organisations, validators=[Required()])
    channel = text_field(lazy_gettext("The channel by which it was heard"))
    stance = ChoiceField(
        lazy_gettext("Its position"),
        lambda: codes(Stance),
        description=lazy_gettext("As the organisation itself stated it. Nothing is inferred: else it is not stated."),
    )
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return that no position is stated, unless somebody says otherwise."""
        return {"stance": Stance.NOT_STATED.value}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a position of the record as the form takes it."""
        return {
            "organisation": row.values["organisation_id"],
            "channel": TextPart.data_of(row.values["channel"]),
            "stance": row.values["stance"],
            "cites": CitePart.data_of(row.cites),
            "note": TextPart.data_of(row.values["note"]),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a position."""
        return row.table == cls.table

    def validate_organisation(self, field: ChoiceField) -> None:
        """Refuse a second row for one organisation, and another organisation in the place of one."""
        if self.kept is not None:
            if field.data != self.kept.key:
                raise StopValidation(gettext("A correction keeps the organisation. Withdraw this one instead."))
        elif field.data and record_rows.current(self.petition, self.table, field.data):
            raise StopValidation(gettext("The position of this organisation is recorded already. Correct it there."))

    def new_key(self) -> str:
        """Return the organisation's own key: it has one position on a petition."""
        return str(self.organisation.data)

    def row(self, key: str) -> Row:
        """Return the position."""
        values = {
            "organisation_id": self.organisation.data,
            "channel": self.channel.text(),
            "stance": self.stance.data or Stance.NOT_STATED.value,
            "note": self.note.text(),
        }
        return Row(self.table, key, values, self.cites.citation())


class ViewForm(RowForm):
    """A view that a source describes of a group of people; it is no position of an organisation."""

    heading = lazy_gettext("View of a group of people")
    hint = lazy_gettext("As a source describes it. It is no position of an organisation, and nothing is inferred.")
    table = "group_view"
    prefix = "view"
    thing = "view"

    names = text_field(lazy_gettext("Whose view it is"), required=True)
    view = text_field(lazy_gettext("The view, as the source describes it"), required=True)
    cites = FormField(CitePart, lazy_gettext("Where it is from"))

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a view of the record as the form takes it."""
        return {
            "names": TextPart.data_of(row.values["names"]),
            "view": TextPart.data_of(row.values["view"]),
            "cites": CitePart.data_of(row.cites),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a view of a group."""
        return row.table == cls.table

    def row(self, key: str) -> Row:
        """Return the view."""
        values = {"names": self.names.text(), "view": self.view.text()}
        return Row(self.table, key, values, self.cites.citation())


__all__ = ["PositionForm", "ViewForm"]

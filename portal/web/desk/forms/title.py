"""The form of a title: a wording under which sources know the petition, and whose it is."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField

from portal.domain.texts import LANGUAGES, Mark
from portal.i18n.labels import label
from portal.i18n.locale import gettext, lazy_gettext
from portal.models import Petition
from portal.services import record_rows
from portal.services.register_rows import Row
from portal.web.desk.forms.base import (
    CHOOSE,
    NAMES,
    BooleanField,
    ChoiceField,
    LineField,
    Required,
    StopValidation,
    TextPart,
    Words,
    text_field,
)
from portal.web.desk.forms.record import CitePart, RowForm

ROLES = ("official", "state_rendering", "press", "opponents_label")
MAIN_ROLES = tuple(mark.value for mark in (Mark.OFFICIAL, Mark.PRESS, Mark.OURS))
"""Whose wording the title at the top of the page may be: an opponents' label never is one."""


def roles() -> list[tuple[str, Words]]:
    """Return whose wording a title may be."""
    return [CHOOSE, *((each, label(each, "title_role")) for each in (*ROLES, "ours"))]


def languages() -> list[tuple[str, Words]]:
    """Return the languages of titles."""
    return [(lang, NAMES[lang]) for lang in LANGUAGES]


class TitleForm(RowForm):
    """One wording in one language."""

    heading = lazy_gettext("A title of the petition")
    table = "title"
    prefix = "variant"
    thing = "title"

    words = LineField(lazy_gettext("The title, word for word"), [Required()])
    lang = ChoiceField(lazy_gettext("Its language"), lambda: [CHOOSE, *languages()], validators=[Required()])
    role = ChoiceField(lazy_gettext("Whose wording it is"), roles, validators=[Required()])
    is_main = BooleanField(
        lazy_gettext("It stands at the top of the petition’s page in its language"),
        description=lazy_gettext("Only an official title, one of the press, or our own wording can."),
    )
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a title of the record as the form takes it."""
        values = row.values
        return {
            "words": values["text"],
            "lang": values["lang"],
            "role": values["role"],
            "is_main": values["is_main"],
            "cites": CitePart.data_of(row.cites),
            "note": TextPart.data_of(values["note"]),
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a title, the main ones included."""
        return row.table == "title"

    def offer(self, petition: Petition) -> None:
        """Keep what a title is for: whether it stands at the top, and there in which language, is said once."""
        if self.kept is None:
            return
        del self.is_main
        if self.kept.values["is_main"]:
            del self.lang

    @property
    def stands_at_the_top(self) -> bool:
        """Whether it is the title of the page."""
        return bool(self.kept.values["is_main"] if self.kept else self.is_main.data)

    def validate_role(self, field: ChoiceField) -> None:
        """Refuse a label of opponents at the top, and our own wording anywhere else."""
        if self.stands_at_the_top and field.data not in MAIN_ROLES:
            raise StopValidation(gettext("Such a wording cannot stand at the top of the page."))
        if not self.stands_at_the_top and field.data == Mark.OURS:
            raise StopValidation(gettext("Our own wording stands only at the top of the page."))

    def validate_is_main(self, field: BooleanField) -> None:
        """Refuse a second title at the top: the first is corrected."""
        if field.data and self.lang.data and record_rows.current(self.petition, "title", self.new_key()) is not None:
            raise StopValidation(gettext("There is one in this language already. Correct it instead."))

    def new_key(self) -> str:
        """Return the key of the title at the top in its language, or a new one."""
        return f"main:{self.lang.data}" if self.is_main.data else super().new_key()

    def row(self, key: str) -> Row:
        """Return the title."""
        values = {
            "lang": self.lang.data if "lang" in self else self.kept.values["lang"],  # type: ignore[union-attr]
            "text": self.words.data,
            "role": self.role.data,
            "is_main": self.stands_at_the_top,
            "note": self.note.text(),
        }
        return Row("title", key, values, self.cites.form.citation())

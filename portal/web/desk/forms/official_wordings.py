"""The form by which words of the official portal that name a person are taken out of what we kept."""

from collections.abc import Iterable
from typing import Any, Self

from portal.i18n.locale import gettext, lazy_gettext
from portal.i18n.official import field_name
from portal.web.desk.forms.base import BooleanField, DeskForm, Required, StopValidation, WordsField
from portal.web.desk.forms.choices import ChoicesField


def _is_checked(_form: Any, field: Any) -> None:
    if not field.data:
        raise StopValidation(gettext("Tick this box if you are sure."))


class HideForm(DeskForm):
    """Which fields of a version are to go, whether in every version, why, and that it cannot be undone."""

    fields = ChoicesField(lazy_gettext("What is to be taken out"), choices=[], validators=[Required()])
    everywhere = BooleanField(
        lazy_gettext("Also from every other version that has the very same words in that field"), default=True
    )
    reason = WordsField(
        lazy_gettext("Why"),
        validators=[Required()],
        description=lazy_gettext("Everybody can read it in the log. Do not repeat the name here."),
    )
    is_sure = BooleanField(
        lazy_gettext(
            "I have checked it. The words and the files of these exchanges are deleted for good: "
            "nobody can bring them back."
        ),
        validators=[_is_checked],
    )

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """Return the form with the fields that may be chosen."""
        form = cls.asked()
        form.fields.choices = [(name, field_name(name)) for name in names]
        return form

"""The form by which a personal value is erased, or an old wording taken off the pages of past days."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import g

from portal.domain.texts import Text
from portal.i18n.actions import THINGS
from portal.i18n.library import part_name
from portal.i18n.locale import gettext, lazy_gettext
from portal.services.old_wordings import OldWording
from portal.services.personal import Kept, plain_of
from portal.web.desk.forms.base import BooleanField, ChoiceField, DeskForm, Required, StopValidation, Words, WordsField

LONGEST = 120
"""Characters of a value that the list shows."""


def _is_checked(_form: Any, field: Any) -> None:
    if not field.data:
        raise StopValidation(gettext("Tick this box if you are sure."))


class PersonalForm(DeskForm):
    """What is to go, why, and that it cannot be undone."""

    what = ChoiceField(lazy_gettext("What is to be erased"), list, validators=[Required()])
    reason = WordsField(
        lazy_gettext("Why"),
        validators=[Required()],
        description=lazy_gettext("Everybody can read it in the log. Do not repeat the name here."),
    )
    is_sure = BooleanField(
        lazy_gettext("I have checked it. What is erased cannot be brought back."), validators=[_is_checked]
    )

    @classmethod
    def of(cls, kept: Iterable[Kept], old: Iterable[OldWording]) -> "PersonalForm":
        """Return the form with everything that may be chosen."""
        form = cls.asked()
        assert isinstance(form, PersonalForm)
        offered: list[tuple[str, Words]] = [("", gettext("Choose one"))]
        offered += [(f"value:{each.digests[0]}", value_words(each)) for each in kept if each.value is not None]
        offered += [(f"row:{each.table}:{each.row_id}", wording_words(each)) for each in old]
        form.what.choices = offered
        return form


def value_words(kept: Kept) -> str:
    """Return a personal value and where it stands, for whoever decides on it."""
    if kept.value is None:
        return gettext("Erased. Where it stood: %(places)s", places=places_words(kept))
    said = plain_of(kept.value)
    text = said if isinstance(said, str) else Text.from_json(said).in_language(g.lang).text
    return gettext("%(value)s. Where it stands: %(places)s", value=text[:LONGEST], places=places_words(kept))


def places_words(kept: Kept) -> str:
    """Return where a value stands, and by which entries."""
    return "; ".join(dict.fromkeys(_places(kept)))


def _places(kept: Kept) -> Iterator[str]:
    for place in kept.places:
        thing = str(THINGS[place.table]) if place.table and place.table in THINGS else part_name(place.field)
        yield gettext("%(thing)s (entry No. %(number)s)", thing=thing, number=place.sequence)


def wording_words(old: OldWording) -> str:
    """Return the words of a retired row, shortened, and by which entry it was retired."""
    words = [each if isinstance(each, str) else each.in_language(g.lang).text for each in old.words]
    return gettext(
        "Old wording: %(words)s. %(thing)s, taken out by entry No. %(number)s",
        words=" / ".join(words)[:LONGEST],
        thing=str(THINGS[old.table]),
        number=old.retired_in,
    )

"""What forms offer to choose from: codes in words, and what the record holds."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import StopValidation

from portal.domain.texts import Text
from portal.i18n.labels import WORDS, label
from portal.i18n.locale import LazyText, gettext, language
from portal.models import Petition
from portal.services import civil_society, library, record_rows
from portal.services.register_rows import Row
from portal.web.desk.forms.base import Words
from portal.web.public.library_view import sortable

LONGEST_CHOICE = 110
"""Characters of a text that stands as one line of a list."""

Choices = list[tuple[str, Words]]


class ChoicesField(SelectMultipleField):
    """Any number of a few."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered."""
        if set(self.data or ()) - {value for value, *_ in self.iter_choices()}:
            raise StopValidation(gettext("Choose one of the list."))


def codes(members: Iterable[StrEnum], nothing: LazyText | None = None) -> Choices:
    """Return the members of a domain's list in words; ``nothing`` words an empty choice, where there is one."""
    return [*_nothing(nothing), *((each.value, label(each)) for each in members)]


def of_table(table: str, nothing: LazyText | None = None) -> Choices:
    """Return plain codes in words, by the name of their table."""
    return [*_nothing(nothing), *((code, str(words)) for code, words in WORDS[table].items())]


def organisations() -> Choices:
    """Return every organisation, by its name in the page's language."""
    return [("", gettext("none")), *_by_name((each.id, each.names) for each in civil_society.organisations())]


def bodies() -> Choices:
    """Return every body, by its name in the page's language."""
    return [("", gettext("none")), *_by_name((each.id, each.names) for each in library.bodies())]


def rows_of(petition: Petition, table: str) -> list[Row]:
    """Return the rows of one table that stand in a petition's record."""
    return list(record_rows.of_table(petition, table))


def short_key(key: str) -> str:
    """Return a key without the word for its kind: as rows name one another."""
    return key.partition(":")[2]


def line_of(text: Text | None) -> str:
    """Return a text of the record as one line of a list, in the page's language where it stands in it."""
    words = "" if text is None else " ".join(text.in_language(language()).text.split())
    return words if len(words) <= LONGEST_CHOICE else words[: LONGEST_CHOICE - 1].rstrip() + "…"


def _nothing(words: LazyText | None) -> Choices:
    return [] if words is None else [("", words)]


def _by_name(named: Iterable[tuple[str, Text]]) -> Choices:
    worded = [(each_id, names.in_language(language()).text) for each_id, names in named]
    return sorted(worded, key=lambda each: sortable(each[1]))


__all__ = [
    "Choices",
    "ChoicesField",
    "bodies",
    "codes",
    "line_of",
    "of_table",
    "organisations",
    "rows_of",
    "short_key",
]

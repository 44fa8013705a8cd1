"""A row of the record field by field in words, as the form of its kind names them: what it said, what it would say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from wtforms import BooleanField, Field, FieldList, FormField, HiddenField, SelectMultipleField

from portal.domain.texts import LANGUAGES, Mark
from portal.i18n.formats import long_date, number
from portal.i18n.labels import label
from portal.i18n.locale import gettext, pgettext
from portal.models import Petition
from portal.services import library
from portal.services.register_rows import Row
from portal.web.desk.forms.base import MARKS, ChoiceField, CountField, DayField, TextPart
from portal.web.desk.forms.record import RecordForm

ABOUT_THE_FORM = frozenset({"csrf_token", "seen", "token", "previewed", "reason"})
"""Fields that say nothing of the row."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a field says; a text with its language, a source with its address."""

    words: str
    lang: str | None = None
    note: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A field by its name and the names of what it is a part of: what it said before, and what it would say."""

    group: str
    name: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]

    @property
    def differs(self) -> bool:
        """Whether the field would say something else."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Spelled:
    """A row in words. ``state`` is ``added``, ``corrected`` or ``withdrawn``."""

    heading: str
    state: str
    lines: Sequence[Line]

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """Return the lines that stand together, under the name of what they are a part of."""
        return [(group, list(lines)) for group, lines in groupby(self.lines, key=attrgetter("group"))]


def spell(petition: Petition, form: type[RecordForm], before: Row | None, after: Row | None) -> Spelled:
    """Return what a row said and what it would say; one of the two may be absent."""
    old = {} if before is None else {each.path: each for each in _fields(form.filled(petition, before))}
    new = {} if after is None else {each.path: each for each in _fields(form.filled(petition, after))}
    lines = [
        Line(each.group, each.name, _values(old, path), _values(new, path)) for path, each in {**old, **new}.items()
    ]
    state = "added" if before is None else "withdrawn" if after is None else "corrected"
    places = {line.group: place for place, line in reversed(list(enumerate(lines)))}
    said = sorted(
        (line for line in lines if line.before or line.after),
        key=lambda line: (line.group != "", places[line.group]),  # What stands alone first; sorting keeps the rest.
    )
    return Spelled(_heading(form, after or before), state, said)


@dataclass(frozen=True, slots=True)
class _Read:
    """A field that was read: its name in the form, where it belongs, its label, and what it says."""

    path: str
    group: str
    name: str
    values: tuple[Said, ...]


def _values(found: Mapping[str, _Read], path: str) -> tuple[Said, ...]:
    return found[path].values if path in found else ()


def _heading(form: type[RecordForm], row: Row | None) -> str:
    if row is not None and row.table == "event":
        return pgettext("part of the record", "Timeline: %(event)s", event=label(row.values["kind"], "event_kind"))
    return str(form.heading)


def _fields(form: RecordForm) -> Iterator[_Read]:
    """Return every field of a form that says something of the row."""
    for field in form:
        if field.short_name not in ABOUT_THE_FORM:
            yield from _read(field, "", str(field.label.text))


def _read(field: Any, group: str, name: str) -> Iterator[_Read]:
    if isinstance(field, FormField) and not isinstance(field.form, TextPart):
        for each in field.form:
            yield from _read(each, group or name, str(each.label.text))
    elif isinstance(field, FieldList):
        for place, each in enumerate(field, 1):
            numbered = f"{name} {place}" if len(field) > 1 else name
            is_part = isinstance(each, FormField) and not isinstance(each.form, TextPart)
            yield from _read(each, numbered if is_part else group, numbered)
    elif not isinstance(field, HiddenField):
        yield _Read(field.name, group, name, tuple(_said(field)))


def _said(field: Field | FormField) -> Iterator[Said]:
    if isinstance(field, FormField):
        yield from _texts(field.form)
    elif isinstance(field, BooleanField):
        if field.data:
            yield Said(gettext("yes"))
    elif isinstance(field, SelectMultipleField):
        chosen = dict(field.choices or ())  # type: ignore[arg-type]
        yield from (Said(str(chosen.get(each, each))) for each in field.data or ())
    elif field.data not in (None, ""):
        yield from _plain(field)


def _plain(field: Any) -> Iterator[Said]:
    value = field.data
    if isinstance(field, ChoiceField):
        yield Said(str(next((words for each, words, *_ in field.iter_choices() if each == value), value)))
    elif isinstance(field, DayField) and isinstance(value, date):
        yield Said(long_date(value))
    elif isinstance(field, CountField):
        yield Said(number(value))
    elif field.short_name in ("source", "also") and "-cites-" in f"-{field.name}":
        yield from (_source(key) for key in str(value).split("\n"))
    else:
        yield Said(str(value))


def _texts(text: TextPart) -> Iterator[Said]:
    """Return a text in each language in which it stands, with whose wording it is where it is not ours."""
    said = text.text()
    for lang in LANGUAGES if said else ():
        if said is not None and lang in said.by_language:
            mark = said.marks.get(lang, Mark.OURS)
            notes = [label(lang, "language"), *([] if mark is Mark.OURS else [str(MARKS[mark])])]
            if said.original == lang:
                notes.append(gettext("first said in this language"))
            yield Said(said.by_language[lang], lang, "; ".join(notes))


def _source(key: str) -> Said:
    found = library.sources_by_key([key]).get(key)
    if found is None:
        return Said(key)
    title = "" if found.title is None else next(iter(found.title.by_language.values()))
    words = ", ".join(part for part in (found.publisher, title) if part)
    return Said(words, href=found.url)


__all__ = ["Line", "Said", "Spelled", "spell"]

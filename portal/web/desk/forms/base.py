"""What the forms of the desk share: a token, words for what is wrong, and the fields that the record needs."""

import re
from abc import ABCMeta
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Self

from flask import current_app, request, session
from werkzeug.datastructures import CombinedMultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.csrf.session import SessionCSRF
from wtforms.form import FormMeta
from wtforms.validators import StopValidation, ValidationError

from portal.domain.texts import LANGUAGES, Mark, Text
from portal.domain.typed import clean, clean_line
from portal.i18n.locale import LazyText, gettext, lazy_gettext
from portal.i18n.refusals import bad_input
from portal.web import query

Words = str | LazyText

EXAMPLE = "06.08.2024"
"""A day as people write it into a form."""

LONGEST_LINE, LONGEST_TEXT = 600, 20_000
"""Characters."""

MOST_ENTRIES = 40
"""Entries of one list in a form. A longer one belongs into a file."""

TOKEN_LIVES = timedelta(hours=12)


class _Token(SessionCSRF):
    """The token that tells a form of ours from one of another site's."""

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        """Say in the reader's language that the form is not, or no longer, ours."""
        try:
            super().validate_csrf_token(form, field)
        except ValueError:  # Whatever was wrong with it, the reader can do one thing.
            raise ValidationError(
                gettext("This form was open for too long. Nothing is lost: check it and send it again.")
            ) from None


class Foldable(Form):
    """Fields of which some are seldom used: those stand folded below the others while they are empty and right."""

    def seen_fields(self, problems: Mapping[str, str]) -> list[Field]:
        """Return the fields that are seen: what is filled, or wrong, never hides."""
        folded = self.folded_fields(problems)
        return [field for field in self if field not in folded]

    def folded_fields(self, problems: Mapping[str, str]) -> list[Field]:
        """Return the fields that are seldom used and hold nothing."""
        return [
            field
            for field in self
            if is_folded(field) and not is_filled(field) and not any(each.startswith(field.id) for each in problems)
        ]


class _AbstractFormMeta(FormMeta, ABCMeta):
    """Lets a form leave methods to those that extend it: one that lacks them cannot be made."""


class DeskForm(Foldable, metaclass=_AbstractFormMeta):
    """A form of the desk. ``problems`` is what is wrong, by the id of the field, in the reader's words."""

    class Meta:
        """How the token is made and checked."""

        csrf = True
        csrf_class = _Token
        csrf_time_limit = TOKEN_LIVES

        @property
        def csrf_secret(self) -> bytes:
            """Return the key that tokens are made with."""
            return str(current_app.config["SECRET_KEY"]).encode()

        @property
        def csrf_context(self) -> Any:
            """Return where the token's other half is kept."""
            return session

    @classmethod
    def asked(cls, **kwargs: Any) -> Self:
        """Return the form with what was sent, or as it is at first."""
        if request.method == "POST":
            return cls(CombinedMultiDict([request.form, request.files]), **kwargs)
        return cls(**kwargs)

    def wants(self, button: str) -> bool:
        """Tell whether a button was pressed."""
        return request.method == "POST" and request.form.get("do", "") == button

    @property
    def was_sent(self) -> bool:
        """Whether the form was sent."""
        return request.method == "POST"

    def is_valid(self) -> bool:
        """Tell whether the form was sent and nothing is wrong with it."""
        return request.method == "POST" and self.validate()

    def grow(self) -> bool:
        """Add an empty entry to the list whose button was pressed; tell whether one was."""
        for field in self:
            if isinstance(field, FieldList) and self.wants(f"add-{field.short_name}"):
                if len(field) < MOST_ENTRIES:
                    field.append_entry()
                return True
        return False

    @property
    def problems(self) -> dict[str, str]:
        """Return the first thing that is wrong with each field, by the field's id, in the order of the form."""
        return dict(_problems(self))


def _problems(form: Any) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, FormField):
            yield from _problems(field.form)
        elif isinstance(field, FieldList):
            for entry in field:
                if isinstance(entry, FormField):
                    yield from _problems(entry.form)
                elif entry.errors:
                    yield entry.id, str(entry.errors[0])
            own = [error for error in field.errors if isinstance(error, str)]
            if own:
                yield field.id, own[0]
        elif field.errors:
            yield field.id, str(field.errors[0])


class Part(Foldable):
    """A group of fields within a form; the form around it has the token."""

    class Meta:
        """No token of its own."""

        csrf = False


def is_filled(field: Any) -> bool:
    """Tell whether anything stands in a field, or in a part of one. A choice within a text says nothing alone."""
    if isinstance(field, FormField) and isinstance(field.form, TextPart):
        return field.form.text() is not None
    if isinstance(field, FormField):
        return any(is_filled(each) for each in field.form)
    if isinstance(field, FieldList):
        return any(is_filled(each) for each in field)
    return field.data not in (None, "", [], False)


def runs_of_short(fields: Iterable[Field]) -> Iterator[tuple[bool, list[Field]]]:
    """Return fields in runs, of short ones (a day, a number) and of others, each with whether it is of short ones."""
    for is_short, run in groupby(fields, lambda field: isinstance(field, (DayField, CountField))):
        yield is_short, list(run)


def is_folded(field: Any) -> bool:
    """Tell whether a field is seldom used, and stands folded until it is."""
    return bool((field.render_kw or {}).get("folded"))


# Fields
# ------------------------------------------------------------------------------------------------------------------


class LineField(StringField):
    """One line of text, made clean. ``data`` is None where nothing was typed."""

    longest = LONGEST_LINE

    twin: int | None = None
    """The number of the petition that bears already what was typed, once that is known."""

    recorded: int | None = None
    """The source that stands already at the address that was typed, once that is known."""

    missing: Sequence[str] = ()
    """The sources that were named and that the record does not have."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, without what only misleads."""
        self.data = clean_line(str(valuelist[0])) or None if valuelist else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what the record has no room for."""
        if self.data and len(self.data) > self.longest:
            raise StopValidation(gettext("At most this many characters: %(num)s.", num=self.longest))


class MeantField(RadioField):
    """One of a few, each with what it means."""

    hints: Mapping[str, Words] = {}

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered; where nothing was chosen, ``Required`` has the word."""
        if self.data and self.data not in {choice[0] for choice in self.iter_choices()}:
            raise StopValidation(gettext("Choose one of the list."))


class WordsField(TextAreaField):
    """A text of several lines, made clean. ``data`` is None where nothing was typed."""

    longest = LONGEST_TEXT

    missing: Sequence[str] = ()
    """The sources that were named and that the record does not have."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed, without what only misleads."""
        self.data = clean(str(valuelist[0])).strip("\n") or None if valuelist else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what the record has no room for."""
        if self.data and len(self.data) > self.longest:
            raise StopValidation(gettext("At most this many characters: %(num)s.", num=self.longest))


class DayField(StringField):
    """A day, as people write it: 06.08.2024. ``data`` is a date or None; what was typed stays in ``raw_data``."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day; a sentence says what is wrong with it."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = query.day(text)
        except query.BadInput as error:
            raise ValueError(bad_input(error.code, example=EXAMPLE, **error.facts)) from None

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0]))
        return f"{self.data:%d.%m.%Y}" if isinstance(self.data, date) else ""


class CountField(StringField):
    """A whole number from 0. ``data`` is None where nothing was typed: unknown, and never 0."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; blanks between thousands are taken."""
        text = "".join(str(valuelist[0]).split()) if valuelist else ""
        self.data = None
        if not text:
            return
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise ValueError(gettext("Write a whole number from 0, or nothing if it is not known."))
        self.data = int(text)

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0]))
        return "" if self.data is None else str(self.data)


class ChoiceField(SelectField):
    """One of a few. An empty choice is None."""

    def __init__(self, label: Words, choices: Callable[[], list[tuple[str, Words]]], **kwargs: Any) -> None:
        super().__init__(label, choices=choices, coerce=_or_none, validate_choice=True, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered; where nothing was chosen, ``Required`` has the word."""
        if self.data is None:
            return
        if self.data not in {value for value, *_ in self.iter_choices()}:
            raise StopValidation(gettext("Choose one of the list."))


def _or_none(value: Any) -> str | None:
    return None if value in (None, "", "None") else str(value)


MARKS: Mapping[Mark, LazyText] = {
    Mark.OURS: lazy_gettext("our wording"),
    Mark.OFFICIAL: lazy_gettext("official wording"),
    Mark.PRESS: lazy_gettext("wording of the press"),
}


CHOOSE: tuple[str, Words] = ("", lazy_gettext("choose"))
"""The first of a list from which somebody must choose: nothing is chosen for them."""


MARKED: Mapping[str, Mark] = {mark.value: mark for mark in Mark}
"""The marks by their codes; a code that is none is refused by its field."""


def original_languages() -> list[tuple[str, Words]]:
    """Return the languages in which somebody may first have said a text, and nobody."""
    return [("", gettext("nobody: it is ours")), *((lang, NAMES[lang]) for lang in LANGUAGES)]


NAMES: Mapping[str, LazyText] = {
    "kk": lazy_gettext("Kazakh"),
    "ru": lazy_gettext("Russian"),
    "en": lazy_gettext("English"),
}


def marks() -> list[tuple[str, Words]]:
    """Return whose wording a text may be."""
    return [(mark.value, words) for mark, words in MARKS.items()]


class TextPart(Part):
    """A text in any of the three languages, each with whose wording it is. ``text`` is None where nothing was typed."""

    kk = WordsField(lazy_gettext("Kazakh"))
    ru = WordsField(lazy_gettext("Russian"))
    en = WordsField(lazy_gettext("English"))
    original = ChoiceField(lazy_gettext("First said in"), original_languages)
    kk_mark = ChoiceField(lazy_gettext("Whose wording the Kazakh is"), marks)
    ru_mark = ChoiceField(lazy_gettext("Whose wording the Russian is"), marks)
    en_mark = ChoiceField(lazy_gettext("Whose wording the English is"), marks)

    def text(self) -> Text | None:
        """Return what was typed, each language with its mark."""
        typed = {lang: self[lang].data for lang in LANGUAGES if self[lang].data}
        if not typed:
            return None
        marked = {lang: MARKED.get(str(self[f"{lang}_mark"].data), Mark.OURS) for lang in typed}
        return Text(typed, marked, self.original.data)

    def validate_original(self, field: ChoiceField) -> None:
        """Refuse an original in a language in which nothing stands."""
        if field.data and not self[field.data].data and self.text() is not None:
            raise StopValidation(gettext("Nothing was typed in this language."))

    @property
    def speaks_of_origin(self) -> bool:
        """Whether more is said than our own wording of our own thought."""
        return bool(self.original.data) or any(self[f"{lang}_mark"].data not in (None, "ours") for lang in LANGUAGES)

    @staticmethod
    def data_of(text: Text | None) -> dict[str, Any]:
        """Return a text as the form takes it."""
        if text is None:
            return {}
        said = {f"{lang}_mark": str(text.marks.get(lang, Mark.OURS)) for lang in text.by_language}
        return {**text.by_language, **said, "original": text.original}


class SaidPart(TextPart):
    """A text that must stand in one language at least."""

    def validate_kk(self, field: WordsField) -> None:
        """Refuse a text without any language; the sentence stands beside the first."""
        if not field.errors and self.text() is None:
            raise StopValidation(gettext("Fill in this field in at least one language."))


def text_field(label: Words, description: Words = "", *, folded: bool = False, required: bool = False) -> FormField:
    """Return the fields of a text in three languages.

    A folded one is seen when somebody opens it, when it is filled, and when something is wrong with it.
    """
    part = SaidPart if required else TextPart
    return FormField(part, label, description=description, render_kw={"folded": folded})


class Regexp:
    """Refuse what does not have a form, with a sentence that shows it; an empty field is another matter."""

    def __init__(self, pattern: str, sentence: Words) -> None:
        self.pattern = re.compile(pattern)
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ``StopValidation`` for anything else."""
        if field.data and not self.pattern.fullmatch(str(field.data)):
            raise StopValidation(str(self.sentence))


class Required:
    """Refuse an empty field in the reader's words."""

    field_flags: Mapping[str, Any] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ``StopValidation`` where nothing was typed. What could not be read has its own sentence already."""
        if field.errors:
            raise StopValidation
        if field.data in (None, "", []):
            raise StopValidation(gettext("Fill in this field."))


__all__ = [
    "CHOOSE",
    "BooleanField",
    "ChoiceField",
    "CountField",
    "DayField",
    "DeskForm",
    "FieldList",
    "FileField",
    "FormField",
    "LineField",
    "MeantField",
    "Part",
    "Regexp",
    "Required",
    "StopValidation",
    "TextPart",
    "Words",
    "WordsField",
    "is_filled",
    "is_folded",
    "text_field",
]

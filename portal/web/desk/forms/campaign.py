"""The form of a campaign by its parts, its translation, and the steps that a draft takes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import request
from wtforms import HiddenField, SelectMultipleField

from portal.domain.texts import LANGUAGES
from portal.i18n.campaign_desk import PLACES, flaw_words, place_words
from portal.i18n.locale import lazy_gettext, lazy_pgettext
from portal.services.campaign_flaws import Content, Flaw
from portal.services.campaign_format import Where
from portal.web.desk.forms.base import (
    NAMES,
    BooleanField,
    ChoiceField,
    CountField,
    DayField,
    DeskForm,
    FieldList,
    FormField,
    LineField,
    Part,
    Words,
    WordsField,
)

MOST_ENTRIES = 30
"""Entries of one list in a form."""


class SpokenLine(Part):
    """One line in the three languages."""

    kk = LineField(NAMES["kk"])
    ru = LineField(NAMES["ru"])
    en = LineField(NAMES["en"])


class Spoken(Part):
    """A paragraph in the three languages."""

    kk = WordsField(NAMES["kk"])
    ru = WordsField(NAMES["ru"])
    en = WordsField(NAMES["en"])


def spoken(name: str, description: Words = "", shape: type[Part] = Spoken) -> FormField:
    """Return the fields of a text under the name of a place."""
    return FormField(shape, PLACES[name], description=description)


class Whose(Part):
    """Whose call it is."""

    name = spoken("name", shape=SpokenLine)
    about = spoken("about", lazy_gettext("One sentence: what this organisation is. No praise, no label."))
    url = LineField(PLACES["url"], description=lazy_gettext("An address that begins with https://"))
    ours = BooleanField(
        PLACES["ours"],
        description=lazy_gettext("The page then says that the call is our own and takes no side on the petition."),
    )


class Start(Part):
    """The first day of a state."""

    day = DayField(PLACES["day"], description=lazy_gettext("Like this: 06.08.2024"))
    by = BooleanField(lazy_gettext("On this day or before it: the very day is not known"))


class Said(Part):
    """A sentence and what it rests on."""

    text = spoken("text")
    source = LineField(
        PLACES["source"],
        description=lazy_gettext("A source that the record has. Empty: the sentence is the campaign’s own."),
        render_kw={"list": "sources"},
    )
    locator = LineField(PLACES["locator"])


class Option(Part):
    """A way to help for somebody who cannot file."""

    who = spoken("who", shape=SpokenLine)
    action = spoken("action")
    result = spoken("result")


class Share(Part):
    """What the pictures say, and what stands beside them."""

    heading = spoken("heading", shape=SpokenLine)
    text = spoken("text", lazy_gettext("The text below the heading on the pictures."))
    caption = spoken("caption")
    alt = spoken("alt", lazy_gettext("For those who do not see them: every word that stands on the pictures."))


class CampaignForm(DeskForm):
    """Everything that a campaign holds. Names of fields are those of its content, so that a flaw finds its field."""

    seen = HiddenField()
    written_in = ChoiceField(
        lazy_gettext("In which language the texts were first written"),
        lambda: [("", lazy_pgettext("original language", "not said")), *((lang, NAMES[lang]) for lang in LANGUAGES)],
        description=lazy_gettext("The other two are its translations, and are marked when it changes after them."),
    )
    whose = FormField(Whose, PLACES["whose"])
    petition = CountField(
        lazy_gettext("Number of the petition"), description=lazy_gettext("As in the address of its page.")
    )
    title = spoken("title", shape=SpokenLine)
    lead = spoken("lead", lazy_gettext("What the call is about, in neutral words."))
    why = FieldList(FormField(Said), PLACES["why"], min_entries=1, max_entries=MOST_ENTRIES)
    steps = FieldList(FormField(Said), PLACES["steps"], min_entries=1, max_entries=MOST_ENTRIES)
    open = FormField(Start, PLACES["open"])
    closing = FormField(Start, PLACES["closing"])
    closed = FormField(Start, PLACES["closed"])
    archived = FormField(Start, PLACES["archived"])
    dates_note = FormField(Said, PLACES["dates_note"])
    kind = ChoiceField(PLACES["kind"], list)
    items = SelectMultipleField(PLACES["items"], choices=[], validate_choice=False)
    options = FieldList(FormField(Option), PLACES["options"], min_entries=1, max_entries=MOST_ENTRIES)
    share = FormField(Share, PLACES["share"])
    press = FieldList(
        LineField(PLACES["source"], render_kw={"list": "sources"}),
        PLACES["press"],
        min_entries=1,
        max_entries=MOST_ENTRIES,
    )
    attribution = spoken("attribution", lazy_gettext("Who wrote the words, on what they rest, who may use them."))
    successor = ChoiceField(PLACES["successor"], list)

    def grow(self) -> bool:
        """Add an empty entry to the list whose button was pressed; tell whether the form is only to be shown again."""
        for field in self:
            if isinstance(field, FieldList) and self.wants(f"add-{field.short_name}") and len(field) < MOST_ENTRIES:
                field.append_entry()
        return self.was_sent and request.form.get("do", "") != "save"

    def blame(self, flaws: Iterable[Flaw]) -> None:
        """Put what is wrong beside the fields that mend it."""
        for flaw in flaws:
            field = field_at(self, self._where_typed(flaw.where))
            field.errors = [*field.errors, flaw_words(flaw.code, flaw.facts)]

    def _where_typed(self, where: Where) -> Where:
        """Return where a value was typed: entries left empty in between are not in the content."""
        listed = self._fields.get(str(where[0]))
        if not isinstance(listed, FieldList) or len(where) < 2 or not isinstance(where[1], int):
            return where
        written = [place for place, entry in enumerate(listed) if pruned(entry.data)]
        return (where[0], written[where[1]], *where[2:])


def field_at(form: Any, where: Where) -> Any:
    """Return the field of a place, the first one within where it has several."""
    field = form
    for step in where:
        try:
            field = field[step]
        except (KeyError, IndexError, TypeError):  # What the form does not offer belongs to the part around it.
            break
    field = form.attribution if field is form else field
    while isinstance(field, FormField | FieldList) and list(field):
        field = next(iter(field))
    return field


def pruned(value: Any) -> Any:
    """Return a value without what says nothing: empty parts, and False."""
    if isinstance(value, Mapping):
        kept = {key: found for key, each in value.items() if (found := pruned(each)) not in (None, False, "")}
        return kept or None
    if isinstance(value, list | tuple):
        return [found for each in value if (found := pruned(each)) not in (None, False, "")] or None
    return value


def original_of(content: Content) -> str | None:
    """Return the language in which the texts of a content were first written, as its title says."""
    title = content.get("title")
    return title.get("original") if isinstance(title, Mapping) else None


# Between the form and the content
# ------------------------------------------------------------------------------------------------------------------

SPOKEN = frozenset(LANGUAGES)
STARTS = ("open", "closing", "closed", "archived")
KEPT = ("letter",)
"""What the form does not offer is taken over as it stands."""


def data_of(content: Content, number: int | None) -> dict[str, Any]:
    """Return a content as the form takes it. ``number`` is that of its petition."""
    starts = {name: _start_data(content[name]) for name in STARTS if content.get(name) is not None}
    return {**content, **starts, "petition": number, "written_in": original_of(content)}


def _start_data(value: Any) -> dict[str, Any]:
    by = isinstance(value, Mapping)
    return {"day": date.fromisoformat(value["by"] if by else value), "by": by}


def content_of(form: CampaignForm, petition: str | None, before: Content) -> Content:
    """Return what the form says, in the shape of a file. ``petition`` is what the record calls the petition."""
    typed = {name: value for name, value in form.data.items() if name not in {"csrf_token", "seen", "written_in"}}
    starts = {name: _start(typed.pop(name)) for name in STARTS}
    content = {**typed, **starts, "petition": petition, **{name: before.get(name) for name in KEPT}}
    content = pruned({key: value for key, value in content.items() if value is not None}) or {}
    return dict(with_original(content, form.written_in.data))


def _start(typed: Mapping[str, Any]) -> Any:
    day = typed["day"].isoformat() if typed["day"] else None
    return {"by": day} if day and typed["by"] else day


def with_original(value: Any, lang: str | None) -> Any:
    """Return a content whose texts all say that they were first written in a language, where they stand in it."""
    if isinstance(value, Mapping):
        if value and value.keys() <= {*SPOKEN, "original", "marks"}:
            plain = {key: each for key, each in value.items() if key != "original"}
            return {**plain, "original": lang} if lang in value else plain
        return {key: with_original(each, lang) for key, each in value.items()}
    return [with_original(each, lang) for each in value] if isinstance(value, list) else value


# Translating
# ------------------------------------------------------------------------------------------------------------------


class TranslationForm(DeskForm):
    """The texts of a content, each in three languages; the class of each form is made for the texts that there are."""

    seen = HiddenField()


def translation_of(texts: Sequence[tuple[Where, Mapping[str, Any]]]) -> TranslationForm:
    """Return the form for some texts, as it was sent or as they stand."""
    names = {"-".join(map(str, where)): where for where, _ in texts}
    fields = {name: FormField(Spoken, place_words(where), separator="-") for name, where in names.items()}
    made: type[TranslationForm] = type("Translation", (TranslationForm,), fields)
    form = made.asked(data={"-".join(map(str, where)): dict(text) for where, text in texts})
    assert isinstance(form, TranslationForm)
    return form


def translated(form: TranslationForm, content: Content, texts: Iterable[tuple[Where, Mapping[str, Any]]]) -> None:
    """Put what was typed in the place of the texts of a content. What was emptied is gone."""
    for where, text in texts:
        place: Any = content
        for step in where[:-1]:
            place = place[step]
        typed = {lang: words for lang, words in form["-".join(map(str, where))].data.items() if words}
        rest = {name: text[name] for name in ("marks", "original") if name in text}
        if typed:
            place[where[-1]] = {**typed, **{k: v for k, v in rest.items() if k != "original" or v in typed}}
        else:
            place[where[-1]] = None


# Steps
# ------------------------------------------------------------------------------------------------------------------


class ReasonForm(DeskForm):
    """A reason, for the log that everybody can read."""

    seen = HiddenField()
    reason = WordsField(lazy_gettext("Why"))

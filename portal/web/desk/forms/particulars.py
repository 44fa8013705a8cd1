"""The forms of a petition's own columns: where its record begins, and where those columns are corrected."""

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from wtforms import FieldList, FormField, HiddenField

from portal.domain.refusals import AlreadyRecorded
from portal.domain.stages import Jurisdiction, Level
from portal.i18n.labels import label
from portal.i18n.locale import LazyText, gettext, language, lazy_gettext
from portal.i18n.refusals import refusal
from portal.models import Petition
from portal.services import library, particulars
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row
from portal.web.desk.forms import addressee, title
from portal.web.desk.forms.base import (
    CHOOSE,
    BooleanField,
    ChoiceField,
    CountField,
    DeskForm,
    LineField,
    MeantField,
    Part,
    Regexp,
    Required,
    StopValidation,
    TextPart,
    Words,
    is_filled,
    text_field,
)
from portal.web.desk.forms.record import TOKEN, CitePart, RecordForm, SourceField

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WEB_ADDRESS = r"https?://[^\s\"<>]+"
PLATFORM = "epetition.kz"
"""Where petitions of chapter 12-1 are placed."""

MEANINGS: Mapping[Jurisdiction, LazyText] = {
    Jurisdiction.STATUTORY: lazy_gettext(
        "It was filed on the official portal: the terms of chapter 12-1 of the APPC are counted."
    ),
    Jurisdiction.OUTSIDE: lazy_gettext("It was placed elsewhere: the law sets it no term, and none is counted."),
    Jurisdiction.UNKNOWN: lazy_gettext("No source says where it was placed: no term is counted until one does."),
}


def levels() -> list[tuple[str, Words]]:
    """Return the levels of article 90-3(4), and that none is known."""
    return [("", gettext("not known")), *((each.value, label(each)) for each in Level)]


def regions() -> list[tuple[str, Words]]:
    """Return the regions, and that the petition is of none."""
    named = [(each.code, each.names.in_language(language()).text) for each in library.regions()]
    return [("", gettext("none, or not known")), *sorted(named, key=lambda each: each[1].casefold())]


def original_languages() -> list[tuple[str, Words]]:
    """Return the languages in which a petition may have been written."""
    return [("", gettext("not known")), *title.languages()]


def author_kinds() -> list[tuple[str, Words]]:
    """Return what an author may be."""
    return [("", gettext("not stated")), *((each, label(each, "author_kind")) for each in ("person", "organisation"))]


class OwnFields(DeskForm):
    """A petition's own columns. Nothing here has room for a private person's name."""

    jurisdiction = MeantField(lazy_gettext("Under which law it is"), [Required()], validate_choice=False)
    platform = LineField(lazy_gettext("Site"), description=lazy_gettext("The name of the site, such as epetition.kz."))
    platform_confirmed = BooleanField(lazy_gettext("A source or the page itself confirms where it was placed"))
    official_number = LineField(lazy_gettext("Its number on the official portal"))
    official_uuid = LineField(
        lazy_gettext("Its identifier on the official portal"),
        description=lazy_gettext("36 signs; it is a part of the page’s address."),
        validators=[Regexp(UUID.pattern, lazy_gettext("36 signs in five groups, as in the page’s address."))],
    )
    official_url = LineField(
        lazy_gettext("The address of its official page"),
        validators=[Regexp(WEB_ADDRESS, lazy_gettext("A web address begins with https:// or http://."))],
    )
    original_language = ChoiceField(lazy_gettext("Language in which it was written"), original_languages)
    label = text_field(
        lazy_gettext("Our description"), lazy_gettext("What it is about, in a few neutral words. It is marked as ours.")
    )
    level = ChoiceField(lazy_gettext("Level of the body that it is addressed to"), levels)
    region_code = ChoiceField(lazy_gettext("Region"), regions)
    threshold = CountField(
        lazy_gettext("Votes needed, as a source states them"),
        description=lazy_gettext("Empty if no source does: then they follow from the law where they can."),
    )
    author_kind = ChoiceField(lazy_gettext("Person or organisation"), author_kinds)
    author_role = text_field(
        lazy_gettext("Public role of the author"),
        lazy_gettext("Only a role that a source names. A private person has no name here."),
    )
    author_name = LineField(
        lazy_gettext("Name of the organisation, or of a person in a public role"),
        description=lazy_gettext("It is kept beside the public log, so that it can be erased."),
    )
    author_source = SourceField(lazy_gettext("Source about the author"), render_kw={"list": "sources"})
    notes = text_field(lazy_gettext("Notes"))

    groups: ClassVar[Mapping[LazyText, tuple[str, ...]]] = {
        lazy_gettext("Where it was placed"): (
            *("jurisdiction", "platform", "platform_confirmed"),
            *("official_number", "official_uuid", "official_url"),
        ),
        lazy_gettext("What it is called"): ("title_kk", "title_ru", "title_en", "label", "original_language"),
        lazy_gettext("To whom it is addressed"): ("level", "region_code", "threshold", "addressees"),
        lazy_gettext("Who filed it"): ("author_kind", "author_role", "author_name", "author_source"),
        lazy_gettext("Remarks"): ("notes", "summary", "positions_note"),
    }
    """The fields as the page groups them."""

    twin: int | None = None
    """The number of the petition that the record has already, once somebody asked for it."""

    own_number: int | None = None
    """The number of the petition whose columns they are; None where its record begins."""

    def offer_meanings(self) -> None:
        """Fill in the choice of the law, whose meaning stands beside each."""
        self.jurisdiction.choices = [(each.value, label(each)) for each in Jurisdiction]
        self.jurisdiction.hints = {each.value: words for each, words in MEANINGS.items()}

    def validate_author_name(self, field: LineField) -> None:
        """Refuse a name without the public role, or the organisation, that makes it public."""
        if field.data and self.author_kind.data != "organisation" and self.author_role.form.text() is None:
            raise StopValidation(gettext("Only an organisation, or a person whose public role is stated, is named."))

    def validate_threshold(self, field: CountField) -> None:
        """Refuse a threshold of none."""
        if str(field.data) == "0":
            raise StopValidation(gettext("A threshold is at least one vote."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what another petition of the record bears already, beside the field that says so."""
        is_fine = super().validate(extra_validators)
        for name in particulars.OFFICIAL:
            twin = particulars.twin_of({name: self.own().get(name)})
            if twin is not None and twin.number != self.own_number:
                self.twin = twin.number
                said: Any = self[name]
                said.errors, said.twin = [refusal(AlreadyRecorded(twin.number))], twin.number
        return is_fine and self.twin is None

    def own(self) -> dict[str, Any]:
        """Return what the form says of the columns."""
        url = self.official_url.data
        uuid = self.official_uuid.data or uuid_in(url)
        return {
            **{name: self[name].data for name in ("jurisdiction", "platform", "official_number", "original_language")},
            **{name: self[name].data for name in ("level", "region_code", "author_kind", "threshold")},
            "platform_confirmed": bool(self.platform_confirmed.data),
            "official_uuid": uuid,
            "official_url": url,
            "label": self.label.form.text(),
            "author_role": self.author_role.form.text(),
            "author_name": self.author_name.data,
            "author_source": self.author_source.data,
            "notes": self.notes.form.text(),
        }


def uuid_in(url: str | None) -> str | None:
    """Return the identifier that an address of the official portal holds."""
    if not url or not (urlsplit(url).hostname or "").endswith(PLATFORM):
        return None
    found = UUID.search(url.lower())
    return found[0] if found else None


class ParticularsForm(OwnFields, RecordForm):
    """Corrects a petition's own columns."""

    heading = lazy_gettext("The petition itself")
    table = "petition"
    prefix = "petition"
    thing = "petition"

    summary = text_field(lazy_gettext("Summary of how it ended"))
    positions_note = text_field(lazy_gettext("Note on positions"))

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return the columns as the form takes them."""
        said = particulars.said(petition)
        texts = ("label", "author_role", "notes", "summary", "positions_note")
        return {**said, **{name: TextPart.data_of(said[name]) for name in texts}}

    def offer(self, petition: Petition) -> None:
        """Fill in the choice of the law."""
        self.own_number = petition.number
        self.offer_meanings()

    def rows(self) -> tuple[Row, ...]:
        """Return nothing: these are columns."""
        return ()

    def own(self) -> dict[str, Any]:
        """Return what the form says of the columns."""
        return {**super().own(), "summary": self.summary.form.text(), "positions_note": self.positions_note.form.text()}

    def draft(self) -> Draft:
        """Return the columns that change."""
        found = super().draft()
        changed = particulars.changed(self.petition, self.own())
        return Draft(found.petition, found.seen, "particulars.corrected", particulars=changed, reason=found.reason)


# Beginning a record
# ------------------------------------------------------------------------------------------------------------------


def title_roles() -> list[tuple[str, Words]]:
    """Return whose wording a title at the top of a page may be."""
    return [CHOOSE, *((each, label(each, "title_role")) for each in title.MAIN_ROLES)]


class TitlePart(Part):
    """The title at the top of the page in one language."""

    words = LineField(lazy_gettext("The title, word for word"))
    role = ChoiceField(lazy_gettext("Whose wording it is"), title_roles)
    source = SourceField(lazy_gettext("Source"), render_kw={"list": "sources"})

    def validate_role(self, field: ChoiceField) -> None:
        """Ask for whose wording it is where there are words."""
        if self.words.data and not field.data:
            raise StopValidation(gettext("Fill in this field."))

    def row(self, lang: str) -> Row | None:
        """Return the title in a language; None where none was typed."""
        if not self.words.data:
            return None
        values = {"lang": lang, "text": self.words.data, "role": self.role.data, "is_main": True, "note": None}
        return Row("title", f"main:{lang}", values, Citation(self.source.data))


class BodyPart(Part):
    """A body and its role."""

    body = ChoiceField(lazy_gettext("State body"), addressee.bodies, render_kw=addressee.BESIDE)
    role = ChoiceField(lazy_gettext("Its role"), addressee.roles)
    cites = FormField(CitePart, lazy_gettext("Where it is from"))

    def validate_body(self, field: ChoiceField) -> None:
        """Refuse a source without the body that it names."""
        if not field.data and (self.role.data or is_filled(self.cites)):
            raise StopValidation(gettext("Fill in this field."))

    def validate_role(self, field: ChoiceField) -> None:
        """Refuse a body without its role."""
        if self.body.data and not field.data:
            raise StopValidation(gettext("Fill in this field."))

    def row(self, key: str) -> Row | None:
        """Return the addressee; None where no body was chosen."""
        if not self.body.data:
            return None
        values = {"body_id": self.body.data, "role": self.role.data, "note": None}
        return Row("addressee", key, values, self.cites.form.citation())


class FoundForm(OwnFields):
    """Begins the record of a petition: its columns, its titles, and to whom it is addressed."""

    token = HiddenField()
    title_kk = FormField(TitlePart, lazy_gettext("Title in Kazakh"))
    title_ru = FormField(TitlePart, lazy_gettext("Title in Russian"))
    title_en = FormField(TitlePart, lazy_gettext("Title in English"))
    addressees = FieldList(FormField(BodyPart), lazy_gettext("Addressees"), min_entries=1)

    @classmethod
    def asked_for(cls) -> "FoundForm":
        """Return the form as it was sent, or as it is at first."""
        form = cls.asked()
        assert isinstance(form, FoundForm)
        form.offer_meanings()
        if not TOKEN.fullmatch(str(form.token.data or "")):
            form.token.data = secrets.token_hex(4)
        return form

    def has_words(self) -> bool:
        """Tell whether the petition can be called anything at all."""
        return any(row.table == "title" for row in self.rows()) or self.label.form.text() is not None

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a petition that nobody could call by any words."""
        is_fine = super().validate(extra_validators)
        if not self.has_words():
            self.label.form.kk.errors = [gettext("Give a title in one language at least, or our description.")]
            return False
        return is_fine

    def own(self) -> dict[str, Any]:
        """Return the columns, and the name that makes a form sent twice one petition."""
        return {**super().own(), "register_id": f"desk-{self.token.data}"}

    def rows(self) -> tuple[Row, ...]:
        """Return the first rows of the record."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        for lang in ("kk", "ru", "en"):
            part: Any = self[f"title_{lang}"]
            row = part.form.row(lang)
            if row is not None:
                yield row
        for number, entry in enumerate(self.addressees, 1):
            row = entry.form.row(f"addressee:{self.token.data}{number:02}")
            if row is not None:
                yield row

"""The forms of what facts refer to: sources, bodies, organisations."""

import re
import secrets
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, get_args

from werkzeug.datastructures import FileStorage
from wtforms import FormField, HiddenField

from portal.domain.refusals import ReasonMissing, Refusal
from portal.domain.typed import clean_line
from portal.i18n.labels import label
from portal.i18n.locale import LazyText, gettext, language, lazy_gettext
from portal.i18n.refusals import refusal
from portal.models.source import SourceKind
from portal.services import kept_files, library
from portal.services import register_format as files
from portal.services.register_rows import Citation
from portal.web.desk.forms import title
from portal.web.desk.forms.base import (
    BooleanField,
    ChoiceField,
    DayField,
    DeskForm,
    FileField,
    LineField,
    Part,
    Regexp,
    Required,
    StopValidation,
    TextPart,
    Words,
    WordsField,
    text_field,
)
from portal.web.desk.forms.particulars import WEB_ADDRESS
from portal.web.desk.forms.record import CitePart

TOKEN = re.compile(r"[0-9a-f]{8}")
CASES = ("gen", "dat", "loc", "abl")


class ReferenceForm(DeskForm):
    """A form about one record that facts refer to. ``record`` and ``data_of`` are each other's inverse."""

    section: ClassVar[str]
    heading_new: ClassVar[LazyText]
    heading_kept: ClassVar[LazyText]

    seen = HiddenField()
    token = HiddenField()
    reason = WordsField(
        lazy_gettext("Why"),
        description=lazy_gettext("Needed where something that stood changes. Everybody can read it in the log."),
    )

    kept: Any = None
    """The record that is corrected; None for a new one."""

    @classmethod
    def of(cls, kept: Any = None, first: Mapping[str, Any] | None = None) -> "ReferenceForm":
        """Return the form, as it was sent or as it is at first."""
        made = cls.asked(data=cls.data_of(kept) if kept is not None else first or {})
        assert isinstance(made, ReferenceForm)
        made.kept = kept
        made.offer()
        if kept is None:
            del made.reason
        elif made.seen.data in (None, ""):
            made.seen.data = str(kept.recorded_in)
        if not TOKEN.fullmatch(str(made.token.data or "")):
            made.token.data = secrets.token_hex(4)
        return made

    @classmethod
    @abstractmethod
    def data_of(cls, kept: Any) -> Mapping[str, Any]:
        """Return a record as the form takes it."""

    @property
    def heading(self) -> LazyText:
        """The title of the page."""
        return self.heading_new if self.kept is None else self.heading_kept

    def offer(self) -> None:
        """Fill in what depends on what was sent."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a correction without a reason, beside the others."""
        is_fine = super().validate(extra_validators)
        if self.kept is not None and not self.reason.data:
            self.reason.errors = [refusal(ReasonMissing())]
            return False
        return is_fine

    content: bytes | None = None
    """A copy that was sent with it."""

    @abstractmethod
    def record(self) -> files.Strict:
        """Return the record that the form describes; the form is valid."""

    @property
    def seen_entry(self) -> int | None:
        """The entry under which the record stood when it was read."""
        seen = str(self.seen.data or "")
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else None


class PublisherField(LineField):
    """Who published a source."""

    longest = 300


def languages() -> list[tuple[str, Words]]:
    """Return the languages of sources, and that it is not known."""
    return [("", gettext("not known")), *title.languages()]


def kinds() -> list[tuple[str, Words]]:
    """Return the kinds of publishers."""
    return [(each.value, label(each)) for each in SourceKind]


class SourceForm(ReferenceForm):
    """A source: a document or page that facts cite."""

    section = "sources"
    heading_new = lazy_gettext("Record a source")
    heading_kept = lazy_gettext("Correct a source")

    url = LineField(
        lazy_gettext("Its web address"),
        description=lazy_gettext("Empty for what stands nowhere on the web; then keep a copy below."),
        validators=[Regexp(WEB_ADDRESS, lazy_gettext("A web address begins with https:// or http://."))],
    )
    publisher = PublisherField(lazy_gettext("Who published it"), [Required()])
    title = text_field(lazy_gettext("Its title"))
    lang = ChoiceField(lazy_gettext("Its language"), languages)
    kind = ChoiceField(lazy_gettext("What kind of publisher"), kinds, validators=[Required()])
    published_on = DayField(lazy_gettext("Published on"))
    partisan = BooleanField(
        lazy_gettext("The publisher is a side in the matter"),
        description=lazy_gettext("Pages say so beside the source. It is no judgement of what it says."),
    )
    file = FileField(
        lazy_gettext("A copy to keep"),
        description=lazy_gettext(
            "PDF, PNG, JPEG, WebP, HTML, text or WARC, at most 10 MB. It is kept for the desk and never published."
        ),
    )
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, kept: Any) -> Mapping[str, Any]:
        """Return a source as the form takes it."""
        plain = {name: getattr(kept, name) for name in ("url", "publisher", "lang", "kind", "published_on", "partisan")}
        return {**plain, "title": TextPart.data_of(kept.title), "note": TextPart.data_of(kept.note)}

    def offer(self) -> None:
        """Read the copy that was sent: it is asked for once, and known by what it holds."""
        sent = self.file.data
        self.content = sent.read() if isinstance(sent, FileStorage) and sent.filename else None

    def validate_url(self, field: LineField) -> None:
        """Refuse a second record of one source."""
        twin = library.source_by_address(field.data) if field.data else None
        if twin is not None and (self.kept is None or twin.id != self.kept.id):
            field.recorded = twin.id
            raise StopValidation(gettext("The record has this source already."))

    def validate_file(self, field: FileField) -> None:
        """Refuse a copy that is too large, empty, or none of the kinds that are kept."""
        if self.content is None:
            return
        try:
            kept_files.require_keepable(self.content)
        except Refusal as error:
            raise StopValidation(refusal(error)) from None

    def record(self) -> files.SourceIn:
        """Return the source; the digest of a new copy comes when it is kept."""
        key = self.kept.key if self.kept else self.url.data or f"desk:{self.token.data}"
        return files.SourceIn(
            id=key,
            publisher=self.publisher.data,
            title=self.title.form.text(),
            url=None if self.url.data == key else self.url.data,
            lang=self.lang.data,
            kind=SourceKind(self.kind.data),
            published_on=self.published_on.data,
            partisan=bool(self.partisan.data),
            sha256=self.kept.sha256 if self.kept else None,
            note=self.note.form.text(),
        )


# Bodies and organisations
# ------------------------------------------------------------------------------------------------------------------


class NamedForm(ReferenceForm):
    """Something with a name, whose facts have a source."""

    names = text_field(lazy_gettext("Its full name"), required=True)
    aliases = WordsField(
        lazy_gettext("Other names, each on a line of its own"),
        description=lazy_gettext("As sources write it: the search finds it by these too."),
    )
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    note = text_field(lazy_gettext("Note"), folded=True)

    def lines(self) -> list[str]:
        """Return the other names."""
        found = [clean_line(line) for line in (self.aliases.data or "").split("\n")]
        return [line for line in found if line]

    def validate_aliases(self, field: WordsField) -> None:
        """Refuse a name that is longer than a line."""
        if any(len(line) > LineField.longest for line in self.lines()):
            raise StopValidation(gettext("At most this many characters: %(num)s.", num=LineField.longest))

    @classmethod
    def named(cls, kept: Any) -> dict[str, Any]:
        """Return the fields that every such record has, as the form takes them."""
        source = library.source(kept.source_id)
        cites = Citation(source.key if source else None, tuple(kept.also or ()), kept.locator)
        return {
            "names": TextPart.data_of(kept.names),
            "aliases": "\n".join(kept.aliases or ()),
            "cites": CitePart.data_of(cites),
            "note": TextPart.data_of(kept.note),
        }

    def common(self, prefix: str) -> dict[str, Any]:
        """Return the fields that every such record has, as the record takes them."""
        cites = self.cites.form.citation()
        return {
            "id": self.kept.id if self.kept else f"{prefix}-{self.token.data}",
            "names": self.names.form.text(),
            "aliases": self.lines(),
            "source": cites.source,
            "also": list(cites.also),
            "locator": cites.locator,
            "note": self.note.form.text(),
        }


def body_levels() -> list[tuple[str, Words]]:
    """Return the levels of bodies."""
    return [(each, label(each, "body_level")) for each in get_args(files.BodyLevel)]


def bodies() -> list[tuple[str, Words]]:
    """Return every body, and none."""
    named = [(each.id, each.names.in_language(language()).text) for each in library.bodies()]
    return [("", gettext("none, or not known")), *sorted(named, key=lambda each: each[1].casefold())]


def directory() -> list[tuple[str, Words]]:
    """Return the rows of the directory, and none."""
    named = [(each.id, each.names.in_language(language()).text) for each in library.directory()]
    return [("", gettext("none, or not known")), *named]


class CasesPart(Part):
    """The Kazakh case forms of a name, which no rule gives for all names."""

    gen = LineField(lazy_gettext("Genitive"))
    dat = LineField(lazy_gettext("Dative"))
    loc = LineField(lazy_gettext("Locative"))
    abl = LineField(lazy_gettext("Ablative"))


class BodyForm(NamedForm):
    """A State or public body."""

    section = "bodies"
    heading_new = lazy_gettext("Record a body")
    heading_kept = lazy_gettext("Correct a body")

    level = ChoiceField(lazy_gettext("What kind of body"), body_levels, validators=[Required()])
    short = text_field(lazy_gettext("Its short name"), folded=True)
    parent = ChoiceField(lazy_gettext("Body that it belongs to"), bodies, render_kw={"folded": True})
    until = DayField(lazy_gettext("Its last day, where it is no more"), render_kw={"folded": True})
    successor = ChoiceField(lazy_gettext("Body that came after it"), bodies, render_kw={"folded": True})
    directory = ChoiceField(lazy_gettext("Its row in the directory"), directory, render_kw={"folded": True})
    cases = FormField(CasesPart, lazy_gettext("Kazakh case forms of the name"), render_kw={"folded": True})

    @classmethod
    def data_of(cls, kept: Any) -> Mapping[str, Any]:
        """Return a body as the form takes it."""
        plain = {name: getattr(kept, name) for name in ("level", "parent", "until", "successor", "directory")}
        return {**cls.named(kept), **plain, "short": TextPart.data_of(kept.short), "cases": kept.cases or {}}

    def record(self) -> files.BodyIn:
        """Return the body."""
        cases = {name: self.cases.form[name].data for name in CASES if self.cases.form[name].data}
        return files.BodyIn(
            **self.common("body"),
            level=self.level.data,
            short=self.short.form.text(),
            parent=self.parent.data,
            until=self.until.data,
            successor=self.successor.data,
            directory=self.directory.data,
            cases=cases or None,
        )


def organisation_kinds() -> list[tuple[str, Words]]:
    """Return the kinds of organisations."""
    return [
        (each, label(each, "organisation_kind"))
        for each in get_args(files.OrganisationIn.model_fields["kind"].annotation)
    ]


class OrganisationForm(NamedForm):
    """An organisation in a public role."""

    section = "organisations"
    heading_new = lazy_gettext("Record an organisation")
    heading_kept = lazy_gettext("Correct an organisation")

    kind = ChoiceField(lazy_gettext("What kind of organisation"), organisation_kinds, validators=[Required()])
    form_of = text_field(lazy_gettext("Legal form, as registered"), folded=True)

    @classmethod
    def data_of(cls, kept: Any) -> Mapping[str, Any]:
        """Return an organisation as the form takes it."""
        return {**cls.named(kept), "kind": kept.kind, "form_of": TextPart.data_of(kept.form)}

    def record(self) -> files.OrganisationIn:
        """Return the organisation."""
        return files.OrganisationIn(**self.common("organisation"), kind=self.kind.data, form=self.form_of.form.text())

"""What every form that records something shares: what was seen and shown before saving, why, and by which source."""

import re
import secrets
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from wtforms import FormField, HiddenField

from portal.domain.texts import Text
from portal.domain.typed import clean_line
from portal.i18n.locale import LazyText, gettext, lazy_gettext
from portal.models import Petition
from portal.services import library, record_rows
from portal.services.recording import Draft
from portal.services.register_rows import Citation, Row
from portal.services.row_writer import digest_of
from portal.web.desk.forms.base import (
    BooleanField,
    DayField,
    DeskForm,
    LineField,
    Part,
    StopValidation,
    TextPart,
    WordsField,
    is_filled,
    text_field,
)

TOKEN = re.compile(r"[0-9a-f]{8}")


class RecordForm(DeskForm):
    """A form about a petition's record. Its fields come first, those of this class stand below them.

    ``table`` is the table of the row, ``prefix`` what its key begins with, ``heading`` the title of the page,
    ``thing`` the noun of the action in the audit chain.
    """

    heading: ClassVar[LazyText]
    table: ClassVar[str]
    prefix: ClassVar[str]
    thing: ClassVar[str]
    hint: ClassVar[LazyText | str] = ""

    seen = HiddenField()
    token = HiddenField()
    previewed = HiddenField()
    reason = WordsField(
        lazy_gettext("Why"),
        description=lazy_gettext("Needed where something that stood changes. Everybody can read it in the log."),
    )

    kept: Row | None = None
    """The row that is corrected; None for a new one."""

    groups: ClassVar[Mapping[LazyText, tuple[str, ...]]] = {}
    """Headings with the names of their fields, where a form is long enough for headings."""

    petition: Petition
    """Whose record it is; set before the form is read."""

    @classmethod
    def of(cls, petition: Petition, kept: Row | None = None) -> "RecordForm":
        """Return the form for a new row, or for the correction of one, as it was sent or as it is at first."""
        form = cls.made_for(petition, kept)
        data = form.data_of(kept) if kept is not None else form.first_data(petition)
        made: RecordForm = form.asked(data=data)
        made.belongs_to(petition, kept)
        if made.seen.data in (None, ""):
            made.seen.data = str(petition.changed_in)
        if not TOKEN.fullmatch(str(made.token.data or "")):
            made.token.data = secrets.token_hex(4)
        return made

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self.heading)

    @classmethod
    def filled(cls, petition: Petition, row: Row) -> "RecordForm":
        """Return the form with what a row says, whatever was sent: its fields name and word the row's content."""
        form = cls.made_for(petition, row)
        made = form(data=form.data_of(row))
        made.belongs_to(petition, row)
        return made

    @classmethod
    def made_for(cls, petition: Petition, kept: Row | None) -> type["RecordForm"]:
        """Return the class of the form, where its very fields depend on the petition."""
        return cls

    def belongs_to(self, petition: Petition, kept: Row | None) -> None:
        """Take the petition, and the row that is corrected, and offer what depends on them."""
        self.petition = petition
        self.kept = kept
        self.offer(petition)

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return what a new form holds at first."""
        return {}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a row of the record as the form takes it: nothing of it, where the form describes no row."""
        return {}

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row of the record is corrected with this form."""
        return False

    def offer(self, petition: Petition) -> None:
        """Fill in the choices that depend on the petition."""

    @abstractmethod
    def rows(self) -> tuple[Row, ...]:
        """Return the rows that the form describes; the form is valid."""

    def new_key(self) -> str:
        """Return the key of a new row. It is the same each time this form is sent: sent twice, it is recorded once."""
        return f"{self.prefix}:{self.token.data}"

    def warnings(self) -> Iterable[str]:
        """Return what does not fit together in what the form describes. None of it keeps anybody from saving."""
        if any(each.cites is not None and each.cites.source is None for row in self.rows() for each in _cited(row)):
            yield gettext("No source is named for all or part of this; the public page will say so.")

    def beside(self) -> "Sequence[Beside]":
        """Return what the record says already that whoever fills in the form should see."""
        return ()

    def is_recorded(self) -> bool:
        """Whether the record holds already what the form would add: of some things there is only one."""
        return record_rows.current(self.petition, self.table, self.new_key()) is not None

    def draft(self) -> Draft:
        """Return what the form asks to change."""
        verb = "recorded" if self.kept is None else "corrected"
        seen = str(self.seen.data)
        return Draft(
            petition=self.petition.number,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else -1,
            action=f"{self.thing}.{verb}",
            put=self.rows(),
            reason=self.reason.data,
        )

    def digest(self, draft: Draft) -> str:
        """Return what tells whether this very change was shown before."""
        return digest_of([draft.content(), draft.seen])


class RowForm(RecordForm):
    """A form about one row of a petition's record. ``row`` and ``data_of`` are each other's inverse."""

    @classmethod
    @abstractmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a row of the record as the form takes it."""

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row of the record is corrected with this form."""
        return row.table == cls.table and row.key.partition(":")[0] == cls.prefix

    @abstractmethod
    def row(self, key: str) -> Row:
        """Return the row that the form describes; the form is valid."""

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that the form describes: mostly the one."""
        return (self.row(self.kept.key if self.kept else self.new_key()),)


@dataclass(frozen=True, slots=True)
class Beside:
    """A part of the record that stands beside a form: its heading, and its lines, each with what belongs to it."""

    heading: str
    lines: Sequence[tuple[str, Sequence[str]]]


def _cited(row: Row) -> Iterator[Row]:
    """Return the parts of a row that may name a source of their own."""
    yield from row.children if row.table == "event" else (row, *row.children)


class WithdrawForm(RecordForm):
    """Takes a row out of the record. It has nothing but a reason: what goes is shown beside it."""

    heading = lazy_gettext("Withdraw from the record")
    table = "any"
    prefix = ""
    thing = "row"

    def draft(self) -> Draft:
        """Return that the row shall go."""
        assert self.kept is not None
        taken = super().draft()
        return replace(taken, action=f"{self.kept.table}.withdrawn", put=(), take=((self.kept.table, self.kept.key),))

    def rows(self) -> tuple[Row, ...]:
        """Return nothing that shall stand."""
        return ()


# Parts that several forms have
# ------------------------------------------------------------------------------------------------------------------


class LocatorField(LineField):
    """Where in a source: a page, a minute, a paragraph."""

    longest = 200


def _require_known(field: Any, keys: Sequence[str]) -> None:
    """Refuse sources that the record does not have, and leave beside the field which they are."""
    known = library.sources_by_key(list(keys))
    field.missing = [key for key in keys if key not in known]
    for key in field.missing:
        raise StopValidation(gettext("The record does not have this source: %(key)s.", key=key))


class SourceField(LineField):
    """A source of the record, by its key or address."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a source that the record does not have."""
        super().pre_validate(form)
        _require_known(self, [self.data] if self.data else [])


class CitePart(Part):
    """Where a fact comes from: a source of the record by its key or address, and where in it."""

    source = SourceField(
        lazy_gettext("Source"),
        description=lazy_gettext("Its address or key. A source that is not in the record yet is recorded first."),
        render_kw={"list": "sources"},
    )
    locator = LocatorField(lazy_gettext("Where in the source"))
    also = WordsField(
        lazy_gettext("Further sources, each on a line of its own"),
        render_kw={"folded": True},
    )

    def citation(self) -> Citation:
        """Return what was given."""
        also = [clean_line(line) for line in (self.also.data or "").split("\n")]
        return Citation(self.source.data, tuple(line for line in also if line), self.locator.data)

    def validate_also(self, field: WordsField) -> None:
        """Refuse a further source that the record does not have."""
        _require_known(field, self.citation().also)

    @staticmethod
    def data_of(cites: Citation | None) -> dict[str, Any]:
        """Return a citation as the form takes it."""
        if cites is None:
            return {}
        return {"source": cites.source, "locator": cites.locator, "also": "\n".join(cites.also)}


class WhenPart(Part):
    """A day, or the range that it lies in, in the source's own words where they say it otherwise."""

    day = DayField(lazy_gettext("Date"), description=lazy_gettext("For example: 06.08.2024. Empty if it is not known."))
    earliest = DayField(lazy_gettext("Or not before"))
    latest = DayField(lazy_gettext("Or not after"))

    def range(self) -> tuple[Any, Any]:
        """Return the earliest and the latest day."""
        return (self.day.data, self.day.data) if self.day.data else (self.earliest.data, self.latest.data)

    def validate_day(self, field: DayField) -> None:
        """Refuse a day beside a range."""
        if field.data and (self.earliest.data or self.latest.data):
            raise StopValidation(gettext("Give a day or a range, not both."))

    def validate_latest(self, field: DayField) -> None:
        """Refuse a range that ends before it begins."""
        if field.data and self.earliest.data and self.earliest.data > field.data:
            raise StopValidation(gettext("The range ends before it begins."))

    @staticmethod
    def data_of(earliest: Any, latest: Any) -> dict[str, Any]:
        """Return a range as the form takes it."""
        return {"day": earliest} if earliest and earliest == latest else {"earliest": earliest, "latest": latest}


class ClaimPart(WhenPart):
    """When one source says that it happened."""

    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    counts = BooleanField(lazy_gettext("The timeline counts with this one"))
    derived = BooleanField(lazy_gettext("Our own arithmetic, not a source’s word"), render_kw={"folded": True})
    wording = text_field(lazy_gettext("The source’s own words for the date"), folded=True)
    speaker = text_field(lazy_gettext("Who says so"), lazy_gettext("A person only in a public role."), folded=True)
    note = text_field(lazy_gettext("Note"), folded=True)

    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return not any(is_filled(field) for field in self)

    def claim(self) -> Row:
        """Return the claim as a row."""
        earliest, latest = self.range()
        values = {
            "earliest": earliest,
            "latest": latest,
            "wording": self.wording.text(),
            "derived": bool(self.derived.data),
            "counts": bool("counts" in self and self.counts.data),
            "value": None,
            "speaker": self.speaker.text(),
            "note": self.note.text(),
        }
        return Row("claim", "", values, self.cites.citation())

    @staticmethod
    def data_of(claim: Row) -> dict[str, Any]:
        """Return a claim as the form takes it."""
        values = claim.values
        return {
            **WhenPart.data_of(values["earliest"], values["latest"]),
            "cites": CitePart.data_of(claim.cites),
            "counts": values["counts"],
            "derived": values["derived"],
            "wording": TextPart.data_of(values["wording"]),
            "speaker": TextPart.data_of(values["speaker"]),
            "note": TextPart.data_of(values["note"]),
        }


def plain(text: Text | None) -> dict[str, Any] | None:
    """Return a text as the details of an event hold it."""
    return None if text is None else text.as_json()

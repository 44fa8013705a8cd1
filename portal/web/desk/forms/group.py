"""The form of a working group: its total, its categories, and its named seats, each apart from the others."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import FieldList, FormField

from portal.domain.groups import Category, composition
from portal.domain.texts import Text
from portal.i18n.labels import label
from portal.i18n.locale import gettext, lazy_gettext
from portal.services.register_rows import Row
from portal.web.desk.forms.base import ChoiceField, CountField, Part, StopValidation, TextPart, text_field
from portal.web.desk.forms.choices import bodies, codes, organisations
from portal.web.desk.forms.record import CitePart, RowForm, plain

KEY = "group"
"""A petition has one working group, always under this key."""


class CategoryPart(Part):
    """How many of the group come from one category, as a source names it."""

    category = ChoiceField(
        lazy_gettext("Which category of the law it is"), lambda: codes(Category, lazy_gettext("choose one"))
    )
    names = text_field(lazy_gettext("What the source calls it"))
    count = CountField(
        lazy_gettext("How many"), description=lazy_gettext("Empty where the source names it without a number.")
    )
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    note = text_field(lazy_gettext("Note"), folded=True)

    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return not any((self.category.data, self.names.text(), self.note.text())) and self.count.data is None

    def validate_category(self, field: ChoiceField) -> None:
        """Refuse an entry that does not say what it counts."""
        if not self.is_empty() and field.data is None:
            raise StopValidation(gettext("Choose the category; what is none of them is “others”."))
        if not self.is_empty() and self.names.text() is None:
            raise StopValidation(gettext("Write below what the source calls this category, in at least one language."))

    def row(self) -> Row:
        """Return the category as a row."""
        values = {
            "category": self.category.data,
            "names": self.names.text(),
            "count": self.count.data,
            "note": self.note.text(),
        }
        return Row("category_count", "", values, self.cites.citation())

    @staticmethod
    def data_of(row: Row) -> dict[str, Any]:
        """Return a category as the form takes it."""
        return {
            "category": row.values["category"],
            "count": row.values["count"],
            "names": TextPart.data_of(row.values["names"]),
            "note": TextPart.data_of(row.values["note"]),
            "cites": CitePart.data_of(row.cites),
        }


class SeatPart(Part):
    """A seat that a source names: an organisation, or somebody in a public role. Never inferred."""

    organisation = ChoiceField(lazy_gettext("Organisation"), organisations)
    role = text_field(lazy_gettext("Or somebody in a public role"), lazy_gettext("The office, not only a name."))
    category = ChoiceField(lazy_gettext("Which category of the law it is"), lambda: codes(Category))
    cites = FormField(CitePart, lazy_gettext("Where it is from"))

    def is_empty(self) -> bool:
        """Whether nobody was named."""
        return self.organisation.data is None and self.role.text() is None

    def validate_organisation(self, field: ChoiceField) -> None:
        """Refuse two in one seat, and a source that names nobody."""
        if field.data and self.role.text() is not None:
            raise StopValidation(gettext("Give an organisation or a public role, not both."))
        if self.is_empty() and self.cites.form.source.data:
            raise StopValidation(gettext("Give an organisation or a public role."))

    def row(self) -> Row:
        """Return the seat as a row."""
        values = {
            "organisation_id": self.organisation.data,
            "role": self.role.text(),
            "category": self.category.data or Category.OTHER.value,
        }
        return Row("seat", "", values, self.cites.citation())

    @staticmethod
    def data_of(row: Row) -> dict[str, Any]:
        """Return a seat as the form takes it."""
        return {
            "organisation": row.values["organisation_id"],
            "role": TextPart.data_of(row.values["role"]),
            "category": row.values["category"],
            "cites": CitePart.data_of(row.cites),
        }


class GroupForm(RowForm):
    """The working group of a petition. What no source says stays unknown."""

    heading = lazy_gettext("Working group")
    hint = lazy_gettext("A total, categories and named seats are three different things: fill in what a source says.")
    table = "working_group"
    prefix = KEY
    thing = "group"

    total = CountField(
        lazy_gettext("How many members in all"), description=lazy_gettext("Empty where no source says it.")
    )
    body = ChoiceField(lazy_gettext("The body that formed it"), bodies)
    chair = text_field(lazy_gettext("Chair"), lazy_gettext("A person only in a public role."))
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    categories = FieldList(FormField(CategoryPart), lazy_gettext("Categories"), min_entries=1)
    seats = FieldList(FormField(SeatPart), lazy_gettext("Seats that sources name"), min_entries=1)
    fields = FieldList(text_field(lazy_gettext("Field")), lazy_gettext("Fields of the members"), min_entries=1)
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a working group of the record as the form takes it."""
        values = row.values
        return {
            "total": values["total"],
            "body": values["body_id"],
            "chair": TextPart.data_of(values["chair"]),
            "note": TextPart.data_of(values["note"]),
            "cites": CitePart.data_of(row.cites),
            "categories": [CategoryPart.data_of(each) for each in row.children if each.table == "category_count"],
            "seats": [SeatPart.data_of(each) for each in row.children if each.table == "seat"],
            "fields": [TextPart.data_of(Text.from_json(each)) for each in values["fields"] or ()],
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a working group."""
        return row.table == cls.table

    def new_key(self) -> str:
        """Return the key of the group."""
        return KEY

    def row(self, key: str) -> Row:
        """Return the working group with its categories and seats."""
        values = {
            "body_id": self.body.data,
            "total": self.total.data,
            "chair": self.chair.text(),
            "chair_source_id": self.kept.values.get("chair_source_id") if self.kept else None,
            "fields": [plain(text) for each in self.fields if (text := each.form.text())] or None,
            "note": self.note.text(),
        }
        categories = [entry.form.row() for entry in self.categories if not entry.form.is_empty()]
        seats = [entry.form.row() for entry in self.seats if not entry.form.is_empty()]
        return Row(self.table, key, values, self.cites.citation(), (*categories, *seats))

    def warnings(self) -> Iterable[str]:
        """Return where the sources do not fit together, and which categories of the law nobody names."""
        yield from super().warnings()
        counted = [entry.form.row().values for entry in self.categories if not entry.form.is_empty()]
        total: Any = self.total.data
        made_up = composition(total, [(Category(each["category"]), each["count"]) for each in counted])
        if made_up.exceeds:
            yield gettext("The sources do not fit together: the categories add up to more than the total.")
        for either in made_up.unnamed:
            yield gettext(
                "The law asks for this category (90-5(2)(3)), and no source names it: %(category)s. "
                "That is no breach, only nothing seen.",
                category=" / ".join(label(each) for each in sorted(either)),
            )


__all__ = ["GroupForm"]

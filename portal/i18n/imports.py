"""An import in words: what a table may hold, what would become of each row, and what is wrong with a file."""

from collections.abc import Mapping
from datetime import date

from portal.i18n.formats import long_date, number
from portal.i18n.labels import label
from portal.i18n.locale import LazyText, gettext, lazy_gettext, lazy_pgettext

CHANGES: Mapping[str, LazyText] = {
    "added": lazy_pgettext("import", "is added"),
    "changed": lazy_pgettext("import", "changes"),
    "proposed": lazy_pgettext("import", "is proposed to a second person"),
    "waits": lazy_pgettext("import", "waits for a second person already"),
    "unchanged": lazy_pgettext("import", "stands already"),
    "clash": lazy_pgettext("import", "clashes"),
}

WHY: Mapping[str, LazyText] = {
    "twice": lazy_gettext("The file says two different things of one fact: take one of them out."),
    "waiting": lazy_gettext("A proposal about this step waits: settle it first."),
    "needs_corrector": lazy_gettext("What stands in the record is changed by somebody who may correct."),
}

COLUMNS: Mapping[str, LazyText] = {
    "petition": lazy_gettext("Number of the petition on this portal."),
    "kind": lazy_gettext("What happened, as a code of the list below; of an organisation, its kind."),
    "date": lazy_gettext("The day: 06.08.2024 or 2024-08-06."),
    "earliest": lazy_gettext("Where the day is not known: the first on which it may have been."),
    "latest": lazy_gettext("And the last. Both empty: the source gives no date."),
    "wording": lazy_gettext("How the source itself puts the date."),
    "source": lazy_gettext("The address of the source, or its key in the record."),
    "locator": lazy_gettext("Where in the source: a page or a paragraph."),
    "speaker": lazy_gettext("Who says so, if not the publisher. An office, no private person."),
    "lang": lazy_gettext("Language of the two columns before it: kk, ru or en. Empty is ru."),
    "stage": lazy_gettext("For a sighting alone: the stage that was seen."),
    "note_kk": lazy_gettext("A note in Kazakh."),
    "note_ru": lazy_gettext("A note in Russian."),
    "note_en": lazy_gettext("A note in English."),
    "votes": lazy_gettext("How many votes the source says that there were."),
    "qualifier": lazy_gettext("How exact the number is: a code of the list below. Empty: as exact as it stands."),
    "id": lazy_gettext("A short name in Latin letters, the same for ever."),
    "name_kk": lazy_gettext("Name in Kazakh."),
    "name_ru": lazy_gettext("Name in Russian."),
    "name_en": lazy_gettext("Name in English."),
    "form_kk": lazy_gettext("Legal form in Kazakh."),
    "form_ru": lazy_gettext("Legal form in Russian."),
    "form_en": lazy_gettext("Legal form in English."),
    "aliases": lazy_gettext("Other names, with | between them."),
}
"""What each column of a table holds."""

FAULTS: Mapping[str, LazyText] = {
    "file_too_large": lazy_gettext("The file is too large, or unpacks to too much."),
    "file_empty": lazy_gettext("The file is empty."),
    "not_utf8": lazy_gettext("The text of the file is not in UTF-8. Save it as “CSV UTF-8”."),
    "not_a_table": lazy_gettext("This is neither CSV nor XLSX that can be read."),
    "not_yaml": lazy_gettext("This is no register file that can be read."),
    "no_rows": lazy_gettext("The table has no rows."),
    "too_many_rows": lazy_gettext("At most 10,000 rows can be taken at once."),
    "too_many_petitions": lazy_gettext("At most 1,000 petitions can be changed at once: divide the file."),
    "too_many_cells": lazy_gettext("There are more cells than columns."),
    "cell_too_long": lazy_gettext("This is too long."),
    "columns_unknown": lazy_gettext("These are not the columns of a template. Take one of those below."),
    "column_unknown": lazy_gettext("There is no such column or field."),
    "column_missing": lazy_gettext("This column is missing."),
    "column_twice": lazy_gettext("This column stands twice."),
    "cell_missing": lazy_gettext("Fill this in."),
    "not_a_number": lazy_gettext("Write a whole number."),
    "not_a_date": lazy_gettext("Write the date like this: 06.08.2024."),
    "no_such_date": lazy_gettext("There is no such date."),
    "date_ahead": lazy_gettext("This date is in the future."),
    "day_and_range": lazy_gettext("Give a day or a range, not both."),
    "range_backwards": lazy_gettext("The range ends before it begins."),
    "unknown_value": lazy_gettext("There is no such value."),
    "has_own_form": lazy_gettext("This needs more than a table holds: record it with its form."),
    "only_for_sightings": lazy_gettext("Only a sighting has a stage."),
    "not_an_id": lazy_gettext("Latin letters, digits, full stops, colons, hyphens and low lines only."),
    "petition_unknown": lazy_gettext("The record has no such petition."),
    "source_unknown": lazy_gettext("The record has no such source, and this is no address."),
    "unreadable": lazy_gettext("This cannot be read here."),
}


def row_is_about(section: str, petition: int | None, name: str) -> str:
    """Return what a row is about."""
    if section == "events":
        return gettext("No. %(number)s: %(what)s", number=petition, what=label(name, "event_kind"))
    if section == "counts":
        return gettext("No. %(number)s: %(what)s", number=petition, what=gettext("reported count"))
    return name


def value_words(column: str, value: str) -> str:
    """Return what stands in a column, as people write it."""
    if column in ("date", "earliest", "latest"):
        return long_date(date.fromisoformat(value))
    if column == "votes":
        return number(int(value))
    return value

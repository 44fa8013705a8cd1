"""What the pages of the directory show: all rows by section, or the rows that answer one need in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.i18n import formats
from portal.i18n.locale import gettext
from portal.models import Body, DirectoryEntry, Norm, Source
from portal.services import library
from portal.services.lifecycle import searchable
from portal.services.needs import Need, is_stale, needs

SECTIONS = ("channels", "bodies", "international", "registers", "remedies")
"""The sections of the directory, in the order of its page."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """A row of the directory with what it points at, and whether and when we checked it."""

    entry: DirectoryEntry
    norms: Sequence[Norm]
    related: Sequence[DirectoryEntry]
    body: Body | None
    also: Sequence[Source]
    check: str


@dataclass(frozen=True, slots=True)
class Directory:
    """The directory by section, narrowed to what was looked for."""

    text: str
    sections: Mapping[str, Sequence[EntryView]]
    total: int


@dataclass(frozen=True, slots=True)
class StepView:
    """A row that answers a need: why this one, the norms that say so, and the rows by which it is reached."""

    step: Need.Step
    row: EntryView
    norms: Sequence[Norm]
    through: Sequence[DirectoryEntry]


@dataclass(frozen=True, slots=True)
class NeedPage:
    """One need, with the norms that bear on it and the rows that answer it, in order."""

    need: Need
    norms: Sequence[Norm]
    steps: Sequence[StepView]
    others: Sequence[Need]


def directory(text: str, on: date) -> Directory:
    """Return the rows whose names, in any language, hold every word that was looked for; all where none was."""
    views = _views(library.directory(), on)
    found = [view for view in views.values() if _is_meant(view.entry, text)]
    sections = {section: [view for view in found if view.entry.section == section] for section in SECTIONS}
    return Directory(text, {section: rows for section, rows in sections.items() if rows}, len(found))


def need_page(key: str, text: str, on: date) -> NeedPage:
    """Return the rows that answer a need, narrowed to those whose names hold the words looked for."""
    need = next(each for each in needs() if each.key == key)
    views = _views(library.directory(), on)
    norms = library.norms_by_id([*need.norms, *(norm for step in need.steps for norm in step.norms)])
    return NeedPage(
        need=need,
        norms=[norms[each] for each in need.norms if each in norms],
        steps=[
            StepView(
                step,
                views[step.entry],
                [norms[each] for each in step.norms if each in norms],
                [views[each].entry for each in step.through if each in views],
            )
            for step in need.steps
            if step.entry in views and _is_meant(views[step.entry].entry, text)
        ],
        others=[each for each in needs() if each is not need],
    )


def _views(entries: Sequence[DirectoryEntry], on: date) -> Mapping[str, EntryView]:
    """Return every row with what it points at: three queries, whatever it holds."""
    by_id = {entry.id: entry for entry in entries}
    norms = library.norms_by_id([each for entry in entries for each in entry.norms or ()])
    bodies = library.bodies_by_id([entry.body for entry in entries if entry.body])
    sources = library.sources_by_key([key for entry in entries for key in entry.also or ()])
    return {
        entry.id: EntryView(
            entry,
            [norms[each] for each in entry.norms or () if each in norms],
            [by_id[each] for each in entry.related or () if each in by_id],
            bodies.get(entry.body or ""),
            [sources[key] for key in entry.also or () if key in sources],
            check_words(entry.checked_on, on),
        )
        for entry in entries
    }


def check_words(checked_on: date | None, on: date) -> str:
    """Return whether and when one of us checked a row; a check older than 180 days says so."""
    if checked_on is None:
        return gettext("not checked by us")
    checked = gettext("checked on: %(date)s", date=formats.long_date(checked_on))
    if is_stale(checked_on, on):
        return gettext("%(checked)s. That is more than 180 days ago; it may have changed.", checked=checked)
    return checked


def _is_meant(entry: DirectoryEntry, text: str) -> bool:
    names = searchable(" ".join([entry.id, *entry.names.by_language.values(), *(entry.aliases or ())]))
    return all(word in names for word in searchable(text).split())

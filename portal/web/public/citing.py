"""Texts of the record as a page shows them, and its sources, numbered in the order in which it first cites them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import g
from markupsafe import Markup, escape

from portal.domain.texts import Mark, Text
from portal.i18n.formats import quoted
from portal.i18n.labels import label
from portal.i18n.locale import gettext
from portal.models import Source
from portal.web.templating import wording


@dataclass(frozen=True, slots=True)
class Numbered:
    """A source with the number that the page gives it."""

    number: int
    source: Source
    html: Markup = field(compare=False)


@dataclass(frozen=True, slots=True)
class Cited:
    """What one fact rests on: its sources, the one that it was taken from first, and where in that one.

    A template shows it as the numbers of its sources; ``html`` is made once, however many facts cite the same.
    """

    sources: tuple[Numbered, ...]
    locator: str | None
    html: Markup

    def __html__(self) -> Markup:
        """Return the numbers of the sources, each leading to the list of sources."""
        return self.html

    @property
    def short(self) -> Markup:
        """The numbers alone: where a sentence comes first, the place in the source stands further down."""
        return CITED.format(numbers=Markup("").join(each.html for each in self.sources))

    @property
    def publisher(self) -> str | None:
        """Who published the first source."""
        return self.sources[0].source.publisher if self.sources else None


NUMBER = Markup('<a href="#source-{number}">{number}</a>')
CITED = Markup('<span class="cite">{numbers}</span>')
LOCATED = Markup('<span class="cite">{numbers} <span class="locator">({locator})</span></span>')
FOREIGN = Markup('<span lang="{lang}">{text}</span> <span class="note">({language})</span>')


def said(text: Text | dict[str, Any] | None) -> Markup | None:
    """Return a text of the record for this page; in another language than the page's, it says so."""
    found = wording(text)
    if found is None:
        return None
    if found.lang == g.lang:
        return escape(found.text)
    return FOREIGN.format(lang=found.lang, text=found.text, language=label(found.lang, "language"))


def _cited(sources: tuple[Numbered, ...], locator: str | None) -> Cited:
    listed = Markup("").join(each.html for each in sources) if sources else gettext("no source named")
    shown = LOCATED.format(numbers=listed, locator=locator) if locator else CITED.format(numbers=listed)
    return Cited(sources, locator, shown)


class Citations:
    """Gives each source a number when a fact first cites it."""

    def __init__(self, by_id: Mapping[int, Source], by_key: Mapping[str, Source]) -> None:
        self._by_id = by_id
        self._by_key = by_key
        self._numbers: dict[str, Numbered] = {}
        self._cited: dict[tuple[Any, ...], Cited] = {}

    def of(self, row: Any) -> Cited:
        """Return what a row of the record cites."""
        first = self._by_id.get(row.source_id)
        also = row.also or ()
        seen = (row.source_id, tuple(also), row.locator)
        if seen not in self._cited:
            found = [first, *(self._by_key.get(key) for key in also)]
            self._cited[seen] = _cited(self._numbered(found), row.locator)
        return self._cited[seen]

    def by_id(self, source_id: int | None) -> Cited:
        """Return a citation of one source by its id."""
        return _cited(self._numbered([self._by_id.get(source_id or 0)]), None)

    def by_key(self, key: str | None, locator: str | None = None) -> Cited:
        """Return a citation of one source by the key that files use."""
        return _cited(self._numbered([self._by_key.get(key or "")]), locator)

    def listed(self) -> list[Numbered]:
        """Return every source cited so far, by number."""
        return list(self._numbers.values())

    def _numbered(self, found: Iterable[Source | None]) -> tuple[Numbered, ...]:
        numbered = []
        for source in found:
            if source is not None:
                if source.key not in self._numbers:
                    number = len(self._numbers) + 1
                    html = NUMBER.format(number=number)
                    self._numbers[source.key] = Numbered(number, source, html)
                numbered.append(self._numbers[source.key])
        return tuple(dict.fromkeys(numbered))


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words between the marks of the language in which we give them."""

    text: str
    lang: str
    translated_by_us: bool


def quote_of(text: Text | dict[str, Any] | None) -> Quote | None:
    """Return a text that somebody said, ready to be shown as their words."""
    found = wording(text)
    if found is None or text is None:
        return None
    original = text.original if isinstance(text, Text) else text["original"]
    ours = original is not None and not found.is_original and found.mark is Mark.OURS
    return Quote(quoted(found.text, found.lang), found.lang, ours)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the record with the texts that a template shows of it."""

    row: Any
    cited: Cited
    text: Markup | None = None
    note: Markup | None = None
    when: str | None = None
    extra: Any = None


def fact_of(row: Any, citations: Citations, **texts: Any) -> Fact:
    """Return a row with what it cites and some of its texts."""
    return Fact(row, citations.of(row), **texts)

"""Values of the official portal that are no wordings: numbers, states, dates, bodies, files, and what they mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from portal.domain.official_changes import FILES, Difference, File, Organisation, file_changes
from portal.i18n import official as says
from portal.i18n.formats import number, quoted
from portal.models.watch import WordKind
from portal.web.public.official_words import plain, replaced

DATES = ("applied", "deadline", "decision_replied")
HASH_SHOWN = 12

CODE = Markup("<code>{}</code>")
ITEM = Markup("<li>{}</li>")
LIST = Markup('<ul class="plain">{}</ul>')
NAMED = Markup('<span lang="{lang}">{name}</span>')


class Values:
    """Short values in words. ``words`` is what an editor said that words of the portal mean."""

    def __init__(self, words: Mapping[tuple[str, str], str]) -> None:
        self._words = words

    def shown(self, field: str, value: Any) -> tuple[Markup | None, str | None]:
        """Return a value as the portal gives it, and what is known of its meaning."""
        if isinstance(value, Organisation):
            return _lines(_names(value)), None
        if field in FILES:
            return _lines([_file(each) for each in value]), None
        if isinstance(value, tuple):
            return None, says.not_repeated(value)
        return self._said(field, value), self._meaning(field, [value])

    def changed(self, each: Difference) -> tuple[Markup, str | None]:
        """Return a value struck out and another added, and what is known of their meaning."""
        if isinstance(each.before, Organisation) or isinstance(each.after, Organisation):
            return _bodies(each.before, each.after), None
        if each.field in FILES:
            return _files(each.before, each.after)
        before, after = (
            None if value is None else self._said(each.field, value) for value in (each.before, each.after)
        )
        return replaced(before, after), self._meaning(each.field, [each.before, each.after])

    def _said(self, field: str, value: Any) -> Markup:
        if field == "required" and isinstance(value, int):
            return escape(number(value))
        if field in DATES:
            return CODE.format(plain(str(value)))
        return plain(quoted(str(value)))

    def _meaning(self, field: str, values: Sequence[Any]) -> str | None:
        if field == "state":
            known = {str(each): self._words.get((WordKind.STATE, str(each))) for each in values if each is not None}
            return says.states_sentence(known)
        if field in DATES:
            return says.date_sentence(self._words.get((WordKind.FIELD, field)))
        return says.unconfirmed() if field in ("source", "lang") else None


def _names(body: Organisation | None) -> list[Markup]:
    if body is None:
        return []
    named = [NAMED.format(lang=lang, name=plain(name)) for lang, name in (("kk", body.kk), ("ru", body.ru)) if name]
    return named or [CODE.format(plain(body.id or ""))]


def _bodies(before: Organisation | None, after: Organisation | None) -> Markup:
    """Return the names of two bodies, each struck out or added where they differ, with their ids."""
    one, other = before or Organisation(None, None, None), after or Organisation(None, None, None)
    lines = [
        NAMED.format(lang=lang, name=replaced(was and plain(was), became and plain(became)))
        for lang, was, became in (("kk", one.kk, other.kk), ("ru", one.ru, other.ru))
        if was != became
    ]
    if one.id != other.id:
        ids = replaced(one.id and CODE.format(plain(one.id)), other.id and CODE.format(plain(other.id)))
        lines.append(Markup("{} {}").format(says.body_id(), ids))
    return _lines(lines)


def _files(before: Sequence[File] | None, after: Sequence[File] | None) -> tuple[Markup, str | None]:
    gone, came = file_changes(before, after)
    if not gone and not came:
        return Markup(""), says.files_sentence()
    lines = [replaced(_file(each), None) for each in gone] + [replaced(None, _file(each)) for each in came]
    return _lines(lines), None


def _file(each: File) -> Markup:
    """Return a file by its name and the beginning of its hash."""
    name = plain(each.name) if each.name else escape(says.nameless_file())
    return Markup("{} {}").format(name, CODE.format(plain(each.hash[:HASH_SHOWN]))) if each.hash else name


def _lines(lines: Sequence[Markup]) -> Markup:
    if len(lines) == 1:
        return lines[0]
    return LIST.format(Markup("").join(ITEM.format(each) for each in lines))

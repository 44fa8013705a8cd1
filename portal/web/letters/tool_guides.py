"""What the script of a drafting page says around a letter: norms, arguments against, hints, and the board."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from portal.domain.texts import LANGUAGES, Text
from portal.i18n.formats import long_date
from portal.i18n.locale import speaking
from portal.models import Norm, Region
from portal.services import letter_guides, letters, library
from portal.services.catalogue import catalogue
from portal.services.letter_facts import THE_CODE, norm_words
from portal.services.letter_format import Requirements
from portal.services.letter_sheets import Sheets


def guides_json(sheets: Sheets, on: date) -> dict[str, Any]:
    """Return all that stands around a letter of a kind."""
    required = letters.stock().requirements[sheets.kind.requires]
    board = letter_guides.board()
    named = [norm for card in board.cards for norm in card.norms]
    norms = library.norms_by_id(sorted({*sheets.norms, required.norm, *named}))
    days = {day for norm in norms.values() for day in (norm.in_force_on, norm.ended_on) if day}
    checked = [board.portal.checked_on, *(each.checked_on for each in board.targets)]
    days |= {day for day in checked if day}
    return {
        "norms": {norm.id: _norm(norm) for norm in norms.values()},
        "days": {day.isoformat(): _in_words(day) for day in sorted(days)},
        "editions": list(_unread()),
        "counters": _counters(sheets),
        "speakers": {item.id: _said(item.speaker) for item in sheets.offered if item.speaker},
        "required": _required(required),
        "regions": [_region(region) for region in library.regions()],
        "risk": plain_json(letter_guides.risk(), "tone", "spelling", "printing", "history"),
        "board": {
            **plain_json(board, "portal", "limits", "values", "cards", "changed", "ways"),
            "targets": list(_targets(on)),
        },
        "bodies": list(_bodies(sheets)),
        "mailbox": _mailbox(_bodies(sheets), on),
    }


def plain_json(model: Any, *parts: str) -> dict[str, Any]:
    """Return some parts of a file of ours as JSON: a text is an object by language."""
    return {part: _plain(getattr(model, part)) for part in parts}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return dict(value.by_language)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    if hasattr(type(value), "model_fields"):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    return value


def _said(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _norm(norm: Norm) -> dict[str, Any]:
    names = {lang: norm_words(norm, lang) for lang in LANGUAGES}
    return {"names": names, "path": f"/norms/{norm.id}", "act": norm.act or norm.id}


def _in_words(day: date) -> dict[str, str]:
    found = {}
    for lang in LANGUAGES:
        with speaking(lang):
            found[lang] = long_date(day)
    return found


def _unread() -> Iterator[dict[str, Any]]:
    """Yield the editions of the Code of which we have not read everything, and since when each was in force."""
    editions = catalogue().statute.editions
    for edition, later in zip(editions, (*editions[1:], None), strict=True):
        if edition.not_read:
            until = later.in_force.earliest if later else None
            since = edition.in_force.earliest
            yield {
                "act": THE_CODE,
                "since": since.isoformat() if since else "",
                "until": until.isoformat() if until else None,
                "note": dict(edition.note),
            }


def _counters(sheets: Sheets) -> dict[str, list[dict[str, Any]]]:
    """Return what is said against each sentence, with its source, in every language."""
    found = {lang: sheets.against(lang) for lang in LANGUAGES}
    return {
        item_id: [
            {
                "text": {lang: found[lang][item_id][number].text for lang in LANGUAGES},
                "source": {lang: found[lang][item_id][number].source for lang in LANGUAGES},
            }
            for number in range(len(against))
        ]
        for item_id, against in found[LANGUAGES[0]].items()
    }


def _required(required: Requirements) -> dict[str, Any]:
    return plain_json(required, "norm", "parts", "remark", "without")


def _region(region: Region) -> dict[str, Any]:
    return {"code": region.code, "names": _said(region.names)}


def _bodies(sheets: Sheets) -> Iterator[str]:
    """Yield the ids of the bodies that the letter is addressed to, as far as we know how to reach them."""
    if sheets.facts is None:
        return
    name = sheets.facts.values["ru"].get("body")
    for target in letter_guides.board().targets:
        body = library.body(target.body)
        if body is not None and body.names.by_language.get("ru") == name:
            yield body.id


def _targets(on: date) -> Iterator[dict[str, Any]]:
    """Yield how bodies are reached; of what was not checked lately, only that it was not."""
    for target in letter_guides.board().targets:
        yield _plain(target) if target.is_current(on) else {"body": target.body, "checked_on": None}


def _mailbox(bodies: Iterator[str], on: date) -> str | None:
    """Return the address of a body's mailbox that somebody of ours checked lately; nothing where nobody did."""
    addressees = set(bodies)
    found = (each.email for each in letter_guides.board().targets if each.body in addressees and each.is_current(on))
    return next((email for email in found if email), None)

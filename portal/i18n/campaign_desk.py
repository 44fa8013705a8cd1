"""What the desk says of campaigns: the places of a content by name, and what each of them lacks."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.i18n.formats import long_date
from portal.i18n.labels import label
from portal.i18n.locale import LazyText, gettext, lazy_pgettext

PLACES: Mapping[str, LazyText] = {
    "petition": lazy_pgettext("campaign", "Petition"),
    "whose": lazy_pgettext("campaign", "Whose call it is"),
    "name": lazy_pgettext("campaign", "name"),
    "about": lazy_pgettext("campaign", "what it is"),
    "url": lazy_pgettext("campaign", "its site"),
    "ours": lazy_pgettext("campaign", "a call of Qadam itself"),
    "open": lazy_pgettext("campaign", "Opens"),
    "closing": lazy_pgettext("campaign", "Closing soon from"),
    "closed": lazy_pgettext("campaign", "Closed from"),
    "archived": lazy_pgettext("campaign", "Archive from"),
    "by": lazy_pgettext("campaign", "on this day or before"),
    "dates_note": lazy_pgettext("campaign", "About the dates"),
    "title": lazy_pgettext("campaign", "Title"),
    "lead": lazy_pgettext("campaign", "First paragraph"),
    "why": lazy_pgettext("campaign", "Why"),
    "steps": lazy_pgettext("campaign", "What one can do"),
    "kind": lazy_pgettext("campaign", "Kind of letter"),
    "items": lazy_pgettext("campaign", "Sentences chosen beforehand"),
    "options": lazy_pgettext("campaign", "For those who cannot file"),
    "who": lazy_pgettext("campaign", "for whom"),
    "action": lazy_pgettext("campaign", "what to do"),
    "result": lazy_pgettext("campaign", "what may come of it"),
    "press": lazy_pgettext("campaign", "In the press"),
    "share": lazy_pgettext("campaign", "To share"),
    "heading": lazy_pgettext("campaign", "heading of the pictures"),
    "caption": lazy_pgettext("campaign", "caption"),
    "alt": lazy_pgettext("campaign", "description of the pictures"),
    "letter": lazy_pgettext("campaign", "The letter of an archive"),
    "attribution": lazy_pgettext("campaign", "Where this text comes from"),
    "successor": lazy_pgettext("campaign", "A later campaign"),
    "text": lazy_pgettext("campaign", "text"),
    "source": lazy_pgettext("campaign", "source"),
    "locator": lazy_pgettext("campaign", "where in the source"),
    "original": lazy_pgettext("campaign", "first written in"),
    "day": lazy_pgettext("campaign", "day"),
}
"""The names of the parts of a campaign, the first ones as headings of the form."""


def place_words(where: Sequence[str | int]) -> str:
    """Return the way to a value in words: the part, its number, and the field within it."""
    steps = [str(step + 1) if isinstance(step, int) else str(PLACES.get(step, step)) for step in where]
    return ", ".join(steps)


def flaw_words(code: str, facts: Mapping[str, Any]) -> str:
    """Return what is missing or wrong in a place, in a sentence."""
    match code:
        case "missing":
            return gettext("This must be there before the campaign can open.")
        case "language_missing":
            missing = ", ".join(label(lang, "language") for lang in facts["languages"])
            return gettext("Not written yet. Missing languages: %(languages)s.", languages=missing)
        case "opening_passed":
            return gettext("The day of opening is over: %(date)s. Choose another one.", date=long_date(facts["day"]))
        case "states_out_of_order":
            return gettext("The days must follow each other: opening, closing soon, closing, archive.")
        case "not_in_an_archive":
            return gettext("An archive asks nobody to spread anything: take this out.")
        case "only_in_an_archive":
            return gettext("A letter kept as a document belongs to an archive only.")
        case "too_long":
            return gettext("At most this many characters: %(num)s.", num=facts["longest"])
        case "picture_too_long":
            return gettext(
                "The words do not fit on the pictures. Shorten them: %(language)s.", language=facts["language"]
            )
        case _:
            return _of_ids(code, facts)


def _of_ids(code: str, facts: Mapping[str, Any]) -> str:
    match code:
        case "no_such_petition":
            return gettext("The record has no petition with this number.")
        case "no_such_campaign":
            return gettext("There is no such campaign that the public can read.")
        case "no_such_source":
            return gettext("The record does not have this source: %(key)s.", key=facts["key"])
        case "no_address":
            return gettext("An address of a page begins with https:// or http:// and holds no spaces.")
        case "items_not_offered":
            named = ", ".join(facts["items"])
            return gettext("These sentences do not belong to this kind of letter: %(items)s.", items=named)
        case _:
            return gettext("This cannot be understood.")


def doubt_words(code: str, facts: Mapping[str, Any]) -> str:
    """Return what to look at again, in a sentence."""
    language = label(facts["lang"], "language") if "lang" in facts else ""
    match code:
        case "contested":
            return gettext(
                "A word of campaigns stands without quotation marks: %(word)s. Language: %(language)s.",
                word=facts["word"],
                language=language,
            )
        case "exclaims":
            return gettext("There is an exclamation mark. Language: %(language)s.", language=language)
        case "stale":
            return gettext("The original changed after this translation was written: %(language)s.", language=language)
        case _:
            return gettext("The Kazakh and the Russian words are the same.")

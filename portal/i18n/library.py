"""The words that only the pages of the library need: the parts of a record, and the acts behind days off."""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, gettext, lazy_pgettext

PARTS: Mapping[str, LazyText] = {
    "about": lazy_pgettext("part", "remark for readers"),
    "act": lazy_pgettext("part", "act that it belongs to"),
    "addressees": lazy_pgettext("part", "addressees"),
    "adopted_on": lazy_pgettext("part", "date of adoption"),
    "aliases": lazy_pgettext("part", "other names"),
    "allegations": lazy_pgettext("part", "unconfirmed allegations"),
    "also": lazy_pgettext("part", "further sources"),
    "archived": lazy_pgettext("part", "day of the archive"),
    "article_not_stated": lazy_pgettext("part", "mark that the article is not stated"),
    "author": lazy_pgettext("part", "author"),
    "body": lazy_pgettext("part", "body"),
    "cases": lazy_pgettext("part", "Kazakh case forms"),
    "certainty": lazy_pgettext("part", "certainty"),
    "checked_on": lazy_pgettext("part", "date of our check"),
    "claims": lazy_pgettext("part", "claims"),
    "closed": lazy_pgettext("part", "day of closing"),
    "closing": lazy_pgettext("part", "day from which it is closing soon"),
    "communications": lazy_pgettext("part", "letters and answers"),
    "content": lazy_pgettext("part", "content of the campaign"),
    "dates": lazy_pgettext("part", "dates of events"),
    "decisions": lazy_pgettext("part", "decisions"),
    "demands": lazy_pgettext("part", "demands"),
    "differing": lazy_pgettext("part", "differences found"),
    "directory": lazy_pgettext("part", "entry in the directory"),
    "does": lazy_pgettext("part", "what it does"),
    "draft": lazy_pgettext("part", "draft of the campaign"),
    "ended_on": lazy_pgettext("part", "last day in force"),
    "extension": lazy_pgettext("part", "extension of a term"),
    "follow_up": lazy_pgettext("part", "what came after the decision"),
    "form": lazy_pgettext("part", "legal form"),
    "groups": lazy_pgettext("part", "views of groups"),
    "in_force_on": lazy_pgettext("part", "first day in force"),
    "invoked": lazy_pgettext("part", "who relies on it"),
    "kind": lazy_pgettext("part", "kind"),
    "label": lazy_pgettext("part", "our description"),
    "lang": lazy_pgettext("part", "language"),
    "level": lazy_pgettext("part", "level"),
    "litigation": lazy_pgettext("part", "court cases"),
    "locator": lazy_pgettext("part", "place in the source"),
    "names": lazy_pgettext("part", "names"),
    "norms": lazy_pgettext("part", "norms"),
    "note": lazy_pgettext("part", "note"),
    "notes": lazy_pgettext("part", "notes"),
    "number": lazy_pgettext("part", "number"),
    "open": lazy_pgettext("part", "day of opening"),
    "original_language": lazy_pgettext("part", "original language"),
    "outcome": lazy_pgettext("part", "outcome"),
    "parent": lazy_pgettext("part", "parent body"),
    "partisan": lazy_pgettext("part", "mark of a side in the matter"),
    "petitions": lazy_pgettext("part", "petitions"),
    "phones": lazy_pgettext("part", "telephones"),
    "platform": lazy_pgettext("part", "platform"),
    "platform_confirmed": lazy_pgettext("part", "confirmation of the platform"),
    "population": lazy_pgettext("part", "population"),
    "portal": lazy_pgettext("part", "entry on the official portal"),
    "positions": lazy_pgettext("part", "positions of organisations"),
    "positions_note": lazy_pgettext("part", "note on positions"),
    "public_discussion": lazy_pgettext("part", "public discussion"),
    "published_on": lazy_pgettext("part", "date of publication"),
    "publisher": lazy_pgettext("part", "publisher"),
    "region": lazy_pgettext("part", "region"),
    "related": lazy_pgettext("part", "related records"),
    "remark": lazy_pgettext("part", "remark"),
    "roles": lazy_pgettext("part", "roles"),
    "says": lazy_pgettext("part", "what it provides"),
    "says_by": lazy_pgettext("part", "whose reading it is"),
    "section": lazy_pgettext("part", "section"),
    "sha256": lazy_pgettext("part", "checksum of the copy"),
    "short": lazy_pgettext("part", "short name"),
    "sightings": lazy_pgettext("part", "sightings"),
    "snapshots": lazy_pgettext("part", "reported counts"),
    "source": lazy_pgettext("part", "source"),
    "speaker": lazy_pgettext("part", "speaker"),
    "state": lazy_pgettext("part", "state"),
    "statements": lazy_pgettext("part", "statements"),
    "statutory": lazy_pgettext("part", "whether chapter 12-1 applies"),
    "successor": lazy_pgettext("part", "successor"),
    "threshold": lazy_pgettext("part", "threshold"),
    "title": lazy_pgettext("part", "title"),
    "title_variants": lazy_pgettext("part", "other titles"),
    "titles_marks": lazy_pgettext("part", "whose wording the titles are"),
    "topic": lazy_pgettext("part", "topic"),
    "unconfirmed": lazy_pgettext("part", "names not confirmed"),
    "unit": lazy_pgettext("part", "article"),
    "until": lazy_pgettext("part", "last day of the body"),
    "url": lazy_pgettext("part", "address"),
    "working_group": lazy_pgettext("part", "working group"),
}
"""The parts of a record, by the keys that the audit chain keeps them under."""

SUBJECTS: Mapping[str, LazyText] = {
    "petition": lazy_pgettext("subject", "Petitions"),
    "norms": lazy_pgettext("subject", "Norms"),
    "bodies": lazy_pgettext("subject", "Bodies"),
    "organisations": lazy_pgettext("subject", "Organisations"),
    "directory": lazy_pgettext("subject", "Directory"),
    "contradictions": lazy_pgettext("subject", "Where sources disagree"),
    "sources": lazy_pgettext("subject", "Sources"),
    "regions": lazy_pgettext("subject", "Regions"),
    "register": lazy_pgettext("subject", "The whole register"),
    "account": lazy_pgettext("subject", "Accounts of the desk"),
    "campaign": lazy_pgettext("subject", "Campaigns"),
    "task": lazy_pgettext("subject", "Tasks of the desk"),
    "watch": lazy_pgettext("subject", "Reading of the official portal"),
    "portal_word": lazy_pgettext("subject", "Words of the official portal"),
    "all": lazy_pgettext("subject", "Everything"),
}
"""What the change log can be narrowed to: the kinds of subject of the audit chain, and all of them."""

ACTS: Mapping[str, LazyText] = {
    "Law No. 267 of 13.12.2001, art. 2": lazy_pgettext("act", "Law on holidays of 13 December 2001 No. 267, Article 2"),
    "Law No. 267 of 13.12.2001, art. 3": lazy_pgettext("act", "Law on holidays of 13 December 2001 No. 267, Article 3"),
    "Law No. 267 of 13.12.2001, art. 5": lazy_pgettext("act", "Law on holidays of 13 December 2001 No. 267, Article 5"),
    "Law No. 267 of 13.12.2001, art. 5; Labour Code (K1500000414), art. 84(5)": lazy_pgettext(
        "act", "Law on holidays of 13 December 2001 No. 267, Article 5; Labour Code, Article 84(5)"
    ),
    "Order G24G0000109 of 17.04.2024": lazy_pgettext(
        "act", "Order of the labour ministry of 17 April 2024 (G24G0000109)"
    ),
    "Order No. 436 of 21.11.2024 (G24G0000436)": lazy_pgettext(
        "act", "Order of the labour ministry of 21 November 2024 No. 436 (G24G0000436)"
    ),
}
"""The acts behind days off, as the files of the calendars name them. A test holds that none is missing."""


def part_name(key: str) -> str:
    """Return the name of a part of a record; a part that has none is just another part."""
    found = PARTS.get(key)
    return gettext("another part") if found is None else str(found)


def act_name(act: str) -> str:
    """Return the name of an act behind a day off. Raises ``KeyError`` for an act without words."""
    return str(ACTS[act])

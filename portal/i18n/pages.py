"""What a page is about in a sentence or two, for those who have not opened it: searchers and messengers."""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, gettext, lazy_gettext

ABOUT: Mapping[str, LazyText] = {
    "petition_list": lazy_gettext(
        "All petitions that we follow, with the stage of each, its last day and what was seen of it."
    ),
    "how_it_works": lazy_gettext("The path of a petition by law, step by step, with terms and articles."),
    "deadlines": lazy_gettext("Count a last day by the working calendar, with every day explained."),
    "norms": lazy_gettext(
        "The acts and articles that petitions, decisions and our sources refer to, "
        "each with what it provides in our own words."
    ),
    "bodies": lazy_gettext("The bodies that petitions and our sources name. A body that has ended keeps its page."),
    "directory": lazy_gettext("Bodies, channels and remedies, and what each of them does."),
    "before_you_file": lazy_gettext(
        "For those who think of a petition: subjects that the law bars, votes needed, "
        "what it must contain, dates to expect."
    ),
    "sources": lazy_gettext(
        "Every document and page that our record cites. A claim is one source’s date for one event; "
        "a source without claims is cited for other facts."
    ),
    "contradictions": lazy_gettext(
        "Claims that do not fit together, side by side, each with who says it and where. We do not decide between them."
    ),
    "changes": lazy_gettext("What was recorded or corrected, when and why: every entry of the log, newest first."),
    "corrections": lazy_gettext("How to ask for a correction or a removal, and every correction that we have made."),
    "campaigns": lazy_gettext(
        "Calls of organisations about one petition each: whose call it is, what it asks for and until when."
    ),
    "audit_roots": lazy_gettext(
        "The last hash of the audit chain on each day, and the chain itself, for anybody to check."
    ),
    "how_to_check": lazy_gettext(
        "How anybody can check that nothing in the log was changed, removed or reordered unnoticed."
    ),
}
"""By the name of the route. A page may say more of itself in its own block ``description``."""


def about_page(endpoint: str) -> str:
    """Return what a page is about; of one that the table does not know, what Qadam is."""
    found = ABOUT.get(endpoint.rpartition(".")[2])
    if found is not None:
        return str(found)
    return gettext(
        "Qadam follows the official e-petitions of Kazakhstan from filing to what came of the decision, "
        "and holds each step against the term that the law sets."
    )

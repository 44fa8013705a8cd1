"""What an entry of the log did, in words: a phrase for what is often done, else the thing and what became of it."""

from collections.abc import Mapping

from portal.i18n.labels import WORDS
from portal.i18n.locale import LazyText, gettext, lazy_gettext, lazy_pgettext, pgettext

PHRASES: Mapping[str, LazyText] = {
    "petition.founded": lazy_pgettext("action", "Petition added at the desk"),
    "proposal.made": lazy_pgettext("action", "Proposed, for a second person to confirm"),
    "proposal.declined": lazy_pgettext("action", "Proposal declined by a second person"),
    "proposal.withdrawn": lazy_pgettext("action", "Proposal taken back"),
    "backfill.asked": lazy_pgettext("action", "Reading of past signatures asked for"),
    "backfill.stopped": lazy_pgettext("action", "Reading of past signatures stopped"),
    "backfill.finished": lazy_pgettext("action", "Past signatures read to the end"),
    "wording.hidden": lazy_pgettext("action", "Words taken off all pages"),
    "counts.polled": lazy_pgettext("action", "Official portal read by a program"),
    "watch.stopped": lazy_pgettext("action", "Reading of the official portal stopped"),
    "watch.resumed": lazy_pgettext("action", "Reading of the official portal goes on"),
    "portal_word.settled": lazy_pgettext("action", "A word of the official portal explained"),
    "portal_word.corrected": lazy_pgettext("action", "Meaning of a word of the official portal corrected"),
    "petition.found": lazy_pgettext("action", "Petition found on the official portal"),
    "petition.recognised": lazy_pgettext("action", "Petition recognised on the official portal"),
    "petition.vanished": lazy_pgettext("action", "Petition no longer opens on the official portal"),
    "petition.reappeared": lazy_pgettext("action", "Petition opens on the official portal again"),
    "text.changed": lazy_pgettext("action", "Official portal changed what it shows"),
    "official.changed": lazy_pgettext("action", "Official portal changed further fields"),
    "day.read": lazy_pgettext("action", "Day read on the official portal"),
    "count.reached": lazy_pgettext("action", "Number of signatures seen reached"),
}
"""Actions that have a phrase of their own, beside those of the table ``action``."""

THINGS: Mapping[str, LazyText] = {
    "petition": lazy_pgettext("thing", "Petition"),
    "particulars": lazy_pgettext("thing", "Petition’s own fields"),
    "title": lazy_pgettext("thing", "Title"),
    "addressee": lazy_pgettext("thing", "Addressee"),
    "demand": lazy_pgettext("thing", "Demand"),
    "event": lazy_pgettext("thing", "Event"),
    "count": lazy_pgettext("thing", "Reported count"),
    "count_report": lazy_pgettext("thing", "Reported count"),
    "group": lazy_pgettext("thing", "Working group"),
    "working_group": lazy_pgettext("thing", "Working group"),
    "meeting": lazy_pgettext("thing", "Sitting"),
    "sitting": lazy_pgettext("thing", "Sitting"),
    "position": lazy_pgettext("thing", "Position of an organisation"),
    "view": lazy_pgettext("thing", "View of a group"),
    "group_view": lazy_pgettext("thing", "View of a group"),
    "decision": lazy_pgettext("thing", "Decision"),
    "follow_up": lazy_pgettext("thing", "What came after the decision"),
    "communication": lazy_pgettext("thing", "Letter or answer"),
    "statement": lazy_pgettext("thing", "Statement"),
    "allegation": lazy_pgettext("thing", "Unconfirmed allegation"),
    "court_case": lazy_pgettext("thing", "Court case"),
    "sighting": lazy_pgettext("thing", "Sighting"),
    "record": lazy_pgettext("thing", "Record"),
    "import": lazy_pgettext("thing", "Import at the desk"),
    "campaign": lazy_pgettext("thing", "Campaign page"),
    "account": lazy_pgettext("thing", "Account of the desk"),
    "task": lazy_pgettext("thing", "Task of the desk"),
    "proposal": lazy_pgettext("thing", "Proposal"),
    "file": lazy_pgettext("thing", "Kept copy of a source"),
    "source": lazy_pgettext("thing", "Source"),
    "sources": lazy_pgettext("thing", "Source"),
    "bodies": lazy_pgettext("thing", "Body"),
    "organisations": lazy_pgettext("thing", "Organisation"),
}
"""What actions are about, by the noun that they begin with."""

DONE: Mapping[str, LazyText] = {
    "recorded": lazy_pgettext("done", "recording"),
    "added": lazy_pgettext("done", "recording"),
    "founded": lazy_pgettext("done", "recording"),
    "imported": lazy_pgettext("done", "import"),
    "corrected": lazy_pgettext("done", "correction"),
    "withdrawn": lazy_pgettext("done", "withdrawal"),
    "confirmed": lazy_pgettext("done", "confirmation by a second person"),
    "made": lazy_pgettext("done", "proposal"),
    "proposed": lazy_pgettext("done", "proposal"),
    "declined": lazy_pgettext("done", "refusal by a second person"),
    "drafted": lazy_pgettext("done", "draft"),
    "translated": lazy_pgettext("done", "translation"),
    "opened": lazy_pgettext("done", "opening"),
    "closed": lazy_pgettext("done", "closing"),
    "noted": lazy_pgettext("done", "note"),
    "checked": lazy_pgettext("done", "check"),
    "kept": lazy_pgettext("done", "keeping"),
    "erased": lazy_pgettext("done", "erasure"),
}
"""What was done, as a noun: it stands well after the thing in any language."""


def action_words(action: str) -> str:
    """Return what an entry did. An action that nobody has worded is still one: the page says so and does not break."""
    known = WORDS["action"].get(action) or PHRASES.get(action)
    if known is not None:
        return str(known)
    noun, _, verb = action.partition(".")
    thing = THINGS.get(noun, _ANOTHER)
    done = DONE.get(verb)
    return str(thing) if done is None else pgettext("action", "%(thing)s: %(done)s", thing=thing, done=done)


_ANOTHER = lazy_pgettext("thing", "Another part of the record")


def by_words(code: str) -> str:
    """Return who made an entry: the register's file, the portal itself, or an account of the desk by its code."""
    if code == "register":
        return gettext("from the register file")
    if code in ("portal", "system"):
        return gettext("by a program of Qadam")
    return gettext("at the desk (account %(code)s)", code=code)


KINDS: Mapping[str, LazyText] = {
    "account": lazy_gettext("An account of the desk"),
    "campaign": lazy_gettext("A campaign page"),
    "task": lazy_gettext("A task of the desk"),
    "proposal": lazy_gettext("A proposal"),
    "file": lazy_gettext("A kept copy of a source"),
    "personal": lazy_gettext("Personal data"),
    "watch": lazy_gettext("Reading of the official portal"),
    "portal_word": lazy_gettext("A word of the official portal"),
    "backfill": lazy_gettext("Earlier signatures of a petition"),
}
"""What an entry is about, where its key is nothing that a reader could use or may see."""

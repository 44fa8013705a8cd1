"""The words for what the official portal showed of a petition, and for how it changed.

Nothing here says why anything changed. What nobody has confirmed is said to be so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from portal.clock import day_of
from portal.domain.events import EventKind
from portal.i18n.formats import instant, long_date, quoted
from portal.i18n.labels import WORDS, label, within
from portal.i18n.locale import LazyText, gettext, lazy_pgettext, ngettext, pgettext
from portal.i18n.sentences import vanished_sentence

OFFICIAL_FIELDS: Mapping[str, LazyText] = {
    "title": lazy_pgettext("official_field", "Title"),
    "description": lazy_pgettext("official_field", "Text"),
    "organization": lazy_pgettext("official_field", "Addressee"),
    "required": lazy_pgettext("official_field", "Signatures needed"),
    "state": lazy_pgettext("official_field", "State"),
    "decision": lazy_pgettext("official_field", "Decision"),
    "decision_kk": lazy_pgettext("official_field", "Decision, in Kazakh"),
    "decision_ru": lazy_pgettext("official_field", "Decision, in Russian"),
    "decision_replied": lazy_pgettext("official_field", "Date of the decision (field replyDate)"),
    "decision_files": lazy_pgettext("official_field", "Files of the decision"),
    "reg_number": lazy_pgettext("official_field", "Number"),
    "applied": lazy_pgettext("official_field", "Date (field applyDate)"),
    "deadline": lazy_pgettext("official_field", "Date (field deadline)"),
    "source": lazy_pgettext("official_field", "Field source"),
    "lang": lazy_pgettext("official_field", "Field lang"),
    "files": lazy_pgettext("official_field", "Files"),
    "cover": lazy_pgettext("official_field", "Picture"),
    "unknown": lazy_pgettext("official_field", "Fields that we do not know"),
}
"""The fields of the portal's record by our names; a date whose meaning nobody has confirmed by the portal's name."""


def fields_sentence(fields: Sequence[str]) -> str:
    """Return which fields changed, so far as we have words for them."""
    named = fields_named(fields)
    if not named:
        return gettext("Something changed on the official portal.")
    return gettext("Changed on the official portal: %(fields)s.", fields=named)


def fields_named(fields: object) -> str:
    """Return the names of fields within a sentence; what is no name of a field is passed over."""
    given = fields if isinstance(fields, list) else []
    return ", ".join(_small(str(OFFICIAL_FIELDS[each])) for each in given if each in OFFICIAL_FIELDS)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def field_name(field: str) -> str:
    """Return the name of a field of the portal's record."""
    return str(OFFICIAL_FIELDS[field])


def heading(names: Sequence[str], *, is_first: bool) -> str:
    """Return what stands over a version: the fields that it changed."""
    if is_first:
        return gettext("First reading")
    return ", ".join([*names[:1], *(_small(each) for each in names[1:])]) or gettext("No field that we know")


def parts_sentence(parts: Sequence[str]) -> str:
    """Return which parts of a field changed of which we repeat nothing, by the portal's own names."""
    if not parts:
        return gettext("It changed. What it says is not repeated here.")
    return gettext("Changed: %(parts)s. What they say is not repeated here.", parts=", ".join(parts))


def not_repeated(parts: Sequence[str]) -> str:
    """Return which parts there are of a field of which we repeat nothing, and why."""
    if not parts:
        return gettext("Not repeated here: it may lead to a person.")
    return gettext("Given: %(parts)s. Not repeated here: it may lead to a person.", parts=", ".join(parts))


def hidden_sentence(*, was: bool = False, became: bool = False) -> str:
    """Return that words are hidden: those before a change, those after it, both, or where no change is told."""
    if was and became:
        return gettext("It changed. Both wordings were taken out for a person’s sake.")
    if was:
        return gettext("It changed. What stood here before was taken out for a person’s sake.")
    if became:
        return gettext("It changed. What stood here from then on was taken out for a person’s sake.")
    return gettext("Taken out for a person’s sake.")


def states_sentence(known: Mapping[str, str | None]) -> str:
    """Return what words of the portal for a state mean, where an editor said so; ``none`` is that no stage fits."""
    if len(known) == 1 or set(known.values()) == {None}:
        return _state(next(iter(known.values())))
    return " ".join(
        pgettext("word and what it means", "%(word)s: %(meaning)s", word=quoted(word), meaning=within(_state(meaning)))
        for word, meaning in known.items()
    )


def _state(meaning: str | None) -> str:
    if meaning is None:
        return gettext("The portal’s word; nobody has confirmed what it means.")
    if meaning not in WORDS["stage"]:
        return gettext("The portal’s word; it fits no stage of the law.")
    return gettext("The portal’s word; our reading: %(stage)s.", stage=within(label(meaning, "stage")))


def date_sentence(meaning: str | None) -> str:
    """Return what a date field of the portal means, where an editor said so."""
    if meaning is None:
        return gettext("The portal does not say what day this is.")
    if meaning not in WORDS["event_kind"]:
        return gettext("We know of no event that this day dates.")
    return gettext("Our reading: %(event)s.", event=within(label(meaning, "event_kind")))


def unconfirmed() -> str:
    """Return that a field is shown as it is."""
    return gettext("As the portal gives it; nobody has confirmed what it means.")


def body_id() -> str:
    """Return what stands before the number that the portal gives a body."""
    return gettext("Its number on the portal:")


def nameless_file() -> str:
    """Return what a file is called that has no name."""
    return gettext("file without a name")


def files_sentence() -> str:
    """Return that the same files stand there otherwise."""
    return gettext("The same files, under other names or in another order.")


def opened_or_not(kind: EventKind) -> str:
    """Return what was seen of the petition's page."""
    return label(kind)


def readings_sentence(times: int, first: datetime, last: datetime) -> str:
    """Return how often the portal's record of a petition was read, since when, and when last."""
    if times == 1:
        return gettext("Read once: %(at)s.", at=instant(last))
    return ngettext(
        "Read %(num)s time since %(first)s; the last time: %(last)s.",
        "Read %(num)s times since %(first)s; the last time: %(last)s.",
        times,
        first=long_date(day_of(first)),
        last=instant(last),
    )


def gone_sentence(last_read: date | None, since: date | None, status: int | None) -> str:
    """Return that the petition's page answers no longer, without guessing why."""
    if since is None:
        return gettext("Its page on the official portal no longer opens; since when is not known. Cause unknown.")
    if status is None:
        return vanished_sentence(last_read, since)
    if last_read is None:
        return gettext(
            "Since %(since)s its page on the official portal answers %(status)s. Cause unknown.",
            since=long_date(since),
            status=status,
        )
    return gettext(
        "Last read on %(date)s; since %(since)s its page on the official portal answers %(status)s. Cause unknown.",
        date=long_date(last_read),
        since=long_date(since),
        status=status,
    )


def changed_between(after: datetime, by: datetime) -> str:
    """Return between which two readings something changed."""
    return gettext(
        "Changed between two readings: %(after)s still had the words before, %(by)s the new ones.",
        after=instant(after),
        by=instant(by),
    )


def read_so(first: datetime, last: datetime) -> str:
    """Return from when until when a version was read."""
    if first == last:
        return gettext("Read so once: %(at)s.", at=instant(first))
    return gettext("First read so: %(first)s. Last read so: %(last)s.", first=instant(first), last=instant(last))


def left_out(words: int) -> str:
    """Return how many words are left out."""
    return ngettext("%(num)s word left out", "%(num)s words left out", words)


def struck_out() -> str:
    """Return what a screen reader says before words that were taken out."""
    return pgettext("change", "struck out:")


def put_in() -> str:
    """Return what a screen reader says before words that were put in."""
    return pgettext("change", "added:")


def end_of_change() -> str:
    """Return what a screen reader says after words that were changed."""
    return pgettext("change", "end of change")

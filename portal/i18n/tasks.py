"""What needs a person, in words: the queues of the hub, their rules, and one sentence for each task.

Time that passes accuses nobody: a last day that is over asks somebody to look, and only what was seen is told.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.domain.dates import DateRange
from portal.domain.tasks import Check, Form, Task, TaskKind
from portal.i18n import watch_tasks
from portal.i18n.formats import date_range, long_date, number
from portal.i18n.labels import WORDS, label, step_name, within
from portal.i18n.library import SUBJECTS, part_name
from portal.i18n.locale import LazyText, gettext, language, lazy_gettext, lazy_pgettext, ngettext, pgettext

QUEUES: Mapping[TaskKind, LazyText] = {
    TaskKind.STOPPED: lazy_pgettext("queue", "The official portal is not being read"),
    TaskKind.PROPOSAL: lazy_pgettext("queue", "Waiting for a second person"),
    TaskKind.OVERDUE: lazy_pgettext("queue", "Overdue: seen undone"),
    TaskKind.DUE: lazy_pgettext("queue", "Last day is near"),
    TaskKind.UNSEEN: lazy_pgettext("queue", "Last day over: go and look"),
    TaskKind.PORTAL_DECISION: lazy_pgettext("queue", "The official portal shows a decision"),
    TaskKind.PORTAL_WORD: lazy_pgettext("queue", "Words of the official portal"),
    TaskKind.MISFIT: lazy_pgettext("queue", "Does not fit together"),
    TaskKind.UNMATCHED: lazy_pgettext("queue", "Body or region not recognised"),
    TaskKind.SOURCE: lazy_pgettext("queue", "Links that do not open"),
    TaskKind.UNDATED: lazy_pgettext("queue", "Date not known"),
    TaskKind.STALE: lazy_pgettext("queue", "Translation out of date"),
    TaskKind.TRANSLATION: lazy_pgettext("queue", "Translation missing"),
}

RULES: Mapping[TaskKind, LazyText] = {
    TaskKind.STOPPED: lazy_gettext("Nothing is read until a person says that it may go on."),
    TaskKind.PROPOSAL: lazy_gettext("One person recorded it; it becomes public when another confirms it."),
    TaskKind.OVERDUE: lazy_gettext("Somebody looked after the last day, and the step was still not done."),
    TaskKind.DUE: lazy_gettext("The last day of a step lies ahead; be there when it comes."),
    TaskKind.UNSEEN: lazy_gettext(
        "The last day is over and nobody recorded what they saw since. The step may be done: look, and record it."
    ),
    TaskKind.PORTAL_DECISION: lazy_gettext(
        "The official portal shows a decision and the record has none. Read it there and record what it says."
    ),
    TaskKind.PORTAL_WORD: lazy_gettext(
        "The official portal says something that nobody has explained. Until then it moves no petition."
    ),
    TaskKind.MISFIT: lazy_gettext(
        "Facts that cannot all be right. Sources may disagree: then leave them side by side."
    ),
    TaskKind.UNMATCHED: lazy_gettext(
        "What the official portal names is not in our record under that name. Say what it is, or that it is new."
    ),
    TaskKind.SOURCE: lazy_gettext("Somebody opened the source and did not find what the record cites."),
    TaskKind.UNDATED: lazy_gettext("No source that we have gives this event a day or a range."),
    TaskKind.STALE: lazy_gettext("The original wording was corrected, the translation still says what it said before."),
    TaskKind.TRANSLATION: lazy_gettext("A text of the record does not stand in all three languages."),
}

TABLES: Mapping[str, LazyText] = {
    "petition": lazy_pgettext("row", "Petition"),
    "title": lazy_pgettext("row", "Title"),
    "addressee": lazy_pgettext("row", "Addressee"),
    "demand": lazy_pgettext("row", "Demand"),
    "event": lazy_pgettext("row", "Event"),
    "count_report": lazy_pgettext("row", "Reported count"),
    "working_group": lazy_pgettext("row", "Working group"),
    "position": lazy_pgettext("row", "Position of an organisation"),
    "group_view": lazy_pgettext("row", "View of a group"),
    "decision": lazy_pgettext("row", "Decision"),
}
"""The tables of a petition's record, each row of which may be named."""

FORMS: Mapping[Form, LazyText] = {
    Form.SIGHTING: lazy_pgettext("button", "Record what you saw"),
    Form.EVENT: lazy_pgettext("button", "Record"),
    Form.CLAIM: lazy_pgettext("button", "Record when it was"),
    Form.CORRECTION: lazy_pgettext("button", "Correct"),
    Form.WORKBENCH: lazy_pgettext("button", "Open the petition"),
    Form.PARTICULARS: lazy_pgettext("button", "Correct"),
    Form.PROPOSAL: lazy_pgettext("button", "Read and settle"),
    Form.SOURCE_CHECK: lazy_pgettext("button", "Check the source again"),
    Form.REFERENCE: lazy_pgettext("button", "Correct"),
    Form.WATCH: lazy_pgettext("button", "See how it is read"),
    Form.PORTAL_WORD: lazy_pgettext("button", "Say what it means"),
}
"""What the link to each form says."""


def sentence(task: Task) -> str:
    """Return what a task is about, in one sentence or two."""
    facts = task.facts
    match task.kind:
        case TaskKind.PROPOSAL:
            return subject(str(facts["subject"]))
        case TaskKind.OVERDUE:
            return gettext(
                "%(step)s. Last day: %(due)s. Seen still undone: %(seen)s.",
                step=step_name(facts["step"]),
                due=date_range(facts["due"]),
                seen=long_date(facts["seen"]),
            )
        case TaskKind.DUE | TaskKind.UNSEEN:
            return gettext("%(step)s. Last day: %(due)s.", step=step_name(facts["step"]), due=date_range(facts["due"]))
        case TaskKind.MISFIT:
            return _misfit(Check(facts["check"]), facts)
        case TaskKind.SOURCE:
            return _source(str(facts["publisher"]), str(facts["state"]), facts["checked"])
        case TaskKind.UNDATED:
            return gettext("No source gives a date: %(event)s.", event=within(label(facts["event"], "event_kind")))
        case TaskKind.STALE | TaskKind.TRANSLATION:
            return _translation(task.kind, facts)
        case _:
            return watch_tasks.sentence(task)


def _misfit(check: Check, facts: Mapping[str, object]) -> str:
    match check:
        case Check.DAY_ORDER:
            return gettext(
                "By the dates recorded, a later step comes first. %(second)s: %(second_on)s. %(first)s: %(first_on)s.",
                first=label(str(facts["first"]), "event_kind"),
                second=label(str(facts["second"]), "event_kind"),
                first_on=_range(facts["first_on"]),
                second_on=_range(facts["second_on"]),
            )
        case Check.ANSWER_BEFORE_LETTER | Check.SIGNED_AFTER_SENT | Check.UNTIL_BEFORE_DAY:
            return _two_days(check, _range(facts["first_on"]), _range(facts["second_on"]))
        case Check.CATEGORIES_EXCEED_TOTAL:
            return gettext(
                "The categories of the working group add up to more than its total. Sum: %(known)s; total: %(total)s.",
                known=number(int(str(facts["known"]))),
                total=number(int(str(facts["total"]))),
            )
    return _outcome(check)


def _two_days(check: Check, first: str, second: str) -> str:
    if check is Check.ANSWER_BEFORE_LETTER:
        return gettext(
            "The answer is dated before the letter. Letter: %(first)s; answer: %(second)s.", first=first, second=second
        )
    if check is Check.SIGNED_AFTER_SENT:
        return gettext(
            "The letter is dated as sent before it was signed. Signed: %(first)s; sent: %(second)s.",
            first=first,
            second=second,
        )
    return gettext(
        "What was undertaken was due before the day of the undertaking. Undertaken: %(first)s; due: %(second)s.",
        first=first,
        second=second,
    )


def _outcome(check: Check) -> str:
    match check:
        case Check.PARTIAL_BUT_ALL_GRANTED:
            return gettext("The outcome is stated as “granted in part”, and every demand as granted.")
        case Check.PARTIAL_BUT_NONE_GRANTED:
            return gettext("The outcome is stated as “granted in part”, and no demand as granted.")
        case Check.GRANTED_BUT_NOT_ALL:
            return gettext("The outcome is stated as “granted in full”, and not every demand as granted.")
        case _:
            return gettext("The outcome is stated as “refused”, and some demand as granted.")


def _range(when: object) -> str:
    assert isinstance(when, DateRange)
    return date_range(when)


def _source(publisher: str, state: str, on: date) -> str:
    if state == "dead":
        return gettext(
            "%(publisher)s: the page did not open. Checked: %(date)s.", publisher=publisher, date=long_date(on)
        )
    return gettext(
        "%(publisher)s: the page no longer says what the record cites. Checked: %(date)s.",
        publisher=publisher,
        date=long_date(on),
    )


def _translation(kind: TaskKind, facts: Mapping[str, object]) -> str:
    said = {
        "languages": _listed(label(str(lang), "language") for lang in _each(facts["languages"])),
        "where": _where(str(facts["table"]), str(facts["row"]), [str(part) for part in _each(facts["parts"])]),
    }
    if kind is TaskKind.STALE:
        return gettext("%(where)s. The original was corrected, not yet: %(languages)s.", **said)
    return gettext("%(where)s. Missing: %(languages)s.", **said)


def _where(table: str, key: str, parts: Iterable[str]) -> str:
    if table == "title":
        return row_name(table, key)
    return f"{row_name(table, key)} ({_listed(part_name(part) for part in parts)})"


def _each(value: object) -> tuple[object, ...]:
    assert isinstance(value, tuple)
    return value


def _listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence. English writes its languages with a capital letter anywhere."""
    found = list(dict.fromkeys(words))
    return ", ".join(found if language() == "en" else map(within, found))


def row_name(table: str, key: str) -> str:
    """Return a row by the word for its table; an event of a step by its step, what petitions refer to by its key."""
    if table == "event" and key in WORDS["event_kind"]:
        return label(key, "event_kind")
    if table in TABLES:
        return str(TABLES[table])
    return f"{SUBJECTS[table]}: {key}"  # A source by its number: its address would take a line.


def subject(text: str) -> str:
    """Return what a proposal is about."""
    kind, _, key = text.partition("/")
    if kind == "petition":
        return gettext("Petition No. %(number)s", number=key)
    return gettext("A campaign page: %(campaign)s", campaign=key) if kind == "campaign" else key


def age(task: Task, on: date, working_days_left: int | None) -> str:
    """Return how old a task is, or how long its last day is away."""
    if task.since is None:
        return pgettext("date", "date not known")
    if task.since == on:
        return gettext("today")
    if task.since > on:
        if working_days_left is None:
            return long_date(task.since)
        return ngettext("%(num)s working day left", "%(num)s working days left", working_days_left)
    return ngettext("%(num)s day", "%(num)s days", (on - task.since).days)

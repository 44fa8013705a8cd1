"""Every domain term in words: labels of all lists, names of steps, terms of the law.

Enums hold codes, these functions their words. A code without a word is a ``KeyError``, and a
failing test before that.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from portal.domain.terms import DerivedDay, Term, Unit
from portal.domain.working_days import WorkingCalendar
from portal.i18n.accounts import ACCOUNT_STATES, ROLES, ROLES_SAY
from portal.i18n.filing import CONDITIONS
from portal.i18n.import_sections import IMPORT_SECTIONS
from portal.i18n.lifecycle import LIFECYCLE
from portal.i18n.locale import LazyText, gettext, language, ngettext
from portal.i18n.questions import QUESTIONS
from portal.i18n.record import RECORD
from portal.i18n.series import SERIES
from portal.i18n.source_states import SOURCE_STATES
from portal.i18n.steps import PART_NAMES, PART_SENTENCES, STEP_NAMES, STEP_SENTENCES

WORDS: Mapping[str, Mapping[str, LazyText]] = {
    **LIFECYCLE,
    **RECORD,
    **SERIES,
    "expected": CONDITIONS,
    "import_section": IMPORT_SECTIONS,
    "source_state": SOURCE_STATES,
    "question": QUESTIONS,
    "role": ROLES,
    "role_says": ROLES_SAY,
    "account_state": ACCOUNT_STATES,
    "step": STEP_NAMES,
    "step_says": STEP_SENTENCES,
    "part": PART_NAMES,
    "part_says": PART_SENTENCES,
}
"""Every table by its name: that of the enum in lower case, or of a list of plain codes."""


def label(member: StrEnum | str, context: str | None = None) -> str:
    """Return the word for a member of an enum, or for a plain code of the table ``context``.

    ``label(Stage.REVIEW)`` and ``label("review", "stage")`` are the same: columns hold plain codes.
    Longer explanations stand in the tables ``certainty_says`` and ``decision_status_says``. Raises
    ``KeyError`` where there is no such word.
    """
    if context is None:
        if not isinstance(member, StrEnum):
            raise KeyError(f"a plain code needs its table: {member!r}")
        context = table_of(type(member))
    return str(WORDS[context][str(member)])


def table_of(codes: type[StrEnum]) -> str:
    """Return the name of the table that words an enum: ``EventKind`` is ``event_kind``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", codes.__name__).lower()


def within(words: str) -> str:
    """Return words as they stand within a sentence: with a small letter, save in abbreviations."""
    if len(words) > 1 and words[1].isupper():
        return words
    return words[:1].lower() + words[1:]


def step_name(key: str) -> str:
    """Return the short name of a step of the law."""
    return str(STEP_NAMES[key])


def step_says(key: str) -> str:
    """Return one sentence on what happens in a step of the law."""
    return str(STEP_SENTENCES[key])


def term_words(term: Term) -> str:
    """Return a term in words: 40 working days, 6 months, 3 working days before."""
    if term.unit is Unit.MONTHS:
        return ngettext("%(num)s month", "%(num)s months", term.length)
    if term.length == 0:
        return gettext("the same day; on a day off, the next working day")
    if term.before:
        return ngettext("%(num)s working day before", "%(num)s working days before", term.length)
    return working_days(term.length)


def working_days(days: int) -> str:
    """Return a number of working days: 1 working day, 22 рабочих дня, 40 жұмыс күні."""
    return ngettext("%(num)s working day", "%(num)s working days", days)


def longer_term_words(term: Term) -> str:
    """Return on what condition the longer term holds instead (article 92)."""
    return gettext("%(term)s where the decision does not explain how to challenge it", term=term_words(term))


def day_reason(day: DerivedDay, calendar: WorkingCalendar) -> str:
    """Return why a day is counted or not; a special day takes its name from the calendar."""
    if day.why in WORDS["why"]:
        return label(day.why, "why")
    special = calendar.special(day.day)
    if special is None:
        raise KeyError(day.why)
    return special.names[language()]

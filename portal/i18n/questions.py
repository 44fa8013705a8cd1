"""The words for lists of petitions: what each answers, what is in it and what is not."""

from collections.abc import Mapping
from datetime import date

from portal.domain.questions import CLOSE_PERCENT, Question
from portal.i18n.formats import long_date, percent
from portal.i18n.locale import LazyText, gettext, lazy_pgettext

QUESTIONS: Mapping[str, LazyText] = {
    "all": lazy_pgettext("question", "All petitions"),
    "collecting": lazy_pgettext("question", "Collecting signatures now"),
    "close": lazy_pgettext("question", "Close to the threshold"),
    "review": lazy_pgettext("question", "Under review now"),
    "due": lazy_pgettext("question", "Due within ten working days"),
    "ended": lazy_pgettext("question", "Term over, result not seen"),
    "overdue": lazy_pgettext("question", "Overdue: checked and not done"),
    "vanished": lazy_pgettext("question", "Gone from the official portal"),
    "decided": lazy_pgettext("question", "Decided after review"),
    "rejected": lazy_pgettext("question", "Not passed by moderation"),
    "follow_ups": lazy_pgettext("question", "Undertakings outstanding"),
}
"""The heading of each list; in the list of questions the answer."""

GROUPS: tuple[tuple[LazyText, tuple[Question, ...]], ...] = (
    (
        lazy_pgettext("question", "What is going on?"),
        (Question.COLLECTING, Question.CLOSE, Question.REVIEW, Question.DUE),
    ),
    (
        lazy_pgettext("question", "Where is no answer seen?"),
        (Question.ENDED, Question.OVERDUE, Question.VANISHED),
    ),
    (
        lazy_pgettext("question", "What came of it?"),
        (Question.DECIDED, Question.REJECTED, Question.FOLLOW_UPS),
    ),
)
"""What people ask, each with the lists that answer it."""


def question_says(question: Question, until: date | None) -> tuple[str, str]:
    """Return what is in a list, and what is not; ``until`` is the last day that counts as near."""
    match question:
        case Question.ALL:
            return (
                gettext("Every petition that our record holds, from the official portal and from other sites."),
                gettext("A petition that none of our sources names is not here."),
            )
        case Question.COLLECTING:
            return (
                gettext(
                    "Collection has begun, and its last day is not over; where the day is not known exactly, it may be."
                ),
                gettext("Petitions whose last day of collection is over, or whose stage is not known, are not here."),
            )
        case Question.CLOSE:
            return (
                gettext(
                    "Collection goes on, and the latest known count is at least %(share)s of the threshold. "
                    "The share is our choice, not a rule of the law.",
                    share=percent(CLOSE_PERCENT),
                ),
                gettext("Petitions without a known count or threshold, or with only an upper bound, are not here."),
            )
        case _:
            return _says_of_the_state(question, until)


def _says_of_the_state(question: Question, until: date | None) -> tuple[str, str]:
    match question:
        case Question.REVIEW:
            return (
                gettext(
                    "A body reviews the petition, and the last day for its decision is not over; "
                    "where the day is not known exactly, it may be."
                ),
                gettext("Petitions forwarded and not yet registered, and those whose last day is over, are not here."),
            )
        case Question.DUE:
            return (
                _due_says(until),
                gettext("Steps without a term in the law or without a public trace are not here."),
            )
        case Question.ENDED:
            return (
                gettext(
                    "The last day of the stage is over, and we have seen no later step. "
                    "It may have been done: this list accuses nobody."
                ),
                gettext(
                    "If somebody looked later and saw the step not done, look under “Overdue: checked and not done”."
                ),
            )
        case Question.OVERDUE:
            return (
                gettext("Somebody looked after the last day, and the step was still not done."),
                gettext("A term that is over and that nobody has checked since is not here."),
            )
        case _:
            return _says_of_the_end(question)


def _says_of_the_end(question: Question) -> tuple[str, str]:
    match question:
        case Question.VANISHED:
            return (
                gettext("The page on the official portal opened once and later did not. The cause is not known."),
                gettext("A page that has been seen open again since is not here."),
            )
        case Question.DECIDED:
            return (
                gettext("The body that reviewed the petition has decided; the outcome is as it was stated."),
                gettext("Petitions that never came to a review are not here."),
            )
        case Question.REJECTED:
            return (
                gettext(
                    "The petition was rejected before publication (90-2(6)). "
                    "The ground stands here only where a source names the article."
                ),
                gettext("Petitions refused after a review are under “Decided after review”."),
            )
        case _:
            return (
                gettext("A body took something upon itself, and no report in our record says that it was done."),
                gettext(
                    "A report that work goes on leaves the petition here. No report seen does not mean nothing done."
                ),
            )


def _due_says(until: date | None) -> str:
    if until is None:
        return gettext("A last day lies between today and the end of the working-day calendar.")
    return gettext(
        "A last day lies between today and %(date)s, the tenth working day after today: a duty of the State, "
        "or the time that citizens have to join.",
        date=long_date(until),
    )

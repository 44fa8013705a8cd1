"""Sentences that a letter takes from the record, in the letter's language."""

from collections.abc import Mapping

from portal.i18n.locale import gettext, ngettext, pgettext


def group_sentence(members: int) -> str:
    """Return how many members a working group has."""
    return ngettext("The working group has %(num)s member.", "The working group has %(num)s members.", members)


def report_sentence(what: str, state: str | None, as_of: str | None) -> str:
    """Return what was undertaken, or what was reported of it and as of which day, as one sentence."""
    what = what.rstrip(".")
    if state is None:
        return f"{what}."
    state = state.rstrip(".")
    if as_of is None:
        return f"{what}: {state}."
    return gettext("%(what)s: %(state)s (as of %(day)s).", what=what, state=state, day=as_of)


def answer_term(length: int, unit: str) -> str:
    """Return within how long an answer is due: ``unit`` is WD, D or M."""
    match unit:
        case "WD":
            return ngettext("%(num)s working day", "%(num)s working days", length)
        case "D":
            return ngettext("%(num)s calendar day", "%(num)s calendar days", length)
        case "M":
            return ngettext("%(num)s month", "%(num)s months", length)
    raise KeyError(unit)


def after_words() -> Mapping[str, str]:
    """Return what the script of the page about sent letters says. It fills the places itself."""
    return {
        "title": gettext("The days of your letter"),
        "private": gettext(
            "What you choose here stays on this page: nothing is sent or kept. Nobody asks for the number."
        ),
        "day": gettext("Day on which you sent it"),
        "day_hint": gettext("For example, 27.11.2026"),
        "late": gettext("It was sent after 18:30"),
        "kind": gettext("Which letter was it?"),
        "date_form": gettext("Type the day as DD.MM.YYYY."),
        "date_unreal": gettext("There is no such day."),
        "date_future": gettext("This day is still to come; the days below are counted from it all the same."),
        "registered": gettext("Counts as registered on: %(day)s."),
        "answer": gettext("%(term)s. The answer may come from: %(first)s. It should have come by: %(last)s."),
        "answer_about": gettext(
            "%(term)s. The answer may come from: %(first)s. It should have come by about: %(last)s. "
            "No calendar of that year is known yet."
        ),
        "disputed": gettext("Two readings; neither is confirmed."),
        "no_term": gettext("No term is known to us."),
        "told": gettext("If it is passed on to another body, you should be told by: %(day)s."),
        "extended": gettext(
            "If the term is extended, it ends at the latest on: %(first)s, counted from the registration, "
            "or %(last)s, counted from the end of the term. Our sources do not say which."
        ),
        "complaint": gettext(
            "If silence counts as refusal, a complaint can be filed until: %(day)s. "
            "Three months from the end of the term; that is our reading."
        ),
        "provisional": gettext("Provisional: the calendar for %(year)s is not officially published.", year="%(year)s"),
        "reminders": gettext("Reminders for your calendar"),
        "reminders_about": gettext(
            "The file is made here, in your browser. "
            "A calendar that a company keeps for you can be read by that company."
        ),
        "discreet": gettext("Each reminder says only: “Check the post”."),
        "full": gettext("Say in each reminder what it is about"),
        "save": pgettext("button", "Save the reminders (.ics)"),
        "saved": gettext("The file is made. Your browser keeps it among its downloads."),
        "event": gettext("Check the post"),
        "event_told": gettext("Was the letter passed on to another body?"),
        "event_answer": gettext("Last day of the answer to the letter"),
        "event_next": gettext("No answer? Time for the next letter"),
        "event_extended": gettext("Latest end of an extended term"),
        "event_complaint": gettext("Last day for a complaint"),
    }

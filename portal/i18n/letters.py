"""Sentences that a letter takes from the record, in the letter's language."""

from portal.i18n.locale import gettext, ngettext


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

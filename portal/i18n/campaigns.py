"""A campaign in words: whose call it is, where it stands, and since when."""

from collections.abc import Sequence
from datetime import date

from portal.domain.campaigns import ACTIVE, State, States
from portal.domain.dates import DateRange
from portal.i18n.formats import date_range, long_date
from portal.i18n.locale import gettext, pgettext


def state_words(state: State) -> str:
    """Return the state of a campaign in a word or two, for a list."""
    match state:
        case State.DRAFT:
            return pgettext("campaign", "draft")
        case State.OPEN:
            return pgettext("campaign", "open")
        case State.CLOSING:
            return pgettext("campaign", "closing soon")
        case State.CLOSED:
            return pgettext("campaign", "closed")
        case State.ARCHIVED:
            return pgettext("campaign", "archive")


def state_sentences(states: States, on: date) -> Sequence[str]:
    """Return where a campaign stands on a day, in whole sentences; while it runs, with its last day."""
    state = states.on(on)
    match state:
        case State.OPEN:
            said = gettext("This call is open.")
        case State.CLOSING:
            said = gettext("This call is closing soon.")
        case _:
            said = gettext("This call is closed.")
    if state in ACTIVE and states.last_day is not None:
        return said, last_day_words(states.last_day, on)
    if state is State.ARCHIVED:
        return said, gettext("We keep this page as an archive.")
    return (said,)


def last_day_words(last: date, on: date) -> str:
    """Return the last day of a campaign in a sentence."""
    if last == on:
        return gettext("Today is the last day.")
    return gettext("Last day: %(date)s.", date=long_date(last))


def dates_so_far(states: States, on: date) -> Sequence[tuple[str, str]]:
    """Return when each state began that a campaign has reached, by the name of what happened."""
    names = {
        State.OPEN: pgettext("campaign", "Opened"),
        State.CLOSING: pgettext("campaign", "Closing soon since"),
        State.CLOSED: pgettext("campaign", "Closed"),
        State.ARCHIVED: pgettext("campaign", "In our archive since"),
    }
    return [
        (names[state], date_range(DateRange(None if start.is_latest else start.day, start.day)))
        for state, start in states.starts.items()
        if start.day <= on
    ]


def whose_words(name: str, *, ours: bool) -> str:
    """Return whose call it is: of another’s, that we do not speak for it; of our own, that it takes no side."""
    if ours:
        return gettext("This is our own call: %(name)s. It takes no side on the petition.", name=name)
    return gettext(
        "This is a call of %(name)s. Qadam is not the author of the call and does not speak for it.", name=name
    )


def owner_words(name: str) -> str:
    """Return whose call it is, as a label and a name."""
    return gettext("Whose call: %(name)s", name=name)

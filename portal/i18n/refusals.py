"""Refusals and input errors, each worded once: for pages, commands and the API alike."""

from collections.abc import Mapping

from portal.domain.account_refusals import AccountRefusal
from portal.domain.campaign_refusals import (
    CampaignUnready,
    NothingToClose,
    NothingToPropose,
    OpeningPassed,
    ProposalWaits,
)
from portal.domain.refusals import (
    AccountMissing,
    AlreadyRecorded,
    AlreadySettled,
    BeforeTheChapter,
    CalendarMissing,
    ChangedMeanwhile,
    CursorUnreadable,
    DayAhead,
    DayOver,
    FileEmpty,
    FileKindUnknown,
    FileTooLarge,
    ImportGone,
    NoTerm,
    NothingChanged,
    OfficialIdMissing,
    OwnProposal,
    PopulationMissing,
    ReasonMissing,
    RecordBusy,
    Refusal,
    RowMissing,
    SourceMissing,
    StepUnknown,
)
from portal.i18n.accounts import account_refusal
from portal.i18n.formats import long_date, number
from portal.i18n.labels import label, step_name
from portal.i18n.locale import gettext

EXAMPLE = "2024-08-06"
"""A day as addresses and the API write it; a form of ours may show another way of writing it."""


def refusal(error: Refusal) -> str:
    """Return what the rules refuse, in whole sentences."""
    match error:
        case CalendarMissing(year=year):
            return gettext("Cannot be computed: there is no working-day calendar for %(year)s.", year=str(year))
        case BeforeTheChapter(day=day):
            return gettext(
                "Cannot be computed: chapter 12-1 of the APPC was not yet in force. Day asked for: %(date)s.",
                date=long_date(day),
            )
        case StepUnknown(key=key):
            return gettext("The lifecycle has no such step: %(key)s.", key=key)
        case NoTerm(key=key):
            return gettext("The law sets no term. Step: %(step)s.", step=step_name(key))
        case PopulationMissing(level=level):
            return gettext(
                "The threshold cannot be computed: the population is not known. Level: %(level)s.",
                level=label(level, "level"),
            )
        case CursorUnreadable():
            return bad_input("bad_cursor")
        case AccountRefusal():
            return account_refusal(error)
        case _:
            return _of_recording(error)


def _of_recording(error: Refusal) -> str:
    match error:
        case ChangedMeanwhile():
            return gettext("Somebody else changed this record while your form was open.")
        case ReasonMissing():
            return gettext("Say why: what stood in the record changes.")
        case RowMissing(key=key):
            return gettext("This is not in the record, or no longer: %(key)s.", key=key)
        case SourceMissing(key=key):
            return gettext("The record does not have this source: %(key)s.", key=key)
        case NothingChanged():
            return gettext("The record says this already: nothing would change.")
        case OwnProposal():
            return gettext("You cannot confirm your own entry.")
        case RecordBusy():
            return gettext("Much is being saved at this moment. Nothing of yours is lost: try again in a minute.")
        case AlreadySettled():
            return gettext("Somebody has settled this already.")
        case AlreadyRecorded(number=number):
            return gettext("The record has this petition already: No. %(number)s.", number=str(number))
        case _:
            return _of_files(error)


def _of_files(error: Refusal) -> str:
    match error:
        case FileEmpty():
            return gettext("There is nothing in this file.")
        case FileTooLarge():
            return gettext("The file is too large. At most 10 MB can be kept.")
        case FileKindUnknown():
            return gettext(
                "By what it holds, this is none of the files that we keep: "
                "PDF, PNG, JPEG, WebP, HTML, text in UTF-8, WARC."
            )
        case _:
            return _of_tasks(error)


def _of_tasks(error: Refusal) -> str:
    match error:
        case OfficialIdMissing():
            return gettext("Which petition of the official portal this is, is not known: nothing can be read there.")
        case DayAhead():
            return gettext("This date is in the future.")
        case DayOver():
            return gettext("This date is over. Choose a later one.")
        case ImportGone():
            return gettext("The file is no longer kept: send it again. It is kept for an hour.")
        case AccountMissing():
            return gettext("Choose one of the list.")
        case _:
            return _of_campaigns(error)


def _of_campaigns(error: Refusal) -> str:
    match error:
        case CampaignUnready():
            return gettext("The campaign is not ready: something is missing or wrong in it.")
        case OpeningPassed():
            return gettext("The day of opening is over. Decline this proposal; another day can be proposed.")
        case NothingToPropose():
            return gettext("There is no draft that differs from what is public.")
        case NothingToClose():
            return gettext("There is nothing to close: this campaign asks for nothing.")
        case ProposalWaits():
            return gettext("A proposal about this campaign waits already. It must be settled first.")
        case _:
            return gettext("The rules do not allow this.")


FACTS: Mapping[str, frozenset[str]] = {
    "date_missing": frozenset(),
    "date_malformed": frozenset(),
    "no_such_date": frozenset(),
    "date_out_of_range": frozenset({"first", "last"}),
    "day_to_come": frozenset(),
    "unknown_filter": frozenset({"name"}),
    "unknown_value": frozenset({"name", "value"}),
    "bad_cursor": frozenset(),
    "query_too_long": frozenset({"longest"}),
    "too_many_compared": frozenset({"most"}),
    "text_has_nul": frozenset(),
    "bad_request": frozenset(),
    "unknown_language": frozenset(),
    "number_out_of_range": frozenset({"first", "last"}),
    "page_not_found": frozenset(),
    "campaign_withheld": frozenset(),
    "gone": frozenset(),
    "not_allowed": frozenset(),
    "too_large": frozenset(),
    "method_not_allowed": frozenset(),
    "codes_only": frozenset(),
    "server_error": frozenset(),
}
"""Every code of ``bad_input`` with the facts that its sentence needs."""


def bad_input(code: str, *, example: str = EXAMPLE, **facts: object) -> str:
    """Return what was wrong with what somebody asked for.

    ``first`` and ``last`` are years or numbers, ``longest`` a number of characters, ``name`` and
    ``value`` what stood in the address. Raises ``KeyError`` for an unknown code or a missing fact.
    """
    if missing := FACTS[code] - facts.keys():
        raise KeyError(f"{code} needs {', '.join(sorted(missing))}")
    return _of_dates(code, example, facts) or _of_lists(code, facts) or _of_pages(code)


def _of_dates(code: str, example: str, facts: Mapping[str, object]) -> str | None:
    match code:
        case "date_missing":
            return gettext("The date is missing. Write it like this: %(example)s.", example=example)
        case "date_malformed":
            return gettext("Enter the date like this: %(example)s.", example=example)
        case "no_such_date":
            return gettext("There is no such date.")
        case "day_to_come":
            return gettext("This date is in the future.")
        case "date_out_of_range":
            first, last = str(facts["first"]), str(facts["last"])
            return gettext("Only these years can be asked for: %(first)s–%(last)s.", first=first, last=last)
    return None


def _of_lists(code: str, facts: Mapping[str, object]) -> str | None:
    match code:
        case "unknown_filter":
            return gettext("There is no such filter: %(name)s.", name=facts["name"])
        case "unknown_value":
            return gettext(
                "The filter does not have this value. Filter: %(name)s; value: %(value)s.",
                name=facts["name"],
                value=facts["value"],
            )
        case "bad_cursor":
            return gettext("This link to the next page of the list is not valid. Start from the first page.")
        case "query_too_long":
            return gettext(
                "The search text is too long. At most this many characters: %(num)s.",
                num=_size(facts["longest"]),
            )
        case "too_many_compared":
            return gettext("So many petitions can be compared at once: %(num)s.", num=_size(facts["most"]))
        case "text_has_nul":
            return gettext("The text contains a character that cannot be used.")
        case "number_out_of_range":
            first, last = _size(facts["first"]), _size(facts["last"])
            return gettext("The number is outside the limits: %(first)s to %(last)s.", first=first, last=last)
    return None


def _of_pages(code: str) -> str:
    match code:
        case "bad_request":
            return gettext("The request cannot be read.")
        case "unknown_language":
            return gettext("The portal speaks Kazakh, Russian and English only.")
        case "page_not_found":
            return gettext("Page not found.")
        case "campaign_withheld":
            return gettext("Those who run this portal do not show this page.")
        case "gone":
            return gettext("This page was here once and has been removed.")
        case "not_allowed":
            return gettext("You may not do this.")
        case "too_large":
            return gettext("What was sent is too large. At most 10 MB can be taken.")
        case "method_not_allowed":
            return gettext("This address does not accept such a request.")
        case "codes_only":
            return gettext(
                "Here we take only codes of a kind of letter and of its sentences, nothing else. "
                "Nothing of what was sent is kept. A letter with a name is made in your browser alone."
            )
    return gettext("Something went wrong on our side. Try again later.")


def _size(value: object) -> str:
    return number(value) if isinstance(value, int) else str(value)

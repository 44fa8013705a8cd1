"""A last day as a file for calendars (iCalendar, RFC 5545)."""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event, vText

from portal.i18n import formats, labels
from portal.i18n.locale import gettext, language
from portal.web.public.deadline_view import Result, other_words
from portal.web.public.edition_view import edition_name


def calendar_file(result: Result) -> bytes:
    """Return one whole-day event on the last day.

    The same question gives the same bytes on any day: the identifier follows from step, day and edition, in every
    language alike, and the stamp is the day that the count starts from, so that a calendar replaces its copy.
    """
    found = result.deadline
    event = Event()
    event.add("uid", f"{found.step.key}.{found.starts_on.isoformat()}.{found.edition.id}@qadam")
    event.add("dtstamp", datetime.combine(found.starts_on, time(), UTC))
    event.add("dtstart", found.due_on)
    event.add("dtend", found.due_on + timedelta(days=1))
    event.add("summary", _in_language(gettext("Last day: %(step)s", step=labels.step_name(found.step.key))))
    event.add("description", _in_language("\n".join(_description(result))))
    event.add("url", result.addresses[language()])
    event.add("transp", "TRANSPARENT")
    file = Calendar()
    file.add("prodid", "-//Qadam//Deadlines//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add_component(event)
    return file.to_ical()


def file_name(result: Result) -> str:
    """Return a name in ASCII that says the step and the last day."""
    return f"qadam-{result.deadline.step.key}-{result.deadline.due_on.isoformat()}.ics"


def _in_language(text: str) -> vText:
    worded = vText(text)
    worded.params["LANGUAGE"] = language()
    return worded


def _description(result: Result) -> list[str]:
    found = result.deadline
    said = [
        gettext("Counted from: %(date)s", date=formats.long_date(found.starts_on)),
        gettext("Term: %(term)s", term=labels.term_words(found.step.term)) if found.step.term else "",
        gettext("Article of the APPC: %(article)s", article=found.step.article),
        edition_name(found.edition),
    ]
    if result.stand_in:
        said.append(gettext("We have not read this article in this edition; another edition stands in for it."))
    said += [f"{other_words(other)} {formats.long_date(other.due_on)}" for other in found.others]
    if result.is_count_ours:
        said.append(gettext("How this term is counted is our reading."))
    said.append(labels.label(found.calendar_status))
    said += [
        gettext("Provisional: the calendar for %(year)s is not officially published.", year=year)
        for year in result.provisional
    ]
    said += [
        gettext("Our computation, not an official notice."),
        result.addresses[language()],
    ]
    return [line for line in said if line]

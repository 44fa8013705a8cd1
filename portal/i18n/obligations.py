"""Sentences on each obligation and window of a standing: how it stands, and what its computation rests on."""

from datetime import date

from portal.domain.dates import DateRange
from portal.domain.statute import StepKind
from portal.domain.timeline import STAGE_STEPS, Obligation, Standing, Status
from portal.domain.working_days import CalendarStatus
from portal.i18n.formats import date_range, long_date
from portal.i18n.labels import label, within
from portal.i18n.locale import gettext, ngettext

SUBJECT_LOCK = "subject_lock"
"""The one window in which something may not be done."""


def obligation_sentence(obligation: Obligation, standing: Standing | None = None) -> str:
    """Return how an obligation or a window stands, for every status.

    The standing gives what the obligation alone does not hold: the day asked for, and when somebody
    last looked. What else a reader should know of the computation is in ``obligation_notes``.
    """
    match obligation.status:
        case Status.MET | Status.MET_LATE | Status.MET_LATENESS_UNKNOWN:
            return _met(obligation)
        case Status.OPEN | Status.RUNS | Status.MAY_HAVE_ENDED:
            return _running(obligation, standing)
        case Status.ENDED_NOT_SEEN | Status.OVERDUE | Status.ENDED:
            return _over(obligation, standing)
        case Status.NOT_OBSERVABLE:
            return gettext("This step leaves no public trace; we cannot see whether it was done.")
        case Status.NO_TERM:
            return gettext("The law sets no term.")
        case Status.NOT_DUE:
            event = within(label(obligation.reason or "", "event_kind"))
            return gettext("The term has not started. It starts with: %(event)s.", event=event)
        case Status.START_UNKNOWN | Status.CALENDAR_MISSING:
            return _not_computed(obligation)


def obligation_notes(obligation: Obligation) -> list[str]:
    """Return what a reader should know of how the term was computed, if there is anything."""
    notes = []
    if obligation.start_inferred and obligation.start is not None:
        first_seen = date_range(DateRange(None, obligation.start.latest))
        notes.append(
            gettext(
                "The start was not recorded; we count from the first sighting: %(date)s.",
                date=first_seen,
            )
        )
    if obligation.calendar_status is CalendarStatus.BY_RULE and obligation.due and obligation.due.latest:
        year = str(obligation.due.latest.year)
        notes.append(gettext("Provisional: the calendar for %(year)s is not officially published.", year=year))
    if len(obligation.editions) > 1:
        notes.append(
            gettext("More than one edition of the law may have been in force; the term was computed under each.")
        )
    if not obligation.edition_read:
        notes.append(
            gettext(
                "We have not read this article in the edition in force then; the nearest edition we read stands in."
            )
        )
    if obligation.results_differ:
        notes.append(gettext("Sources give different dates, and the result depends on which is right."))
    return notes


def _met(obligation: Obligation) -> str:
    day = date_range(obligation.met)
    if obligation.status is Status.MET_LATENESS_UNKNOWN:
        if obligation.claims_matter:
            return gettext("Done; whether on time is not known: sources give different dates.")
        return gettext("Done; whether on time is not known: the exact date was not found.")
    if obligation.due is None:
        return gettext("Done: %(date)s.", date=day)
    if obligation.status is Status.MET:
        if obligation.met is not None and obligation.met.is_exact and obligation.met == obligation.due:
            return gettext("Met on the last day: %(date)s.", date=day)
        return gettext("Met on time: %(date)s.", date=day)
    due, late = date_range(obligation.due), -(obligation.days or 0)
    if late <= 0:
        return gettext("Done after the last day: %(date)s (last day: %(due)s).", date=day, due=due)
    if obligation.met is not None and obligation.met.is_exact and obligation.due.is_exact:
        return ngettext(
            "Met %(num)s working day late: %(date)s (last day: %(due)s).",
            "Met %(num)s working days late: %(date)s (last day: %(due)s).",
            late,
            date=day,
            due=due,
        )
    return ngettext(
        "Met at least %(num)s working day late: %(date)s (last day: %(due)s).",
        "Met at least %(num)s working days late: %(date)s (last day: %(due)s).",
        late,
        date=day,
        due=due,
    )


def _running(obligation: Obligation, standing: Standing | None) -> str:
    due = obligation.due
    if due is None:
        return label(obligation.status) + "."
    words = date_range(due)
    if obligation.status is Status.MAY_HAVE_ENDED or may_have_ended(obligation, standing):
        if due.earliest is None or due.latest is None:
            return gettext("Last day: %(date)s. The term may have ended.", date=words)
        first, last = long_date(due.earliest), long_date(due.latest)
        return gettext("Last day: %(first)s to %(last)s. The term may have ended.", first=first, last=last)
    if obligation.key == SUBJECT_LOCK and due.is_exact:
        return gettext("This time runs until %(date)s, inclusive.", date=words)
    if obligation.kind is StepKind.WINDOW and obligation.key != SUBJECT_LOCK:
        return gettext("Still possible. Last day: %(date)s.", date=words)
    if obligation.days is None:
        return gettext("Last day: %(date)s.", date=words)
    if obligation.days == 0:
        if due.is_exact:
            return gettext("Today is the last day.")
        return gettext("Today may be the last day: %(date)s.", date=words)
    if not due.is_exact:
        return ngettext(
            "At least %(num)s working day left. Last day: %(date)s.",
            "At least %(num)s working days left. Last day: %(date)s.",
            obligation.days,
            date=words,
        )
    return ngettext(
        "%(num)s working day left. Last day: %(date)s.",
        "%(num)s working days left. Last day: %(date)s.",
        obligation.days,
        date=words,
    )


def may_have_ended(obligation: Obligation, standing: Standing | None) -> bool:
    """Whether a window that runs until a day not exactly known may be over on the day asked for."""
    if obligation.status is not Status.RUNS or standing is None or obligation.due is None:
        return False
    return obligation.due.earliest is None or obligation.due.earliest < standing.as_of


def _over(obligation: Obligation, standing: Standing | None) -> str:
    due = obligation.due
    if obligation.status is Status.ENDED and obligation.met is not None:
        return gettext("It happened: %(date)s.", date=date_range(obligation.met))
    if due is None or due.latest is None:
        return label(obligation.status) + "."
    day = long_date(due.latest)
    if obligation.status is Status.OVERDUE:
        return _overdue(obligation, due, standing)
    if obligation.status is Status.ENDED:
        if due.is_exact:
            return gettext("Ended on %(date)s.", date=day)
        return gettext("Ended by %(date)s.", date=day)
    if due.is_exact:
        return gettext("The term ended on %(date)s. We have not seen it done; it may have been.", date=day)
    return gettext("The term ended by %(date)s. We have not seen it done; it may have been.", date=day)


def _overdue(obligation: Obligation, due: DateRange, standing: Standing | None) -> str:
    late, last_day = -(obligation.days or 0), date_range(due)
    if late > 0:
        first = ngettext(
            "Overdue by %(num)s working day (last day: %(due)s).",
            "Overdue by %(num)s working days (last day: %(due)s).",
            late,
            due=last_day,
        )
    else:
        first = gettext("Overdue (last day: %(due)s).", due=last_day)
    looked = _looked_after(obligation, due, standing)
    if looked is None:
        second = gettext("A check after that day showed that it was still not done.")
    else:
        second = gettext("On %(date)s it was still not done.", date=long_date(looked))
    return f"{first} {second}"


def _looked_after(obligation: Obligation, due: DateRange, standing: Standing | None) -> date | None:
    """Return the day of the last sighting if it saw the stage that the step would have ended."""
    seen = standing.last_sighted if standing is not None else None
    if seen is None or seen.stage is None or due.latest is None or not seen.when.is_exact:
        return None
    if obligation.key not in STAGE_STEPS.get(seen.stage, ()) or obligation.key == "decision_published":
        return None
    return seen.when.latest if seen.when.latest is not None and seen.when.latest > due.latest else None


def _not_computed(obligation: Obligation) -> str:
    if obligation.status is Status.CALENDAR_MISSING:
        reason = gettext(
            "Cannot be computed: there is no working-day calendar for %(year)s.",
            year=obligation.reason or "",
        )
    elif obligation.reason == "before_the_chapter":
        reason = gettext("Cannot be computed: chapter 12-1 was not yet in force when the term would have started.")
    else:
        event = within(label(obligation.reason or "", "event_kind"))
        reason = gettext("Cannot be computed. Date not found: %(event)s.", event=event)
    if obligation.met is None:
        return reason
    done = gettext("Done: %(date)s.", date=date_range(obligation.met))
    return f"{done} {reason}"

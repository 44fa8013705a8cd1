"""From the record to the standing: stage, obligations, who owes what by when and why.

``replay`` is the heart of the portal. It is a function of the record, the law, the calendar and a day; it reads no
clock and keeps
nothing. ``docs/standing.md`` is its contract. The rule above all others: elapsed time alone never moves a stage and
never accuses.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.dates import DateRange
from portal.domain.events import ABOUT_THE_MATTER, DatedClaim, Event, EventKind
from portal.domain.refusals import BeforeTheChapter, CalendarMissing
from portal.domain.stages import ENDED, PROGRESS, Jurisdiction, Level, Outcome, Stage
from portal.domain.statute import Certainty, Edition, Statute, Step, StepKind, Trace
from portal.domain.terms import ONE_DAY, Term, due_date
from portal.domain.working_days import CalendarStatus, WorkingCalendar


class Status(StrEnum):
    """How an obligation stands, or a window for people."""

    MET = "met"
    MET_LATE = "met_late"
    MET_LATENESS_UNKNOWN = "met_lateness_unknown"
    OPEN = "open"
    MAY_HAVE_ENDED = "may_have_ended"
    ENDED_NOT_SEEN = "ended_not_seen"
    OVERDUE = "overdue"
    NOT_OBSERVABLE = "not_observable"
    NO_TERM = "no_term"
    NOT_DUE = "not_due"
    START_UNKNOWN = "start_unknown"
    CALENDAR_MISSING = "calendar_missing"
    RUNS = "runs"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one set of claims makes of an obligation: the claims, and the status and due date that they lead to."""

    claims: tuple[int, ...]
    status: Status
    due: DateRange | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What somebody owes, or may do, on the day of the standing.

    ``days`` counts working days: left until the due date (positive), late (negative), or left when it was met. Where
    dates
    are ranges it is the least favourable number, or ``None``. ``reason`` names what is missing: an event, or a year.
    ``start_inferred`` says that the start was bounded by a sighting and not recorded. ``readings`` is filled where
    disputed claims lead to different results. ``seen_undone_on`` is the day on which somebody last saw an overdue step
    undone.
    """

    key: str
    kind: StepKind
    actor: str
    article: str
    certainty: Certainty
    status: Status
    term: Term | None = None
    longer: Term | None = None
    reason: str | None = None
    editions: tuple[str, ...] = ()
    edition_read: bool = True
    calendar_status: CalendarStatus | None = None
    observable: bool = True
    start: DateRange | None = None
    start_inferred: bool = False
    due: DateRange | None = None
    met: DateRange | None = None
    days: int | None = None
    readings: tuple[Reading, ...] = ()
    seen_undone_on: date | None = None

    @property
    def claims_matter(self) -> bool:
        """Whether sources disagree in a way that changes this obligation."""
        return bool(self.readings)

    @property
    def results_differ(self) -> bool:
        """Whether what sources disagree on changes more than a number of days: how the step stands, or its last day."""
        return len({(each.status, each.due) for each in self.readings}) > 1


@dataclass(frozen=True, slots=True)
class NextByLaw:
    """What the law says comes next, from which day, and whether the record shows it."""

    key: str
    starts_on: date | None
    observed: bool


@dataclass(frozen=True, slots=True)
class OutcomeStated:
    """How the petition ended, by the event that says so."""

    value: Outcome
    event: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A last day to come, and of what."""

    key: str
    when: DateRange


@dataclass(frozen=True, slots=True)
class Sighting:
    """The last time that somebody saw the petition at a stage."""

    when: DateRange
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a petition stands on a day, and everything that follows from the law by then."""

    as_of: date
    known_through: date | None
    jurisdiction: Jurisdiction
    stage: Stage
    stage_since: DateRange | None
    last_sighted: Sighting | None
    by_law_next: NextByLaw | None
    outcome: OutcomeStated | None
    next_due: Due | None
    stage_due: Due | None
    obligations: tuple[Obligation, ...]
    disputed: tuple[int, ...]

    def obligation(self, key: str) -> Obligation | None:
        """Return the obligation with this key, if the standing has it."""
        return next((each for each in self.obligations if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Case:
    """What the law needs to know of a petition besides its events."""

    jurisdiction: Jurisdiction
    level: Level | None


ENTERS: dict[EventKind, Stage] = {
    EventKind.FILED: Stage.PRE_MODERATION,
    EventKind.MODERATION_PASSED: Stage.INITIAL_SUPPORT,
    EventKind.INITIAL_SUPPORT_OPENED: Stage.INITIAL_SUPPORT,
    EventKind.FIFTY_REACHED: Stage.CONFORMITY_CHECK,
    EventKind.REJECTED: Stage.REJECTED,
    EventKind.PUBLISHED: Stage.COLLECTION,
    EventKind.RETURNED: Stage.RETURNED,
    EventKind.THRESHOLD_REACHED: Stage.FORWARDING,
    EventKind.FORWARDED: Stage.REGISTRATION,
    EventKind.RECEIVED: Stage.REGISTRATION,
    EventKind.REGISTERED: Stage.REVIEW,
    EventKind.OVERTAKEN: Stage.OVERTAKEN,
    EventKind.WITHDRAWN: Stage.WITHDRAWN,
    EventKind.DECIDED: Stage.DECIDED,
}
"""Which stage each event opens. A draft decision opens none: announcement, decision and publication are separate."""

STAGE_STEPS: dict[Stage, tuple[str, ...]] = {
    Stage.PRE_MODERATION: ("pre_moderation",),
    Stage.INITIAL_SUPPORT: ("initial_support",),
    Stage.CONFORMITY_CHECK: ("conformity_check",),
    Stage.COLLECTION: ("collection",),
    Stage.REGISTRATION: ("registration",),
    Stage.REVIEW: ("review_central", "review_local"),
    Stage.DECIDED: ("decision_published",),
}
"""The step whose last day is the last day of the stage; a sighting of the stage shows that this step was open."""

ON_RECORD_ONLY = frozenset(
    {"simplified_review", "complaint_forwarded", "complaint_review", "court_claim", "returned_below_threshold"}
)
"""Steps off the main path: shown once an event brings them, never as something that is still to come."""

NEXT_BY_LAW: dict[Stage, tuple[str, EventKind]] = {
    Stage.PRE_MODERATION: ("initial_support", EventKind.MODERATION_PASSED),
    Stage.INITIAL_SUPPORT: ("rejected", EventKind.REJECTED),
    Stage.CONFORMITY_CHECK: ("collection", EventKind.PUBLISHED),
    Stage.COLLECTION: ("returned_below_threshold", EventKind.RETURNED),
    Stage.FORWARDING: ("forwarding", EventKind.FORWARDED),
    Stage.REGISTRATION: ("registration", EventKind.REGISTERED),
    Stage.REVIEW: ("decided", EventKind.DECIDED),
    Stage.RETURNED: ("simplified_review", EventKind.MESSAGE_REGISTERED),
    Stage.DECIDED: ("decision_published", EventKind.DECISION_PUBLISHED),
}


COUNTED = frozenset(EventKind) - ABOUT_THE_MATTER - {
    EventKind.FOLLOW_UP_SET,
    EventKind.FOLLOW_UP_REPORTED,
    EventKind.TERM_REPORTED,
    EventKind.TEXT_CHANGED,
} | {EventKind.COURT_CLAIM_FILED}
"""The kinds that move a stage, or start or meet a step; the others are only told."""

MAIN_PATH = frozenset(STAGE_STEPS) | {Stage.FORWARDING, Stage.REJECTED, Stage.RETURNED}
"""Stages that say how far a petition came; being overtaken or withdrawn says only that it stopped."""

STARTED_BY: dict[str, Stage] = {
    "media_notice": Stage.COLLECTION,
    "forwarding_notice": Stage.REGISTRATION,
    "working_group": Stage.REVIEW,
    "pre_trial_complaint": Stage.DECIDED,
}
"""Steps that are no stage of their own: once a petition is at this stage, their start has come, seen or not."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a petition came on the main path, and whether it stopped there without a decision."""

    furthest: int
    stopped: bool

    def is_past(self, step: Step) -> bool:
        """Whether the start of the step must lie behind, though the record does not have it."""
        if step.key in STARTED_BY:
            return self.furthest >= PROGRESS[STARTED_BY[step.key]]
        if step.stage is None or step.key in ON_RECORD_ONLY:
            return False
        if self.furthest == PROGRESS[Stage.REJECTED]:
            return step.stage is Stage.PRE_MODERATION
        return self.furthest > PROGRESS[step.stage]


def replay(
    events: Iterable[Event],
    statute: Statute,
    calendar: WorkingCalendar,
    on: date,
    *,
    case: Case,
    known_through: date | None = None,
) -> Standing:
    """Return the standing of a petition at the end of the day ``on``.

    ``events`` may come in any order. ``known_through`` is the latest day on which we or a source looked; where it is
    not given
    it is taken from the events. Years without a calendar make no error here: the obligation says so.
    """
    return _Replay(events, statute, calendar, on, case, known_through).standing()


def last_day_looked(events: Iterable[Event], on: date) -> date | None:
    """Return the latest day up to ``on`` for which the record knows something of the petition's own steps.

    Of a range it is the earliest day: that somebody looked later is not known.
    """
    days = [
        claim.when.earliest or claim.when.latest
        for event in events
        if event.kind not in ABOUT_THE_MATTER and event.kind is not EventKind.TERM_REPORTED
        for claim in event.claims
        if claim.when.latest is not None and claim.when.latest <= on and not claim.derived
    ]
    return max(days, default=None)


class _Replay:
    """One replay: the events that had happened by the day, by kind, and what follows from them."""

    def __init__(
        self,
        events: Iterable[Event],
        statute: Statute,
        calendar: WorkingCalendar,
        on: date,
        case: Case,
        known_through: date | None,
    ) -> None:
        every = list(events)
        self.statute = statute
        self.calendar = calendar
        self.on = on
        self.case = case
        self.known_through = known_through or last_day_looked(every, on)
        self.disputed = sorted(event.id for event in every if event.is_disputed() and event.happened_by(on))
        self.by_kind: dict[EventKind, list[Event]] = {}
        self.undated: dict[EventKind, Event] = {}
        for event in sorted((each for each in every if each.kind in COUNTED and each.held), key=_order):
            if event.happened_by(on):
                self.by_kind.setdefault(event.kind, []).append(event)
            elif event.counting() is None:
                self.undated.setdefault(event.kind, event)
        self.sightings = self.by_kind.get(EventKind.SIGHTED, [])

    def standing(self) -> Standing:
        stage, since = self._stage()
        obligations = self._obligations(stage) if self.case.jurisdiction is Jurisdiction.STATUTORY else ()
        stage_due = next(
            (Due(each.key, each.due) for each in obligations if each.key in STAGE_STEPS.get(stage, ()) and each.due),
            None,
        )
        return Standing(
            as_of=self.on,
            known_through=self.known_through,
            jurisdiction=self.case.jurisdiction,
            stage=stage,
            stage_since=since,
            last_sighted=self._last_sighted(),
            by_law_next=self._next_by_law(stage, since, stage_due),
            outcome=self._outcome(),
            next_due=_next_due(obligations, stage_due, self.on),
            stage_due=stage_due,
            obligations=obligations,
            disputed=tuple(self.disputed),
        )

    # Stage ------------------------------------------------------------------------------------------------------------

    def _stage(self) -> tuple[Stage, DateRange | None]:
        if self.case.jurisdiction is Jurisdiction.OUTSIDE:
            return Stage.OUTSIDE, None
        if self.case.jurisdiction is Jurisdiction.UNKNOWN:
            return Stage.UNKNOWN, None
        stage, since = Stage.UNKNOWN, None
        for kind, entered in ENTERS.items():
            if kind in self.by_kind and PROGRESS[entered] > PROGRESS.get(stage, 0):
                stage, since = entered, self.by_kind[kind][0].when()
        for sighting in self.sightings:
            seen = sighting.stage
            if seen is not None and PROGRESS.get(seen, 0) > PROGRESS.get(stage, 0):
                when = sighting.when()
                stage, since = seen, DateRange(None, when.latest) if when else None
        return stage, since

    def _last_sighted(self) -> Sighting | None:
        dated = [(event.when(), event.stage) for event in self.sightings]
        seen = [(when, stage) for when, stage in dated if when is not None and when.latest is not None]
        if not seen:
            return None
        when, stage = max(seen, key=lambda each: (each[0].latest or date.min, each[0].earliest or date.min))
        return Sighting(when, stage)

    def _outcome(self) -> OutcomeStated | None:
        decided = [event for event in self.by_kind.get(EventKind.DECIDED, []) if event.outcome is not None]
        if decided:
            last = decided[-1]
            differ = len({event.outcome for event in decided}) > 1
            assert last.outcome is not None
            return OutcomeStated(last.outcome, last.id, differ or last.is_disputed())
        for kind, outcome in ((EventKind.RETURNED, Outcome.RETURNED), (EventKind.REJECTED, Outcome.REJECTED)):
            if kind in self.by_kind:
                event = self.by_kind[kind][0]
                return OutcomeStated(outcome, event.id, event.is_disputed())
        return None

    def _next_by_law(self, stage: Stage, since: DateRange | None, due: Due | None) -> NextByLaw | None:
        if stage not in NEXT_BY_LAW:
            return None
        key, event = NEXT_BY_LAW[stage]
        if stage in (
            Stage.PRE_MODERATION,
            Stage.INITIAL_SUPPORT,
            Stage.CONFORMITY_CHECK,
            Stage.COLLECTION,
            Stage.REVIEW,
        ):
            last = due.when.latest if due else None
        else:
            last = since.earliest if since else None
        observed = event in self.by_kind or event in self.undated
        return NextByLaw(key, last + ONE_DAY if last else None, observed)

    # Obligations
    # --------------------------------------------------------------------------------------------------------

    def _obligations(self, stage: Stage) -> tuple[Obligation, ...]:
        reach = Reach(self._furthest(stage), stopped=stage in ENDED - {Stage.DECIDED})
        found = (
            self._obligation(step, reach)
            for step in self.statute.editions[-1].steps.values()
            if step.kind is not StepKind.STEP and self._concerns(step)
        )
        return tuple(each for each in found if each is not None)

    def _concerns(self, step: Step) -> bool:
        if step.central is not None:
            return self.case.level is not None and step.central == self.case.level.is_central
        if step.key == "conformity_check" and EventKind.REJECTED in self.by_kind:
            return EventKind.FIFTY_REACHED in self.by_kind  # Rejected in moderation: the fifty may never have joined.
        return True

    def _furthest(self, stage: Stage) -> int:
        """Return how far on the main path the petition came, whatever stopped it there."""
        shown = [entered for kind, entered in ENTERS.items() if kind in self.by_kind]
        return max((PROGRESS[each] for each in (*shown, stage) if each in MAIN_PATH), default=0)

    def _obligation(self, step: Step, reach: Reach) -> Obligation | None:
        met = self._met_by(step)
        if step.starts_with is None:
            return self._return_below_threshold(step, met, reach)
        started = self.by_kind.get(step.starts_with)
        if started:
            return self._assess(step, started[0], met)
        inferred = self._start_from_sighting(step)
        if inferred is not None:
            return self._assess(step, inferred, met, inferred=True)
        if step.starts_with in self.undated or met is not None or reach.is_past(step):
            when = met.when() if met else None
            return self._bare(step, Status.START_UNKNOWN, reason=str(step.starts_with), met=when)
        if step.kind is StepKind.WINDOW or step.key in ON_RECORD_ONLY or reach.stopped:
            return None
        return self._bare(step, Status.NOT_DUE, reason=str(step.starts_with))

    def _return_below_threshold(self, step: Step, met: Event | None, reach: Reach) -> Obligation | None:
        if met is not None:
            return self._bare(step, Status.MET, met=met.when())
        collection = self.statute.editions[-1].steps["collection"]
        window = self._obligation(collection, reach)
        if reach.furthest != PROGRESS[Stage.COLLECTION] or reach.stopped or window is None or window.due is None:
            return None
        ended = window.due.latest is not None and window.due.latest < self.on
        return self._bare(step, Status.NO_TERM, start=window.due) if ended else None

    def _met_by(self, step: Step) -> Event | None:
        """Return the first event that meets the step; one without a date meets it without a day."""
        dated = [event for kind in step.met_by for event in self.by_kind.get(kind, [])]
        if dated:
            return min(dated, key=_order)
        return next((self.undated[kind] for kind in step.met_by if kind in self.undated), None)

    def _start_from_sighting(self, step: Step) -> Event | None:
        """Bound an unrecorded start by the first time that the stage was seen: it began on that day or before.

        Our reading (D). The other side is the first day of the chapter: there were no such petitions before it.
        """
        if step.stage is None or step.kind is StepKind.STEP:
            return None
        seen = [event for event in self.sightings if event.stage is step.stage]
        days = [when.latest for event in seen if (when := event.when()) is not None and when.latest is not None]
        if not days:
            return None
        first = min(days)
        if first < self.statute.begins_on:
            return None
        bound = DatedClaim(seen[0].claims[0].id, DateRange(self.statute.begins_on, first))
        return Event(seen[0].id, EventKind.SIGHTED, (bound,))

    # One obligation
    # -----------------------------------------------------------------------------------------------------

    def _assess(self, step: Step, start: Event, met: Event | None, *, inferred: bool = False) -> Obligation:
        start_when = start.when()
        assert start_when is not None
        met_when = met.when() if met else None
        whole = self._judge(step, start_when, met, met_when)
        readings = self._readings(step, start, met)
        edition = whole.editions[0] if whole.editions else self.statute.editions[0]
        law = edition.steps[step.key]
        return Obligation(
            key=step.key,
            kind=step.kind,
            actor=step.actor,
            article=law.article,
            certainty=law.certainty,
            term=law.term,
            longer=law.longer,
            status=whole.status,
            reason=whole.reason,
            editions=tuple(each.id for each in whole.editions),
            edition_read=all(each.has_read(law.article) for each in whole.editions),
            calendar_status=whole.calendar_status,
            observable=step.trace is not Trace.NO,
            start=start_when,
            start_inferred=inferred,
            due=whole.due,
            met=met_when,
            days=whole.days,
            readings=readings,
            seen_undone_on=self._seen_undone_on(step, whole),
        )

    def _bare(
        self,
        step: Step,
        status: Status,
        *,
        reason: str | None = None,
        met: DateRange | None = None,
        start: DateRange | None = None,
    ) -> Obligation:
        return Obligation(
            key=step.key,
            kind=step.kind,
            actor=step.actor,
            article=step.article,
            certainty=step.certainty,
            term=step.term,
            longer=step.longer,
            status=status,
            reason=reason,
            observable=step.trace is not Trace.NO,
            met=met,
            start=start,
        )

    def _readings(self, step: Step, start: Event, met: Event | None) -> tuple[Reading, ...]:
        """Return what each combination of disputed claims leads to, if they lead to different things."""
        starts = _standing_claims(start)
        mets = _standing_claims(met) if met else ()
        if len(starts) < 2 and len(mets) < 2:
            return ()
        found = []
        for claim in starts:
            for other in mets or (None,):
                judged = self._judge(step, claim.when, met if other else None, other.when if other else None)
                ids = (claim.id, other.id) if other else (claim.id,)
                found.append(Reading(ids, judged.status, judged.due, judged.days))
        differ = len({(each.status, each.due, each.days) for each in found}) > 1
        return tuple(found) if differ else ()

    def _judge(self, step: Step, start: DateRange, met: Event | None, met_when: DateRange | None) -> "_Judgement":
        try:
            editions = self.statute.within(start)
        except BeforeTheChapter:
            return _Judgement(Status.START_UNKNOWN, reason="before_the_chapter")
        terms = [each.steps[step.key].term for each in editions]
        if all(term is None for term in terms):
            return _Judgement(Status.MET if met else Status.NO_TERM, editions=editions)
        try:
            due = self._due([term for term in terms if term is not None], start)
        except CalendarMissing as missing:
            return _Judgement(Status.CALENDAR_MISSING, reason=str(missing.year), editions=editions)
        assert due.latest is not None
        status = self._status(step, due, met, met_when)
        span = (start.earliest or start.latest or due.latest, due.latest)
        return _Judgement(
            status,
            due=due,
            days=self._days(status, due, met_when),
            editions=editions,
            calendar_status=self.calendar.status(min(span), max(span)),
        )

    def _due(self, terms: Sequence[Term], start: DateRange) -> DateRange:
        """Return the range of the last day over every edition and both ends of the start."""
        ends = [start.latest] if start.earliest is None else [max(start.earliest, self.statute.begins_on), start.latest]
        days = [due_date(term, end, self.calendar) for term in terms for end in dict.fromkeys(ends) if end is not None]
        return DateRange(None if start.earliest is None else min(days), max(days))

    def _status(self, step: Step, due: DateRange, met: Event | None, met_when: DateRange | None) -> Status:
        assert due.latest is not None
        if step.kind is StepKind.WINDOW:
            return Status.ENDED if met or due.latest < self.on else Status.RUNS
        if met is not None:
            return _met_status(due, met_when)
        if step.trace is Trace.NO:
            return Status.NOT_OBSERVABLE
        if due.earliest is not None and self.on <= due.earliest:
            return Status.OPEN
        if self.on <= due.latest:
            return Status.MAY_HAVE_ENDED
        return Status.OVERDUE if any(self._seen_open_after(step, due.latest)) else Status.ENDED_NOT_SEEN

    def _seen_undone_on(self, step: Step, judged: "_Judgement") -> date | None:
        if judged.status is not Status.OVERDUE or judged.due is None or judged.due.latest is None:
            return None
        return max(self._seen_open_after(step, judged.due.latest))

    def _seen_open_after(self, step: Step, last_day: date) -> Iterator[date]:
        """Return each day on which somebody looked after the last day and saw the step still undone."""
        for sighting in self.sightings:
            when = sighting.when()
            if when is None or when.latest is None or when.earliest is None or when.earliest <= last_day:
                continue
            by_stage = sighting.stage is not None and step.key in STAGE_STEPS.get(sighting.stage, ())
            # "Decided" says nothing of publication.
            if step.key in sighting.still_open or (by_stage and step.key != "decision_published"):
                yield when.latest

    def _days(self, status: Status, due: DateRange, met: DateRange | None) -> int | None:
        assert due.latest is not None
        try:
            match status:
                case Status.OPEN:
                    return self.calendar.working_days_between(self.on, due.earliest or due.latest)
                case Status.RUNS:
                    return self.calendar.working_days_between(self.on, due.latest)
                case Status.OVERDUE | Status.ENDED_NOT_SEEN:
                    return -self.calendar.working_days_between(due.latest, self.on)
                case Status.MET if met and met.latest and due.earliest:
                    return self.calendar.working_days_between(met.latest, due.earliest)
                case Status.MET_LATE if met and met.earliest:
                    return -self.calendar.working_days_between(due.latest, met.earliest)
                case _:
                    return None
        except CalendarMissing:
            return None  # The day asked for lies outside the calendars; the status still holds.


@dataclass(frozen=True, slots=True)
class _Judgement:
    status: Status
    reason: str | None = None
    due: DateRange | None = None
    days: int | None = None
    editions: tuple[Edition, ...] = ()
    calendar_status: CalendarStatus | None = None


def _met_status(due: DateRange, met: DateRange | None) -> Status:
    if met is not None:
        if met.latest is not None and due.earliest is not None and met.latest <= due.earliest:
            return Status.MET
        if met.earliest is not None and due.latest is not None and met.earliest > due.latest:
            return Status.MET_LATE
    return Status.MET_LATENESS_UNKNOWN


def _next_due(obligations: Sequence[Obligation], stage_due: Due | None, on: date) -> Due | None:
    """Return the nearest last day that is still to come: of a duty, or of the window that the stage is."""
    coming = list(_coming(obligations, stage_due, on))
    return min(coming, key=lambda each: (each.when.latest or date.max, each.key), default=None)


def _coming(obligations: Sequence[Obligation], stage_due: Due | None, on: date) -> Iterator[Due]:
    for each in obligations:
        if each.due is None or each.due.latest is None or each.due.latest < on:
            continue
        if each.status in (Status.OPEN, Status.MAY_HAVE_ENDED) or (
            each.status is Status.RUNS and stage_due is not None and each.key == stage_due.key
        ):
            yield Due(each.key, each.due)


def _standing_claims(event: Event) -> tuple[DatedClaim, ...]:
    counting = event.counting()
    return (counting, *event.rival_claims()) if counting else ()


def _order(event: Event) -> tuple[date, date, str, int]:
    when = event.when() or DateRange(None, None)
    return (when.latest or date.max, when.earliest or date.min, str(event.kind), event.id)

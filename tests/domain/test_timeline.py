"""The standing of petitions: what is said, and above all what is not."""

from datetime import date

import pytest
from hypothesis import given as hypothetically
from hypothesis import strategies as st

from portal.domain.dates import DateRange
from portal.domain.events import DatedClaim, Event, EventKind
from portal.domain.stages import PROGRESS, Outcome, Stage
from portal.domain.timeline import ENTERS, Status, replay
from tests.given import LOCAL, OUTSIDE, STATUTORY, UNKNOWN, day, event, seen, when


@pytest.fixture
def standing(statute, calendar):
    """Replay events on a day, for a petition to a ministry unless told otherwise."""

    def replayed(on, *events, case=STATUTORY):
        return replay(events, statute, calendar, day(on), case=case)

    return replayed


CENTRAL = (
    event("moderation_passed", "..2024-05-29"),
    event("published", "2024-05-29"),
    event("threshold_reached", "2024-06-09", "..2024-06-11"),
    event("registered", "2024-06-10"),
    event("term_reported", "2024-08-05", "2024-08-06", step="review"),
    event("discussion_held", "2024-08-01"),
    event("draft_announced", "2024-08-01"),
    event("decided", "2024-08-01", "2024-08-06", "", outcome=Outcome.PARTIALLY_GRANTED),
)


def test_the_central_case_is_under_review_until_the_sixth_of_august(standing):
    now = standing("2024-07-01", *CENTRAL)
    assert now.stage is Stage.REVIEW
    assert now.outcome is None
    assert (now.next_due.key, now.next_due.when) == ("review_central", when("2024-08-06"))
    review = now.obligation("review_central")
    assert (review.status, review.article, review.editions) == (Status.OPEN, "90-5(1)", ("2024-04-04",))
    assert review.edition_read
    assert review.days == 25


def test_the_central_case_is_decided_on_disputed_days_and_in_time_on_both(standing):
    now = standing("2026-11-21", *CENTRAL)
    assert now.stage is Stage.DECIDED
    assert now.stage_since == when("2024-08-01..2024-08-06")
    assert (now.outcome.value, now.outcome.disputed) == (Outcome.PARTIALLY_GRANTED, True)
    review = now.obligation("review_central")
    assert (review.status, review.met, review.days) == (Status.MET, when("2024-08-01..2024-08-06"), 0)
    assert review.claims_matter  # In time on both days, but three working days early on one and none on the other.
    assert {reading.days for reading in review.readings} == {0, 3}


def test_a_decision_not_seen_published_is_no_accusation(standing):
    published = standing("2026-11-21", *CENTRAL).obligation("decision_published")
    assert published.status is Status.ENDED_NOT_SEEN
    assert published.due == when("2024-08-02..2024-08-07")


def test_the_notice_of_a_discussion_counts_back(standing):
    notice = standing("2024-08-10", *CENTRAL).obligation("public_discussion_notice")
    assert (notice.due, notice.status) == (when("2024-07-29"), Status.ENDED_NOT_SEEN)
    told = standing("2024-08-10", *CENTRAL, event("discussion_notified", "2024-07-29"))
    assert told.obligation("public_discussion_notice").status is Status.MET


def test_what_was_last_seen_collecting_stays_so_and_is_not_said_to_collect(standing):
    """Elapsed time moves no stage; it ends the window, and the law's next step was not seen."""
    now = standing("2026-11-21", seen("2024-07-01", Stage.COLLECTION), event("published", "2024-05-25"))
    assert now.stage is Stage.COLLECTION
    window = now.obligation("collection")
    assert (window.status, window.due) == (Status.ENDED, when("2024-11-25"))
    assert (now.by_law_next.key, now.by_law_next.starts_on, now.by_law_next.observed) == (
        "returned_below_threshold",
        day("2024-11-26"),
        False,
    )
    assert now.next_due is None
    assert now.obligation("returned_below_threshold").status is Status.NO_TERM


def test_a_first_sighting_bounds_a_start_that_nobody_recorded(standing):
    now = standing("2025-12-31", seen("2025-10-01..2025-10-31", Stage.PRE_MODERATION))
    check = now.obligation("pre_moderation")
    assert check.start_inferred
    assert check.start == when("2024-04-04..2025-10-31")
    assert check.due.latest == day("2025-11-28")
    assert check.status is Status.ENDED_NOT_SEEN
    assert check.editions == ("2024-04-04", "2024-09")
    assert not check.edition_read


def test_overdue_needs_somebody_to_have_looked(standing):
    under_review = (event("registered", "2026-03-02"),)
    assert standing("2026-06-01", *under_review).obligation("review_central").status is Status.ENDED_NOT_SEEN
    early = seen("2026-05-04", Stage.REVIEW)
    assert standing("2026-06-01", *under_review, early).obligation("review_central").status is Status.ENDED_NOT_SEEN
    late = seen("2026-05-05", Stage.REVIEW)
    now = standing("2026-05-06", *under_review, late).obligation("review_central")
    assert (now.status, now.days) == (Status.OVERDUE, -2)


def test_a_page_seen_without_its_stage_accuses_nobody(standing):
    now = standing("2026-06-01", event("registered", "2026-03-02"), seen("2026-05-20"))
    assert now.obligation("review_central").status is Status.ENDED_NOT_SEEN


def test_a_step_seen_undone_by_name_is_overdue(standing):
    decided = event("decided", "2026-04-01", outcome=Outcome.REFUSED)
    looked = seen("2026-04-10", Stage.DECIDED, ("decision_published",))
    assert standing("2026-04-10", decided).obligation("decision_published").status is Status.ENDED_NOT_SEEN
    assert standing("2026-04-10", decided, looked).obligation("decision_published").status is Status.OVERDUE


def test_a_step_without_a_public_trace_is_never_open_nor_late(standing):
    for on in ("2024-06-01", "2026-01-01"):
        notice = standing(on, event("published", "2024-05-29")).obligation("media_notice")
        assert notice.status is Status.NOT_OBSERVABLE
        assert notice.due == when("2024-06-05")


@pytest.mark.parametrize(
    ("met", "status", "days"),
    [
        ("2024-08-05", Status.MET, 1),
        ("2024-08-06", Status.MET, 0),
        ("2024-08-07", Status.MET_LATE, -1),
        ("2024-08-01..2024-08-31", Status.MET_LATENESS_UNKNOWN, None),
        ("..2024-08-31", Status.MET_LATENESS_UNKNOWN, None),
    ],
)
def test_a_decision_is_in_time_late_or_neither_is_known(standing, met, status, days):
    now = standing("2024-12-02", event("registered", "2024-06-10"), event("decided", met))
    review = now.obligation("review_central")
    assert (review.status, review.days) == (status, days)


def test_an_undated_decision_says_nothing_of_lateness(standing):
    review = standing("2024-12-02", event("registered", "2024-06-10"), event("decided", "")).obligation(
        "review_central"
    )
    assert (review.status, review.met) == (Status.MET_LATENESS_UNKNOWN, None)


def test_a_range_of_starts_gives_a_range_of_last_days(standing):
    start = event("registered", "2024-06-10..2024-06-12")
    assert standing("2024-08-06", start).obligation("review_central").status is Status.OPEN
    assert standing("2024-08-07", start).obligation("review_central").status is Status.MAY_HAVE_ENDED
    assert standing("2024-08-09", start).obligation("review_central").status is Status.ENDED_NOT_SEEN


def test_disputed_starts_show_what_each_would_mean(standing):
    now = standing("2024-08-06", event("registered", "2024-06-07", "2024-06-10"))
    review = now.obligation("review_central")
    assert review.status is Status.MAY_HAVE_ENDED
    assert [(each.status, each.due) for each in review.readings] == [
        (Status.ENDED_NOT_SEEN, when("2024-08-05")),
        (Status.OPEN, when("2024-08-06")),
    ]


def test_a_vaguer_source_disputes_nothing():
    assert not event("threshold_reached", "2024-06-09", "..2024-06-11").is_disputed()
    assert event("threshold_reached", "2024-06-09", "2024-06-11").is_disputed()
    assert not event("threshold_reached", "2024-06-09", "~2024-06-11").is_disputed()


def test_the_chosen_claim_counts_and_without_one_the_first_that_is_not_ours():
    assert event("decided", "2024-08-01", "!2024-08-06").counting().when == when("2024-08-06")
    assert event("decided", "", "~2024-08-05", "2024-08-06").counting().when == when("2024-08-06")
    assert event("decided", "~2024-08-05").counting().when == when("2024-08-05")
    assert event("decided", "").counting() is None


def test_a_maslikhat_has_twenty_working_days(standing):
    now = standing("2026-05-01", event("registered", "2026-04-20"), case=LOCAL)
    assert now.obligation("review_central") is None
    assert now.obligation("review_local").due == when("2026-05-21")


@pytest.mark.parametrize(("case", "stage"), [(OUTSIDE, Stage.OUTSIDE), (UNKNOWN, Stage.UNKNOWN)])
def test_a_petition_not_known_to_be_statutory_has_no_terms(standing, case, stage):
    now = standing("2026-11-21", *CENTRAL, case=case)
    assert now.stage is stage
    assert now.obligations == ()
    assert now.next_due is None


def test_a_term_into_a_year_without_a_calendar_says_so(standing):
    review = standing("2027-12-20", event("registered", "2027-12-01")).obligation("review_central")
    assert (review.status, review.reason, review.due) == (Status.CALENDAR_MISSING, "2028", None)


def test_a_standing_on_a_day_outside_the_calendars_still_stands(standing):
    for on in ("2031-05-05", "0001-01-01", "9999-12-31"):
        assert standing(on, *CENTRAL).stage in {Stage.DECIDED, Stage.UNKNOWN}


def test_a_petition_that_went_no_further_owes_no_further_steps(standing):
    rejected = standing("2026-11-21", event("rejected", "..2025-11-14"))
    assert rejected.stage is Stage.REJECTED
    assert rejected.outcome.value is Outcome.REJECTED
    assert [each.key for each in rejected.obligations] == ["pre_moderation"]
    withdrawn = standing("2026-11-21", event("published", "2026-05-04"), event("withdrawn", "2026-06-01"))
    assert withdrawn.stage is Stage.WITHDRAWN
    assert withdrawn.obligation("review_central") is None


def test_a_meeting_that_was_called_off_asks_for_no_notice(standing):
    now = standing("2024-08-10", event("registered", "2024-06-10"), event("discussion_held", "2024-08-01", held=False))
    assert now.obligation("public_discussion_notice").status is Status.NOT_DUE


# What holds whatever the record is ------------------------------------------------------------------------------------

DAYS = st.dates(date(2024, 4, 4), date(2027, 6, 30))
LAWFUL = (
    EventKind.FILED,
    EventKind.MODERATION_PASSED,
    EventKind.FIFTY_REACHED,
    EventKind.PUBLISHED,
    EventKind.THRESHOLD_REACHED,
    EventKind.FORWARDED,
    EventKind.RECEIVED,
    EventKind.REGISTERED,
    EventKind.DECIDED,
    EventKind.DECISION_PUBLISHED,
)


@st.composite
def ranges(draw):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    kind = draw(st.sampled_from(["day", "range", "open", "none"]))
    return {
        "day": DateRange.on(first),
        "range": DateRange(first, last),
        "open": DateRange(None, last),
        "none": DateRange(None, None),
    }[kind]


@st.composite
def records(draw):
    """Any record at all: events of any kind in any order, with claims that agree or do not."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        claims = [
            DatedClaim(100 * number + place, when, derived=draw(st.booleans()))
            for place, when in enumerate(draw(st.lists(ranges(), min_size=1, max_size=3)))
        ]
        made.append(
            Event(
                number + 1,
                draw(st.sampled_from(EventKind)),
                tuple(claims),
                stage=draw(st.sampled_from([None, *PROGRESS])),
                outcome=draw(st.sampled_from([None, *Outcome])),
                held=draw(st.booleans()),
            )
        )
    return made


@st.composite
def histories(draw):
    """A lawful history: the steps of the main path, each not before the last, all on known days."""
    days = sorted(draw(st.lists(DAYS, min_size=len(LAWFUL), max_size=len(LAWFUL))))
    upto = draw(st.integers(1, len(LAWFUL)))
    return [
        Event(number + 1, kind, (DatedClaim(number + 1, DateRange.on(on)),))
        for number, (kind, on) in enumerate(zip(LAWFUL[:upto], days, strict=False))
    ]


@hypothetically(record=records(), on=DAYS, data=st.data())
def test_the_order_in_which_events_are_recorded_changes_nothing(statute, calendar, record, on, data):
    shuffled = data.draw(st.permutations(record))
    assert replay(shuffled, statute, calendar, on, case=STATUTORY) == replay(
        record, statute, calendar, on, case=STATUTORY
    )


@hypothetically(record=records(), on=DAYS)
def test_nothing_is_overdue_where_nobody_looked(statute, calendar, record, on):
    unseen = [each for each in record if each.kind is not EventKind.SIGHTED]
    now = replay(unseen, statute, calendar, on, case=STATUTORY)
    assert Status.OVERDUE not in {each.status for each in now.obligations}


@hypothetically(history=histories(), data=st.data())
def test_a_prefix_never_shows_a_later_stage_than_its_last_step_opens(statute, calendar, history, data):
    upto = data.draw(st.integers(1, len(history)))
    prefix = history[:upto]
    on = prefix[-1].claims[0].when.latest
    opened = [ENTERS[each.kind] for each in prefix if each.kind in ENTERS]
    stage = replay(prefix, statute, calendar, on, case=STATUTORY).stage
    assert PROGRESS[stage] == max(PROGRESS[each] for each in opened)


@hypothetically(history=histories(), first=DAYS, second=DAYS)
def test_a_stage_never_goes_back(statute, calendar, history, first, second):
    early, late = sorted((first, second))
    before = replay(history, statute, calendar, early, case=STATUTORY).stage
    after = replay(history, statute, calendar, late, case=STATUTORY).stage
    assert PROGRESS.get(before, 0) <= PROGRESS.get(after, 0)


def _widened(when, before, after):
    return DateRange(
        None if when.earliest is None or before is None else min(when.earliest, before),
        None if when.latest is None else max(when.latest, after),
    )


@hypothetically(start=ranges(), looked=ranges(), on=DAYS, before=st.one_of(st.none(), DAYS), after=DAYS, data=st.data())
def test_a_wider_date_never_turns_may_have_ended_into_overdue(
    statute, calendar, start, looked, on, before, after, data
):
    def status(start, looked):
        events = [
            Event(1, EventKind.REGISTERED, (DatedClaim(1, start),)),
            Event(2, EventKind.SIGHTED, (DatedClaim(2, looked),), stage=Stage.REVIEW),
        ]
        found = replay(events, statute, calendar, on, case=STATUTORY).obligation("review_central")
        return found.status if found else None

    narrow = status(start, looked)
    widen_start = data.draw(st.booleans())
    wide = (
        status(_widened(start, before, after), looked)
        if widen_start
        else status(start, _widened(looked, before, after))
    )
    if narrow is not Status.OVERDUE:
        assert wide is not Status.OVERDUE

"""What differs between two standings, and what does not count as a difference."""

import pytest

from portal.domain.stages import Outcome, Stage
from portal.domain.standing_difference import (
    ObligationDifference,
    OutcomeDifference,
    StageDifference,
    differences,
)
from portal.domain.timeline import Status, replay
from tests.given import OUTSIDE, STATUTORY, day, event, seen, when

ON = "2026-06-01"
REGISTERED = event("registered", "2026-03-02")


@pytest.fixture
def standing(statute, calendar):
    """Replay events on the first of June 2026."""

    def replayed(*events, case=STATUTORY, on=ON):
        return replay(events, statute, calendar, day(on), case=case)

    return replayed


def obligation(found, key):
    return next(each for each in found if isinstance(each, ObligationDifference) and each.key == key)


def test_one_record_differs_in_nothing_from_itself(standing):
    one = standing(REGISTERED, seen("2026-05-20", Stage.REVIEW))
    assert differences(one, one) == ()


def test_an_event_put_in_the_place_of_another_is_no_difference_of_outcome(standing):
    before = standing(REGISTERED, event("decided", "2026-04-01", outcome=Outcome.REFUSED))
    after = standing(REGISTERED, event("decided", "2026-04-01", outcome=Outcome.REFUSED))
    assert before.outcome.event != after.outcome.event
    assert differences(before, after) == ()


def test_a_look_that_saw_nothing_done_makes_the_review_overdue(standing):
    found = differences(standing(REGISTERED), standing(REGISTERED, seen("2026-05-20", Stage.REVIEW)))
    review = obligation(found, "review_central")
    assert (review.before.status, review.after.status) == (Status.ENDED_NOT_SEEN, Status.OVERDUE)
    assert len(found) == 1


def test_a_decision_changes_the_stage_the_outcome_and_what_follows(standing):
    before, after = standing(REGISTERED), standing(REGISTERED, event("decided", "2026-04-01", outcome=Outcome.GRANTED))
    found = differences(before, after)
    assert found[0] == StageDifference(Stage.REVIEW, Stage.DECIDED, when("2026-03-02"), when("2026-04-01"))
    assert isinstance(found[1], OutcomeDifference)
    assert (found[1].before, found[1].after.value) == (None, Outcome.GRANTED)
    assert obligation(found, "review_central").after.status is Status.MET
    assert obligation(found, "subject_lock").before is None


def test_another_day_of_registration_moves_the_last_day_and_the_stage(standing):
    found = differences(standing(REGISTERED), standing(event("registered", "2026-03-03")))
    assert found[0] == StageDifference(Stage.REVIEW, Stage.REVIEW, when("2026-03-02"), when("2026-03-03"))
    review = obligation(found, "review_central")
    assert review.before.due.latest < review.after.due.latest


def test_what_leaves_the_list_of_terms_is_named_last(standing):
    found = differences(standing(REGISTERED), standing(REGISTERED, case=OUTSIDE))
    assert all(each.after is None for each in found[1:])
    assert obligation(found, "review_central").after is None


def test_a_rival_claim_that_changes_the_result_is_a_difference(standing):
    one = event("registered", "2026-03-02")
    two = event("registered", "2026-03-02", "2026-04-20")
    on = "2026-05-15"
    found = differences(standing(one, on=on), standing(two, on=on))
    assert obligation(found, "review_central").after.results_differ

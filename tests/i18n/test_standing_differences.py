"""Differences of two standings in words: whole sentences, and no accusation where nobody looked."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from portal.domain.dates import DateRange
from portal.domain.stages import Outcome, Stage
from portal.domain.standing_difference import (
    ObligationDifference,
    OutcomeDifference,
    StageDifference,
    differences,
)
from portal.domain.statute import Certainty, StepKind
from portal.domain.terms import Term, Unit
from portal.domain.timeline import Obligation, OutcomeStated, Reading, Status, replay
from portal.i18n.standing_differences import sentences
from tests.given import STATUTORY, event, seen

DUE = DateRange.on(date(2024, 8, 6))
REVIEW = Obligation(
    "review_central",
    StepKind.DUTY,
    "body",
    "90-5(1)",
    Certainty.READ,
    Status.OPEN,
    term=Term(40, Unit.WORKING_DAYS),
    reason="registered",
    due=DUE,
    days=5,
)
OVERDUE = replace(REVIEW, status=Status.OVERDUE, days=-3, seen_undone_on=date(2024, 8, 8))
MET = replace(REVIEW, status=Status.MET, met=DUE, days=0)


@pytest.fixture
def told(said):
    """The sentences of one difference in each language."""
    return lambda difference: said(lambda: " ".join(sentences([difference])))


def test_the_review_becomes_overdue_by_three_working_days(told):
    assert told(ObligationDifference("review_central", REVIEW, OVERDUE)) == {
        "kk": (
            "Орталық мемлекеттік органның қарауы. Жаңа жағдайы: мерзімі 3 жұмыс күні бұрын өткен"
            " (соңғы күні: 2024 жылғы 6 тамыз). 2024 жылғы 8 тамыз күні тексергенімізде орындалмаған еді."
            " Бұрынғысы: 5 жұмыс күні қалды. Соңғы күні: 2024 жылғы 6 тамыз."
        ),
        "ru": (
            "Рассмотрение центральным государственным органом. Станет: срок истек 3 рабочих дня назад"
            " (последний день: 6 августа 2024 года). При проверке 8 августа 2024 года исполнения не было."
            " Было: осталось 5 рабочих дней. Последний день: 6 августа 2024 года."
        ),
        "en": (
            "Review by a central state body becomes overdue by 3 working days (last day: 6 August 2024)."
            " On 8 August 2024 it was still not done. It was: 5 working days left. Last day: 6 August 2024."
        ),
    }


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OVERDUE])
def test_no_other_status_is_called_overdue(told, status):
    becomes = replace(REVIEW, status=status, reason="2026" if status is Status.CALENDAR_MISSING else "registered")
    if status is Status.OPEN:
        becomes = replace(becomes, due=DateRange.on(date(2024, 8, 7)))
    words = told(ObligationDifference("review_central", REVIEW, becomes))
    assert all(words.values())
    assert "overdue" not in words["en"].lower()
    assert "истек " not in words["ru"]
    assert "бұрын өт" not in words["kk"]


def test_every_pair_of_statuses_has_words(app, lang):
    for before, after in product(Status, repeat=2):
        was = replace(REVIEW, status=before, reason="2026" if before is Status.CALENDAR_MISSING else "registered")
        becomes = replace(OVERDUE, status=after, reason="2026" if after is Status.CALENDAR_MISSING else "registered")
        for one, other in ((was, becomes), (None, becomes), (was, None)):
            (found,) = sentences([ObligationDifference("review_central", one, other)])
            assert found.endswith(".")
            assert "%(" not in found


def test_a_moved_last_day_is_told_alone(told):
    moved = replace(REVIEW, due=DateRange.on(date(2024, 8, 7)), days=6)
    assert told(ObligationDifference("review_central", REVIEW, moved))["en"] == (
        "Review by a central state body: the last day becomes: 7 August 2024. It was: 6 August 2024."
    )


def test_a_term_that_goes_is_told_with_how_it_stood(told):
    assert told(ObligationDifference("review_central", MET, None))["en"] == (
        "Review by a central state body: no longer among the terms. It was: met on the last day: 6 August 2024."
    )


def test_sources_that_come_to_disagree_are_told(told):
    disputed = replace(MET, readings=(Reading((1,), Status.MET, DUE, 0), Reading((2,), Status.MET_LATE, DUE, -1)))
    assert "depends on which is right" in told(ObligationDifference("review_central", MET, disputed))["en"]
    assert "no longer depends" in told(ObligationDifference("review_central", disputed, MET))["en"]


def test_stages_and_outcomes_are_told(told):
    may, june = DateRange.on(date(2024, 5, 29)), DateRange.on(date(2024, 6, 10))
    assert told(StageDifference(Stage.COLLECTION, Stage.REVIEW, may, june))["ru"].startswith("Этап изменится: ")
    assert "29 May 2024" in told(StageDifference(Stage.REVIEW, Stage.REVIEW, may, june))["en"]
    granted, refused = (
        OutcomeStated(Outcome.GRANTED, 1, disputed=False),
        OutcomeStated(Outcome.REFUSED, 2, disputed=True),
    )
    assert told(OutcomeDifference(None, granted))["en"].endswith("None was recorded before.")
    assert told(OutcomeDifference(granted, None))["en"].startswith("The outcome is no longer recorded.")
    assert told(OutcomeDifference(granted, refused))["en"].endswith("Sources disagree on the decision.")
    assert told(OutcomeDifference(refused, granted))["en"].endswith("Sources no longer disagree on the decision.")


def test_a_real_difference_reads_whole(said, statute, calendar):
    on = date(2026, 5, 6)
    registered = event("registered", "2026-03-02")
    before = replay([registered], statute, calendar, on, case=STATUTORY)
    after = replay([registered, seen("2026-05-05", Stage.REVIEW)], statute, calendar, on, case=STATUTORY)
    words = said(lambda: sentences(differences(before, after)))
    assert len(words["en"]) == 1
    assert words["en"][0].startswith("Review by a central state body becomes overdue by 2 working days")

"""The editions of chapter 12-1, and what was not read of them."""

import pytest

from portal.domain.refusals import BeforeTheChapter
from portal.domain.statute import StepKind
from tests.given import day, when


def test_there_are_four_editions_in_their_order(statute):
    assert [each.id for each in statute.editions] == ["2024-04-04", "2024-09", "2026-03-02", "2026-08-25"]


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2024-04-04", "2024-04-04"),
        ("2024-08-30", "2024-04-04"),
        ("2024-10-01", "2024-09"),
        ("2026-03-01", "2024-09"),
        ("2026-03-02", "2026-03-02"),
        ("2026-08-24", "2026-03-02"),
        ("2026-08-25", "2026-08-25"),
        ("9999-12-31", "2026-08-25"),
    ],
)
def test_each_day_has_its_edition(statute, on, edition):
    assert statute.on(day(on)).id == edition
    assert len(statute.possible_on(day(on))) == 1


def test_a_first_day_known_roughly_leaves_two_editions_possible(statute):
    possible = [each.id for each in statute.possible_on(day("2024-09-15"))]
    assert possible == ["2024-04-04", "2024-09"]
    assert statute.on(day("2024-09-15")).id == "2024-04-04"


def test_a_range_of_days_names_every_edition_in_it(statute):
    assert [each.id for each in statute.within(when("2024-05-01..2026-03-02"))] == [
        "2024-04-04",
        "2024-09",
        "2026-03-02",
    ]
    assert [each.id for each in statute.within(when("..2024-05-01"))] == ["2024-04-04"]


def test_there_is_no_edition_before_the_chapter(statute):
    for on in ("2024-04-03", "0001-01-01"):
        with pytest.raises(BeforeTheChapter):
            statute.on(day(on))
        with pytest.raises(BeforeTheChapter):
            statute.within(when(on))


def test_what_was_not_read_is_said_and_another_edition_stands_in(statute):
    first, second, read, last = statute.editions
    assert first.has_read("90-5(1)")
    assert not first.has_read("90-2(5)")
    assert not second.has_read("90-2(3)")
    assert read.has_read("90-2(3)")
    assert not last.has_read("90-5(1)")
    assert [each.stands_in for each in statute.editions] == ["2026-03-02", "2026-03-02", None, "2026-03-02"]


def test_the_barred_subjects_are_sixteen_and_never_dated_back(statute):
    counted = {each.id: len(each.barred) for each in statute.editions}
    assert counted == {"2024-04-04": 0, "2024-09": 0, "2026-03-02": 16, "2026-08-25": 0}
    subjects = statute.editions[2].barred
    assert [each.no for each in subjects] == list(range(1, 17))
    assert all(set(each.names) == {"kk", "ru", "en"} and all(each.names.values()) for each in subjects)


@pytest.mark.parametrize(
    ("on", "edition"),
    [("2024-05-29", None), ("2026-03-01", None), ("2026-03-02", "2026-03-02"), ("2026-11-21", "2026-03-02")],
)
def test_a_list_of_barred_subjects_stands_in_later_and_never_earlier(statute, on, edition):
    found = statute.barred_on(day(on))
    assert (found.id if found else None) == edition


def test_every_obligation_of_the_contract_is_there_with_its_article(statute):
    steps = statute.editions[2].steps
    owed = {key: (step.article, step.kind) for key, step in steps.items() if step.kind is not StepKind.STEP}
    assert {key: article for key, (article, _) in owed.items()} == {
        "pre_moderation": "90-2(5)",
        "initial_support": "90-2(4)(1)",
        "conformity_check": "90-2(5)",
        "media_notice": "90-2(8)",
        "collection": "90-3(2)",
        "returned_below_threshold": "90-3(5)",
        "simplified_review": "76(1)",
        "forwarding": "90-4(1)",
        "forwarding_notice": "90-4(1)",
        "registration": "64(3)",
        "review_central": "90-5(1)",
        "review_local": "90-5(1)",
        "working_group": "90-5(2)(3)",
        "public_discussion_notice": "90-5(2)(2)",
        "decision_published": "90-6(3)",
        "official_statement": "90-6(3)",
        "subject_lock": "90-2(4)(3)",
        "pre_trial_complaint": "92",
        "complaint_forwarded": "91(4)",
        "complaint_review": "99",
        "court_claim": "136",
    }
    windows = {key for key, (_, kind) in owed.items() if kind is StepKind.WINDOW}
    assert windows == {"initial_support", "collection", "subject_lock", "pre_trial_complaint", "court_claim"}

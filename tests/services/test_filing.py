"""Before a petition is filed: the facts of the page, similar petitions, and the dates to expect."""

from datetime import date

import pytest
import yaml

from portal.domain.dates import DateRange
from portal.domain.refusals import BeforeTheChapter
from portal.domain.stages import Level
from portal.domain.timeline import Status
from portal.services import similar
from portal.services.catalogue import DATA, catalogue
from portal.services.expected import expected
from portal.services.filing import filing_facts, load_filing
from portal.services.similar import beginnings

pytestmark = pytest.mark.slow
"""A database for each test, or a page in each language: for the whole run."""

KEYS = {subject.key for edition in catalogue().statute.editions for subject in edition.barred}


# The facts


def facts(tmp_path, change):
    """Load the shipped file after a change to it."""
    data = yaml.safe_load((DATA / "filing.yaml").read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "filing.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return load_filing(
        path,
        barred=KEYS,
        petitions={"time-zone-again-2025", "lgbt-propaganda-2024"},
        contradictions={"CT-06"},
    )


def test_each_of_the_sixteen_barred_subjects_has_plain_words_of_its_own():
    described = [each.key for each in filing_facts().barred]
    assert sorted(described) == sorted(KEYS)
    assert len(described) == 16


def test_every_known_refusal_names_its_speaker_and_its_source():
    every = [*filing_facts().other_refusals, *(one for each in filing_facts().barred for one in each.examples)]
    assert [each.petition for each in every] == ["time-zone-again-2025"]
    assert all(each.source and each.by.in_language("en").text for each in every)


EXAMPLE = {
    "petition": "time-zone-again-2025",
    "article": "90-2(3)(1)",
    "ground": {"kk": "а", "ru": "б", "en": "c"},
    "by": {"kk": "а", "ru": "б", "en": "c"},
    "source": "https://news.example/1",
}


def test_an_example_is_read_with_its_source(tmp_path):
    found = facts(tmp_path, lambda data: data["barred"][3].update(examples=[EXAMPLE]))
    assert found.barred[3].examples[0].source == "https://news.example/1"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            lambda data: data["barred"][0].update(examples=[{k: v for k, v in EXAMPLE.items() if k != "source"}]),
            "source",
        ),
        (lambda data: data["barred"][0].update(examples=[{k: v for k, v in EXAMPLE.items() if k != "by"}]), "by"),
        (lambda data: data["barred"][0].update(examples=[{**EXAMPLE, "petition": "nobodys"}]), "no petition 'nobodys'"),
        (lambda data: data["barred"][0].update(disputes=["CT-99"]), "rights_freedoms: there is no contradiction"),
        (lambda data: data["barred"].pop(4), "'law_enforcement_courts' has no row"),
        (lambda data: data["barred"].append({**data["barred"][0], "key": "made_up"}), "'made_up'"),
        (lambda data: data["barred"].append(data["barred"][0]), "'rights_freedoms'"),
        (lambda data: data["barred"][0]["plain"].pop("kk"), "no kk in"),
        (lambda data: data["contents"][0].update(certainty="?"), "contents.0"),
        (lambda data: data["contents"][0].update(missing=EXAMPLE["ground"]), "contents.0"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path, change, named):
    with pytest.raises(ValueError, match=f"filing.yaml: .*{named}"):
        facts(tmp_path, change)


# The dates to expect


def due_of(found):
    return {each.step.key: each.due for each in found.every_step}


def test_the_dates_follow_one_from_the_other():
    """Filed on 2 March 2026: twenty working days twice over Nauryz and May, six months, forty working days."""
    due = due_of(expected(date(2026, 3, 2), [Level.GOV]))
    assert due["pre_moderation"] == DateRange.on(date(2026, 4, 3))
    assert due["initial_support"] == DateRange.on(date(2026, 5, 4))
    assert due["conformity_check"] == DateRange.on(date(2026, 6, 4))
    assert due["collection"] == DateRange(date(2026, 11, 4), date(2026, 12, 4))
    assert due["forwarding"] is None
    assert due["registration"] == due["collection"]
    assert due["review_central"] == DateRange(date(2026, 12, 31), date(2027, 2, 4))
    assert due["decision_published"] == DateRange(date(2027, 1, 5), date(2027, 2, 5))
    assert "review_local" not in due


def test_a_local_body_has_twenty_working_days():
    due = due_of(expected(date(2026, 3, 2), [Level.AKIMAT_DISTRICT]))
    assert due["review_local"] == DateRange(date(2026, 12, 2), date(2027, 1, 6))
    assert "review_central" not in due


def test_without_a_level_both_ways_are_given_the_central_one_first():
    assert [each.is_central for each in expected(date(2026, 3, 2), list(Level)).branches] == [True, False]


def test_a_year_by_rule_is_named_and_an_absent_one_ends_the_count():
    found = expected(date(2026, 12, 1), [Level.GOV])
    assert found.provisional_years == [2027]
    lock = found.branches[0].steps[-1]
    assert (lock.step.key, lock.due, lock.missing_year) == ("subject_lock", None, 2028)


def test_what_follows_an_uncounted_step_is_not_counted_either():
    found = expected(date(2027, 12, 10), [Level.GOV])
    assert (found.steps[0].due, found.steps[0].missing_year) == (None, 2028)
    assert all(each.due is None and each.missing_year is None for each in found.every_step[1:])


def test_steps_that_begin_under_an_edition_that_was_not_read_say_so():
    assert not expected(date(2026, 12, 1), [Level.GOV]).is_read
    assert not expected(date(2026, 8, 26), [Level.GOV]).steps[0].is_read
    assert expected(date(2026, 3, 2), [Level.GOV]).steps[0].is_read


def test_a_day_before_the_chapter_is_refused():
    with pytest.raises(BeforeTheChapter):
        expected(date(2024, 4, 3), [Level.GOV])


# Similar petitions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Сағаттық белдеуі", ["сағат", "белде"]),
        ("Петиция о школьной форме", ["школь", "форм"]),
        ("петициясы petitions", []),
        ("вейпы вейпов", ["вейп"]),
        ("a b", []),
        ("«Время»! время, ВРЕМЯ", ["врем"]),
        ("ёлка", ["елка"]),
        ("%_", []),
    ],
)
def test_words_are_looked_for_by_their_beginnings(text, found):
    assert list(beginnings(text)) == found


def test_a_decision_bars_its_subject_for_a_year(shipped):
    """Decided on 2 August 2024; 2 August 2025 is a Saturday, so the year ends on Monday the 4th (our reading)."""
    for day, status in ((date(2025, 8, 4), Status.RUNS), (date(2025, 8, 5), Status.ENDED)):
        found = {row.item.petition.register_id: row for row in similar.similar("сағаттық белдеу", day).rows}
        lock = found["time-zone-2024"].lock
        assert lock is not None
        assert (lock.due, lock.status) == (DateRange.on(date(2025, 8, 4)), status)
        assert found["time-zone-again-2025"].lock is None


def test_petitions_with_more_words_in_common_come_first(shipped):
    found = similar.similar("школьная форма", date(2026, 11, 22))
    assert [row.words for row in found.rows] == sorted((row.words for row in found.rows), reverse=True)
    assert {row.item.petition.register_id for row in found.rows if row.words == 2} == {
        "school-uniform-abolition-gosrating",
        "school-dress-law-2024",
    }
    assert found.total == len(found.rows)


def test_of_equal_ones_those_that_the_law_counts_come_first(shipped):
    """The petition of 2024 was decided under the chapter; the one of East Kazakhstan stood outside the portal."""
    found = [row.item.petition.register_id for row in similar.similar("time zone", date(2026, 11, 22)).rows]
    assert found.index("time-zone-2024") < found.index("time-zone-vko-alash-2024")


def test_a_demand_is_searched_in_every_language_and_the_middle_of_a_word_is_not(shipped):
    everywhere = [similar.similar(text, date(2026, 11, 22)).rows for text in ("time zone", "часовой пояс")]
    assert all("time-zone-2024" in {row.item.petition.register_id for row in rows} for rows in everywhere)
    assert similar.similar("имезо", date(2026, 11, 22)).total == 0


def test_the_record_is_counted(shipped):
    assert similar.petitions_followed() == 19

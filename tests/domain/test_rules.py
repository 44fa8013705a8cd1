"""Thresholds, groups, decisions, and the ways of writing a norm."""

import pytest
from hypothesis import given as hypothetically
from hypothesis import strategies as st

from portal.domain.decisions import Misfit, misfits
from portal.domain.groups import Category, composition
from portal.domain.norms import NormIndex
from portal.domain.refusals import PopulationMissing
from portal.domain.stages import DemandOutcome, Level, Outcome
from portal.domain.texts import Mark, Text
from portal.domain.thresholds import votes_needed


@pytest.mark.parametrize(
    ("level", "population", "votes"),
    [
        (Level.GOV, None, 50_000),
        (Level.GOV, 20_495_975, 50_000),
        (Level.AKIMAT_REGION, 595_676, 5_957),
        (Level.MASLIKHAT_REGION, 595_676, 11_914),
        (Level.AKIMAT_REGION, 2_347_924, 23_480),
        (Level.MASLIKHAT_REGION, 2_347_924, 46_959),
        (Level.AKIMAT_REGION, 1_000_000, 10_000),
        (Level.MASLIKHAT_DISTRICT, 50_001, 5_000),
        (Level.MASLIKHAT_DISTRICT, 50_000, 5_000),
        (Level.MASLIKHAT_DISTRICT, 49_991, 5_000),
        (Level.MASLIKHAT_DISTRICT, 1_234, 124),
        (Level.AKIMAT_DISTRICT, 50_001, 2_500),
        (Level.AKIMAT_DISTRICT, 50_000, 2_500),
        (Level.AKIMAT_DISTRICT, 1_234, 62),
        (Level.AKIMAT_DISTRICT, 0, 0),
    ],
)
def test_a_threshold_follows_from_the_level_and_the_population(statute, level, population, votes):
    assert votes_needed(statute.editions[2].thresholds, level, population).votes == votes


@pytest.mark.parametrize("level", [each for each in Level if each is not Level.GOV])
def test_a_share_of_an_unknown_population_is_refused(statute, level):
    with pytest.raises(PopulationMissing):
        votes_needed(statute.editions[2].thresholds, level, None)


def test_rounding_up_is_said(statute):
    rules = statute.editions[2].thresholds
    assert votes_needed(rules, Level.AKIMAT_REGION, 595_676).is_rounded
    assert not votes_needed(rules, Level.AKIMAT_REGION, 1_000_000).is_rounded
    assert not votes_needed(rules, Level.GOV, None).is_rounded


@hypothetically(
    population=st.integers(0, 3_000_000), level=st.sampled_from([each for each in Level if each is not Level.GOV])
)
def test_a_threshold_is_the_least_number_that_is_at_least_the_share(statute, population, level):
    found = votes_needed(statute.editions[2].thresholds, level, population)
    if found.rule.percent is not None:
        assert found.votes * 100 >= population * found.rule.percent > (found.votes - 1) * 100


def test_a_group_of_45_with_22_known_leaves_23_not_broken_down():
    known = composition(
        45,
        [
            (Category.MP, None),
            (Category.STATE_AGENCY, None),
            (Category.NGO, 22),
            (Category.AUTHOR, None),
            (Category.AUTHOR_REPRESENTATIVE, None),
        ],
    )
    assert (known.known, known.not_broken_down, known.exceeds, known.unnamed) == (22, 23, False, ())


def test_a_group_of_unknown_size_leaves_the_rest_unknown():
    assert composition(None, [(Category.NGO, 22)]).not_broken_down is None


def test_more_known_than_the_total_is_said_and_not_mended():
    group = composition(20, [(Category.NGO, 22)])
    assert (group.exceeds, group.not_broken_down) == (True, 0)


def test_required_categories_that_nobody_names_are_listed():
    unnamed = composition(10, [(Category.NGO, 4), (Category.AUTHOR_REPRESENTATIVE, 1)]).unnamed
    assert unnamed == (frozenset({Category.STATE_AGENCY}), frozenset({Category.MP}))


@pytest.mark.parametrize(
    ("outcome", "demands", "found"),
    [
        (Outcome.PARTIALLY_GRANTED, {"d1": "granted", "d2": "not_addressed"}, ()),
        (Outcome.PARTIALLY_GRANTED, {"d1": "granted", "d2": "granted"}, (Misfit.PARTIAL_BUT_ALL_GRANTED,)),
        (Outcome.PARTIALLY_GRANTED, {"d1": "granted", "d2": "unknown"}, ()),
        (Outcome.PARTIALLY_GRANTED, {"d1": "refused"}, (Misfit.PARTIAL_BUT_NONE_GRANTED,)),
        (Outcome.GRANTED, {"d1": "granted", "d2": "refused"}, (Misfit.GRANTED_BUT_NOT_ALL,)),
        (Outcome.REFUSED, {"d1": "granted_in_part"}, (Misfit.REFUSED_BUT_SOME_GRANTED,)),
        (Outcome.REFUSED, {"d1": "unknown"}, ()),
        (Outcome.REFUSED, {}, ()),
    ],
)
def test_an_outcome_that_does_not_fit_its_demands_is_said(outcome, demands, found):
    assert misfits(outcome, {key: DemandOutcome(value) for key, value in demands.items()}) == found


INDEX = NormIndex.of(
    {
        "KZ.APPC.90-2": ["90-2", "Article 90-2 APPC"],
        "KZ.APPC.90-2.3": ["90-2(3)"],
        "KZ.APPC.4.31-1": ["4(31-1)"],
        "KZ.CONST.33": ["33"],
        "KZ.CRIM.33": ["33"],
    }
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("90-2", ("KZ.APPC.90-2",)),
        ("90 (2)", ("KZ.APPC.90-2",)),
        ("ст. 90-2", ("KZ.APPC.90-2",)),
        ("90-2-бап", ("KZ.APPC.90-2",)),
        ("  СТАТЬЯ 90–2  ", ("KZ.APPC.90-2",)),
        ("Article 90 (2)", ("KZ.APPC.90-2",)),
        ("kz.appc.90-2", ("KZ.APPC.90-2",)),
        ("часть 3 статьи 90-2", ("KZ.APPC.90-2.3",)),
        ("ч. 3 ст. 90-2", ("KZ.APPC.90-2.3",)),
        ("part 3 of Article 90-2", ("KZ.APPC.90-2.3",)),
        ("90-2(3)", ("KZ.APPC.90-2.3",)),
        ("90 (2) (3)", ("KZ.APPC.90-2.3",)),
        ("90-2-баптың 3-бөлігі", ("KZ.APPC.90-2.3",)),
        ("4 (31-1)", ("KZ.APPC.4.31-1",)),
        ("33", ("KZ.CONST.33", "KZ.CRIM.33")),
        ("", ()),
        ("…", ()),
        ("90-99", ()),
    ],
)
def test_a_norm_is_found_however_it_is_written(text, ids):
    assert INDEX.find(text) == ids


@hypothetically(st.text(max_size=60))
def test_any_text_is_looked_up_without_breaking(text):
    assert isinstance(INDEX.find(text), tuple)


def test_a_text_gives_the_readers_language_else_the_original_and_says_so():
    text = Text({"ru": "два", "en": "two"}, {"ru": Mark.OFFICIAL, "en": Mark.OURS}, "ru")
    assert (text.in_language("en").text, text.in_language("en").is_original) == ("two", False)
    kazakh = text.in_language("kk")
    assert (kazakh.text, kazakh.lang, kazakh.mark, kazakh.is_original) == ("два", "ru", Mark.OFFICIAL, True)
    assert text.missing() == ("kk",)
    assert Text.from_json(text.as_json()) == text

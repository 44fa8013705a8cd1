"""How many votes a petition needs, in words and with the arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.stages import Level
from portal.domain.statute import Edition, ThresholdRule
from portal.domain.thresholds import Threshold, votes_needed
from portal.i18n import formats
from portal.i18n.locale import gettext
from portal.models import Population, Region
from portal.services import library


@dataclass(frozen=True, slots=True)
class RegionVotes:
    """A region, its latest population, and the votes that follow from it."""

    region: Region
    population: Population | None
    maslikhat: Threshold | None
    akimat: Threshold | None


def votes_by_region(edition: Edition) -> Sequence[RegionVotes]:
    """Return the votes that each region needs, by the latest population that was found."""
    return [_region_votes(region, edition) for region in library.regions()]


def _region_votes(region: Region, edition: Edition) -> RegionVotes:
    if not region.population:
        return RegionVotes(region, None, None, None)
    latest = region.population[0]
    return RegionVotes(
        region,
        latest,
        votes_needed(edition.thresholds, Level.MASLIKHAT_REGION, latest.value),
        votes_needed(edition.thresholds, Level.AKIMAT_REGION, latest.value),
    )


def rules_by_level(rules: Sequence[ThresholdRule]) -> Mapping[Level, Sequence[ThresholdRule]]:
    """Return the rules of each level, in the order of the law."""
    return {level: [rule for rule in rules if rule.level is level] for level in dict.fromkeys(r.level for r in rules)}


def rule_words(rule: ThresholdRule) -> str:
    """Return how many votes a rule asks for, and where it holds."""
    if rule.votes is not None and rule.above is None:
        return formats.count(rule.votes, "at_least", of="signatures")
    if rule.votes is not None and rule.above is not None:
        return gettext(
            "%(votes)s, where the population of the unit is more than %(people)s",
            votes=formats.count(rule.votes, "at_least", of="signatures"),
            people=formats.number(rule.above),
        )
    share = formats.percent(rule.percent or 0)
    if rule.up_to is None:
        return gettext("at least %(percent)s of the population of the unit", percent=share)
    return gettext(
        "at least %(percent)s of the population of the unit, where it is %(people)s or fewer",
        percent=share,
        people=formats.number(rule.up_to),
    )


def arithmetic(threshold: Threshold) -> str:
    """Return how a share of the population became a number of votes: 595,676 × 2% = 11,913.52 → 11,914."""
    if threshold.population is None or threshold.rule.percent is None:
        return formats.number(threshold.votes)
    share = threshold.population * threshold.rule.percent
    sum_ = f"{formats.number(threshold.population)} × {formats.percent(threshold.rule.percent)}"
    if not threshold.is_rounded:
        return f"{sum_} = {formats.number(threshold.votes)}"
    return f"{sum_} = {formats.hundredths(share)} → {formats.number(threshold.votes)}"

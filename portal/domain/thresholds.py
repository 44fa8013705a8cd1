"""How many votes a petition needs, with the arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.refusals import PopulationMissing
from portal.domain.stages import Level
from portal.domain.statute import ThresholdRule


@dataclass(frozen=True, slots=True)
class Threshold:
    """The votes needed, the rule they follow from, and the population that was counted with, if one was."""

    votes: int
    rule: ThresholdRule
    population: int | None

    @property
    def is_rounded(self) -> bool:
        """Whether the share was not a whole number of votes and was rounded up (our reading of "at least", D)."""
        return (
            self.rule.percent is not None
            and self.population is not None
            and self.population * self.rule.percent % 100 != 0
        )


def votes_needed(rules: Sequence[ThresholdRule], level: Level, population: int | None) -> Threshold:
    """Return the votes that a petition of this level needs (article 90-3(4)).

    ``population`` is that of the administrative-territorial unit, in people. Raises ``PopulationMissing`` where the
    rule needs it and it is not known, and ``ValueError`` for a population below zero.
    """
    if population is not None and population < 0:
        raise ValueError("a population cannot be negative")
    of_level = [rule for rule in rules if rule.level is level]
    if any(rule.percent is not None or rule.above is not None for rule in of_level) and population is None:
        raise PopulationMissing(level)
    for rule in of_level:
        if rule.above is not None and (population or 0) <= rule.above:
            continue
        if rule.up_to is not None and (population or 0) > rule.up_to:
            continue
        if rule.votes is not None:
            return Threshold(rule.votes, rule, population if rule.above is not None else None)
        if rule.percent is not None and population is not None:
            return Threshold(-(-population * rule.percent // 100), rule, population)
    raise ValueError(f"no rule for {level}")

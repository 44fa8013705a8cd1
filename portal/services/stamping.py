"""The threshold of a petition, stamped on it with the rule and the population that it was counted from."""

from contextlib import suppress
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.refusals import PopulationMissing
from portal.domain.stages import Level
from portal.domain.thresholds import votes_needed
from portal.models import Petition, Population
from portal.services.catalogue import catalogue


def stamp(session: Session, petition: Petition, *, stated: int | None, placed_on: date | None) -> None:
    """Stamp the threshold with its level, the edition it was set under, and the population it was counted from.

    What a source states stands. Where none does and the level asks for a share, the votes follow from the latest
    population known on the day of placement (our reading, D: the law names neither source nor day).
    """
    level = Level(petition.level) if petition.level else None
    statute = catalogue().statute
    edition = statute.on(placed_on) if placed_on is not None and placed_on >= statute.begins_on else None
    is_local = level is not None and not level.is_central
    population = _population(session, petition.region_code, placed_on) if is_local else None
    votes = stated
    if votes is None and level is not None and is_local and edition is not None:
        with suppress(PopulationMissing):
            votes = votes_needed(edition.thresholds, level, population.value if population else None).votes
    petition.threshold = votes
    petition.threshold_level = level if votes else None
    petition.threshold_edition = edition.id if votes and edition else None
    petition.threshold_population = population.value if votes and population else None
    petition.threshold_population_on = population.on if votes and population else None


def level_by_votes(votes: int | None) -> Level | None:
    """Return the only level whose threshold is this many signatures whatever the population (90-3(4)), or None."""
    rules = catalogue().statute.editions[0].thresholds
    found = {rule.level for rule in rules if votes is not None and rule.votes == votes and rule.above is None}
    return found.pop() if len(found) == 1 else None


def _population(session: Session, region: str | None, on: date | None) -> Population | None:
    """Return the latest population of a region known on a day."""
    if region is None:
        return None
    known = select(Population).where(Population.region_code == region).order_by(Population.on.desc())
    return session.scalars(known if on is None else known.where(Population.on <= on)).first()

"""Campaigns: an organisation's call about one petition, from a file of ``data/campaigns`` or written at the desk."""

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.db import db
from portal.domain.campaigns import ACTIVE, State
from portal.models import CampaignVersion, Petition
from portal.services import audit, tracking
from portal.services.campaign_format import Campaign, norms_of, sources_of
from portal.services.catalogue import DATA, REGISTER
from portal.services.needs import ids_in, plain

FOLDER = DATA / "campaigns"
ITEMS = DATA / "letters" / "items.yaml"

NUMBER = re.compile(r"[1-9][0-9]{0,8}")

log = logging.getLogger(__name__)


class CampaignUnknown(ValueError):
    """A campaign is to be withheld that there is not: a slip of the pen would leave another one public."""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a campaign may name. ``items`` is nothing where the file of items is not there."""

    petitions: Collection[str]
    sources: Collection[str]
    norms: Collection[str]
    items: Collection[str] | None = None


# Files
# ------------------------------------------------------------------------------------------------------------------


def load_campaigns(folder: Path, known: Known) -> Sequence[Campaign]:
    """Read the campaigns of a folder, by number.

    Raises ``ValueError`` that names the file and what is wrong in it: another shape, a text that lacks a language,
    states out of order, an id that there is not, or a name of a file that is not the id.
    """
    found = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    ids = {campaign.id for campaign in found}
    for campaign in found:
        for _, what, named, there in names(campaign, known, ids - {campaign.id}):
            if there is not None and named not in there:
                raise ValueError(f"{campaign.id}.yaml: there is no {what} {named!r}")
    return sorted(found, key=_number)


def _number(campaign: Campaign) -> int:
    return int(campaign.id[1:])


def _read(path: Path) -> Campaign:
    try:
        campaign = Campaign.model_validate(plain(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    if campaign.id != path.stem:
        raise ValueError(f"{path.name}: the file has another name than its campaign {campaign.id!r}")
    return campaign


def names(
    campaign: Campaign, known: Known, others: Collection[str]
) -> Iterator[tuple[str, str, str, Collection[str] | None]]:
    """Return every id that a campaign names: the field, of what, the id, and among which it must be."""
    yield "petition", "petition", campaign.petition, known.petitions
    for item in campaign.items:
        yield "items", "item of letters", item, known.items
    for source in sources_of(campaign):
        yield "sources", "source", source, known.sources
    for norm in norms_of(campaign):
        yield "letter", "norm", norm, known.norms
    if campaign.successor is not None:
        yield "successor", "other campaign", campaign.successor, others


@cache
def of_files() -> Mapping[str, Campaign]:
    """Return the campaigns of the files by id, drafts included. A bad file raises ``ValueError``."""
    known = Known(
        petitions={path.stem for path in (REGISTER / "petitions").glob("*.yaml")},
        sources=ids_in(REGISTER / "sources.yaml", "sources"),
        norms=ids_in(REGISTER / "norms.yaml", "norms"),
        items=ids_in(ITEMS, "items") if ITEMS.exists() else None,
    )
    return {each.id: each for each in load_campaigns(FOLDER, known)}


def content_of_file(campaign_id: str) -> dict[str, Any] | None:
    """Return what the file of a campaign says, as it is written; nothing where there is no file."""
    if campaign_id not in of_files():
        return None
    content = plain(FOLDER / f"{campaign_id}.yaml")
    assert isinstance(content, dict)
    return content


# What is public: the version of the desk in the place of the file's
# ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """A campaign as the public has it. ``version`` names the content of a version of the desk; a file's has none."""

    campaign: Campaign
    version: str | None


def version_of(content: Mapping[str, Any]) -> str:
    """Return the digest that names a content: SHA-256 of its JSON text as the audit chain writes it."""
    return sha256(audit.canonical(content).encode()).hexdigest()


def published() -> Mapping[str, Published]:
    """Return the campaigns by id, in the order of their numbers, drafts of files included."""
    return _published(audit.head()[1])


@lru_cache(maxsize=2)
def _published(_head: str) -> Mapping[str, Published]:
    """Read the campaigns as they are at this head of the audit chain, without which none of them changes."""
    found = {campaign_id: Published(campaign, None) for campaign_id, campaign in of_files().items()}
    current = (CampaignVersion.is_public, CampaignVersion.retired_in.is_(None))
    for row in db.session.scalars(select(CampaignVersion).where(*current)):
        try:
            found[row.campaign] = Published(Campaign.model_validate(row.content), version_of(row.content))
        except ValidationError:
            # Written for another release. Neither it nor the file that it stands for may be shown as if it were right.
            log.error("the public version of campaign %s cannot be read", row.campaign)
            found.pop(row.campaign, None)
    return {each.campaign.id: each for each in sorted(found.values(), key=lambda each: _number(each.campaign))}


def campaigns() -> Sequence[Campaign]:
    """Return the campaigns, by number."""
    return [each.campaign for each in published().values()]


def by_id(campaign_id: str | None) -> Campaign | None:
    """Find a campaign by its id."""
    found = published().get(campaign_id or "")
    return found.campaign if found else None


def require_known(ids: Iterable[str]) -> None:
    """Raise ``CampaignUnknown`` for an id that is none of ours, of a file or of the desk."""
    for each in ids:
        if each not in of_files() and not _is_of_the_desk(each):
            raise CampaignUnknown(f"PORTAL_WITHHELD_CAMPAIGNS names a campaign that is not there: {each!r}.")


def _is_of_the_desk(campaign_id: str) -> bool:
    try:
        return db.session.scalar(select(CampaignVersion.id).where(CampaignVersion.campaign == campaign_id)) is not None
    except SQLAlchemyError:  # A database that cannot be read, or has no tables yet, vouches for nothing.
        return False
    finally:
        db.session.remove()


def shown(on: date, withheld: Collection[str]) -> Sequence[tuple[Campaign, State]]:
    """Return the campaigns that the public may read on a day, those first that still ask for something."""
    return in_order(campaigns(), on, withheld)


def in_order(every: Iterable[Campaign], on: date, withheld: Collection[str]) -> Sequence[tuple[Campaign, State]]:
    """Return those of some campaigns that the public may read on a day, those first that still ask for something."""
    states = [(each, each.states.on(on)) for each in every if each.id not in withheld]
    public = [(each, state) for each, state in states if state is not State.DRAFT]
    order = [*State]
    return sorted(public, key=lambda pair: 0 if pair[1] in ACTIVE else order.index(pair[1]))


def petition_named(name: str) -> Petition | None:
    """Find the petition that campaigns call so: by its id of the register, or by its number where it has none."""
    found = tracking.by_register_id(name)
    return tracking.by_number(int(name)) if found is None and NUMBER.fullmatch(name) else found


def preselected(petition: Collection[str], kind: str, on: date, withheld: Collection[str]) -> Sequence[str]:
    """Return what an open campaign chose beforehand for letters of a kind about a petition; nothing where none is.

    ``petition`` holds the names by which campaigns know it: its id of the register and its number.
    """
    for campaign, state in shown(on, withheld):
        if state in ACTIVE and campaign.petition in petition and campaign.kind == kind:
            return campaign.items
    return ()

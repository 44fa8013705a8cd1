"""What a campaign in the making lacks, place by place: what stops it from being kept, and what from being opened."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import select

from portal.db import db
from portal.domain.campaigns import ACTIVE
from portal.domain.texts import LANGUAGES, Text
from portal.models import Norm, Petition, Source
from portal.services import campaigns, letters
from portal.services.campaign_format import FLAWS, Campaign, CampaignFlaw, Said, Where, texts_of
from portal.services.campaigns import Known
from portal.services.letter_format import Kind

Content = dict[str, Any]

NOT_WRITTEN = dict.fromkeys(LANGUAGES, "…")
"""What stands in a campaign in the making where a text must be."""

NO_PETITION = "none"
"""What stands there where a petition must be named."""

UNFINISHED = frozenset({"missing", "language_missing", "opening_passed"})
"""What a draft may have: it is not finished. Anything else is wrong, and is not kept."""

QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“]*“")
CONTESTED = re.compile(r"насихат\w*|пропаганд\w*|propaganda\w*", re.IGNORECASE)
"""Words of campaigns that stand between quotation marks only."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is missing or wrong: a code for its words, and the way to the field that mends it."""

    code: str
    where: Where
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stops_saving(self) -> bool:
        """Whether a draft with it cannot even be kept."""
        return self.code not in UNFINISHED


def known() -> Known:
    """Return the ids that a campaign may name, as the record has them now."""
    session = db.session
    petitions = session.execute(select(Petition.register_id, Petition.number)).all()
    return Known(
        petitions={register_id or str(number) for register_id, number in petitions},
        sources=frozenset(session.scalars(select(Source.key))),
        norms=frozenset(session.scalars(select(Norm.id))),
        items=frozenset(letters.stock().items),
    )


def readable(content: Content) -> tuple[Campaign | None, Sequence[Flaw]]:
    """Return a campaign in the making as pages can show it, and what its shape lacks or gets wrong.

    What must be there and is not is filled with three dots. A shape that is wrong in itself gives no campaign.
    """
    whole, gathered, missing = deepcopy(content), list[CampaignFlaw](), list[Flaw]()
    for _ in range(3):  # A part that was missing may itself have parts.
        gathered.clear()
        try:
            campaign = Campaign.model_validate(whole, context={FLAWS: gathered})
        except ValidationError as error:
            wrong = [_flaw(each) for each in error.errors() if each["type"] != "missing"]
            if wrong:
                return None, [*missing, *wrong]
            for each in error.errors():
                missing += _put(whole, each["loc"])
        else:
            of_the_whole = [Flaw(each.code, each.where, {"languages": each.languages}) for each in gathered]
            return campaign, [*missing, *of_the_whole]
    raise RuntimeError("a campaign has parts that cannot be filled")  # pragma: no cover


def _put(whole: Content, where: Where) -> Iterator[Flaw]:
    place: Any = whole
    for step in where[:-1]:
        place = place[step]
    if where == ("whose",):
        place["whose"] = {}
    else:
        place[where[-1]] = NO_PETITION if where == ("petition",) else NOT_WRITTEN
        yield Flaw("missing", where)


def _flaw(error: ErrorDetails) -> Flaw:
    where = tuple(step for step in error["loc"] if not (isinstance(step, str) and ("[" in step or step == "_By")))
    match error["type"]:
        case "string_too_long":
            return Flaw("too_long", where, {"longest": error["ctx"]["max_length"]})
        case "string_pattern_mismatch" if where[-1:] == ("url",):
            return Flaw("no_address", where)
    return Flaw("not_understood", where)


def flaws_of(campaign_id: str, content: Content, on: date) -> Sequence[Flaw]:
    """Return everything missing or wrong before a campaign may be opened on a day; nothing where it is ready."""
    campaign, found = readable(opened(content, on))
    if campaign is None:
        return found
    unknown = list(_unknown(campaign, known(), others_of(campaign_id)))
    passed = [] if any(each.code == "states_out_of_order" for each in found) else _passed(campaign_id, campaign, on)
    return [*found, *unknown, *_unfit_items(campaign), *passed]


def opened(content: Content, on: date) -> Content:
    """Return a content as it is when it opens on a day. A day of opening that is written down stays."""
    if content.get("open") is not None or content.get("archived") is not None:
        return content
    return {**content, "open": on.isoformat()}


def others_of(campaign_id: str) -> Collection[str]:
    """Return the ids of the other campaigns that are public, one of which may follow this one."""
    return campaigns.published().keys() - {campaign_id}


def _unknown(campaign: Campaign, there: Known, others: Collection[str]) -> Iterator[Flaw]:
    if campaign.petition != NO_PETITION and campaign.petition not in there.petitions:
        yield Flaw("no_such_petition", ("petition",))
    if campaign.successor is not None and campaign.successor not in others:
        yield Flaw("no_such_campaign", ("successor",))
    for where, key in _sources(campaign):
        if key not in there.sources:
            yield Flaw("no_such_source", where, {"key": key})


def _sources(campaign: Campaign) -> Iterator[tuple[Where, str]]:
    """Return the sources that a campaign names, each with the place where it does."""
    for place, key in enumerate(campaign.press):
        yield ("press", place), key
    said: list[tuple[Where, Said | None]] = [(("dates_note",), campaign.dates_note)]
    for name in ("why", "steps"):
        said += [((name, place), each) for place, each in enumerate(getattr(campaign, name))]
    for where, each in said:
        if each is not None and each.source is not None:
            yield (*where, "source"), each.source


def kind_of(code: str | None) -> Kind | None:
    """Return a kind of letter."""
    return letters.stock().kinds.get(code or "")


def _unfit_items(campaign: Campaign) -> Iterator[Flaw]:
    kind = kind_of(campaign.kind)
    offered = {each.id for each in letters.stock().offered(kind, campaign.petition)} if kind else set()
    unfit = [each for each in campaign.items if each not in offered]
    if unfit:
        yield Flaw("items_not_offered", ("items",), {"items": unfit})


def _passed(campaign_id: str, campaign: Campaign, on: date) -> Iterator[Flaw]:
    """Return that the day of opening is over, unless the campaign is public with that very day already.

    What is over as a whole may be told with the days that it had.
    """
    start = campaign.open
    is_told = campaign.states.starts and campaign.states.on(on) not in ACTIVE
    before = campaigns.by_id(campaign_id)
    if isinstance(start, date) and start < on and not is_told and (before is None or before.open != start):
        yield Flaw("opening_passed", ("open", "day"), {"day": start})


# What another look may find; none of it stops anything
# ------------------------------------------------------------------------------------------------------------------


def doubts_of(campaign: Campaign) -> Sequence[Flaw]:
    """Return what to look at again before asking a second person: a call is another's, but our page shows it."""
    return [doubt for where, text in texts_of(campaign) for doubt in _doubts(where, text)]


def _doubts(where: Where, text: Text) -> Iterator[Flaw]:
    for lang in LANGUAGES:
        words = text.by_language.get(lang, "")
        unmarked = CONTESTED.findall(QUOTED.sub("", words))
        if unmarked:
            yield Flaw("contested", where, {"lang": lang, "word": unmarked[0]})
        if "!" in words:
            yield Flaw("exclaims", where, {"lang": lang})
    if len(words := text.by_language.get("kk", "")) > 20 and words == text.by_language.get("ru"):
        yield Flaw("same_words", where)

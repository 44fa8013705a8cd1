"""What there is to share of a campaign: its pictures in three shapes, their caption, and their description.

The pictures of a file's campaign are files below ``static``; those of a campaign written at the desk are drawn when
somebody asks for them, by the same hand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from portal.domain.texts import LANGUAGES, Text
from portal.i18n.campaigns import owner_words
from portal.i18n.locale import gettext, speaking
from portal.services import campaigns
from portal.services.campaign_format import Campaign
from portal.web.meta import public_address
from portal.web.public.campaign_picture import SHAPES, DoesNotFit, Shape, Words, draw, fitted

FORMATS: Mapping[str, tuple[int, int]] = {"link": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
"""The pictures to share: beside a link, in a feed, and over the whole screen of a telephone."""

SHORT = 12
"""How many digits of a version's digest an address bears: another version has another address."""

Address = Callable[[str, str], str]
"""Where the picture of a format stands in a language."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to share: where it stands, and its size."""

    format: str
    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class KitView:
    """What there is to share in one language, and the address of the page in it."""

    lang: str
    pictures: Sequence[Picture]
    caption: str
    alt: str
    page: str


def kit_of(campaign: Campaign, lang: str, picture: Address | None = None) -> Sequence[KitView]:
    """Return what there is to share, in the language of the page first."""
    if campaign.share is None:
        return ()
    order = [lang, *(each for each in LANGUAGES if each != lang)]
    address = picture or address_of(campaign.id)
    return [_kit(campaign, each, address) for each in order]


def _kit(campaign: Campaign, lang: str, picture: Address) -> KitView:
    assert campaign.share is not None
    return KitView(
        lang,
        [Picture(name, picture(name, lang), *size) for name, size in FORMATS.items()],
        _in(campaign.share.caption, lang),
        _in(campaign.share.alt, lang),
        public_address(url_for("public.campaign", campaign_id=campaign.id, lang=lang)),
    )


def address_of(campaign_id: str) -> Address:
    """Return where the public finds the pictures of a campaign."""
    found = campaigns.published().get(campaign_id)
    if found is None or found.version is None:
        return lambda name, lang: url_for("static", filename=picture_file(campaign_id, lang, FORMATS[name]))
    version = found.version[:SHORT]
    return lambda name, lang: url_for(
        "public.campaign_picture", campaign_id=campaign_id, name=name, lang=lang, v=version
    )


def picture_file(campaign_id: str, lang: str, size: tuple[int, int]) -> str:
    """Return where a picture of a file's campaign stands below ``static``."""
    return f"campaigns/{campaign_id}/{lang}-{size[0]}x{size[1]}.png"


def drawn(campaign: Campaign, name: str, lang: str) -> bytes | None:
    """Return a picture of a campaign as a PNG; nothing where there is none, or where its words do not fit."""
    if campaign.share is None or name not in FORMATS:
        return None
    try:
        return draw(words_of(campaign, lang), _shape(FORMATS[name]))
    except DoesNotFit:
        return None


def too_long_for(campaign: Campaign) -> Sequence[tuple[str, str]]:
    """Return the pictures whose words do not fit, by format and language."""
    if campaign.share is None:
        return ()
    return [(name, lang) for name in FORMATS for lang in LANGUAGES if not _fits(words_of(campaign, lang), name)]


def _fits(words: Words, name: str) -> bool:
    shape = _shape(FORMATS[name])
    try:
        fitted(words, shape, shape.room(len(words.notes)))
    except DoesNotFit:
        return False
    return True


def _shape(size: tuple[int, int]) -> Shape:
    return next(each for each in SHAPES if each.size == size)


def words_of(campaign: Campaign, lang: str) -> Words:
    """Return what the pictures of a campaign say in a language. Raises ``ValueError`` where it has no share kit."""
    if campaign.share is None:
        raise ValueError(f"the campaign {campaign.id} has no share kit")
    with speaking(lang):
        notes = (
            owner_words(_in(campaign.whose.name, lang)),
            gettext("An independent project. This is not the official portal."),
        )
    return Words(_in(campaign.share.heading, lang), _in(campaign.share.text, lang), notes)


def _in(text: Text, lang: str) -> str:
    return text.in_language(lang).text

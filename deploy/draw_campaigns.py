"""Draw the pictures of the campaigns of files, from their words: ``python -m deploy.draw_campaigns``.

Each such campaign with a share kit has three shapes in three languages under ``static/campaigns/<id>/``. The files are
kept beside the code, so that whoever runs the portal need not draw; a test holds that they are those drawn now.
"""

from collections.abc import Mapping
from pathlib import Path

from portal.domain.texts import LANGUAGES
from portal.services.campaign_format import Campaign
from portal.services.campaigns import of_files
from portal.settings import ROOT
from portal.web.public.campaign_kit import picture_file, words_of
from portal.web.public.campaign_picture import SHAPES, draw

TARGET = ROOT / "static"


def main(target: Path = TARGET) -> None:
    """Write the pictures of every campaign, and take away those of none."""
    drawn = pictures()
    for old in (target / "campaigns").rglob("*.png"):
        if old.relative_to(target).as_posix() not in drawn:
            old.unlink()
    for file, data in drawn.items():
        path = target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def pictures() -> Mapping[str, bytes]:
    """Return the pictures of all campaigns of files by their files below ``static``."""
    return {file: data for campaign in of_files().values() for file, data in pictures_of(campaign).items()}


def pictures_of(campaign: Campaign) -> Mapping[str, bytes]:
    """Return the pictures of one campaign; none where it has no share kit."""
    drawn = {}
    for lang in LANGUAGES if campaign.share is not None else ():
        words = words_of(campaign, lang)
        for shape in SHAPES:
            drawn[picture_file(campaign.id, lang, shape.size)] = draw(words, shape)
    return drawn


if __name__ == "__main__":
    main()

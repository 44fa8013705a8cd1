"""Campaigns as readers meet them: whose call it is, where it stands, and what is there in which state."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from deploy import draw_campaigns
from portal import clock, create_app
from portal.services import campaigns
from portal.services.campaigns import CampaignUnknown
from portal.settings import ROOT, Settings
from portal.web.public import campaign_picture
from portal.web.public.campaign_kit import FORMATS, words_of
from portal.web.public.campaign_picture import SHAPES, DoesNotFit, Words, draw, fitted
from portal.web.public.fitted_text import NO_BREAK_SPACE
from tests.fixtures.pages import SPOKEN

pytestmark = pytest.mark.slow

LANGUAGES = ("kk", "ru", "en")
OPENED, CLOSING, LAST, CLOSED = date(2026, 11, 22), date(2027, 5, 17), date(2027, 5, 31), date(2027, 6, 1)
OWNERS = {
    "c1": {
        "kk": "Үндеу иесі: queer.kz. Qadam бұл үндеудің авторы емес",
        "ru": "Чей это призыв: queer.kz. Qadam не автор призыва",
        "en": "This is a call of queer.kz. Qadam is not the author",
    },
    "c2": {
        "kk": "Бұл – өзіміздің үндеуіміз. Үндеу иесі: Qadam.",
        "ru": "Это наш собственный призыв: Qadam.",
        "en": "This is our own call: Qadam.",
    },
}
BOARD = ("/letters/", 'id="share"', 'id="press"', "<img", 'class="button"')
"""What asks somebody to act: the way to the letter, the share kit, the press list."""


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Set the day in Kazakhstan; where a test sets none, our own call has just opened."""

    def set_day(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)

    set_day(OPENED)
    return set_day


@pytest.fixture
def withhold(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Withhold campaigns as the setting does."""
    return lambda ids: monkeypatch.setitem(app.extensions, "settings", Settings(withheld_campaigns=ids))


def main_of(client: FlaskClient, path: str, *, expect: int = 200) -> str:
    """Return the main part of a page, its entities resolved."""
    answer = client.get(path)
    assert answer.status_code == expect
    return unescape(answer.get_data(as_text=True).split("<main", 1)[1].split("</main>", 1)[0])


# Whose call it is, and about which petition


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("campaign_id", OWNERS)
@pytest.mark.parametrize("day", [OPENED, LAST, CLOSED])
def test_whose_call_it_is_stands_before_anything_it_says(
    client: FlaskClient, on: Callable[[date], None], lang: str, campaign_id: str, day: date
) -> None:
    on(day)
    page = main_of(client, f"/{lang}/campaigns/{campaign_id}")
    assert OWNERS[campaign_id][lang] in page
    assert page.index(OWNERS[campaign_id][lang]) < page.index('class="lead"')
    assert f'href="/{lang}/petitions/1"' in page


def test_an_archive_says_first_that_it_is_closed(client: FlaskClient, on: Callable[[date], None]) -> None:
    on(OPENED)
    page = main_of(client, "/en/campaigns/c1")
    assert page.index("This call is closed.") < page.index(OWNERS["c1"]["en"])
    assert "AmanBol" in page


# States and days


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        (OPENED, ("This call is open.", "Last day: 31 May 2027.")),
        (date(2027, 5, 16), ("This call is open.", "Last day: 31 May 2027.")),
        (CLOSING, ("This call is closing soon.", "Last day: 31 May 2027.")),
        (LAST, ("This call is closing soon.", "Today is the last day.")),
    ],
)
def test_a_running_call_says_until_when_and_has_its_board(
    client: FlaskClient, on: Callable[[date], None], day: date, sentences: tuple[str, str]
) -> None:
    on(day)
    page = main_of(client, "/en/campaigns/c2")
    for sentence in sentences:
        assert sentence in page
    assert 'href="/en/letters/measures?petition=1"' in page
    assert [mark for mark in BOARD if mark not in page] == []
    assert "Before you post" in page


def test_the_day_after_the_last_one_takes_the_board_away(client: FlaskClient, on: Callable[[date], None]) -> None:
    on(CLOSED)
    page = main_of(client, "/en/campaigns/c2")
    assert page.index("This call is closed.") < page.index(OWNERS["c2"]["en"])
    assert [mark for mark in BOARD if mark in page] == []
    assert "Last day" not in page


def test_a_draft_is_not_found_and_not_listed(client: FlaskClient, on: Callable[[date], None]) -> None:
    on(date(2026, 11, 21))
    assert client.get("/kk/campaigns/c2").status_code == 404
    page = main_of(client, "/en/campaigns")
    assert "c2" not in page
    assert "No call is running today." in page


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_list_has_what_runs_before_the_archive(client: FlaskClient, on: Callable[[date], None], lang: str) -> None:
    on(OPENED)
    page = main_of(client, f"/{lang}/campaigns")
    assert re.findall(r'href="/../campaigns/(c\d+)"', page) == ["c2", "c1"]
    assert "Qadam ·" in page
    assert "queer.kz ·" in page


def test_the_list_of_addresses_holds_the_campaigns(client: FlaskClient, withhold: Callable[[str], None]) -> None:
    addresses = client.get("/sitemap-pages.xml").get_data(as_text=True)
    assert "/ru/campaigns/c1<" in addresses
    assert "/ru/campaigns/c2<" in addresses
    withhold("c1")
    assert "/campaigns/c1<" not in client.get("/sitemap-pages.xml").get_data(as_text=True)


# The call of 2024


@pytest.mark.parametrize(("lang", "mark"), [("kk", "Жібермеңіз."), ("ru", "Не отправляйте."), ("en", "Do not send.")])
def test_the_letter_of_2024_is_a_document_that_says_not_to_send_it(client: FlaskClient, lang: str, mark: str) -> None:
    page = main_of(client, f"/{lang}/campaigns/c1")
    assert mark in page
    assert page.index(mark) < page.index('class="arguments"')
    assert page.count('class="argument"') == len(campaigns.of_files()["c1"].letter.arguments)
    assert [each for each in BOARD if each in page] == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_articles_of_the_1995_constitution_are_marked_from_1_july_2026_on(client: FlaskClient, lang: str) -> None:
    page = main_of(client, f"/{lang}/campaigns/c1")
    since = {
        "kk": "2026 жылғы 1 шілде күнінен бастап күші жоқ",
        "ru": "не действует с 1 июля 2026 года",
        "en": "out of force since 1 July 2026",
    }[lang]
    marked = re.findall(rf'href="/{lang}/norms/([^"]+)">[^<]+</a>: <strong>{since}</strong>', page)
    assert marked == ["KZ.CONST.33", "KZ.CONST.14.2", "KZ.CONST.14", "KZ.CONST.20"]
    assert page.count("1995") >= len(marked)


def test_before_that_day_they_are_not(client: FlaskClient, on: Callable[[date], None]) -> None:
    on(date(2026, 6, 30))
    assert "out of force" not in main_of(client, "/en/campaigns/c1").split('class="arguments"')[1]
    on(date(2026, 7, 1))
    assert main_of(client, "/en/campaigns/c1").count("out of force since 1 July 2026") == 4


@pytest.mark.parametrize(("lang", "quoted"), [("kk", "«насихат"), ("ru", "«пропаганд"), ("en", "“propaganda”")])
def test_contested_words_stand_between_marks(client: FlaskClient, lang: str, quoted: str) -> None:
    """In our own sentences; titles of petitions and sources stand between marks of their own."""
    told = main_of(client, f"/{lang}/campaigns/c1").split('class="arguments"')[1].split('id="origin"')[0]
    word = quoted.strip("«“”")
    assert quoted.lower() in told.lower()
    assert len(re.findall(word, told, re.IGNORECASE)) == len(re.findall(quoted, told, re.IGNORECASE))


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("campaign_id", ["c1", "c2"])
def test_what_the_call_tells_is_sourced(client: FlaskClient, lang: str, campaign_id: str) -> None:
    page = main_of(client, f"/{lang}/campaigns/{campaign_id}")
    why = page.split('id="why"')[1].split("</ul>")[0]
    assert why.count("<li>") == why.count('class="cite"')
    assert why.count("<li>") >= 2


# Withheld


def test_a_withheld_campaign_is_not_found_says_so_and_is_not_listed(
    client: FlaskClient, withhold: Callable[[str], None]
) -> None:
    withhold("c9000, c1 ,")
    for lang, sentence in (
        ("kk", "Осы порталды жүргізетіндер бұл бетті көрсетпейді."),
        ("ru", "Те, кто ведет этот портал, не показывают эту страницу."),
        ("en", "Those who run this portal do not show this page."),
    ):
        assert sentence in main_of(client, f"/{lang}/campaigns/c1", expect=404)
        assert "c1" not in main_of(client, f"/{lang}/campaigns")
    assert client.get("/kk/campaigns/c2").status_code == 200


def test_the_portal_does_not_start_with_a_slip_in_what_is_withheld() -> None:
    with pytest.raises(CampaignUnknown, match="'c9000'"):
        create_app({"withheld_campaigns": "c1,c9000", "database_url": "sqlite://"})


# Pictures


def chunks(data: bytes) -> list[bytes]:
    """Return the names of the chunks of a PNG."""
    found, at = [], 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        found.append(data[at + 4 : at + 8])
        at += 12 + length
    return found


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return dict(draw_campaigns.pictures())


def test_the_pictures_that_are_kept_are_those_drawn_now(drawn: dict[str, bytes]) -> None:
    kept = {
        path.relative_to(ROOT / "static").as_posix(): path.read_bytes()
        for path in (ROOT / "static" / "campaigns").rglob("*")
        if path.is_file()
    }
    assert kept.keys() == drawn.keys(), "run python -m deploy.draw_campaigns"
    assert [file for file in kept if kept[file] != drawn[file]] == [], "run python -m deploy.draw_campaigns"


def test_a_picture_holds_nothing_but_the_picture(drawn: dict[str, bytes]) -> None:
    assert len(drawn) == len(LANGUAGES) * len(FORMATS)
    for file, data in drawn.items():
        assert set(chunks(data)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}, file
        with Image.open(BytesIO(data)) as image:
            assert file.endswith(f"-{image.width}x{image.height}.png")
            assert image.info == {}
    assert {shape.size for shape in SHAPES} == {*FORMATS.values()}


def test_no_archive_has_pictures(drawn: dict[str, bytes]) -> None:
    archived = {each.id for each in campaigns.of_files().values() if each.states.is_archived}
    assert archived == {"c1"}
    assert not [file for file in drawn if file.split("/")[1] in archived]


def test_the_command_writes_them_and_takes_away_what_is_none(tmp_path, drawn: dict[str, bytes]) -> None:
    old = tmp_path / "campaigns" / "c1" / "ru-1200x630.png"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    draw_campaigns.main(tmp_path)
    assert not old.exists()
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.png")}
    assert written == drawn


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_description_of_a_picture_holds_every_word_on_it(lang: str) -> None:
    campaign = campaigns.of_files()["c2"]
    words = words_of(campaign, lang)
    alt = campaign.share.alt.in_language(lang).text
    for said in (words.heading, words.text, *words.notes):
        assert said.rstrip(".") in alt, said


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape.size)))
def test_no_word_of_a_picture_is_broken_or_left_out(lang: str, shape: campaign_picture.Shape) -> None:
    words = words_of(campaigns.of_files()["c2"], lang)
    for block, said in zip(fitted(words, shape, shape.size[1]), (words.heading, words.text), strict=True):
        assert " ".join(block.lines).replace(NO_BREAK_SPACE, " ") == said


def test_words_that_do_not_fit_are_refused() -> None:
    with pytest.raises(DoesNotFit, match="1200×630"):
        draw(Words("Heading", "Many words. " * 90, ("note",)), SHAPES[0])


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_page_shows_the_pictures_with_captions_and_descriptions(client: FlaskClient, lang: str) -> None:
    answer = client.get(f"/{lang}/campaigns/c2").get_data(as_text=True)
    page = unescape(answer)
    kit = campaigns.of_files()["c2"].share
    for other in LANGUAGES:
        assert f"{kit.caption.in_language(other).text}<br>http://127.0.0.1:8000/{other}/campaigns/c2</p>" in page
        assert page.count(kit.alt.in_language(other).text) >= 1
    files = re.findall(r'<a href="(/static/[^"]+\.png)"', page)
    assert len(files) == 9
    assert [file.rsplit("/", 1)[1][:2] for file in files[:3]] == [lang] * 3
    for file in files:
        with client.get(file) as found:
            assert found.status_code == 200
    assert re.search(rf'property="og:image" content="[^"]+/campaigns/c2/{lang}-1200x630\.png"', answer)


def test_an_archive_is_shared_with_the_picture_of_the_site(client: FlaskClient) -> None:
    assert 'content="http://127.0.0.1:8000/en/share.png"' in client.get("/en/campaigns/c1").get_data(as_text=True)

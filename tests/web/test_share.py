"""What messengers and searchers are told: pictures, the head of each page, the list of addresses, icons."""

import json
import re
from datetime import date, datetime
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from deploy import draw_icons
from portal import clock
from portal.i18n.locale import speaking
from portal.services import tracking
from portal.settings import ROOT, Settings
from portal.web.public import share, share_picture
from portal.web.public.fitted_text import REGULAR, STRONG, font
from portal.web.public.share_picture import MEASURE, STATUS_MEASURE, STATUS_SIZES, Card, Strip, draw
from tests.web.test_every_page import PATHS

pytestmark = pytest.mark.slow
"""Every page and every language again: for the whole run."""

LANGUAGES = ("kk", "ru", "en")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
CARD = Card(
    number="Петиция № 12345",
    title="Ағаштарды сақтайық",
    marks=("«", "»"),
    status=("Қол жиналып жатыр: 22 071 / 50 000.", "Соңғы күні: 2026 жылғы 6 тамыз."),
    checked="Соңғы тексерілген күні: 2026 жылғы 1 шілде.",
    note="Тәуелсіз жоба. Бұл ресми портал емес.",
    strip=Strip(("40 жұмыс күні",), 480, tuple((each * 12, 11, "day") for each in range(40))),
)
LONG = {
    "three hundred letters": ("Министрліктерді қысқарту және бюджет қаржысын тиімді пайдалану туралы " * 5)[:300],
    "one word of three hundred letters": "ә" * 300,
    "wide letters": "ЩЖӘ ҮҰҚ " * 40,
    "one letter": "Ң",
    "pictures and signs of control": "Парк 🌳\u202e\x07 үшін",
    "nothing that can be drawn": "🌳🌳",
}


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def head_of(page: str) -> dict[str, str]:
    """Return what the meta elements of a page say, by name."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page.split("</head>", maxsplit=1)[0])
    return {name: unescape(content) for name, content in found if not name.endswith(":alternate")}


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    read: dict[str, object] = json.loads(found[1])
    return read


# Pictures


@pytest.mark.parametrize("number", [1, 3, 18])
def test_a_petition_has_a_picture_in_each_language(client: FlaskClient, number: int) -> None:
    drawn = {}
    for lang in LANGUAGES:
        answer = client.get(f"/{lang}/petitions/{number}/share.png")
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert len(answer.data) <= 60_000
        image = opened(answer.data)
        assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
        drawn[lang] = answer.data
    assert len(set(drawn.values())) == 3
    assert client.get(f"/kk/petitions/{number}/share.png?v=7").data == drawn["kk"]


def test_a_picture_is_kept_for_an_hour_and_asked_for_by_its_digest(client: FlaskClient) -> None:
    answer = client.get("/ru/petitions/1/share.png")
    assert answer.cache_control.max_age == 3600
    again = client.get("/ru/petitions/1/share.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["petitions/999/share.png", "petitions/99999999999999999999/share.png"])
def test_what_is_not_there_has_no_picture(client: FlaskClient, path: str) -> None:
    assert client.get(f"/kk/{path}").status_code == 404
    assert client.get("/kk/petitions/1/share.png?colour=red").status_code == 400


def test_every_petition_can_be_drawn_and_names_no_author(app: Flask) -> None:
    for number in range(1, 20):
        with app.test_request_context("/kk/"):
            petition = tracking.by_number(number)
            author = tracking.record_of(petition).author
            card = share.card_of(petition, "kk")
            said = " ".join((card.number, card.title, *card.status, card.checked, card.note))
            assert author is None or author not in said
            assert card.marks in {("", ""), ("«", "»"), ("“", "”")}


def test_a_title_stands_between_the_marks_of_its_language_and_our_description_between_none(app: Flask) -> None:
    with app.test_request_context("/en/"):
        titled, described = (share.card_of(tracking.by_number(number), "en") for number in (1, 5))
    assert (titled.title[:6], titled.marks) == ("We Are", ("“", "”"))
    assert described.marks == ("", "")


def test_the_term_of_the_central_case_is_drawn_as_its_forty_days(app: Flask) -> None:
    with app.test_request_context("/en/"), speaking("en"):
        strip = share.card_of(tracking.by_number(1), "en").strip
    assert strip.captions[0] == "Review by a central state body: 40 working days. Last day: 6 August 2024"
    kinds = [kind for _, _, kind in strip.cells]
    assert (kinds.count("day"), kinds.count("last"), kinds.count("off")) == (39, 1, 1)


def test_a_term_whose_last_day_is_not_known_is_not_drawn(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert share.card_of(tracking.by_number(5), "en").strip is None


@pytest.mark.parametrize("title", LONG.values(), ids=LONG)
@pytest.mark.parametrize("strip", [CARD.strip, None], ids=["with a term", "without"])
def test_a_title_of_any_length_fits(title: str, strip: Strip | None) -> None:
    height = share_picture.BOTTOM - share_picture.TOP - (95 if strip else 0)
    status = ("Бір сөйлем. " * 30, "Тағы бір сөйлем.")
    card = Card(CARD.number, title, CARD.marks, status, CARD.checked, CARD.note, strip)
    heading, said = share_picture.title_and_status(card, height)
    for line in heading.lines:
        assert font(STRONG, heading.size).getlength(line) <= MEASURE
    for line in said.lines:
        assert font(REGULAR, said.size).getlength(line) <= STATUS_MEASURE
    used = heading.height + share_picture.ABOVE_STATUS + said.height + share_picture.CHECKED_LEADING
    assert used <= height
    assert heading.lines[0].startswith("«")
    assert heading.lines[-1].endswith("»")
    assert opened(draw(card)).size == (1200, 630)


def test_a_shortened_title_ends_at_a_word() -> None:
    block = share_picture.title_block(LONG["three hundred letters"], ("«", "»"), 100)
    shown = " ".join(block.lines)
    assert shown.endswith("…»")
    assert LONG["three hundred letters"].startswith(shown[1:-2] + " ")


def test_a_line_never_ends_within_a_date() -> None:
    sentence = "Решение принято: 1 августа 2024 года — 6 августа 2024 года. Результат: иной."
    said = share_picture.status_in((sentence,), STATUS_SIZES[0])
    assert not [line for line in said.lines if re.search(r"\d$|августа$", line)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_a_status_is_left_out_in_silence(app: Flask, lang: str) -> None:
    """That a decision was due, without that it came, would accuse; what is too long ends at a sentence with …."""
    height = share_picture.BOTTOM - share_picture.TOP - 95
    cut = []
    for number in range(1, 20):
        with app.test_request_context(f"/{lang}/"), speaking(lang):
            card = share.card_of(tracking.by_number(number), lang)
        drawn = " ".join(share_picture.title_and_status(card, height)[1].lines).replace("\u00a0", " ")
        whole = " ".join(card.status).replace("\u00a0", " ")
        if drawn != whole:
            cut.append(number)
            assert drawn.endswith(". …")
            assert whole.startswith(drawn[:-2])
    assert 1 not in cut
    assert len(cut) <= 4


def test_the_same_words_give_the_same_picture() -> None:
    first = draw(CARD)
    draw.cache_clear()
    assert draw(CARD) == first


def test_nothing_is_drawn_beyond_the_margins() -> None:
    image = opened(draw(CARD)).convert("RGB")
    paper = image.getpixel((0, 0))
    for left, right in ((0, share_picture.MARGIN - 8), (1200 - share_picture.MARGIN + 4, 1200)):
        assert image.crop((left, 0, right, 630)).getcolors() == [((right - left) * 630, paper)]


# The head of each page


@pytest.mark.parametrize("lang", ["kk", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_names_its_address_its_languages_and_its_picture(client: FlaskClient, lang: str, path: str) -> None:
    page = client.get(f"/{lang}{path}").get_data(as_text=True)
    head = page.split("</head>")[0]
    own = re.findall(r'<link rel="canonical" href="([^"]+)">', head)
    others = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head))
    assert len(own) == 1
    assert own[0].startswith(f"http://127.0.0.1:8000/{lang}/")
    assert others[lang] == own[0]
    assert set(others) == {*LANGUAGES, "x-default"}
    said = head_of(page)
    assert said["og:url"] == unescape(own[0])
    assert len(said["description"]) >= 20
    assert said["og:description"] == said["description"].strip()
    assert said["og:image"].endswith((".png", f".png?v={said['og:image'].rpartition('=')[2]}"))
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:locale"] == {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_GB"}[lang]
    assert said["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("norms/ст. 90-2", "norms/KZ.APPC.90-2"),
        ("petitions/1?utm_source=telegram&fbclid=1", "petitions/1"),
        ("petitions/1?on={today}", "petitions/1"),
        ("petitions/1?on=01.07.2024", "petitions/1?on=2024-07-01"),
        ("petitions?stage=decided&sort=due&utm_medium=x", "petitions?sort=due&amp;stage=decided"),
        ("petitions?sort=due&stage=decided", "petitions?sort=due&amp;stage=decided"),
    ],
)
def test_an_address_has_one_form(client: FlaskClient, asked: str, address: str) -> None:
    page = client.get(f"/ru/{asked.format(today=clock.today())}").get_data(as_text=True)
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/ru/{address}">' in page


def test_a_petitions_page_says_where_it_stands_and_not_by_whom(client: FlaskClient, app: Flask) -> None:
    page = client.get("/en/petitions/1").get_data(as_text=True)
    said = head_of(page)
    assert "granted in part" in said["description"]
    assert said["og:title"] == "“We Are against Open and Hidden LGBT Propaganda in Kazakhstan!”"
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/en/petitions/1/share\.png\?v=\d+", said["og:image"])
    with app.app_context():
        author = tracking.record_of(tracking.by_number(1)).author
    assert author
    head = page.split("</head>")[0]
    assert not [part for part in author.split() if part in head]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_petitions_page_has_data_for_machines(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/{lang}/petitions/1").get_data(as_text=True)
    data = data_of(page)
    assert (data["@type"], data["inLanguage"]) == ("WebPage", lang)
    assert data["about"]["@type"] == "CreativeWork"
    assert "author" not in json.dumps(data)
    assert date.fromisoformat(data["dateModified"][:10]).year >= 2024
    assert len(json.dumps(data, ensure_ascii=False).encode()) <= 1024


def test_data_cannot_end_its_element(app: Flask) -> None:
    with app.test_request_context("/en/petitions/1"):
        app.preprocess_request()
        petition = tracking.by_number(1)
        written = app.jinja_env.globals["petition_data"](petition, "</script><b>&amp;", clock.now())
    assert "<" not in written
    assert json.loads(written)["about"]["name"] == "</script><b>&amp;"


def test_an_error_and_a_search_are_no_pages_to_be_found(client: FlaskClient) -> None:
    for path in ("petitions/999", "petitions?q=парк"):
        page = client.get(f"/ru/{path}").get_data(as_text=True)
        assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in client.get("/ru/petitions/999").get_data(as_text=True)


# The list of addresses


def test_the_list_of_addresses_is_whole_and_every_address_answers(client: FlaskClient) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    parts = [each.text.removeprefix("http://127.0.0.1:8000") for each in index.iter(f"{SITEMAP}loc")]
    assert parts == ["/sitemap-pages.xml", "/sitemap-petitions-1.xml"]
    addresses: list[str] = []
    for part in parts:
        answer = client.get(part)
        assert answer.mimetype == "application/xml"
        for each in ElementTree.fromstring(answer.data).iter(f"{SITEMAP}url"):
            links = {link.get("hreflang"): link.get("href") for link in each.iter(f"{XHTML}link")}
            assert set(links) == {*LANGUAGES, "x-default"}
            addresses.append(each.findtext(f"{SITEMAP}loc"))
            assert addresses[-1] in links.values()
    paths = [each.removeprefix("http://127.0.0.1:8000") for each in addresses]
    assert len(paths) == len(set(paths))
    assert {f"/{lang}/petitions/{number}" for lang in LANGUAGES for number in range(1, 20)} <= set(paths)
    assert {f"/{lang}/{path}" for lang in LANGUAGES for path in ("", "petitions", "corrections", "bodies/mci")} <= set(
        paths
    )
    for path in paths[::17]:
        assert client.get(path).status_code == 200, path


def test_a_petition_is_listed_with_the_last_change_of_its_record(client: FlaskClient) -> None:
    part = ElementTree.fromstring(client.get("/sitemap-petitions-1.xml").data)
    changed = {each.findtext(f"{SITEMAP}lastmod") for each in part.iter(f"{SITEMAP}url")}
    assert all(each and datetime.fromisoformat(each).tzinfo for each in changed)


@pytest.mark.parametrize("part", ["0", "2", "99999999999999999999"])
def test_a_part_that_is_not_there_is_not_found(client: FlaskClient, part: str) -> None:
    assert client.get(f"/sitemap-petitions-{part}.xml").status_code == 404


def test_robots_may_read_everything_and_find_the_list(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", Settings(base_url="https://qadam.example"))
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "User-agent: *\nAllow: /\n" in answer.get_data(as_text=True)
    assert "Sitemap: https://qadam.example/sitemap.xml" in answer.get_data(as_text=True)


# Icons


def test_the_icons_answer(client: FlaskClient) -> None:
    favicon = client.get("/favicon.ico")
    assert (favicon.status_code, opened(favicon.data).format) == (200, "ICO")
    page = client.get("/kk/").get_data(as_text=True).split("</head>", 1)[0]
    icons = re.findall(r'<link rel="(?:apple-touch-)?icon" href="([^"]+)"', page)
    assert [each.rpartition("/")[2] for each in icons] == ["favicon.svg", "favicon.ico", "apple-touch-icon.png"]
    for address in icons:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert answer.mimetype.startswith("image/")


def test_the_icons_are_those_that_the_script_draws(tmp_path) -> None:
    draw_icons.main(tmp_path)
    for name in ("favicon.ico", "apple-touch-icon.png"):
        kept, drawn = (opened((folder / name).read_bytes()).convert("RGB") for folder in (ROOT / "static", tmp_path))
        assert kept.tobytes() == drawn.tobytes()
    assert (tmp_path / "favicon.svg").read_text() == (ROOT / "static" / "favicon.svg").read_text()


def test_the_icon_is_the_mark_of_the_pages() -> None:
    mark = (ROOT / "portal" / "templates" / "macros" / "mark.html").read_text()
    assert 'd="M2 21h8v-6h8V9h8V3h4"' in mark
    assert 'd="M2 25L10 25L10 19L18 19L18 13L26 13L26 7L30 7"' in (ROOT / "static" / "favicon.svg").read_text()

"""Drafting a letter in Chromium: nothing leaves the page, nothing is kept, nothing hinders, everything can be taken."""

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.domain.texts import LANGUAGES
from portal.services.letters import stock
from portal.settings import ROOT
from tests.browser.conftest import NARROW, WIDE, Tab, hinders_nobody
from tests.fixtures.office import sheets_of

DRAFTS = ("question?petition=1", "complaint?petition=2", "measures?petition=1", "message")
MESSAGE = "message?petition=1"

MARKED = {
    "name": "Әбіл Ғаниұлы Қоңыр",
    "patronymic": "Үміт-Һәм",
    "iin": "999999000002",
    "locality": "Өскемен-елді-мекені",
    "street": "Ұлы дала көшесі 77",
    "postcode": "010000",
    "phone": "87012345678",
    "email": "belgi@example.kz",
    "own": "Менің ойымша, бұл — белгі сөйлем {name} </w:t>.",
    "enclosures": "Қосымша-белгі",
}
"""What is typed, and must be found in what is taken along and nowhere else."""

KEPT_ANYWHERE = """async () => [localStorage.length, sessionStorage.length, document.cookie,
  (await indexedDB.databases()).length, (await caches.keys()).length].filter(Boolean)"""

NAMED = """[...document.querySelectorAll("input, textarea, select")]
  .filter(each => each.name && each.type !== "radio").map(each => each.outerHTML)"""

COMPOSE_TIMES = """async address => {
  const {compose, plain} = await import(address);
  const sheet = JSON.parse(document.getElementById("letter-data").textContent).sheets.kk;
  const choice = {day: "2026-06-30", items: sheet.items.map(each => each.id), own: "ә".repeat(1200), who: {name: "Ә"}};
  const times = [];
  for (let run = 0; run < 100; run += 1) {
    const start = performance.now();
    plain(compose(sheet, choice));
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[94];
}"""

PAGE_MARGINS = """[...document.styleSheets].flatMap(each => [...each.cssRules])
  .flatMap(rule => rule.cssRules ? [...rule.cssRules] : [])
  .filter(rule => rule instanceof CSSPageRule).map(rule => rule.style.margin)"""


@pytest.fixture
def own_tab(chromium: Any, address: str) -> Iterator[Tab]:
    """A tab in a fresh profile, for a test that leaves the site."""
    tab = Tab(chromium, address)
    yield tab
    tab.context.close()


def draft(tab: Tab, path: str, lang: str = "kk", *, width: int = WIDE) -> Any:
    """Open a drafting page and wait until its fields are there."""
    tab.open(f"/{lang}/letters/{path}", width=width)
    tab.page.wait_for_selector("#field-name", state="attached")
    tab.page.evaluate("document.fonts.ready.then(() => true)")  # The last that a page asks for by itself.
    return tab.page


def fill(page: Any) -> None:
    """Type the marked values."""
    for key, value in MARKED.items():
        page.locator(f"#field-{key}").fill(value)


def taken(page: Any, words: str) -> bytes:
    """Press a button that saves a file, and return what was saved."""
    with page.expect_download() as download:
        page.locator(f"button[data-word={words}]").first.click()
    return Path(download.value.path()).read_bytes()


def docx_text(content: bytes) -> str:
    """Return the words of a DOCX file, a paragraph a line."""
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    return "\n".join("".join(re.findall(r"<w:t[^>]*>(.*?)</w:t>", each)) for each in xml.split("</w:p>"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_that_is_typed_leaves_the_page(tab, lang):
    page = draft(tab, MESSAGE, lang)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fill(page)
    docx, txt = docx_text(taken(page, "save_docx")), taken(page, "save_txt")
    for words in ("copy_short", "copy_full"):
        page.locator(f"button[data-word={words}]").first.click()
        page.locator(f".copying:has([data-word={words}]) .copied:not(:empty)").first.wait_for()
    page.emulate_media(media="print")
    printed = page.locator(".sheet--live").inner_text()
    page.emulate_media(media="screen")
    assert page.evaluate(KEPT_ANYWHERE) == []
    assert page.evaluate(NAMED) == []
    assert [each for each in asked if not each.startswith("blob:")] == []
    assert tab.objections() == []
    assert page.url == f"{tab.address}/{lang}/letters/{MESSAGE}"
    assert txt.startswith(b"\xef\xbb\xbf")
    for text in (docx.replace("&lt;", "<").replace("&gt;", ">"), txt.decode(), printed):
        for key, value in {**MARKED, "phone": "+7 701 234 56 78"}.items():
            assert value in text, key
    for path in ("/kk/letters", f"/{lang}/letters/{MESSAGE}"):
        page.goto(tab.address + path)
    page.go_back()
    page.go_back()
    page.wait_for_selector("#field-name", state="attached")
    typed = page.evaluate("[...document.querySelectorAll('input[type=text]:not(#field-date)')].map(each => each.value)")
    assert set(typed) == {""}, "Back shows empty fields"


def test_a_page_that_was_left_comes_back_with_empty_fields(tab):
    """The browser may keep the page as it was left: the events of such a return are sent by hand."""
    page = draft(tab, MESSAGE, "ru")
    fill(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    left = page.evaluate("document.body.innerText")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert MARKED["own"] not in left
    assert page.locator("#field-name").input_value() == ""
    assert MARKED["name"] not in page.evaluate("document.body.innerText")


def test_a_mail_never_holds_the_letter(tab):
    page = draft(tab, "question?petition=1", "ru")
    fill(page)
    href = page.locator("a[data-word=open_mail]").get_attribute("href")
    assert href.startswith("mailto:?subject=")
    assert len(href) < 400


@pytest.mark.parametrize(
    "leave",
    [
        lambda page: page.locator("[data-leave]").click(),
        lambda page: [page.keyboard.press(key) for key in ("ShiftLeft", "ShiftRight", "ShiftLeft")],
    ],
    ids=["by the link", "by Shift"],
)
def test_the_page_is_left_at_once(own_tab, leave):
    page = draft(own_tab, MESSAGE, "ru")
    fill(page)
    length = page.evaluate("history.length")
    leave(page)
    page.wait_for_selector("#field-name", state="detached")
    assert own_tab.foreign.addresses[:1] == ["https://ru.wikipedia.org/"]
    assert "letters/" not in page.url
    assert page.evaluate("history.length") == length


def test_capital_letters_and_other_keyboards_leave_nobody_without_a_letter(tab):
    page = draft(tab, "message", "ru")
    page.locator("#field-name").focus()
    for _ in range(3):
        page.keyboard.press("Shift+A")
        page.keyboard.press("Alt+Shift")
    assert page.locator("#field-name").input_value() == "AAA"


def test_everything_is_cleared(own_tab):
    page = draft(own_tab, MESSAGE, "kk")
    fill(page)
    with page.expect_navigation(url=re.compile("/kk/letters/cleared$")):
        page.locator("[data-clear]").click()
    assert MARKED["name"] not in page.content()


def test_the_way_out_works_without_scripts(chromium, address):
    plain = Tab(chromium, address, java_script_enabled=False)
    answer = plain.page.goto(f"{address}/en/letters/question?petition=1")
    assert answer is not None
    html = answer.text()
    plain.context.close()
    assert 'href="https://en.wikipedia.org/"' in html
    assert '/en/letters/question/compose?petition=1"' in html
    assert not re.search(r"<input|<textarea", html)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", DRAFTS)
def test_a_draft_hinders_nobody(tab, path, lang):
    page = draft(tab, path, lang, width=NARROW)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.locator("#field-iin").fill("123")
    page.locator("#field-iin").blur()
    hinders_nobody(tab, lang)


def test_no_script_asks_how_wide_the_window_is():
    """What is drawn narrow and then widened is what would be drawn wide: so one load serves both."""
    asking = re.compile(r"matchMedia|inner(?:Width|Height)|client(?:Width|Height)|offsetWidth|ResizeObserver|resize\b")
    found = [
        path.name for path in (ROOT / "static" / "js").rglob("*.js") if asking.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_draft_can_be_read_in_the_dark_and_enlarged(tab):
    tab.page.emulate_media(color_scheme="dark")
    page = draft(tab, "complaint?petition=2")
    barriers = tab.barriers()
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert barriers == []
    assert tab.width_needed() <= WIDE


def test_checks_warn_and_never_block(tab):
    page = draft(tab, "question?petition=1", "en")
    for key, value in {
        "iin": "999999000001",
        "postcode": "12",
        "phone": "5",
        "email": "a b",
        "date": "31.02.2026",
    }.items():
        page.locator(f"#field-{key}").fill(value)
        page.locator(f"#field-{key}").blur()
        assert page.locator(f"#field-{key}-says").inner_text()
    assert "999999000001" in docx_text(taken(page, "save_docx"))


def test_a_date_that_there_is_not_leaves_a_blank(tab):
    page = draft(tab, "question?petition=1", "en")
    page.locator("#field-date").fill("31.02.2026")
    assert "Date: ____________" in page.locator(".sheet--live").inner_text()


def test_what_the_law_asks_for_is_listed_as_missing_until_it_is_there(tab):
    page = draft(tab, "complaint?petition=2", "en")
    row = page.locator(".required__list li", has_text="Your name")
    assert row.inner_text().startswith("Missing")
    fill_name = page.locator("#field-name")
    fill_name.fill("Aliya")
    assert row.inner_text().startswith("There")
    assert page.locator(".required__list li", has_text="Signature").inner_text().startswith("By hand")


def test_somebody_without_an_iin_and_an_organisation_get_through(tab):
    page = draft(tab, "question?petition=1", "en")
    sheet = page.locator(".sheet--live")
    page.get_by_label("I have none").check()
    assert "IIN" not in sheet.inner_text()
    page.get_by_role("group", name="Who writes?").get_by_label("An organisation").check()
    page.locator("#field-organisation").fill("Adal Foundation")
    assert "From: Adal Foundation" in sheet.inner_text()
    page.locator("#leave-blanks").click()
    assert "From: ____________" in sheet.inner_text()


def test_what_is_edited_by_hand_is_what_is_taken(tab):
    page = draft(tab, "question?petition=1", "kk")
    page.locator("#editing > summary").click()
    text = page.locator("#field-whole_text")
    text.fill(text.input_value().replace("Күні:", "Бүгінгі күн:") + "Соңғы жол\n")
    page.locator("#field-name").fill("Кейін жазылған")
    found = docx_text(taken(page, "save_docx"))
    assert "Бүгінгі күн:" in found
    assert "Соңғы жол" in found
    assert "Кейін жазылған" not in found
    assert page.locator(".edited-banner:visible").count() == 3
    title = page.locator(".sheet--live .sheet__title")
    assert title.count() == 1, "a line that was not touched keeps its place"
    page.locator(".edited-banner:visible button").first.click()
    assert "Кейін жазылған" in page.locator(".sheet--live").inner_text()


def header_words(page: Any) -> str:
    """Return what a page says outside the tool."""
    parts = ("body > header", "body > footer", "[data-about=top]", "[data-about=way]", "[data-about=risk]", ".leave")
    return "\n".join(page.locator(part).inner_text() for part in parts)


def test_another_language_of_the_page_keeps_what_was_typed(tab):
    page = draft(tab, "question?petition=1", "kk")
    page.locator("#field-name").fill(MARKED["name"])
    for lang in ("ru", "en", "kk"):
        page.locator(f"a[hreflang={lang}]").click()
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.url.endswith(f"/{lang}/letters/question?petition=1")
        assert page.locator("#field-name").input_value() == MARKED["name"]
        assert page.locator(".sheet--live").get_attribute("lang") == "kk"
        swapped = header_words(page), page.locator("#part-check").inner_text(), page.title()
        other = page.context.new_page()
        other.goto(page.url)
        other.wait_for_selector("#field-name", state="attached")
        other.get_by_role("radio", name="Қазақша").check()
        other.locator("#field-name").fill(MARKED["name"])
        fresh = header_words(other), other.locator("#part-check").inner_text(), other.title()
        other.close()
        assert sorted("".join(swapped)) == sorted("".join(fresh))  # Grounds stand in an order by chance.
    assert tab.objections() == []


def test_a_language_that_nothing_was_typed_for_is_a_new_page(tab):
    page = draft(tab, "message", "kk")
    with page.expect_navigation():
        page.locator("a[hreflang=en]").click()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_grounds_of_the_old_constitution_are_offered_until_it_ends(tab):
    kind = stock().kinds["message"]
    old = {each for each in kind.items if any(norm.startswith("KZ.CONST") for norm in stock().items[each].norms)}
    assert old
    page = draft(tab, MESSAGE, "en")
    offered = "[...document.querySelectorAll('.sentence input')].map(each => each.id.replace('sentence-', ''))"
    for day, there in (("30.06.2026", old), ("01.07.2026", set()), ("30.06.2026", old)):
        page.locator("#field-date").fill(day)
        assert set(page.evaluate(offered)) & old == there
    page.locator("#field-date").fill("01.07.2026")
    reasons = page.locator(".not-offered li").all_inner_texts()
    assert len([each for each in reasons if "in force until 30 June 2026, inclusive" in each]) == len(old)
    assert "(01.07.2026)" in page.locator(".not-offered p").inner_text()


def test_an_edition_that_was_not_read_warns_and_never_blocks(tab):
    page = draft(tab, "question?petition=1", "en")
    warning = page.locator(".norms-now .warning")
    assert "25 August 2026" in warning.inner_text()
    page.locator("#field-date").fill("24.08.2026")
    assert warning.count() == 0


def test_sentences_are_chosen_and_moved_by_keyboard(tab):
    page = draft(tab, "question?petition=1", "en")
    asked = page.locator("[aria-labelledby=sentences-ask] label")
    first, second = asked.nth(0).inner_text(), asked.nth(1).inner_text()
    down = page.locator("[aria-labelledby=sentences-ask] [id^=move_down-]").first
    moved = down.get_attribute("id")
    down.focus()
    page.keyboard.press("Enter")
    assert [asked.nth(0).inner_text(), asked.nth(1).inner_text()] == [second, first]
    up = f"#{moved.replace('down', 'up')}"
    assert page.evaluate("document.activeElement.id") in {moved, up[1:]}
    items = page.locator(".sheet__item").all_inner_texts()
    assert items[-2].endswith(second)
    box = page.locator("[aria-labelledby=sentences-ask] input").first
    box.focus()
    page.keyboard.press("Space")
    assert second not in "\n".join(page.locator(".sheet__item").all_inner_texts())


def test_two_letters_are_not_copies(own_tab):
    orders: set[tuple[str, ...]] = set()
    for _ in range(30):
        page = draft(own_tab, "materials?petition=1", "en")
        orders.add(tuple(page.locator(".sheet__item").all_inner_texts()))
        if len(orders) > 1:
            return
    raise AssertionError("thirty letters had their sentences in one order")


def test_the_way_follows_from_two_answers(tab):
    page = draft(tab, "question?petition=1", "en")
    page.get_by_role("group", name="Can you sign in").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="Who are you?").get_by_label("An organisation").check()
    assert "Paper suits you" in page.locator(".way").inner_text()
    assert page.locator("#field-organisation").is_visible()


def test_paper_shows_the_letter_alone(tab):
    page = draft(tab, MESSAGE, "ru")
    page.emulate_media(media="print")
    shown = page.evaluate("document.body.innerText")
    sheet = page.locator(".sheet--live").inner_text()
    page.emulate_media(media="screen")
    assert "".join(shown.split()) == "".join(sheet.split())
    assert page.evaluate(PAGE_MARGINS) == ["0px"]


def test_a_letter_is_composed_within_ten_milliseconds(tab):
    page = draft(tab, MESSAGE, "kk")
    address = page.evaluate("document.querySelector('script[type=module]').src.replace('tool.js', 'compose.js')")
    assert page.evaluate(COMPOSE_TIMES, address) < 10


def test_the_data_of_the_page_speak_every_language(tab):
    page = draft(tab, MESSAGE, "kk")
    data = json.loads(page.locator("#letter-data").text_content())
    keys = {lang: set(words) for lang, words in data["words"].items()}
    assert keys["kk"] == keys["ru"] == keys["en"]
    used = page.evaluate("[...document.querySelectorAll('[data-word]')].map(each => each.dataset.word)")
    assert set(used) <= keys["kk"]


PRINT = {"displayHeaderFooter": True, "preferCSSPageSize": True, "printBackground": False}
"""As Chromium prints unless it is told otherwise: with title, day, address and page number around the sheet."""


def test_paper_holds_the_letter_and_nothing_of_the_page(own_tab, tmp_path):
    page = draft(own_tab, MESSAGE, "kk")
    fill(page)
    page.locator("#field-own").fill("Бір жол.\n" * 60)
    sheets = printed(own_tab, tmp_path)
    assert len(sheets) > 1
    text = "\n".join(sheets)
    assert MARKED["name"] in text
    assert MARKED["iin"] in text
    (signed,) = [sheet for sheet in sheets if "Қолы:" in sheet]
    assert len(signed.partition("Қолы:")[0].split()) > 3, "the signature is not alone on its sheet"
    for trace in ("127.0.0.1", "http", "/letters", "Qadam", "Беттен шығу"):
        assert trace not in text, trace
    assert "Хат" not in [line.strip() for line in text.splitlines()], "the title of the page"


def test_what_a_browser_prints_around_a_page_would_be_found(own_tab, tmp_path):
    own_tab.open("/kk/about")
    assert "127.0.0.1" in "\n".join(printed(own_tab, tmp_path))


def printed(tab: Tab, folder: Path) -> list[str]:
    """Return the text of each sheet that the browser would print."""
    session = tab.context.new_cdp_session(tab.page)
    (folder / "printed.pdf").write_bytes(base64.b64decode(session.send("Page.printToPDF", PRINT)["data"]))
    return sheets_of(folder / "printed.pdf")

"""What comes after a letter, guidance without one, and the page after everything was cleared: all without scripts."""

import re

import html5lib
import pytest
import time_machine

from portal.domain.texts import LANGUAGES
from portal.services import answer_days, letter_guides, letters
from portal.services.letter_advice import advice
from tests.fixtures.pages import SPOKEN

pytestmark = pytest.mark.slow


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False), answer


def words(node):
    return " ".join("".join(node.itertext()).split())


def rows_of(page, number):
    table = page.findall(".//table")[number]
    return [[words(cell) for cell in row] for row in table.iter("tr") if row.find("td") is not None]


@pytest.mark.parametrize("lang", SPOKEN)
@time_machine.travel("2026-11-22T08:00:00+05:00")
def test_the_table_has_every_day_of_sixty_with_each_term(client, lang):
    page, _ = page_of(client, f"/{lang}/letters/after")
    rows = rows_of(page, 0)
    assert len(rows) == 60
    assert len(rows[0]) == 3 + 2 * len(answer_days.readings())
    monday = next(row for row in rows if row[0].startswith("23.11.2026"))
    # Registered; 15 working days, 15 calendar days, 20 working days, each by both readings; told of forwarding.
    assert monday[1:] == [
        *("23.11.2026", "11.12.2026", "14.12.2026", "07.12.2026", "08.12.2026", "21.12.2026", "22.12.2026"),
        "26.11.2026",
    ]
    sunday = next(row for row in rows if row[0].startswith("22.11.2026"))
    assert sunday[1:] == monday[1:]


@time_machine.travel("2026-12-20T08:00:00+05:00")
def test_days_of_a_provisional_year_are_marked(client):
    page, answer = page_of(client, "/en/letters/after")
    cells = [cell for row in rows_of(page, 0) for cell in row]
    assert all(cell.rstrip("*") != cell for cell in cells if re.search(r"\.2027", cell) and len(cell) <= 11)
    assert "Provisional: the calendar for 2027 is not officially published." in answer.get_data(as_text=True)


@time_machine.travel("2027-11-20T08:00:00+05:00")
def test_where_no_calendar_is_known_the_days_say_about(client):
    page, answer = page_of(client, "/en/letters/after")
    assert any(cell.startswith("about ") for row in rows_of(page, 0) for cell in row)
    assert "no calendar of that year is known yet" in answer.get_data(as_text=True)


def test_the_last_forty_days_are_there_too(client):
    page, _ = page_of(client, "/kk/letters/after")
    assert len(rows_of(page, 1)) == 40


@pytest.mark.parametrize("lang", SPOKEN)
def test_both_readings_of_an_information_request_stand_side_by_side_as_unconfirmed(client, lang):
    page, answer = page_of(client, f"/{lang}/letters/after")
    heads = [words(cell) for cell in page.find(".//table/thead/tr").iter("th")]
    assert len([head for head in heads if "15" in head]) == 2
    text = answer.get_data(as_text=True)
    assert {"kk": "Екеуі де расталмаған", "ru": "не подтвержден", "en": "Neither is confirmed"}[lang] in text


@pytest.mark.parametrize("lang", SPOKEN)
def test_every_status_next_letter_and_the_withdrawal_are_said(client, lang):
    page, _ = page_of(client, f"/{lang}/letters/after")
    said = words(page.find(".//main"))
    board = letter_guides.board()
    for text in (
        *(status.means for status in board.statuses),
        *(each.text for each in board.next_letters),
        board.withdraw.line,
    ):
        assert " ".join(text.by_language[lang].split()) in said
    links = {node.get("href") for node in page.iter("a")}
    assert {f"/{lang}/letters/{each.kind}" for kind in letters.stock().kinds.values() for each in kind.next} <= links
    for norm in ("KZ.APPC.64.9", "KZ.APPC.65", "KZ.APPC.76.3", "KZ.APPC.92.1"):
        assert f"/{lang}/norms/{norm}" in links


def test_the_page_has_no_field_of_its_own_and_nothing_to_send(client):
    page, _ = page_of(client, "/ru/letters/after")
    assert not [node for tag in ("form", "input", "select", "textarea") for node in page.iter(tag)]


def test_two_readers_get_the_same_page(client):
    first = client.get("/kk/letters/after", headers={"User-Agent": "one", "Accept-Language": "ru"})
    assert first.data == client.get("/kk/letters/after", headers={"User-Agent": "two"}).data


def test_the_browser_is_told_to_drop_what_it_kept(client):
    for path in ("/kk/letters", "/kk/letters/after", "/kk/letters/advice"):
        assert "Clear-Site-Data" not in client.get(path).headers
    _, answer = page_of(client, "/kk/letters/cleared")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", SPOKEN)
def test_guidance_is_the_last_row_of_the_kinds_with_the_same_weight_and_leads_to_the_directory(client, lang):
    kinds, _ = page_of(client, f"/{lang}/letters")
    rows = [row for row in kinds.iter("li") if row.get("class") == "kinds__row"]
    assert rows[-1].find("h2/a").get("href") == f"/{lang}/letters/advice"
    assert {row.find("h2/a") is not None for row in rows} == {True}
    page, _ = page_of(client, f"/{lang}/letters/advice")
    links = {node.get("href") for node in page.iter("a")}
    entries = [step.entry for section in advice().sections for step in section.steps]
    assert entries
    assert {f"/{lang}/directory#{entry}" for entry in entries} <= links
    assert not [link for link in links if "/blank" in link or "/compose" in link]
    assert not list(page.iter("form"))


@pytest.mark.parametrize("lang", SPOKEN)
def test_each_kind_has_its_blanks_in_every_language(client, lang):
    page, _ = page_of(client, f"/{lang}/letters")
    links = {node.get("href") for node in page.iter("a")}
    for code in letters.stock().kinds:
        for other in LANGUAGES:
            for ending in ("docx", "pdf", "txt"):
                assert f"/{other}/letters/{code}/blank.{ending}" in links


@pytest.mark.parametrize(("lang", "name"), [("kk", "khat"), ("ru", "pismo"), ("en", "letter")])
def test_a_blank_is_saved_under_a_name_that_says_nothing(client, lang, name):
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("txt", "\ufeff".encode())):
        answer = client.get(f"/{lang}/letters/complaint/blank.{ending}")
        assert answer.status_code == 200
        assert answer.data.startswith(start)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.{ending}"'
        assert "Last-Modified" not in answer.headers


@pytest.mark.parametrize("path", ["complaint/blank.odt", "complaint/blank.", "nothing/blank.pdf", "complaint/blank.sh"])
def test_there_is_no_blank_of_another_kind_or_form(client, path):
    assert client.get(f"/kk/letters/{path}").status_code == 404

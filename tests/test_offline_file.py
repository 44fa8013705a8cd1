"""The drafting page as a file: what the command makes on any day, whole in itself, and at work without a network."""

import base64
import hashlib
import re
from io import BytesIO

import docx
import pytest
import time_machine

from deploy.build_letters import OFFLINE
from deploy.letter_offline import offline_files
from portal.domain.texts import LANGUAGES
from portal.services import letters
from tests.fixtures.metadata import traces_in

pytestmark = pytest.mark.slow
"""They rest on what the command makes, which takes ten seconds."""

NAME = "Ұлдана Әбдіқызы Өтепбергенова"
WATCH = "window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective))"


def text_of(lang):
    return (OFFLINE / f"letter-{lang}.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-01-01T10:00:00Z", "2027-05-05T22:30:00Z"])
def test_the_command_makes_what_is_shipped_on_any_day(served, day):
    with time_machine.travel(day), served.app_context():
        made = dict(offline_files())
    assert made == {path.name: path.read_bytes() for path in OFFLINE.iterdir()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_check_sum_is_that_of_the_file_as_it_is_served(served, lang):
    client = served.test_client()
    page = client.get(f"/offline/letter-{lang}.html")
    assert page.headers["Content-Disposition"] == f'attachment; filename="letter-{lang}.html"'
    found = hashlib.sha256(page.data).hexdigest()
    assert client.get(f"/offline/letter-{lang}.html.sha256").get_data(as_text=True) == f"{found}  letter-{lang}.html\n"
    assert found in client.get(f"/{lang}/letters").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/offline/letter-de.html", "/offline/letter-..html", "/offline/letter-kk.htm"])
def test_there_is_no_other_file(served, path):
    assert served.test_client().get(path).status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_is_whole_and_its_policy_lets_nothing_else_run(lang):
    text = text_of(lang)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    for directive, pattern in (
        ("script-src", r'<script type="module">(.*?)</script>'),
        ("style-src", r"<style>(.*?)</style>"),
    ):
        (inner,) = re.findall(pattern, text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    for part in ("default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'", "font-src data:"):
        assert part in policy
    assert not re.search(r'\b(?:src|href)="(?!https://|#|/[a-z]{2}/)[^"]', text)
    assert 'url("../' not in text
    assert traces_in(text.encode(), "txt") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_every_kind_and_no_petition(lang):
    text = text_of(lang)
    for code in letters.stock().kinds:
        assert f'<template data-kind="{code}">' in text
        assert f'href="#{code}"' in text
    assert 'href="/' not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL).replace(
        f'href="/{lang}/letters/cleared"', ""
    )


@pytest.fixture
def disk(chromium):
    with chromium.new_context(offline=True, accept_downloads=True) as context:
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.add_init_script(WATCH)
        yield page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_is_made_from_the_disk_without_a_network(disk, lang):
    asked = []
    disk.on("request", lambda request: asked.append(request.url))
    address = (OFFLINE / f"letter-{lang}.html").as_uri()
    disk.goto(address)
    disk.click('a[href="#question"]')
    disk.wait_for_selector("#field-name", state="attached")
    disk.fill("#field-name", NAME)
    with disk.expect_download() as download:
        disk.click("[data-take=docx], button:has-text('DOCX')")
    content = download.value.path().read_bytes()
    text = "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)
    assert NAME in text
    assert traces_in(content, "docx") == []
    assert {url for url in asked if not url.startswith("blob:")} <= {address, f"{address}#question"}
    assert disk.evaluate("violations") == []
    assert disk.complaints == []
    assert disk.evaluate("[...document.querySelectorAll('input[name]')].filter(e => e.type !== 'radio').length") == 0
    assert disk.evaluate("[...document.fonts].every(font => font.status !== 'error')")


def test_clearing_leads_back_to_the_choice_of_a_kind(disk):
    address = (OFFLINE / "letter-en.html").as_uri()
    disk.goto(f"{address}#question")
    disk.wait_for_selector("#field-name", state="attached")
    disk.fill("#field-name", NAME)
    disk.locator("[data-clear]").first.click()
    disk.wait_for_selector('a[href="#question"]')
    assert NAME not in disk.content()


def test_no_link_leads_to_a_page_that_is_not_on_the_disk(disk):
    disk.goto(f"{(OFFLINE / 'letter-en.html').as_uri()}#complaint")
    disk.wait_for_selector("#field-name", state="attached")
    dead = disk.evaluate(
        "[...document.querySelectorAll(\"a[href^='/']:not([data-clear])\")].map(each => each.outerHTML)"
    )
    assert dead == []

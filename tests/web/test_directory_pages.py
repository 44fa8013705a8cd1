"""The directory: doors by need, rows in order, what the law provides, and when we checked."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from portal import clock
from portal.db import db
from portal.i18n.locale import speaking
from portal.models import DirectoryEntry
from portal.services.needs import needs
from portal.web.public.directory_view import check_words
from tests.fixtures.pages import markup_of

pytestmark = pytest.mark.slow
"""A database for each test, or a page in each language: for the whole run."""

LANGUAGES = ("kk", "ru", "en")
KEYS = [need.key for need in needs()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_landing_page_has_a_door_for_each_need_and_one_for_a_petition(client, lang):
    page = markup_of(client.get(f"/{lang}/directory"))
    for need in needs():
        assert f'href="/{lang}/directory?need={need.key}">{need.title.in_language(lang).text}</a>' in page
    assert f'href="/{lang}/before-you-file"' in page
    assert page.count("<article ") == 112


def test_a_search_shows_rows_and_no_doors(client):
    page = markup_of(client.get("/en/directory?q=eotinish"))
    assert "need=no_answer" not in page
    assert 'id="S-02"' in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_a_need_has_a_page_with_its_rows_in_order_each_with_reason_source_and_check(client, key, lang):
    need = next(each for each in needs() if each.key == key)
    answer = client.get(f"/{lang}/directory?need={key}")
    page = unescape(markup_of(answer))
    title = need.title.in_language(lang).text
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in page
    assert f"<title>{title} · Qadam</title>" in page
    places = [page.index(f'<li class="step" id="{step.entry}"') for step in need.steps]
    assert places == sorted(places)
    for step in need.steps:
        assert step.why.in_language(lang).text in page
        for norm in step.norms:
            assert f'/norms/{norm}"' in page
    with speaking(lang):
        assert page.count(check_words(None, date(2026, 11, 22))) == len(need.steps)


def test_each_norm_of_a_need_says_what_it_provides_and_how_sure_we_are(client):
    page = markup_of(client.get("/en/directory?need=no_answer"))
    assert "Silence after the term counts as refusal for administrative acts. <abbr" in page
    assert re.search(r'Article 91\(2\) APPC</a>: Silence[^<]+<abbr class="certainty" title="[^"]+">A</abbr>', page)


def test_a_norm_that_ended_says_so(client):
    page = markup_of(client.get("/en/directory?need=legal_help"))
    assert "No longer in force. Last day: 30 June 2026." in page


def test_a_way_that_no_source_names_is_shown_as_unknown(client):
    page = markup_of(client.get("/en/directory?need=not_registered"))
    step = page.split('id="S-11"')[1].split('class="step"')[0]
    assert "not stated in the source" in step


def test_no_need_promises_an_outcome(client):
    for key in KEYS:
        page = markup_of(client.get(f"/en/directory?need={key}")).casefold()
        assert not re.search(r"\b(you will win|you should|we advise you|guarantee that|illegal)\b", page), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_need_is_refused_in_a_sentence(client, lang):
    answer = client.get(f"/{lang}/directory?need=revenge")
    assert answer.status_code == 400
    assert f'lang="{lang}"' in markup_of(answer)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "checked on: 26 May 2026"),
        (180, "checked on: 26 May 2026"),
        (181, "checked on: 26 May 2026. That is more than 180 days ago; it may have changed."),
    ],
)
def test_a_check_older_than_180_days_says_so(days, said):
    checked_on = date(2026, 5, 26)
    with speaking("en"):
        assert check_words(checked_on, checked_on + timedelta(days=days)) == said


@pytest.mark.parametrize(("day", "is_old"), [(date(2026, 11, 22), False), (date(2026, 11, 23), True)])
def test_both_pages_tell_an_old_check_from_a_recent_one(shipped, monkeypatch, day, is_old):
    """Checked on 26 May 2026: 22 November is the 180th day after it, 23 November the 181st."""
    row = db.session.get(DirectoryEntry, "S-02")
    assert row is not None
    row.checked_on = date(2026, 5, 26)
    db.session.commit()
    monkeypatch.setattr(clock, "today", lambda: day)
    client = shipped.test_client()
    for path in ("/en/directory?q=S-02", "/en/directory?need=no_answer"):
        page = markup_of(client.get(path))
        assert "checked on: 26 May 2026" in page
        assert ("more than 180 days ago" in page) is is_old

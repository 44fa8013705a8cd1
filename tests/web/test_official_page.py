"""What the official portal showed of a petition: struck out and added, with evidence, and withheld when it is gone."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from portal import clock
from portal.db import db, writing
from portal.domain.texts import LANGUAGES
from portal.models import OfficialVersion, Petition
from portal.models.watch import PortalWord
from portal.services import audit
from tests.fixtures.official import URL, VALUES
from tests.fixtures.pages import check, words_of
from tests.web.test_api import documented

pytestmark = pytest.mark.slow
"""A database for each test: for the whole run."""

PAGE = "/en/petitions/3/official"
NAMED = "Просим наказать Болата Ахметова, акима."
TITLE = "О бесплатном проезде для школьников"


@pytest.fixture
def portal(portal_of):
    """The official portal, on which petition No. 3 was read once, and again an hour later."""
    found = portal_of(3)
    found.reads(kept=True)
    found.reads()
    return found


@pytest.fixture
def client(shipped):
    return shipped.test_client()


def test_a_change_is_shown_as_words_struck_out_and_added(portal, client):
    portal.reads(title=TITLE, required=25_000)
    page = client.get(PAGE)
    said = words_of(page)
    assert (
        "О struck out: проездных билетах end of change added: бесплатном проезде end of change для школьников" in said
    )
    assert "struck out: 50,000 end of change added: 25,000 end of change" in said
    assert re.search(r'<div class="wording" lang="ru" dir="auto">О <del>', page.text)
    assert "Title, signatures needed latest version" in said
    assert 'content="noindex"' in page.text


def test_each_version_says_when_it_was_read_and_between_which_readings_it_changed(portal, client):
    first = portal.at
    portal.reads(required=25_000)
    portal.reads()
    said = words_of(client.get(PAGE))

    def time_of(at):
        return f"{at.astimezone(clock.LAW_ZONE):%H:%M} (Astana time)"

    assert "Read 4 times since" in said
    assert re.search(
        rf"Changed between two readings: [^.]*{re.escape(time_of(first))} still had the words before", said
    )
    assert re.search(
        rf"First read so: [^.]*{re.escape(time_of(portal.at - timedelta(hours=1)))}\. "
        rf"Last read so: [^.]*{re.escape(time_of(portal.at))}",
        said,
    )


def test_the_evidence_can_be_asked_for_and_is_not_published(portal, client):
    portal.reads(required=25_000, kept=False)
    page = client.get(PAGE)
    assert page.text.count(f'href="{URL}"') == 2
    assert len(set(re.findall(r"<code>([0-9a-f]{64})</code>", page.text))) == 3
    said = words_of(page)
    assert "SHA-256 of what was read, without names and inline files" in said
    assert "whoever wants to check it can ask for it" in said
    assert "No file of this exchange is kept." in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_in_each_language(portal, client, english_only, lang):
    portal.reads(
        title=TITLE, description=None, required=25_000, state="В РАБОТЕ", files=[], applied="2026-03-02",
        organization={"id": 9, "nameKk": "Оқу-ағарту министрлігі"}, deadline="x_y", unknown={"fio": "Болат"},
        location={"positionAddress": "Абая 1"},
        decision={"messageKk": "Жоқ", "messageRu": "Нет", "replyDate": "2026-09-01", "files": [{"fileName": "1.pdf"}]},
    )  # fmt: skip
    portal.reads(description="слово " * 1000)
    portal.misses()
    for path in ("", f"?version={portal.last}"):
        check(client.get(f"/{lang}/petitions/3/official{path}"), lang, english_only)
    check(client.get(f"/{lang}/petitions/3"), lang, english_only)
    portal.reads()
    page = client.get(f"/{lang}/petitions/3/official")
    check(page, lang, english_only)
    assert "Болат" not in page.text
    assert "Абая 1" not in page.text


def test_every_such_page_is_valid_html(portal, client, html_problems):
    portal.reads(
        title="<b>&amp;\u202e\x0b\ud800\ufffe",
        description="\n\n <script>x</script>\r\n\n",
        files=["<i>", {}, None],
        lang='"><x',
    )
    portal.reads(title="a", organization="<u>", state={"a": "<u>"}, required="<u>", applied=[1], decision="<u>")
    pages = {
        f"{lang}{path}": client.get(f"/{lang}/petitions/3{path}").text
        for lang in LANGUAGES
        for path in ("", "/official")
    }
    assert html_problems(pages) == []


# What may harm


def test_a_stranger_s_markup_is_shown_and_never_obeyed(portal, client):
    planted = "<script>alert(1)</script><img src=x onerror=y>"
    portal.reads(
        title=planted, description=planted, state=planted, applied=planted, reg_number=planted, lang=planted,
        files=[{"fileName": planted}], organization={"nameRu": planted, "id": planted}, unknown={planted: 1},
        decision={"messageRu": planted},
    )  # fmt: skip
    for path in (PAGE, "/en/petitions/3", f"{PAGE}?version={portal.last}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert planted not in client.get("/en/changes").text


def test_signs_that_nobody_sees_are_shown_by_their_number(portal, client):
    portal.reads(title="О проездных билетах\u200b для \u202eшкольников")
    page = client.get(PAGE)
    assert '<span class="sign">[U+200B]</span>' in page.text
    assert '<span class="sign">[U+202E]</span>' in page.text
    assert "\u202e" not in page.text
    assert "A sign that cannot be seen" in page.text


def test_a_change_of_spaces_alone_can_be_seen(portal, client):
    portal.reads(title=VALUES["title"].replace("билетах для", "билетах  для"))
    assert '<span class="sign">␣</span>' in client.get(PAGE).text


def test_a_text_from_right_to_left_keeps_to_itself(portal, client):
    portal.reads(title="שלום עולם", lang="he")
    assert '<div class="wording" lang="" dir="auto">' in client.get(PAGE).text


def test_where_the_portal_shows_it_no_longer_nothing_that_may_name_people_is_shown(portal, client):
    portal.reads(description=NAMED, files=[{"fileName": "Ахметов.pdf", "fileHash": "c" * 64}])
    portal.reads(description="Просим.", title=TITLE, decision={"messageRu": "Ахметов не прав"})
    portal.misses()
    page = client.get(PAGE)
    said = words_of(page)
    assert "Ахметов" not in page.text
    assert "Просим" not in page.text
    gone = r"Last read on \d+ \w+ \d{4}; since \d+ \w+ \d{4} its page on the official portal answers 404\. Cause"
    assert re.search(gone, said)
    assert "Kept, and not shown." in said
    assert "проездных билетах" in said  # Titles, numbers and dates stay.
    assert "50,000" in said
    for path in (f"{PAGE}?version={portal.last}", "/en/petitions/3", f"{PAGE}?as_of={clock.today()}"):
        assert "Ахметов" not in client.get(path).text
    assert "Ахметов" not in str(client.get("/api/v1/petitions/3").json)


def test_a_past_day_on_which_it_was_shown_withholds_the_same(portal, client, monkeypatch):
    portal.reads(description=NAMED)
    portal.misses(410)
    now = datetime.now(clock.LAW_ZONE)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    page = client.get(f"{PAGE}?as_of={now.date()}")
    assert "Kept, and not shown." in words_of(page)
    assert "Ахметова" not in page.text


def test_what_appears_again_is_shown_again(portal, client):
    portal.reads(description=NAMED)
    portal.misses()
    portal.reads()
    page = client.get(PAGE)
    assert "Ахметова" in page.text
    said = words_of(page)
    assert "Cause unknown" not in said
    assert "When the page did not open" in said
    assert "Page opens again" in said


# The petition's page and the log


def test_the_timeline_says_what_changed_and_leads_to_it(portal, client):
    version = portal.reads(title=TITLE, required=25_000)
    page = client.get("/en/petitions/3")
    said = words_of(page)
    assert "Changed on the official portal: title, signatures needed. What was struck out and added" in said
    assert "О struck out: проездных билетах end of change added: бесплатном проезде" in said
    assert f'href="/en/petitions/3/official?version={version}"' in page.text
    assert client.get(f"/en/petitions/3/official?version={version}").status_code == 200


def test_a_petition_that_was_never_read_has_no_way_there(portal, client):
    assert "/official" not in client.get("/en/petitions/1").text
    assert "official.css" not in client.get("/en/petitions/1").text
    assert "What the official portal shows" in client.get("/en/petitions/3").text
    assert "We have no reading of this petition" in client.get("/en/petitions/1/official").text


def test_the_petition_s_page_says_that_it_is_gone(portal, client):
    portal.misses()
    assert "its page on the official portal answers 404. Cause unknown." in words_of(client.get("/en/petitions/3"))
    portal.reads()
    said = words_of(client.get("/en/petitions/3"))
    assert said.count("answers 404") == 1  # On the timeline alone.


def test_the_log_names_the_fields_and_never_their_words(portal, client):
    portal.reads(title=TITLE, description=NAMED)
    said = words_of(client.get("/en/petitions/3/changes"))
    assert "Change of the petition’s text: title, text" in said
    assert "бесплатном" not in said
    assert "Ахметова" not in said


# Which versions


def test_a_past_day_shows_no_version_that_was_recorded_later(shipped, portal_of, client, monkeypatch):
    today = datetime.now(clock.LAW_ZONE)
    portal = portal_of(3)
    portal.at = today - timedelta(hours=1)
    portal.reads()
    monkeypatch.setattr(clock, "now", lambda: today + timedelta(days=1))
    portal.at = today + timedelta(hours=23)
    portal.reads(title=TITLE)
    then = client.get(f"{PAGE}?as_of={today.date()}")
    assert "бесплатном" not in then.text
    assert "Read once" in words_of(then)
    assert "бесплатном" in client.get(PAGE).text
    assert client.get(f"{PAGE}?as_of={today.date()}&version={portal.last}").status_code == 404
    assert "бесплатном" not in client.get(f"/en/petitions/3?as_of={today.date()}").text
    assert "бесплатном" not in str(client.get(f"/api/v1/petitions/3?as_of={today.date()}").json["changes"])


def test_a_first_version_under_an_earlier_entry_is_of_the_day_on_which_it_was_read(
    shipped, portal_of, client, monkeypatch
):
    today = datetime.now(clock.LAW_ZONE)
    monkeypatch.setattr(clock, "now", lambda: today + timedelta(days=1))
    portal = portal_of(3)
    portal.at = today + timedelta(hours=23)
    portal.reads()
    with shipped.app_context(), writing() as session:
        version = session.query(OfficialVersion).one()
        version.recorded_in = session.query(Petition).filter_by(number=3).one().recorded_in
    assert "We have no reading" in words_of(client.get(f"{PAGE}?as_of={today.date()}"))
    assert "Read once" in words_of(client.get(PAGE))


def test_many_versions_fill_several_pages(portal, client):
    for required in range(1, 13):
        portal.reads(required=required)
    first = client.get(PAGE)
    assert first.text.count('<li class="version"') == 10
    (older,) = re.findall(r'href="([^"]+\?before=\d+)"', first.text)
    second = client.get(older)
    assert second.text.count('<li class="version"') == 3
    assert "First reading" in second.text
    assert "struck out: 1 end of change added: 2" in words_of(second)
    assert "First reading" not in first.text


def test_a_long_text_is_shortened_and_one_version_shows_it_whole(portal, client):
    text = " ".join(f"слово{number}" for number in range(1000))
    portal.reads(description=text)
    version = portal.reads(description=text.replace("слово500", "иное"))
    page = client.get(PAGE).text.split('id="versions"')[1]
    assert "слово450" not in page
    assert "words left out" in page
    assert f'href="{PAGE}?version={version}"' in page
    whole = client.get(f"{PAGE}?version={version}").text
    assert "слово450" in whole
    assert "left out" not in whole


def test_the_number_of_queries_does_not_grow_with_the_readings(portal, client, shipped):
    asked = []
    with shipped.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given))
    numbers = []
    for _ in range(2):
        portal.reads(required=portal.values["required"] + 1)
        asked.clear()
        client.get(PAGE)
        numbers.append(len(asked))
        for _ in range(5):
            portal.reads(required=portal.values["required"] + 1)
    assert numbers[1] <= numbers[0] + 1


# What words of the portal mean


def test_a_state_is_the_portal_s_word_until_an_editor_settles_it(portal, client):
    assert "“SIGNING”" in words_of(client.get(PAGE))
    assert "The portal’s word; nobody has confirmed what it means." in words_of(client.get(PAGE))
    assert "The portal does not say what day this is." in words_of(client.get(PAGE))
    with writing() as session:
        entry = audit.append("word.settled", "petition/3", by="k7m2")
        for kind, word, meaning in (("state", "SIGNING", "collection"), ("field", "applied", "filed")):
            session.add(
                PortalWord(
                    kind=kind,
                    word=word,
                    meaning=meaning,
                    first_seen_at=clock.now(),
                    settled_by="k7m2",
                    settled_in=entry.sequence,
                )
            )
    said = words_of(client.get(PAGE))
    assert "our reading: collection of signatures." in said
    assert "Our reading: filing." in said


# The API


def test_the_api_gives_short_fields_as_they_were_and_texts_by_their_digests(portal, client):
    portal.reads(
        title=TITLE, description=NAMED, organization={"id": 9, "nameKk": "А", "nameRu": "Б"}, unknown={"fio": "Болат"}
    )
    answer = client.get("/api/v1/petitions/3").json
    assert list(answer["readings"]) == documented("The readings")
    assert all(list(each) == documented("A change on the official portal") for each in answer["changes"])
    newest, first = answer["changes"]
    fields = {each["field"]: each for each in newest["fields"]}
    assert fields["title"]["after"] == TITLE
    assert fields["organization"]["before"] == {"id": "7", "kk": "Көлік министрлігі", "ru": "Министерство транспорта"}
    assert set(fields["description"]["after"]) == {"sha256", "words"}
    assert fields["unknown"] == {"field": "unknown", "before": None, "after": None, "parts": ["fio"], "hidden": None}
    assert (first["fields"], first["previous"], newest["previous"]) == (None, None, first["version"])
    assert "Ахметова" not in str(answer)
    assert answer["readings"]["times"] == 3


def test_the_api_says_where_nothing_was_read(client):
    answer = client.get("/api/v1/petitions/1").json
    assert (answer["readings"], answer["changes"]) == (None, [])

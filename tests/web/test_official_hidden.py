"""Words of the official portal that named a person: taken out at the desk, and shown nowhere after it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from portal import clock
from portal.db import db, writing
from portal.domain.texts import LANGUAGES
from portal.models import KeptFile, OfficialVersion
from portal.services import audit, audit_check
from portal.services.kept_files import Folder
from tests.fixtures.official import VALUES
from tests.fixtures.pages import check, words_of
from tests.web.test_api import documented

pytestmark = pytest.mark.slow
"""A database for each test: for the whole run."""

LIST = "/desk/en/petitions/3/personal/official"
PAGE = "/en/petitions/3/official"
NAMED = "Просим наказать Болата Ахметова, акима."
CLEAN = "Просим наказать акима."
REASON = "Asked by the person"


@pytest.fixture
def folder(desk, tmp_path):
    desk.app.extensions["settings"] = replace(desk.app.extensions["settings"], files=str(tmp_path / "files"))
    return Folder(tmp_path / "files")


@pytest.fixture
def named(desk, folder, portal_of):
    """The portal, which named a person in two versions and in the third no more; and the first of them."""
    portal = portal_of(3)
    first = portal.reads(kept=True, description=NAMED)
    portal.reads(kept=True, required=25_000)
    portal.reads(kept=True, description=CLEAN)
    with desk.app.app_context(), writing() as session:
        warc = folder.store(b"WARC/1.0\r\n" + NAMED.encode())
        row = session.get_one(OfficialVersion, first)
        was = session.get_one(KeptFile, row.evidence)
        session.add(KeptFile(sha256=warc.sha256, media_type=warc.media_type, size=warc.size, kept_at=was.kept_at,
                             kept_in=was.kept_in))  # fmt: skip
        session.flush()
        row.evidence = warc.sha256
    db.session.remove()
    return portal, first, warc.sha256


def entries(*fields, **given):
    return {"fields": list(fields), "everywhere": "y", "reason": REASON, "is_sure": "y", **given}


def taken_out(desk, version, *fields, **given):
    client = desk.client("admin")
    answer = desk.send(client, f"{LIST}/{version}", entries(*fields, **given))
    assert answer.status_code == 303
    return client


def sequence_of(desk):
    with desk.app.app_context():
        found = audit.head()[0]
        db.session.remove()
    return found


def test_an_admin_takes_words_out_and_nothing_shows_them_any_more(desk, folder, named):
    _, first, warc = named
    public = desk.app.test_client()
    assert "Болата" in public.get(PAGE).text
    page = desk.client("admin").get(f"{LIST}/{first}")
    assert NAMED in page.text
    assert warc in page.text
    assert "at most 3 files." in words_of(page)  # The third has the same title.
    client = taken_out(desk, first, "description")
    after = client.get(LIST)
    assert "Taken out. The log says from which versions, and why." in after.text
    assert after.text.count("Text: taken out.") == 2
    sequence = sequence_of(desk)
    page = public.get(PAGE)
    assert "What stood here before was taken out for a person’s sake." in words_of(page)
    assert "Text Taken out for a person’s sake. Entry No." in words_of(page).split("First reading")[1]
    assert f'href="/en/changes/{sequence}"' in page.text
    assert words_of(page).count("it would hold the words that were taken out") == 2
    for path in ("/en/petitions/3", PAGE, f"{PAGE}?version={first}", f"{PAGE}?version={first + 2}", "/en/changes",
                 f"{PAGE}?as_of={clock.today()}", f"/en/changes/{sequence}", "/api/v1/petitions/3"):  # fmt: skip
        answer = public.get(path)
        assert answer.status_code == 200
        assert "Болата" not in answer.get_data(as_text=True)
    assert "Болата" not in client.get(f"{LIST}/{first}").text
    assert not folder.path_of(warc).exists()
    with desk.app.app_context():
        assert warc not in [fault[1] for fault in folder.check()]
        assert list(audit_check.verify()) == []
        db.session.remove()


def test_the_log_says_what_went_from_how_many_versions_and_why(desk, named):
    taken_out(desk, named[1], "description")
    said = words_of(desk.app.test_client().get("/en/petitions/3/changes"))
    assert "Words taken off all pages" in said
    assert "From what the official portal showed: text. Versions concerned: 2; files removed: 2." in said
    assert REASON in said
    assert "Words taken off all pages" in words_of(desk.app.test_client().get("/en/corrections"))


def test_without_the_tick_the_other_versions_stay(desk, named):
    taken_out(desk, named[1], "description", everywhere="")
    page = desk.app.test_client().get(PAGE)
    assert "Болата" in page.text
    assert "What stood here before" not in words_of(page).split("Signatures needed")[0]


def test_a_past_day_hides_the_same(desk, named, monkeypatch):
    now = datetime.now(clock.LAW_ZONE)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    public = desk.app.test_client()
    assert "Болата" in public.get(f"{PAGE}?as_of={now.date()}").text
    taken_out(desk, named[1], "description")
    page = public.get(f"{PAGE}?as_of={now.date()}")
    assert "Болата" not in page.text
    assert "taken out for a person’s sake" in words_of(page)


def test_what_it_shows_now_says_that_it_is_hidden_and_not_that_it_is_missing(desk, named):
    portal, *_ = named
    taken_out(desk, portal.last, "description", "files")
    now = words_of(desk.app.test_client().get(PAGE)).split("What it shows now")[1].split("What changed, newest")[0]
    assert now.count("Taken out for a person’s sake. Entry No.") == 2
    assert "акима" not in now
    missing = now.split("The portal does not give: ")[1].split(".")[0].split(", ")
    assert "Picture" in missing
    assert not {"Text", "Files"} & set(missing)


def test_a_hidden_title_is_struck_out_nowhere(desk, named):
    portal, *_ = named
    portal.reads(title="Наказать Серикова")
    named_so = portal.last
    portal.reads(title="Наказать акима")
    public = desk.app.test_client()
    assert public.get("/en/petitions/3").text.count("Серикова") >= 2
    taken_out(desk, named_so, "title")
    assert "Серикова" not in public.get("/en/petitions/3").text
    assert "Серикова" not in public.get(PAGE).text
    assert "Серикова" not in str(public.get("/api/v1/petitions/3").json)


def test_the_api_says_what_is_hidden_and_by_which_entry(desk, named):
    taken_out(desk, named[1], "description")
    sequence = sequence_of(desk)
    newest, second, first = desk.app.test_client().get("/api/v1/petitions/3").json["changes"]
    assert list(newest) == documented("A change on the official portal")
    (field,) = newest["fields"]
    assert field == {"field": "description", "before": None, "after": None, "parts": [],
                     "hidden": {"before": sequence, "after": None}}  # fmt: skip
    assert [(each["hidden"], each["evidence"]) for each in (first, second)] == [
        ([{"field": "description", "entry": sequence}], None)
    ] * 2
    assert newest["hidden"] == []
    assert [each["field"] for each in second["fields"]] == ["required"]
    assert second["fields"][0]["hidden"] is None


# The form


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("fields", "Fill in this field."),
        ("reason", "Fill in this field."),
        ("is_sure", "Tick this box if you are sure."),
        ("csrf_token", "This form was open for too long."),
    ],
)
def test_nothing_goes_without_a_choice_a_reason_a_tick_and_our_form(desk, named, left_out, sentence):
    client, path = desk.client("admin"), f"{LIST}/{named[1]}"
    sent = {"csrf_token": desk.token(client, path), **entries("description", reason="Asked <b>")}
    sent.pop(left_out)
    answer = client.post(path, data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Болата" in desk.app.test_client().get(PAGE).text
    if left_out != "reason":
        assert "Asked &lt;b&gt;" in answer.text


def test_what_another_took_out_meanwhile_is_not_taken_out_twice(desk, named):
    one, path = desk.client("admin", "one"), f"{LIST}/{named[1]}"
    sent = {"csrf_token": desk.token(one, path), **entries("description")}
    taken_out(desk, named[1], "description")
    head = sequence_of(desk)
    answer = one.post(path, data=sent)
    assert answer.status_code == 422
    assert "Choose one of the list." in answer.text
    assert REASON in answer.text
    assert sequence_of(desk) == head


def test_what_is_not_offered_is_not_taken(desk, named):
    client = desk.client("admin")
    for fields in (["state"], ["decision"], ["x"], ["description", "required"]):
        assert desk.send(client, f"{LIST}/{named[1]}", entries(*fields)).status_code == 422
    for path in (f"{LIST}/999", f"{LIST}/99999999999999999999", LIST.replace("/3/", "/999/"),
                 f"{LIST.replace('/3/', '/2/')}/{named[1]}"):  # fmt: skip
        assert client.get(path).status_code == 404
    assert client.get(f"{LIST}?x=1").status_code == 400


@pytest.mark.parametrize("role", ["editor", "confirmer", "editor+confirmer"])
def test_only_an_admin_may(desk, named, role):
    client = desk.client(role)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}/{named[1]}").status_code == 403
    assert client.post(f"{LIST}/{named[1]}", data=entries("description")).status_code == 403


def test_the_page_for_erasing_leads_there(desk, named):
    assert f'href="{LIST}"' in desk.client("admin").get("/desk/en/petitions/3/personal").text
    assert "We have no reading" in desk.client("admin").get(LIST.replace("/3/", "/1/")).text


def test_a_stranger_s_markup_is_shown_and_never_obeyed(desk, portal_of):
    planted = "<script>alert(1)</script>"
    version = portal_of(3).reads(
        title=planted, description=planted, unknown={planted: planted}, files=[planted], lang='"><x', decision=planted
    )
    page = desk.client("admin").get(f"{LIST}/{version}").text
    assert "<script>alert" not in page
    assert "<x" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_are_whole_in_each_language(desk, named, english_only, html_problems, lang):
    portal, first, _ = named
    portal.reads(description=NAMED)
    taken_out(desk, first, "description", "organization")
    taken_out(desk, portal.last, "title", everywhere="")
    desk_client, public = desk.client("admin"), desk.app.test_client()
    pages = {
        "list": desk_client.get(LIST.replace("/en/", f"/{lang}/")),
        "form": desk_client.get(f"{LIST.replace('/en/', f'/{lang}/')}/{first + 1}"),
        "public": public.get(PAGE.replace("/en/", f"/{lang}/")),
        "log": public.get(f"/{lang}/petitions/3/changes"),
    }
    check(pages["public"], lang, english_only)
    assert html_problems({name: page.text for name, page in pages.items()}) == []
    for name in ("list", "form"):
        assert pages[name].status_code == 200
        assert f'<html lang="{lang}"' in pages[name].text
        assert "%(" not in pages[name].text


def test_the_first_reading_keeps_what_names_nobody(desk, named):
    taken_out(desk, named[1], "description")
    with desk.app.app_context():
        row = db.session.get_one(OfficialVersion, named[1])
        assert row.values == {**VALUES, "description": None}
        db.session.remove()
    assert Path(desk.app.extensions["settings"].files).is_dir()

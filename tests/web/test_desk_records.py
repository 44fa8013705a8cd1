"""Recording at the desk as people do it: a form, its effect, the record, and the public page."""

import html
import re
from dataclasses import replace
from io import BytesIO

import pytest

from portal.db import db
from portal.models import AuditEntry, Event, Source
from portal.services import audit_check, tracking
from portal.services.kept_files import Folder
from tests.fixtures.desk import CSRF

pytestmark = pytest.mark.slow

SOURCE = "https://example.kz/news/1"
HIDDEN = re.compile(r'name="(seen|token|previewed)" value="([^"]*)"')


def press(client, path, button, **entries):
    """Fill in a form, hidden fields included, and press a button."""
    return press_on(client, path, client.get(path), button, **entries)


def press_on(client, path, page, button, **entries):
    """Press a button on a page that was answered before, with what is typed there now."""
    hidden = dict(HIDDEN.findall(page.text))
    return client.post(path, data={"csrf_token": CSRF.search(page.text)[1], **hidden, "do": button, **entries})


def save(client, path, **entries):
    """Look at the effect, then save."""
    shown = press(client, path, "check", **entries)
    assert shown.status_code == 200, re.findall(r"govuk-error-message.*?</p>", shown.text, re.DOTALL)
    return shown, press_on(client, path, shown, "save", **entries)


def words_of(page):
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page.text)).split())


@pytest.fixture
def editor(desk):
    return desk.client("editor+confirmer")


@pytest.fixture
def begun(editor):
    """A petition whose record was begun at the desk."""
    entries = {
        "jurisdiction": "statutory",
        "platform": "epetition.kz",
        "level": "gov",
        "title_ru-words": "О проверке <b>формы</b>",
        "title_ru-role": "press",
        "official_url": "https://epetition.kz/petition/0b9bd2e0-1111-4222-8333-944444444444",
    }
    answer = press(editor, "/desk/en/petitions/new", "save", **entries)
    assert answer.status_code == 303
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def test_a_record_is_begun_and_public_at_once(desk, editor, begun):
    page = editor.get(f"/ru/petitions/{begun}")
    assert page.status_code == 200
    assert "О проверке <b>формы</b>" in words_of(page)
    assert "<b>формы" not in page.text
    with desk.app.app_context():
        petition = tracking.by_number(begun)
        assert petition.official_uuid == "0b9bd2e0-1111-4222-8333-944444444444"
        assert db.session.get_one(AuditEntry, petition.recorded_in).action == "petition.founded"
        assert list(audit_check.verify()) == []


def test_a_petition_that_is_recorded_already_is_not_begun_again(editor, begun):
    again = {
        "jurisdiction": "statutory",
        "label-en": "The same",
        "official_uuid": "0b9bd2e0-1111-4222-8333-944444444444",
    }
    page = press(editor, "/desk/en/petitions/new", "save", **again)
    assert page.status_code == 422
    assert f"The record has this petition already: No. {begun}." in words_of(page)
    assert f'href="/desk/en/petitions/{begun}"' in page.text


def test_a_form_that_is_sent_twice_begins_one_record(desk, editor):
    path = "/desk/en/petitions/new"
    page = editor.get(path)
    entries = {"jurisdiction": "outside", "label-en": "Sent twice"}
    first, second = (press_on(editor, path, page, "save", **entries) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_the_name_of_an_author_stands_in_the_chain_as_a_digest_alone(desk, editor):
    entries = {
        "jurisdiction": "outside",
        "label-en": "Named",
        "author_kind": "organisation",
        "author_name": "Fund of a Very Rare Name",
    }
    answer = press(editor, "/desk/en/petitions/new", "save", **entries)
    number = int(answer.headers["Location"].rsplit("/", 1)[1])
    with desk.app.app_context():
        petition = tracking.by_number(number)
        assert tracking.record_of(petition).author == "Fund of a Very Rare Name"
        assert not any("Very Rare" in line for line in audit_check.exported())


def test_a_private_person_is_not_named(editor):
    entries = {"jurisdiction": "outside", "label-en": "x", "author_kind": "person", "author_name": "Somebody"}
    page = press(editor, "/desk/en/petitions/new", "save", **entries)
    assert page.status_code == 422
    assert "Only an organisation, or a person whose public role is stated, is named." in words_of(page)


def test_the_columns_of_a_petition_are_corrected_with_a_reason_and_an_effect(desk, editor, begun):
    path = f"/desk/en/petitions/{begun}/particulars"
    entries = {"jurisdiction": "outside", "label-en": "Placed elsewhere", "title": ""}
    assert "Say why" in words_of(press(editor, path, "check", **entries))
    _shown, saved = save(editor, path, reason="It stands on another site.", **entries)
    assert saved.status_code == 303
    with desk.app.app_context():
        petition = tracking.by_number(begun)
        assert petition.jurisdiction == "outside"
        assert petition.label.in_language("en").text == "Placed elsewhere"
        assert db.session.get_one(AuditEntry, petition.changed_in).action == "particulars.corrected"


def test_two_people_on_the_columns_of_one_petition_do_not_overwrite_each_other(desk, editor, begun):
    other = desk.client("confirmer", "other")
    path = f"/desk/en/petitions/{begun}/particulars"
    mine = {"jurisdiction": "statutory", "label-en": "Mine", "reason": "Clearer."}
    shown = press(editor, path, "check", **mine)
    assert (
        save(other, path, **{"jurisdiction": "statutory", "label-en": "Theirs", "reason": "Clear."})[1].status_code
        == 303
    )
    late = press_on(editor, path, shown, "save", **mine)
    assert late.status_code == 409
    assert "Somebody else changed this record while your form was open." in words_of(late)
    assert "Mine" in late.text


def test_a_reason_with_markup_is_text_in_the_public_log(desk, editor, begun):
    entries = {"jurisdiction": "outside", "label-en": "Placed elsewhere", "reason": "<script>alert(1)</script>"}
    save(editor, f"/desk/en/petitions/{begun}/particulars", **entries)
    with desk.app.app_context():
        entry = tracking.by_number(begun).changed_in
    for path in (f"/en/changes/{entry}", f"/en/petitions/{begun}/changes", f"/en/petitions/{begun}"):
        assert "<script>alert" not in editor.get(path).text
    assert "<script>alert(1)</script>" in words_of(editor.get(f"/en/changes/{entry}"))


# Sightings, counts, demands


def test_a_sighting_says_before_saving_what_becomes_overdue(desk, editor, begun):
    filed = {"claims-0-day": "02.03.2026", "claims-0-counts": "y"}
    assert save(editor, f"/desk/en/petitions/{begun}/record/event/filed", **filed)[1].status_code == 303
    path = f"/desk/en/petitions/{begun}/record/sighting"
    assert "Moderation" in words_of(editor.get(path))
    shown, saved = save(
        editor, path, **{"claim-day": "20.11.2026", "stage": "pre_moderation", "still_open": "pre_moderation"}
    )
    assert "Moderation becomes overdue" in words_of(shown)
    assert saved.status_code == 303
    with desk.app.app_context():
        petition = tracking.by_number(begun)
        event = db.session.query(Event).filter_by(petition_id=petition.id, kind="sighted").one()
        assert event.details == {"stage": "pre_moderation", "open": ["pre_moderation"]}


def test_nobody_looked_without_a_day(editor, begun):
    page = press(editor, f"/desk/en/petitions/{begun}/record/sighting", "check", **{"claim-day": ""})
    assert page.status_code == 422
    assert "Say on which day somebody looked." in words_of(page)


def test_dates_out_of_order_are_a_warning_and_no_block(editor, begun):
    first = {"claims-0-day": "02.03.2026"}
    save(editor, f"/desk/en/petitions/{begun}/record/event/filed", **first)
    shown, saved = save(editor, f"/desk/en/petitions/{begun}/record/event/published", **{"claims-0-day": "01.02.2026"})
    assert "These dates are out of order" in words_of(shown)
    assert saved.status_code == 303


def test_two_claims_cannot_both_count(editor, begun):
    both = {"claims-0-day": "02.03.2026", "claims-0-counts": "y", "claims-1-day": "03.03.2026", "claims-1-counts": "y"}
    page = press(editor, f"/desk/en/petitions/{begun}/record/event/filed", "check", **both)
    assert page.status_code == 422
    assert "Only one claim can be the one that the timeline counts with." in words_of(page)


def test_a_demand_that_was_decided_waits_for_a_second_person(desk, editor, begun):
    path = f"/desk/en/petitions/{begun}/record/demand"
    assert save(editor, path, **{"words-ru": "Отменить", "outcome": "unknown"})[1].status_code == 303
    save(editor, path, **{"words-ru": "Принять", "outcome": "granted"})
    assert "Waiting for a second person" in words_of(editor.get(f"/desk/en/petitions/{begun}"))
    with desk.app.app_context():
        outcomes = {each.outcome for each in tracking.record_of(tracking.by_number(begun)).demands}
        assert outcomes == {"unknown"}


def test_a_second_title_at_the_top_is_refused(editor, begun):
    entries = {"words": "Other", "lang": "ru", "role": "press", "is_main": "y"}
    page = press(editor, f"/desk/en/petitions/{begun}/record/title", "check", **entries)
    assert "There is one in this language already. Correct it instead." in words_of(page)
    entries = {"words": "A label", "lang": "en", "role": "opponents_label", "is_main": "y"}
    page = press(editor, f"/desk/en/petitions/{begun}/record/title", "check", **entries)
    assert "Such a wording cannot stand at the top of the page." in words_of(page)


def test_what_is_filled_is_seen_and_what_is_empty_is_folded(editor, begun):
    path = f"/desk/en/petitions/{begun}/record/count"
    page = editor.get(path).text
    assert page.index('<details class="desk-more"') < page.index('name="views"')
    page = press(editor, path, "check", votes="5", views="7", qualifier="exact").text
    assert page.index('name="views"') < page.rindex('<details class="desk-more"')


# Sources


def test_a_source_that_is_not_there_is_offered_to_be_recorded_and_then_cited(editor, begun):
    path = f"/desk/en/petitions/{begun}/record/count"
    entries = {"votes": "120", "qualifier": "exact", "when-day": "02.03.2026", "cites-source": SOURCE}
    page = press(editor, path, "check", **entries)
    assert page.status_code == 422
    assert 'value="120"' in page.text
    offered = re.search(r'href="(/desk/en/sources/new\?url=[^"]+)"', page.text)[1]
    form = editor.get(html.unescape(offered))
    assert f'value="{SOURCE}"' in form.text
    made = press_on(editor, "/desk/en/sources/new", form, "save", url=SOURCE, publisher="Example", kind="press")
    assert made.status_code == 303
    assert press_on(editor, path, page, "check", **entries).status_code == 200


def test_a_source_is_recorded_once(desk, editor):
    entries = {"url": SOURCE, "publisher": "Example", "kind": "press"}
    assert press(editor, "/desk/en/sources/new", "save", **entries).status_code == 303
    page = press(editor, "/desk/en/sources/new", "save", **entries)
    assert "The record has this source already." in words_of(page)
    with desk.app.app_context():
        assert db.session.query(Source).filter_by(key=SOURCE).count() == 1


def test_an_address_that_runs_a_script_is_refused(editor):
    page = press(editor, "/desk/en/sources/new", "save", url="javascript:alert(1)", publisher="x", kind="press")
    assert page.status_code == 422
    assert "A web address begins with https:// or http://." in words_of(page)


def test_a_source_is_corrected_with_a_reason(desk, editor):
    press(editor, "/desk/en/sources/new", "save", url=SOURCE, publisher="Exmaple", kind="press")
    with desk.app.app_context():
        number = db.session.query(Source).filter_by(key=SOURCE).one().id
    path = f"/desk/en/sources/{number}/correct"
    entries = {"url": SOURCE, "publisher": "Example", "kind": "press"}
    assert "Say why" in words_of(press(editor, path, "save", **entries))
    assert press(editor, path, "save", reason="A slip of the pen.", **entries).status_code == 303
    with desk.app.app_context():
        assert db.session.get_one(Source, number).publisher == "Example"


def test_a_copy_is_kept_and_handed_out_to_be_saved_and_never_shown(desk, editor, tmp_path):
    desk.app.extensions["settings"] = replace(desk.app.extensions["settings"], files=str(tmp_path / "files"))
    page = editor.get("/desk/en/sources/new")
    entries = {"csrf_token": CSRF.search(page.text)[1], "publisher": "Example", "kind": "press", "do": "save"}
    wrong = {**entries, "file": ((b"MZ\x90\0"), "letter.pdf")}
    with_file = {**entries, "file": ((b"<!doctype html><script>alert(1)</script>"), "page.exe")}
    refused = editor.post("/desk/en/sources/new", data=_files(wrong), content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "By what it holds, this is none of the files that we keep" in words_of(refused)
    sent = editor.post("/desk/en/sources/new", data=_files(with_file), content_type="multipart/form-data")
    assert sent.status_code == 303
    with desk.app.app_context():
        kept = db.session.query(Source).order_by(Source.id.desc()).first().sha256
        assert list(Folder(tmp_path / "files").check()) == []
    copy = editor.get(f"/desk/en/files/{kept}", buffered=True)
    assert copy.data.startswith(b"<!doctype html>")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in copy.headers["Content-Security-Policy"]
    assert copy.headers["X-Content-Type-Options"] == "nosniff"
    assert editor.get("/desk/en/files/" + "0" * 64).status_code == 404
    assert desk.app.test_client().get(f"/desk/en/files/{kept}").status_code == 303


def _files(entries):
    content, name = entries["file"]
    return {**entries, "file": (BytesIO(content), name)}


def test_a_body_and_an_organisation_are_recorded_and_can_be_named(desk, editor, begun):
    made = press(editor, "/desk/en/bodies/new", "save", **{"names-ru": "Орган <i>новый</i>", "level": "central"})
    assert made.status_code == 303
    assert "Орган <i>новый</i>" in words_of(editor.get("/desk/ru/bodies"))
    form = editor.get(f"/desk/ru/petitions/{begun}/record/addressee")
    key = re.search(r'value="(body-[0-9a-f]{8})">Орган &lt;i&gt;новый', form.text)[1]
    path = f"/desk/en/petitions/{begun}/record/addressee"
    assert save(editor, path, body=key, role="addressee")[1].status_code == 303
    made = press(editor, "/desk/en/organisations/new", "save", **{"names-en": "A new fund", "kind": "other"})
    assert made.status_code == 303
    assert "A new fund" in words_of(editor.get("/desk/en/organisations"))

"""The log of changes, one petition's part of it, one entry whole, and the corrections."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from portal.db import db, writing
from portal.domain.texts import Text
from portal.models import AuditEntry
from portal.services import audit, audit_check, recording, register, tracking
from portal.services.register_rows import Citation, Row
from portal.settings import Settings
from portal.web.public.change_words import changed_keys, contents
from tests.fixtures.pages import words_of

pytestmark = pytest.mark.slow
"""A database for each test, or a page in each language: for the whole run."""

LANGUAGES = ("kk", "ru", "en")
PETITION: dict[str, Any] = {
    "id": "trees-2026",
    "platform": "epetition.kz",
    "platform_confirmed": True,
    "statutory": True,
    "title": {"ru": "За деревья Айгерім Сәрсеновой"},
    "author": {"name": "Болат Ахметов", "kind": "person", "source": "https://news.example/1"},
    "threshold": 50000,
    "demands": [{"id": "d1", "text": "Сохранить парк", "source": "https://news.example/1"}],
    "dates": {"published": [{"value": "2026-05-04", "source": "https://news.example/1"}]},
    "snapshots": [{"count": 100, "qualifier": "exact", "date": "2026-05-10", "source": "https://news.example/1"}],
    "outcome": {"status": "unknown", "source": "https://news.example/1"},
}
CORRECTED: dict[str, Any] = {
    **PETITION,
    "title": {"ru": "За деревья"},
    "author": {"name": "Болат Сапаров", "kind": "person", "source": "https://news.example/1"},
    "threshold": 49999,
    "demands": [],
    "dates": {"published": [{"value": "2026-05-05", "source": "https://news.example/2"}]},
    "snapshots": [
        {"count": 120, "qualifier": "at_least", "date": "2026-05-12", "source": "https://news.example/1"},
        {"count": 130, "qualifier": "exact", "date": "2026-05-13", "source": "https://news.example/1"},
    ],
}
NAMES = ("Айгерім", "Сәрсенов", "Болат", "Ахметов", "Сапаров")


@pytest.fixture
def load(tmp_path: Path) -> Callable[[object], None]:
    """Load one record as a register file."""

    def loaded(record: object) -> None:
        path = tmp_path / "petitions.yaml"
        path.write_text(yaml.safe_dump([record], allow_unicode=True))
        assert register.load(path).is_fine

    return loaded


@pytest.fixture
def corrected(shipped: Flask, load: Callable[[object], None]) -> Flask:
    """The shipped record with a petition that was added and then corrected."""
    load(PETITION)
    load(CORRECTED)
    return shipped


# The whole log


def test_the_log_begins_with_petitions_and_can_show_everything(client: FlaskClient) -> None:
    page = client.get("/en/changes").get_data(as_text=True)
    assert page.count('<li class="entry" id="entry-') == 19
    assert "Petition No. 1" in page
    everything = client.get("/en/changes?about=all").get_data(as_text=True)
    assert everything.count('<li class="entry" id="entry-') == 100
    assert 'href="/en/contradictions#CT-13"' in everything


def test_the_pages_of_the_log_follow_each_other_without_gap(client: FlaskClient) -> None:
    seen: list[int] = []
    address: str | None = "/en/changes?about=all"
    while address:
        page = client.get(address).get_data(as_text=True)
        seen += [int(number) for number in re.findall(r'<li class="entry" id="entry-(\d+)"', page)]
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert seen == list(range(len(seen), 0, -1))


@pytest.mark.parametrize(
    "asked",
    ["before=x", "before=0", "before=-1", f"before={10**30}", "about=people", "about=petition/", "about=all/1"],
)
def test_a_log_that_cannot_be_is_refused(client: FlaskClient, asked: str) -> None:
    assert client.get(f"/kk/changes?{asked}").status_code == 400


def test_the_parts_that_an_entry_changed_are_found_by_comparing() -> None:
    entry = AuditEntry(
        before=json.dumps({"id": "x", "notes": "a", "level": "gov"}),
        after=json.dumps({"id": "x", "notes": "b", "level": "gov", "title": "t", "related": []}),
    )
    assert changed_keys(*contents(entry)) == ["notes", "title"]


# One petition's part of it


def test_a_petitions_log_has_its_own_entries_only(client: FlaskClient) -> None:
    page = client.get("/ru/petitions/1/changes").get_data(as_text=True)
    assert page.count('<li class="entry" id="entry-') == 1
    assert 'href="/ru/petitions/1"' in page
    assert 'href="/ru/petitions/1/changes"' in client.get("/ru/petitions/1").get_data(as_text=True)


def test_a_correction_is_told_in_words_before_and_after(corrected: Flask) -> None:
    page = words_of(corrected.test_client().get("/en/petitions/20/changes"))
    for said in (
        "Before 4 May 2026 (news.example) After 5 May 2026 (news.example)",
        "Before 50,000 After 49,999",
        "Before 100 signatures; 10 May 2026 (news.example) After at least 120 signatures; 12 May 2026 (news.example)",
        "reported counts Added After 130 signatures; 13 May 2026 (news.example)",
        "demands Withdrawn Before ",
        "title (Russian) Corrected A wording, a note or a source changed.",
        "author Corrected A wording, a note or a source changed.",
        "from the register file",
    ):
        assert said in page, said
    assert "{" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_old_wordings_and_names_are_on_no_page_of_the_log(corrected: Flask, lang: str) -> None:
    client = corrected.test_client()
    whole = [f"changes/{entry.sequence}" for entry in audit.entries_of("petition/20")]
    for path in ("petitions/20/changes", "corrections", "changes", *whole):
        page = client.get(f"/{lang}/{path}").get_data(as_text=True)
        assert not [name for name in NAMES if name in page], path


def test_a_change_leads_to_its_place_on_the_petitions_page(corrected: Flask) -> None:
    client = corrected.test_client()
    page = client.get("/kk/petitions/20/changes").get_data(as_text=True)
    anchors = set(re.findall(r'href="/kk/petitions/20#([^"]+)"', page))
    assert "event-published" in anchors
    shown = set(re.findall(r'\bid="([^"]+)"', client.get("/kk/petitions/20").get_data(as_text=True)))
    assert anchors - {"demands"} <= shown  # The one demand was withdrawn, and with it its part of the page.


def test_a_row_that_only_moved_is_not_told(shipped: Flask, load: Callable[[object], None]) -> None:
    """An earlier row withdrawn moves the places of all that follow; only the one that went is named."""
    first = {"count": 90, "qualifier": "exact", "date": "2026-05-09", "source": "https://news.example/1"}
    load({**PETITION, "dates": {**PETITION["dates"], "registered": [{"value": "2026-06-01"}]}})
    load({**PETITION, "snapshots": [*PETITION["snapshots"], first]})
    page = words_of(shipped.test_client().get("/en/petitions/20/changes"))
    assert page.count("Withdrawn") == 1
    assert page.lower().count(" added ") == 2  # The petition, and the count.
    assert "Published" not in page


# One entry whole


def test_an_entry_opens_whole_with_its_seal(corrected: Flask) -> None:
    entry = audit.entries_of("petition/20")[-1]
    page = words_of(corrected.test_client().get(f"/en/changes/{entry.sequence}"))
    assert entry.hash in page
    assert entry.previous_hash in page
    assert entry.at.isoformat(timespec="microseconds") in page
    assert "Petition’s record corrected" in page
    assert "none was given" in page
    assert "How to check it" in page


def test_the_first_entry_has_none_before_it(client: FlaskClient) -> None:
    page = client.get("/en/changes/1").get_data(as_text=True)
    assert "0" * 64 in page
    assert "/changes/0" not in page


@pytest.mark.parametrize("sequence", ["0", "99999999", "9" * 30, "-1", "x"])
def test_an_entry_that_is_not_there_is_not_found(client: FlaskClient, sequence: str) -> None:
    assert client.get(f"/ru/changes/{sequence}").status_code == 404


# Corrections


def test_without_corrections_the_page_says_so(client: FlaskClient) -> None:
    assert "No corrections yet." in words_of(client.get("/en/corrections"))


def test_a_register_file_loaded_anew_is_listed_as_a_correction(corrected: Flask) -> None:
    page = words_of(corrected.test_client().get("/en/corrections"))
    assert page.count("Petition’s record corrected: Petition No. 20") == 1
    assert "Before 4 May 2026 (news.example) After 5 May 2026 (news.example)" in page
    assert "Petition added" not in page


def test_what_only_adds_to_a_record_is_no_correction(shipped: Flask, load: Callable[[object], None]) -> None:
    load(PETITION)
    load({**PETITION, "dates": {**PETITION["dates"], "registered": [{"value": "2026-06-01"}]}})
    client = shipped.test_client()
    assert "Before" not in words_of(client.get("/en/petitions/20/changes"))
    assert "Petition No. 20" not in words_of(client.get("/en/corrections"))


def test_an_erased_name_is_listed_without_it_and_the_chain_is_whole(corrected: Flask) -> None:
    digest = tracking.by_number(20).author_digest
    audit.erase(digest, by="k7m2", reason="Asked by the person")
    client = corrected.test_client()
    page = words_of(client.get("/en/corrections"))
    assert "Personal data erased Reason: Asked by the person" in page
    assert "at the desk (account k7m2)" in page
    assert digest not in client.get(f"/en/changes/{audit.head()[0]}").get_data(as_text=True)
    assert list(audit_check.verify()) == []


def test_a_corrected_reference_is_listed_with_its_days(shipped: Flask, tmp_path: Path) -> None:
    path = tmp_path / "bodies.yaml"
    body = {"id": "body-of-trees", "names": {"en": "Board of Trees"}, "level": "other"}
    for until in ("2026-06-30", "2026-07-31"):
        path.write_text(yaml.safe_dump({"bodies": [{**body, "until": until}]}))
        report = register.load(path)
        assert report.is_fine, [str(each) for file in report.refused for each in file.problems]
    page = words_of(shipped.test_client().get("/en/corrections"))
    assert "Body corrected: Board of Trees" in page
    assert "Before 30 June 2026 After 31 July 2026" in page


def test_without_an_address_the_page_says_that_it_is_being_set_up(client: FlaskClient) -> None:
    page = client.get("/en/corrections").get_data(as_text=True)
    assert "is being set up" in page
    assert "mailto:" not in page
    assert "We answer within" not in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "We answer within 21 working days."),
        ("ru", "Отвечаем в течение 21 рабочего дня."),
        ("kk", "21 жұмыс күні ішінде жауап береміз."),
    ],
)
def test_with_an_address_the_page_gives_it_and_the_days(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    settings = Settings(contact="correct@qadam.example", corrections_days=21)
    monkeypatch.setitem(app.extensions, "settings", settings)
    answer = client.get(f"/{lang}/corrections")
    assert 'href="mailto:correct@qadam.example"' in answer.get_data(as_text=True)
    assert said in words_of(answer)


def test_the_page_has_no_form_that_could_store_a_name(client: FlaskClient) -> None:
    page = client.get("/kk/corrections").get_data(as_text=True)
    assert "<form" not in page.split("<main")[1]


def test_an_event_that_was_recorded_long_after_it_happened_says_when(shipped: Flask, load: Callable[[object], None]):
    """What the first record of a petition holds is not late: only what came to it afterwards."""
    load(PETITION)
    client = shipped.test_client()
    assert "Recorded on" not in words_of(client.get("/en/petitions/20"))
    load({**PETITION, "dates": {**PETITION["dates"], "registered": [{"value": "2026-06-01"}]}})
    assert words_of(client.get("/en/petitions/20")).count("Recorded on") == 1


# What the desk did


DAY = date(2026, 5, 10)


def event_row(day: date, key: str = "event:x1", **values: Any) -> Row:
    """A registration, by one claim."""
    claim = {"earliest": day, "latest": day, "wording": None, "derived": False, "counts": False, "note": None}
    speaker = Text.of(ru="Айгерім Сәрсенова")
    said = Row("claim", "", {**claim, "speaker": speaker}, Citation("https://news.example/1"))
    return Row(
        "event", key, {"kind": "registered", "text": None, "note": None, "details": None, **values}, None, (said,)
    )


def at_the_desk(number: int, action: str, *rows: Row, reason: str | None = None, **facts: Any) -> int:
    """Record something as the desk does; return the number of the entry."""
    draft = recording.Draft(number, None, action, rows, reason=reason, **facts)
    return recording.record(draft, by="k7m2").sequence


@pytest.fixture
def from_the_desk(shipped: Flask, load: Callable[[object], None]) -> Flask:
    """A petition of the register to which the desk added, in which it corrected, and from which it took something."""
    load(PETITION)
    at_the_desk(20, "event.recorded", event_row(DAY))
    at_the_desk(20, "event.corrected", event_row(date(2026, 5, 11)), reason="The page says <b>the eleventh</b>.")
    at_the_desk(20, "particulars.corrected", particulars={"platform": "e-otinish.kz"}, reason="Seen on the page")
    at_the_desk(20, "event.withdrawn", take=(("event", "event:x1"),), reason="It was another petition")
    return shipped


def test_each_step_of_the_desk_is_told_with_its_reason(from_the_desk: Flask) -> None:
    page = words_of(from_the_desk.test_client().get("/en/petitions/20/changes"))
    for said in (
        "Event: recording",
        "Added After 10 May 2026 (news.example)",
        "Event: correction Reason: The page says <b>the eleventh</b>.",
        "Before 10 May 2026 (news.example) After 11 May 2026 (news.example)",
        "Petition’s own fields: correction Reason: Seen on the page",
        "platform Corrected Before epetition.kz After e-otinish.kz",
        "Event: withdrawal Reason: It was another petition",
        "Withdrawn Before 11 May 2026 (news.example)",
        "at the desk (account k7m2)",
    ):
        assert said.casefold() in page.casefold(), said
    assert "Айгерім" not in page


def test_every_entry_that_took_something_out_is_a_correction_whatever_it_is_called(from_the_desk: Flask) -> None:
    load_corrections = words_of(from_the_desk.test_client().get("/en/corrections"))
    for said in ("Event: correction: Petition No. 20", "Event: withdrawal: Petition No. 20",
                 "Petition’s own fields: correction: Petition No. 20"):  # fmt: skip
        assert load_corrections.count(said) == 1, said
    assert "Event: recording" not in load_corrections


def test_the_whole_log_names_the_parts_and_nothing_else_of_the_desks_entries(from_the_desk: Flask) -> None:
    page = words_of(from_the_desk.test_client().get("/en/changes"))
    assert "Parts concerned: dates of events" in page
    assert "Parts concerned: platform" in page
    assert "Айгерім" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_action_or_subject_that_nobody_worded_breaks_no_page(shipped: Flask, lang: str) -> None:
    strange = [
        ("gremlin.fed", "gremlin/7", {"table": "x", "until": "soon", "text": "Айгерім"}, ["Айгерім", 1]),
        ("petition.teleported", "petition/1", {"rows": "Айгерім", "withdrawn": [1, []], "particulars": [1]}, "Айгерім"),
        ("event.recorded", "petition/1", {"rows": [1, {"table": 5}], "particulars": {"Айгерім": 1}}, [{"key": 1}]),
        ("event.recorded", "petition/999999", {"rows": []}, None),
        ("account.invited", "account/k7m2", {"roles": ["editor"], "name": "Айгерім"}, None),
        ("campaign.opened", "campaign/c1", {"until": "Айгерім", "names": {"text": {"ru": "Айгерім"}}}, {"until": None}),
        ("task.noted", "task/petition:1:due", {"text": "Айгерім"}, None),
        ("sources.checked", "sources/source:000", {"published_on": "Айгерім"}, {"published_on": 5}),
        ("wholly", "unknown", None, None),
    ]
    sequences = []
    for action, subject, after, before in strange:
        with writing():
            made = audit.append(action, subject, by="k7m2", before=before, after=after, reason="Because")
            sequences.append(made.sequence)
    db.session.remove()
    client = shipped.test_client()
    paths = ["changes?about=all", "changes", "changes?about=account", "changes?about=campaign", "changes?about=task"]
    for path in (*paths, "corrections", "petitions/1/changes", *(f"changes/{number}" for number in sequences)):
        page = client.get(f"/{lang}/{path}")
        assert page.status_code == 200, path
        assert "Айгерім" not in page.text, path
        assert "petition:1:due" not in page.text, path


@pytest.mark.parametrize(
    ("action", "subject", "title"),
    [
        (
            "account.invited",
            "account/k7m2-wxyz",
            {
                "kk": "Жұмыс орнының тіркелгісі ашылды: k7m2-wxyz",
                "ru": "Создана учетная запись рабочего места: k7m2-wxyz",
                "en": "Account of the desk made: k7m2-wxyz",
            },
        ),
        (
            "campaign.closed",
            "campaign/c9",
            {"kk": "Науқан жабылды: c9", "ru": "Кампания закрыта: c9", "en": "Campaign closed: c9"},
        ),
        ("task.noted", "task/unseen", {"en": "Task noted at the desk"}),
        ("proposal.made", "campaign/c9", {"en": "Proposed, for a second person to confirm: A campaign page: c9"}),
    ],
)
def test_a_title_names_what_an_entry_is_about_once(
    shipped: Flask, action: str, subject: str, title: dict[str, str]
) -> None:
    with writing():
        audit.append(action, subject, by="portal")
    for lang, words in title.items():
        page = shipped.test_client().get(f"/{lang}/changes?about=all").get_data(as_text=True)
        first = re.search(r'<h\d class="entry__title">(.*?)</h\d>', page, re.DOTALL)
        assert first is not None
        assert unescape(re.sub("<[^>]+>", "", first[1])) == words

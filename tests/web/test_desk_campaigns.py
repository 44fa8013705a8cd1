"""The pages of campaigns at the desk, as the people there use them, and what the public sees of what they do."""

import re
import shutil
from datetime import date
from html import unescape
from threading import Barrier, Thread
from typing import Any

import html5lib
import pytest
from flask import request_tearing_down

from portal import clock, create_app
from portal.db import db
from portal.services import campaign_desk, campaigns
from portal.services.campaign_differences import differences
from portal.web.desk.forms.campaign import CampaignForm, content_of, data_of, pruned
from tests.fixtures.pages import check
from tests.fixtures.record import close
from tests.services.test_campaign_desk import call, draft, opened, propose, said, served

pytestmark = pytest.mark.slow

TODAY = date(2026, 12, 1)
NASTY = '<script>alert(1)</script><b title="x">\'"&amp;</b>{{ 7*7 }}'


@pytest.fixture(autouse=True)
def on(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture(autouse=True)
def apart(desk):
    """Let each request read the database anew: the test holds an application context open, and with it a snapshot."""
    with request_tearing_down.connected_to(lambda *_args, **_kwargs: db.session.remove(), desk.app):
        yield


def texts(name, words):
    return {f"{name}-{lang}": value for lang, value in said(words).items()}


FILLED = {
    "written_in": "ru",
    **texts("whose-name", "Park friends"),
    **texts("whose-about", "A club."),
    "whose-url": "https://example.org/park",
    "petition": "1",
    **texts("title", "Ask about the park"),
    **texts("lead", "One may ask."),
    **texts("why-0-text", "Trees."),
    "why-0-source": "source:000",
    "why-0-locator": "000:1",
    **texts("steps-0-text", "Write."),
    "kind": "measures",
    "items": ["F-04", "D-04"],
    **texts("options-0-who", "Those abroad"),
    **texts("options-0-action", "Share the link."),
    **texts("options-0-result", "No name is seen."),
    **texts("share-heading", "What of the park?"),
    **texts("share-text", "Anybody may ask."),
    **texts("share-caption", "A caption."),
    **texts("share-alt", "Text on a light ground."),
    "press-0": "source:000",
    **texts("attribution", "The club wrote this."),
}


def main_of(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return unescape(answer.text.split("<main", 1)[1].split("</main>", 1)[0])


def written(desk, client=None, **changes):
    """Write a campaign as a person would and return its id."""
    answer = desk.send(client or desk.client("editor"), "/desk/en/campaigns/new", {**FILLED, **changes})
    assert answer.status_code == 303, main_of(answer, answer.status_code)
    return answer.headers["Location"].rsplit("/", 1)[1]


def typed_in(page):
    """Return the values of a form by the names of its fields."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found: dict[str, Any] = {}
    for node in tree.iter():
        if node.tag == "textarea":
            found[node.get("name")] = (node.text or "").lstrip("\n")
        elif node.tag == "input" and node.get("name") and node.get("type") != "checkbox":
            found[node.get("name")] = node.get("value", "")
        elif node.tag == "input" and node.get("checked") is not None:
            found.setdefault(node.get("name"), []).append(node.get("value"))
        elif node.tag == "select":
            chosen = [each.get("value") for each in node.iter("option") if each.get("selected") is not None]
            found[node.get("name")] = chosen[0] if chosen else ""
    return found


# Writing


def test_a_campaign_is_written_proposed_confirmed_and_read(desk):
    editor, confirmer, reader = desk.client("editor"), desk.client("confirmer"), desk.app.test_client()
    made = written(desk, editor)
    assert made == "c3"
    assert reader.get("/en/campaigns/c3").status_code == 404
    bench = main_of(editor.get("/desk/en/campaigns/c3"))
    assert "Nothing is missing." in bench
    assert desk.send(editor, "/desk/en/campaigns/c3/propose", {}).status_code == 303
    assert reader.get("/en/campaigns/c3").status_code == 404
    review = re.search(r'href="(/desk/en/proposals/\d+)"', main_of(confirmer.get("/desk/en/campaigns/c3")))[1]
    assert "One may ask." in main_of(confirmer.get(review))
    assert settle(desk, confirmer, review, "confirm").status_code == 303
    for lang, words in said("Ask about the park").items():
        public = main_of(reader.get(f"/{lang}/campaigns/c3"))
        assert words in public
        assert "1 December 2026" in public or lang != "en"
    assert 'href="/en/letters/measures?petition=1"' in main_of(reader.get("/en/campaigns/c3"))
    assert "/campaigns/c3" in main_of(reader.get("/en/campaigns"))
    assert "/ru/campaigns/c3<" in reader.get("/sitemap-pages.xml").text


def settle(desk, client, review, verb, **entries):
    """Send one of the forms of a proposal's page."""
    return client.post(f"{review}/{verb}", data={"csrf_token": desk.token(client, review), **entries})


def test_what_is_kept_stands_in_the_form_again_field_by_field(desk):
    editor = desk.client("editor")
    made = written(desk, editor, open="", **{"open-day": "05.12.2026", "closed-day": "31.12.2026"})
    form = typed_in(editor.get(f"/desk/en/campaigns/{made}/edit").text)
    for name, value in {**FILLED, "open-day": "05.12.2026", "closed-day": "31.12.2026"}.items():
        assert form[name] == value, name


@pytest.mark.parametrize("campaign_id", ["c1", "c2"])
def test_a_file_passes_through_the_form_unchanged(desk, campaign_id):
    content = campaigns.content_of_file(campaign_id)
    editor = desk.client("editor")
    form = typed_in(editor.get(f"/desk/en/campaigns/{campaign_id}/edit").text)
    with desk.app.test_request_context("/desk/en/campaigns", method="POST", data=form):
        filled = CampaignForm.asked(data=data_of(content, 1))
        assert isinstance(filled, CampaignForm)
        filled.kind.choices = filled.successor.choices = []
        again = content_of(filled, content["petition"], content)
    assert differences(pruned(content), {**again, "id": campaign_id}) == []
    answer = desk.send(editor, f"/desk/en/campaigns/{campaign_id}/edit", form)
    assert "nothing would change" in main_of(answer, 422)


def test_a_draft_without_most_of_it_is_kept_and_told_what_it_lacks(desk):
    editor = desk.client("editor")
    answer = desk.send(editor, "/desk/en/campaigns/new", {"title-ru": "Спросите"})
    assert answer.status_code == 303
    bench = main_of(editor.get("/desk/en/campaigns/c3"))
    assert "Not written yet. Missing languages: Kazakh, English." in bench
    assert 'href="/desk/en/campaigns/c3/edit#title"' in bench
    assert "Propose that it become public" not in bench
    assert "Propose</button>" not in main_of(editor.get("/desk/en/campaigns/c3/propose"))
    assert "Russian:" not in bench
    listed = main_of(editor.get("/desk/en/campaigns"))
    assert "places are not written" in listed
    preview = main_of(editor.get("/desk/en/campaigns/c3/preview"))
    assert "Draft, not public." in preview
    assert "Спросите" in preview


@pytest.mark.parametrize(
    ("entries", "field", "sentence"),
    [
        ({"petition": "9999"}, "petition", "The record has no petition with this number."),
        ({"petition": "one"}, "petition", "Write a whole number"),
        ({"why-0-source": "nowhere"}, "why-0-source", "The record does not have this source: nowhere."),
        ({"why-0-text-kk": "", "why-0-text-ru": "", "why-0-text-en": "", "why-0-source": "", "why-0-locator": "",
          **texts("why-4-text", "So."), "why-4-source": "nowhere"}, "why-1-source", "nowhere"),
        ({"press-0": "nowhere"}, "press-0", "The record does not have this source: nowhere."),
        ({"whose-url": "javascript:alert(1)"}, "whose-url", "begins with https://"),
        ({"open-day": "31.02.2027"}, "open-day", "There is no such date."),
        ({"open-day": "02.01.2027", "closed-day": "01.01.2027"}, "closed-day", "The days must follow each other"),
        ({"kind": "question", "items": ["G-04"]}, "items", "do not belong to this kind of letter"),
        ({"kind": "protest"}, "kind", "Choose one of the list."),
        ({"why-0-locator": "x" * 700}, "why-0-locator", "At most this many characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(desk, entries, field, sentence):
    answer = desk.send(desk.client("editor"), "/desk/en/campaigns/new", {**FILLED, **entries})
    page = main_of(answer, 422)
    assert f'href="#{field}"' in page
    assert sentence in page
    assert "Ask about the park по-русски" in page
    assert campaign_desk.of("c3") is None


def test_a_list_grows_without_a_script_and_nothing_is_kept(desk):
    editor = desk.client("editor")
    answer = desk.send(editor, "/desk/en/campaigns/new", FILLED, button="add-why")
    assert 'name="why-1-text-kk"' in main_of(answer)
    assert campaign_desk.of("c3") is None


def test_html_typed_into_every_field_is_shown_as_text(desk):
    editor = desk.client("editor")
    plain = {"written_in", "petition", "kind", "items", "why-0-source", "press-0", "whose-url"}
    nasty = {name: value if name in plain else f"{NASTY} {name}" for name, value in FILLED.items()}
    made = written(desk, editor, **nasty)
    propose(made, by=desk.account("editor"))
    campaign_desk.confirm(campaign_desk.of(made).proposal.id, by="beren")
    base = f"/desk/en/campaigns/{made}"
    draft({**served(made), "lead": said(NASTY + "!")}, made)
    sequence = campaign_desk.versions(made)[0].recorded_in
    pages = [base, f"{base}/edit", f"{base}/translate", f"{base}/preview", f"{base}/propose", f"{base}/close",
             f"{base}/versions/{sequence}", "/desk/en/campaigns", "/en/campaigns", f"/en/campaigns/{made}"]  # fmt: skip
    for path in pages:
        answer = editor.get(path)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text, path
        assert "<b title" not in answer.text, path
        tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
        assert not [node for node in tree.iter("script") if node.text and "alert" in node.text]
        assert "49" not in "".join(tree.find(".//title").itertext()), path


def test_a_form_without_its_token_changes_nothing(desk):
    editor, confirmer = desk.client("editor"), desk.client("confirmer")
    made = draft().campaign
    waiting = propose(made).id
    posts = [
        (editor, "/desk/en/campaigns/new", FILLED),
        (editor, f"/desk/en/campaigns/{made}/edit", FILLED),
        (editor, f"/desk/en/campaigns/{made}/translate", {"title-en": "Forged"}),
        (editor, "/desk/en/campaigns/c2/close", {"reason": "Forged."}),
        (confirmer, f"/desk/en/proposals/{waiting}/confirm", {}),
    ]
    for client, path, entries in posts:
        for token in ({}, {"csrf_token": "forged"}):
            answer = client.post(path, data={**entries, **token, "do": "save"})
            assert answer.status_code == 422, path
            assert "This form was open for too long" in unescape(answer.text)
    assert len(campaign_desk.versions(made)) == 1
    assert campaigns.by_id(made) is None
    assert campaigns.by_id("c2").states.starts == campaigns.of_files()["c2"].states.starts


# Two at once


def test_who_was_slower_is_told_what_changed_and_loses_nothing(desk):
    made = written(desk)
    one, other = desk.client("editor"), desk.client("editor", "other")
    path = f"/desk/en/campaigns/{made}/edit"
    first, second = (typed_in(client.get(path).text) for client in (one, other))
    assert one.post(path, data={**first, "lead-en": "Hers.", "do": "save"}).status_code == 303
    refused = other.post(path, data={**second, "title-en": "His.", "do": "save"})
    page = main_of(refused, 409)
    assert "Somebody else changed this record while your form was open." in page
    assert "<ins>Hers.</ins>" in page
    again = typed_in(refused.text)
    assert again["title-en"] == "His."
    assert other.post(path, data={**again, "do": "save"}).status_code == 303
    assert campaign_desk.of(made).latest["title"]["en"] == "His."
    assert "Hers." in [each.content["lead"]["en"] for each in campaign_desk.versions(made)]


def test_two_browsers_that_confirm_at_once_open_it_once(desk):
    made = SentTogether(desk, ["confirmer", "second"])
    assert sorted(made.statuses) == [303, 409]
    public = [row for row in campaign_desk.versions(made.id) if row.is_public]
    assert len(public) == 1


def test_one_person_in_two_browsers_opens_nothing(desk):
    made = SentTogether(desk, ["author", "author"])
    assert made.statuses == [409, 409]
    assert campaigns.by_id(made.id) is None


class SentTogether:
    """A campaign whose confirmation two browsers sent at the same moment, and what each was answered."""

    def __init__(self, desk, names):
        desk.account("author", "editor", "confirmer")
        self.id = draft(by=desk.account("author")).campaign
        number = str(propose(self.id, by=desk.account("author")).id)
        path = f"/desk/en/proposals/{number}/confirm"
        clients = [desk.client("editor+confirmer", name) for name in names]
        forms = [{"csrf_token": desk.token(client, "/desk/en/campaigns/c2/close")} for client in clients]
        together = Barrier(len(clients))
        self.statuses: list[int] = []

        def send(client, form):
            together.wait()
            answer = client.post(path, data=form)
            self.statuses.append(answer.status_code)

        threads = [Thread(target=send, args=pair) for pair in zip(clients, forms, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)


def test_whoever_proposed_it_finds_no_button_and_is_refused(desk):
    both = desk.client("editor+confirmer", "both")
    made = draft(by=desk.account("both")).campaign
    review = f"/desk/en/proposals/{propose(made, by=desk.account('both')).id}"
    page = main_of(both.get(review))
    assert "/confirm" not in page
    assert "You cannot confirm your own entry." in main_of(settle(desk, both, review, "confirm"), 409)
    assert settle(desk, both, review, "withdraw", reason="A slip.").status_code == 303
    assert campaign_desk.of(made).proposal is None


def test_a_proposal_can_be_declined_with_a_reason_alone(desk):
    made = draft().campaign
    review = f"/desk/en/proposals/{propose(made).id}"
    confirmer = desk.client("confirmer")
    assert settle(desk, confirmer, review, "decline").status_code == 422
    assert settle(desk, confirmer, review, "decline", reason="Not neutral.").status_code == 303
    assert campaigns.by_id(made) is None
    assert "Not neutral." in main_of(confirmer.get(review))


def test_a_proposal_that_what_is_public_overtook_says_so_and_has_no_button(desk):
    draft({**served("c2"), "lead": said("New.")}, "c2")
    number = propose("c2", reason="Clearer.").id
    campaign_desk.close("c2", by="dana", reason="At once.")
    page = main_of(desk.client("confirmer").get(f"/desk/en/proposals/{number}"))
    assert "It cannot be confirmed as it is:" in page
    assert f"/proposals/{number}/confirm" not in page


# Closing


def test_a_call_is_closed_by_one_person_and_its_page_says_so_at_once(desk):
    editor, reader = desk.client("editor"), desk.app.test_client()
    assert "This call is open." in main_of(reader.get("/en/campaigns/c2"))
    assert "Say why" in main_of(desk.send(editor, "/desk/en/campaigns/c2/close", {"reason": ""}), 422)
    assert desk.send(editor, "/desk/en/campaigns/c2/close", {"reason": "Answered."}).status_code == 303
    page = main_of(reader.get("/en/campaigns/c2"))
    assert "This call is closed." in page
    assert "/letters/" not in page
    bench = main_of(editor.get("/desk/en/campaigns/c2"))
    assert "A version written at the desk stands in the place of the file." in bench
    assert "There is nothing to close" in main_of(editor.get("/desk/en/campaigns/c2/close"))


def test_pages_that_are_kept_show_what_the_desk_did_at_once(shipped_path, tmp_path):
    """The key of a kept page holds the head of the chain, and so does what is kept of the campaigns."""
    shutil.copy(shipped_path, tmp_path / "kept.sqlite")
    app = create_app({"database_url": f"sqlite:///{tmp_path / 'kept.sqlite'}"})
    reader = app.test_client()
    assert "This call is open." in main_of(reader.get("/en/campaigns/c2"))
    with app.app_context():
        campaign_desk.close("c2", by="aida", reason="Answered.")
    assert "This call is closed." in main_of(reader.get("/en/campaigns/c2"))
    assert "No call is running today." in main_of(reader.get("/en/campaigns"))
    close(app)


# Pictures


def test_the_pictures_of_a_campaign_of_the_desk_are_drawn_and_go_with_it(desk, monkeypatch):
    made = opened(call(share={name: said(name) for name in ("heading", "text", "caption", "alt")}))
    reader = desk.app.test_client()
    page = reader.get(f"/ru/campaigns/{made}").text
    address = unescape(re.search(r'<img src="([^"]+)"', page)[1])
    assert address.startswith(f"/ru/campaigns/{made}/link.png?v=")
    answer = reader.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data.startswith(b"\x89PNG")
    assert f"/ru/campaigns/{made}/link.png" in re.search(r'property="og:image" content="([^"]+)"', page)[1]
    assert f"http://127.0.0.1:8000/kk/campaigns/{made}" in page
    assert reader.get(f"/ru/campaigns/{made}/poster.png").status_code == 404
    campaign_desk.close(made, by="aida", reason="Enough.")
    assert reader.get(address).status_code == 404


def test_words_that_do_not_fit_on_the_pictures_stop_the_proposal(desk):
    editor = desk.client("editor")
    made = written(desk, editor, **{"share-text-ru": "Очень длинный текст. " * 60})
    assert "The words do not fit on the pictures. Shorten them: Russian." in main_of(
        editor.get(f"/desk/en/campaigns/{made}")
    )
    answer = desk.send(editor, "/desk/en/campaigns/c2/close", {"reason": ""})
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    seen = campaign_desk.of(made).seen
    forced = editor.post(f"/desk/en/campaigns/{made}/propose", data={"csrf_token": token, "seen": str(seen)})
    assert forced.status_code == 422
    assert campaign_desk.of(made).proposal is None


# Translating


def test_a_translation_is_written_beside_its_original_and_stale_ones_are_marked(desk):
    editor = desk.client("editor")
    made = written(desk, editor, **{"lead-kk": ""})
    path = f"/desk/en/campaigns/{made}/translate"
    page = editor.get(path).text
    assert "The texts were first written in this language: Russian." in unescape(page)
    assert desk.send(editor, path, {**typed_in(page), "lead-kk": "Сұрауға болады."}).status_code == 303
    content = campaign_desk.of(made).latest
    assert content["lead"]["kk"] == "Сұрауға болады."
    assert content["lead"]["original"] == "ru"
    assert content["why"][0]["source"] == "source:000"
    form = typed_in(editor.get(path).text)
    assert desk.send(editor, path, {**form, "lead-ru": "Спросить можно."}).status_code == 303
    assert main_of(editor.get(path)).count("The original changed after this was written.") == 2
    bench = main_of(editor.get(f"/desk/en/campaigns/{made}"))
    assert "The original changed after this translation was written: Kazakh." in bench


# Pages


PAGES = ["", "/c2", "/c1/edit", "/new", "/c2/translate", "/c2/preview?of=public", "/c3", "/c3/edit", "/c3/translate",
         "/c3/preview", "/c3/preview?of=proposal", "/c3/propose",
         "/c2/close"]  # fmt: skip


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_page_is_whole_in_each_language(desk, english_only, html_problems, lang):
    both = desk.client("editor+confirmer", "both")
    made = draft(by=desk.account("both")).campaign
    propose(made, by=desk.account("both"))
    draft({**call(lead={"ru": "Так!"})}, made)
    pages = {}
    for path in PAGES:
        answer = both.get(f"/desk/{lang}/campaigns{path}")
        assert answer.status_code == 200, path
        pages[path] = answer.text
        if "preview" not in path:
            assert answer.headers["Cache-Control"] == "no-store"
    assert html_problems(pages) == []
    for path in PAGES:
        check(both.get(f"/desk/{lang}/campaigns{path}"), lang, english_only)


@pytest.mark.parametrize("path", ["/c9", "/c9/edit", "/x", "/c2/preview?of=proposal", "/c2/versions/1",
                                  "/c99999999999", "/c2/preview/poster.png"])  # fmt: skip
def test_what_is_not_there_is_not_found(desk, path):
    assert desk.client("editor+confirmer", "both").get(f"/desk/en/campaigns{path}").status_code == 404


def test_a_draft_leaves_no_word_on_public_pages(desk):
    written(desk)
    reader = desk.app.test_client()
    for path in ("/en/campaigns", "/en/changes?about=all", "/sitemap-pages.xml", "/en/letters/measures?petition=1"):
        answer = reader.get(path)
        assert answer.status_code == 200
        assert "Park friends" not in answer.text
        assert "Ask about the park" not in answer.text

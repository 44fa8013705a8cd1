"""What tells who writes is refused where letters are, and left unread elsewhere: no log, no answer, no file has it."""

import io
import logging
import tempfile

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.routing import BuildError
from werkzeug.test import stream_encode_multipart

from portal.domain.texts import LANGUAGES

MARKED = {
    "name": "Ұлдана-Өтепбергенова-ZQ7",
    "iin": "999999000002",
    "address": "Қойлыбай-ZQ7 көшесі",
    "phone": "+77010000ZQ7",
    "email": "zq7@example.kz",
    "own": "Өз сөзім ZQ7",
    "number": "ЖТ-2026-00000ZQ7",
    "date": "2026-11-20-ZQ7",
}
MARKS = ("ZQ7", "zq7", "999999000002")

VALUES = {
    "lang": "kk",
    "code": "complaint",
    "ending": "pdf",
    "number": 1,
    "filename": "css/qadam.css",
    "alias": "90-2",
    "body_id": "mci",
    "petition_id": "1",
    "campaign_id": "c1",
    "key": "1",
    "seq": 1,
    "stage": "review_central",
}
"""What stands in the addresses; a part that is not named here gets a word that is none of ours."""


DOORS = {"/desk/kk/sign-in", "/desk/kk/invitation"}
"""The pages of the desk on which somebody who is not signed in may type a name of their own."""


def addresses(app, *, of_letters):
    """Return an address of every route, of letters or of anything else."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if (rule.endpoint.partition(".")[0] in {"letters", "offline"}) != of_letters:
                continue
            values = {name: VALUES.get(name, 1) for name in rule.arguments}
            try:
                found.append(adapter.build(rule.endpoint, values, append_unknown=False))
            except (BuildError, ValueError):
                values = {name: VALUES.get(name, "x") for name in rule.arguments}
                found.append(adapter.build(rule.endpoint, values, append_unknown=False))
    return sorted(set(found))


def bodies():
    """Yield the ways in which a body can be sent."""
    yield {"data": MARKED}
    yield {"data": {"letter": "kk", **MARKED}}
    yield {"json": MARKED}
    parts = MultiDict({**MARKED, "file": FileStorage(io.BytesIO(b"ZQ7" * 300_000), "zq7.docx")})
    stream, _, boundary = stream_encode_multipart(parts, use_tempfile=False)
    yield {"data": stream.read(), "content_type": f"multipart/form-data; boundary={boundary}"}
    yield {"data": "name=ZQ7", "content_type": "text/plain"}
    yield {"data": "ZQ7" * 5_000, "content_type": "application/x-www-form-urlencoded"}
    yield {"data": "ZQ7", "content_type": "application/octet-stream"}


@pytest.fixture
def nothing_of_it(app, caplog, tmp_path, monkeypatch):
    """A check that neither an answer, nor a log of any level, nor a temporary file has a mark."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    files = []
    monkeypatch.setattr(app.jinja_env, "bytecode_cache", None)  # The tests' own; it writes what it compiles.
    for maker in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, maker, lambda *_args, made=maker, **_more: files.append(made))

    for maker in ("TemporaryFile", "SpooledTemporaryFile"):  # Where a large part of a form would go.
        monkeypatch.setattr(f"werkzeug.formparser.{maker}", lambda *_args, **_more: files.append("part"), raising=False)

    def check(answer, *, repeats=False):
        shown = answer.get_data() + str(answer.headers).encode()
        assert not [mark for mark in MARKS if mark in caplog.text]
        if repeats:
            files.clear()
            return
        assert not [mark for mark in MARKS if mark.encode() in shown]
        assert files == []
        assert list(tmp_path.iterdir()) == []

    return check


def test_every_route_of_letters_refuses_what_tells_who_writes(app, client, nothing_of_it):
    paths = addresses(app, of_letters=True)
    assert len(paths) >= 9
    for path in paths:
        for body in bodies():
            answer = client.post(path, **body)
            assert answer.status_code == 400, (path, answer.status_code)
            nothing_of_it(answer)


@pytest.mark.slow
def test_every_other_route_leaves_it_unread(app, client, nothing_of_it):
    paths = addresses(app, of_letters=False)
    assert len(paths) > 20
    for path in paths:
        for body in bodies():
            answer = client.post(path, **body)
            assert answer.status_code >= 300, path
            # The door of the desk shows a user name again that was typed wrong; no letter is written there.
            nothing_of_it(answer, repeats=path in DOORS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_refusal_is_a_sentence(client, lang):
    answer = client.post(f"/{lang}/letters/complaint", data=MARKED)
    assert answer.status_code == 400
    assert f'lang="{lang}"' in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["", "/complaint", "/complaint/compose", "/after", "/advice", "/cleared"])
def test_an_address_with_a_name_in_it_is_refused_and_not_repeated(client, path, nothing_of_it):
    answer = client.get(f"/kk/letters{path}", query_string=MARKED)
    assert answer.status_code == 400
    nothing_of_it(answer)


@pytest.mark.parametrize(
    "sent",
    [
        {"letter": "de"},
        {"letter": "kk", "item": "X-99"},
        {"letter": "kk", "item": MARKED["own"]},
        {"letter": "kk", "form": "odt"},
        {"letter": "kk", "topic": "review_central"},
        {"letter": "kk", "petition": "one"},
        {"letter": "kk", "petition": MARKED["number"]},
        {"letter": "kk", "form": "page", "comment": ""},
    ],
)
def test_a_code_that_is_none_of_ours_is_refused(client, sent, nothing_of_it):
    answer = client.post("/ru/letters/complaint/compose", data=sent)
    assert answer.status_code == 400
    nothing_of_it(answer)


@pytest.mark.parametrize("form", ["page", "docx", "txt"])
def test_codes_make_a_letter_with_blanks(client, form, nothing_of_it):
    answer = client.post("/ru/letters/complaint/compose", data={"letter": "kk", "item": "GEN-39", "form": form})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    nothing_of_it(answer)

"""Coming in to the desk, and accounts: as people meet them in a browser."""

import logging
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest
import time_machine

from portal import create_app
from portal.db import db
from portal.domain import account_refusals
from portal.domain.refusals import Refusal
from portal.domain.rights import Role
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import speaking
from portal.i18n.refusals import refusal
from portal.services import accounts, audit, sessions
from portal.web.desk import sign_in as page_of_sign_in
from portal.web.desk import visitor
from tests.fixtures.accounts import PASSWORD, code_of
from tests.fixtures.desk import CSRF
from tests.fixtures.pages import check
from tests.fixtures.record import close

pytestmark = pytest.mark.slow

START = datetime(2026, 11, 22, 7, 0, 10, tzinfo=UTC)
WHY = "A test needs it."
DOOR = "/desk/en/sign-in"


@pytest.fixture
def moment():
    """A clock that stands still until it is moved."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def aliya(desk, given_account):
    """An admin who also records."""
    found = given_account("aliya", "admin", "editor")
    db.session.remove()
    return found


def come_in(desk, known, client=None, *, path=DOOR, address="192.0.2.1", **changed):
    """Sign in with a browser; return it and the answer."""
    client = client or desk.app.test_client()
    entries = {"name": known.name, "password": known.password, "code": known.totp(), **changed}
    token = CSRF.search(client.get(path).text)[1]
    given = {"csrf_token": token, "do": "save", **entries}
    return client, client.post(path, data=given, environ_base={"REMOTE_ADDR": address})


def cookie_of(client):
    with client.session_transaction("/desk/en/") as cookie:
        return dict(cookie)


# Coming in and going out
# ------------------------------------------------------------------------------------------------------------------


def test_name_password_and_code_let_in(desk, aliya):
    client, answer = come_in(desk, aliya)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/en/")
    page = client.get("/desk/en/")
    assert page.status_code == 200
    assert "aliya" in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_is_the_same_whatever_was_wrong(desk, aliya, lang):
    pages = []
    for wrong in ({"name": "nobody"}, {"password": "another long password"}, {"code": "000000"}):
        _, answer = come_in(desk, aliya, path=f"/desk/{lang}/sign-in", **wrong)
        assert answer.status_code == 422
        pages.append(re.sub(r'name="csrf_token" value="[^"]+"|value="(nobody|aliya)"', "", answer.text))
    assert len(set(pages)) == 1
    assert {"kk": "Пайдаланушы аты немесе құпиясөз қате.", "ru": "Неверное имя", "en": "Wrong user name"}[
        lang
    ] in pages[0]


def test_neither_password_nor_code_comes_back(desk, aliya):
    _, answer = come_in(desk, aliya, password="another long password", code="918273")
    assert "another long" not in answer.text
    assert "918273" not in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_tries_too_often_is_told_for_how_long(desk, moment, aliya, lang):
    path = f"/desk/{lang}/sign-in"
    for _ in range(10):
        come_in(desk, aliya, path=path, code="000000")
    _, answer = come_in(desk, aliya, path=path)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(15 * 60 - 10)
    said = {"kk": "15 минуттан кейін қайталаңыз.", "ru": "Повторите через 15 мин.", "en": "Try again in 15 min."}
    assert said[lang] in answer.text
    moment.shift(timedelta(minutes=15))
    assert come_in(desk, aliya, path=path)[1].status_code == 303


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/desk/kk/petitions", "/desk/kk/petitions"),
        ("/desk/ru/account", "/desk/ru/account"),
        ("", "/desk/en/"),
        ("//evil.example", "/desk/en/"),
        ("///evil.example", "/desk/en/"),
        ("https://evil.example/desk/en/", "/desk/en/"),
        ("https:evil.example", "/desk/en/"),
        ("javascript:alert(1)", "/desk/en/"),
        ("\\\\evil.example", "/desk/en/"),
        ("/\\evil.example", "/desk/en/"),
        ("/desk/\\evil.example", "/desk/en/"),
        ("/desk//evil.example", "/desk/en/"),
        ("/desk/en/../../kk/", "/desk/en/"),
        ("/desk/en/%0d%0aSet-Cookie: a=b", "/desk/en/"),
        ("/desk/en/\r\nSet-Cookie: a=b", "/desk/en/"),
        ("/kk/petitions", "/desk/en/"),
        ("/desk/en/sign-in", "/desk/en/"),
        ("/desk/en/sign-out", "/desk/en/"),
        ("/desk/en/nothing-here", "/desk/en/"),
    ],
)
def test_only_a_page_of_the_desk_is_led_to(served, wanted, reached):
    with served.test_request_context("/desk/en/sign-in"):
        served.preprocess_request()
        assert page_of_sign_in.way_in(wanted) == reached


def test_a_stranger_is_led_to_the_door_and_then_where_they_wanted(desk, aliya):
    client = desk.app.test_client()
    sent = client.get("/desk/ru/petitions")
    assert sent.status_code == 303
    _, answer = come_in(desk, aliya, client, path=sent.headers["Location"])
    assert unquote(answer.headers["Location"]) == "/desk/ru/petitions"


def test_nothing_that_stood_in_the_cookie_before_stays(desk, aliya):
    client = desk.app.test_client()
    with client.session_transaction("/desk/en/") as cookie:
        cookie["planted"] = "by a stranger"
    client, _ = come_in(desk, aliya, client)
    kept = cookie_of(client)
    assert "planted" not in kept
    assert sessions.find(kept["_user_id"]).account.name == "aliya"
    assert not {"_id", "_remember"} & set(kept)


def test_each_session_has_a_token_of_its_own(desk, moment, aliya):
    first, _ = come_in(desk, aliya)
    moment.shift(60)
    second, _ = come_in(desk, aliya)
    assert cookie_of(first)["_user_id"] != cookie_of(second)["_user_id"]


def test_the_cookie_is_for_the_desk_and_for_no_script(desk, aliya):
    _, answer = come_in(desk, aliya)
    cookie = answer.headers["Set-Cookie"]
    for part in ("Path=/desk", "HttpOnly", "SameSite=Lax"):
        assert part in cookie
    assert "Expires" not in cookie


def test_signing_out_ends_the_session_and_not_only_the_cookie(desk, aliya):
    client, _ = come_in(desk, aliya)
    token = cookie_of(client)["_user_id"]
    answer = client.post("/desk/en/sign-out", data={"csrf_token": desk.token(client, "/desk/en/")})
    assert answer.headers["Location"] == DOOR
    db.session.remove()
    assert sessions.find(token) is None
    assert "_user_id" not in cookie_of(client)
    assert client.get("/desk/en/").status_code == 303


@pytest.mark.parametrize("path", ["/desk/en/sign-in", "/desk/en/invitation"])
def test_a_form_of_another_site_is_refused_at_the_door_too(desk, aliya, path):
    entries = {"name": aliya.name, "password": aliya.password, "code": aliya.totp()}
    answer = desk.app.test_client().post(path, data=entries)
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers or "_user_id" not in str(answer.headers)


def test_no_form_of_an_account_works_without_its_token(desk, aliya):
    client, _ = come_in(desk, aliya)
    rules = [rule for rule in desk.app.url_map.iter_rules() if rule.endpoint.startswith("desk.")]
    ours = [rule for rule in rules if "/account" in rule.rule or "/sign-out" in rule.rule]
    before = audit.head()
    for rule in ours:
        if "POST" in rule.methods:
            path = (
                rule.rule.replace("<string(length=2):lang>", "en").replace("<code>", aliya.code).replace("<key>", "x")
            )
            answer = client.post(path, data={"reason": WHY, "roles": "editor", "do": "save"})
            assert answer.status_code == 422, path
    db.session.remove()
    assert audit.head() == before
    assert client.get("/desk/en/").status_code == 200


# An invitation
# ------------------------------------------------------------------------------------------------------------------


def take_up(desk, client, name, code, *, password=PASSWORD):
    """Take up an invitation with a browser; return the answer that shows the recovery codes, and the secret."""
    sent = desk.send(client, "/desk/en/invitation", {"name": name, "code": code})
    assert sent.status_code == 303
    page = client.get(sent.headers["Location"])
    secret = re.search(r"<dd><code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
    entries = {"password": password, "again": password, "code": code_of(secret)}
    return desk.send(client, "/desk/en/invitation/accept", entries), secret


def test_an_invitation_leads_to_codes_that_are_shown_once(desk, aliya):
    admin, _ = come_in(desk, aliya)
    made = desk.send(
        admin, "/desk/en/accounts/invite", {"name": "Berik", "lang": "kk", "roles": "editor", "reason": WHY}
    )
    code = re.search(r"(?:\d{4} ){5}\d{4}", made.text)[0]
    assert "http://127.0.0.1:8000/desk/kk/invitation" in made.text
    client = desk.app.test_client()
    shown, secret = take_up(desk, client, "berik", code)
    assert shown.status_code == 200
    codes = re.findall(r"<code>((?:\d{4} ){4}\d{4})</code>", shown.text)
    assert len(set(codes)) == 8
    assert all(code.replace(" ", "%20") in shown.text for code in codes)
    assert client.get("/desk/en/").status_code == 200
    assert not {"invitation", "enrolment"} & set(cookie_of(client))
    assert secret not in client.get("/desk/en/account").text
    assert client.get("/desk/en/invitation/accept").headers["Location"] == "/desk/en/invitation"


def test_a_secret_stays_the_same_while_the_form_is_mended(desk, aliya):
    made = accounts.invite("berik", [Role.EDITOR], "en", by="system", reason=WHY)
    db.session.remove()
    client = desk.app.test_client()
    desk.send(client, "/desk/en/invitation", {"name": "berik", "code": made.code})
    page = client.get("/desk/en/invitation/accept").text
    entries = {"password": "qwertyqwerty", "again": "qwertyqwerty", "code": "1"}
    again = desk.send(client, "/desk/en/invitation/accept", entries)
    assert again.status_code == 422
    assert "tried first" in again.text
    assert "qwertyqwerty" not in again.text
    secret = re.compile(r"<dd><code>([A-Z2-7 ]+)</code>")
    assert secret.search(page)[1] == secret.search(again.text)[1]


def test_the_picture_is_drawn_without_styles_and_on_light_ground(desk, aliya):
    made = accounts.invite("berik", [Role.EDITOR], "en", by="system", reason=WHY)
    db.session.remove()
    client = desk.app.test_client()
    desk.send(client, "/desk/en/invitation", {"name": "berik", "code": made.code})
    svg = re.search(
        r"<svg aria-hidden.*?class=\"qr\".*?</svg>", client.get("/desk/en/invitation/accept").text, re.DOTALL
    )[0]
    assert "style" not in svg
    assert 'fill="#fff"' in svg
    assert 'stroke="#000"' in svg


# One's own account
# ------------------------------------------------------------------------------------------------------------------


def test_one_ends_a_session_elsewhere_and_keeps_this_one(desk, moment, aliya):
    here, _ = come_in(desk, aliya)
    moment.shift(60)
    elsewhere, _ = come_in(desk, aliya)
    page = here.get("/desk/en/account")
    assert page.text.count("This session") == 1
    key = sessions.key_of(sessions.digest_of(cookie_of(elsewhere)["_user_id"]))
    token = desk.token(here, "/desk/en/account")
    assert here.post(f"/desk/en/account/sessions/{key}/end", data={"csrf_token": token}).status_code == 303
    assert elsewhere.get("/desk/en/").status_code == 303
    assert here.get("/desk/en/").status_code == 200
    assert here.post(f"/desk/en/account/sessions/{key}/end", data={"csrf_token": token}).status_code == 404


def test_signing_out_everywhere_ends_all(desk, moment, aliya):
    here, _ = come_in(desk, aliya)
    moment.shift(60)
    elsewhere, _ = come_in(desk, aliya)
    token = desk.token(here, "/desk/en/account")
    answer = here.post("/desk/en/account/sign-out-everywhere", data={"csrf_token": token})
    assert answer.headers["Location"] == DOOR
    for client in (here, elsewhere):
        assert client.get("/desk/en/").status_code == 303


def test_the_page_of_an_account_knows_neither_address_nor_browser(desk, aliya):
    client, _ = come_in(desk, aliya, address="203.0.113.77")
    page = client.get("/desk/en/account", headers={"User-Agent": "Zq7Browser"})
    assert "203.0.113.77" not in page.text
    assert "Zq7Browser" not in page.text


def test_a_password_is_changed_at_the_desk(desk, moment, aliya):
    client, _ = come_in(desk, aliya)
    moment.shift(60)
    entries = {"current": PASSWORD, "password": "another long password", "again": "another long password"}
    wrong = desk.send(client, "/desk/en/account/password", {**entries, "code": "1"})
    assert wrong.status_code == 422
    assert "another long password" not in wrong.text
    done = desk.send(client, "/desk/en/account/password", {**entries, "code": aliya.totp()})
    assert done.headers["Location"] == "/desk/en/account"
    assert "has been changed" in client.get("/desk/en/account").text


def test_recovery_codes_are_renewed_at_the_desk(desk, moment, aliya):
    client, _ = come_in(desk, aliya)
    moment.shift(60)
    done = desk.send(client, "/desk/en/account/recovery-codes", {"current": PASSWORD, "code": aliya.totp()})
    codes = set(re.findall(r"<code>((?:\d{4} ){4}\d{4})</code>", done.text))
    assert len(codes) == 8
    assert not codes & set(aliya.recovery_codes)


# Accounts of others
# ------------------------------------------------------------------------------------------------------------------


def test_an_admin_changes_roles_resets_and_closes(desk, aliya, given_account):
    berik = given_account("berik", "editor")
    db.session.remove()
    client, _ = come_in(desk, aliya)
    place = f"/desk/en/accounts/{berik.code}"
    assert desk.send(client, f"{place}/roles", {"roles": "confirmer", "reason": WHY}).status_code == 303
    again = desk.send(client, f"{place}/reset", {"reason": WHY})
    assert re.search(r"(?:\d{4} ){5}\d{4}", again.text)
    assert desk.send(client, f"{place}/close", {"reason": WHY}).status_code == 303
    assert "Closed" in client.get(place).text
    db.session.remove()
    done = [(each.action, each.by, each.reason) for each in audit.entries_of(f"account/{berik.code}")][2:]
    assert done == [(f"account.{what}", aliya.code, WHY) for what in ("roles_changed", "reset", "closed")]


@pytest.mark.parametrize(
    ("what", "entries", "sentence"),
    [
        ("reset", {}, "You cannot reset your own account"),
        ("close", {}, "last administrator"),
        ("roles", {"roles": "editor"}, "last administrator"),
        ("roles", {"roles": "king"}, "Choose one of the list."),
        ("roles", {}, "Choose at least one."),
        ("roles", {"roles": ["editor", "admin"]}, "nothing would change"),
        ("close", {"reason": ""}, "Fill in this field."),
        ("close", {"reason": "Aliya asked."}, "user name must not stand in it"),
    ],
)
def test_what_is_refused_has_its_sentence_and_keeps_what_was_typed(desk, aliya, what, entries, sentence):
    client, _ = come_in(desk, aliya)
    given = {"reason": WHY, **entries}
    answer = desk.send(client, f"/desk/en/accounts/{aliya.code}/{what}", given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{given["reason"]}"' in answer.text
    assert client.get("/desk/en/").status_code == 200


def test_the_public_log_words_what_is_done_to_accounts(desk, aliya):
    for lang in LANGUAGES:
        page = desk.app.test_client().get(f"/{lang}/changes?about=account")
        assert page.status_code == 200
        assert aliya.code in page.text
        assert "aliya" not in page.text


def test_every_refusal_about_accounts_is_a_sentence_in_each_language():
    kinds = [kind for kind in vars(account_refusals).values() if isinstance(kind, type)]
    for lang in LANGUAGES:
        with speaking(lang):
            fallback = refusal(account_refusals.AccountRefusal())
            for kind in set(kinds) - {account_refusals.AccountRefusal, Refusal}:
                numbered = "__init__" in vars(kind)
                assert refusal(kind(60) if numbered else kind()) != fallback, kind


# Every page
# ------------------------------------------------------------------------------------------------------------------

PATHS = ["sign-in", "invitation"]
OWN = ["account", "account/password", "account/recovery-codes", "accounts", "accounts/invite"]
OF_ONE = ["", "/roles", "/reset", "/close"]


def pages(desk, aliya, lang):
    """Yield every page of this part as its readers meet it, filled in wrongly too."""
    stranger = desk.app.test_client()
    for path in PATHS:
        yield path, stranger.get(f"/desk/{lang}/{path}")
        yield f"{path} wrong", desk.send(stranger, f"/desk/{lang}/{path}", {"name": "a", "code": "1", "password": "x"})
    made = accounts.invite(f"invited {lang}", [Role.EDITOR], lang, by="system", reason=WHY)
    db.session.remove()
    desk.send(stranger, f"/desk/{lang}/invitation", {"name": made.name, "code": made.code})
    yield "accept", stranger.get(f"/desk/{lang}/invitation/accept")
    client, _ = come_in(desk, aliya)
    for path in OWN:
        yield path, client.get(f"/desk/{lang}/{path}")
    for path in OF_ONE:
        yield path, client.get(f"/desk/{lang}/accounts/{made.account}{path}")
    yield "reset", desk.send(client, f"/desk/{lang}/accounts/{made.account}/reset", {"reason": "1"})
    entries = {"current": PASSWORD, "code": aliya.recovery_codes[LANGUAGES.index(lang)]}
    yield "codes", desk.send(client, f"/desk/{lang}/account/recovery-codes", entries)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_whole_in_each_language(desk, aliya, english_only, lang):
    for name, answer in pages(desk, aliya, lang):
        assert answer.status_code in (200, 422), name
        check(answer, lang, english_only)
        assert answer.headers["Cache-Control"] == "no-store"


def test_every_page_is_valid_html(desk, aliya, html_problems):
    assert html_problems({name: answer.text for name, answer in pages(desk, aliya, "ru")}) == []


# Behind a server of ours, and in no log
# ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 192.0.2.2", "203.0.113.7"),
        (1, None, "127.0.0.1"),
    ],
)
def test_an_address_is_taken_from_servers_of_ours_alone(tmp_path, proxies, forwarded, client):
    app = create_app({"database_url": f"sqlite:///{tmp_path / 'p.sqlite'}", "proxies": proxies})
    seen = []
    app.before_request(lambda: seen.append(visitor.door().client))
    app.test_client().get("/nothing-here", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert seen == [client]
    close(app)


def test_no_log_of_any_level_learns_who_came_in(desk, aliya, caplog):
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    code = aliya.totp()
    come_in(desk, aliya, address="203.0.113.77", password="another long password")
    client, _ = come_in(desk, aliya, address="203.0.113.77", code=code)
    client.get("/desk/en/account", headers={"User-Agent": "Zq7Browser"})
    for secret in (
        aliya.name,
        PASSWORD,
        "another long",
        code,
        "203.0.113.77",
        "Zq7Browser",
        cookie_of(client)["_user_id"],
    ):
        assert secret not in caplog.text

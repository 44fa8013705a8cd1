"""Accounts of the desk: how they begin and end, who comes in, and what the public chain learns of it."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select

from portal import clock, create_app
from portal.cli_accounts import group
from portal.db import db, writing
from portal.domain.account_refusals import (
    AccountClosed,
    CodeNotAccepted,
    InvitationNotValid,
    LastAdmin,
    NameTaken,
    NameUnusable,
    OwnAccount,
    PasswordCommon,
    PasswordIsName,
    PasswordTooLong,
    PasswordTooShort,
    PasswordWrong,
    ReasonNamesAccount,
    RoleMissing,
    SignInRefused,
)
from portal.domain.refusals import NothingChanged, ReasonMissing
from portal.domain.rights import Role
from portal.models import Account, AuditEntry, DeskSession
from portal.services import (
    accounts,
    audit,
    audit_check,
    invitations,
    own_account,
    passwords,
    second_factor,
    sessions,
    sign_in,
)
from tests.fixtures.accounts import PASSWORD, code_of, door
from tests.fixtures.record import close

WHY = "A test needs it."
START = datetime(2026, 11, 22, 7, 0, 10, tzinfo=UTC)


@pytest.fixture
def moment():
    """A clock that stands still until it is moved."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def enter(known, *, name=None, password=None, code=None, client="192.0.2.1"):
    """Sign in as somebody, with something of it changed."""
    given = (name or known.name, password or known.password, known.totp() if code is None else code)
    return sign_in.enter(*given, door=door(client))


def account_of(known):
    db.session.rollback()
    return accounts.by_code(known.code)


def entries(known):
    return [(each.action, each.by) for each in audit.entries_of(f"account/{known.code}")]


# Invitations
# ------------------------------------------------------------------------------------------------------------------


def test_an_account_is_invited_and_taken_up_by_its_owner(empty, given_account):
    known = given_account("aliya", "editor", "confirmer")
    account = account_of(known)
    assert account.roles == ["editor", "confirmer"]
    assert sessions.find(known.token).account.name == "aliya"
    assert len(set(known.recovery_codes)) == 8
    assert entries(known) == [("account.invited", "system"), ("account.accepted", known.code)]


def test_the_chain_and_the_code_tell_nothing_of_the_name(empty, given_account):
    known, other = given_account("aliya"), given_account("aliyaa")
    assert known.code != other.code
    assert "ali" not in known.code
    text = "".join(audit_check.exported())
    assert "aliya" not in text
    assert known.code in text


def test_neither_codes_nor_secrets_are_kept_as_they_are_told(empty, given_account, workbench):
    known = given_account("aliya")
    invitation = accounts.invite("berik", [Role.EDITOR], "kk", by="system", reason=WHY)
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = workbench.path.read_bytes()
    told = [PASSWORD, known.token, invitation.code, *known.recovery_codes]
    for each in (*told, *(each.replace(" ", "") for each in told)):
        assert each.encode() not in kept


def test_an_invitation_works_for_48_hours_and_once(empty, moment, given_account):
    invitation = accounts.invite("berik", [Role.EDITOR], "kk", by="system", reason=WHY)
    moment.shift(timedelta(hours=47, minutes=59))
    key = invitations.find("Berik ", invitation.code.replace(" ", "-"), door=door())
    moment.shift(timedelta(minutes=1))
    with pytest.raises(InvitationNotValid):
        invitations.find("berik", invitation.code, door=door())
    secret = second_factor.new_secret()
    with pytest.raises(InvitationNotValid):
        invitations.accept(key, password=PASSWORD, secret=secret, code=code_of(secret))
    assert accounts.state_of(accounts.by_name("berik")) == "lapsed"
    used = given_account("aliya")
    assert accounts.state_of(account_of(used)) == "works"


@pytest.mark.parametrize(("name", "changes"), [("berik", True), ("aliya", False), ("nobody", False)])
def test_a_wrong_name_or_code_opens_no_invitation(empty, name, changes):
    invitation = accounts.invite("berik", [Role.EDITOR], "kk", by="system", reason=WHY)
    code = invitation.code[::-1] if changes else invitation.code
    with pytest.raises(InvitationNotValid):
        invitations.find(name, code, door=door())


def test_nothing_is_kept_of_an_account_that_is_set_up_wrongly(empty, cheap_passwords):
    invitation = accounts.invite("berik", [Role.EDITOR], "kk", by="system", reason=WHY)
    key, secret = invitations.find("berik", invitation.code, door=door()), second_factor.new_secret()
    with pytest.raises(CodeNotAccepted):
        invitations.accept(key, password=PASSWORD, secret=secret, code="000000")
    with pytest.raises(PasswordTooShort):
        invitations.accept(key, password="short", secret=secret, code=code_of(secret))
    assert accounts.by_name("berik").password_hash is None
    assert invitations.accept(key, password=PASSWORD, secret=secret, code=code_of(secret)).token


@pytest.mark.parametrize("name", ["", "a", "a" * 61, "алиya", "a<b", "a/b", "-a", "a@b", "…"])
def test_a_name_that_could_mislead_is_refused(empty, name):
    with pytest.raises(NameUnusable):
        accounts.invite(name, [Role.EDITOR], "kk", by="system", reason=WHY)


def test_names_are_one_however_they_are_typed(empty):
    accounts.invite(" Әлия  Қ. ", [Role.EDITOR], "kk", by="system", reason=WHY)
    assert accounts.by_name("ӘЛИЯ қ.").name == "әлия қ."
    with pytest.raises(NameTaken):
        accounts.invite("әлия Қ.", [Role.EDITOR], "kk", by="system", reason=WHY)


def test_an_account_needs_a_role_and_a_reason_without_its_name(empty):
    with pytest.raises(RoleMissing):
        accounts.invite("berik", [], "kk", by="system", reason=WHY)
    with pytest.raises(ReasonMissing):
        accounts.invite("berik", [Role.EDITOR], "kk", by="system", reason=" ")
    with pytest.raises(ReasonNamesAccount):
        accounts.invite("берик", [Role.EDITOR], "kk", by="system", reason="Для Берика, он просил.")


# Signing in
# ------------------------------------------------------------------------------------------------------------------


def test_name_password_and_code_together_start_a_session(empty, given_account):
    known = given_account("aliya")
    assert sessions.find(enter(known)).account.code == known.code
    assert entries(known)[2:] == []


@pytest.mark.parametrize("wrong", [{"name": "nobody"}, {"password": "another long password"}, {"code": "000000"}])
def test_whatever_is_wrong_the_refusal_is_the_same(empty, given_account, wrong):
    known = given_account("aliya")
    with pytest.raises(SignInRefused) as refused:
        enter(known, **wrong)
    assert refused.value.args == ()
    assert refused.value.__cause__ is None


def test_a_hash_is_checked_for_a_name_that_nobody_has(empty, given_account, monkeypatch):
    known = given_account("aliya")
    accounts.invite("berik", [Role.EDITOR], "kk", by="system", reason=WHY)
    checked = []
    real = PasswordHasher.verify

    def verify(hasher, *given):
        checked.append(1)
        return real(hasher, *given)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    for name in ("aliya", "nobody", "berik"):
        checked.clear()
        with pytest.raises(SignInRefused):
            enter(known, name=name, password="another long password")
        assert checked == [1], name


def test_a_code_works_once_and_no_earlier_one_after_it(empty, moment, given_account):
    known = given_account("aliya")
    with pytest.raises(SignInRefused):
        enter(known, code=known.totp(0))  # It confirmed the authenticator.
    code = known.totp(1)
    assert enter(known, code=code)
    with pytest.raises(SignInRefused):
        enter(known, code=code)
    moment.shift(30)
    with pytest.raises(SignInRefused):
        enter(known, code=code)


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_wrong(empty, moment, given_account, steps, is_taken):
    known = given_account("aliya")
    moment.shift(300)
    if is_taken:
        assert enter(known, code=f" {known.totp(steps)[:3]} {known.totp(steps)[3:]}")
    else:
        with pytest.raises(SignInRefused):
            enter(known, code=known.totp(steps))


def test_a_recovery_code_takes_the_place_of_the_authenticator_once(empty, given_account):
    known, other = given_account("aliya"), given_account("berik")
    assert enter(known, code=known.recovery_codes[3])
    assert second_factor.recovery_codes_left(account_of(known)) == 7
    for code in (known.recovery_codes[3], other.recovery_codes[0]):
        with pytest.raises(SignInRefused):
            enter(known, code=code)


def test_a_password_is_hashed_anew_where_its_cost_has_changed(empty, given_account, monkeypatch):
    known = given_account("aliya")
    before = account_of(known).password_hash
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    enter(known)
    after = account_of(known).password_hash
    assert before != after
    assert "m=16,t=2,p=1" in after
    assert enter(known, code=known.recovery_codes[0])


def test_passwords_are_kept_with_argon2id_as_owasp_advises():
    assert passwords.hash_of(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_may_be_typed_on_any_keyboard(cheap_passwords):
    composed, decomposed = "жай май тай қой", "жаи\u0306 маи\u0306 таи\u0306 қои\u0306"
    assert composed != decomposed
    assert passwords.matches(passwords.hash_of(composed), decomposed)
    assert not passwords.matches(passwords.hash_of(composed), composed + " ")


@pytest.mark.parametrize("url", ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def test_of_two_browsers_with_one_code_one_gets_in(request, tmp_path, given_account, url):
    kept = f"sqlite:///{tmp_path / 'two.sqlite'}" if url == "sqlite" else request.getfixturevalue("postgres_url")
    app = create_app({"database_url": kept})
    with app.app_context():
        db.create_all()
        known = given_account("aliya")
        code, outcomes = known.totp(), []
        start = threading.Barrier(4)

        def browser(number):
            with app.app_context():
                start.wait()
                try:
                    outcomes.append(enter(known, code=code, client=f"192.0.2.{number}"))
                except SignInRefused:
                    outcomes.append(None)
                db.session.remove()

        threads = [threading.Thread(target=browser, args=(number,)) for number in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(outcomes) == 4
        assert len([each for each in outcomes if each]) == 1
    close(app)


# Passwords
# ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("elevenchars", PasswordTooShort),
        ("w" + "қ1 " * 67, PasswordTooLong),
        ("1qaz2wsx3edc", PasswordCommon),
        ("Password!!!!2026", PasswordCommon),
        ("123qwerty123!!", PasswordCommon),
        ("passwordpassword", PasswordCommon),
        ("aaaaaaaaaaaa", PasswordCommon),
        ("198019801980", PasswordCommon),
        ("8 701 000 00 00", PasswordCommon),
        ("пароль123456", PasswordCommon),
        ("ПАРОЛЬПАРОЛЬ", PasswordCommon),
        ("йцукенгшщзхъ", PasswordCommon),
        ("әіңғүұқөһ1234", PasswordCommon),
        ("Қазақстан2026!", PasswordCommon),
        ("qazaqstan1991", PasswordCommon),
        ("aigerim.aigerim", PasswordIsName),
        ("Aigerim_2026!", PasswordIsName),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password, refusal):
    with pytest.raises(refusal):
        passwords.require_good(password, "aigerim")


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "gTz8-vQ2m-Lx0p",
        "жеті қат көк астында",
        "лошадь батарея скрепка",
        "Al в лесу грибы",
    ],
)
def test_a_password_that_nobody_would_try_is_taken(password):
    passwords.require_good(password, "al")


# What admins do
# ------------------------------------------------------------------------------------------------------------------


def test_roles_are_changed_with_a_reason(empty, given_account):
    known = given_account("aliya", "editor")
    accounts.change_roles(known.code, [Role.CONFIRMER, Role.EDITOR], by="x", reason=WHY)
    assert account_of(known).roles == ["editor", "confirmer"]
    last = audit.entries_of(f"account/{known.code}")[-1]
    assert (last.action, last.by, last.reason) == ("account.roles_changed", "x", WHY)
    assert (last.before, last.after) == ('{"roles":["editor"]}', '{"roles":["editor","confirmer"]}')
    with pytest.raises(NothingChanged):
        accounts.change_roles(known.code, [Role.EDITOR, Role.CONFIRMER], by="x", reason=WHY)


def test_a_reset_takes_both_factors_and_every_session(empty, given_account):
    admin, known = given_account("admin", "admin"), given_account("aliya")
    second = enter(known)
    invitation = accounts.reset(known.code, by=admin.code, reason=WHY)
    assert sessions.find(known.token) is None
    assert sessions.find(second) is None
    for code in (known.totp(1), known.recovery_codes[0]):
        with pytest.raises(SignInRefused):
            enter(known, code=code)
    key, secret = invitations.find("aliya", invitation.code, door=door()), second_factor.new_secret()
    invitations.accept(key, password="another long password", secret=secret, code=code_of(secret))
    assert entries(known)[2:] == [("account.reset", admin.code), ("account.accepted", known.code)]


def test_nobody_resets_their_own_account(empty, given_account):
    admin = given_account("admin", "admin")
    given_account("other", "admin")
    with pytest.raises(OwnAccount):
        accounts.reset(admin.code, by=admin.code, reason=WHY)
    assert sessions.find(admin.token) is not None


def test_a_closed_account_stays_closed(empty, given_account):
    known = given_account("aliya")
    accounts.close(known.code, by="x", reason=WHY)
    assert sessions.find(known.token) is None
    with pytest.raises(SignInRefused):
        enter(known)
    for act in (accounts.close, accounts.reset):
        with pytest.raises(AccountClosed):
            act(known.code, by="x", reason=WHY)
    with pytest.raises(AccountClosed):
        accounts.change_roles(known.code, [Role.ADMIN], by="x", reason=WHY)


def test_the_last_admin_stays(empty, given_account):
    admin = given_account("admin", "admin", "editor")
    accounts.invite("waits", [Role.ADMIN], "kk", by=admin.code, reason=WHY)
    with pytest.raises(LastAdmin):
        accounts.close(admin.code, by=admin.code, reason=WHY)
    with pytest.raises(LastAdmin):
        accounts.change_roles(admin.code, [Role.EDITOR], by=admin.code, reason=WHY)
    assert account_of(admin).roles == ["editor", "admin"]
    assert sessions.find(admin.token) is not None
    other = given_account("other", "admin")
    accounts.change_roles(admin.code, [Role.EDITOR], by=other.code, reason=WHY)
    with pytest.raises(LastAdmin):
        accounts.close(other.code, by=admin.code, reason=WHY)


@pytest.mark.slow
def test_two_admins_cannot_take_each_other_s_role_at_once(postgres_url, given_account):
    app = create_app({"database_url": postgres_url})
    with app.app_context():
        db.create_all()
        one, other = given_account("one", "admin"), given_account("other", "admin")
        start, outcomes = threading.Barrier(2), []

        def take(code, by):
            with app.app_context():
                start.wait()
                try:
                    accounts.change_roles(code, [Role.EDITOR], by=by, reason=WHY)
                    outcomes.append("taken")
                except LastAdmin:
                    outcomes.append("refused")
                db.session.remove()

        pairs = ((one.code, other.code), (other.code, one.code))
        threads = [threading.Thread(target=take, args=pair) for pair in pairs]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(outcomes) == ["refused", "taken"]
    close(app)


# One's own account
# ------------------------------------------------------------------------------------------------------------------


def change(known, new="another long password", *, current=None, code=None):
    given = {"current": current or known.password, "code": known.totp() if code is None else code}
    here = sessions.digest_of(known.token)
    own_account.change_password(account_of(known), new, door=door(), session_digest=here, **given)


def test_a_password_is_changed_with_both_factors_and_ends_other_sessions(empty, given_account):
    known = given_account("aliya")
    with writing() as session:
        elsewhere = sessions.open_for(session, accounts.by_name("aliya"))
    change(known)
    assert sessions.find(known.token) is not None
    assert sessions.find(elsewhere) is None
    with pytest.raises(SignInRefused):
        enter(known, code=known.recovery_codes[0])
    assert enter(known, password="another long password", code=known.recovery_codes[1])
    assert entries(known)[2:] == [("account.password_changed", known.code)]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"current": "another long password"}, PasswordWrong),
        ({"code": "123456"}, CodeNotAccepted),
        ({"new": "qwertyqwerty"}, PasswordCommon),
    ],
)
def test_a_stolen_session_alone_changes_nothing(empty, given_account, given, refusal):
    known = given_account("aliya")
    before = account_of(known).password_hash
    with pytest.raises(refusal):
        change(known, **given)
    assert account_of(known).password_hash == before


def test_a_code_is_not_used_up_by_a_poor_new_password(empty, given_account):
    known = given_account("aliya")
    with pytest.raises(PasswordCommon):
        change(known, new="qwertyqwerty")
    change(known)


def test_new_recovery_codes_take_the_place_of_the_old(empty, given_account):
    known = given_account("aliya")
    codes = own_account.renew_recovery_codes(account_of(known), current=PASSWORD, code=known.totp(), door=door())
    with pytest.raises(SignInRefused):
        enter(known, code=known.recovery_codes[0])
    assert enter(known, code=codes[0])
    assert entries(known)[-1] == ("account.recovery_renewed", known.code)


# Sessions
# ------------------------------------------------------------------------------------------------------------------


def test_a_session_ends_when_it_lies_idle_and_in_any_case_after_ten_hours(empty, moment, given_account):
    known = given_account("aliya")
    for _ in range(20):
        moment.shift(timedelta(minutes=29))
        assert sessions.find(known.token) is not None
    moment.shift(timedelta(minutes=29))
    assert sessions.find(known.token) is None
    idle = enter(known)
    moment.shift(timedelta(minutes=31))
    assert sessions.find(idle) is None


def test_sessions_that_are_over_are_forgotten_when_another_begins(empty, moment, given_account):
    known = given_account("aliya")
    moment.shift(timedelta(hours=1))
    enter(known)
    assert [each.account_id for each in db.session.scalars(select(DeskSession))] == [account_of(known).id]


def test_a_session_is_ended_by_its_owner_alone(empty, moment, given_account):
    known, other = given_account("aliya"), given_account("berik")
    second = enter(known)
    key = sessions.key_of(sessions.digest_of(second))
    assert not sessions.end_one(account_of(other), key)
    assert sessions.find(second) is not None
    assert sessions.end_one(account_of(known), key)
    assert sessions.find(second) is None
    assert sessions.find(known.token) is not None
    sessions.end_all(account_of(known))
    assert sessions.find(known.token) is None
    assert sessions.find(other.token) is not None


# Commands and logs
# ------------------------------------------------------------------------------------------------------------------


def test_the_first_account_is_made_from_the_command_line(empty, cheap_passwords):
    runner = empty.test_cli_runner()
    told = runner.invoke(group, ["create", "Aliya", "--lang", "kk"]).output
    assert "http://127.0.0.1:8000/desk/kk/invitation" in told
    code = told.split("Code:")[1].split("\n")[0]
    assert invitations.find("aliya", code, door=door())
    account = accounts.by_name("aliya")
    assert account.roles == ["admin"]
    assert runner.invoke(group, ["list"]).output == f"{account.code}\taliya\tadmin\tinvited\n"
    again = runner.invoke(group, ["reset", "aliya"]).output
    assert code not in again
    assert invitations.find("aliya", again.split("Code:")[1].split("\n")[0], door=door("192.0.2.9"))
    actions = [(each.action, each.by) for each in db.session.scalars(select(AuditEntry))]
    assert actions == [("account.invited", "system"), ("account.reset", "system")]


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["create", "a<b"], 1),
        (["create", "aliya", "--role", "king"], 2),
        (["create", "aliya", "--reason", "For Aliya."], 1),
        (["reset", "nobody"], 1),
    ],
)
def test_a_command_that_is_refused_says_why(empty, command, status):
    done = empty.test_cli_runner().invoke(group, command)
    assert done.exit_code == status
    assert done.output.strip()
    assert db.session.scalars(select(Account)).all() == []


def test_no_log_of_any_level_learns_who_signs_in_or_with_what(tmp_path, given_account, caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool"):
        caplog.set_level(logging.DEBUG, logger=name)
    app = create_app({"database_url": f"sqlite:///{tmp_path / 'logged.sqlite'}"})
    with app.app_context():
        db.create_all()
        known = given_account("zq7aliya")
        code, codes = known.totp(), known.recovery_codes
        with pytest.raises(SignInRefused):
            enter(known, password="zq7 wrong password", client="203.0.113.77")
        token = enter(known, code=code, client="203.0.113.77")
        with pytest.raises(NameTaken):
            accounts.invite("zq7aliya", [Role.EDITOR], "kk", by="system", reason=WHY)
        with pytest.raises(Exception, match="UNIQUE") as failed, writing() as session:
            session.add(Account(code="x", name="zq7aliya", roles=[], lang="kk", created_at=clock.now()))
    close(app)
    told = caplog.text + str(failed.value)
    for secret in ("zq7aliya", PASSWORD, "zq7 wrong", code, codes[0], token, known.secret, "203.0.113.77"):
        assert secret not in told

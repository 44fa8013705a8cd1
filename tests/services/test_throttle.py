"""Guessing is slow, for all processes together and without a trace of who guessed; nobody locks another out."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal import create_app
from portal.db import db, writing
from portal.domain.account_refusals import InvitationNotValid, SignInRefused, TooManyAttempts
from portal.models import Attempt
from portal.services import invitations, sign_in, throttle
from portal.services.throttle import client_of
from portal.settings import ROOT
from tests.fixtures.accounts import PASSWORD, SECRET, door
from tests.fixtures.record import close

START = datetime(2026, 11, 22, 7, 0, 10, tzinfo=UTC)


@pytest.fixture
def moment():
    """A clock that stands still until it is moved, ten seconds into a quarter of an hour."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def fail(name="aliya", password="another long password", client="192.0.2.1", times=1):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in.enter(name, password, "000000", door=door(client))


def is_shut(name="aliya", client="192.0.2.1"):
    """Tell whether a try would not even be looked at."""
    try:
        door(client).knock(name)
    except TooManyAttempts:
        return True
    with writing() as session:
        door(client).welcome(session, name)
    return False


def test_ten_failures_under_a_name_are_all_that_a_client_has(empty, moment, given_account):
    known = given_account("aliya")
    fail(times=9)
    assert sign_in.enter("aliya", PASSWORD, known.totp(), door=door())
    fail(times=1)
    moment.shift(30)
    with pytest.raises(TooManyAttempts) as refused:
        sign_in.enter("aliya", PASSWORD, known.totp(), door=door())
    assert refused.value.seconds == 15 * 60 - 40
    assert refused.value.minutes == 15
    moment.shift(timedelta(minutes=15))
    assert sign_in.enter("aliya", PASSWORD, known.totp(), door=door())


def test_a_stranger_does_not_lock_the_owner_out(empty, moment, given_account):
    known = given_account("aliya")
    for number in range(4):
        fail(client=f"203.0.113.{number}", times=10)
    assert is_shut(client="203.0.113.0")
    assert sign_in.enter("aliya", PASSWORD, known.totp(), door=door("192.0.2.1"))


def test_whoever_has_the_password_guesses_ten_codes_and_no_more(empty, moment, given_account):
    known = given_account("aliya")
    for number in range(10):
        fail(password=PASSWORD, client=f"203.0.113.{number}")
    for client in ("203.0.113.99", "192.0.2.1"):
        with pytest.raises(TooManyAttempts):
            sign_in.enter("aliya", PASSWORD, known.totp(), door=door(client))
    moment.shift(timedelta(minutes=15))
    assert sign_in.enter("aliya", PASSWORD, known.totp(), door=door())


def test_a_client_has_thirty_failures_whatever_the_names(empty, moment, cheap_passwords):
    for number in range(30):
        fail(name=f"name {number}")
    assert is_shut(name="yet another")
    assert not is_shut(name="yet another", client="192.0.2.2")


def test_unknown_names_are_counted_like_known_ones(empty, moment, given_account):
    given_account("aliya")
    for name in ("aliya", "nobody"):
        fail(name=name, times=10, client=f"client of {name}")
        assert is_shut(name=name, client=f"client of {name}")


def test_those_who_get_in_leave_no_count(empty, moment, given_account):
    known = given_account("aliya")
    for code in known.recovery_codes:
        sign_in.enter("aliya", PASSWORD, code, door=door())
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_invitations_are_guessed_as_slowly(empty, moment):
    for _ in range(10):
        with pytest.raises(InvitationNotValid):
            invitations.find("aliya", "1" * 24, door=door())
    with pytest.raises(TooManyAttempts):
        invitations.find("aliya", "1" * 24, door=door())


def test_what_is_over_is_forgotten_on_the_way(empty, moment, cheap_passwords):
    fail(times=2)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 3
    moment.shift(timedelta(minutes=15))
    fail(name="berik", client="192.0.2.2")
    rows = db.session.scalars(select(Attempt)).all()
    assert len(rows) == 3
    assert {each.times for each in rows} == {1}


def test_a_client_that_is_shut_out_adds_nothing_to_the_table(empty, moment, cheap_passwords):
    for number in range(30):
        fail(name=f"name {number}")
    before = db.session.scalar(select(func.count()).select_from(Attempt))
    for number in range(30, 60):
        with pytest.raises(TooManyAttempts):
            door().knock(f"name {number}")
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == before


def test_no_key_tells_whom_it_counts_nor_which_keys_are_of_one_visitor(empty, moment, cheap_passwords, workbench):
    keys = set()
    for _ in range(3):
        fail(client="203.0.113.77")
        keys |= set(db.session.scalars(select(Attempt.key)).all())
        moment.shift(timedelta(minutes=15))
    assert len(keys) == 9
    other = {
        throttle.Door(b"another secret", "203.0.113.77")._key(each) for each in door("203.0.113.77")._failed("aliya")
    }
    assert not keys & other
    assert "203.0.113.77" not in repr(door("203.0.113.77"))
    assert SECRET.decode() not in repr(door())
    db.session.remove()
    assert b"203.0.113.77" not in b"".join(path.read_bytes() for path in workbench.path.parent.iterdir())


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        (None, "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_a_client_is_an_address_or_the_network_behind_one(address, client):
    assert client_of(address) == client


def knock_in_threads(app, times, threads):
    """Knock from several threads at once; return how many knocks were let through."""
    start, passed = threading.Barrier(threads), []

    def knock():
        with app.app_context():
            start.wait()
            for _ in range(times):
                try:
                    door().knock("aliya")
                    passed.append(1)
                except TooManyAttempts:
                    pass
            db.session.remove()

    running = [threading.Thread(target=knock) for _ in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return len(passed)


@pytest.mark.slow
@pytest.mark.parametrize("kept", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_many_at_once_do_not_slip_past_the_count(request, tmp_path, moment, kept):
    url = f"sqlite:///{tmp_path / 'many.sqlite'}" if kept == "sqlite" else request.getfixturevalue("postgres_url")
    app = create_app({"database_url": url})
    with app.app_context():
        db.create_all()
        db.session.remove()
        assert knock_in_threads(app, 5, 6) == 10
        assert sorted(db.session.scalars(select(Attempt.times))) == [10, 10]
    close(app)


PROGRAM = """
import sys
import time_machine
from portal import create_app
from portal.domain.account_refusals import TooManyAttempts
from portal.services.throttle import Door
passed = 0
app = create_app({"database_url": sys.argv[1]})
with time_machine.travel("2026-11-22T07:00:10Z", tick=False), app.app_context():
    for _ in range(12):
        try:
            Door(b"only for tests", "192.0.2.1").knock("aliya")
            passed += 1
        except TooManyAttempts:
            pass
print(passed)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kept", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_several_processes_count_together(request, tmp_path, kept):
    url = f"sqlite:///{tmp_path / 'many.sqlite'}" if kept == "sqlite" else request.getfixturevalue("postgres_url")
    app = create_app({"database_url": url})
    with app.app_context():
        db.create_all()
    close(app)
    command = [sys.executable, "-c", PROGRAM, url]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    passed = [int(each.communicate(timeout=60)[0]) for each in running]
    assert [each.returncode for each in running] == [0, 0]
    assert sum(passed) == 10

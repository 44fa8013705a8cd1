"""The commands, the locks and the fixtures: what every other test stands on."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests import check_catalogues
from tests.fixtures.browser import ForeignRequests, serving

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MAKEFILE = (ROOT / "Makefile").read_text()
SHELL = shutil.which("sh") or "/bin/sh"
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))

PAGE = """<!DOCTYPE html>
<html lang="kk">
<head><meta charset="utf-8"><title>Қадам</title></head>
<body><main><h1>Қадам</h1>{}</main></body>
</html>
"""


def run(*command, **options):
    """Run a command to its end and return its status and what it said."""
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [PAGE.format("").encode()]


# The commands


def test_help_lists_every_target_with_a_sentence():
    done = run("make", "help", cwd=ROOT)
    listed = dict(re.findall(r"^make (\S+) +(\S.+)$", done.stdout, re.MULTILINE))
    assert set(listed) == TARGETS
    assert len(listed) == len(done.stdout.splitlines())


def test_help_is_what_make_does_without_a_target():
    assert run("make", cwd=ROOT).stdout.startswith("make help")


def test_ci_calls_targets_of_the_makefile_and_nothing_else():
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert lines[:2] == ["set -euo pipefail", 'cd "$(dirname "${BASH_SOURCE[0]}")/.."']
    assert lines[2:] == ["make check", "make test"]


@pytest.mark.parametrize("script", ["deploy/venv.sh", "tests/system_tools.sh"])
def test_a_script_is_posix_shell_without_mistakes_of_syntax(script):
    assert run(SHELL, "-n", script, cwd=ROOT).stderr == ""


def test_missing_tools_are_named_with_the_package_that_has_them(tmp_path):
    for tool in ("id", "uname"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    done = run(SHELL, "tests/system_tools.sh", "--check", cwd=ROOT, env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert "Debian's package chromium" in done.stderr
    assert "Debian's package default-jre-headless" in done.stderr
    assert "Debian's package libreoffice-writer-nogui" in done.stderr
    assert "Debian's package poppler-utils" in done.stderr


def test_too_old_a_python_is_refused_in_words(tmp_path):
    old = tmp_path / "python3"
    old.write_text(f'#!{SHELL}\ncase "$2" in *print*) echo "Python 3.9.2" ;; *) exit 1 ;; esac\n')
    old.chmod(0o755)
    done = run(SHELL, "deploy/venv.sh", str(tmp_path), cwd=ROOT, env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr == "Qadam needs Python 3.11 or later as python3; found: Python 3.9.2.\n"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_only_what_exists(document):
    prose = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose)
    missing = {link for link in links if not (document.parent / link).exists()}
    missing |= {name for name in re.findall(r"`make ([a-z-]+)", prose) if name not in TARGETS}
    assert not missing


def test_the_licence_is_the_whole_agpl():
    licence = (ROOT / "LICENSE").read_text()
    assert licence.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE\n")
    assert "END OF TERMS AND CONDITIONS" in licence


# The server


APPLICATION = """
def app(environ, start_response):
    if environ["PATH_INFO"] == "/fails":
        raise RuntimeError("planted")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]
"""


@pytest.mark.slow
def test_the_server_says_where_it_is_and_logs_nothing_about_readers(tmp_path):
    (tmp_path / "quiet.py").write_text(APPLICATION)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path / "log"
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn.conf.py")]
    with log.open("w") as output:
        server = subprocess.Popen(
            [*command, "quiet:app"],
            cwd=tmp_path,
            env={**os.environ, "PORT": str(port)},
            stdout=output,
            stderr=output,
        )
    try:
        until = time.monotonic() + 30
        while "Qadam: " not in log.read_text() and server.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.05)
        headers = {"User-Agent": "private-agent"}
        long = urllib.request.Request(f"{address}/?private={'x' * 10_000}", headers=headers)
        failing = urllib.request.Request(f"{address}/fails?private=1", headers=headers)
        with urllib.request.urlopen(long) as answer:
            assert answer.read() == b"here"
        with pytest.raises(urllib.error.HTTPError) as failure:
            urllib.request.urlopen(failing)
        failure.value.close()
        assert failure.value.code == 500
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET /?private=1 HTTP/1.1\r\nUser-Agent private-agent\r\n\r\n")
            assert b"400 Bad Request" in connection.recv(4096)
    finally:
        server.terminate()
        assert server.wait(30) == 0
    said = log.read_text()
    assert said.count(f"Qadam: {address}\n") == 1
    assert "planted" in said
    assert "Refused a malformed request." in said
    assert "private" not in said
    assert "127.0.0.1" not in said.replace(f"Qadam: {address}", "")


# Skips


SKIPPED = "import pytest\n\ndef test_it():\n    pytest.skip('in silence')\n"
TRIED = "import pytest\n\ndef test_other():\n    pytest.xfail('tried')\n"


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_skip_fails_the_run(tmp_path, workers):
    (tmp_path / "test_it.py").write_text(SKIPPED)
    (tmp_path / "test_other.py").write_text(TRIED)
    done = run_pytest(tmp_path, workers)
    assert done.returncode == 1
    assert "skipped tests fail the run" in done.stdout
    assert "\ntest_it.py::test_it\n" in done.stdout
    assert "\ntest_other.py::test_other\n" not in done.stdout


@pytest.mark.slow
def test_a_skipped_module_fails_the_run(tmp_path):
    (tmp_path / "test_it.py").write_text("import pytest\npytest.importorskip('nowhere')\n")
    (tmp_path / "test_other.py").write_text(TRIED)
    done = run_pytest(tmp_path, "2")
    assert done.returncode == 1
    assert "\ntest_it.py\n" in done.stdout


@pytest.mark.slow
def test_expected_failures_and_skips_with_a_reason_are_allowed(tmp_path):
    allowed = "@pytest.mark.may_skip('a reason')\ndef test_it"
    (tmp_path / "test_it.py").write_text(SKIPPED.replace("def test_it", allowed))
    (tmp_path / "test_other.py").write_text(TRIED)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = may_skip\n")
    assert run_pytest(tmp_path, "2").returncode == 0


def run_pytest(folder, workers):
    """Run pytest in a folder of its own, with the hook under test and no plugin but xdist."""
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-p", "tests.fixtures.no_skips"]
    outer = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**outer, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return run(*command, "-n", workers, cwd=folder, env=environment)


# The catalogues


HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {}\\n"

"""
PLURALS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
COMPLETE = """\
msgid "Step %(n)s"
msgstr "{}"

msgid "%(num)d day"
msgid_plural "%(num)d days"
"""
TRANSLATIONS = {
    "kk": ["%(n)s-қадам", "%(num)d күн", "%(num)d күн"],
    "ru": ["Шаг %(n)s", "%(num)d день", "%(num)d дня", "%(num)d дней"],
    "en": ["", "%(num)d day", "%(num)d days"],
}


@pytest.fixture
def translated(tmp_path):
    """A small portal whose catalogues are complete."""
    (tmp_path / "portal/templates").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "portal/words.py").write_text('lazy_gettext("Step %(n)s", n=1)\n')
    template = tmp_path / "portal/templates/page.html"
    template.write_text('{{ ngettext("%(num)d day", "%(num)d days", 3) }}\n')
    for language, (single, *plural) in TRANSLATIONS.items():
        path = tmp_path / f"translations/{language}/LC_MESSAGES/messages.po"
        path.parent.mkdir(parents=True)
        forms = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(plural))
        whole = HEADER.format(PLURALS[language]) + COMPLETE.format(single) + forms
        path.write_text(whole, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_complete_catalogues_pass(translated, capsys):
    assert check_catalogues.main(translated) == 0
    assert capsys.readouterr().out == "Catalogues: 2 texts, complete in kk, ru, en.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said", "instead", "problem"),
    [
        ("kk", "%(n)s-қадам", "", "is not translated"),
        ("kk", "%(n)s-қадам", "қадам", "has other placeholders"),
        ("ru", "Шаг %(n)s", "Шаг %(m)s", "has other placeholders"),
        ("ru", 'msgid "Step', '#, fuzzy\nmsgid "Step', "is fuzzy"),
        ("ru", 'msgstr[2] "%(num)d дней"', "", "is not translated"),
        ("en", 'msgstr[1] "%(num)d days"', 'msgstr[1] ""', "is not translated"),
        ("en", 'msgid "Step %(n)s"', 'msgid "Pace %(n)s"', "is missing"),
        ("en", 'msgid "Step %(n)s"', 'msgid "Pace %(n)s"', "is said nowhere any more"),
        ("kk", 'msgid "Step', '#~ msgid "Old"\n#~ msgstr ""\n\nmsgid "Step', "is kept as obsolete"),
    ],
)
def test_a_flaw_in_a_catalogue_is_named(translated, capsys, language, said, instead, problem):
    path = translated / f"translations/{language}/LC_MESSAGES/messages.po"
    whole = path.read_text(encoding="utf-8")
    assert said in whole
    path.write_text(whole.replace(said, instead), encoding="utf-8")
    assert check_catalogues.main(translated) == 1
    assert problem in capsys.readouterr().out


@pytest.mark.slow
def test_a_missing_catalogue_is_named(translated, capsys):
    (translated / "translations/kk/LC_MESSAGES/messages.po").unlink()
    assert check_catalogues.main(translated) == 1
    assert "translations/kk/LC_MESSAGES/messages.po: is missing" in capsys.readouterr().out


# PostgreSQL


def test_postgres_sorts_as_kazakh_is_sorted(postgres_url):
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.scalar(text("select 1")) == 1
        letters = "select string_agg(letter, '' order by letter) from (values {}) as given (letter)"
        shuffled = ", ".join(f"('{letter}')" for letter in "іһуқағбәнңоөүұк")
        assert connection.scalar(text(letters.format(shuffled))) == "аәбғкқнңоөуұүһі"


def test_each_test_has_an_empty_database_of_its_own(postgres_server):
    names = [postgres_server.create_database() for _ in range(2)]
    engines = [create_engine(postgres_server.url(name), poolclass=NullPool) for name in names]
    with engines[0].begin() as connection:
        connection.execute(text("create table only_here (id integer)"))
    with engines[1].connect() as connection:
        assert connection.scalar(text("select to_regclass('only_here')")) is None
    for name in names:
        postgres_server.drop_database(name)


# Chromium


def test_a_page_is_served_and_read(page, live_server):
    page.goto(live_server(hello))
    assert page.title() == "Қадам"
    assert page.locator("h1").inner_text() == "Қадам"


def test_a_data_page_asks_no_host(page):
    page.goto("data:text/html,<title>here</title>")
    assert page.title() == "here"


@pytest.mark.parametrize("host", ["elsewhere.invalid", "example.kz", "192.0.2.1", "localhost"])
@pytest.mark.parametrize(
    ("scheme", "ask"),
    [
        ("http", "address => fetch(address).catch(() => 'refused')"),
        (
            "https",
            "src => new Promise(done => Object.assign(new Image(), {onerror: () => done('refused'), src}))",
        ),
        ("ws", "address => new Promise(done => { new WebSocket(address).onerror = () => done('refused'); })"),
    ],
)
def test_a_request_to_another_host_is_refused_and_remembered(chromium, scheme, ask, host):
    with serving(hello) as address, chromium.new_context() as context:
        foreign = ForeignRequests(context)
        page = context.new_page()
        page.goto(address)
        refused = page.evaluate(ask, f"{scheme}://{host}/")
    assert refused == "refused"
    assert foreign.addresses == [f"{scheme}://{host}/"]


# HTML


def test_mistakes_in_html_are_named_and_new_elements_are_known(html_problems):
    form = '<form action="/"><input name="q" aria-label="q"></form>'
    new = f"<search>{form}</search><div popover>1</div>"
    pages = {"good": PAGE.format(new), "bad": PAGE.format("<p><div>1</div></p>")}
    assert html_problems(pages) == [
        "bad, line 4: No “p” element in scope but a “p” end tag seen.",
    ]

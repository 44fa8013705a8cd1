"""The locks are complete, a flaw in one is named, and an audit that learned nothing does not look like a good one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import check_advisories, check_locks

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def project(tmp_path):
    """This project, with requirements and a file of code that a test may spoil."""
    for name in ("deploy", "migrations", "portal", "tests", "Makefile"):
        (tmp_path / name).symlink_to(ROOT / name)
    for path in (ROOT / "wsgi.py", *ROOT.glob("requirements*")):
        shutil.copy(path, tmp_path)
    return tmp_path


def spoil(path, pattern, instead):
    whole = path.read_text()
    spoiled, times = re.subn(pattern, instead, whole, count=1, flags=re.MULTILINE)
    assert times == 1
    path.write_text(spoiled)


@pytest.mark.slow  # `make check` asks the same.
def test_the_locks_are_complete(capsys):
    assert check_locks.main(ROOT) == 0
    assert re.fullmatch(
        r"Locks: \d\d+ pins, each with hashes, complete, and all of them used\.\n", capsys.readouterr().out
    )


JINJA = r"^jinja2==(?:.*\n)(?:    .*\n)+"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "pattern", "instead", "problem"),
    [
        ("requirements.lock", r"^jinja2==\S+", r"jinja2>=3", "is neither a pin of one version nor a hash: jinja2>=3"),
        ("requirements.lock", r"^jinja2==\S+", r"jinja2 @ https://elsewhere.invalid/jinja2.whl", "is neither a pin"),
        ("requirements.lock", r"^", "--index-url https://elsewhere.invalid/simple\n", "line 1 is neither a pin"),
        (
            "requirements.lock",
            r"--hash=sha256:",
            "--hash=md5:",
            "is neither a pin of one version nor a hash: --hash=md5",
        ),
        ("requirements.lock", r"^(jinja2==.*\n)(?:    .*\n)+", r"\1", "requirements.lock: jinja2 has no hash"),
        ("requirements.lock", JINJA, "", "requirements.lock: jinja2 is required and not locked"),
        ("requirements.lock", r"^itsdangerous==.*\n(?:    .*\n)+", "", "itsdangerous>=2.2.0, which is not locked"),
        ("requirements.lock", r"^psycopg-binary==.*\n(?:    .*\n)+", "", "psycopg-binary==3.3.9; "),
        ("requirements.lock", r"^jinja2==\S+", "jinja2==2.10", "flask requires jinja2>=3.1.2, but 2.10 is locked"),
        ("requirements.lock", r"^jinja2==\S+", "jinja2==3.1.99", "jinja2 3.1.99 is not what is installed"),
        ("requirements.lock", r"^jinja2==\S+", "jinja2==3.1.99", "requirements.lock pin jinja2 to 3.1.6 and 3.1.99"),
        ("requirements.lock", r"^(jinja2)(==.*\n(?:    .*\n)+)", r"\1\2left-over\2", "left-over is locked and nothing"),
        ("requirements.in", r"^jinja2$", "jinja2<3", "which jinja2<3 refuses"),
        ("requirements.in", r"^jinja2\n", "", "imports jinja2, which is not required by name"),
        (
            "requirements.in",
            r"^jinja2$",
            "jinja2\nitsdangerous",
            "itsdangerous is required and nothing imports or starts",
        ),
        (
            "requirements-dev.in",
            r"^bandit.*\n",
            "iniconfig\n",
            "iniconfig is required and nothing imports or starts it",
        ),
        (
            "requirements-audit.in",
            r"^pip-audit",
            "pip-audit\nsegno",
            "requirements-audit.lock: segno is required and not",
        ),
        ("wsgi.py", r"^", "import nowhere\n", "wsgi.py imports nowhere, which is not required by name"),
        ("wsgi.py", r"^", "import pytest\n", "requirements.in: wsgi.py imports pytest, which is not required by name"),
        ("wsgi.py", r"^", "if True:\n    from pytest import mark\n", "requirements.in: wsgi.py imports pytest"),
        ("wsgi.py", r"^", "import tzdata\n", "tzdata is used by code of ours: it needs no line in USED_OTHERWISE"),
    ],
)
def test_a_flaw_in_a_lock_is_named(project, capsys, file, pattern, instead, problem):
    spoil(project / file, pattern, instead)
    assert check_locks.main(project) == 1
    assert problem in capsys.readouterr().out


@pytest.mark.slow
def test_requirements_without_a_lock_are_named(project, capsys):
    (project / "requirements-audit.lock").unlink()
    assert check_locks.main(project) == 1
    assert capsys.readouterr().out == "requirements-audit.in: is not locked; run `make lock`\n"


# The audit

TOOL = """\
import json, sys
into = sys.argv[sys.argv.index("--output") + 1]
asked = "\\n".join(open(path).read() for option, path in zip(sys.argv, sys.argv[1:]) if option == "-r")
flaw = {"id": "GHSA-1", "aliases": ["CVE-1"], "fix_versions": ["9"], "description": ""}
"""
ANSWERS = TOOL + "pins = [{'name': 'jinja2', 'version': '1', 'vulns': [flaw] if 'jinja2==2.10 ' in asked else %s}]\n"
WRITES = "open(into, 'w').write(json.dumps({'dependencies': pins, 'fixes': []}))\n"


@pytest.mark.parametrize(
    ("tool", "status", "said"),
    [
        (ANSWERS % "[]" + WRITES, 0, "Advisories: 2 pins, no known flaw.\n"),
        (ANSWERS % "[flaw]" + WRITES, 1, "jinja2 1: GHSA-1, CVE-1; mended in 9\n" * 2),
        # A registry that knows no advisories: the release with known flaws seems to have none.
        (TOOL + "pins = [{'name': 'jinja2', 'version': '1', 'vulns': []}]\n" + WRITES, 2, check_advisories.NO_DATA),
        (TOOL + "pins = [{'name': 'jinja2', 'skip_reason': 'not found'}]\n" + WRITES, 2, check_advisories.NO_DATA),
        ("import sys; sys.exit('No route to host')\n", 2, f"{check_advisories.NO_DATA}No route to host\n"),
    ],
)
def test_an_audit_says_what_it_found_or_that_it_found_nothing_out(tmp_path, capsys, tool, status, said):
    (tmp_path / "tool.py").write_text(tool)
    for lock in check_advisories.AUDITED:
        (tmp_path / lock).write_text("jinja2==3.1.6 \\\n    --hash=sha256:1\n")
    assert check_advisories.main([sys.executable, str(tmp_path / "tool.py")], tmp_path) == status
    assert capsys.readouterr().out == said


def test_a_pin_that_was_not_asked_about_is_no_good_one(tmp_path, capsys):
    skips = (
        ANSWERS % "[]"
        + "if 'jinja2==2.10 ' not in asked: pins = [{'name': 'x', 'skip_reason': 'not found'}]\n"
        + WRITES
    )
    (tmp_path / "tool.py").write_text(skips)
    for lock in check_advisories.AUDITED:
        (tmp_path / lock).write_text("")
    assert check_advisories.main([sys.executable, str(tmp_path / "tool.py")], tmp_path) == 2
    assert capsys.readouterr().out == "x: not asked about: not found\n" * 2


# Bandit

PLANTED = {
    "import pickle\npickle.loads(given)\n": "B301",
    "import xml.sax.saxutils\n": "B406",
    "cursor.execute('select * from account where name = %s' % name)\n": "B608",
    "import subprocess\nsubprocess.run(given, shell=True)\n": "B602",
}
LEFT_TO_RUFF = {
    "password = 'planted'\n": "S105",
    "sign_in(password='planted')\n": "S106",
    "def sign_in(password='planted'):\n    pass\n": "S107",
    "import yaml\nyaml.load(given, Loader=yaml.Loader)\n": "S506",
    "from markupsafe import Markup\nMarkup(given)\n": "S704",
}


def read_by(tool, source, *options):
    """Return what one of the two readers says of some code under the project's own settings."""
    command = [sys.executable, "-m", tool, *options]
    return subprocess.run(command, input=source, cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
@pytest.mark.parametrize("source", PLANTED)
def test_bandit_reads_with_the_settings_of_the_project(source):
    assert PLANTED[source] in read_by("bandit", source, "--quiet", "-c", "pyproject.toml", "-")


@pytest.mark.parametrize("source", LEFT_TO_RUFF)
def test_ruff_asks_what_bandit_leaves_to_it(source):
    said = read_by("ruff", source, "check", "--output-format", "concise", "--stdin-filename", "portal/planted.py", "-")
    assert LEFT_TO_RUFF[source] in said


def test_each_line_that_bandit_shall_not_read_says_why():
    lines = [
        (path, line)
        for folder in ("portal", "deploy", "migrations")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "nosec" in line
    ]
    assert lines
    assert [each for each in lines if not re.search(r"  # nosec B\d{3}(, B\d{3})*  # \w{2,}.{10,}", each[1])] == []

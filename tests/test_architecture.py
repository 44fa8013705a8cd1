"""Who may import whom, and what else keeps the house in order."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "portal"

MAY_IMPORT = {
    "domain": set(),
    "i18n": {"domain"},
    "models": {"domain"},
    "services": {"domain", "i18n", "models"},
    "watch": {"domain", "services"},
    "jobs": {"services", "watch"},
    "web": {"domain", "i18n", "models", "services"},
}
EVERYWHERE_BUT_DOMAIN = {"settings", "clock", "extensions"}
MAY_USE_THE_DATABASE = {"models", "services"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager"}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
IMPORTS = (ast.Import, ast.ImportFrom)
MODULES = sorted(PORTAL.rglob("*.py"))


@cache
def parsed(path):
    """Return the syntax tree of a module, read once for all tests."""
    return ast.parse(path.read_text())


def room_of(path):
    """Return the room that a module stands in, or its own name at the root."""
    parts = path.relative_to(PORTAL).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports_of(path):
    """Return every module that a file imports, with whether a function does it."""
    tree = parsed(path)
    functions = (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))
    inside = {id(node) for function in functions for node in ast.walk(function) if isinstance(node, IMPORTS)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "portal" else [node.module]
            )
            yield from ((name, node.level, id(node) in inside) for name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PORTAL)))
def test_imports_flow_one_way(path):
    room = room_of(path)
    for name, level, inside in imports_of(path):
        assert level == 0, f"relative import of {name}"
        assert not inside, f"import of {name} inside a function"
        if room == "domain":
            top = name.split(".")[0]
            assert name.startswith("portal.domain") or top in sys.stdlib_module_names, name
        if room in MAY_IMPORT and name.startswith("portal."):
            target = name.split(".")[1]
            allowed = MAY_IMPORT[room] | {room}
            if room != "domain":
                allowed |= EVERYWHERE_BUT_DOMAIN
            if room in MAY_USE_THE_DATABASE:
                allowed |= {"db"}
            assert target in allowed, f"{room} imports {name}"
        if room == "web":
            assert name.split(".")[0] != "sqlalchemy", "pages ask services, not the database"
        if room == "services":
            assert name.split(".")[0] != "flask_login", "services are told who acts"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PORTAL)))
def test_only_the_clock_reads_the_clock(path):
    if path == PORTAL / "clock.py":
        return
    tree = parsed(path)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            owner = ast.unparse(node.value)
            is_read = id(node) in called or owner.endswith(("date", "datetime"))  # A field may bear the name.
            assert owner == "clock" or not is_read, ast.unparse(node)


def test_services_never_read_the_request():
    for path in (PORTAL / "services").glob("*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                assert not {alias.name for alias in node.names} & {"request", "session", "g", "current_app"}, path


def test_no_module_is_named_for_nothing():
    assert not {path.stem for path in MODULES} & FORBIDDEN_NAMES
    assert not {path.name for path in PORTAL.rglob("*") if path.is_dir()} & FORBIDDEN_NAMES


def test_the_top_level_is_the_one_that_was_agreed():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {"portal", "migrations", "translations", "static", "tests"} <= folders
    assert (ROOT / "wsgi.py").exists()


def test_nothing_reads_the_shared_folder_nor_names_a_path_of_a_machine():
    for folder in ("portal", "tests", "deploy", "migrations", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".sh", ".toml", ".yaml", ".md", ".html"} and path != Path(__file__):
                text = path.read_text()
                assert "../shared" not in text, path
                assert str(ROOT) not in text, path

"""Every module of ``static/js``: it sends, keeps and runs nothing that is typed, and all of them fit into one file.

That file, for use without a connection, is made by joining the modules without their import lines and the word
``export``.
"""

import re

import pytest

from portal.settings import ROOT

SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "static" / "js").glob("*.js"))}

TOKENS = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?<=[(,=:\[!&|?{};\n])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*""",
    re.DOTALL,
)
"""Comments, and what may hold their signs without being one: texts and patterns."""

FORBIDDEN = {
    "a default export": r"\bexport\s+default\b",
    "a list of exports": r"\bexport\s*[{*]",
    "an import of all": r"\bimport\s*\*",
    "a renamed import": r"\bimport\s*\{[^}]*\bas\b",
    "a dynamic import": r"\bimport\s*\(|\bimportScripts\b|\bimport\.meta\b",
    "top-level await": r"^(?:const\s.*=\s*)?await\b",
    "markup from text": r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bsrcdoc\b|\bdocument\.write|\bDOMParser\b"
    r"|\bcreateContextualFragment\b",
    "a connection": r"\bfetch\b|\bXMLHttpRequest\b|\bWebSocket\b|\bsendBeacon\b|\bEventSource\b|\bRTCPeerConnection\b"
    r"|\bWebTransport\b|\bBroadcastChannel\b|\bserviceWorker\b"
    r"|\bnew\s+(?:Shared)?Worker\b",
    "storage": r"\b(?:local|session)Storage\b|\bindexedDB\b|\bcaches\b|\bcookie(?:Store)?\b|\bwindow\.name\b",
    "code from text": r"\beval\b|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]",
    "the name of a field": r"\.name\s*=(?!=)|\bsetAttribute(?:NS)?\([^)]*[\"'`]name[\"'`]"
    r"|\[[\"'`]name[\"'`]\]\s*=(?!=)",
    "an entry in the history": r"\bpushState\b",
    "the console": r"\bconsole\b",
}

IMPORT = re.compile(r"^import\s*\{([^}]*)\}\s*from\s*\"\./([\w-]+\.js)\";$", re.MULTILINE)
DECLARED = re.compile(
    r"^(export\s+)?(?:async\s+)?(?:function\s*\*?|class|const|let|var)\s+(?:([\w$]+)|[{\[]([^=]*)[}\]]\s*=)",
    re.MULTILINE,
)


def code_of(source):
    """Return a module without its comments."""
    return TOKENS.sub(lambda found: " " if found["comment"] else found.group(), source)


def names_in(text):
    """Return the names in a list of names; ``{name: other}`` makes the second."""
    return [each.split(":")[-1].split("=")[0].strip(" .\n") for each in text.split(",") if each.strip()]


def declared_in(code):
    """Return the names that a module declares at its top, and those of them that it exports."""
    declared: list[str] = []
    exported: set[str] = set()
    for export, name, names in DECLARED.findall(code):
        found = [name] if name else names_in(names)
        declared += found
        exported |= set(found) if export else set()
    return declared, exported


def flaws_of(name, source):
    """Return what a module must not hold."""
    code = code_of(source)
    found = [f"{name}: {flaw}" for flaw, pattern in FORBIDDEN.items() if re.search(pattern, code, re.MULTILINE)]
    statements = len(re.findall(r"^\s*import\b", code, re.MULTILINE))
    if statements != len(IMPORT.findall(code)):
        found.append(f"{name}: an import in another form")
    return found


def flaws_between(scripts):
    """Return where modules disagree: a name declared twice, an import of what is not exported."""
    found: list[str] = []
    owners: dict[str, str] = {}
    tops = {name: declared_in(code_of(source)) for name, source in scripts.items()}
    for name, (declared, _) in tops.items():
        for each in declared:
            if each in owners:
                found.append(f"{name}: {each} is declared in {owners[each]} too")
            owners[each] = name
    for name, source in scripts.items():
        for names, other in IMPORT.findall(code_of(source)):
            exported = tops[other][1] if other in tops else set()
            found += [f"{name}: {other} does not export {each}" for each in names_in(names) if each not in exported]
    return found


def test_there_are_modules():
    assert {"docx.js", "checks.js", "days.js", "reminders.js", "clean.js"} <= SCRIPTS.keys()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_module_sends_keeps_and_runs_nothing(name):
    assert flaws_of(name, SCRIPTS[name]) == []


def test_modules_fit_into_one_file():
    assert flaws_between(SCRIPTS) == []


@pytest.mark.parametrize(
    ("planted", "flaw"),
    [
        ("export default function f() {}", "a default export"),
        ("export { f };", "a list of exports"),
        ('export * from "./a.js";', "a list of exports"),
        ('import * as a from "./a.js";', "an import of all"),
        ('import { a as b } from "./a.js";', "a renamed import"),
        ('import a from "./a.js";', "an import in another form"),
        ('import "./a.js";', "an import in another form"),
        ('import { a } from "https://example.org/a.js";', "an import in another form"),
        ('const a = () => import("./a.js");', "a dynamic import"),
        ("const a = await f();", "top-level await"),
        ("box.innerHTML = text;", "markup from text"),
        ('box["innerHTML"] = text;', "markup from text"),
        ('box.insertAdjacentHTML("beforeend", text);', "markup from text"),
        ('fetch("/");', "a connection"),
        ('window["fetch"]("/");', "a connection"),
        ("new XMLHttpRequest();", "a connection"),
        ('new WebSocket("wss://a");', "a connection"),
        ('navigator.sendBeacon("/", text);', "a connection"),
        ("localStorage.a = 1;", "storage"),
        ("window.sessionStorage.clear();", "storage"),
        ('indexedDB.open("a");', "storage"),
        ('caches.open("a");', "storage"),
        ('document.cookie = "a=1";', "storage"),
        ('window.name = "a";', "storage"),
        ('eval("1");', "code from text"),
        ('new Function("return 1");', "code from text"),
        ('setTimeout("f()", 1);', "code from text"),
        ('input.name = "iin";', "the name of a field"),
        ('input["name"] = "iin";', "the name of a field"),
        ('input.setAttribute("name", "iin");', "the name of a field"),
        ("input.setAttribute('name', 'iin');", "the name of a field"),
        ('history.pushState(null, "", "/");', "an entry in the history"),
        ("console.log(text);", "the console"),
        ('const a = "/*"; fetch("/"); const b = "*/";', "a connection"),
        ("const a = /[/*]/; fetch(1); const b = /[*/]/;", "a connection"),
        ("const a = `// ${b}`; fetch(1);", "a connection"),
        ("const a = b / 2; fetch(1); // c / d", "a connection"),
    ],
)
def test_a_planted_flaw_is_found(planted, flaw):
    assert f"planted.js: {flaw}" in flaws_of("planted.js", f"{planted}\n")


@pytest.mark.parametrize(
    "fine",
    [
        "/** Never in localStorage, and nothing is fetched: no fetch. */",
        "const a = 1; // eval",
        "if (who.name === typed) f(who.name);",
        'import {\n  a,\n  b,\n} from "./a.js";',
        "const refetched = evaluate(1);",
    ],
)
def test_what_only_looks_like_a_flaw_is_fine(fine):
    assert flaws_of("fine.js", f"{fine}\n") == []


def test_two_modules_with_one_name_are_found():
    scripts = {
        "a.js": "export function same() {}\nconst {x, y: z} = f();\n",
        "b.js": "const same = 1;\nfunction other() {\n  const x = 1;\n}\n",
        "c.js": "let z;\n",
    }
    assert flaws_between(scripts) == [
        "b.js: same is declared in a.js too",
        "c.js: z is declared in a.js too",
    ]


def test_an_import_of_what_is_not_there_is_found():
    scripts = {"a.js": 'import { f, g } from "./b.js";\nimport { h } from "./c.js";\n', "b.js": "export const f = 1;\n"}
    assert flaws_between(scripts) == ["a.js: b.js does not export g", "a.js: c.js does not export h"]

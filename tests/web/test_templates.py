"""Every template is read: each visible word goes through gettext, and nothing is written that the policy forbids."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from portal.domain.texts import LANGUAGES
from portal.i18n.locale import speaking
from portal.settings import ROOT

TEMPLATES = ROOT / "portal" / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())

SAME_IN_ALL_LANGUAGES = {"Qadam", "Әә", "Ғғ", "Ққ", "Ңң", "Өө", "Ұұ", "Үү", "Һһ", "Іі"}
"""Our name, and the letters that the typeface shows. Signs, figures and the names in ``code`` need not stand here."""

READ_ALOUD = {
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "placeholder",
    "label",
    "content",
}
FOR_MACHINES = {
    "viewport",
    "color-scheme",
    "referrer",
    "robots",
    "theme-color",
    "og:type",
    "og:image:type",
    "twitter:card",
}
"""What a ``meta`` may say without being translated."""

NOT_WORDS = {"script", "style", "code"}
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}

ATTRIBUTE = re.compile(r"""([a-z-]+)=(["'])(.*?)\2""")
"""Where a template makes the attributes of a tag apart from it, they look like text."""

WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[A-ZА-ЯӘҒҚҢӨҰҮҺІ]?[a-zа-яёәғқңөұүһі’]+[ ,:][\w ,:.’]+|.*[^\W\d_a-zA-Z].*|[A-Z][a-z]{2,}")
"""A constant that reads like words for people and not like a key, a class or a path."""

FILLED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for whatever an expression puts in its place."""

environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def literal_parts(source):
    """Return a template with its code taken out, line by line where it was; translated blocks are code."""
    parts, translated, statement = [], False, ""
    for _line, kind, text in environment.lex(source):
        if kind == "block_begin":
            statement = ""
        elif kind == "name":
            statement = statement or text
        if kind == "block_end" and statement in {"trans", "endtrans"}:
            translated = statement == "trans"
        if kind == "data" and not translated:
            parts.append(text)
        elif kind == "variable_begin":
            parts.append(FILLED)
        else:
            parts.append("\n" * text.count("\n"))
    return "".join(parts)


class Reader(HTMLParser):
    """Collects what is wrong in the literal parts of a template."""

    def __init__(self, *, may_run=False):
        super().__init__(convert_charrefs=True)
        self.may_run = may_run
        self.within = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "style":
            self.note("an inline style sheet")
        if tag == "script" and not self.is_allowed(given):
            self.note("a script")
        for name, value in given.items():
            self.read_attribute(tag, given, name, value)
        if tag in NOT_WORDS:
            self.within.append(tag)

    def is_allowed(self, given):
        """Tell whether a script is a block of data or, on a page of letters, a module of ours."""
        if given.get("type") == "application/ld+json":
            return True
        data = given.get("type") == "application/json"
        return self.may_run and (data or given == {"type": "module", "src": FILLED})

    def read_attribute(self, tag, given, name, value):
        if name == "style":
            self.note("an inline style")
        if name.startswith("on") or value.strip().lower().startswith("javascript:"):
            self.note("a handler")
        spoken = name in READ_ALOUD or (
            tag == "input" and name == "value" and given.get("type") in {"submit", "button"}
        )
        if spoken and {given.get("name"), given.get("property")} & FOR_MACHINES == set():
            self.read_words(value)

    def handle_endtag(self, tag):
        if tag in self.within:
            self.within.remove(tag)

    def handle_data(self, data):
        if not self.within:
            for name, _quote, value in ATTRIBUTE.findall(data):
                self.read_attribute("", {}, name, value)
            self.read_words(ATTRIBUTE.sub("", data))

    def read_words(self, text):
        words = [word for word in WORD.findall(text) if word not in SAME_IN_ALL_LANGUAGES]
        if words:
            self.note(f"words outside gettext: {' '.join(text.split())[:60]}")

    def note(self, what):
        self.found.append(f"line {self.getpos()[0]}: {what}")


def constants(node, *, spoken):
    """Yield the constants of an expression that a page may show: not those that gettext or a comparison gets."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT:
        children = [each.value for each in node.kwargs]
    elif isinstance(node, nodes.Compare | nodes.Getitem | nodes.Test):
        return
    else:
        children = list(node.iter_child_nodes())
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and spoken:
        yield node
    for child in children:
        yield from constants(child, spoken=spoken or isinstance(node, nodes.Output))


def may_run(path):
    """Tell whether a template may load our scripts: those of letters, the frame of the desk, and a series' curve."""
    own = {TEMPLATES / "desk" / "frame.html", TEMPLATES / "public" / "votes.html"}
    return path.is_relative_to(TEMPLATES / "letters") or path in own


def problems(source, *, may_run=False):
    """Return what is wrong with a template, each with its line. Only pages of letters may run scripts of ours."""
    reader = Reader(may_run=may_run)
    reader.feed(literal_parts(source))
    reader.close()
    found = list(reader.found)
    tree = environment.parse(source)
    found += [f"line {each.lineno}: |safe" for each in tree.find_all(nodes.Filter) if each.name == "safe"]
    found += [f"line {each.lineno}: strftime" for each in tree.find_all(nodes.Getattr) if each.attr == "strftime"]
    if any(tree.find_all(nodes.ScopedEvalContextModifier)):
        found.append("escaping is switched")
    shown = [each for output in tree.find_all(nodes.Output) for each in constants(output, spoken=True)]
    worded = [each for each in shown if SENTENCE.fullmatch(each.value) and each.value not in SAME_IN_ALL_LANGUAGES]
    return found + [f"line {each.lineno}: words outside gettext: {each.value[:60]}" for each in worded]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_is_worded_by_gettext_and_kept_plain(path: Path):
    assert problems(path.read_text(encoding="utf-8"), may_run=may_run(path)) == []


@pytest.mark.parametrize(
    ("script", "is_fine"),
    [
        ("""<script type="module" src="{{ url_for('static', filename='js/tool.js') }}"></script>""", True),
        ("""<script type="application/json" id="letter-data">{{ data }}</script>""", True),
        ("""<script type="module" src="/static/js/tool.js"></script>""", False),
        ("""<script src="{{ url_for('static', filename='js/tool.js') }}"></script>""", False),
        ("""<script type="module">start()</script>""", False),
    ],
)
def test_pages_of_letters_alone_run_modules_of_ours(script, is_fine):
    assert problems(script, may_run=True) == ([] if is_fine else ["line 1: a script"])
    assert problems(script) == ["line 1: a script"]


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ("<p>Late by a day</p>", "words outside gettext: Late by a day"),
        ("<p>{{ x }} күн</p>", "words outside gettext: \N{OBJECT REPLACEMENT CHARACTER} күн"),
        ("<p>{% if x %}да{% endif %}</p>", "words outside gettext: да"),
        ("<p>&Eacute;t&eacute;</p>", "words outside gettext: Été"),
        ('<img src="/a.png" alt="A map">', "words outside gettext: A map"),
        ('<a href="/" title="Home">{{ _("Home") }}</a>', "words outside gettext: Home"),
        ('<nav aria-label="Main"></nav>', "words outside gettext: Main"),
        ('<input placeholder="Word">', "words outside gettext: Word"),
        ('<input type="submit" value="Search">', "words outside gettext: Search"),
        ('<meta name="description" content="All petitions">', "words outside gettext: All petitions"),
        ('{{ "Late by a day" }}', "words outside gettext: Late by a day"),
        ('{{ x or "none yet" }}', "words outside gettext: none yet"),
        ('{{ detail("Level", x) }}', "words outside gettext: Level"),
        ('{{ _("%(x)s", x="Уровень") }}', "words outside gettext: Уровень"),
        ('{% set more %}title="Home" class="a b"{% endset %}', "words outside gettext: Home"),
        ("{{ day.strftime('%d') }}", "strftime"),
        ('<p style="color: red"></p>', "an inline style"),
        ('<p{% if x %} style="color: red"{% endif %}></p>', "an inline style"),
        ("<style>p { color: red }</style>", "an inline style sheet"),
        ("<script>alert(1)</script>", "a script"),
        ('<script src="/a.js"></script>', "a script"),
        ('<script type="module"></script>', "a script"),
        ('<button onclick="go()"></button>', "a handler"),
        ('<a href="javascript:go()"></a>', "a handler"),
        ("{{ text|safe }}", "|safe"),
        ("{{ text|upper|safe|trim }}", "|safe"),
        ("{% autoescape false %}{{ text }}{% endautoescape %}", "escaping is switched"),
    ],
)
def test_what_is_planted_is_found(planted, problem):
    (found,) = problems(f"<!doctype html>\n{{# fine #}}\n{planted}")
    assert re.sub(r"^line \d+: ", "", found) == problem


def test_what_is_fine_is_left_alone():
    assert (
        problems(
            """{# A comment in words. #}
            <h1 class="a b" id="main">{{ _("Petitions") }} · Qadam</h1>
            <p title="{{ _('Home') }}" lang="kk">{{ x|long_date }} — 40 %, {% trans %}all of it{% endtrans %}</p>
            <svg viewBox="0 0 4 4"><path d="M2 21h8v-6"/></svg> <code>GET /api/v1</code>
            <meta name="viewport" content="width=device-width"> <a href="{{ url_for('public.home') }}">1</a>
            <script type="application/ld+json">{{ data }}</script>
            {{ ngettext("%(num)d day", "%(num)d days", n) }} {{ "open" if x == "Some Value" else "card card--late" }}
            """
        )
        == []
    )


@pytest.mark.parametrize("constant", ['"unchecked"|label("source_state")', "10000|number", '"a"|quoted'])
def test_a_constant_is_worded_in_the_language_of_the_page_and_not_in_the_first_that_was_read(app, constant):
    with speaking("ru"):
        template = app.jinja_env.from_string(f"{{{{ {constant} }}}}")
    shown = set()
    for lang in LANGUAGES:
        with speaking(lang):
            shown.add(template.render())
    assert len(shown) > 1

"""A letter to the State: from what the law and the record say, and what the writer chose, to its lines.

``static/js/compose.js`` does the same in the writer's browser, where names are typed; ``tests/vectors/letters.json``
holds the two to equal bytes. Here nobody's name is ever known: the server makes letters with blanks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a line is on the sheet."""

    PARTY = "party"
    TITLE = "title"
    HEAD = "head"
    TEXT = "text"
    ITEM = "item"
    SIGN = "sign"
    NOTE = "note"
    GAP = "gap"


class ItemKind(StrEnum):
    """What a sentence that can be chosen is. They are kept apart in the letter."""

    FACT = "fact"
    GROUND = "ground"
    ALLEGATION = "allegation"
    FORECAST = "forecast"
    DEMAND = "demand"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one language."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of a letter; a gap has no runs."""

    role: Role
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """Return the words without their languages."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rule:
    """A norm as a letter names it, and between which days it is in force: ``None`` is an open end."""

    id: str
    name: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the norm is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence that can be chosen, with its source as the letter names it and the norms that it rests on."""

    id: str
    kind: ItemKind
    text: str
    source: str = ""
    rules: tuple[Rule, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether all its norms are in force on a day: otherwise it is not offered, and not written."""
        return all(rule.holds_on(day) for rule in self.rules)


Value = str | Run
"""What fills a placeholder: words in the letter's language, or a title in its own."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a letter of one kind in one language can be made of.

    ``words`` are the fixed ones ("To", "I ask"); ``opening`` and ``short`` are templates; ``values`` come from the
    record; ``steps`` hold, by key, the values of the steps that such a letter can be about.
    """

    lang: str
    title: str
    words: Mapping[str, str]
    opening: tuple[str, ...]
    short: str
    needs_actual_address: bool
    values: Mapping[str, Value] = field(default_factory=dict)
    steps: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the writer chose and typed, each part already made clean (``portal.domain.typed``).

    In ``who`` an empty text leaves a blank to complete by hand, and a name that is not there leaves the line out;
    ``typed`` fills placeholders for which the record has no value.
    """

    day: date
    items: tuple[str, ...] = ()
    step: str | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    who: Mapping[str, str] = field(default_factory=dict)
    own: str = ""
    answer: str = ""
    enclosures: tuple[str, ...] = ()
    dated: bool = True


BLANK = "____________"
"""What is left to complete by hand."""

TEMPLATE = re.compile(r"\[([a-z_]+)>([^\[\]]*)\]|\{([a-z_]+)\}")
"""``{name}`` is replaced by a value; ``[name>text]`` stands only where there is one."""

WHO = (("iin", "iin"), ("bin", "bin"), ("address", "address"))
REACHED = (("phone", "phone"), ("email", "email"))


def fill(template: str, values: Mapping[str, Value], lang: str) -> tuple[Run, ...]:
    """Return a template with its placeholders filled, as runs. What fills them is never read as a template.

    A placeholder without a value becomes a blank.
    """
    return joined(_parts(template, values, lang))


def _parts(template: str, values: Mapping[str, Value], lang: str) -> Iterator[Run]:
    at = 0
    for found in TEMPLATE.finditer(template):
        yield Run(lang, template[at : found.start()])
        at = found.end()
        flag, inner, name = found.groups()
        if flag is None:
            value = values.get(name) or BLANK
            yield value if isinstance(value, Run) else Run(lang, value)
        elif values.get(flag):
            yield from _parts(inner, values, lang)
    yield Run(lang, template[at:])


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs with neighbours of one language made one, and without empty ones."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if found and found[-1].lang == run.lang:
            found[-1] = Run(run.lang, found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def values_of(sheet: Sheet, choice: Choice) -> Mapping[str, Value]:
    """Return what fills the placeholders: what was typed where the record is silent, the record, the chosen step."""
    typed = {name: text for name, text in choice.typed.items() if text}
    return {**typed, **sheet.values, **sheet.steps.get(choice.step or "", {})}


def chosen(sheet: Sheet, choice: Choice, *kinds: ItemKind) -> list[Item]:
    """Return the chosen items of some kinds, in the writer's order, without those out of force on the letter's day."""
    by_id = {item.id: item for item in sheet.items}
    found = [by_id[each] for each in choice.items if each in by_id]
    return [item for item in found if item.kind in kinds and item.holds_on(choice.day)]


def compose(sheet: Sheet, choice: Choice) -> list[Line]:
    """Return the lines of a letter."""
    values = values_of(sheet, choice)
    return [
        *_parties(sheet, choice, values),
        Line(Role.GAP),
        _line(sheet, Role.TITLE, sheet.title),
        Line(Role.GAP),
        *(Line(Role.TEXT, runs) for each in sheet.opening if (runs := fill(each, values, sheet.lang))),
        *_listed(sheet, choice, values, "facts", ItemKind.FACT),
        *_listed(sheet, choice, values, "grounds", ItemKind.GROUND),
        *_listed(sheet, choice, values, "stated", ItemKind.ALLEGATION, ItemKind.FORECAST),
        *_own(sheet, choice),
        *_listed(sheet, choice, values, "ask", ItemKind.DEMAND),
        *_answer(sheet, choice),
        *_enclosed(sheet, choice),
        Line(Role.GAP),
        _line(sheet, Role.SIGN, f"{sheet.words['date']}: {_day(choice)}"),
        _line(sheet, Role.SIGN, f"{sheet.words['signature']}: {BLANK}"),
        *_rested_on(sheet, choice),
    ]


def plain(lines: Iterable[Line]) -> str:
    """Return a letter as plain text, each line ended by a line feed."""
    return "".join(f"{line.text}\n" for line in lines)


def short(sheet: Sheet, choice: Choice) -> str:
    """Return the short text for a form that takes one: the template with the chosen demands as ``ask``."""
    values = values_of(sheet, choice)
    asked = [
        "".join(run.text for run in fill(item.text, values, sheet.lang))
        for item in chosen(sheet, choice, ItemKind.DEMAND)
    ]
    runs = fill(sheet.short, {**values, "ask": " ".join(asked)}, sheet.lang)
    return "".join(run.text for run in runs)


def _line(sheet: Sheet, role: Role, text: str) -> Line:
    return Line(role, joined([Run(sheet.lang, text)]))


def _parties(sheet: Sheet, choice: Choice, values: Mapping[str, Value]) -> Iterator[Line]:
    words, who = sheet.words, choice.who
    yield Line(Role.PARTY, fill(f"{words['to']}: {{body}}", values, sheet.lang))
    if "organisation" in who:
        yield _line(sheet, Role.PARTY, f"{words['from']}: {who['organisation'] or BLANK}")
        if who.get("post"):
            yield _line(sheet, Role.PARTY, who["post"])
        yield _line(sheet, Role.PARTY, _name(who))
    else:
        yield _line(sheet, Role.PARTY, f"{words['from']}: {_name(who)}")
    last = (("actual_address", "actual_address"),) if sheet.needs_actual_address else ()
    for key, word in (*WHO, *last, *REACHED):
        if key in who:
            yield _line(sheet, Role.PARTY, f"{words[word]}: {who[key] or BLANK}")


def _name(who: Mapping[str, str]) -> str:
    return " ".join(part for part in (who.get("name"), who.get("patronymic")) if part) or BLANK


def _listed(sheet: Sheet, choice: Choice, values: Mapping[str, Value], head: str, *kinds: ItemKind) -> Iterator[Line]:
    found = chosen(sheet, choice, *kinds)
    if found:
        yield _line(sheet, Role.HEAD, f"{sheet.words[head]}:")
    for number, item in enumerate(found, start=1):
        source = f" ({item.source})" if item.source else ""
        runs = [Run(sheet.lang, f"{number}. "), *fill(item.text, values, sheet.lang), Run(sheet.lang, source)]
        yield Line(Role.ITEM, joined(runs))


def _own(sheet: Sheet, choice: Choice) -> Iterator[Line]:
    paragraphs = [each for each in choice.own.split("\n") if each]
    if paragraphs:
        yield _line(sheet, Role.HEAD, f"{sheet.words['own']}:")
    for each in paragraphs:
        yield _line(sheet, Role.TEXT, each)


def _answer(sheet: Sheet, choice: Choice) -> Iterator[Line]:
    if choice.answer:
        yield _line(sheet, Role.TEXT, sheet.words[f"answer_{choice.answer}"])


def _enclosed(sheet: Sheet, choice: Choice) -> Iterator[Line]:
    if choice.enclosures:
        yield _line(sheet, Role.HEAD, f"{sheet.words['enclosures']}:")
    for number, each in enumerate(choice.enclosures, start=1):
        yield _line(sheet, Role.ITEM, f"{number}. {each}")


def _day(choice: Choice) -> str:
    return f"{choice.day:%d.%m.%Y}" if choice.dated else BLANK


def _rested_on(sheet: Sheet, choice: Choice) -> Iterator[Line]:
    rules = rules_of(sheet, choice)
    if rules:
        yield Line(Role.GAP)
        names = "; ".join(rule.name for rule in rules)
        head = sheet.words["rests_on"].replace("{day}", _day(choice))
        yield _line(sheet, Role.NOTE, f"{head} {names}.")


def rules_of(sheet: Sheet, choice: Choice) -> Sequence[Rule]:
    """Return the norms that a letter rests on, each once: those of its kind, then those of what was chosen."""
    items = chosen(sheet, choice, *ItemKind)
    found = {rule.id: rule for rule in sheet.rules}
    for item in items:
        for rule in item.rules:
            found.setdefault(rule.id, rule)
    return tuple(found.values())

"""What the record holds that a letter about a petition can say: its name and body, terms that are over, promises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.domain.letters import Item, ItemKind, Run, Value
from portal.domain.stages import Outcome
from portal.domain.texts import LANGUAGES, Text
from portal.domain.timeline import Obligation, Standing, Status
from portal.i18n.formats import date_range, long_date, number, quoted, table_date
from portal.i18n.labels import label, step_name, within
from portal.i18n.letters import group_sentence, report_sentence
from portal.i18n.locale import speaking
from portal.models import Event, Norm, Source
from portal.models.source import SourceKind
from portal.services import library
from portal.services.catalogue import catalogue
from portal.services.letter_format import Kind
from portal.services.tracking import Record, title_for

THE_CODE = "KZ.APPC"
LATE = (Status.OVERDUE, Status.MET_LATE)
UNSEEN = (Status.ENDED_NOT_SEEN,)
NOT_THE_REVIEWER = "named_in_petition"

DECISION = "decision"
"""The topic of a letter about the decision; those about a step bear the key of the step."""

REFUSALS: Mapping[Outcome, str] = {
    Outcome.REFUSED: "decision",
    Outcome.PARTIALLY_GRANTED: "decision",
    Outcome.REJECTED: "pre_moderation",
}
"""What was decided against a petition, wholly or in part, and the step in which."""

UNIT = re.compile("Статья|Часть|Пункт|Подпункт")

FOLLOW_UPS = (EventKind.FOLLOW_UP_SET.value, EventKind.FOLLOW_UP_REPORTED.value)


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the record says for a letter of one kind, each by language.

    A topic is what one letter is about: a step, the decision, or a promised measure; by key, then by language.
    """

    number: int
    register_id: str | None
    values: Mapping[str, Mapping[str, Value]]
    topics: Mapping[str, Mapping[str, Mapping[str, Value]]]
    items: Mapping[str, Sequence[Item]]

    @property
    def has_something_to_say(self) -> bool:
        """Whether there is anything in the record that this kind of letter asks about."""
        return bool(self.topics) or any(self.items.values())


def facts_of(record: Record, standing: Standing, kind: Kind, on: date) -> LetterFacts:
    """Return what the record holds for a letter of a kind, as of a day."""
    found = _Facts(record, standing, kind, on)
    values: dict[str, Mapping[str, Value]] = {}
    items: dict[str, Sequence[Item]] = {}
    topics: dict[str, dict[str, Mapping[str, Value]]] = {}
    for lang in LANGUAGES:
        with speaking(lang):
            values[lang] = {name: value for name, value in found.values(lang) if value}
            items[lang] = tuple(found.items(lang))
            for key, topic in found.topics(lang):
                topics.setdefault(key, {})[lang] = topic
    return LetterFacts(record.petition.number, record.petition.register_id, values, topics, items)


def source_words(source: Source | None, lang: str) -> str:
    """Return a source as a letter names it: its title in the letter's language or its publisher, and its day."""
    if source is None or source.kind == SourceKind.LAW:
        return ""  # The sentence names the article itself.
    title = source.title.by_language.get(lang) if source.title else None
    day = table_date(source.published_on) if source.published_on else ""
    return ", ".join(part for part in (title or source.publisher, day) if part)


def body_named(kind: Kind) -> Text | None:
    """Return the body to which every letter of a kind goes; nothing where that depends on the petition."""
    _, named, body_id = kind.addressee.partition("body:")
    found = library.body(body_id) if named else None
    return found.names if found else None


def norm_words(norm: Norm, lang: str) -> str:
    """Return a norm as it is named within a sentence: in Russian an article or a part begins with a small letter."""
    name = norm.names.in_language(lang).text
    return within(name) if lang == "ru" and UNIT.match(name) else name


class _Facts:
    def __init__(self, record: Record, standing: Standing, kind: Kind, on: date) -> None:
        self.record = record
        self.standing = standing
        self.kind = kind
        self.on = on
        self.reviewer = self._reviewer()
        self.articles = self._articles()

    def _reviewer(self) -> Text | None:
        named = [each.body_id for each in self.record.addressees if each.role != NOT_THE_REVIEWER]
        found = library.body(named[0]) if named else None
        return found.names if found else None

    def _articles(self) -> Mapping[str, Norm]:
        by_unit = library.norms_by_article(THE_CODE)
        wanted = {each.article: by_unit[each.article] for each in self._obligations() if each.article in by_unit}
        norms = library.norms_by_id(sorted(wanted.values()))
        return {unit: norms[norm_id] for unit, norm_id in wanted.items()}

    def _obligations(self) -> Iterator[Obligation]:
        """Yield the steps that such a letter can be about."""
        asked = (LATE if "step_late" in self.kind.takes else ()) + (UNSEEN if "step_unseen" in self.kind.takes else ())
        return (each for each in self.standing.obligations if each.status in asked)

    def values(self, lang: str) -> Iterator[tuple[str, Value]]:
        """Yield what fills the placeholders of a letter whatever it is about, by name."""
        petition = self.record.petition
        title, is_title = title_for(petition, self.record.titles, lang)
        if title is not None:
            yield "petition", Run(title.lang, quoted(title.text, title.lang) if is_title else title.text)
        yield "official_number", petition.official_number or ""
        addressee = self.reviewer if self.kind.addressee == "reviewing" else body_named(self.kind)
        yield "body", addressee.in_language(lang).text if addressee else ""
        yield "reviewing", self.reviewer.in_language(lang).text if self.reviewer else ""
        if "decision" in self.kind.takes:
            yield from self._decision().items()

    def _decision(self) -> Mapping[str, Value]:
        """Return the outcome, and the day of the decision where no source says otherwise."""
        if self.standing.outcome is None:
            return {}
        found: dict[str, Value] = {"outcome": within(label(self.standing.outcome.value))}
        event = next((each for each in self.record.events if each.kind == EventKind.DECIDED.value), None)
        dated = [claim for claim in event.claims if claim.earliest or claim.latest] if event else []
        days = {(claim.earliest, claim.latest) for claim in [each for each in dated if each.counts] or dated}
        if len(days) == 1:
            found["decided"] = date_range(DateRange(*days.pop()))
        return found

    def topics(self, lang: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """Yield what one letter can be about, by key, with what fills its placeholders."""
        outcome = self.standing.outcome.value if self.standing.outcome else None
        if "refusal" in self.kind.takes and outcome is not None and outcome in REFUSALS:
            yield DECISION, {"step": within(step_name(REFUSALS[outcome])), **self._decision()}
        for each in self._obligations():
            yield each.key, self._step(each, lang)
        if "follow_ups" in self.kind.takes:
            for event in self.record.events:
                if event.kind == EventKind.FOLLOW_UP_SET.value and event.text:
                    yield _name(event), {"undertaken": within(event.text.in_language(lang).text.rstrip("."))}

    def _step(self, obligation: Obligation, lang: str) -> Mapping[str, Value]:
        """Return what a letter says of a step: its name, its article, its last day, and how many working days ago."""
        norm = self.articles.get(obligation.article)
        found: dict[str, Value] = {
            "step": within(step_name(obligation.key)),
            "article": norm_words(norm, lang) if norm else obligation.article,
        }
        if obligation.status is Status.MET_LATE:
            found["met"] = date_range(obligation.met)
        if obligation.seen_undone_on is not None:
            found["checked"] = long_date(obligation.seen_undone_on)
        due = obligation.due
        if due is not None:
            found["due"] = date_range(due)
            if due.latest is not None and due.latest < self.on and obligation.status is not Status.MET_LATE:
                since = catalogue().calendar.working_days_between(due.latest, self.on)
                found |= {"days": number(since), "as_of": long_date(self.on)}
        return found

    def items(self, lang: str) -> Iterator[Item]:
        """Yield the facts of the record that such a letter can name, each with its source."""
        if "follow_ups" in self.kind.takes:
            yield from (self._follow_up(event, lang) for event in self.record.events if event.kind in FOLLOW_UPS)
        group = self.record.group
        if "group" in self.kind.takes and group is not None and group.total is not None:
            source = source_words(self.record.sources.get(group.source_id or 0), lang)
            yield Item("R-group", ItemKind.FACT, group_sentence(group.total), source)

    def _follow_up(self, event: Event, lang: str) -> Item:
        details = event.details or {}
        state, as_of = details.get("state"), details.get("as_of")
        text = report_sentence(
            event.text.in_language(lang).text if event.text else "",
            within(Text.from_json(state).in_language(lang).text) if state else None,
            long_date(date.fromisoformat(as_of)) if as_of else None,
        )
        source = self.record.sources.get(event.claims[0].source_id or 0)
        return Item(_name(event), ItemKind.FACT, text, source_words(source, lang))


def _name(event: Event) -> str:
    """Return the code of an event in a form: it says where in the record it stands."""
    return f"R-{event.key.rpartition(':')[2]}"

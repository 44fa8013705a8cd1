"""All that a letter of one kind can be made of, in one language: from the files, the norms and the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.letters import Item, Rule, Sheet
from portal.models import Norm, Source
from portal.services import library
from portal.services.letter_facts import LetterFacts, body_named, norm_words, source_words
from portal.services.letter_format import Counter, Kind, Offered
from portal.services.letters import Stock


@dataclass(frozen=True, slots=True)
class Against:
    """What is said against a sentence, with its source."""

    text: str
    source: str


class Sheets:
    """Makes the sheets of one kind of letter, about one petition or about none.

    ``chosen`` are the sentences chosen at first: a campaign's, or those of the kind.
    """

    def __init__(self, stock: Stock, kind: Kind, facts: LetterFacts | None, preselected: Sequence[str] = ()) -> None:
        self.stock = stock
        self.kind = kind
        self.facts = facts
        self.chosen: Sequence[str] = preselected or (*kind.chosen, *kind.chosen_demands)
        self.offered: Sequence[Offered] = stock.offered(kind, facts.register_id if facts else None)
        wanted = {*kind.norms, *(norm for item in self.offered for norm in item.norms)}
        self.norms: Mapping[str, Norm] = library.norms_by_id(sorted(wanted))
        against = [self._said(each) for item in self.offered for each in item.counters]
        cited = {each.source for each in (*self.offered, *against) if each.source}
        self.sources: Mapping[str, Source] = library.sources_by_key(sorted(cited))

    def _said(self, counter_id: str) -> Counter | Offered:
        """Return an opposite argument: one of its own, or another sentence that can be chosen."""
        return self.stock.counters.get(counter_id) or self.stock.items[counter_id]

    def against(self, lang: str) -> Mapping[str, Sequence[Against]]:
        """Return what stands against the sentences, by their ids; a sentence that has nothing against it has no key."""
        return {
            item.id: [
                Against(each.text.by_language[lang], source_words(self.sources.get(each.source or ""), lang))
                for each in map(self._said, item.counters)
            ]
            for item in self.offered
            if item.counters
        }

    def of(self, lang: str) -> Sheet:
        """Return the sheet in a language."""
        kind, facts = self.kind, self.facts
        recorded = facts.items[lang] if facts else ()
        return Sheet(
            lang=lang,
            title=kind.name.by_language[lang],
            words=self.stock.words[lang],
            opening=kind.opening[lang],
            short=kind.short.by_language[lang],
            needs_actual_address=kind.requires == "complaint",
            values=facts.values[lang] if facts else self._known(lang),
            topics={key: by_language[lang] for key, by_language in facts.topics.items()} if facts else {},
            rules=tuple(self._rule(each, lang) for each in kind.norms),
            items=(*recorded, *(self._item(each, lang) for each in self.offered)),
        )

    def _known(self, lang: str) -> Mapping[str, str]:
        """Return what is known without a petition: the body, where all letters of the kind go to one."""
        body = body_named(self.kind)
        return {"body": body.in_language(lang).text} if body else {}

    def _rule(self, norm_id: str, lang: str) -> Rule:
        norm = self.norms[norm_id]
        return Rule(norm.id, norm_words(norm, lang), norm.in_force_on, norm.ended_on)

    def _item(self, offered: Offered, lang: str) -> Item:
        return Item(
            offered.id,
            offered.type,
            offered.text.by_language[lang],
            source_words(self.sources.get(offered.source or ""), lang),
            tuple(self._rule(each, lang) for each in offered.norms),
        )

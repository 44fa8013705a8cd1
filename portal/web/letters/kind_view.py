"""A kind of letter as a page shows it: who may send it, to whom, on what it rests, when an answer is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.statute import Certainty
from portal.i18n.letters import answer_term
from portal.models import Norm
from portal.services import letters, library
from portal.services.letter_format import AnswerTerm, Kind, Requirements


@dataclass(frozen=True, slots=True)
class TermView:
    """Within how long an answer is due by one reading, and where the Code says so."""

    words: str
    norm: Norm | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of letter, with its norms and terms in words."""

    kind: Kind
    norms: Sequence[Norm]
    terms: Sequence[TermView]
    required: Requirements
    ended: Sequence[Norm]

    @property
    def is_closed(self) -> bool:
        """Whether a norm on which every such letter rests is out of force: then none is made."""
        return bool(self.ended)

    @property
    def is_term_disputed(self) -> bool:
        """Whether the term can be read in more than one way."""
        return len(self.terms) > 1


def view_of(kind: Kind, on: date) -> KindView:
    """Return a kind of letter as it is on a day."""
    wanted = [*kind.norms, *(term.norm for term in kind.terms if term.norm)]
    norms = library.norms_by_id(wanted)
    return KindView(
        kind=kind,
        norms=[norms[each] for each in kind.norms],
        terms=[_term(each, norms) for each in kind.terms],
        required=letters.stock().requirements[kind.requires],
        ended=[norms[each] for each in kind.norms if (day := norms[each].ended_on) and day < on],
    )


def _term(term: AnswerTerm, norms: Mapping[str, Norm]) -> TermView:
    norm = norms[term.norm] if term.norm else None
    return TermView(answer_term(term.length, term.unit), norm, term.certainty)

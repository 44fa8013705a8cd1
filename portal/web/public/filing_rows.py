"""The rows of the page "Before you file": barred subjects with what is known of each, refusals, similar petitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.refusals import CalendarMissing
from portal.domain.stages import Jurisdiction, Stage
from portal.domain.statute import BarredSubject, Certainty, Edition
from portal.domain.timeline import Obligation, Status
from portal.i18n import formats
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.models import Contradiction, Source
from portal.services import library, tracking
from portal.services.filing import BarredWords, FilingFacts
from portal.services.filing import Refusal as RefusalFact
from portal.services.similar import Similar
from portal.web.public.petition_list import RowView, row_of


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """A petition that was refused, by whose words on what ground, and where that was read."""

    fact: RefusalFact
    row: RowView
    source: Source | None


@dataclass(frozen=True, slots=True)
class BarredRow:
    """One barred subject: as the edition lists it, in plain words, and what is known of refusals on it."""

    subject: BarredSubject
    words: BarredWords
    examples: Sequence[RefusalRow]
    disputes: Sequence[Contradiction]


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A petition that shares words with what was looked for, and what the law makes of that, with how sure we are."""

    row: RowView
    words: int
    says: str
    certainty: Certainty | None


def barred_rows(edition: Edition | None, facts: FilingFacts, lang: str, on: date) -> Sequence[BarredRow]:
    """Return the barred subjects of an edition, in its order."""
    words = {each.key: each for each in facts.barred}
    disputes = {each.id: each for each in library.contradictions()}
    return [
        BarredRow(
            subject,
            words[subject.key],
            refusal_rows(words[subject.key].examples, lang, on),
            [disputes[each] for each in words[subject.key].disputes if each in disputes],
        )
        for subject in (edition.barred if edition else ())
    ]


def refusal_rows(facts: Sequence[RefusalFact], lang: str, on: date) -> Sequence[RefusalRow]:
    """Return refusals with their petitions; one whose petition the record does not hold is left out."""
    if not facts:
        return []
    known = [(fact, petition) for fact in facts if (petition := tracking.by_register_id(fact.petition))]
    items = tracking.items_of([petition for _, petition in known])
    sources = library.sources_by_key([fact.source for fact, _ in known])
    return [
        RefusalRow(fact, row_of(item, on, lang), sources.get(fact.source))
        for (fact, _), item in zip(known, items, strict=True)
    ]


def similar_rows(found: Sequence[Similar], on: date, lang: str) -> Sequence[SimilarRow]:
    """Return what was found, each with what the law makes of a new petition on the same subject."""
    return [SimilarRow(row_of(each.item, on, lang), each.words, *_says(each, on)) for each in found]


def _says(each: Similar, on: date) -> tuple[str, Certainty | None]:
    petition = each.item.petition
    if petition.jurisdiction == Jurisdiction.OUTSIDE:
        return gettext("Outside the official portal: chapter 12-1 does not make it a bar."), None
    if petition.jurisdiction == Jurisdiction.UNKNOWN:
        return gettext("On which platform it stood is not known, so neither is whether it bars a new one."), None
    match Stage(petition.stage):
        case Stage.DECIDED:
            return _lock_words(each.lock), Certainty.INFERRED
        case Stage.COLLECTION if each.item.is_over(on):
            return gettext("Its six months are over; whether it is still in open access we do not know."), None
        case Stage.COLLECTION | Stage.FORWARDING | Stage.REGISTRATION | Stage.REVIEW:
            return gettext("While it is in open access, one on the same subject is not placed."), Certainty.READ
        case Stage.REJECTED | Stage.RETURNED | Stage.WITHDRAWN | Stage.OVERTAKEN:
            return gettext(
                "It ended without a decision; by our reading that does not bar a new one."
            ), Certainty.INFERRED
    return gettext("Whether it is in open access now we do not know; look on the official portal."), None


def _lock_words(lock: Obligation | None) -> str:
    if lock is None or lock.start is None:
        return gettext("Decided; the day of the decision is not known, so neither is how long it bars a new one.")
    if lock.status is Status.CALENDAR_MISSING and lock.reason is not None:
        return refusal(CalendarMissing(int(lock.reason)))
    facts = {"decided": formats.date_range(lock.start), "due": formats.date_range(lock.due)}
    match lock.status:
        case Status.ENDED:
            return gettext("Decided: %(decided)s. The year in which it barred a new one ended: %(due)s.", **facts)
        case Status.RUNS:
            return gettext("Decided: %(decided)s. It bars one on the same subject until: %(due)s.", **facts)
    return gettext("Decided: %(decided)s. The last day of the bar lies in this range: %(due)s.", **facts)

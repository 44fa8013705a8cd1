"""What somebody proposed for a petition's record, as whoever confirms it must see it before they agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal import clock
from portal.domain.refusals import Refusal
from portal.domain.standing_difference import differences
from portal.i18n import order
from portal.i18n.locale import gettext, pgettext
from portal.i18n.refusals import refusal
from portal.i18n.standing_differences import sentences
from portal.models import AuditEntry, Petition, Proposal
from portal.models.desk import ProposalState
from portal.services import changes, proposals, record_rows, recording
from portal.services.recording import Draft, Effect
from portal.services.register_rows import Row
from portal.web.desk.forms.record import RecordForm
from portal.web.desk.records import FORMS, petition_of
from portal.web.desk.spelled import Spelled, spell
from portal.web.desk.workbench import PARTS


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """A proposal about a petition's record.

    ``effect`` is what confirming it would do today, ``warnings`` what does not fit together, ``problem`` why it cannot
    be confirmed as it is; ``meanwhile`` are the entries that changed the record after it was proposed. Without ``rows``
    its content was erased.
    """

    petition: Petition
    seen: int
    rows: Sequence[Spelled]
    particulars: Mapping[str, Any]
    reason: str | None
    effect: Sequence[str] | None
    warnings: Sequence[str]
    problem: str | None
    meanwhile: Sequence[AuditEntry]


def proposed_change(proposal: Proposal) -> ProposedChange:
    """Return what is proposed, how it differs from the record of now, and what it would do."""
    petition = petition_of(int(proposal.subject.partition("/")[2]))
    content = proposals.content_of(proposal)
    draft = None if content is None else recording.draft_from(content)
    is_waiting = proposal.state == ProposalState.WAITING
    effect, problem = _effect(draft) if draft is not None and is_waiting else (None, None)
    warnings = [] if draft is None or effect is None else list(_warnings(petition, draft, effect))
    return ProposedChange(
        petition=petition,
        seen=petition.changed_in,
        rows=[] if draft is None else list(_rows(petition, draft, compare=is_waiting)),
        particulars={} if draft is None else draft.particulars,
        reason=None if draft is None else draft.reason,
        effect=None if effect is None else sentences(differences(effect.before, effect.after)),
        warnings=warnings,
        problem=problem,
        meanwhile=_meanwhile(proposal) if is_waiting else [],
    )


def _rows(petition: Petition, draft: Draft, *, compare: bool) -> Iterator[Spelled]:
    """Return each row; one that waits beside what stands in its place now, one that is settled alone."""
    for row in draft.put:
        before = record_rows.current(petition, row.table, row.key) if compare else None
        yield from _spelled(petition, before, row)
    for table, key in draft.take:
        kept = record_rows.current(petition, table, key)
        if kept is not None:
            yield from _spelled(petition, kept, None)
        else:
            yield Spelled(str(PARTS[table]), "withdrawn", [])


def _spelled(petition: Petition, before: Row | None, after: Row | None) -> Iterator[Spelled]:
    row = after or before
    form = None if row is None else _form_of(row)
    if form is not None:
        yield spell(petition, form, before, after)


def _form_of(row: Row) -> type[RecordForm] | None:
    return next((form for form in FORMS.values() if form.takes(row)), None)


def _warnings(petition: Petition, draft: Draft, effect: Effect) -> Iterator[str]:
    """Return what whoever proposed it was warned of too: dates out of order, and what does not fit in a row."""
    yield from (order.sentence(each) for each in effect.misplaced)
    for row in draft.put:
        form = _form_of(row)
        if form is not None:
            yield from form.filled(petition, row).warnings()


def name_of_change(proposal: Proposal) -> str:
    """Return what a proposal about a petition is about, in a line."""
    number = proposal.subject.partition("/")[2]
    words = gettext("Petition No. %(number)s", number=number)
    content = proposals.content_of(proposal)
    if content is None:
        return words
    parts = dict.fromkeys(str(PARTS[table]) for table in _tables(content))
    return pgettext("petition and parts", "%(petition)s: %(parts)s", petition=words, parts=", ".join(parts))


def _tables(content: Mapping[str, Any]) -> Iterator[str]:
    yield from (row["table"] for row in content["put"])
    yield from (table for table, _ in content["take"])


def _effect(draft: Draft) -> tuple[Effect | None, str | None]:
    try:
        return recording.preview(replace(draft, seen=None), clock.today()), None
    except Refusal as error:
        return None, refusal(error)


def _meanwhile(proposal: Proposal) -> list[AuditEntry]:
    """Return what changed the record after something was proposed, the first first."""
    found, _ = changes.page(about=proposal.subject)
    later = [each for each in found if each.sequence > proposal.proposed_in and not each.action.startswith("proposal.")]
    return list(reversed(later))


__all__ = ["ProposedChange", "name_of_change", "proposed_change"]

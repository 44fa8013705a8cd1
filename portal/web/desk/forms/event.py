"""The form of an event: its kind, what sources claim of its day, and the fields that its kind has."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtforms import FieldList, FormField

from portal.domain.events import EventKind
from portal.domain.questions import GROUND
from portal.domain.stages import Outcome
from portal.i18n.labels import label, step_name
from portal.i18n.locale import gettext, lazy_gettext
from portal.i18n.steps import STEP_NAMES
from portal.models import Petition
from portal.services.register_format import DATE_KINDS
from portal.services.register_rows import DECIDED_OUTCOMES, Row
from portal.web.desk.forms.base import ChoiceField, LineField, Regexp, StopValidation, TextPart, Words, text_field
from portal.web.desk.forms.record import ClaimPart, RowForm

KEYS: Mapping[EventKind, str] = {kind: kind.value for kind in EventKind} | {
    kind: key
    for key, kind in DATE_KINDS.items()
    if key in {"working_group_formed", "draft_decision", "decision", "moot"}
}
"""The keys that register files use for the steps of the law, so that desk and files speak of one row."""

AGAIN = frozenset(
    {
        EventKind.INQUIRY_SENT,
        EventKind.COMPLAINT_FILED,
        EventKind.COMPLAINT_FORWARDED,
        EventKind.COMPLAINT_REGISTERED,
        EventKind.COMPLAINT_DECIDED,
        EventKind.COURT_CLAIM_FILED,
        EventKind.TEXT_CHANGED,
        EventKind.TERM_REPORTED,
        EventKind.VANISHED,
        EventKind.REAPPEARED,
        EventKind.DISCUSSION_NOTIFIED,
    }
)
"""Kinds that may happen more than once: each has a row of its own."""

ELSEWHERE = frozenset(
    {
        EventKind.GROUP_MET,
        EventKind.SITE_VISITED,
        EventKind.DISCUSSION_HELD,
        EventKind.SIGHTED,
        EventKind.FOLLOW_UP_SET,
        EventKind.FOLLOW_UP_REPORTED,
        EventKind.RELATED_ACT_ADOPTED,
        EventKind.COMMUNICATION_SENT,
        EventKind.STATEMENT_QUOTED,
        EventKind.ALLEGATION_MADE,
        EventKind.COURT_RULED,
    }
)
"""Kinds that have a form of their own."""

KINDS = tuple(kind for kind in EventKind if kind not in ELSEWHERE)


def key_of(kind: EventKind, token: str) -> str:
    """Return under which key an event of a kind stands in the record."""
    return f"{kind.value}:{token}" if kind in AGAIN else KEYS[kind]


def outcomes() -> list[tuple[str, Words]]:
    """Return the outcomes that somebody may have stated."""
    return [("", gettext("not stated")), *((each.value, label(each)) for each in Outcome if each in DECIDED_OUTCOMES)]


def steps() -> list[tuple[str, Words]]:
    """Return the steps of which somebody may name a last day."""
    return [("review", gettext("Review")), *((key, step_name(key)) for key in STEP_NAMES)]


class EventForm(RowForm):
    """An event of a kind: several claims of its day, and which of them the timeline counts with."""

    heading = lazy_gettext("What happened")
    table = "event"
    prefix = "event"
    thing = "event"

    kind: EventKind
    """Which kind it is; set by the address, or by the row that is corrected."""

    outcome = ChoiceField(lazy_gettext("Outcome as stated"), outcomes)
    ground = LineField(
        lazy_gettext("Ground of the rejection"),
        description=lazy_gettext("The article that the source names, such as 90-2(4)(1)."),
        validators=[Regexp(rf"^{GROUND}$", lazy_gettext("Write the article like this: 90-2(4)(1)."))],
    )
    step = ChoiceField(lazy_gettext("Which term somebody names"), steps)
    claims = FieldList(
        FormField(ClaimPart),
        lazy_gettext("When it happened, by each source"),
        min_entries=1,
        description=lazy_gettext("A claim that is left empty is not recorded. Without any date the day is unknown."),
    )
    text = text_field(lazy_gettext("What happened, in words"))
    note = text_field(lazy_gettext("Note"))

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return an event of the record as the form takes it."""
        details = row.values["details"] or {}
        return {
            **{name: details.get(name) for name in ("outcome", "ground", "step")},
            "claims": [ClaimPart.data_of(claim) for claim in row.children],
            "text": TextPart.data_of(row.values["text"]),
            "note": TextPart.data_of(row.values["note"]),
        }

    @property
    def title(self) -> str:
        """The kind of event."""
        return label(self.kind)

    @classmethod
    def of_kind(cls, petition: Petition, kind: EventKind) -> "EventForm":
        """Return the form for a new event of a kind."""
        of_this_kind: type[EventForm] = type(cls.__name__, (cls,), {"kind": kind})
        made = of_this_kind.of(petition)
        assert isinstance(made, EventForm)
        return made

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is an event of a kind that has no form of its own.

        A sighting is one where several sources speak of its day: the form of a sighting has room for one.
        """
        kind = row.values["kind"] if row.table == "event" else None
        return (kind is not None and kind not in ELSEWHERE) or (kind == EventKind.SIGHTED and len(row.children) != 1)

    def offer(self, petition: Petition) -> None:
        """Leave out the fields that another kind has."""
        if self.kept is not None:
            self.kind = EventKind(self.kept.values["kind"])
        for name, kinds in (
            ("outcome", {EventKind.DECIDED, EventKind.DRAFT_ANNOUNCED}),
            ("ground", {EventKind.REJECTED}),
            ("step", {EventKind.TERM_REPORTED}),
        ):
            if self.kind not in kinds:
                delattr(self, name)

    def new_key(self) -> str:
        """Return the key of the step, or a new one where it may happen again."""
        return key_of(self.kind, str(self.token.data))

    def validate_claims(self, field: FieldList) -> None:
        """Refuse two claims that count."""
        if sum(bool(entry.form.counts.data) for entry in field) > 1:
            raise StopValidation(gettext("Only one claim can be the one that the timeline counts with."))

    def row(self, key: str) -> Row:
        """Return the event with the claims that were filled in; one without any says that the day is unknown."""
        kept = dict(self.kept.values["details"] or {}) if self.kept else {}
        own = {name: self[name].data for name in ("outcome", "ground", "step") if name in self}
        details = {name: value for name, value in {**kept, **own}.items() if value is not None}
        filled = [entry.form for entry in self.claims if not entry.form.is_empty()]
        if not filled and (self.kept is None or self.kept.children):
            filled = [self.claims[0].form]
        values = {
            "kind": self.kind.value,
            "text": self.text.text(),
            "note": self.note.text(),
            "details": details or None,
        }
        return Row("event", key, values, children=tuple(claim.claim() for claim in filled))


class ClaimForm(RowForm):
    """What one more source claims of the day of an event that is recorded already."""

    heading = lazy_gettext("What another source says of the date")
    table = "event"
    prefix = "event"
    thing = "event"

    claim = FormField(ClaimPart, lazy_gettext("What it says"))

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return an empty claim."""
        return {"claim": {}}

    @classmethod
    def takes(cls, row: Row) -> bool:
        """No row is corrected with this form."""
        return False

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a claim without anything in it."""
        is_fine = super().validate(extra_validators)
        claim = self.claim.form
        if is_fine and claim.is_empty():
            claim.day.errors = [gettext("Fill in what the source says.")]
        return is_fine and not claim.is_empty()

    def row(self, key: str) -> Row:
        """Return the event with one claim more. Where the new one counts, no other does."""
        assert self.kept is not None
        claim = self.claim.form.claim()
        others = self.kept.children
        if claim.values["counts"]:
            others = tuple(replace(each, values={**each.values, "counts": False}) for each in others)
        return replace(self.kept, children=(*others, claim))

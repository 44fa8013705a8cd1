"""The form of a decision: what it was called, its outcome for each demand, its effect and grounds in quoted words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FormField

from portal.domain.decisions import misfits
from portal.domain.events import EventKind
from portal.domain.stages import DecisionStatus, DemandOutcome, LegalEffect, Outcome
from portal.domain.texts import Text
from portal.domain.typed import clean_line
from portal.i18n.labels import label
from portal.i18n.locale import gettext, lazy_gettext
from portal.models import Petition
from portal.services import library, record_rows
from portal.services.register_rows import DECIDED_OUTCOMES, Row
from portal.web.desk.forms.base import ChoiceField, Part, StopValidation, TextPart, WordsField, text_field
from portal.web.desk.forms.choices import codes, line_of, rows_of
from portal.web.desk.forms.event import KEYS
from portal.web.desk.forms.happening import claim_row, event_row
from portal.web.desk.forms.record import CitePart, RecordForm, RowForm, WhenPart

NOT_STATED = lazy_gettext("not stated")

OF = "of_"
"""What the names of the fields of demands begin with: a demand's own key might be a name that forms need."""


def outcomes() -> list[Any]:
    """Return the outcomes that a decision may have."""
    return codes((each for each in Outcome if each in DECIDED_OUTCOMES), NOT_STATED)


class DemandsPart(Part):
    """What the decision says of each demand: a field for each, by the demand's key."""

    @classmethod
    def of(cls, petition: Petition, kept: Row | None) -> type["DemandsPart"]:
        """Return the part with the demands of a petition, and those that the decision already speaks of."""
        texts: dict[str, Text | None] = {row.key: row.values["text"] for row in rows_of(petition, "demand")}
        spoken = [child.values["demand_key"] for child in kept.children] if kept else []
        fields = {
            f"{OF}{key}": ChoiceField(line_of(texts.get(key)) or key, lambda: codes(DemandOutcome, NOT_STATED))
            for key in [*spoken, *(key for key in texts if key not in spoken)]
        }
        return type(cls.__name__, (cls,), fields)

    def outcomes(self) -> dict[str, str]:
        """Return the outcomes that were stated, by the keys of the demands."""
        return {field.short_name.removeprefix(OF): field.data for field in self if field.data is not None}


class DecisionForm(RowForm):
    """A decision as somebody stated it. It becomes public when a second person confirms it."""

    heading = lazy_gettext("Decision")
    hint = lazy_gettext("Write what the source says, in its words. The outcome as a whole is never computed by us.")
    table = "decision"
    prefix = "decision"
    thing = "decision"

    status = ChoiceField(
        lazy_gettext("What it was called"),
        lambda: codes(DecisionStatus, NOT_STATED),
        description=lazy_gettext("Only as whoever spoke called it. “Final” is never assumed."),
    )
    when = FormField(WhenPart, lazy_gettext("When it was taken or announced"))
    cites = FormField(CitePart, lazy_gettext("Where it is from"))
    outcome = ChoiceField(lazy_gettext("Outcome as stated"), outcomes)
    stated_by = text_field(lazy_gettext("Who states it"), lazy_gettext("A body, or a person only in a public role."))
    demands: FormField
    """A field for each demand; made for the petition."""

    legal_effect = ChoiceField(lazy_gettext("Legal effect, as stated"), lambda: codes(LegalEffect))
    quote = text_field(lazy_gettext("The words on its legal effect, as quoted"))
    grounds = WordsField(
        lazy_gettext("Grounds that it names, each on a line of its own"),
        description=lazy_gettext("A norm of the library: its id, or a citation that means only one, such as 90-2(3)."),
    )
    note = text_field(lazy_gettext("Note"), folded=True)
    with_event = BooleanField(
        lazy_gettext("Record the step on the timeline too"),
        description=lazy_gettext(
            "With the same day, source and outcome, if the timeline does not have it on that day yet. "
            "A draft or a preliminary decision becomes “draft decision announced”, any other “decided”."
        ),
    )

    @classmethod
    def made_for(cls, petition: Petition, kept: Row | None) -> type[RecordForm]:
        """Return the form with the demands of the petition."""
        part = DemandsPart.of(petition, kept)
        demands: Any = FormField(part, lazy_gettext("What it says of each demand"))
        demands.creation_counter = cls.legal_effect.creation_counter  # Its place in the form: before that field.
        return type(cls.__name__, (cls,), {"demands": demands})

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return that the step stands on the timeline too, unless somebody says otherwise."""
        return {"with_event": True, "legal_effect": LegalEffect.UNKNOWN.value}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return a decision of the record as the form takes it."""
        values = row.values
        return {
            **{name: values[name] for name in ("status", "outcome", "legal_effect")},
            "when": WhenPart.data_of(values["earliest"], values["latest"]),
            "cites": CitePart.data_of(row.cites),
            "grounds": "\n".join(values["grounds"] or ()),
            **{name: TextPart.data_of(values[name]) for name in ("stated_by", "quote", "note")},
            "demands": {f"{OF}{child.values['demand_key']}": child.values["outcome"] for child in row.children},
        }

    @classmethod
    def takes(cls, row: Row) -> bool:
        """Tell whether a row is a decision."""
        return row.table == cls.table

    def offer(self, petition: Petition) -> None:
        """Offer an outcome that only files give, where the decision has it; leave out demands where there are none."""
        if self.kept and self.kept.values["outcome"] not in {value for value, *_ in outcomes()} | {None}:
            given = self.kept.values["outcome"]
            self.outcome.choices = [*outcomes(), (given, label(given, "outcome"))]
        if not list(self.demands.form):
            del self.demands

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a decision of which nobody is named as the source."""
        is_fine = super().validate(extra_validators)
        cites = self.cites.form
        if not cites.source.data and not cites.source.errors:
            cites.source.errors = [gettext("Name the source: a decision is not recorded without one.")]
            return False
        return is_fine

    def validate_grounds(self, field: WordsField) -> None:
        """Refuse a ground that is no norm of the library, or may be several."""
        for line in self._lines():
            if self._ground(line) is None:
                raise StopValidation(gettext("The library has no such norm, or several: %(line)s.", line=line))

    def _lines(self) -> list[str]:
        lines = [clean_line(line) for line in (self.grounds.data or "").split("\n")]
        return [line for line in lines if line]

    def _ground(self, line: str) -> str | None:
        kept = (self.kept.values["grounds"] if self.kept else None) or ()
        if line in kept or library.norm(line) is not None:
            return line
        found = library.norms_meant(line)
        return found[0].id if len(found) == 1 else None

    def row(self, key: str) -> Row:
        """Return the decision."""
        earliest, latest = self.when.form.range()
        values = {
            "status": self.status.data,
            "earliest": earliest,
            "latest": latest,
            "outcome": self.outcome.data,
            "stated_by": self.stated_by.text(),
            "legal_effect": self.legal_effect.data or LegalEffect.UNKNOWN.value,
            "quote": self.quote.text(),
            "grounds": [ground for line in self._lines() if (ground := self._ground(line))] or None,
            "note": self.note.text(),
        }
        demands = tuple(
            Row("decided_demand", "", {"demand_key": key, "outcome": outcome}) for key, outcome in self.said().items()
        )
        return Row(self.table, key, values, self.cites.form.citation(), demands)

    def said(self) -> Mapping[str, str]:
        """Return what the decision says of the demands, by their keys."""
        said: Mapping[str, str] = self.demands.form.outcomes() if "demands" in self else {}
        return said

    def rows(self) -> tuple[Row, ...]:
        """Return the decision, and with it the step on the timeline where it is not there on that day."""
        rows = super().rows()
        step = self._step(rows[0]) if self.with_event.data else None
        return rows if step is None else (*rows, step)

    def _step(self, decision: Row) -> Row | None:
        """Return the step that the decision is the content of; None where the timeline has it on that day."""
        earliest, latest = decision.values["earliest"], decision.values["latest"]
        is_draft = decision.values["status"] in {DecisionStatus.DRAFT_ANNOUNCED, DecisionStatus.PRELIMINARY}
        kind = EventKind.DRAFT_ANNOUNCED if is_draft else EventKind.DECIDED
        kept = record_rows.current(self.petition, "event", KEYS[kind])
        if kept is not None and (latest is None or _is_claimed(kept, earliest, latest)):
            return None
        claim = claim_row(earliest, latest, speaker=decision.values["stated_by"])
        claim = replace(claim, cites=decision.cites)
        if kept is not None:
            return replace(kept, children=(*kept.children, claim))
        # The timeline reads an outcome from a decision alone; a draft decides nothing.
        outcome = decision.values["outcome"] if kind is EventKind.DECIDED else None
        return event_row(KEYS[kind], kind, (claim,), details={"outcome": outcome})

    def warnings(self) -> Iterable[str]:
        """Return where the outcome as stated and the outcomes of the demands do not fit."""
        yield from super().warnings()
        demands = {key: DemandOutcome(value) for key, value in self.said().items()}
        if self.outcome.data:
            yield from (label(each) for each in misfits(Outcome(self.outcome.data), demands))


def _is_claimed(step: Row, earliest: Any, latest: Any) -> bool:
    return any((each.values["earliest"], each.values["latest"]) == (earliest, latest) for each in step.children)


__all__ = ["DecisionForm"]

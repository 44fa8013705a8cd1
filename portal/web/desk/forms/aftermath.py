"""The forms of what follows a decision: undertakings and what was reported of them, related acts, court cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FieldList

from portal.domain.dates import DateRange
from portal.domain.events import EventKind
from portal.i18n.formats import date_range
from portal.i18n.locale import gettext, lazy_gettext, pgettext
from portal.models import Petition
from portal.services.register_rows import FOLLOW_UP_KINDS, Row
from portal.web.desk.forms.base import ChoiceField, DayField, StopValidation, text_field
from portal.web.desk.forms.choices import Choices, bodies, line_of, of_table, rows_of, short_key
from portal.web.desk.forms.happening import HappeningForm, claims_field, day_of, iso, stated
from portal.web.desk.forms.record import Beside, plain

REPORTED = "reported"


def _concerns() -> Choices:
    return [("", gettext("no source says it")), ("yes", gettext("yes")), ("no", gettext("no"))]


class FollowUpForm(HappeningForm):
    """What a body undertook, what was reported of it, an act on the subject, or what was said of it later."""

    heading = lazy_gettext("What came after the decision")
    prefix = "follow_up"
    thing = "follow_up"

    what = ChoiceField(lazy_gettext("What it is"), lambda: of_table("follow_up_kind"))
    text = text_field(lazy_gettext("What was undertaken, done or said"), required=True)
    claims: FieldList = claims_field()
    responsible = FieldList(
        ChoiceField(lazy_gettext("Body"), bodies), lazy_gettext("Who is responsible for it"), min_entries=1
    )
    until = DayField(lazy_gettext("Until when it is to be done"))
    of_which = ChoiceField(lazy_gettext("Which undertaking the report is of"), list)
    done = BooleanField(
        lazy_gettext("The report says that it was done"),
        description=lazy_gettext("A report that work goes on, or that nothing was done, leaves the undertaking open."),
    )
    state = text_field(lazy_gettext("How things stand"))
    as_of = DayField(lazy_gettext("As of which day"))
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def first_data(cls, petition: Petition) -> Mapping[str, Any]:
        """Return what a new form holds at first."""
        return {"what": "undertaken"}

    @classmethod
    def data_of(cls, row: Row) -> Mapping[str, Any]:
        """Return what came after a decision as the form takes it."""
        what = next(name for name, kind in FOLLOW_UP_KINDS.items() if kind == row.values["kind"])
        return {**super().data_of(row), "what": what}

    @classmethod
    def details_data(cls, details: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return who is responsible, until when, and how it stands, as the form takes it."""
        return {
            "responsible": list(details.get("responsible", ())),
            "until": day_of(details, "until"),
            "of_which": details.get("of"),
            "done": bool(details.get("done")),
            "state": stated(details, "state"),
            "as_of": day_of(details, "as_of"),
        }

    def offer(self, petition: Petition) -> None:
        """Offer the undertakings of the petition, and the one that this row names already."""
        self.of_which.choices = [("", gettext("none")), *self._undertakings().items()]

    def _undertakings(self) -> Mapping[str, str]:
        named = ((self.kept.values["details"] if self.kept else None) or {}).get("of")
        known = {short_key(row.key): line_of(row.values["text"]) for row in _of_kind(self.petition, "undertaken")}
        return {**({named: named} if named else {}), **known}

    def validate_of_which(self, field: ChoiceField) -> None:
        """Refuse an undertaking for what is no report."""
        if field.data and self.what.data != REPORTED:
            raise StopValidation(gettext("Only a report names the undertaking that it is of."))

    def validate_done(self, field: BooleanField) -> None:
        """Refuse "done" without a report of an undertaking that says so."""
        if field.data and not (self.what.data == REPORTED and self.of_which.data):
            raise StopValidation(gettext("Only a report of an undertaking says that it was done. Choose which one."))

    def event_kind(self) -> EventKind:
        """Return which event it is."""
        return FOLLOW_UP_KINDS[self.what.data]

    def own_details(self) -> Mapping[str, Any]:
        """Return who is responsible, until when, and how it stands as of a day."""
        return {
            "responsible": [entry.data for entry in self.responsible if entry.data],
            "until": iso(self.until.data),
            "state": plain(self.state.text()),
            "as_of": iso(self.as_of.data),
            "of": self.of_which.data,
            "done": bool(self.done.data) or None,
        }

    def beside(self) -> Sequence[Beside]:
        """Return each undertaking with what was reported of it so far."""
        reports = _of_kind(self.petition, REPORTED)
        lines = [
            (words, [_reported(each) for each in reports if (each.values["details"] or {}).get("of") == key])
            for key, words in self._undertakings().items()
        ]
        return [Beside(gettext("What was undertaken, and what was reported of it"), lines)] if lines else []


class CaseForm(HappeningForm):
    """A court case about the petition or its subject."""

    heading = lazy_gettext("Court case")
    prefix = "case"
    thing = "court_case"

    court = text_field(lazy_gettext("Court"), required=True)
    text = text_field(lazy_gettext("What the case is about"), required=True)
    result = text_field(lazy_gettext("How it ended"), lazy_gettext("Empty where no source says it."))
    concerns = ChoiceField(lazy_gettext("Whether it concerns the petition itself"), _concerns)
    claims: FieldList = claims_field()
    note = text_field(lazy_gettext("Note"), folded=True)

    @classmethod
    def details_data(cls, details: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the court and how the case ended, as the form takes it."""
        concerns = details.get("concerns_petition")
        return {
            "court": stated(details, "court"),
            "result": stated(details, "result"),
            "concerns": None if concerns is None else "yes" if concerns else "no",
        }

    def event_kind(self) -> EventKind:
        """Return that a court ruled."""
        return EventKind.COURT_RULED

    def own_details(self) -> Mapping[str, Any]:
        """Return the court, how the case ended, and whether it concerns the petition."""
        return {
            "court": plain(self.court.text()),
            "result": plain(self.result.text()),
            "concerns_petition": None if self.concerns.data is None else self.concerns.data == "yes",
        }


def _of_kind(petition: Petition, what: str) -> list[Row]:
    kind = FOLLOW_UP_KINDS[what]
    return [row for row in rows_of(petition, "event") if row.values["kind"] == kind]


def _reported(row: Row) -> str:
    claim = row.children[0].values
    when = date_range(DateRange(claim["earliest"], claim["latest"]))
    text = pgettext("date and what was reported", "%(date)s: %(text)s", date=when, text=line_of(row.values["text"]))
    is_done = (row.values["details"] or {}).get("done")
    return f"{text} {gettext('The report says that it was done')}." if is_done else text


__all__ = ["CaseForm", "FollowUpForm"]

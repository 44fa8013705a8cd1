"""Two days of one record compared: what was added, corrected or withdrawn, and how the standing differs by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wtforms import Form, StringField

from portal.domain.standing_difference import differences
from portal.i18n.formats import long_date
from portal.i18n.locale import gettext
from portal.i18n.refusals import bad_input
from portal.i18n.standing_differences import sentences
from portal.models import Petition
from portal.services import changes, library, particulars, past, tracking
from portal.web import query
from portal.web.asked_days import asked_days, past_day
from portal.web.public.change_words import Detail, of_columns, of_row
from portal.web.public.changes_view import sources_of

EXAMPLE = "06.08.2024"
"""A day as a person writes it into a form."""

NAMES = ("from", "to", "on")


class TwoDaysForm(Form):
    """Two days of our record, and the day as of which the law is read. Sent by GET, so that it can be passed on."""

    first = StringField(name="from")
    last = StringField(name="to")
    on = StringField()

    @classmethod
    def filled(cls, asked: Mapping[str, str]) -> "TwoDaysForm":
        """Return the form with what was entered, whether it can be used or not."""
        given = {"first": asked.get("from", ""), "last": asked.get("to", ""), "on": asked.get("on", "")}
        form = cls(data={name: query.as_typed(text) for name, text in given.items()})
        form.first.label.text = gettext("As recorded by the end of this day")
        form.last.label.text = gettext("And by the end of this day")
        form.on.label.text = gettext("The law as of this day")
        return form


class PastDayForm(Form):
    """A day of our record."""

    as_of = StringField()

    @classmethod
    def filled(cls, day: date) -> "PastDayForm":
        """Return the form with a day."""
        form = cls(data={"as_of": f"{day:%d.%m.%Y}"})
        form.as_of.label.text = gettext("As recorded by the end of this day")
        return form


@dataclass(frozen=True, slots=True)
class PastForms:
    """The two ways into the past that the page of changes offers."""

    one_day: PastDayForm
    two_days: TwoDaysForm
    first_on: str


@dataclass(frozen=True, slots=True)
class Differences:
    """The page: the days, what differs between them, and what is wrong with what was entered."""

    petition: Petition
    form: TwoDaysForm
    problems: Mapping[str, str]
    status: int = 200
    first: date | None = None
    last: date | None = None
    on: date | None = None
    not_yet: str | None = None
    standing: Sequence[str] = ()
    details: Sequence[Detail] = field(default_factory=list)


def forms_of(petition: Petition, today: date) -> PastForms:
    """Return the forms, filled with the whole time of our record."""
    first = past.first_day_of(petition)
    days = {"from": first.isoformat(), "to": today.isoformat()}
    return PastForms(PastDayForm.filled(today), TwoDaysForm.filled(days), long_date(first))


def differences_of(petition: Petition, asked: Mapping[str, str]) -> Differences:
    """Return the page for what was asked; a day that is none has its sentence beside the field, and status 400."""
    days, problems = _days(petition, asked)
    if problems:
        return Differences(petition, TwoDaysForm.filled(asked), problems, 400)
    first, last, on = days["from"], days["to"], days["on"]
    first, last = min(first, last), max(first, last)
    shown = {"from": first.isoformat(), "to": last.isoformat(), "on": on.isoformat()}
    page = Differences(petition, TwoDaysForm.filled(shown), {}, first=first, last=last, on=on)
    return _compared(page, first, last, on)


def _days(petition: Petition, asked: Mapping[str, str]) -> tuple[Mapping[str, date], Mapping[str, str]]:
    """Read the days. Where none is given: from our first record until today, by the law of today."""
    today = asked_days({}).today
    days, problems = {"from": past.first_day_of(petition), "to": today, "on": today}, {}
    for name in NAMES:
        if name in asked:
            try:
                days[name] = query.day(asked[name]) if name == "on" else past_day(asked[name])
            except query.BadInput as error:
                problems[name] = bad_input(error.code, example=EXAMPLE, **error.facts)
    return days, problems


def _compared(page: Differences, first: date, last: date, on: date) -> Differences:
    petition = page.petition
    one, other = past.last_entry_by(first), past.last_entry_by(last)
    if one < petition.recorded_in:
        said = gettext("On %(date)s we had not recorded this petition yet.", date=long_date(first))
        return Differences(petition, page.form, {}, first=first, last=last, on=on, not_yet=said)
    before, after = (tracking.record_of(petition, at=at) for at in (one, other))
    rows = changes.between(petition, one, other)
    publishers = changes.publishers(sorted(sources_of(rows)))
    regions = {each.code: each.names for each in library.regions()}
    columns = changes.columns_changed(particulars.values_of(before.petition), particulars.values_of(after.petition))
    return Differences(
        petition,
        page.form,
        {},
        first=first,
        last=last,
        on=on,
        standing=sentences(differences(tracking.standing_of(before, on), tracking.standing_of(after, on))),
        details=[
            *(of_row(each, publishers, f"petition/{petition.number}") for each in rows),
            *of_columns(columns, regions),
        ],
    )

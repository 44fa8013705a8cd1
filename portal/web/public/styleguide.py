"""The components of our pages, shown together: for whoever builds a page, and for whoever checks what we build with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, SelectField, StringField

from portal import clock
from portal.domain.dates import DateRange
from portal.domain.terms import Term, Unit
from portal.i18n.locale import gettext
from portal.services import tracking
from portal.services.catalogue import catalogue
from portal.web import query
from portal.web.asked_days import AskedDays
from portal.web.public import bp
from portal.web.public.petition_view import PetitionPage, page_of
from portal.web.public.ruler import Mark, Ruler, ruler_of

CENTRAL_CASE = "lgbt-propaganda-2024"
"""The petition whose record has every kind of fact; the samples are its own, so that nothing is made up."""

COLOURS = ("paper", "raised", "ink", "soft", "rule", "accent", "met", "open", "late", "unseen", "disputed")
FORTY = Term(40, Unit.WORKING_DAYS)
TWENTY = Term(20, Unit.WORKING_DAYS)


class SampleForm(Form):
    """One field of each kind."""

    day = StringField()
    step = SelectField()
    level = RadioField()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A ruler with what it shows."""

    caption: str
    ruler: Ruler


@bp.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    """Show every component with samples from the record."""
    query.read(())
    return render_template(
        "public/styleguide.html", page=_central_case(), drawings=_drawings(), form=_form(), colours=COLOURS
    )


def _central_case() -> PetitionPage | None:
    petition = tracking.by_register_id(CENTRAL_CASE)
    if petition is None:
        return None
    today = clock.today()
    address = f"{current_app.extensions['settings'].base_url}/{{lang}}/petitions/{petition.number}"
    return page_of(petition, AskedDays(today, today), g.lang, address)


def _drawings() -> Sequence[Drawing]:
    """Return the ruler in each of its forms. The days are samples: what is drawn is what the law would count."""
    day = DateRange(date(2024, 6, 10), date(2024, 6, 10))
    ranged = DateRange(date(2024, 6, 10), date(2024, 6, 14))
    ahead = DateRange(date(2027, 3, 1), date(2027, 3, 1))
    event = Mark(date(2024, 7, 10), gettext("An event"))
    samples: tuple[tuple[str, Term, DateRange, dict[str, Any]], ...] = (
        (gettext("Working days, with a day off and an event"), FORTY, day, {"marks": [event]}),
        (gettext("A term that runs: the line is today"), FORTY, day, {"on": date(2024, 7, 2)}),
        (gettext("A start that is known only as a range"), TWENTY, ranged, {}),
        (gettext("A year whose calendar is not published"), TWENTY, ahead, {}),
        (gettext("Days after the last day"), TWENTY, day, {"late_until": date(2024, 7, 19)}),
        (gettext("A term in months"), Term(6, Unit.MONTHS), day, {}),
    )
    calendar = catalogue().calendar
    drawn = ((caption, ruler_of(term, start, calendar, **more)) for caption, term, start, more in samples)
    return [Drawing(caption, ruler) for caption, ruler in drawn if ruler is not None]


def _form() -> SampleForm:
    form = SampleForm(data={"level": "yes"})
    form.day.label.text = gettext("Day of the event")
    form.step.label.text = gettext("Step")
    form.step.choices = [("", gettext("Choose a step"))]
    form.level.label.text = gettext("A question with a few answers")
    form.level.choices = [("yes", gettext("yes")), ("no", gettext("no"))]
    return form

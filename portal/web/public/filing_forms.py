"""The forms of the page "Before you file". Sent by GET: nothing is stored, and the address says it all.

Each form carries along what was entered into the others, so that the parts of the page do not undo one another.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from wtforms import Form, RadioField, SelectField, StringField

from portal.domain.stages import Level
from portal.i18n import formats, labels
from portal.i18n.filing import LEVEL_HINTS
from portal.i18n.locale import gettext
from portal.models import Region
from portal.web.public.library_view import sortable
from portal.web.query import BadInput

THRESHOLD = ("level", "region", "population")
FIELDS = frozenset({*THRESHOLD, "q", "from"})

LONGEST_SEARCH = 200
MOST_PEOPLE = 30_000_000
"""More than live in the country, with room to grow; a greater number is a slip of the finger."""

WRITTEN_NUMBER = re.compile("[0-9]{1,9}|[0-9]{1,3}(?:[ ,.\u00a0\u202f][0-9]{3}){1,2}")
"""A whole number as people write it: 48500, 48 500, 48,500."""


class ThresholdForm(Form):
    """To whom the petition is addressed, and how many people live there."""

    level = RadioField(validate_choice=False)
    region = SelectField(validate_choice=False)
    population = StringField()

    @classmethod
    def filled(cls, asked: Mapping[str, str], regions: Sequence[Region], lang: str) -> "ThresholdForm":
        """Return the form with what was entered, whether it can be used or not."""
        form = cls(data={name: asked.get(name, "") for name in THRESHOLD})
        form.level.label.text = gettext("To whom would it be addressed?")
        form.region.label.text = gettext("Region")
        form.population.label.text = gettext("Population of the unit, if you know it")
        form.level.choices = [(level.value, labels.label(level)) for level in Level]
        named = [(region.code, region.names.in_language(lang).text) for region in regions]
        named.sort(key=lambda choice: sortable(choice[1]))
        form.region.choices = [("", gettext("Choose a region")), *named]
        return form

    @staticmethod
    def hints() -> Mapping[str, str]:
        """Return what each level means, where its name does not say enough."""
        return {level: str(words) for level, words in LEVEL_HINTS.items()}


class SearchForm(Form):
    """Words of a subject."""

    q = StringField()

    @classmethod
    def filled(cls, asked: Mapping[str, str]) -> "SearchForm":
        """Return the form with what was entered."""
        form = cls(data={"q": asked.get("q", "")})
        form.q.label.text = gettext("Two or three words of the subject")
        return form


class DatesForm(Form):
    """The day on which a petition would be filed."""

    filed_on = StringField(name="from")

    @classmethod
    def filled(cls, asked: Mapping[str, str], day: date | None) -> "DatesForm":
        """Return the form with the day as people write it, or with what was entered instead of one."""
        form = cls(data={"filed_on": formats.table_date(day) if day else asked.get("from", "")})
        form.filed_on.label.text = gettext("Day of filing")
        return form


def population(text: str) -> int:
    """Return how many people somebody says live in a unit. Raises ``BadInput``."""
    number = int(re.sub("[^0-9]", "", text)) if WRITTEN_NUMBER.fullmatch(text) else 0
    if not 1 <= number <= MOST_PEOPLE:
        raise BadInput("number_out_of_range", first=1, last=MOST_PEOPLE)
    return number

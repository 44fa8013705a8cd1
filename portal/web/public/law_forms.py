"""The forms of the pages about the law: the shape of what is entered, not whether the law knows an answer."""

from collections.abc import Mapping, Sequence

from wtforms import Form, SelectField, StringField

from portal.domain.statute import Step
from portal.i18n import labels
from portal.i18n.locale import gettext
from portal.web import query

EXAMPLE = "06.08.2024"
"""A day as a person writes it into a form."""


class LawDayForm(Form):
    """The day for which the law is shown. Sent by GET, so that the address can be passed on."""

    on = StringField()

    @classmethod
    def filled(cls, entry: str) -> "LawDayForm":
        """Return the form with the day that is shown, or with what was entered instead of one."""
        form = cls(data={"on": query.as_typed(entry)})
        form.on.label.text = gettext("The law as of this day")
        return form


class DeadlineForm(Form):
    """A step and the day of the event that starts it. Sent by GET, so that the address can be passed on."""

    stage = SelectField(validate_choice=False)
    starts_on = StringField(name="from")

    @classmethod
    def filled(cls, asked: Mapping[str, str], steps: Sequence[Step]) -> "DeadlineForm":
        """Return the form with what was entered, whether it can be used or not."""
        form = cls(data={"stage": asked.get("stage", ""), "starts_on": query.as_typed(asked.get("from", ""))})
        form.stage.label.text = gettext("Which term")
        form.starts_on.label.text = gettext("Day of the event that starts it")
        form.stage.choices = [("", gettext("Choose a step")), *((step.key, _option(step)) for step in steps)]
        return form


def _option(step: Step) -> str:
    assert step.term is not None
    return gettext(
        "%(step)s: %(term)s", step=labels.step_name(step.key), term=labels.within(labels.term_words(step.term))
    )

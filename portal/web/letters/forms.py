"""The form of the page without scripts: codes that we offer, and nothing that anybody could write."""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectMultipleField, widgets

from portal.domain.letters import Item, Run, Sheet, Value
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import NAMES, gettext

FORMS = ("page", "docx", "txt")


class ComposeForm(Form):
    """In which language a letter is, of what it speaks, which sentences it has, and as what it is wanted."""

    letter = RadioField(default="ru")
    topic = RadioField()
    item = SelectMultipleField(option_widget=widgets.CheckboxInput())
    form = RadioField(default="page")

    @classmethod
    def of(
        cls, chosen: Sequence[str], sheet: Sheet, items: Sequence[Item], asked: MultiDict[str, str] | None
    ) -> "ComposeForm":
        """Return the form of a letter, with what was asked or with what is chosen at first."""
        topics = [(key, topic_words(values)) for key, values in sheet.topics.items()]
        first = {"letter": sheet.lang, "topic": topics[0][0] if topics else "", "form": "page"}
        form = cls(asked) if asked is not None else cls(data={**first, "item": list(chosen)})
        form.letter.label.text = gettext("Language of the letter")
        form.letter.choices = [(lang, NAMES[lang]) for lang in LANGUAGES]
        form.topic.label.text = gettext("What is the letter about?")
        form.topic.choices = topics
        form.item.choices = [(item.id, item.text) for item in items]
        form.form.label.text = gettext("What do you want to have?")
        form.form.choices = [
            ("page", gettext("A page to print or to copy from")),
            ("docx", gettext("A file to complete in Word (DOCX)")),
            ("txt", gettext("A plain text (TXT)")),
        ]
        if not topics:
            del form.topic
        return form


def topic_words(values: Mapping[str, Value]) -> str:
    """Return what a letter can be about in a few words: a step with its last day, or a promised measure."""
    parts = [values[name] for name in ("undertaken", "step", "due", "outcome") if values.get(name)]
    return ": ".join(part.text if isinstance(part, Run) else part for part in parts)

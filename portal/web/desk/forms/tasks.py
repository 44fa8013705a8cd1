"""What people say of a task, and of a source that they opened."""

from portal.i18n.locale import lazy_gettext
from portal.i18n.source_states import SOURCE_STATES
from portal.models.desk import SourceState
from portal.services import task_notes
from portal.web.desk.forms.base import ChoiceField, DayField, DeskForm, Required, Words, WordsField


def _colleagues() -> list[tuple[str, Words]]:
    people = task_notes.colleagues()
    return [("", lazy_gettext("nobody")), *((code, f"{name} ({code})") for code, name in people.items())]


class NoteForm(DeskForm):
    """Whose a task is, until when it waits, and why."""

    assigned_to = ChoiceField(lazy_gettext("Who sees to it"), _colleagues)
    snoozed_until = DayField(
        lazy_gettext("Put off until"),
        description=lazy_gettext(
            "Until that day it stands among what is put off. If its facts change, it comes back sooner."
        ),
    )
    text = WordsField(
        lazy_gettext("Note"),
        description=lazy_gettext(
            "Say why if you put it off. Notes stay at the desk; the public chain holds a digest of them."
        ),
    )


class CheckForm(DeskForm):
    """What somebody found when they opened a source."""

    state = ChoiceField(
        lazy_gettext("What you found"),
        lambda: [("", lazy_gettext("choose")), *((each.value, SOURCE_STATES[each.value]) for each in SourceState)],
        validators=[Required()],
    )
    checked_on = DayField(
        lazy_gettext("On which day"), validators=[Required()], description=lazy_gettext("Like this: 06.08.2024.")
    )

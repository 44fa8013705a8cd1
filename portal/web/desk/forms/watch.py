"""What editors say about the reading of the official portal: what its words mean, and whether it may be read."""

from wtforms import HiddenField

from portal.i18n.locale import lazy_gettext
from portal.i18n.watch_entries import meaning_words
from portal.models.watch import WordKind
from portal.services.portal_words import MEANINGS, NONE
from portal.web.desk.forms.base import CHOOSE, ChoiceField, CountField, DeskForm, Required, WordsField

NOT_KNOWN = "not_known"
PUBLIC = lazy_gettext("Everybody can read it in the log: write no names.")


class SettleForm(DeskForm):
    """What a word of the official portal means, and why."""

    seen = HiddenField()
    meaning = ChoiceField(lazy_gettext("What it means"), lambda: [CHOOSE], validators=[Required()])
    reason = WordsField(lazy_gettext("How you know"), description=PUBLIC, validators=[Required()])

    def offer(self, kind: WordKind) -> None:
        """Let the meanings of a kind of word be chosen."""
        choose = ("", str(CHOOSE[1]))
        meanings = [(each, meaning_words(kind.value, each)) for each in (*MEANINGS[kind], NONE)]
        self.meaning.choices = [choose, *meanings, (NOT_KNOWN, meaning_words(kind.value, None))]

    @property
    def said(self) -> str | None:
        """What was chosen; None where it is not known."""
        return None if self.meaning.data == NOT_KNOWN else str(self.meaning.data)


class PastForm(DeskForm):
    """Of which petition the earlier signatures are counted."""

    number = CountField(lazy_gettext("Number of the petition"), validators=[Required()])


class PlainForm(DeskForm):
    """A button and its token."""


class StopForm(DeskForm):
    """Why the reading is stopped, or may go on."""

    reason = WordsField(lazy_gettext("Why"), description=PUBLIC, validators=[Required()])

"""The forms by which a proposal is confirmed, declined or taken back."""

from wtforms import HiddenField

from portal.i18n.locale import lazy_gettext
from portal.web.desk.forms.base import DeskForm, Required, WordsField


class ConfirmForm(DeskForm):
    """Agrees to what somebody else proposed. ``seen`` is the number of the last change of what was read."""

    seen = HiddenField()

    def seen_number(self) -> int:
        """Return the number of the last change that was read; one that cannot be read is older than any."""
        seen = str(self.seen.data)
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else -1


class ReasonForm(DeskForm):
    """Says why a proposal is declined, or taken back."""

    reason = WordsField(
        lazy_gettext("Why"),
        description=lazy_gettext("It stays at the desk: the public log says that there is a reason, not which."),
        validators=[Required()],
    )


__all__ = ["ConfirmForm", "ReasonForm"]

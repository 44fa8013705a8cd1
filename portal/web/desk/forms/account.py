"""The forms about accounts: signing in, accepting an invitation, one's own account, and those of others."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import PasswordField, SelectMultipleField
from wtforms.validators import StopValidation, ValidationError

from portal.domain.account_refusals import SignInRefused, TooManyAttempts
from portal.domain.refusals import Refusal
from portal.domain.rights import Role
from portal.domain.texts import LANGUAGES
from portal.i18n.accounts import ROLES
from portal.i18n.labels import label
from portal.i18n.locale import gettext, lazy_gettext, lazy_pgettext
from portal.i18n.refusals import refusal
from portal.web.desk.forms.base import ChoiceField, DeskForm, LineField, Required

UNPROCESSABLE, TOO_MANY = 422, 429


class RolesField(SelectMultipleField):
    """Any of the roles. ``data`` is a list of their codes."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, choices=_roles, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered, and none at all."""
        if not self.data:
            raise StopValidation(gettext("Choose at least one."))
        if not set(self.data) <= set(Role):
            raise StopValidation(gettext("Choose one of the list."))

    def roles(self) -> list[Role]:
        """Return what was chosen."""
        return [Role(each) for each in self.data or ()]


def _roles() -> list[Any]:
    return [(role.value, ROLES[role]) for role in Role]


class AccountForm(DeskForm):
    """A form whose refusals stand beside the field that they are about."""

    WHERE: ClassVar[Mapping[str, str]] = {}
    """The field of a refusal by its code; all others stand at the first field."""

    def said(self, name: str) -> str:
        """Return what was typed into a field."""
        return str(self[name].data or "")

    def refuse(self, error: Refusal) -> tuple[int, dict[str, str]]:
        """Put a refusal beside its field; return the status and the headers of the answer."""
        first = next(field for field in self if field.type != "CSRFTokenField")
        field = self[self.WHERE[error.code]] if error.code in self.WHERE else first
        field.errors = [*field.errors, refusal(error)]
        if isinstance(error, TooManyAttempts):
            return TOO_MANY, {"Retry-After": str(error.seconds)}
        return UNPROCESSABLE, {}


class Repeated:
    """Refuse a password that was typed differently the second time."""

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ``ValidationError`` where the two differ."""
        if field.data != form.password.data:
            raise ValidationError(gettext("The two passwords differ. Type the new one twice."))


def reason_field() -> LineField:
    """Return the field for why something is done to an account."""
    return LineField(
        lazy_gettext("Reason"),
        [Required()],
        description=lazy_gettext("It becomes public with the account’s code. Do not name anybody in it."),
    )


class PlainForm(DeskForm):
    """A button alone, with its token."""


class SignInForm(AccountForm):
    """Who is there."""

    name = LineField(lazy_gettext("User name"), [Required()])
    password = PasswordField(lazy_gettext("Password"), [Required()])
    code = LineField(lazy_gettext("Code"), [Required()])

    def refuse(self, error: Refusal) -> tuple[int, dict[str, str]]:
        """Put a refusal beside the name; what was wrong is not told, so it may be the code as well."""
        if isinstance(error, SignInRefused):
            self.code.data = None  # It may be used up.
            self.code.errors = [gettext("It may also be the code: each works once, for about a minute.")]
        return super().refuse(error)


class InvitationForm(AccountForm):
    """Who was invited."""

    name = LineField(lazy_gettext("User name"), [Required()])
    code = LineField(lazy_gettext("Invitation code"), [Required()])


class AcceptForm(AccountForm):
    """The password and the second factor of a new account."""

    WHERE: ClassVar[Mapping[str, str]] = {"password": "password", "second_factor": "code"}

    password = PasswordField(lazy_gettext("New password"), [Required()])
    again = PasswordField(lazy_gettext("New password once more"), [Required(), Repeated()])
    code = LineField(lazy_gettext("Code from the authenticator"), [Required()])


class PasswordForm(AccountForm):
    """Another password for one's own account."""

    WHERE: ClassVar[Mapping[str, str]] = {"password": "password", "second_factor": "code"}

    current = PasswordField(lazy_gettext("Present password"), [Required()])
    password = PasswordField(lazy_gettext("New password"), [Required()])
    again = PasswordField(lazy_gettext("New password once more"), [Required(), Repeated()])
    code = LineField(lazy_gettext("Code"), [Required()])


class RecoveryForm(AccountForm):
    """New recovery codes for one's own account."""

    WHERE: ClassVar[Mapping[str, str]] = {"second_factor": "code"}

    current = PasswordField(lazy_gettext("Present password"), [Required()])
    code = LineField(lazy_gettext("Code"), [Required()])


class ReasonForm(AccountForm):
    """Why something is done to somebody's account."""

    reason = reason_field()


class RolesForm(AccountForm):
    """What somebody may do from now on."""

    WHERE: ClassVar[Mapping[str, str]] = {"reason": "reason"}

    roles = RolesField(lazy_gettext("Roles"))
    reason = reason_field()


class InviteForm(AccountForm):
    """Somebody new."""

    WHERE: ClassVar[Mapping[str, str]] = {"reason": "reason", "roles": "roles"}

    name = LineField(
        lazy_gettext("User name"),
        [Required()],
        description=lazy_gettext(
            "2 to 60 letters, digits, spaces, dots or hyphens; Latin or Cyrillic. It need not be a person’s name."
        ),
    )
    lang = ChoiceField(
        lazy_pgettext("of an account", "Language"),
        lambda: [(lang, label(lang, "language")) for lang in LANGUAGES],
        validators=[Required()],
    )
    roles = RolesField(lazy_gettext("Roles"))
    reason = reason_field()

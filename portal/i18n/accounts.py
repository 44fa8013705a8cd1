"""The words for accounts of the desk: roles, states, and what the rules refuse about them."""

from collections.abc import Mapping

from portal.domain.account_refusals import (
    AccountClosed,
    AccountRefusal,
    CodeNotAccepted,
    InvitationNotValid,
    LastAdmin,
    NameTaken,
    NameUnusable,
    OwnAccount,
    PasswordCommon,
    PasswordIsName,
    PasswordTooLong,
    PasswordTooShort,
    PasswordWrong,
    ReasonNamesAccount,
    RoleMissing,
    SignInRefused,
    TooManyAttempts,
)
from portal.domain.rights import Role
from portal.i18n.locale import LazyText, gettext, lazy_pgettext

ROLES: Mapping[str, LazyText] = {
    Role.EDITOR: lazy_pgettext("role", "Editor"),
    Role.CONFIRMER: lazy_pgettext("role", "Confirmer"),
    Role.ADMIN: lazy_pgettext("role", "Administrator"),
}

ROLES_SAY: Mapping[str, LazyText] = {
    Role.EDITOR: lazy_pgettext("role", "Records what happened, each step with its source."),
    Role.CONFIRMER: lazy_pgettext("role", "Confirms what another person recorded, and corrects the record."),
    Role.ADMIN: lazy_pgettext("role", "Invites people, changes roles, resets and closes accounts."),
}

ACCOUNT_STATES: Mapping[str, LazyText] = {
    "works": lazy_pgettext("state of an account", "In use"),
    "invited": lazy_pgettext("state of an account", "Invited"),
    "lapsed": lazy_pgettext("state of an account", "The invitation has ended"),
    "closed": lazy_pgettext("state of an account", "Closed"),
}


def account_refusal(error: AccountRefusal) -> str:
    """Return what the rules refuse about accounts, in whole sentences."""
    match error:
        case SignInRefused():
            return gettext("Wrong user name or password.")
        case TooManyAttempts(minutes=minutes):
            return gettext("Too many requests. Try again in %(num)s min.", num=str(minutes))
        case InvitationNotValid():
            return gettext("There is no such invitation, or its time is over. Ask an administrator for a new one.")
        case CodeNotAccepted():
            return gettext("This code does not fit. Each code works once and for about a minute.")
        case _:
            return _of_passwords(error) or _of_management(error)


def _of_passwords(error: AccountRefusal) -> str | None:
    match error:
        case PasswordWrong():
            return gettext("This is not your present password.")
        case PasswordTooShort(shortest=shortest):
            return gettext("A password needs at least this many characters: %(num)s.", num=str(shortest))
        case PasswordTooLong(longest=longest):
            return gettext("At most this many characters: %(num)s.", num=str(longest))
        case PasswordCommon():
            return gettext(
                "This password is one of those that are tried first. Take several words that do not belong together."
            )
        case PasswordIsName():
            return gettext("The password must not be the user name.")
    return None


def _of_management(error: AccountRefusal) -> str:
    match error:
        case NameUnusable():
            return gettext(
                "A user name has 2 to 60 letters, digits, spaces, dots or hyphens, all Latin or all Cyrillic."
            )
        case NameTaken():
            return gettext("Another account has this user name.")
        case RoleMissing():
            return gettext("Choose at least one.")
        case ReasonNamesAccount():
            return gettext("The reason becomes public, so the user name must not stand in it.")
        case OwnAccount():
            return gettext("You cannot reset your own account. Another administrator can.")
        case LastAdmin():
            return gettext("This is the last administrator: nobody could manage accounts any more.")
        case AccountClosed():
            return gettext("This account is closed.")
    return gettext("The rules do not allow this.")

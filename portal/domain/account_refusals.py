"""What the rules refuse about accounts of the desk, one exception per fact."""

from typing import ClassVar

from portal.domain.refusals import Refusal


class AccountRefusal(Refusal):
    """What the rules refuse about accounts: signing in, passwords, roles."""

    code: ClassVar[str] = "account"


class SignInRefused(AccountRefusal):
    """The name, the password or the code is wrong; which of them is told to nobody."""

    code: ClassVar[str] = "sign_in"


class TooManyAttempts(AccountRefusal):
    """Too much was tried in a short time; ``seconds`` tells when the next try is taken."""

    code: ClassVar[str] = "too_many_attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    @property
    def minutes(self) -> int:
        """How many minutes that is, rounded up."""
        return -(-self.seconds // 60)


class InvitationNotValid(AccountRefusal):
    """No invitation with this name and code waits for anybody, or its time is over."""

    code: ClassVar[str] = "invitation"


class CodeNotAccepted(AccountRefusal):
    """A code of the second factor that is wrong, too old, or was used before."""

    code: ClassVar[str] = "second_factor"


class PasswordWrong(AccountRefusal):
    """Whoever is signed in gave another password than theirs."""

    code: ClassVar[str] = "current_password"


class PasswordTooShort(AccountRefusal):
    """A password with fewer characters than ``shortest``."""

    code: ClassVar[str] = "password"

    def __init__(self, shortest: int) -> None:
        super().__init__(shortest)
        self.shortest = shortest


class PasswordTooLong(AccountRefusal):
    """A password with more characters than ``longest``."""

    code: ClassVar[str] = "password"

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest


class PasswordCommon(AccountRefusal):
    """A password that is tried first: of a list of common ones, in keyboard order, or one thing over and over."""

    code: ClassVar[str] = "password"


class PasswordIsName(AccountRefusal):
    """A password that is the name of its account, or little more."""

    code: ClassVar[str] = "password"


class NameUnusable(AccountRefusal):
    """A name to sign in with that is too short or too long, has other signs than it may, or mixes scripts."""

    code: ClassVar[str] = "name"


class NameTaken(AccountRefusal):
    """A name to sign in with that another account has."""

    code: ClassVar[str] = "name"


class RoleMissing(AccountRefusal):
    """An account that would have no role."""

    code: ClassVar[str] = "roles"


class ReasonNamesAccount(AccountRefusal):
    """A reason, which is public, has the name that an account signs in with."""

    code: ClassVar[str] = "reason"


class OwnAccount(AccountRefusal):
    """Somebody would reset the account that they act with."""

    code: ClassVar[str] = "own_account"


class LastAdmin(AccountRefusal):
    """No account would be left that can manage accounts."""

    code: ClassVar[str] = "last_admin"


class AccountClosed(AccountRefusal):
    """An account that is closed stays as it is."""

    code: ClassVar[str] = "account_closed"

"""Who may call which route of the desk. A route that does not say so is refused to everybody."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, Request, Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import Forbidden

from portal.domain.rights import Right, rights_of
from portal.i18n.locale import gettext
from portal.models import Account
from portal.services import sessions

TOKEN = "token"  # noqa: S105 (a name, not a secret)
"""Under which name the token of a session stands in the cookie."""

PATH = "/desk"
"""The cookie is sent to the desk alone: no public page can learn who reads it."""

View = TypeVar("View", bound=Callable[..., Any])
_NOBODY = "nobody"


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types.
    """Somebody signed in, as Flask-Login knows them: by the token of their session and never by their account."""

    def __init__(self, token: str, signed_in: sessions.SignedIn) -> None:
        self.token = token
        self.account = signed_in.account
        self.session_digest = signed_in.digest
        self.rights = rights_of(signed_in.account.roles)

    def get_id(self) -> str:
        """Return what the cookie remembers."""
        return self.token


class NoSession(SecureCookieSession):
    """The session of a page outside the desk: empty at first, so that a page which only asks it is still everybody's.

    Flask-Login looks into the session of each request; without this, no public page would be kept by any cache.
    """

    @property
    def accessed(self) -> bool:
        """Whether an answer may depend on the session: only where the page itself wrote into it."""
        return self.modified

    @accessed.setter
    def accessed(self, value: bool) -> None:
        """Take no notice."""


class DeskCookie(SecureCookieSessionInterface):
    """A cookie that exists at the desk and nowhere else: public pages neither read nor write one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie at the desk; anywhere else there is nothing in it."""
        if _is_desk(request):
            return super().open_session(app, request)
        return NoSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie at the desk; anywhere else say nothing of it, not even that the page might depend on it."""
        if _is_desk(request):
            super().save_session(app, session, response)


def _is_desk(asked: Request) -> bool:
    return asked.path == PATH or asked.path.startswith(f"{PATH}/")


def init(app: Flask) -> None:
    """Give the application the sessions of the desk."""
    production = app.extensions["settings"].production
    app.session_interface = DeskCookie()
    app.config.update(
        SESSION_COOKIE_NAME="__Secure-desk" if production else "desk",
        SESSION_COOKIE_PATH=PATH,
        SESSION_COOKIE_HTTPONLY=True,
        # Strict would leave the cookie out where somebody follows a link from elsewhere, and the sign-in page that they
        # then get would put another in its place. Nothing at the desk is changed by a GET, and each POST has a token.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=production,
    )
    login = LoginManager()
    login.session_protection = None  # It would digest the address and the browser of whoever signs in.
    login.user_loader(_person)
    login.init_app(app)


def _person(token: str) -> Person | None:
    found = sessions.find(token)
    return None if found is None else Person(token, found)


def requires(right: Right) -> Callable[[View], View]:
    """Declare the right that a route asks for."""

    def declare(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]
        return view

    return declare


def open_to_all(view: View) -> View:
    """Declare that a route asks for no right: signing in and what belongs to it."""
    view.right = _NOBODY  # type: ignore[attr-defined]
    return view


def right_of(view: Callable[..., Any]) -> Right | None:
    """Return the right that a route declares; None where it is open to all.

    Raises ``AttributeError`` for a route that declares nothing.
    """
    right = view.right  # type: ignore[attr-defined]
    return None if right == _NOBODY else cast(Right, right)


def guard() -> ResponseReturnValue | None:
    """Let a request through to its route, send a stranger to the door, and refuse whoever lacks the right."""
    right = right_of(current_app.view_functions[str(request.endpoint)])
    if right is None:
        return None
    if not current_user.is_authenticated:
        if TOKEN in session or "_user_id" in session:
            session.clear()
            if request.method == "POST":  # What was typed is in the browser still, and can be sent again.
                return render_template("desk/signed_out.html"), 401
            flash(gettext("You have been signed out. Sign in again."))
        return redirect(url_for("desk.sign_in", next=request.path if request.method == "GET" else None), 303)
    if right not in current_user.rights:
        raise Forbidden
    return None


def let_in(token: str) -> None:
    """Put the token of a new session into the cookie. Whatever stood in it before, a stranger may have put there."""
    found = sessions.find(token)
    if found is None:
        raise Forbidden
    session.clear()
    login_user(Person(token, found))
    session.pop("_id", None)  # Flask-Login's digest of the address and the browser.


def let_out() -> None:
    """Take everything out of the cookie; the session itself is ended by ``services.sessions``."""
    logout_user()
    session.clear()


def signed_in() -> Account | None:
    """Return the account that is signed in, None at the door."""
    return account() if current_user.is_authenticated else None


def session_digest() -> str:
    """Return by what the session of this request is kept."""
    return str(current_user.session_digest)


def account() -> Account:
    """Return the account that is signed in."""
    return cast(Account, current_user.account)


def may(right: str) -> bool:
    """Tell templates whether whoever is signed in has a right."""
    return bool(current_user.is_authenticated and Right(right) in current_user.rights)

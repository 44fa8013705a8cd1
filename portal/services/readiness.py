"""Whether the portal can answer: its database is there, has the tables of this release, and the chain can be read."""

from collections.abc import Callable, Mapping
from functools import cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.db import db
from portal.services import audit
from portal.settings import ROOT


def checks() -> Mapping[str, bool]:
    """Return what was checked, each with whether it is as it should be. What fails says no more than that."""
    return {name: _holds(check) for name, check in CHECKS.items()}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except SQLAlchemyError:  # Its words may hold an address with a password.
        db.session.rollback()
        return False


def _answers() -> bool:
    return db.session.scalar(select(1)) == 1


def _is_at_head() -> bool:
    return MigrationContext.configure(db.session.connection()).get_current_revision() == newest_migration()


def _has_a_head() -> bool:
    return len(audit.head()[1]) == len(audit.GENESIS)


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": _answers,
    "migrations": _is_at_head,
    "audit_head": _has_a_head,
}


@cache
def newest_migration() -> str | None:
    """Return the migration that this release needs."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()

"""The database: engine, session, and the column types that the record is written in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, Dialect, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from portal.domain.refusals import RecordBusy
from portal.domain.texts import Text

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

SQLITE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "cache_size=-32768")
"""How SQLite is used. The cache, in KiB, has room for what a look at the counts of five thousand petitions touches."""


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, kept as whole microseconds since 1970: the same on every database, and sortable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse an instant that does not say its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class TextType(TypeDecorator[Text]):
    """A text in up to three languages, each with whose wording it is; adding a language changes no table."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Text | None, dialect: Dialect) -> dict[str, Any] | None:
        """Write the text as a JSON object."""
        return None if value is None else value.as_json()

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Text | None:
        """Read the text back."""
        return None if value is None else Text.from_json(value)


class Base(DeclarativeBase):
    """What every table of the record extends."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: Instant,
            Text: TextType,
            dict[str, Any]: JSON(none_as_null=True),
            list[str]: JSON(none_as_null=True),
            list[dict[str, Any]]: JSON(none_as_null=True),
        },
    )


db = SQLAlchemy(model_class=Base)


def prepare(app: Flask) -> None:
    """Set up SQLite the way several processes can share it; PostgreSQL needs nothing."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # We send BEGIN ourselves: the driver's own would hide write locks.
    for pragma in SQLITE:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: committed at the end, undone as a whole if anything is raised.

    On SQLite the write lock is taken at once (BEGIN IMMEDIATE): a transaction that reads first and writes later
    would otherwise act on what another writer has changed meanwhile, or fail half-way.

    Raises ``RecordBusy`` where another writer holds that lock for longer than anybody should wait.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a write began while unsaved changes were pending")
    session.rollback()
    try:
        session.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
    except OperationalError as error:
        session.rollback()
        if "database is locked" in str(error.orig):
            raise RecordBusy from None
        raise
    try:
        yield session
    except BaseException:
        session.rollback()
        raise
    session.commit()

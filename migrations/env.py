"""How Alembic reaches the database: through the application that ``flask db`` runs in."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON, BigInteger

from portal.db import Base, Instant, TextType


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our column types as what the database keeps, so that a migration outlives our code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, TextType):
        return "sa.JSON()"
    return False


def compare_type(_context: Any, _column: Any, _metadata_column: Any, _found: Any, wanted: Any) -> bool | None:
    """Compare our column types by what the database keeps; leave the others to Alembic."""
    if isinstance(wanted, Instant):
        return not isinstance(_found, BigInteger)
    if isinstance(wanted, TextType):
        return not isinstance(_found, JSON)
    return None


def run() -> None:
    """Run the migrations in one transaction where the database can."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=compare_type,
            user_module_prefix="sa.",
        )
        with context.begin_transaction():
            context.run_migrations()


run()

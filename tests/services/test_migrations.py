"""Migrations run up and down on both databases with rows in place, and end where the models are."""

import flask_migrate
import pytest
from sqlalchemy import func, inspect, select, text

from portal import create_app
from portal.db import db
from portal.models import AuditEntry, Norm, Petition
from portal.services import audit_check, lifecycle, particulars, register
from portal.services.catalogue import REGISTER
from portal.settings import ROOT
from tests.fixtures.record import close

AUDIT_CHAIN, LIBRARY, PETITIONS, LISTS = "a1d17c4a1001", "a1d17c4a1002", "a1d17c4a1003", "a1d17c4a1004"


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path / 'migrated.sqlite'}"


def derived_of_every_petition():
    """Return the derived columns and terms of each petition, in the order of the numbers."""
    return [
        (
            {name: getattr(each, name) for name in lifecycle.DERIVED},
            {key: {**term, "petition_id": None} for key, term in lifecycle.terms_of(db.session(), each).items()},
        )
        for each in db.session.scalars(select(Petition).order_by(Petition.number))
    ]


def migrate_up_and_down(url):
    """Walk the whole way with rows: up, load, down a step at a time, and up again."""
    app = create_app({"database_url": url})
    with app.app_context():
        flask_migrate.upgrade()
        flask_migrate.check()  # Exits where the tables are not what the models say.
        assert register.load(REGISTER).is_fine
        loaded = db.session.scalar(select(func.count()).select_from(AuditEntry))
        assert list(audit_check.verify()) == []
        derived = derived_of_every_petition()
        db.session.remove()

        flask_migrate.downgrade(revision=PETITIONS)
        assert not inspect(db.engine).has_table("petition_term")
        flask_migrate.upgrade(revision=LISTS)
        assert derived_of_every_petition() != derived
        flask_migrate.upgrade()
        assert lifecycle.rebuild()[0] == 19
        assert derived_of_every_petition() == derived
        loaded += 1  # The rebuild has an entry of its own.
        db.session.remove()

        flask_migrate.downgrade(revision=LIBRARY)
        assert not inspect(db.engine).has_table("petition")
        assert db.session.scalar(select(func.count()).select_from(Norm)) > 200
        assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == loaded
        db.session.remove()

        flask_migrate.upgrade()
        assert register.load(REGISTER).is_fine
        assert db.session.scalar(select(func.count()).select_from(Petition)) == 19
        assert lifecycle.rebuild() == (19, [])
        assert list(audit_check.verify()) == []
        db.session.remove()

        flask_migrate.downgrade(revision=LISTS)
        flask_migrate.upgrade()
        for petition in db.session.scalars(select(Petition)):
            version = particulars.current_version(db.session(), petition)
            assert version.values == particulars.values_of(petition)  # The migration keeps what a load would keep.
        db.session.remove()

        flask_migrate.downgrade(revision=AUDIT_CHAIN)
        with db.engine.connect() as connection, pytest.raises(Exception, match="append-only"):
            connection.execute(text("DELETE FROM audit_entry"))
        flask_migrate.downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
    close(app)


@pytest.mark.slow
def test_migrations_run_up_and_down_on_sqlite(sqlite_url):
    migrate_up_and_down(sqlite_url)


def test_migrations_run_up_and_down_on_postgresql(postgres_url):
    migrate_up_and_down(postgres_url)


def test_migrations_are_named_by_date_and_follow_one_another():
    names = [path.name for path in sorted((ROOT / "migrations" / "versions").glob("*.py"))]
    assert all(name[:4].isdigit() and name[4] == "_" for name in names)
    assert len(names) == 6


def test_a_record_on_postgresql_says_what_it_says_on_sqlite(shipped_path, postgres_url):
    said = []
    for url in (f"sqlite:///{shipped_path}", postgres_url):
        app = create_app({"database_url": url})
        with app.app_context():
            if url == postgres_url:
                flask_migrate.upgrade()
                assert register.load(REGISTER).is_fine
            said.append(derived_of_every_petition())
        close(app)
    assert said[0] == said[1]
    assert len(said[0]) == 19

"""Jobs at a high rate that note their slots as the poll notes counts: for tests that kill what runs them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, select

from portal import clock, create_app
from portal.db import db, writing
from portal.jobs.serve import Service
from portal.jobs.table import Line
from portal.models import CountObservation, JobRun, Petition, PollRun
from portal.services import register, watching
from portal.services.job_runs import Result
from tests.jobs.hurried import AcknowledgingRunner, QuickJob

CONTACT = {"watch_contact": "post@qadam.example", "cache_url": "none:"}

PETITION = """
- {id: noted, platform: epetition.kz, statutory: true, level: gov, threshold: 50000}
"""


def table_of(every=1.0, lease=1.0):
    """Return two jobs that would ask the official portal, and one that would not."""
    job = QuickJob("look", every, lambda app, at: Result.DONE, lease=timedelta(seconds=lease), line=Line.OFFICIAL)
    return {each.name: each for each in (job, replace(job, name="read"), replace(job, name="sum", line=Line.OURS))}


class NotingRunner(AcknowledgingRunner):
    """Notes each slot in one transaction."""

    def work(self, job, held, at):
        with self.app.app_context(), writing() as session:
            petition = session.scalars(select(Petition.id)).one()
            place = held.slot * 10 + list(self.table).index(job.name)
            if session.get(CountObservation, (petition, place)) is None:
                session.add(CountObservation(petition_id=petition, at=place, votes=held.slot % 1_000_000))
            note = PollRun(job=job.name, started_at=at, finished_at=at, troubles={}, digest=str(held.slot))
            session.add(note)
            watching.stored_something(session)
            session.flush()
            note.finished_at = clock.now()
        return super().work(job, held, at)


def prepare(url):
    """Return an application of which the poll may ask, whatever it asks for."""
    return create_app({"database_url": url, **CONTACT})


def found(app, folder):
    """Record the petition whose counts are noted."""
    path = folder / "noted.yaml"
    path.write_text(PETITION)
    with app.app_context():
        db.create_all()
        assert register.load(path).is_fine


def serve(url, every, lease):
    """Return what serves the jobs in a process of its own."""
    app = prepare(url)
    with app.app_context():
        db.session.scalars(select(Petition.id)).one()
        db.session.remove()
        db.engine.dispose()  # A connection must not be shared with what is forked.
    table = table_of(float(every), float(lease))
    return lambda: Service(NotingRunner(app, table), take_up_every=timedelta(seconds=0.1)).run()


@dataclass(frozen=True, slots=True)
class Noted:
    """What the database has of the jobs: ``attempts`` and ``results`` by slot, how often each slot was noted."""

    attempts: dict
    results: dict
    notes: dict
    observed: set

    @classmethod
    def read(cls, app):
        with app.app_context():
            names = list(table_of())
            rows = db.session.scalars(select(JobRun)).all()
            counted = select(PollRun.job, PollRun.digest, func.count()).group_by(PollRun.job, PollRun.digest)
            return cls(
                {f"{row.job} {row.slot}": row.attempts for row in rows},
                {f"{row.job} {row.slot}": row.result for row in rows},
                {f"{job} {slot}": times for job, slot, times in db.session.execute(counted)},
                {f"{names[at % 10]} {at // 10}" for at in db.session.scalars(select(CountObservation.at))},
            )

"""How fast pages and the law are, without a cache and with one, and what pages weigh. ``make bench`` runs it.

It makes a database of its own with the shipped register and 20,000 petitions that resemble it, asks for each page in
this process, and ends by itself. Times are of the processor, so that a busy machine does not count.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from portal import clock, create_app
from portal.db import db
from portal.domain.docx import docx_of
from portal.domain.letters import Choice, compose, plain
from portal.domain.texts import LANGUAGES
from portal.domain.timeline import replay
from portal.domain.watching import DAY, HOUR
from portal.models import Addressee, Petition, PetitionTerm, Title
from portal.services import letters, lifecycle, register, series, tracking
from portal.services.catalogue import REGISTER, catalogue
from portal.services.letter_sheets import Sheets
from portal.web import static
from portal.web.letters.compose import BLANKS
from tests import given_series
from tests.wire import CHROMIUM, view

PETITIONS = 20_000
FIRST = 1_000
OBSERVED = {FIRST: 1_000, FIRST + 1: 100_000}
"""Petitions, by number, and how many observations of their counts there are."""

TODAY = date(2026, 11, 21)

CENTRAL_CASE = "/ru/petitions/1"

WEIGHED = {
    "home": "/",
    "list": "/petitions",
    "petition, central case": "/petitions/1",
    "petition, collecting": "/petitions/3",
    "how it works": "/how-it-works",
    "calculator": "/deadlines?stage=review_central&from=2024-06-10",
    "directory": "/directory",
}

PAGES = {
    "petition page, central case": ("/ru/petitions/1", 6.0),
    "petition page, collecting": ("/kk/petitions/3", 6.0),
    "list of 50 among 20,019": ("/kk/petitions", 10.0),
    "list by stage": ("/ru/petitions?stage=review", 10.0),
    "list, due in ten days": ("/ru/petitions?list=due", 10.0),
    "list, term over": ("/kk/petitions?list=ended", 10.0),
    "list by title": ("/en/petitions?q=вода", 10.0),
    "list, a later page": ("/ru/petitions?sort=number&after=9000~9000", 10.0),
    "home": ("/kk/", None),
    "how it works": ("/kk/how-it-works", None),
    "calculator": ("/en/deadlines?stage=review_central&from=2024-06-10", None),
    "body": ("/ru/bodies/mci", None),
    "norm 90-2": ("/ru/norms/90-2", None),
    "directory": ("/kk/directory", None),
    "letter, drafting": ("/kk/letters/complaint?petition=1", None),
    "letter, its days": ("/kk/letters/after", None),
    "API: petition": ("/api/v1/petitions/1", None),
    "API: list": ("/api/v1/petitions", None),
    "API: deadline": ("/api/v1/deadlines?stage=review_central&from=2024-06-10", None),
}


def measured(work: Callable[[], object], *, times: int) -> float:
    """Return the median processor time of one call, in milliseconds."""
    work()
    spent = []
    for _ in range(times):
        start = time.process_time_ns()
        work()
        spent.append(time.process_time_ns() - start)
    return median(spent) / 1_000_000


def fill(pattern: Petition) -> None:
    """Add petitions that resemble the shipped ones, by the thousand."""
    stages = ("collection", "review", "decided", "rejected", "pre_moderation")
    words = ("вода", "школа", "дорога", "парк", "воздух", "жол", "су", "мектеп")
    rows: list[dict[str, Any]] = []
    for number in range(FIRST, FIRST + PETITIONS):
        on = date(2024, 4, 4) + timedelta(number % 960)
        rows.append(
            {
                "id": number,
                "number": number,
                "register_id": f"bench-{number}",
                "jurisdiction": "statutory",
                "platform": "epetition.kz",
                "platform_confirmed": True,
                "level": "gov",
                "threshold": 50_000,
                "digest": "0" * 64,
                "recorded_at": pattern.recorded_at,
                "recorded_in": pattern.recorded_in,
                "changed_in": pattern.recorded_in,
                "stage": stages[number % 5],
                "stage_earliest": on,
                "stage_latest": on,
                "outcome": "refused" if number % 5 == 2 else None,
                "due_key": "collection",
                "due_earliest": on + timedelta(184),
                "due_latest": on + timedelta(184),
                "active_on": on,
                "year": on.year,
                "votes": number * 7 % 60_000,
                "votes_qualifier": "exact",
                "votes_on": on,
                "order_activity": on,
                "order_due": on + timedelta(184),
                "order_votes": number * 7 % 60_000,
                "search_text": lifecycle.searchable(f"{number} {words[number % 8]} {words[number % 7]}"),
            }
        )
    db.session.execute(insert(Petition), rows)
    shared = {
        "digest": "0" * 64,
        "origin": "register",
        "recorded_at": pattern.recorded_at,
        "recorded_in": pattern.recorded_in,
    }
    titles = [
        {**shared, "petition_id": row["id"], "key": "main:ru", "lang": "ru", "role": "press", "is_main": True}
        | {"text": f"Петиция {row['search_text']}"}
        for row in rows
    ]
    db.session.execute(insert(Title), titles)
    addressees = [
        {**shared, "petition_id": row["id"], "key": "a", "body_id": "mci", "role": "addressee"} for row in rows
    ]
    db.session.execute(insert(Addressee), addressees)
    terms = [
        {
            "petition_id": row["id"],
            "key": "review_central",
            "kind": "duty",
            "actor": "reviewing_body",
            "start_earliest": row["active_on"],
            "start_latest": row["active_on"],
            "due_earliest": row["due_earliest"],
            "due_latest": row["due_latest"],
            "is_met": row["stage"] == "decided",
            "met_earliest": row["active_on"] + timedelta(40) if row["stage"] == "decided" else None,
            "met_latest": row["active_on"] + timedelta(40) if row["stage"] == "decided" else None,
        }
        for row in rows
        if row["stage"] in ("review", "decided")
    ]
    db.session.execute(insert(PetitionTerm), terms)
    db.session.commit()


def time_pages(app: Flask) -> list[str]:
    """Print how long each page takes to make, and return what failed."""
    client = app.test_client()
    failed = []
    for name, (path, aim) in PAGES.items():
        answer = client.get(path)
        if answer.status_code != 200:
            failed.append(f"{path} answered {answer.status_code}")
            continue
        spent = measured(partial(client.get, path), times=40)
        print(f"{name:34} {spent:8.2f} {aim or '':>6} {len(answer.data):9,}")
    return failed


def give_series() -> None:
    """Give two petitions a series each over half a year: of a thousand observations and of a hundred thousand."""
    begins = given_series.instant("2026-05-01 00:00")
    for number, observations in OBSERVED.items():
        looks = max(observations, 180 * DAY // HOUR)  # Somebody looks each hour at least: there is no gap.
        step = 180 * DAY // looks
        seen = [(begins + place * step, place * observations // looks) for place in range(looks)]
        given_series.watch(number, seen)
        series.sum_up(db.session.scalars(select(Petition).where(Petition.number == number)).one(), clock.now())


def time_series(app: Flask) -> None:
    """Print how long pages of a short and of a long series take; the long one may take a fifth more."""
    client = app.test_client()
    for name, path in {"page": "/kk/petitions/{}", "votes": "/kk/petitions/{}/votes"}.items():
        spent = [measured(partial(client.get, path.format(number)), times=60) for number in OBSERVED]
        for took, observations in zip(spent, OBSERVED.values(), strict=True):
            print(f"{f'{name}, {observations:,} observations':34} {took:8.2f}")
        print(f"{f'{name}, the long one takes':34} {spent[1] / spent[0]:8.2f}   1.20 times the short one")
    with app.app_context():
        found = db.session.scalars(select(Petition).where(Petition.number == FIRST + 1)).one()
        summing = measured(partial(series.sum_up, found, clock.now()), times=5)
        print(f"{'summing up 100,000 observations':34} {summing:8.2f}")


def time_the_cache(app: Flask) -> None:
    """Print how long the central case takes as Chromium asks for it: made, kept, and unchanged."""
    client, pages = app.test_client(), app.extensions["pages"]
    headers = {"Accept-Encoding": CHROMIUM}

    def miss() -> None:
        pages.store.clear()
        client.get(CENTRAL_CASE, headers=headers)

    etag = client.get(CENTRAL_CASE, headers=headers).headers["ETag"]
    unchanged = partial(client.get, CENTRAL_CASE, headers={**headers, "If-None-Match": etag})
    for name, work in (
        ("made, compressed and kept", miss),
        ("kept", partial(client.get, CENTRAL_CASE, headers=headers)),
        ("unchanged (304)", unchanged),
    ):
        print(f"{'central case, ' + name:34} {measured(work, times=40):8.2f}")


def weigh_pages(app: Flask) -> None:
    """Print what the first view of a visit and a later one weigh, in each language and encoding."""
    client = app.test_client()
    print(f"\n{'bytes over the wire, first / later':34} " + " ".join(f"{lang:>17}" for lang in LANGUAGES))
    for accepted in (CHROMIUM, "gzip"):
        for name, path in WEIGHED.items():
            seen = []
            for lang in LANGUAGES:
                found = view(client, f"/{lang}{path}", accepted)
                seen.append(f"{found.first:8,} /{found.later:7,}")
            print(f"{name + (', gzip' if accepted == 'gzip' else ', br'):34} " + " ".join(seen))


def time_letters() -> None:
    """Print how long the server takes to compose the longest letter there is, and to make it a DOCX."""
    stock = letters.stock()
    kind = stock.kinds["message"]
    sheet = Sheets(stock, kind, None).of("kk")
    choice = Choice(day=TODAY, items=tuple(item.id for item in sheet.items), who=dict.fromkeys(BLANKS, ""), dated=False)
    lines = compose(sheet, choice)
    for name, work in (
        (f"a letter of {len(plain(lines)):,} characters", lambda: compose(sheet, choice)),
        ("the same as a DOCX", lambda: docx_of(compose(sheet, choice))),
    ):
        print(f"{name:34} {measured(work, times=200):8.3f} {5:6}")


def main() -> None:
    """Print the tables: what, how long, what was aimed at; and what goes over the wire."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        app = create_app({"database_url": database, "cache_url": "none:"})
        with app.app_context():
            db.create_all()
            register.load(REGISTER)
            fill(db.session.scalars(select(Petition).where(Petition.number == 1)).one())
            record = tracking.record_of(db.session.scalars(select(Petition).where(Petition.number == 1)).one())
            events = [lifecycle.domain_event(event) for event in record.events]
            held = catalogue()
            case = lifecycle.case_of(record.petition)
            print(f"{'what':34} {'ms':>8} {'aim':>6} {'bytes':>9}")
            replayed = partial(replay, events, held.statute, held.calendar, TODAY, case=case)
            print(f"{'replay, central case':34} {measured(replayed, times=500):8.3f} {0.5:6}")
            time_letters()
            give_series()
            db.session.remove()
        failed = time_pages(app)
        time_series(app)
        keeping = create_app({"database_url": database})
        keeping.instance_path = folder
        static.prepare(keeping)
        weigh_pages(keeping)
        time_the_cache(keeping)
        for each in (app, keeping):
            with each.app_context():
                db.engine.dispose()
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()

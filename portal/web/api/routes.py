"""The questions that the API answers: the list of petitions, one petition's record, its series, and a last day."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from flask import Response, abort, current_app, g, jsonify, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.questions import GROUND, Question
from portal.domain.refusals import Refusal
from portal.domain.stages import Level, Outcome, Stage
from portal.domain.timeline import Obligation
from portal.domain.working_days import CalendarStatus
from portal.i18n.locale import gettext
from portal.models import Petition
from portal.services import deadlines, facets, library, official_record, past, petition_lists, tracking
from portal.services.deadlines import Deadline
from portal.services.petition_lists import UNKNOWN, Filters
from portal.services.questions import ENDED_NOT_SEEN
from portal.web import query
from portal.web.api import bp, official, records, shapes, standings
from portal.web.api import series as series_data
from portal.web.api.answers import Unclear, day, read
from portal.web.asked_days import NAMES, asked_days
from portal.web.cache import freshness

FILTERS = ("list", *petition_lists.FILTERS, "sort", "after")

LONGEST_SEARCH = 200
"""Characters. Each word is looked for by itself, and a database takes only so many conditions."""

GREATEST_NUMBER = 2**31 - 1


@bp.get("/petitions")
def petitions() -> ResponseReturnValue:
    """Return one page of the petitions that the filters leave."""
    asked = read(FILTERS)
    today = clock.today()
    filters = _filters(asked)
    page = petition_lists.list_petitions(filters, today, size=petition_lists.PAGE_SIZE)
    following = None
    if page.next is not None:
        place = {**asked, "after": page.next, "lang": request.args.get("lang") or None}
        following = _site() + url_for("api.petitions", **place)  # type: ignore[arg-type]
    items = [shapes.item(each, today, _addresses(each.petition)) for each in page.items]
    return jsonify(items=items, next=following, total=facets.total(filters, today))


@bp.get("/petitions/<key>")
def petition(key: str) -> ResponseReturnValue:
    """Return everything about a petition, and where it stands on a day."""
    days = asked_days(read(NAMES), day)
    found = _petition(key) or abort(404)
    at = past.last_entry_by(days.as_of) if days.as_of else None
    if at is not None and at < found.recorded_in:
        return jsonify(records.not_recorded(found, _addresses(found), past.first_day_of(found)))
    record = tracking.record_of(found, at=at)
    related = {each.number: _addresses(each) for each in record.related.values()}
    shown = official_record.official_record_of(found, at=at, size=official.MOST)
    return jsonify(
        **records.record(record, _addresses(found), related, shown),
        recorded_as_of=shapes.iso(days.as_of),
        standing=standings.standing(record, tracking.standing_of(record, days.on), g.lang, _derived),
    )


@bp.get("/petitions/<key>/series")
def series(key: str) -> ResponseReturnValue:
    """Return everything that is known of a petition's count through time."""
    read(())
    found = _petition(key) or abort(404)
    return _in_pieces(series_data.whole_json(found, _addresses(found)), "application/json")


@bp.get("/petitions/<key>/series.csv")
def series_as_csv(key: str) -> ResponseReturnValue:
    """Return the same as a table."""
    read(())
    found = _petition(key) or abort(404)
    table = _in_pieces(series_data.whole_csv(found), "text/csv")
    table.headers["Content-Disposition"] = f'attachment; filename="qadam-petition-{found.number}-signatures.csv"'
    return table


def _in_pieces(pieces: Iterator[str], media_type: str) -> Response:
    """Return an answer that is made while it is sent: a series may be long."""
    response = Response(stream_with_context(pieces), mimetype=media_type)
    response.headers["Cache-Control"] = freshness()
    return response


@bp.get("/deadlines")
def deadline() -> ResponseReturnValue:
    """Return the last day of a step that begins on a day, with everything that it follows from."""
    asked = read(("stage", "from"))
    if "stage" not in asked:
        raise Unclear(
            lambda: gettext(
                "The step is missing. Name it in the address like this: %(example)s.", example="stage=review_central"
            )
        )
    if "from" not in asked:
        raise query.BadInput("date_missing")
    found = deadlines.compute(asked["stage"], day(asked["from"]))
    return jsonify(shapes.deadline(found, _provisional(found)))


def _provisional(found: Deadline) -> str | None:
    """Return what a reader should know of a last day that rests on a calendar by rule."""
    if found.calendar_status is CalendarStatus.PUBLISHED:
        return None
    year = max(found.starts_on, found.due_on).year
    return gettext("Provisional: the calendar for %(year)s is not officially published.", year=str(year))


def _derived(obligation: Obligation, starts_on: Any) -> Deadline | None:
    try:
        return deadlines.compute(obligation.key, starts_on)
    except Refusal:
        return None  # There is nothing to derive; the obligation itself says why.


def _petition(key: str) -> Petition | None:
    if not (key.isascii() and key.isdigit()):
        return tracking.by_register_id(key)
    return tracking.by_number(int(key)) if len(key) <= 10 and int(key) <= GREATEST_NUMBER else None


def _site() -> str:
    settings = current_app.extensions["settings"]
    return str(settings.base_url) if settings.production else request.host_url.rstrip("/")


def _addresses(found: Petition) -> shapes.Addresses:
    """Return where a petition's record and its page are."""
    site = _site()
    return shapes.Addresses(
        record=site + url_for("api.petition", key=str(found.number)),
        page=f"{site}/{g.lang}/petitions/{found.number}",
    )


def _filters(asked: Mapping[str, str]) -> Filters:
    """Read the filters of a list; whatever is none of their values is refused and not passed over."""
    if len(asked.get("q", "")) > LONGEST_SEARCH:
        raise query.BadInput("query_too_long", longest=LONGEST_SEARCH)
    known: Mapping[str, Callable[[], Collection[str]]] = {
        "list": lambda: [*Question],
        "stage": lambda: [*Stage, ENDED_NOT_SEEN],
        "outcome": lambda: [*Outcome],
        "body": lambda: [] if library.body(asked["body"]) is None else [asked["body"]],
        "level": lambda: [*Level, UNKNOWN],
        "region": lambda: [*(region.code for region in library.regions()), UNKNOWN],
        "platform": lambda: [*facets.choices().platforms, UNKNOWN],
        "sort": lambda: petition_lists.SORTS,
    }
    chosen: dict[str, Any] = {name: value for name, value in asked.items() if name != "list"}
    for name, values in known.items():
        if name in asked:
            query.one_of(name, asked[name], values())
    if "ground" in asked and asked["ground"] != UNKNOWN and not re.fullmatch(GROUND, asked["ground"]):
        raise query.BadInput("unknown_value", name="ground", value=asked["ground"][:60])
    if "year" in asked:
        chosen["year"] = query.number("year", asked["year"], least=query.FIRST_YEAR, most=query.LAST_YEAR)
    return Filters(question=Question(asked.get("list", Question.ALL)), **chosen)

"""What a share picture says of a petition, in words; ``share_picture`` draws it. The author is not among them."""

from collections.abc import Sequence

from flask import Response, abort, g, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.stages import Stage
from portal.domain.terms import Unit, derivation
from portal.domain.timeline import STAGE_STEPS, Obligation, Standing
from portal.domain.working_days import CalendarStatus
from portal.i18n.formats import count as count_words
from portal.i18n.formats import long_date, quoted
from portal.i18n.labels import step_name, term_words
from portal.i18n.locale import gettext
from portal.i18n.sentences import known_through_sentence, status_sentence
from portal.models import Petition
from portal.services import tracking
from portal.services.catalogue import catalogue
from portal.services.lifecycle import latest_count
from portal.services.tracking import Record
from portal.web import query
from portal.web.public import bp
from portal.web.public.share_picture import Card, Ruler, draw

GREATEST_NUMBER = 2**31 - 1
AN_HOUR = 3600

DECIDING = ("review_central", "review_local")
"""The steps whose term stays the one to show when a petition is decided."""


@bp.get("/petitions/<int:number>/share.png")
def share_picture(number: int) -> ResponseReturnValue:
    """Draw the picture that messengers show with a link to a petition. ``v`` only makes a new address of it."""
    query.read({"v"})
    found = tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None
    if found is None:
        abort(404)
    answer = Response(draw(card_of(found, g.lang)), mimetype="image/png")
    answer.cache_control.public = True
    answer.cache_control.max_age = AN_HOUR
    answer.add_etag()
    return answer.make_conditional(request)


def card_of(petition: Petition, lang: str) -> Card:
    """Return what the picture of a petition says in a language, as of today."""
    record = tracking.record_of(petition)
    standing = tracking.standing_of(record, clock.today())
    title, marks = title_words(record, lang)
    return Card(
        number=gettext("Petition No. %(number)s", number=petition.number),
        title=title,
        marks=marks,
        status=tuple(status_words(record, standing)),
        checked=known_through_sentence(standing.known_through),
        note=gettext("An independent project. This is not the official portal."),
        ruler=_ruler(standing),
    )


def title_words(record: Record, lang: str) -> tuple[str, tuple[str, str]]:
    """Return a petition's title and the marks of its language, or our description without any."""
    found, is_title = tracking.title_for(record.petition, record.titles, lang)
    if found is None:
        return gettext("Petition No. %(number)s", number=record.petition.number), ("", "")
    if not is_title:
        return found.text, ("", "")
    title = quoted(found.text, found.lang)
    return title[1:-1], (title[0], title[-1])


def status_words(record: Record, standing: Standing) -> Sequence[str]:
    """Return where a petition stands, sentence by sentence."""
    last = latest_count(record.counts, standing.as_of)
    return status_sentence(
        standing,
        count=count_words(last.votes, last.qualifier) if last else None,
        threshold=record.petition.threshold,
    )


# The ruler
# ------------------------------------------------------------------------------------------------------------------


def _ruler(standing: Standing) -> Ruler | None:
    """Return the term of the stage, or of the decision, where its days are known."""
    keys = DECIDING if standing.stage is Stage.DECIDED else STAGE_STEPS.get(standing.stage, ())
    found = (each for key in keys if (each := standing.obligation(key)) is not None)
    shown = next((each for each in found if _is_exact(each)), None)
    if shown is None or shown.term is None or shown.due is None or shown.due.latest is None:
        return None
    facts = {"step": step_name(shown.key), "term": term_words(shown.term), "date": long_date(shown.due.latest)}
    if shown.calendar_status is CalendarStatus.BY_RULE:
        caption = gettext("%(step)s: %(term)s. Last day, provisionally: %(date)s", **facts)
    else:
        caption = gettext("%(step)s: %(term)s. Last day: %(date)s", **facts)
    return Ruler(caption, _cells(shown))


def _is_exact(obligation: Obligation) -> bool:
    term, start, due = obligation.term, obligation.start, obligation.due
    known = start is not None and start.is_exact and due is not None and due.is_exact
    agreed = all(reading.due == due for reading in obligation.readings)
    return known and agreed and term is not None and term.length > 0 and not term.before


def _cells(obligation: Obligation) -> tuple[str, ...]:
    """Return the days of a term as cells, those of one weekend as one; months as months."""
    term, start = obligation.term, obligation.start
    assert term is not None
    assert start is not None
    assert start.latest is not None
    if term.unit is Unit.MONTHS:
        return (*["month"] * term.length, "last")
    counted = "provisional" if obligation.calendar_status is CalendarStatus.BY_RULE else "counted"
    cells: list[str] = []
    for day in derivation(term, start.latest, catalogue().calendar):
        cell = counted if day.counted else "weekend" if day.day.weekday() >= 5 else "off"  # noqa: PLR2004
        if day.why != "day_of_event" and not (cell == "weekend" and cells[-1:] == ["weekend"]):
            cells.append(cell)
    return (*cells[:-1], "last")

"""What a share picture says of a petition, in words; ``share_picture`` draws it. The author is not among them."""

from collections.abc import Sequence

from flask import Response, abort, g, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.stages import Stage
from portal.domain.timeline import STAGE_STEPS, Obligation, Standing
from portal.domain.working_days import CalendarStatus
from portal.i18n.formats import count as count_words
from portal.i18n.formats import long_date, quoted
from portal.i18n.labels import step_name, term_words, within
from portal.i18n.locale import gettext
from portal.i18n.sentences import known_through_sentence, status_sentence
from portal.models import Petition
from portal.services import tracking
from portal.services.catalogue import catalogue
from portal.services.tracking import Record
from portal.web import query
from portal.web.public import bp
from portal.web.public.ruler import ruler_of
from portal.web.public.share_picture import Card, Strip, draw

GREATEST_NUMBER = 2**31 - 1
AN_HOUR = 3600

DECIDING = ("review_central", "review_local")
"""The steps whose term stays the one to show when a petition is decided."""


@bp.get("/share.png")
def site_picture() -> ResponseReturnValue:
    """Draw the picture that messengers show with a link to any other page."""
    query.read(())
    return _answer(
        Card(
            number="",
            title=gettext("Petitions of Kazakhstan, step by step"),
            marks=("", ""),
            status=(gettext("Every fact has its source, and what nobody has seen is shown as not seen."),),
            checked="",
            note=gettext("An independent project. This is not the official portal."),
            strip=None,
        )
    )


@bp.get("/petitions/<int:number>/share.png")
def share_picture(number: int) -> ResponseReturnValue:
    """Draw the picture that messengers show with a link to a petition. ``v`` only makes a new address of it."""
    query.read({"v"})
    found = tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None
    if found is None:
        abort(404)
    return _answer(card_of(found, g.lang))


def _answer(card: Card) -> Response:
    answer = Response(draw(card), mimetype="image/png")
    answer.cache_control.public = True
    answer.cache_control.max_age = AN_HOUR
    answer.add_etag()
    answer.make_conditional(request)
    return answer


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
        strip=_strip(standing),
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
    last = record.latest_count(standing.as_of)
    return status_sentence(
        standing,
        count=count_words(last.votes, last.qualifier) if last else None,
        threshold=record.petition.threshold,
    )


# The term
# ------------------------------------------------------------------------------------------------------------------


def _strip(standing: Standing) -> Strip | None:
    """Return the term of the stage, or of the decision, drawn as its days; nothing where its last day is not known."""
    keys = DECIDING if standing.stage is Stage.DECIDED else STAGE_STEPS.get(standing.stage, ())
    shown = next((each for key in keys if (each := standing.obligation(key)) is not None and _is_exact(each)), None)
    if shown is None or shown.term is None or shown.due is None or shown.due.latest is None:
        return None
    ruler = ruler_of(shown.term, shown.start, catalogue().calendar)
    if ruler is None:
        return None
    facts = {"term": term_words(shown.term), "date": long_date(shown.due.latest)}
    if shown.calendar_status is CalendarStatus.BY_RULE:
        said = gettext("%(term)s. Last day, provisionally: %(date)s", **facts)
    else:
        said = gettext("%(term)s. Last day: %(date)s", **facts)
    named = gettext("%(step)s: %(sentence)s", step=step_name(shown.key), sentence=within(said))
    return Strip((named, said), ruler.length, tuple((cell.start, cell.length, cell.kind) for cell in ruler.cells))


def _is_exact(obligation: Obligation) -> bool:
    start, due = obligation.start, obligation.due
    known = start is not None and start.is_exact and due is not None and due.is_exact
    return known and all(reading.due == due for reading in obligation.readings)

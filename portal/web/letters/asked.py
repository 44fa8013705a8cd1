"""What an address of a letters page may hold: a kind and the number of a petition. Nothing else is read or repeated."""

from flask import abort, current_app, request

from portal import clock
from portal.services import campaigns, letters, tracking
from portal.services.letter_facts import LetterFacts, facts_of
from portal.services.letter_format import Kind
from portal.services.letter_sheets import Sheets
from portal.web import query
from portal.web.public.campaigns import withheld_of
from portal.web.query import BadInput

GREATEST_NUMBER = 2**31 - 1


def kind_asked(code: str) -> Kind:
    """Return the kind of letter under a code; there is no page for a code that is none of ours."""
    kind = letters.stock().kinds.get(code)
    if kind is None:
        abort(404)
    return kind


def petition_asked() -> int | None:
    """Return the number of the petition that the address names.

    Raises ``BadInput`` for anything else in the address.
    """
    unknown = [name for name in request.args if name != "petition" and not query.TRACKING.fullmatch(name)]
    if unknown:
        raise BadInput("codes_only")
    return number_in(request.args.get("petition", ""))


def number_in(text: str) -> int | None:
    """Return the number of a petition, nothing where none is given. Raises ``BadInput`` for what is no number."""
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:11]) <= GREATEST_NUMBER:
        raise BadInput("codes_only")
    return int(text)


def facts_asked(kind: Kind, number: int | None) -> LetterFacts | None:
    """Return what the record holds for a letter of a kind about a petition. A petition that there is not is a 404."""
    if number is None:
        return None
    found = tracking.by_number(number)
    if found is None:
        abort(404)
    today = clock.today()
    record = tracking.record_of(found)
    return facts_of(record, tracking.standing_of(record, today), kind, today)


def sheets_asked(kind: Kind, number: int | None) -> Sheets:
    """Return what a letter of a kind about a petition can be made of."""
    facts = facts_asked(kind, number)
    withheld = withheld_of(current_app)
    about = facts.register_id if facts else None
    return Sheets(letters.stock(), kind, facts, campaigns.preselected(about, kind.code, clock.today(), withheld))

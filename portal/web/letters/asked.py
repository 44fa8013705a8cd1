"""What an address of a letters page may hold: a kind and the number of a petition. Nothing else is read or repeated."""

from collections.abc import Collection, Sequence

from flask import abort, current_app, request

from portal import clock
from portal.services import campaigns, letters, tracking
from portal.services.letter_facts import LetterFacts, facts_of
from portal.services.letter_format import Kind
from portal.services.letter_sheets import Sheets
from portal.services.tracking import Record
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


def require_only(known: Collection[str] = ()) -> None:
    """Refuse an address that holds anything but these names. What it held is not repeated."""
    if any(name not in known and not query.TRACKING.fullmatch(name) for name in request.args):
        raise BadInput("codes_only")


def petition_asked() -> int | None:
    """Return the number of the petition that the address names.

    Raises ``BadInput`` for anything else in the address.
    """
    require_only({"petition"})
    return number_in(request.args.get("petition", ""))


def number_in(text: str) -> int | None:
    """Return the number of a petition, nothing where none is given. Raises ``BadInput`` for what is no number."""
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:11]) <= GREATEST_NUMBER:
        raise BadInput("codes_only")
    return int(text)


def record_asked(number: int | None) -> Record | None:
    """Return the record of a petition by its number. A petition that there is not is a 404."""
    if number is None:
        return None
    found = tracking.by_number(number)
    if found is None:
        abort(404)
    return tracking.record_of(found)


def facts_about(record: Record | None, *kinds: Kind) -> Sequence[LetterFacts | None]:
    """Return what a record holds for letters of some kinds, one after the other; nothing where there is no record."""
    if record is None:
        return [None] * len(kinds)
    today = clock.today()
    standing = tracking.standing_of(record, today)
    return [facts_of(record, standing, kind, today) for kind in kinds]


def sheets_asked(kind: Kind, number: int | None) -> Sheets:
    """Return what a letter of a kind about a petition can be made of."""
    (facts,) = facts_about(record_asked(number), kind)
    withheld = withheld_of(current_app)
    about = {facts.register_id or "", str(facts.number)} if facts else set()
    return Sheets(letters.stock(), kind, facts, campaigns.preselected(about, kind.code, clock.today(), withheld))

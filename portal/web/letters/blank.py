"""Blanks to complete by hand: made ahead by ``python -m deploy.build_letters``, the same for everybody."""

from flask import abort, g
from flask.typing import ResponseReturnValue

from portal import clock
from portal.settings import ROOT
from portal.web.letters import ANSWERED, bp
from portal.web.letters.asked import kind_asked
from portal.web.letters.files import TYPES, download
from portal.web.letters.kind_view import view_of

FOLDER = ROOT / "static" / "letters"


@bp.route("/<string:code>/blank.<string:ending>", methods=ANSWERED)
def blank(code: str, ending: str) -> ResponseReturnValue:
    """Give the blank of a kind of letter, in the language of the address."""
    kind = kind_asked(code)
    path = FOLDER / f"{kind.code}-{g.lang}.{ending}"
    if ending not in TYPES or view_of(kind, clock.today()).is_closed or not path.is_file():
        abort(404)
    return download(path.read_bytes(), g.lang, ending)

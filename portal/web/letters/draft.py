"""The page on which a letter is drafted: all of it in the reader's browser."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.web.letters import ANSWERED, bp
from portal.web.letters.about_letter import about_letter
from portal.web.letters.asked import kind_asked, petition_asked, sheets_asked
from portal.web.letters.kind_view import view_of
from portal.web.letters.modules import modules_of
from portal.web.letters.tool_data import tool_data


@bp.route("/<string:code>", methods=ANSWERED)
def draft(code: str) -> ResponseReturnValue:
    """Show what a letter of this kind is; the script of the page makes the rest."""
    kind = kind_asked(code)
    number = petition_asked()
    on = clock.today()
    view = view_of(kind, on)
    sheets = sheets_asked(kind, number)
    data = None if view.is_closed else tool_data(sheets, on)
    about = about_letter(kind, number, on)
    return render_template("letters/draft.html", about=about, data=data, modules=modules_of("tool.js"))

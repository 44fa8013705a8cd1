"""A letter without scripts: codes go in, a letter with blanks comes out. No word of the writer's passes here."""

import secrets
from collections.abc import Sequence
from datetime import date

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.domain.docx import docx_of
from portal.domain.letters import Choice, Item, ItemKind, plain, short
from portal.domain.letters import compose as composed
from portal.services.letter_sheets import Sheets
from portal.web.letters import ANSWERED, bp
from portal.web.letters.asked import kind_asked, number_in, petition_asked, sheets_asked
from portal.web.letters.files import download, text_file
from portal.web.letters.forms import ComposeForm
from portal.web.letters.kind_view import view_of
from portal.web.query import BadInput

BLANKS = ("name", "iin", "address", "actual_address", "phone", "email")
"""What the letter leaves to complete by hand."""

GROUPS = ((ItemKind.FACT,), (ItemKind.GROUND,), (ItemKind.ALLEGATION, ItemKind.FORECAST), (ItemKind.DEMAND,))
"""Facts, grounds, what others state, and demands are kept apart, on the page as in the letter."""


@bp.route("/<string:code>/compose", methods=ANSWERED)
def compose(code: str) -> ResponseReturnValue:
    """Show the form of codes, or give the letter that it makes."""
    kind = kind_asked(code)
    sent = request.method == "POST"
    number = number_in(request.form.get("petition", "")) if sent else petition_asked()
    sheets = sheets_asked(kind, number)
    on = clock.today()
    offered = sheets.of(g.lang)
    valid = [item for item in offered.items if item.holds_on(on)]
    form = ComposeForm.of(sheets.chosen, offered, valid, request.form if sent else None)
    view = view_of(kind, on)
    if not sent or view.is_closed:
        ended = [item for item in offered.items if item not in valid]
        against = sheets.against(g.lang)
        return render_template(
            "letters/compose.html",
            view=view,
            form=form,
            number=number,
            groups=_groups(valid),
            ended=ended,
            against=against,
        )
    if not form.validate():
        raise BadInput("codes_only")
    return _answer(form, sheets, on)


def _groups(items: Sequence[Item]) -> Sequence[Sequence[Item]]:
    found = [[item for item in items if item.kind in kinds] for kinds in GROUPS]
    return [group for group in found if group]


def _answer(form: ComposeForm, sheets: Sheets, on: date) -> ResponseReturnValue:
    lang = form.letter.data
    sheet = sheets.of(lang)
    choice = Choice(
        day=on,
        items=in_another_order(form.item.data or []),
        topic=form.topic.data if "topic" in form else None,
        who=dict.fromkeys(BLANKS, ""),
        dated=False,
    )
    lines = composed(sheet, choice)
    if form.form.data == "docx":
        return download(docx_of(lines), lang, "docx")
    if form.form.data == "txt":
        return download(text_file(plain(lines)), lang, "txt")
    return render_template("letters/letter.html", lines=lines, short=short(sheet, choice), lang=lang, kind=sheets.kind)


def in_another_order(items: Sequence[str]) -> tuple[str, ...]:
    """Return codes in an order of their own: letters of many people should not be copies of one another."""
    shuffled = list(items)
    secrets.SystemRandom().shuffle(shuffled)
    return tuple(shuffled)

"""The directory: institutions, channels, registers and remedies, by what a person needs."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services.needs import needs
from portal.web import query
from portal.web.public import bp, directory_view


@bp.get("/directory")
def directory() -> ResponseReturnValue:
    """Show the needs and the whole directory, or what answers one need."""
    asked = query.read({"need", "q"})
    text = asked.get("q", "")
    if "need" in asked:
        query.one_of("need", asked["need"], {need.key for need in needs()})
        page = directory_view.need_page(asked["need"], text, clock.today())
        return render_template("public/need.html", page=page)
    found = directory_view.directory(text, clock.today())
    return render_template("public/directory.html", directory=found, needs=needs())

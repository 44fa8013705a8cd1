"""The log: everything that was done to the record, one petition's part of it, one entry, and the corrections."""

from pathlib import Path

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.i18n.library import SUBJECTS
from portal.models import Petition
from portal.services import changes as log
from portal.services import tracking
from portal.settings import ROOT
from portal.web import query
from portal.web.public import bp, changes_view, difference_view

GREATEST_NUMBER = 2**31 - 1

HOW_TO_CHECK: Path = ROOT / "docs" / "audit.md"
"""How strangers check the audit chain; written in English."""


@bp.get("/changes")
def changes() -> ResponseReturnValue:
    """Show what was done to the record, newest first."""
    page = changes_view.changes_page(query.read({"before", "about", "runs"}))
    return render_template("public/changes.html", page=page, subjects=SUBJECTS)


@bp.get("/changes/<int:sequence>")
def change(sequence: int) -> ResponseReturnValue:
    """Show one entry whole: what it did, and how it is sealed."""
    query.read(())
    entry = log.entry(sequence) if 0 < sequence <= GREATEST_NUMBER else None
    if entry is None:
        abort(404)
    return render_template("public/change.html", change=changes_view.detailed([entry])[0], entry=entry)


@bp.get("/petitions/<int:number>/changes")
def petition_changes(number: int) -> ResponseReturnValue:
    """Show what was recorded or corrected in one petition's record, newest first."""
    asked = query.read({"before"})
    found = _petition(number)
    page = changes_view.changes_of_petition(found, asked)
    forms = None if asked else difference_view.forms_of(found, clock.today())
    return render_template("public/petition_changes.html", page=page, petition=found, forms=forms)


@bp.get("/petitions/<int:number>/difference")
def petition_difference(number: int) -> ResponseReturnValue:
    """Compare what we had recorded of a petition by two days."""
    asked = query.read(difference_view.NAMES)
    page = difference_view.differences_of(_petition(number), asked)
    return render_template("public/difference.html", page=page), page.status


def _petition(number: int) -> Petition:
    return (tracking.by_number(number) if 0 < number <= GREATEST_NUMBER else None) or abort(404)


@bp.get("/corrections")
def corrections() -> ResponseReturnValue:
    """Say how to ask for a correction or a removal, and list the corrections made."""
    page = changes_view.corrections_made(query.read({"before"}))
    settings = current_app.extensions["settings"]
    return render_template(
        "public/corrections.html", page=page, contact=settings.contact, days=settings.corrections_days
    )


@bp.get("/changes/how-to-check")
def how_to_check() -> ResponseReturnValue:
    """Show how anybody can check the audit chain, with a script for it."""
    query.read(())
    return render_template("public/how_to_check.html", text=HOW_TO_CHECK.read_text(encoding="utf-8"))

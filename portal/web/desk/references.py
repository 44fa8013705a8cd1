"""Sources, bodies and organisations at the desk: finding one, recording a new one, correcting it; and kept copies."""

from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from portal.domain.refusals import ChangedMeanwhile, NothingChanged, Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext
from portal.i18n.refusals import refusal
from portal.services import kept_files, library, register
from portal.services.kept_files import Copy, Folder
from portal.web import query
from portal.web.desk import access, bp, saving
from portal.web.desk.access import requires
from portal.web.desk.forms.base import LineField
from portal.web.desk.forms.reference import BodyForm, OrganisationForm, ReferenceForm, SourceForm
from portal.web.desk.records import BOTH

ON_A_PAGE = 50


@bp.get("/sources")
@requires(Right.SEE)
def sources() -> ResponseReturnValue:
    """Find a source by its publisher, its title or its address."""
    q = query.read({"q"}).get("q", "")[:200]
    found = library.find_sources(q, limit=ON_A_PAGE + 1)
    return render_template("desk/sources.html", q=q, found=found[:ON_A_PAGE], has_more=len(found) > ON_A_PAGE)


@bp.get("/bodies")
@requires(Right.SEE)
def bodies() -> ResponseReturnValue:
    """List every body."""
    return render_template("desk/named.html", section="bodies", found=library.bodies())


@bp.get("/organisations")
@requires(Right.SEE)
def organisations() -> ResponseReturnValue:
    """List every organisation."""
    return render_template("desk/named.html", section="organisations", found=library.organisations())


@bp.route("/sources/new", methods=BOTH)
@requires(Right.RECORD)
def new_source() -> ResponseReturnValue:
    """Record a source; its address may stand in ours already, where a form named it."""
    url = query.read({"url"}).get("url", "")
    return answer(SourceForm.of(first={"url": url[: LineField.longest], "kind": "unknown"}))


@bp.route("/bodies/new", methods=BOTH)
@requires(Right.RECORD)
def new_body() -> ResponseReturnValue:
    """Record a body."""
    return answer(BodyForm.of(first={"level": "other"}))


@bp.route("/organisations/new", methods=BOTH)
@requires(Right.RECORD)
def new_organisation() -> ResponseReturnValue:
    """Record an organisation."""
    return answer(OrganisationForm.of(first={"kind": "other"}))


@bp.route("/sources/<int:source_id>/correct", methods=BOTH)
@requires(Right.CORRECT)
def correct_source(source_id: int) -> ResponseReturnValue:
    """Correct a source, with a reason."""
    found = library.source(source_id) if source_id < 2**31 else None
    return answer(SourceForm.of(found or abort(404)))


@bp.route("/bodies/<key>/correct", methods=BOTH)
@requires(Right.CORRECT)
def correct_body(key: str) -> ResponseReturnValue:
    """Correct a body, with a reason."""
    return answer(BodyForm.of(library.body(key) or abort(404)))


@bp.route("/organisations/<key>/correct", methods=BOTH)
@requires(Right.CORRECT)
def correct_organisation(key: str) -> ResponseReturnValue:
    """Correct an organisation, with a reason."""
    return answer(OrganisationForm.of(library.organisations_by_id([key]).get(key) or abort(404)))


@bp.get("/files/<digest>")
@requires(Right.SEE)
def file(digest: str) -> Response:
    """Hand out a kept copy, to be saved and never shown: it is somebody else's page."""
    kept = kept_files.find(digest) or abort(404)
    path = folder().path_of(digest)
    if not path.is_file():
        abort(404)
    answered = send_file(path, mimetype=kept.media_type, as_attachment=True, download_name=kept_files.name_of(kept))
    answered.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answered


def folder() -> Folder:
    """Return where copies are kept."""
    return Folder(Path(current_app.extensions["settings"].files))


def answer(form: ReferenceForm) -> ResponseReturnValue:
    """Answer a form: shown, refused beside its fields, or saved."""
    if not form.is_valid():
        return _page(form, saving.status_of(form))
    reason = form.reason.data if form.kept else None
    copy = Copy(form.content, folder()) if form.content is not None else None
    by, seen = access.account().code, form.seen_entry
    try:
        change = register.put(form.section, form.record(), by=by, reason=reason, seen=seen, copy=copy)
    except Refusal as error:
        return _refused(form, error)
    if change is register.Change.LEAVE:
        return _refused(form, NothingChanged())
    flash(gettext("Recorded. It can be cited now."))
    return redirect(url_for(f"desk.{form.section}"), 303)


def _refused(form: ReferenceForm, error: Refusal) -> ResponseReturnValue:
    """Show what was refused. Where somebody else was faster, the form now knows and can be sent again."""
    if not isinstance(error, ChangedMeanwhile):
        return _page(form, saving.UNPROCESSABLE, refusal(error))
    form.seen.data = str(max(error.sequences))
    return _page(form, saving.CONFLICT, refusal(error), error.sequences)


def _page(form: ReferenceForm, status: int, problem: str | None = None, meanwhile: Any = ()) -> ResponseReturnValue:
    kept = kept_files.find(getattr(form.kept, "sha256", None))
    facts = {"meanwhile": meanwhile, "copy": kept, "cited": library.latest_keys()}
    body = render_template("desk/reference.html", form=form, problem=problem, **facts)
    return body, status

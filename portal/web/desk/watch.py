"""The reading of the official portal at the desk: whether it goes on, what its words mean, and what runs did."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from portal import clock
from portal.domain.refusals import ChangedMeanwhile, Refusal
from portal.domain.rights import Right
from portal.i18n.locale import gettext, ngettext
from portal.i18n.refusals import refusal
from portal.models.watch import WordKind
from portal.services import backfills, portal_words, tracking, watch_stops, watching
from portal.services.portal_words import Word
from portal.web import query
from portal.web.desk import bp
from portal.web.desk.access import account, may, requires
from portal.web.desk.forms.watch import NOT_KNOWN, PastForm, PlainForm, SettleForm, StopForm
from portal.web.desk.watch_view import page_of, past_view, word_view

BOTH = ["GET", "POST"]


@bp.get("/watch")
@requires(Right.SEE)
def watch() -> ResponseReturnValue:
    """Show how the official portal is being read and what of it needs a person."""
    query.read(())
    is_on = bool(current_app.extensions["settings"].watch_contact)
    return render_template("desk/watch.html", page=page_of(clock.now(), is_on=is_on))


@bp.route("/watch/stop", methods=BOTH)
@requires(Right.MANAGE)
def stop_watch() -> ResponseReturnValue:
    """Stop the reading until a person lets it go on."""
    form = StopForm.asked()
    if form.is_valid():
        watch_stops.stop(by=account().code, reason=form.reason.data)
        flash(gettext("Stopped. Nothing is read until somebody lets it go on."))
        return redirect(url_for("desk.watch"), 303)
    return render_template("desk/watch_stop.html", form=form, stops=True), 422 if form.problems else 200


@bp.route("/watch/go-on", methods=BOTH)
@requires(Right.MANAGE)
def resume_watch() -> ResponseReturnValue:
    """Let the reading go on after it was stopped."""
    form = StopForm.asked()
    if form.is_valid():
        watching.resume(by=account().code, reason=str(form.reason.data))
        flash(gettext("The reading goes on with the next run."))
        return redirect(url_for("desk.watch"), 303)
    return render_template("desk/watch_stop.html", form=form, stops=False), 422 if form.problems else 200


@bp.route("/watch/words/<string:kind>/<path:word>", methods=BOTH)
@requires(Right.SEE)
def portal_word(kind: str, word: str) -> ResponseReturnValue:
    """Show a word of the official portal; say or correct what it means."""
    found = _word(kind, word)
    form = SettleForm.asked(data={"meaning": _chosen(found), "seen": str(found.settled_in or "")})
    form.offer(found.kind)
    if form.is_valid() and (answer := _settled(found, form)) is not None:
        return answer
    page = render_template("desk/portal_word.html", word=word_view(found), form=form, may_say=may(_right(found)))
    return page, 422 if form.was_sent else 200


@bp.route("/watch/past", methods=BOTH)
@requires(Right.RECORD)
def ask_past() -> ResponseReturnValue:
    """Have the earlier signatures of a petition counted."""
    form = PastForm.asked()
    if form.is_valid():
        try:
            backfills.ask(int(str(form.number.data)), by=account().code)
        except LookupError:
            form.number.errors = [gettext("No petition of ours has this number.")]
        except Refusal as error:
            form.number.errors = [refusal(error)]
        else:
            flash(gettext("Asked for. It is read page by page, as the pauses allow."))
            return redirect(url_for("desk.past", number=form.number.data), 303)
    return render_template("desk/watch_ask_past.html", form=form), 422 if form.problems else 200


@bp.route("/watch/past/<int:number>", methods=BOTH)
@requires(Right.RECORD)
def past(number: int) -> ResponseReturnValue:
    """Show how far the earlier signatures of a petition are counted; stop it, or let it go on."""
    petition = (tracking.by_number(number) if 0 < number < 2**31 else None) or abort(404)
    view = past_view(petition) or abort(404)
    form = PlainForm.asked()
    if form.is_valid():
        step = backfills.stop if form.wants("stop") else backfills.ask
        step(number, by=account().code)
        flash(gettext("Stopped. What was counted is kept.") if form.wants("stop") else gettext("It goes on."))
        return redirect(url_for("desk.past", number=number), 303)
    return render_template("desk/watch_past.html", past=view, form=form), 422 if form.problems else 200


def _word(kind: str, word: str) -> Word:
    found = portal_words.by_word(WordKind(kind), word) if kind in set(WordKind) else None
    return found or abort(404)


def _chosen(word: Word) -> str | None:
    return NOT_KNOWN if word.settled_in is not None and word.meaning is None else word.meaning


def _right(word: Word) -> Right:
    """Return what it takes: to say what a word means is to record, to say it otherwise is to correct."""
    return Right.RECORD if word.settled_in is None else Right.CORRECT


def _settled(word: Word, form: SettleForm) -> ResponseReturnValue | None:
    """Say what a word means and go back; None where it was refused, with a sentence beside the field."""
    if not may(_right(word)):
        raise Forbidden
    seen = str(form.seen.data or "")
    try:
        left = portal_words.settle(
            word.kind,
            word.word,
            form.said,
            by=account().code,
            reason=form.reason.data,
            seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        )
    except Refusal as error:
        form.meaning.errors = [refusal(error)]
        if isinstance(error, ChangedMeanwhile):
            form.seen.data = str(error.sequences[-1])
        return None
    flash(gettext("Recorded. It is public now."))
    if left:
        flash(
            ngettext(
                "%(num)s petition in lists follows by tonight.", "%(num)s petitions in lists follow by tonight.", left
            )
        )
    return redirect(url_for("desk.watch"), 303)

"""Where the desk mends a thing: the one place that knows the addresses of forms."""

from flask import url_for
from werkzeug.routing import BuildError

from portal.domain.tasks import Form, Task

REFERENCE_FORMS = {
    "sources": ("desk.correct_source", "source_id"),
    "bodies": ("desk.correct_body", "key"),
    "organisations": ("desk.correct_organisation", "key"),
}
"""Which form corrects what petitions refer to, and how it is told which; the rest is mended in the register file."""


def address_of(task: Task) -> str | None:
    """Return the address of the form that mends what a task is about; None where there is no form for it."""
    table, key = task.target
    match task.form:
        case Form.PROPOSAL:
            return _proposal(str(task.facts["subject"]), int(key))
        case Form.SOURCE_CHECK:
            return url_for("desk.source_check", number=int(key))
        case Form.REFERENCE:
            endpoint, name = REFERENCE_FORMS.get(table, ("", "key"))
            return _found(endpoint, **{name: key})
        case Form.WATCH:
            return url_for("desk.watch")
        case Form.PORTAL_WORD:
            return url_for("desk.portal_word", kind=table, word=key)
    return _in_petition(task, table, key)


def _in_petition(task: Task, table: str, key: str) -> str | None:
    match task.form:
        case Form.SIGHTING:
            return _record(task, "sighting")
        case Form.EVENT:
            return _record(task, table or "event", key if table == "event" else "")
        case Form.CLAIM:
            return _found("desk.add_claim", number=task.petition, key=key) or _petition(task)
        case Form.CORRECTION:
            return _found("desk.correct", number=task.petition, table=table, key=key) or _petition(task)
        case Form.PARTICULARS:
            return _found("desk.particulars", number=task.petition) or _petition(task)
    return _petition(task)


def _proposal(subject: str, number: int) -> str | None:
    kind, _, key = subject.partition("/")
    if kind == "campaign":
        return _found("desk.decide_campaign", campaign_id=key)
    return _found("desk.proposal", number=number)


def _record(task: Task, form: str, kind: str = "") -> str | None:
    if kind:
        return _found("desk.record_event", number=task.petition, kind=kind) or _petition(task)
    return _found("desk.record", number=task.petition, what=form) or _petition(task)


def _petition(task: Task) -> str | None:
    if task.petition is None:
        return None
    return _found("desk.petition", number=task.petition) or url_for("public.petition", number=task.petition)


def _found(endpoint: str, **values: object) -> str | None:
    try:
        return url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask takes any value for a part of a path.
    except BuildError:
        return None

"""Where the desk mends a thing: the one place that knows the addresses of forms."""

from flask import url_for
from werkzeug.routing import BuildError

from portal.domain.tasks import Form, Task

REFERENCE_FORMS = {"organisations": "desk.imports"}
"""Which form records what petitions refer to; a section without one is mended in the register file."""


def address_of(task: Task) -> str | None:
    """Return the address of the form that mends what a task is about; None where there is no form for it."""
    table, key = task.target
    match task.form:
        case Form.SIGHTING:
            return _record(task, "sighting")
        case Form.EVENT:
            return _record(task, table or "event")
        case Form.CLAIM:
            return _found("desk.add_claim", number=task.petition, key=key) or _petition(task)
        case Form.CORRECTION:
            return _found("desk.correct", number=task.petition, table=table, key=key) or _petition(task)
        case Form.WORKBENCH:
            return _petition(task)
        case Form.PROPOSAL:
            return _found("desk.proposal", number=int(key))
        case Form.SOURCE_CHECK:
            return url_for("desk.source_check", number=int(key))
        case Form.REFERENCE:
            return _found(REFERENCE_FORMS.get(table, ""))


def _record(task: Task, form: str) -> str | None:
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

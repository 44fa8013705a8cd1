"""What the reading of the official portal leaves to a person, one sentence for each task."""

from collections.abc import Mapping

from portal.domain.tasks import Task, TaskKind
from portal.i18n.formats import long_date, quoted
from portal.i18n.locale import gettext, language


def sentence(task: Task) -> str:
    """Return what a task is about."""
    facts = task.facts
    match task.kind:
        case TaskKind.STOPPED:
            return _stopped(str(facts["why"]), long_date(facts["since"]))
        case TaskKind.PORTAL_DECISION:
            return gettext("Shown since: %(date)s. The record has no decision.", date=long_date(facts["shown"]))
        case TaskKind.PORTAL_WORD:
            return word(str(facts["kind"]), str(facts["word"]))
        case _:
            return _unmatched(facts)


def _stopped(why: str, since: str) -> str:
    if why == "asked":
        return gettext("A person stopped the reading. Since: %(date)s.", date=since)
    return gettext("The official portal refused our program. Since: %(date)s.", date=since)


def word(kind: str, said: str) -> str:
    """Return what is to be explained: a value of the portal's state, or one of its date fields."""
    if kind == "field":
        return gettext("A date field of the official portal: %(word)s.", word=quoted(said))
    return gettext("A state of the official portal: %(word)s.", word=quoted(said))


def _unmatched(facts: Mapping[str, object]) -> str:
    if facts["part"] == "addressee":
        names = dict(facts["names"])  # type: ignore[call-overload]  # Pairs of a language and a name.
        return gettext(
            "No body of ours had this name: %(name)s.", name=names.get(language()) or next(iter(names.values()))
        )
    if facts["code"] is None:
        return gettext("The addressee is local, and its region is not told.")
    return gettext("No region of ours has the code %(code)s.", code=facts["code"])

"""Sentences made from a standing: where a petition is, and how each obligation stands.

The rule of the house holds here too: elapsed time never accuses. *Overdue* is said only where the
standing says it; a term that ended without anything seen is worded as just that. Dates stand after
a colon or before a noun that carries the suffix.
"""

from collections.abc import Iterator
from datetime import date

from portal.domain.dates import DateRange
from portal.domain.stages import ENDED, Jurisdiction, Outcome, Stage
from portal.domain.terms import Term, Unit
from portal.domain.timeline import STAGE_STEPS, NextByLaw, Obligation, Standing, Status
from portal.i18n.formats import date_range, long_date, number
from portal.i18n.labels import label, step_name, term_words, within
from portal.i18n.locale import gettext, pgettext
from portal.i18n.obligations import may_have_ended, obligation_notes, obligation_sentence

__all__ = [
    "SIX_MONTHS",
    "disputed_sentence",
    "is_stage_over",
    "known_through_sentence",
    "next_by_law_sentence",
    "obligation_notes",
    "obligation_sentence",
    "status_sentence",
    "term_reported_sentence",
    "vanished_sentence",
]


def status_sentence(
    standing: Standing,
    *,
    count: int | str | None = None,
    threshold: int | None = None,
    body: str | None = None,
    ground: str | None = None,
) -> list[str]:
    """Return what stands at the top of a petition's page, sentence by sentence.

    ``count`` is the latest number of signatures, or what ``formats.count`` made of it; ``body`` the
    name of the reviewing body; ``ground`` what a rejection was based on.
    """
    said = str(number(count)) if isinstance(count, int) else count
    needed = None if threshold is None else number(threshold)
    if standing.jurisdiction is Jurisdiction.OUTSIDE:
        sentences = [gettext("Published outside the official portal; the terms of chapter 12-1 do not apply.")]
    elif is_stage_over(standing):
        sentences = [*_when_over(standing, said, needed)]
    elif (late := _overdue_stage(standing)) is not None:
        sentences = [_last_seen(standing), obligation_sentence(late, standing)]
    else:
        sentences = [*_when_there(standing, said, needed, ground, body)]
    sentences += _overdue_elsewhere(standing)
    if body is not None and standing.stage in (Stage.FORWARDING, Stage.REGISTRATION, Stage.REVIEW):
        sentences.append(gettext("Reviewing body: %(body)s.", body=body))
    return sentences


def is_stage_over(standing: Standing) -> bool:
    """Whether the term of the stage has surely ended and neither a result nor a delay was seen."""
    obligation = _of_stage(standing)
    if obligation is None or obligation.due is None or obligation.due.latest is None:
        return False
    silent = (Status.ENDED_NOT_SEEN, Status.ENDED, Status.NOT_OBSERVABLE)
    return (
        standing.stage not in ENDED
        and obligation.met is None
        and obligation.status in silent
        and obligation.due.latest < standing.as_of
    )


def known_through_sentence(day: date | None) -> str:
    """Return until when the record was checked: the ``known_through`` of a standing."""
    if day is None:
        return gettext("The day of the last check is not known.")
    return gettext("Checked up to %(date)s.", date=long_date(day))


def vanished_sentence(last_read: date | None, since: date) -> str:
    """Return that the petition's page no longer opens, without guessing why."""
    if last_read is None:
        return gettext("Since %(since)s the page does not open. Cause unknown.", since=long_date(since))
    return gettext(
        "Last read on %(date)s; since %(since)s the page does not open. Cause unknown.",
        date=long_date(last_read),
        since=long_date(since),
    )


def term_reported_sentence(named: DateRange, ours: DateRange | None) -> str:
    """Return a deadline that a body named, beside the one that we compute."""
    if ours is None:
        return gettext("Deadline named by the body: %(date)s.", date=date_range(named))
    return gettext(
        "Deadline named by the body: %(date)s; our computation: %(due)s.",
        date=date_range(named),
        due=date_range(ours),
    )


def disputed_sentence(one: str, other: str) -> str:
    """Return that sources disagree, with what each of them says."""
    return gettext("Sources disagree: %(one)s; %(other)s.", one=one, other=other)


def next_by_law_sentence(following: NextByLaw | None) -> str | None:
    """Return what the law says comes next, from which day; nothing where the record has it."""
    if following is None or following.observed:
        return None
    if following.starts_on is None:
        return gettext("Next by law: %(step)s.", step=within(step_name(following.key)))
    return gettext(
        "Next by law: %(step)s, from %(date)s.",
        step=within(step_name(following.key)),
        date=long_date(following.starts_on),
    )


# The stage --------------------------------------------------------------------------------------


def _when_there(
    standing: Standing, count: str | None, threshold: str | None, ground: str | None, body: str | None
) -> Iterator[str]:
    since = date_range(standing.stage_since)
    match standing.stage:
        case Stage.PRE_MODERATION:
            yield gettext("The petition is in moderation.")
        case Stage.INITIAL_SUPPORT:
            yield gettext("Open by direct link only: the first 50 citizens have yet to join.")
        case Stage.CONFORMITY_CHECK:
            yield gettext("50 citizens have joined; conformity is being checked.")
        case Stage.COLLECTION:
            yield _collecting(count, threshold)
        case Stage.FORWARDING | Stage.REGISTRATION:
            yield from _on_its_way(standing.stage, since)
        case Stage.REVIEW:
            yield gettext("Under review.")
        case Stage.UNKNOWN:
            yield from _unknown(standing)
        case _:
            yield from _ended(standing, since, ground, body)
    if standing.stage not in ENDED:
        yield from _last_day(standing)


def _on_its_way(stage: Stage, since: str) -> Iterator[str]:
    if stage is Stage.FORWARDING:
        yield gettext("Threshold reached: %(date)s.", date=since)
        yield gettext("Forwarding is awaited; the law sets no term for it.")
    else:
        yield gettext("Forwarded: %(date)s.", date=since)
        yield gettext("Its registration has not been seen yet.")


def _collecting(count: str | None, threshold: str | None) -> str:
    if count is not None and threshold is not None:
        return gettext("Collecting signatures: %(num)s of %(threshold)s.", num=count, threshold=threshold)
    if count is not None:
        return gettext("Collecting signatures: %(num)s.", num=count)
    if threshold is not None:
        return gettext("Collecting signatures. Threshold: %(threshold)s.", threshold=threshold)
    return gettext("Collecting signatures.")


def _unknown(standing: Standing) -> Iterator[str]:
    if standing.jurisdiction is Jurisdiction.UNKNOWN:
        yield gettext("It is not known where the petition was published; no terms are computed.")
    if standing.known_through is None:
        yield gettext("Stage not known. No dated information was found.")
    else:
        date_known = long_date(standing.known_through)
        yield gettext("Stage not known. Last information: %(date)s.", date=date_known)


def _ended(standing: Standing, since: str, ground: str | None, body: str | None) -> Iterator[str]:
    match standing.stage:
        case Stage.DECIDED:
            yield from _decided(standing, since, body)
        case Stage.REJECTED:
            yield gettext("Rejected before publication: %(date)s.", date=since)
            if ground is not None:
                yield gettext("Ground: %(ground)s.", ground=ground)
        case Stage.RETURNED:
            yield gettext(
                "Threshold not reached in six months; returned to the applicant: %(date)s.",
                date=since,
            )
        case Stage.OVERTAKEN:
            yield gettext("Overtaken: the matter was settled otherwise, %(date)s.", date=since)
        case Stage.WITHDRAWN:
            yield gettext("Withdrawn by the applicant: %(date)s.", date=since)


def _decided(standing: Standing, since: str, body: str | None) -> Iterator[str]:
    """Say how it ended, by when that had to be, and when it was; what sources disagree on stands last."""
    stated = standing.outcome
    known = stated is not None and stated.value is not Outcome.UNKNOWN
    disputed = stated is not None and stated.disputed
    if not disputed:
        yield gettext("Decided: %(date)s.", date=since)
    if known and stated is not None:
        outcome = within(label(stated.value))
        if disputed:
            yield gettext("Decided: %(outcome)s.", outcome=outcome)
        else:
            yield gettext("Outcome: %(outcome)s.", outcome=outcome)
    else:
        yield gettext("The outcome is not known.")
    yield from _had_to_decide(standing, body)
    if disputed:
        yield gettext("Sources disagree on the decision.")


def _had_to_decide(standing: Standing, body: str | None) -> Iterator[str]:
    """Say by when the decision had to be taken, and whether it was, where the days are known."""
    review = next((each for each in standing.obligations if each.key in STAGE_STEPS[Stage.REVIEW]), None)
    if review is None or review.due is None or not review.due.is_exact:
        return
    due = date_range(review.due)
    if body is None:
        yield gettext("The decision had to be taken by %(date)s, inclusive.", date=due)
    else:
        yield gettext("%(body)s: the decision had to be taken by %(date)s, inclusive.", body=body, date=due)
    if review.status is Status.MET and not review.results_differ:
        yield gettext("The decision came in time.")
    elif review.status is Status.MET_LATE:
        yield obligation_sentence(review, standing)


def _last_day(standing: Standing) -> Iterator[str]:
    """Say the last day of the stage, or why there is none."""
    obligation = _of_stage(standing)
    if obligation is None:
        return
    shown = obligation.status in (Status.OPEN, Status.RUNS) and obligation.due is not None
    if shown and not may_have_ended(obligation, standing):
        due = date_range(obligation.due)
        if standing.stage is Stage.REVIEW:
            yield gettext("Last day for the decision: %(date)s.", date=due)
        else:
            yield gettext("Last day: %(date)s.", date=due)
    elif obligation.status is not Status.NOT_DUE:
        yield obligation_sentence(obligation, standing)


def _overdue_elsewhere(standing: Standing) -> list[str]:
    of_stage = STAGE_STEPS.get(standing.stage, ()) if standing.stage not in ENDED else ()
    return [
        pgettext(
            "step and how it stands",
            "%(step)s: %(sentence)s",
            step=step_name(each.key),
            sentence=within(obligation_sentence(each, standing)),
        )
        for each in standing.obligations
        if each.status is Status.OVERDUE and each.key not in of_stage
    ]


def _overdue_stage(standing: Standing) -> Obligation | None:
    """Return the obligation of the stage if somebody saw it undone after its last day."""
    obligation = _of_stage(standing)
    overdue = obligation is not None and obligation.status is Status.OVERDUE
    return obligation if overdue and standing.stage not in ENDED else None


def _of_stage(standing: Standing) -> Obligation | None:
    keys = STAGE_STEPS.get(standing.stage, ())
    return next((each for each in standing.obligations if each.key in keys), None)


# A stage whose term ended without anything seen -------------------------------------------------


def _when_over(standing: Standing, count: str | None, threshold: str | None) -> Iterator[str]:
    obligation = _of_stage(standing)
    assert obligation is not None
    assert obligation.due is not None
    yield _last_seen(standing)
    if count is not None and standing.stage is Stage.COLLECTION:
        if threshold is None:
            yield gettext("Last known count: %(num)s.", num=count)
        else:
            yield gettext("Last known count: %(num)s of %(threshold)s.", num=count, threshold=threshold)
    yield _term_ended(obligation.term, obligation.due)
    yield from _what_was_not_seen(standing)


def _last_seen(standing: Standing) -> str:
    seen = standing.last_sighted
    if seen is None or seen.stage is not standing.stage:
        return _began(standing)
    if not seen.when.is_exact:
        return gettext(
            "Last seen at this stage: %(stage)s, %(date)s.",
            stage=within(label(standing.stage)),
            date=date_range(seen.when),
        )
    assert seen.when.latest is not None
    day = long_date(seen.when.latest)
    match standing.stage:
        case Stage.PRE_MODERATION:
            return gettext("Seen in moderation on %(date)s.", date=day)
        case Stage.INITIAL_SUPPORT:
            return gettext("On %(date)s the first 50 citizens had yet to join.", date=day)
        case Stage.CONFORMITY_CHECK:
            return gettext("On %(date)s conformity was being checked.", date=day)
        case Stage.COLLECTION:
            return gettext("Last seen collecting on %(date)s.", date=day)
        case Stage.REGISTRATION:
            return gettext("On %(date)s registration was awaited.", date=day)
        case _:
            return gettext("Seen under review on %(date)s.", date=day)


def _began(standing: Standing) -> str:
    since = date_range(standing.stage_since)
    match standing.stage:
        case Stage.PRE_MODERATION:
            return gettext("Filed: %(date)s.", date=since)
        case Stage.INITIAL_SUPPORT:
            return gettext("Opened for the first 50 citizens: %(date)s.", date=since)
        case Stage.CONFORMITY_CHECK:
            return gettext("The first 50 citizens joined: %(date)s.", date=since)
        case Stage.COLLECTION:
            return gettext("The collection of signatures began: %(date)s.", date=since)
        case Stage.REGISTRATION:
            return gettext("Forwarded: %(date)s.", date=since)
        case _:
            return gettext("Registered: %(date)s.", date=since)


SIX_MONTHS = Term(6, Unit.MONTHS)
TWENTY_WORKING_DAYS = Term(20, Unit.WORKING_DAYS)
"""Terms that begin a sentence in words; any other length of an edition is given in digits."""


def _term_ended(term: Term | None, due: DateRange) -> str:
    assert due.latest is not None
    day = long_date(due.latest)
    if term == SIX_MONTHS:
        if due.is_exact:
            return gettext("Six months ended on %(date)s.", date=day)
        return gettext("Six months ended by %(date)s.", date=day)
    if term == TWENTY_WORKING_DAYS:
        if due.is_exact:
            return gettext("Twenty working days ended on %(date)s.", date=day)
        return gettext("Twenty working days ended by %(date)s.", date=day)
    words = term_words(term) if term is not None else ""
    if due.is_exact:
        return gettext("The term (%(term)s) ended on %(date)s.", term=words, date=day)
    return gettext("The term (%(term)s) ended by %(date)s.", term=words, date=day)


def _what_was_not_seen(standing: Standing) -> Iterator[str]:
    if standing.stage is not Stage.COLLECTION:
        if standing.stage is Stage.REVIEW:
            yield gettext("We have not seen a decision; one may exist.")
        else:
            yield gettext("We found no result; one may exist.")
        return
    yield gettext(
        "If the threshold was not reached, the law provides return and handling as a message,"
        " response or proposal"
        " (90-3(5))."
    )
    if standing.by_law_next is not None and standing.by_law_next.observed:
        yield gettext("A source speaks of the return without a date.")
    else:
        yield gettext("We have seen neither.")

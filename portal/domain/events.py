"""What may happen to a petition, and what sources claim of when it did."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.domain.dates import DateRange, hull
from portal.domain.stages import Outcome, Stage


class EventKind(StrEnum):
    """Every kind of event that the record holds."""

    FILED = "filed"
    MODERATION_PASSED = "moderation_passed"
    INITIAL_SUPPORT_OPENED = "initial_support_opened"
    FIFTY_REACHED = "fifty_reached"
    INQUIRY_SENT = "inquiry_sent"
    REJECTED = "rejected"
    PUBLISHED = "published"
    MEDIA_NOTIFIED = "media_notified"
    THRESHOLD_REACHED = "threshold_reached"
    RETURNED = "returned"
    MESSAGE_REGISTERED = "message_registered"
    MESSAGE_ANSWERED = "message_answered"
    FORWARDED = "forwarded"
    FORWARDING_NOTICED = "forwarding_noticed"
    RECEIVED = "received"
    REGISTERED = "registered"
    GROUP_FORMED = "group_formed"
    GROUP_MET = "group_met"
    SITE_VISITED = "site_visited"
    DISCUSSION_NOTIFIED = "discussion_notified"
    DISCUSSION_HELD = "discussion_held"
    DRAFT_ANNOUNCED = "draft_announced"
    DECIDED = "decided"
    DECISION_PUBLISHED = "decision_published"
    STATEMENT_MADE = "statement_made"
    AUTHOR_NOTIFIED = "author_notified"
    COMPLAINT_FILED = "complaint_filed"
    COMPLAINT_FORWARDED = "complaint_forwarded"
    COMPLAINT_REGISTERED = "complaint_registered"
    COMPLAINT_DECIDED = "complaint_decided"
    COURT_CLAIM_FILED = "court_claim_filed"
    COURT_RULED = "court_ruled"
    FOLLOW_UP_SET = "follow_up_set"
    FOLLOW_UP_REPORTED = "follow_up_reported"
    COMMUNICATION_SENT = "communication_sent"
    STATEMENT_QUOTED = "statement_quoted"
    ALLEGATION_MADE = "allegation_made"
    RELATED_ACT_ADOPTED = "related_act_adopted"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"
    SIGHTED = "sighted"
    VANISHED = "vanished"
    REAPPEARED = "reappeared"
    TEXT_CHANGED = "text_changed"
    TERM_REPORTED = "term_reported"


ABOUT_THE_MATTER = frozenset(
    {
        EventKind.COMMUNICATION_SENT,
        EventKind.STATEMENT_QUOTED,
        EventKind.ALLEGATION_MADE,
        EventKind.RELATED_ACT_ADOPTED,
        EventKind.COURT_RULED,
        EventKind.COURT_CLAIM_FILED,
    }
)
"""Events around a petition that are no steps of its own: nobody looked at its steps because of them."""


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """When one source says that the event happened.

    ``derived`` marks our own arithmetic; ``counts`` the claim that an editor chose for the timeline.
    """

    id: int
    when: DateRange
    derived: bool = False
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a petition, with every claim of its date in the order of the record.

    ``stage`` and ``still_open`` belong to a sighting: the stage that was seen, and the steps that whoever looked saw
    undone. ``step`` belongs to a reported term, ``outcome`` to a decision. ``held`` is false for a meeting that was
    called and did not take place.
    """

    id: int
    kind: EventKind
    claims: tuple[DatedClaim, ...] = ()
    stage: Stage | None = None
    step: str | None = None
    still_open: tuple[str, ...] = ()
    outcome: Outcome | None = None
    held: bool = True

    _counting: DatedClaim | None = field(init=False, repr=False, compare=False)
    _rivals: tuple[DatedClaim, ...] = field(init=False, repr=False, compare=False)
    _when: DateRange | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Worked out once: a replay asks for these many times.
        counting = _counting(self.claims)
        rivals = _rivals(self.claims, counting)
        when = None
        if counting is not None:
            when = hull([counting.when, *(claim.when for claim in rivals)]) if rivals else counting.when
        object.__setattr__(self, "_counting", counting)
        object.__setattr__(self, "_rivals", rivals)
        object.__setattr__(self, "_when", when)

    def counting(self) -> DatedClaim | None:
        """Return the claim that the timeline counts with: the chosen one, else the first dated that is not ours."""
        return self._counting

    def rival_claims(self) -> tuple[DatedClaim, ...]:
        """Return the dated claims that cannot stand beside the counting one, without our own arithmetic."""
        return self._rivals

    def is_disputed(self) -> bool:
        """Whether sources give dates that cannot both be right."""
        return bool(self._rivals)

    def when(self) -> DateRange | None:
        """Return the range over every claim that may be right; ``None`` where no source gives a date."""
        return self._when

    def happened_by(self, on: date) -> bool:
        """Whether the event had happened by the end of the day, by the claim that the timeline counts with."""
        counting = self._counting
        return counting is not None and counting.when.latest is not None and counting.when.latest <= on


def _counting(claims: tuple[DatedClaim, ...]) -> DatedClaim | None:
    dated = [claim for claim in claims if claim.when.is_dated]
    chosen = next((claim for claim in dated if claim.counts), None)
    stated = next((claim for claim in dated if not claim.derived), None)
    return chosen or stated or next(iter(dated), None)


def _rivals(claims: tuple[DatedClaim, ...], counting: DatedClaim | None) -> tuple[DatedClaim, ...]:
    if counting is None:
        return ()
    return tuple(
        claim
        for claim in claims
        if claim.when.is_dated and not claim.derived and not claim.when.agrees_with(counting.when)
    )

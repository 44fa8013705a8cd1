"""Where a petition is, how it ended, and which moves the law permits."""

from enum import StrEnum


class Jurisdiction(StrEnum):
    """Whether chapter 12-1 of the APPC sets the petition its terms."""

    STATUTORY = "statutory"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """To whom a petition is addressed, as article 90-3(4) divides them."""

    GOV = "gov"
    MASLIKHAT_REGION = "maslikhat_region"
    AKIMAT_REGION = "akimat_region"
    MASLIKHAT_DISTRICT = "maslikhat_district"
    AKIMAT_DISTRICT = "akimat_district"

    @property
    def is_central(self) -> bool:
        """Whether a central state body considers it: 40 working days and not 20 (article 90-5(1))."""
        return self is Level.GOV


class Stage(StrEnum):
    """Where a petition is in its lifecycle."""

    PRE_MODERATION = "pre_moderation"
    INITIAL_SUPPORT = "initial_support"
    CONFORMITY_CHECK = "conformity_check"
    COLLECTION = "collection"
    FORWARDING = "forwarding"
    REGISTRATION = "registration"
    REVIEW = "review"
    DECIDED = "decided"
    REJECTED = "rejected"
    RETURNED = "returned"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How a petition ended, as the body that ended it put it."""

    GRANTED = "granted"
    PARTIALLY_GRANTED = "partially_granted"
    REFUSED = "refused"
    REJECTED = "rejected"
    RETURNED = "returned"
    UNKNOWN = "unknown"


class DemandOutcome(StrEnum):
    """What a decision says of one demand."""

    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    REFUSED = "refused"
    NOT_ADDRESSED = "not_addressed"
    NOT_DECIDED = "not_decided"
    UNKNOWN = "unknown"


class LegalEffect(StrEnum):
    """What legal effect the body says that its decision has."""

    NONE_STATED = "none_stated"
    ACT_REQUIRED = "act_required"
    ACT_ADOPTED = "act_adopted"
    BINDING_STATED = "binding_stated"
    UNKNOWN = "unknown"


class DecisionStatus(StrEnum):
    """What a decision was called on the day, by whoever spoke."""

    DRAFT_ANNOUNCED = "draft_announced"
    PRELIMINARY = "preliminary"
    FINAL = "final"


class Stance(StrEnum):
    """What an organisation said that it was for; nobody's stance is ever inferred."""

    NOT_STATED = "not_stated"
    FOR = "for"
    AGAINST = "against"
    OTHER = "other"


PROGRESS: dict[Stage, int] = {
    Stage.PRE_MODERATION: 1,
    Stage.INITIAL_SUPPORT: 2,
    Stage.CONFORMITY_CHECK: 3,
    Stage.REJECTED: 4,
    Stage.COLLECTION: 5,
    Stage.RETURNED: 6,
    Stage.FORWARDING: 7,
    Stage.REGISTRATION: 8,
    Stage.REVIEW: 9,
    Stage.OVERTAKEN: 10,
    Stage.WITHDRAWN: 11,
    Stage.DECIDED: 12,
}
"""How far along each stage is. A petition never goes back, so its stage is the furthest that an event shows.

A petition is rejected only before publication (article 90-2(6)) and returned only from collection (90-3(5)); being
overtaken or
withdrawn is no step of chapter 12-1 and may come at any point before the decision.
"""

ENDED = frozenset({Stage.DECIDED, Stage.REJECTED, Stage.RETURNED, Stage.OVERTAKEN, Stage.WITHDRAWN})
"""Stages after which chapter 12-1 sets the petition itself no further stage."""

STAGES_WITH_AN_END = (
    Stage.PRE_MODERATION,
    Stage.INITIAL_SUPPORT,
    Stage.CONFORMITY_CHECK,
    Stage.COLLECTION,
    Stage.REGISTRATION,
    Stage.REVIEW,
)
"""Stages that the law ends on a last day; "collecting" is said only until then."""

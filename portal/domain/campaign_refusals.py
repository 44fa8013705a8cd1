"""What the desk refuses of campaigns, one exception per fact."""

from typing import ClassVar

from portal.domain.refusals import Refusal


class CampaignRefusal(Refusal):
    """What is refused of a campaign."""


class CampaignUnready(CampaignRefusal):
    """A campaign is to be opened that lacks something, or gets something wrong."""

    code: ClassVar[str] = "campaign_unready"


class OpeningPassed(CampaignRefusal):
    """The day on which a proposed campaign was to open is over: the page would tell an untruth."""

    code: ClassVar[str] = "opening_passed"


class NothingToPropose(CampaignRefusal):
    """There is no draft, or it says what is public already."""

    code: ClassVar[str] = "nothing_to_propose"


class NothingToClose(CampaignRefusal):
    """The campaign asks for nothing, and will not."""

    code: ClassVar[str] = "nothing_to_close"


class ProposalWaits(CampaignRefusal):
    """Something about this campaign waits for a second person already."""

    code: ClassVar[str] = "proposal_waits"

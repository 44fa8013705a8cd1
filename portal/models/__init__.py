"""The record as tables: a file per noun."""

from portal.models.account import Account, Attempt, DeskSession, RecoveryCode
from portal.models.audit import AuditEntry, AuditHead, PersonalValue
from portal.models.desk import CampaignVersion, KeptFile, Proposal, SourceCheck, TaskNote
from portal.models.event import Claim, Event
from portal.models.library import Contradiction, DirectoryEntry, Norm
from portal.models.petition import Addressee, CountReport, Demand, Petition, PetitionVersion, Title
from portal.models.places import Body, Organisation, Population, Region
from portal.models.review import (
    CategoryCount,
    DecidedDemand,
    Decision,
    GroupView,
    Position,
    Seat,
    WorkingGroup,
)
from portal.models.source import Source
from portal.models.term import PetitionTerm
from portal.models.watch import (
    Backfill,
    CountObservation,
    JobRun,
    OfficialReading,
    OfficialVersion,
    PollRun,
    PortalWord,
    SeriesSummary,
    SignedHour,
    Watched,
    WatchedSpan,
    WatchState,
)

__all__ = [
    "Account",
    "Addressee",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "Backfill",
    "Body",
    "CampaignVersion",
    "CategoryCount",
    "Claim",
    "Contradiction",
    "CountObservation",
    "CountReport",
    "DecidedDemand",
    "Decision",
    "Demand",
    "DeskSession",
    "DirectoryEntry",
    "Event",
    "GroupView",
    "JobRun",
    "KeptFile",
    "Norm",
    "OfficialReading",
    "OfficialVersion",
    "Organisation",
    "PersonalValue",
    "Petition",
    "PetitionTerm",
    "PetitionVersion",
    "PollRun",
    "Population",
    "PortalWord",
    "Position",
    "Proposal",
    "RecoveryCode",
    "Region",
    "Seat",
    "SeriesSummary",
    "SignedHour",
    "Source",
    "SourceCheck",
    "TaskNote",
    "Title",
    "WatchState",
    "Watched",
    "WatchedSpan",
    "WorkingGroup",
]

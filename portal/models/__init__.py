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

__all__ = [
    "Account",
    "Addressee",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "Body",
    "CampaignVersion",
    "CategoryCount",
    "Claim",
    "Contradiction",
    "CountReport",
    "DecidedDemand",
    "Decision",
    "Demand",
    "DeskSession",
    "DirectoryEntry",
    "Event",
    "GroupView",
    "KeptFile",
    "Norm",
    "Organisation",
    "PersonalValue",
    "Petition",
    "PetitionTerm",
    "PetitionVersion",
    "Population",
    "Position",
    "Proposal",
    "RecoveryCode",
    "Region",
    "Seat",
    "Source",
    "SourceCheck",
    "TaskNote",
    "Title",
    "WorkingGroup",
]

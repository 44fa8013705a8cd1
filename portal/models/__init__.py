"""The record as tables: a file per noun."""

from portal.models.audit import AuditEntry, AuditHead, PersonalValue
from portal.models.event import Claim, Event
from portal.models.library import Contradiction, DirectoryEntry, Norm
from portal.models.petition import Addressee, CountReport, Demand, Petition, Title
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
    "Addressee",
    "AuditEntry",
    "AuditHead",
    "Body",
    "CategoryCount",
    "Claim",
    "Contradiction",
    "CountReport",
    "DecidedDemand",
    "Decision",
    "Demand",
    "DirectoryEntry",
    "Event",
    "GroupView",
    "Norm",
    "Organisation",
    "PersonalValue",
    "Petition",
    "PetitionTerm",
    "Population",
    "Position",
    "Region",
    "Seat",
    "Source",
    "Title",
    "WorkingGroup",
]

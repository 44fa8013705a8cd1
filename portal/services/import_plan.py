"""What an import would do: each row held against the record, and the drafts that would bring it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from sqlalchemy import or_, select

from portal.db import db
from portal.models import Petition, Source
from portal.services.import_counts import plan_counts
from portal.services.import_events import plan_events
from portal.services.import_format import CountItem, EventItem, Item, OrganisationItem, Section, SourceItem
from portal.services.import_lines import Change, Line, Place
from portal.services.import_organisations import plan_organisations, plan_sources
from portal.services.import_tables import Fault
from portal.services.recording import Draft
from portal.services.register_format import SourceIn, Strict

IN_A_QUERY = 5_000
MOST_PETITIONS = 1_000
"""How many petitions one import may change: while it writes, others wait."""

ACTION = "petition.imported"


@dataclass(slots=True)
class Plan:
    """The difference that an import makes, row by row, what is wrong with it, and what would be written."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    references: list[tuple[Section, Strict]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    def count(self, change: Change) -> int:
        """Return how many rows meet this fate."""
        return sum(line.change is change for line in self.lines)

    @property
    def steps(self) -> int:
        """Return how many things would be written."""
        return len(self.references) + len(self.drafts)

    @property
    def is_possible(self) -> bool:
        """Whether it can be carried out: nothing is wrong or clashes, and there is something to do."""
        return not self.faults and not self.count(Change.CLASH) and self.steps > 0

    @property
    def digest(self) -> str:
        """Return what tells this difference from any other, the state of the record that it starts from included."""
        seen = sorted((draft.petition, draft.seen) for draft in self.drafts if draft.seen is not None)
        return sha256(repr((self.lines, self.faults, seen)).encode()).hexdigest()


def plan_of(items: Sequence[Item], faults: Sequence[Fault], *, reason: str | None, may_correct: bool) -> Plan:
    """Hold what a file says against the record. Nothing is written.

    Where something that stands would change and ``may_correct`` is false, the row clashes.
    """
    plan = Plan(faults=list(faults))
    sources = _sources(items, plan)
    plan_sources([each for each in items if isinstance(each, SourceItem)], plan.lines, plan.references)
    organisations = [each for each in items if isinstance(each, OrganisationItem)]
    plan_organisations(organisations, sources, plan.lines, plan.references)
    petitions = _petitions([each for each in items if isinstance(each, EventItem | CountItem)], plan)
    events = [each for each in items if isinstance(each, EventItem) and each.petition in petitions]
    counts = [each for each in items if isinstance(each, CountItem) and each.petition in petitions]
    deciding, rows = plan_events(events, petitions, sources, plan.lines)
    for number, found in plan_counts(counts, petitions, sources, plan.lines).items():
        rows.setdefault(number, []).extend(found)
    # What needs a second person comes first: a proposal leaves the petition as it was read.
    plan.drafts += [Draft(number, None, ACTION, tuple(put), reason=reason) for number, put in deciding.items() if put]
    plan.drafts += [
        Draft(number, petitions[number].changed_in, ACTION, tuple(put), reason=reason)
        for number, put in rows.items()
        if put
    ]
    if not may_correct:
        plan.lines = [each.refused() if each.changes_what_stands else each for each in plan.lines]
    plan.lines.sort(key=lambda each: (each.row, each.section, each.name))
    return plan


def _petitions(items: Iterable[EventItem | CountItem], plan: Plan) -> Mapping[int, Place]:
    """Return the petitions that rows name, by number; a number that was never given is a fault of each row."""
    every = list(items)
    numbers = sorted({each.petition for each in every})
    found: dict[int, Place] = {}
    for first in range(0, len(numbers), IN_A_QUERY):
        rows = select(Petition.number, Petition.id, Petition.changed_in)
        for row in db.session.execute(rows.where(Petition.number.in_(numbers[first : first + IN_A_QUERY]))):
            found[row.number] = Place(row.id, row.changed_in)
    plan.faults += [
        Fault(each.row, "petition", "petition_unknown", str(each.petition))
        for each in every
        if each.petition not in found
    ]
    if len(numbers) > MOST_PETITIONS:
        plan.faults.append(Fault(0, "petition", "too_many_petitions"))
    return found


def _sources(items: Sequence[Item], plan: Plan) -> dict[str, str]:
    """Return under which key the record has what rows cite; an address that it does not have becomes a source."""
    described = {each.record.id for each in items if isinstance(each, SourceItem)}
    cited: dict[str, int] = {}
    for each in items:
        if not isinstance(each, SourceItem):
            for key in (each.source, *getattr(each, "also", ())):
                if key is not None:
                    cited.setdefault(key, each.row)
    keys = sorted(cited)
    known: dict[str, str] = {key: key for key in described}
    for first in range(0, len(keys), IN_A_QUERY):
        some = keys[first : first + IN_A_QUERY]
        for key, url in db.session.execute(
            select(Source.key, Source.url).where(or_(Source.key.in_(some), Source.url.in_(some)))
        ):
            known.setdefault(str(url), key)
            known[key] = key
    for key, row in cited.items():
        if key in known:
            continue
        if urlsplit(key).scheme not in ("http", "https") or not urlsplit(key).hostname:
            plan.faults += [
                Fault(each.row, "source", "source_unknown", key[:80])
                for each in items
                if not isinstance(each, SourceItem) and key in (each.source, *getattr(each, "also", ()))
            ]
            known[key] = key
            continue
        known[key] = key
        made = SourceIn(id=key, publisher=urlsplit(key).hostname or key)
        plan.references.append((Section.SOURCES, made))
        plan.lines.append(Line(row, Change.ADDED, Section.SOURCES, None, key))
    return known

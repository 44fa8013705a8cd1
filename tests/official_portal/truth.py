"""The truth about everything that the stand-in planted, for tests to compare with."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.official_portal.answers import Episode
from tests.official_portal.clock import HOUR, Instant, seconds, written
from tests.official_portal.petitions import Absence, Change, Fall, OddRow, Petition


@dataclass(frozen=True, slots=True)
class Push:
    """A petition that arrived just before a page of the list was answered; ``doubled`` now stands on two pages."""

    at: float
    uuid: str
    page: int
    doubled: str | None


class Truth:
    """What is so, whatever the stand-in answers. Instants are datetimes with a zone or seconds since 1970."""

    def __init__(self, petitions: Iterable[Petition], episodes: list[Episode], start: int) -> None:
        self.petitions = {each.uuid: each for each in petitions}
        self.episodes, self.start = episodes, start
        self.pushes: list[Push] = []

    @property
    def all(self) -> list[Petition]:
        """Every petition, those that are still to come included."""
        return list(self.petitions.values())  # A copy: one may arrive meanwhile.

    def __getitem__(self, uuid: str) -> Petition:
        return self.petitions[uuid]

    def votes_at(self, uuid: str, at: Instant) -> int:
        """Return the true count."""
        return self.petitions[uuid].votes_at(seconds(at))

    def listed_at(self, at: Instant) -> list[str]:
        """Return the petitions that the list has, in no order. Those that push pages count from when they came."""
        return [each.uuid for each in self.all if is_listed(each, seconds(at))]

    def arrived(self, since: Instant, until: Instant) -> list[str]:
        """Return the petitions that came after ``since``, up to ``until``."""
        return [each.uuid for each in self.all if seconds(since) < each.opened <= seconds(until)]

    @property
    def changes(self) -> list[Change]:
        """The planted changes of records, in the order of time."""
        return sorted((each for one in self.all for each in one.planted), key=lambda each: each.at)

    def changed(self, since: Instant, until: Instant) -> list[Change]:
        """Return planted and natural changes after ``since``, up to ``until``, in the order of time."""
        found = [each for one in self.all for each in one.changes]
        return sorted((each for each in found if seconds(since) < each.at <= seconds(until)), key=lambda each: each.at)

    @property
    def falls(self) -> list[Fall]:
        """The planted falls of counts."""
        return [each for one in self.all for each in one.falls]

    @property
    def absences(self) -> list[Absence]:
        """The petitions that vanished, and when some came back."""
        return [each for one in self.all for each in one.absences]

    @property
    def odd_rows(self) -> list[OddRow]:
        """The rows of the list that are odd for a while."""
        return [each for one in self.all for each in one.odd_rows]

    def planted_on(self, field: str) -> list[Petition]:
        """Return the petitions on which a trouble was planted, by the name of the petition's field that tells of it."""
        return [each for each in self.all if getattr(each, field)]

    @property
    def broken(self) -> dict[str, frozenset[int]]:
        """The signatures whose rows cannot be read, by petition: the first ever given is 1."""
        return {each.uuid: each.broken for each in self.planted_on("broken")}

    def spans_of(self, name: str) -> list[tuple[int, int]]:
        """Return from when to when a trouble of answers is on."""
        return [(each.since, each.until) for each in self.episodes if each.name == name]

    @property
    def outages(self) -> list[tuple[int, int]]:
        """From when to when no connection is answered."""
        return self.spans_of("outage")

    def signed_hours(self, uuid: str, at: Instant) -> Counter[int]:
        """Return how many readable rows the list of signers has at an instant, by the hour (since 1970) of their time.

        Rows that fail or have no time are left out; rows dated in the future count where they are dated.
        """
        one, hours, last = self.petitions[uuid], Counter[int](), int(seconds(at))
        before = 0
        for hour in range(one.opened // HOUR, min(last, one.growth.ends) // HOUR + 1):
            votes = one.growth.votes_at(min((hour + 1) * HOUR, last))
            hours[hour], before = votes - before, votes
        fallen = [range(fall.kept + 1, fall.kept + fall.votes + 1) for fall in one.falls if fall.at <= last]
        gone = {ordinal for block in fallen for ordinal in block}
        for ordinal in gone | one.broken | set(one.untimed) | set(one.ahead):
            second = one.growth.signed_at(ordinal)
            hours[second // HOUR] -= 1
            if ordinal in one.ahead and ordinal not in gone:
                hours[(second + one.ahead[ordinal]) // HOUR] += 1
        return +hours

    def told(self) -> Iterator[str]:
        """Yield a line for each thing that was planted."""
        for episode in self.episodes:
            yield f"{written(episode.since)} to {written(episode.until)}  {episode.name}"
        for change in self.changes:
            yield f"{written(change.at)}  {change.uuid}  {change.field} changes"
        for fall in self.falls:
            yield f"{written(fall.at)}  {fall.uuid}  the count falls by {fall.votes}"
        for absence in self.absences:
            until = f" until {written(absence.until)}" if absence.until else ""
            yield f"{written(absence.since)}  {absence.uuid}  {absence.status}{until}"
        for odd in self.odd_rows:
            yield f"{written(odd.since)} to {written(odd.until)}  {odd.uuid}  row of the list: {odd.kind}"
        for field in ("broken", "untimed", "ahead", "cover", "extra", "missing"):
            yield from (f"always  {each.uuid}  {field}" for each in self.planted_on(field))


def is_listed(petition: Petition, at: float) -> bool:
    """Whether the list has a petition at an instant."""
    return petition.opened <= at and petition.absence_at(at) is None

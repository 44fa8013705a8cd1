"""What is planted on single petitions: each function is one trouble, switched by its name, and says what it does.

Petitions are drawn by the seed, and no petition carries two troubles. Whatever happens at an instant happens within the
first twenty hours, so that a day of polling and the next day's full readings meet all of it.
"""

import random
from collections.abc import Callable

from tests.official_portal.clock import DAY, HOUR
from tests.official_portal.names import POOL, Name
from tests.official_portal.petitions import Absence, Change, Fall, OddRow, Petition, decision
from tests.official_portal.records import first_value, organization


class Ground:
    """The petitions on which something may still be planted."""

    def __init__(self, petitions: list[Petition], start: int, seed: int) -> None:
        self.start, self.chance = start, random.Random(f"planting {seed}")
        self._free = [each for each in petitions if each.growth.ends > start + 20 * DAY]
        self.chance.shuffle(self._free)
        self.usual = max(1, min(3, len(petitions) // 100))

    def take(self, count: int, least: int = 0) -> list[Petition]:
        """Return petitions that nothing was planted on yet, with at least so many signatures at the start."""
        fit = [each for each in self._free if each.growth.votes_at(self.start) >= least][:count]
        assert len(fit) == count, "too few petitions for so many troubles; 150 carry all"
        self._free = [each for each in self._free if each not in fit]
        return fit

    def moment(self) -> int:
        """Return an instant of the first twenty hours."""
        return self.start + self.chance.randrange(2 * HOUR, 20 * HOUR)

    def change(self, petition: Petition, field: str, after: object) -> None:
        """Plant another value of a field."""
        before = first_value(petition, field)
        petition.planted.append(Change(petition.uuid, self.moment(), field, before, after))


def great_cover(ground: Ground) -> None:
    """A picture of 50 MB stands within a record, and smaller ones in others."""
    for size, petition in zip((50_000_000, 300_000, 4_000), ground.take(3), strict=True):
        petition.cover = size


def broken_signers(ground: Ground) -> None:
    """Every page of signers that has a certain row answers 500, even the page that has no other."""
    for petition in ground.take(ground.usual, least=30):
        total = petition.votes_at(ground.start)
        petition.broken = frozenset(ground.chance.sample(range(2, total), 2 if total > 1000 else 1))


def untimed_signers(ground: Ground) -> None:
    """Some rows of signers have no time, or something else in its place."""
    for petition in ground.take(ground.usual, least=30):
        petition.untimed = {2: None, 3: "кеше", 5: "2026-13-45T99:00:00", 7: 1_700_000_000}


def signers_ahead(ground: Ground) -> None:
    """Some signatures are dated in the future."""
    for petition in ground.take(ground.usual, least=30):
        total = petition.votes_at(ground.start)
        petition.ahead = dict.fromkeys(range(total - 4, total + 1), 400 * DAY)


def falls(ground: Ground) -> None:
    """A count falls, and the signatures are gone from the list of signers."""
    for petition in ground.take(ground.usual, least=30):
        at = ground.moment()
        votes = petition.growth.votes_at(at)
        petition.falls.append(Fall(petition.uuid, at, max(2, votes // 10), votes // 2))


def changed_title(ground: Ground) -> None:
    """A title changes without a word."""
    for petition in ground.take(ground.usual):
        ground.change(petition, "title", f"{first_value(petition, 'title')} (түзетілді)")


def changed_text(ground: Ground) -> None:
    """A sentence goes from a text and another comes."""
    for petition in ground.take(ground.usual):
        text = first_value(petition, "description")
        ground.change(petition, "description", f"{text[: len(text) // 2]} … Бұл сөйлем кейін қосылды.")


def changed_addressee(ground: Ground) -> None:
    """A petition is suddenly addressed to another body."""
    for petition in ground.take(ground.usual):
        ground.change(petition, "organization", organization(petition.number + 1, petition.is_national))


def changed_required(ground: Ground) -> None:
    """Another count is suddenly required."""
    for petition in ground.take(ground.usual):
        ground.change(petition, "requiredCount", petition.required * 2)


def changed_state(ground: Ground) -> None:
    """A state changes to one that others have too."""
    for petition in ground.take(ground.usual):
        ground.change(petition, "state", "ON_REVIEW")


def unseen_state(ground: Ground) -> None:
    """A state appears that no petition ever had."""
    for number, petition in enumerate(ground.take(ground.usual)):
        ground.change(petition, "state", ("SUSPENDED_X", "ӨЗГЕ_КҮЙ", 17)[number % 3])


def changed_decision(ground: Ground) -> None:
    """A published decision says something else."""
    for petition in ground.take(ground.usual):
        petition.particulars = {"decision": decision(petition.number, ground.start - DAY)}
        after = {**petition.particulars["decision"], "messageRu": "Ответ на обращение-образец: отклонено."}
        ground.change(petition, "decision", after)


def hidden_applicant(ground: Ground) -> None:
    """The portal stops showing an applicant's name."""
    for petition in ground.take(ground.usual):
        ground.change(petition, "applicant", None)


def vanished(ground: Ground) -> None:
    """Three petitions vanish: one with 404, one with 410, and one with 404 that is back after thirty hours."""
    for petition, status, hours in zip(ground.take(3), (404, 410, 404), (None, None, 30), strict=True):
        since = ground.moment()
        petition.absences.append(Absence(petition.uuid, since, since + hours * HOUR if hours else None, status))


def odd_rows(ground: Ground) -> None:
    """Rows of the list lack their id, have null for a title, or are null themselves, for five hours."""
    for kind in ("without_id", "without_title", "not_a_record"):
        for petition in ground.take(ground.usual):
            since = ground.moment()
            petition.odd_rows.append(OddRow(petition.uuid, since, since + 5 * HOUR, kind))


def odd_counts(ground: Ground) -> None:
    """Rows of the list have something for a count that is none, for five hours."""
    for value, petition in zip((None, -1, "көп", 1e30, True), ground.take(5), strict=True):
        since = ground.moment()
        petition.odd_rows.append(OddRow(petition.uuid, since, since + 5 * HOUR, "count", value))


def odd_texts(ground: Ground) -> None:
    """Titles and texts that programs stumble over: markup, a zero character, half a character, turned writing."""
    texts = (
        "<script>alert('сынақ')</script><b>Жуан</b> &amp; &lt;жіңішке&gt;",
        "Нөл таңбасы\x00 ортада",
        "Жарты таңба \ud800 ортада",
        "\u202eКері жазу\u202c және көзге көрінбейтін \u200b бос орын",
        "Ұзын " * 4000,
        "   ",
    )
    for text, petition in zip(texts, ground.take(len(texts)), strict=True):
        petition.particulars = {"title": text, "description": text}


def missing_fields(ground: Ground) -> None:
    """Records lack fields that others have; one is nearly empty, one has other kinds of values than the others."""
    one, other, third = ground.take(3)
    one.missing = frozenset({"deadline", "viewersCount", "cover", "files", "location", "applicant"})
    other.missing = frozenset(
        {"title", "description", "state", "requiredCount", "organization", "decision", "signersCount"}
    )
    third.extra = {"files": {}, "lang": 7, "regNumber": 12, "deadline": 1_800_000_000_000, "viewersCount": "12"}
    third.particulars = {"requiredCount": "50000", "organization": "Учебное ведомство", "applicant": "—"}


def unknown_fields(ground: Ground) -> None:
    """Records have fields that no description has; in one stand people, under field names that lists of signers use."""
    for number, petition in enumerate(ground.take(ground.usual)):
        who = Name("hidden", number)
        people = {"fio": who.full, "firstName": who.first, "lastName": who.last, "createdDate": "2026-01-01T10:00:00"}
        petition.extra = {
            "rating": {"score": 4.5, "steps": [1, 2, {"deep": None}]},
            "lastSigners": [people, {"signer": {**people, "comment": who.full}}],
        }


def names_in_unknown_fields(ground: Ground) -> None:
    """Records name people under field names that nobody could foresee."""
    for number, petition in enumerate(ground.take(ground.usual)):
        who = Name("hidden", POOL // 2 + number)
        petition.extra = {
            "editedBy": who.full,
            "moderator": {"label": who.full, "contacts": [who.last, {"call": who.first}]},
            who.full: "a name as a field's name",
        }


PLANTED: dict[str, Callable[[Ground], None]] = {
    function.__name__: function
    for function in (
        *(great_cover, broken_signers, untimed_signers, signers_ahead, falls, changed_title, changed_text),
        *(
            changed_addressee,
            changed_required,
            changed_state,
            changed_decision,
            unseen_state,
            hidden_applicant,
            vanished,
        ),
        *(odd_rows, odd_counts, odd_texts, missing_fields, unknown_fields, names_in_unknown_fields),
    )
}
"""Every trouble of single petitions by its name."""

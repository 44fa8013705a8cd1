"""The shape of ``data/letters/board.yaml``: how a letter is filed, card by card, and what comes after."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from portal.services.letter_format import Spoken
from portal.services.register_format import Day, Line, Slug, Strict, TextField

Screen = dict[Literal["kk", "ru"], Line]
"""What stands on the screen of the State's portal, which speaks two languages as far as we know."""

Seen = Literal["seen_2024", "ours"]
"""Whether an instruction of 2024 gave a label, or we rendered it ourselves."""

Value = Literal[
    "code",
    "appeal_type",
    "body",
    "contested",
    "object",
    "short",
    "file",
    "actual_address",
    "sms_language",
    "none",
]
"""What of the letter belongs in a field."""


class Portal(Spoken):
    """The State's portal for letters, and when somebody of ours looked at it."""

    name: TextField
    entry: Slug
    url: Screen
    checked_on: Day | None
    checked_note: TextField


class LowerBound(Strict):
    """What was once seen to be taken; more may be."""

    chars: int = Field(ge=1)
    files: int = Field(ge=1)
    seen: Line


class Limits(Spoken):
    """How much the portal takes; nothing where it is not known."""

    chars: int | None
    files: int | None
    megabytes: int | None
    lower_bound: LowerBound
    source: Line
    note: TextField


class Wanted(Spoken):
    """What to choose in a list of the portal."""

    text: TextField
    label_status: Seen
    source: Line | None = None


class Values(Strict):
    """What to choose in the lists of the portal, by what the Code calls the letter."""

    code: Wanted
    appeal_types: Mapping[Literal["complaint", "message", "request", "proposal", "application"], Wanted]
    object_inaction: Wanted


class Variants(Spoken):
    """How a step is taken on a phone and on a computer."""

    phone: TextField
    computer: TextField


class Card(Spoken):
    """One step on the portal: its label there, and what of the letter belongs in it."""

    key: Slug
    only: Literal["complaint"] | None = None
    title: TextField
    label: Screen | None
    label_status: dict[Literal["kk", "ru"], Seen] | None
    label_source: Line
    value: Value
    help: TextField
    variants: Variants | None = None
    norms: tuple[Slug, ...] = ()


class FilingWay(Spoken):
    """A way to file a letter without the portal."""

    key: Slug
    title: TextField
    status: Literal["known", "no_address"]
    norms: tuple[Slug, ...] = ()
    entries: tuple[Slug, ...] = ()
    about: TextField
    steps: tuple[TextField, ...]
    checklist: tuple[TextField, ...] = ()


ADDRESS_HOLDS = timedelta(days=90)
"""How long an address that was checked is shown. The rule is ours: a letter that went astray may miss its term."""


class Target(Spoken):
    """How a body is reached. What nobody checked, or not lately, is not shown."""

    body: Slug
    address: TextField | None
    postcode: Line | None
    email: Line | None
    phone: Line | None
    checked_on: Day | None
    source: Line | None
    note: TextField

    def is_current(self, on: date) -> bool:
        """Whether somebody of ours checked this within the last 90 days: on the 90th day it still is current."""
        return self.checked_on is not None and on - self.checked_on <= ADDRESS_HOLDS


class LetterStatus(Spoken):
    """A status of a letter on the portal: what it means and what to do then."""

    key: Slug
    names: TextField
    means: TextField
    then: TextField
    norms: tuple[Slug, ...] = ()


class Withdrawal(Spoken):
    """How a letter is withdrawn."""

    title: TextField
    norms: tuple[Slug, ...]
    text: TextField
    line: TextField


class NextLetter(Spoken):
    """What to do when a letter was not answered, refused, forwarded, extended or returned."""

    key: Slug
    title: TextField
    text: TextField
    norms: tuple[Slug, ...] = ()


class Board(Spoken):
    """How a letter is filed on the State's portal and without it, and what comes after."""

    portal: Portal
    limits: Limits
    values: Values
    cards: tuple[Card, ...] = Field(min_length=1)
    changed: TextField
    ways: tuple[FilingWay, ...] = Field(min_length=1)
    targets: tuple[Target, ...]
    statuses_note: TextField
    statuses: tuple[LetterStatus, ...]
    withdraw: Withdrawal
    next_letters: tuple[NextLetter, ...]

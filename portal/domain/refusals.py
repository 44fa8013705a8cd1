"""What the rules refuse, one exception per fact."""

from datetime import date
from typing import ClassVar


class Refusal(Exception):  # A refusal states a fact; nothing went wrong.
    """What the rules refuse, one exception per fact.

    ``code`` names the fact and never changes: pages and the API word it in three languages by this
    code. The facts themselves, such as a year or a number, are attributes.
    """

    code: ClassVar[str] = "refused"


class CalendarMissing(Refusal):
    """A count ran into a year whose days off are not known.

    No date is better than a guessed one.
    """

    code: ClassVar[str] = "calendar_missing"

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return f"the days off of {self.year} are not known"


class BeforeTheChapter(Refusal):
    """A day before chapter 12-1 came into force: it sets no term then."""

    code: ClassVar[str] = "before_the_chapter"

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def __str__(self) -> str:
        return f"chapter 12-1 was not in force on {self.day}"


class StepUnknown(Refusal):
    """A step that the lifecycle does not have."""

    code: ClassVar[str] = "step_unknown"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NoTerm(Refusal):
    """A step for which the law sets no term: there is nothing to compute."""

    code: ClassVar[str] = "no_term"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class PopulationMissing(Refusal):
    """A threshold that is a share of the population, for a unit whose population is not known."""

    code: ClassVar[str] = "population_missing"

    def __init__(self, level: str) -> None:
        super().__init__(level)
        self.level = level


class CursorUnreadable(Refusal):
    """A page of a list was asked for by a mark that is none of ours."""

    code: ClassVar[str] = "bad_cursor"


class ChangedMeanwhile(Refusal):
    """Somebody else changed the record after it was read: ``sequences`` are the entries of the audit chain."""

    code: ClassVar[str] = "changed_meanwhile"

    def __init__(self, sequences: tuple[int, ...]) -> None:
        super().__init__(sequences)
        self.sequences = sequences


class ReasonMissing(Refusal):
    """What stood would change or go without a reason."""

    code: ClassVar[str] = "reason_missing"


class RowMissing(Refusal):
    """What is to be corrected or withdrawn is not in the record, or no longer."""

    code: ClassVar[str] = "row_missing"

    def __init__(self, table: str, key: str) -> None:
        super().__init__(table, key)
        self.table = table
        self.key = key


class SourceMissing(Refusal):
    """A fact cites a source that the record does not have."""

    code: ClassVar[str] = "source_missing"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NothingChanged(Refusal):
    """What was sent says what the record says already."""

    code: ClassVar[str] = "nothing_changed"


class OwnProposal(Refusal):
    """Whoever proposed something would settle it alone."""

    code: ClassVar[str] = "own_proposal"


class AlreadySettled(Refusal):
    """A proposal that somebody has settled already."""

    code: ClassVar[str] = "already_settled"

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class DayAhead(Refusal):
    """Something is said to have been seen on a day that has not come."""

    code: ClassVar[str] = "day_ahead"

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class DayOver(Refusal):
    """Something is put off until a day that is over."""

    code: ClassVar[str] = "day_over"

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class AccountMissing(Refusal):
    """A task is given to somebody who has no account, or none any more."""

    code: ClassVar[str] = "account_missing"


class ImportGone(Refusal):
    """A file that was to be imported is no longer kept, or never was for this account."""

    code: ClassVar[str] = "import_gone"


class AlreadyRecorded(Refusal):
    """The record has this petition already, under this number."""

    code: ClassVar[str] = "already_recorded"

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class OfficialIdMissing(Refusal):
    """Nothing says which petition of the official portal this is: nothing of it can be read there."""

    code: ClassVar[str] = "official_id_missing"


class FileEmpty(Refusal):
    """A file without anything in it."""

    code: ClassVar[str] = "file_empty"


class FileTooLarge(Refusal):
    """A file that is larger than what is kept."""

    code: ClassVar[str] = "file_too_large"


class FileKindUnknown(Refusal):
    """A file that is, by what it holds, none of the kinds that are kept."""

    code: ClassVar[str] = "file_kind_unknown"


class RecordBusy(Refusal):
    """Somebody else is writing to the record for so long that nobody should wait for it."""

    code: ClassVar[str] = "record_busy"

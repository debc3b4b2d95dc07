"""What a calendar holds, as plain values: the bridge fills these from the database, the writer turns them into text.

Nothing here knows the database or iCalendar. Moments named ``_at`` are naive UTC; starts are naive and local.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tui_plan.model.vocabulary import Status


class DeadlineKind(StrEnum):
    """Why a day stands in the calendar; the value is the word before its title."""

    START = "Start"
    TARGET = "Due"
    MILESTONE = "Milestone"
    CHECKPOINT = "Checkpoint"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which, or on which, something is to happen.

    ``people`` are the names of those responsible, or reviewing: a calendar made for sharing leaves them out.
    """

    uid: str
    kind: DeadlineKind
    day: date
    title: str
    changed_at: datetime
    created_at: datetime | None = None
    sequence: int = 0
    description: str = ""
    people: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    status: Status = Status.NOT_STARTED
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The one meeting of a series that should have started at ``original_start`` and is held otherwise."""

    original_start: datetime
    start: datetime
    duration: timedelta
    title: str
    changed_at: datetime
    sequence: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A single meeting, or a series by an RFC 5545 ``rule``, local to the IANA ``zone``.

    ``skipped`` are starts of the rule on which nothing happens. An all-day gathering counts whole days: its start is
    at midnight, its duration a number of days.
    """

    uid: str
    title: str
    start: datetime
    zone: str
    duration: timedelta
    changed_at: datetime
    created_at: datetime | None = None
    sequence: int = 0
    rule: str = ""
    skipped: tuple[datetime, ...] = ()
    moved: tuple[Moved, ...] = ()
    place: str = ""
    description: str = ""
    people: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    all_day: bool = False


Entry = Deadline | Gathering

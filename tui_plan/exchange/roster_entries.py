"""A roster as a file gives it, and what bringing it in does, as plain values. Nothing here reads or writes.

The readers of sheets and of vCards make a ``RosterReading``; ``roster_import`` makes a ``RosterOutcome`` of it; the
command line and the screens show them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tui_plan.exchange.roster_columns import RosterColumn
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import PartyKind

MOST_ENTRIES = 20_000
"""More rows or cards than these are no partnership's; comparing them would take minutes."""


class EntryContact(NamedTuple):
    """A way to reach somebody; ``kind`` is a word of ``ContactKind``."""

    kind: str
    value: str
    verified_on: date | None = None


class EntryPost(NamedTuple):
    """A post that a person holds, by name, with "(acting)" behind it for one who only acts in it.

    ``organisation`` is the post's own, empty if it has none; None means that of the person.
    """

    name: str
    organisation: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A row or card. Organisations, posts and groups go by name; ``uid`` is 32 hexadecimal digits, or empty.

    ``number`` is the row in the spreadsheet or the card's place in its file. ``contacts`` stand in order of preference.
    ``groups`` are lines that name a group each, or several.
    """

    number: int
    kind: PartyKind
    name: str
    uid: str = ""
    group_kind: str = ""
    organisation: str = ""
    posts: tuple[EntryPost, ...] = ()
    contacts: tuple[EntryContact, ...] = ()
    groups: tuple[str, ...] = ()
    audience: str = ""
    login: str = ""
    short_name: str = ""
    joined_on: date | None = None
    left_on: date | None = None
    remarks: str = ""


class Told(NamedTuple):
    """A sentence about one row or card; ``number`` is 0 where it is about the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class RosterReading:
    """What a file holds. ``unit`` is "row" or "card"; ``columns`` are those of a sheet.

    ``looks`` tell what was not understood and is left out, ``problems`` what must be mended before anything is written.
    """

    name: str
    unit: str
    entries: tuple[RosterEntry, ...]
    columns: tuple[RosterColumn, ...] = ()
    remarks: tuple[str, ...] = ()
    looks: tuple[Told, ...] = ()
    problems: tuple[Told, ...] = ()


class NewParty(NamedTuple):
    """Somebody or something that the roster did not have; ``number`` is the first row that names it."""

    uid: str
    kind: str
    name: str
    organisation: str
    number: int


class KnownParty(NamedTuple):
    """Whom a row is about among those who were on the roster; ``by`` says by what they were found."""

    uid: str
    kind: str
    name: str
    by: str
    number: int


class Addition(NamedTuple):
    """What somebody who was there gets that they lacked, in words."""

    uid: str
    name: str
    what: str
    number: int


class Difference(NamedTuple):
    """Where the file says something else than the roster, which stays as it is."""

    uid: str
    name: str
    what: str
    in_file: str
    on_roster: str
    number: int


@dataclass(slots=True)
class RosterOutcome:
    """What bringing a file in would do, or did. Rows with a look are left out, wholly or as the sentence says."""

    unit: str
    new: list[NewParty] = field(default_factory=list)
    known: list[KnownParty] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    looks: list[Told] = field(default_factory=list)
    problems: list[Told] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the roster has it all already."""
        return not (self.new or self.additions)

    def told(self, about: Told) -> str:
        """Return a look or a problem as a sentence with its place, such as "Row 4: it has no name."."""
        return f"{self.unit.capitalize()} {about.number}: {about.text}" if about.number else about.text

    def require_sound(self, file: str) -> None:
        """Raise ImportProblem with every problem when the file needs mending before it can be brought in."""
        if not self.problems:
            return
        sentences = tuple(map(self.told, self.problems))
        more = "" if len(sentences) == 1 else f" (and {len(sentences) - 1:,} more)"
        raise ImportProblem(f"{file} cannot be brought in yet. {sentences[0]}{more}", sentences)

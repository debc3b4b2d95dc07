"""The roster as it stands while a file is fitted to it: who is there, and who is about to be. Nothing is written here.

Only the import of rosters uses it. It is read in a fixed number of queries and then grows with the file, so that a row
finds whom an earlier row has brought.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from tui_plan.exchange.roster_entries import EntryContact
from tui_plan.model.base import new_uid, rows
from tui_plan.model.clean import name_key
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.vocabulary import ContactKind, PartyKind

KEPT = (
    "organisation",
    "short_name",
    "group_kind",
    "login",
    "remarks",
    "audience",
    "joined_on",
    "left_on",
)
_NUMBERS = (ContactKind.PHONE, ContactKind.MOBILE)


@dataclass(slots=True, eq=False)
class Way:
    """A way to reach somebody; ``uid`` is empty while it is new, ``newly_verified`` marks one that must be updated."""

    kind: str
    value: str
    verified_on: date | None
    uid: str = ""
    newly_verified: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two ways the same: a number is one however it is written."""
        if self.kind in _NUMBERS:
            return "number", "".join(filter(str.isdecimal, self.value))
        return self.kind, name_key(self.value)


@dataclass(slots=True, eq=False)
class Standing:
    """A party with all that an import may fill in. ``values`` has the fields of ``KEPT``.

    ``stored`` is what the database holds of them, None for a new party. ``claimed_by`` is the uid by which the file
    knows it.
    """

    uid: str
    kind: PartyKind
    name: str
    values: dict[str, Any]
    stored: dict[str, Any] | None = None
    last_rank: int = 0
    ways: list[Way] = field(default_factory=list)
    claimed_by: str = ""

    @property
    def home(self) -> str | None:
        """The uid of its organisation, or None."""
        found: str | None = self.values["organisation"]
        return found

    @property
    def emails(self) -> set[str]:
        """The addresses for e-mail, casefolded."""
        return {way.value.casefold() for way in self.ways if way.kind == ContactKind.EMAIL}


class Span(NamedTuple):
    """Somebody's time in a post; ``number`` is the row that brought it, 0 for one that was there."""

    person: str
    start: date | None
    end: date | None
    acting: bool
    number: int = 0

    def reaches(self, first: date | None, last: date | None) -> bool:
        """Whether it shares a day with the time from ``first`` to ``last`` (either open)."""
        return (self.start or date.min) <= (last or date.max) and (first or date.min) <= (self.end or date.max)


class Seat(NamedTuple):
    """A seat in a group; ``number`` as for a span."""

    seat: str
    number: int = 0


class RosterNow:
    """Everybody on the roster, found by uid, by name and by e-mail address."""

    def __init__(self) -> None:
        self.by_uid: dict[str, Standing] = {}
        self.spans: dict[str, list[Span]] = defaultdict(list)
        self.seats: dict[str, dict[str, Seat]] = defaultdict(dict)
        self._named: dict[tuple[str, str], list[Standing]] = defaultdict(list)
        self._short: dict[tuple[str, str], list[Standing]] = defaultdict(list)
        self._reached: dict[str, list[Standing]] = defaultdict(list)
        self._claimed: dict[str, Standing] = {}
        merged = self._read_parties()
        self._read_ways()
        for post, *span in rows(Tenure.select(Tenure.post, Tenure.person, Tenure.start, Tenure.end, Tenure.acting)):
            self.spans[post].append(Span(span[0], span[1], span[2], bool(span[3])))
        for group, member, seat in rows(Membership.select(Membership.group, Membership.member, Membership.seat)):
            self.seats[group][member] = Seat(seat)
        self._follow(merged)

    def everybody(self, *kinds: PartyKind) -> Iterator[Standing]:
        """Yield each party of these kinds once."""
        return (one for uid, one in self.by_uid.items() if one.kind in kinds and one.uid == uid)

    def known_as(self, uid: str) -> Standing | None:
        """Return whom a uid of the file leads to: the party that has it, or that a row with it was about."""
        return self.by_uid.get(uid) or self._claimed.get(uid)

    def claim(self, party: Standing, uid: str) -> None:
        """Let a party be known by a uid of the file."""
        party.claimed_by = uid
        self._claimed[uid] = party

    def named(self, kind: PartyKind, name: str) -> list[Standing]:
        """Return the parties of a kind with this name."""
        return self._named.get((kind.value, name_key(name)), [])

    def meant(self, kind: PartyKind, name: str) -> Standing | None:
        """Return the organisation or group that is meant by a name, or by a short name that only one has."""
        key = (kind.value, name_key(name))
        short = self._short.get(key, [])
        found = self._named.get(key) or (short if len(short) == 1 else [])
        return found[0] if found else None

    def post(self, name: str, home: str | None) -> Standing | None:
        """Return the post of this name in an organisation (uid)."""
        return next(
            (one for one in self._named.get((PartyKind.POST.value, name_key(name)), []) if one.home == home), None
        )

    def reached_by(self, emails: Iterable[str]) -> list[Standing]:
        """Return the persons with one of these addresses (casefolded), each once."""
        found = [one for email in emails for one in self._reached.get(email, [])]
        return list(dict.fromkeys(found))

    def add(self, kind: PartyKind, name: str, uid: str = "", home: str | None = None) -> Standing:
        """Let somebody new stand on the roster, under ``uid`` if that is free."""
        free = uid if uid and uid not in self.by_uid else new_uid()
        values: dict[str, Any] = {**dict.fromkeys(KEPT, ""), "organisation": home, "joined_on": None, "left_on": None}
        found = Standing(free, kind, name, values)
        self._enter(found)
        return found

    def shorten(self, party: Standing, short_name: str) -> None:
        """Let a party be found by its short name."""
        self._short[party.kind.value, name_key(short_name)].append(party)

    def add_way(self, party: Standing, way: Way) -> None:
        """Add a way to reach somebody behind those they have."""
        party.ways.append(way)
        if way.kind == ContactKind.EMAIL and party.kind is PartyKind.PERSON:
            self._reached[way.value.casefold()].append(party)

    def _enter(self, party: Standing) -> None:
        self.by_uid[party.uid] = party
        self._named[party.kind.value, name_key(party.name)].append(party)
        if party.values["short_name"]:
            self.shorten(party, party.values["short_name"])

    def _read_parties(self) -> dict[str, str]:
        columns = [Party._meta.fields[name] for name in KEPT]
        query = Party.select(Party.uid, Party.kind, Party.name, Party.merged_into, *columns)
        merged: dict[str, str] = {}
        for uid, kind, name, into, *values in rows(query.order_by(Party.name_key, Party.uid)):
            if into:
                merged[uid] = into
            else:
                stored = dict(zip(KEPT, values, strict=True))
                self._enter(Standing(uid, PartyKind(kind), name, dict(stored), stored))
        return merged

    def _read_ways(self) -> None:
        fields = (ContactMethod.party, ContactMethod.rank, ContactMethod.kind, ContactMethod.value)
        query = ContactMethod.select(*fields, ContactMethod.verified_on, ContactMethod.uid)
        for party, rank, *way in rows(query.order_by(ContactMethod.rank, ContactMethod.kind, ContactMethod.uid)):
            standing = self.by_uid.get(party)
            if standing is not None:
                standing.last_rank = max(standing.last_rank, rank)
                self.add_way(standing, Way(*way))

    def _follow(self, merged: dict[str, str]) -> None:
        """Let the uid of a party that was merged lead to what it became."""
        for uid, into in merged.items():
            seen = {uid}
            while into in merged and into not in seen:
                seen.add(into)
                into = merged[into]  # noqa: PLW2901
            if into in self.by_uid:
                self.by_uid[uid] = self.by_uid[into]


def way_of(contact: EntryContact) -> Way:
    """Return a contact of a file as a new way to reach somebody."""
    return Way(contact.kind, contact.value, contact.verified_on)

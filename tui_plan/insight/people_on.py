"""Who is who on a day: who holds which post, who sits in which group, who stands behind a party, where people belong.

One reading of the roster in a fixed number of queries; everything that resolves posts and groups asks here, so that a
role follows the holder of its post everywhere alike. Operations and all of ``insight`` may use it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from tui_plan.insight.fitting import Fitting, Rule
from tui_plan.model.base import rows
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.people import Membership, Party, Tenure
from tui_plan.model.vocabulary import PartyKind


class Head(NamedTuple):
    """A party as far as it must be told from others."""

    uid: str
    kind: str
    name: str
    short_name: str
    organisation: str | None
    audience: str
    left_on: date | None

    def is_gone(self, day: date) -> bool:
        """Whether it had left before ``day``."""
        return self.left_on is not None and self.left_on < day


class Holding(NamedTuple):
    """A person who holds a post, from and to the days given (both included, either open)."""

    tenure: str
    post: str
    person: str
    start: date | None
    end: date | None
    acting: bool


class Seat(NamedTuple):
    """A place in a group. ``membership`` is its uid, empty for who is in by a rule."""

    member: str
    seat: str
    membership: str


def holding_on(day: date) -> Any:
    """The expression for a tenure that runs on ``day``."""
    return (Tenure.start.is_null() | (Tenure.start <= day)) & (Tenure.end.is_null() | (Tenure.end >= day))


class PeopleOn:
    """The roster as it stands on one day. Parties that were merged into others are left out."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._seats: dict[str, tuple[Seat, ...]] = {}
        self._signers: dict[str, tuple[str, ...]] = {}
        self._homes: dict[str, frozenset[str]] = {}
        self._seats_of: dict[str, tuple[tuple[str, Seat], ...]] = {}
        self._fitting = Fitting(self)

    @cached_property
    def parties(self) -> dict[str, Head]:
        """Every party by uid, in the order of their names; namesakes in the order of where they belong."""
        fields = (
            Party.uid,
            Party.kind,
            Party.name,
            Party.short_name,
            Party.organisation,
            Party.audience,
            Party.left_on,
        )
        home = Party.alias()
        query = Party.select(*fields).left_outer_join(home, on=(Party.organisation == home.uid))
        ordered = query.where(Party.merged_into.is_null()).order_by(Party.name_key, home.name_key, Party.uid)
        return {row[0]: Head(*row) for row in rows(ordered)}

    @cached_property
    def holdings(self) -> dict[str, tuple[Holding, ...]]:
        """Who holds each post on that day; who only acts in it comes last."""
        fields = (Tenure.uid, Tenure.post, Tenure.person, Tenure.start, Tenure.end, Tenure.acting)
        query = Tenure.select(*fields).where(holding_on(self.day)).order_by(Tenure.acting, Tenure.start, Tenure.uid)
        found: dict[str, list[Holding]] = defaultdict(list)
        for row in rows(query):
            found[row[1]].append(Holding(*row))
        return {post: tuple(held) for post, held in found.items()}

    @cached_property
    def posts(self) -> dict[str, tuple[str, ...]]:
        """The posts that each person holds on that day, each once: somebody may hold one and act in it as well."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for post, held in self.holdings.items():
            for holding in held:
                found[holding.person][post] = None
        return {person: tuple(sorted(posts, key=self.name)) for person, posts in found.items()}

    @cached_property
    def named_seats(self) -> dict[str, tuple[Seat, ...]]:
        """The seats of each group that were given by name, in order."""
        fields = (Membership.group, Membership.member, Membership.seat, Membership.uid)
        found: dict[str, list[Seat]] = defaultdict(list)
        for group, *seat in rows(Membership.select(*fields).order_by(Membership.position, Membership.uid)):
            found[group].append(Seat(*seat))
        return {group: tuple(seats) for group, seats in found.items()}

    @cached_property
    def rules(self) -> dict[str, tuple[Rule, ...]]:
        """The rules of each group."""
        fields = (
            MembershipRule.uid,
            MembershipRule.group,
            MembershipRule.role,
            MembershipRule.audience,
            MembershipRule.organisation,
            MembershipRule.plan,
            MembershipRule.area,
        )
        found: dict[str, list[Rule]] = defaultdict(list)
        for row in rows(MembershipRule.select(*fields).order_by(MembershipRule.uid)):
            found[row[1]].append(Rule(*row))
        return {group: tuple(many) for group, many in found.items()}

    def name(self, uid: str | None) -> str:
        """Return a party's name, or nothing where there is none."""
        head = self.parties.get(uid or "")
        return head.name if head is not None else ""

    def holder_words(self, post: str) -> str:
        """Return who holds a post in words, ``vacant`` if nobody does."""
        held = self.holdings.get(post, ())
        names = (f"{self.name(each.person)} (acting)" if each.acting else self.name(each.person) for each in held)
        return ", ".join(names) or "vacant"

    def seats(self, group: str) -> tuple[Seat, ...]:
        """Return the seats of a group: those given by name, then who is in by a rule and not named."""
        if group not in self._seats:
            by_rule = (Seat(uid, "by rule", "") for uid in self.in_order(self._by_rule(group)))
            self._seats[group] = (*self.named_seats.get(group, ()), *by_rule)
        return self._seats[group]

    def size(self, group: str) -> int:
        """Return how many seats a group has."""
        return len(self.named_seats.get(group, ())) + len(self._by_rule(group))

    def fitting(self, rule: Rule) -> set[str]:
        """Return the persons who fit a rule on that day; who has left fits none."""
        return self._fitting.everybody(rule)

    @cached_property
    def carrying(self) -> frozenset[str]:
        """On whom something open rests: the parties named, and the persons behind their posts and groups."""
        named = self._fitting.carrying()
        return frozenset(named | {person for party in named for person in self.persons(party)})

    def persons(self, party: str, *, by_name: bool = False) -> tuple[str, ...]:
        """Return the persons behind a party: itself, the holders of a post, the members of a group; nobody otherwise.

        A group inside a group is opened; each person comes once. With ``by_name``, members by a rule are left out.
        """
        head = self.parties.get(party)
        if head is None or head.kind == PartyKind.ORGANISATION:
            return ()
        if head.kind == PartyKind.PERSON:
            return (party,)
        seats = (lambda group: self.named_seats.get(group, ())) if by_name else self.seats
        return tuple(dict.fromkeys(self._persons(party, set(), seats)))

    def signers(self, party: str) -> tuple[str, ...]:
        """Return who answers for a party: its persons, itself for an organisation, a vacant post or an empty group."""
        if party not in self._signers:
            self._signers[party] = tuple(dict.fromkeys(self._answering(party))) or (party,)
        return self._signers[party]

    def homes(self, party: str) -> frozenset[str]:
        """Return the organisations (uids) that a party belongs to, those above them included.

        A person belongs where they work and where the posts lie that they hold.
        """
        if party not in self._homes:
            head = self.parties.get(party)
            starts = [head.organisation if head.kind != PartyKind.ORGANISATION else party] if head is not None else []
            starts += [self.parties[post].organisation for post in self.posts.get(party, ()) if post in self.parties]
            self._homes[party] = frozenset(self._upward(starts))
        return self._homes[party]

    def groups_of(self, party: str) -> tuple[str, ...]:
        """Return the groups in which a party, or a post that it holds, has a seat; asked for one party at a time."""
        return tuple(self.in_order(group for group, _ in self.seats_of(party)))

    def seats_of(self, party: str) -> tuple[tuple[str, Seat], ...]:
        """Return the seats of a party, and of the posts that it holds, each with its group (uid), by the group's name.

        Asked for one party at a time: whether it fits a rule is looked up for it alone.
        """
        if party not in self._seats_of:
            carriers = (party, *self.posts.get(party, ()))
            named = [each for carrier in carriers for each in self._seats_by_name.get(carrier, ())]
            known = {group for group, seat in named if seat.member == party}
            ruled = [
                (group, many) for group, many in self.rules.items() if group in self.parties and group not in known
            ]
            fits = self._fitting.groups_of(party, ruled)
            found = named + [(group, Seat(party, "by rule", "")) for group in fits]
            self._seats_of[party] = tuple(sorted(found, key=lambda each: self._places[each[0]]))
        return self._seats_of[party]

    def reached_by(self, party: str) -> tuple[str, ...]:
        """Return the parties whose roles are also this one's: itself, its posts, its groups, those around them."""
        return self.reached_by_name((party, *self.posts.get(party, ()), *self.groups_of(party)))

    def reached_by_name(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Return parties and the groups in which they have a seat by name, be it within another group."""
        edge = list(parties)
        found: dict[str, None] = {}
        while edge:
            found |= dict.fromkeys(edge)
            edge = [group for uid in edge for group, _ in self._seats_by_name.get(uid, ()) if group not in found]
        return tuple(found)

    def in_order(self, uids: Iterable[str]) -> list[str]:
        """Return parties in the order of their names, each once."""
        return sorted({uid for uid in uids if uid in self.parties}, key=self._places.__getitem__)

    def _answering(self, party: str) -> Iterator[str]:
        head = self.parties.get(party)
        if head is not None and head.kind == PartyKind.GROUP:
            for seat in self.seats(party):
                yield from self.signers(seat.member)
        else:
            yield from self.persons(party)

    def _persons(self, party: str, seen: set[str], seats_of: Any) -> Iterator[str]:
        head = self.parties.get(party)
        if head is None or party in seen:
            return
        seen.add(party)
        if head.kind == PartyKind.PERSON:
            yield party
        elif head.kind == PartyKind.POST:
            yield from (held.person for held in self.holdings.get(party, ()))
        elif head.kind == PartyKind.GROUP:
            for seat in seats_of(party):
                yield from self._persons(seat.member, seen, seats_of)

    def _by_rule(self, group: str) -> set[str]:
        known = {seat.member for seat in self.named_seats.get(group, ())}
        return {uid for rule in self.rules.get(group, ()) for uid in self.fitting(rule)} - known

    def _upward(self, starts: Iterable[str | None]) -> set[str]:
        found: set[str] = set()
        for start in starts:
            uid = start
            while uid and uid in self.parties and uid not in found:
                found.add(uid)
                uid = self.parties[uid].organisation
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each party in the order of names."""
        return {uid: place for place, uid in enumerate(self.parties)}

    @cached_property
    def _seats_by_name(self) -> dict[str, list[tuple[str, Seat]]]:
        """The seats that each party has by name, each with its group."""
        found: dict[str, list[tuple[str, Seat]]] = defaultdict(list)
        for group, seats in self.named_seats.items():
            for seat in seats if group in self.parties else ():
                found[seat.member].append((group, seat))
        return found

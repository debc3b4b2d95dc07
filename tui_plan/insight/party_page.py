"""Everything about one party on one page: what it holds and held, what rests on it, who is in it, how it is reached."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.agreement import agreements_of
from tui_plan.insight.briefings import BriefingLine, briefings_of
from tui_plan.insight.checklists import RunLine, checklist_runs
from tui_plan.insight.details import record_values
from tui_plan.insight.heard import Contacted, ContactLine, contact_log, contacted
from tui_plan.insight.people_on import PeopleOn
from tui_plan.insight.register import EntryLine, owned_by, register_entries
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Alternate, ContactMethod, Party, Tenure
from tui_plan.model.places import merged_words
from tui_plan.model.plan import Action, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import EntryKind, PartyKind, RoleKind

_RACI = tuple(RoleKind)


class ReachLine(NamedTuple):
    """A way to reach somebody, in their order of preference."""

    uid: str
    kind: str
    value: str
    rank: int
    verified_on: date | None
    row_version: int


class HoldingLine(NamedTuple):
    """A person holding a post, now or at another time; ``post`` and ``person`` are uids."""

    uid: str
    post: str
    post_name: str
    person: str
    person_name: str
    start: date | None
    end: date | None
    acting: bool
    row_version: int

    def runs_on(self, day: date) -> bool:
        """Whether it runs on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or self.end >= day)


class CarriedLine(NamedTuple):
    """A role in an action. ``through`` names the post or group by which it comes, or is empty."""

    kind: str
    through: str
    action: ActionRow


class SeatLine(NamedTuple):
    """A seat in a group: ``group`` and ``member`` are uids, ``membership`` is empty for who is in by a rule."""

    membership: str
    group: str
    group_name: str
    member: str
    member_name: str
    seat: str


class RegisterLine(NamedTuple):
    """An entry of the register about the party."""

    uid: str
    number: int
    kind: str
    on: date
    title: str
    level: str
    evidence: str

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"R-{self.number}"


class ParticipationLine(NamedTuple):
    """How many of a partner were to take part on a day, and how many did; ``title`` says who is meant."""

    uid: str
    number: int
    on: date
    title: str
    intended: int
    active: int

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"R-{self.number}"

    @property
    def share(self) -> float | None:
        """How many of those who were to take part did, from 0 to 1; None where nobody was to."""
        return self.active / self.intended if self.intended else None


class PartyPage(NamedTuple):
    """A party whole. ``values`` are its own fields by name; what they and its seats refer to is in ``names`` by uid.

    ``holdings`` are the posts a person holds and held, or who holds and held a post, the present first. ``seats`` are
    seats in groups, ``members`` who sits in a group. ``belonging`` are the parties of an organisation, as
    (uid, kind, name). ``agreements`` are as ``agreements_of`` gives them. ``owned`` are open risks and issues, the
    gravest first; ``participation`` is how many take part, the newest first.
    """

    uid: str
    values: dict[str, Any]
    names: dict[str, str]
    reach: tuple[ReachLine, ...]
    holdings: tuple[HoldingLine, ...]
    alternates: tuple[tuple[str, str], ...]
    stands_in_for: tuple[tuple[str, str], ...]
    carried: tuple[CarriedLine, ...]
    seats: tuple[SeatLine, ...]
    members: tuple[SeatLine, ...]
    belonging: tuple[tuple[str, str, str], ...]
    agreements: tuple[tuple[str, str, str, str, date | None], ...]
    briefings: tuple[BriefingLine, ...]
    checklists: tuple[RunLine, ...]
    contacted: Contacted
    log: tuple[ContactLine, ...]
    register: tuple[RegisterLine, ...]
    owned: tuple[EntryLine, ...]
    participation: tuple[ParticipationLine, ...]


def party_page(uid: str, today: date) -> PartyPage:
    """Return everything about a party as it stands on ``today``; ``NotFound`` if it is gone, or merged into another."""
    values = record_values("party", uid)
    if values["merged_into"]:
        raise NotFound(merged_words(values))
    people = PeopleOn(today)
    seats = people.seats_of(uid)
    named = (values["organisation"], values["reports_to"], *(seat.member for _, seat in seats))
    return PartyPage(
        uid,
        values,
        {each: people.name(each) for each in named if each},
        reach_of(uid),
        tuple(holdings_of(uid, today)),
        tuple((person, people.name(person)) for person in _alternates(uid)),
        tuple((post, people.name(post)) for post in _stands_in_for(uid)),
        tuple(carried_by(uid, people)),
        tuple(_seat_line(group, seat, people) for group, seat in seats),
        tuple(_members(uid, people)) if values["kind"] == PartyKind.GROUP else (),
        _belonging(uid, people),
        tuple(agreements_of(uid)),
        tuple(briefings_of(uid, people.groups_of(uid), people)),
        tuple(checklist_runs(uid)),
        contacted(uid, today),
        tuple(contact_log(uid)),
        tuple(register_of(uid)),
        tuple(owned_entries(uid)),
        tuple(participation_of(uid)),
    )


def reach_of(party: str) -> tuple[ReachLine, ...]:
    """Return the ways to reach a party, the preferred one first."""
    fields = [ContactMethod._meta.fields[name] for name in ReachLine._fields]
    query = ContactMethod.select(*fields).where(ContactMethod.party == party)
    return tuple(
        ReachLine(*row) for row in rows(query.order_by(ContactMethod.rank, ContactMethod.kind, ContactMethod.uid))
    )


def holdings_of(party: str, today: date) -> list[HoldingLine]:
    """Return the tenures of a person or post, those that run on ``today`` first, then the latest."""
    post, person = Party.alias(), Party.alias()
    fields = (
        Tenure.uid,
        Tenure.post,
        post.name,
        Tenure.person,
        person.name,
        Tenure.start,
        Tenure.end,
        Tenure.acting,
        Tenure.row_version,
    )
    query = (
        Tenure.select(*fields)
        .join(post, on=(Tenure.post == post.uid))
        .switch(Tenure)
        .join(person, on=(Tenure.person == person.uid))
        .where((Tenure.post == party) | (Tenure.person == party))
    )
    found = [HoldingLine(*row) for row in rows(query)]
    return sorted(found, key=lambda line: (not line.runs_on(today), -(line.start or date.min).toordinal()))


def carried_by(party: str, people: PeopleOn) -> list[CarriedLine]:
    """Return the roles of a party, by itself, by its posts and by its groups, in the order of the actions."""
    through = {uid: people.name(uid) if uid != party else "" for uid in people.reached_by(party)}
    # By the kind, since SQLite would rather look through all roles that are no reviewer's than through the party's.
    roles = rows(
        Role.select(Role.action, Role.kind, Role.party).where(
            Role.party.in_(list(through)) & (Role.kind != RoleKind.REVIEWER.value)
        )
    )
    actions = {row.uid: row for row in action_rows(None, Action.uid.in_([action for action, _, _ in roles]))}
    found = {
        (action, kind): through[by]
        for action, kind, by in sorted(roles, key=lambda row: bool(through[row[2]]), reverse=True)
    }
    lines = [CarriedLine(kind, by, actions[action]) for (action, kind), by in found.items()]
    return sorted(
        lines, key=lambda line: (not line.action.is_open, line.action.number, _RACI.index(RoleKind(line.kind)))
    )


def _alternates(post: str) -> Iterable[str]:
    found = Alternate.select(Alternate.person).where(Alternate.post == post).order_by(Alternate.rank)
    return (person for (person,) in rows(found))


def _stands_in_for(person: str) -> Iterable[str]:
    return (post for (post,) in rows(Alternate.select(Alternate.post).where(Alternate.person == person)))


def _members(group: str, people: PeopleOn) -> Iterable[SeatLine]:
    return (_seat_line(group, seat, people) for seat in people.seats(group))


def _seat_line(group: str, seat: Any, people: PeopleOn) -> SeatLine:
    head = people.parties.get(seat.member)
    name = people.name(seat.member)
    if head is not None and head.kind == PartyKind.POST:
        name = f"{name} ({people.holder_words(seat.member)})"
    return SeatLine(seat.membership, group, people.name(group), seat.member, name, seat.seat)


def _belonging(organisation: str, people: PeopleOn) -> tuple[tuple[str, str, str], ...]:
    kinds = list(PartyKind)
    found = [(uid, head.kind, head.name) for uid, head in people.parties.items() if head.organisation == organisation]
    return tuple(sorted(found, key=lambda each: kinds.index(PartyKind(each[1]))))


def register_of(party: str) -> list[RegisterLine]:
    """Return who they champion and how they stood to the plan, the newest first."""
    fields = [RegisterEntry._meta.fields[name] for name in RegisterLine._fields]
    kinds = [EntryKind.CHAMPION.value, EntryKind.SUPPORT.value]
    query = RegisterEntry.select(*fields).where((RegisterEntry.party == party) & RegisterEntry.kind.in_(kinds))
    return [RegisterLine(*row) for row in rows(query.order_by(RegisterEntry.on.desc(), RegisterEntry.number.desc()))]


def owned_entries(party: str) -> list[EntryLine]:
    """Return the open risks and issues that a party owns, the gravest risk first, then as they fall due."""
    found = register_entries(None, (), owned_by(party))
    return sorted(found, key=lambda line: (-(line.score or 0), line.due or date.max, line.number))


def participation_of(party: str) -> list[ParticipationLine]:
    """Return how many of a partner take part, over time, the newest first."""
    fields = [RegisterEntry._meta.fields[name] for name in ParticipationLine._fields]
    mine = (RegisterEntry.party == party) & (RegisterEntry.kind == EntryKind.PARTICIPATION.value)
    query = RegisterEntry.select(*fields).where(mine)
    return [
        ParticipationLine(*row) for row in rows(query.order_by(RegisterEntry.on.desc(), RegisterEntry.number.desc()))
    ]

"""Who is in a group, and why: the seats given by name, and the rules in words with whom each of them matches.

Screens, papers and the command line ask here, so that a rule reads the same everywhere.
"""

from datetime import date
from typing import Any, NamedTuple

from tui_plan.insight.people_on import PeopleOn, Seat
from tui_plan.model.base import rows
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.plan import DevelopmentArea, Plan
from tui_plan.model.vocabulary import Audience, PartyKind

_AUDIENCES = {
    Audience.OFFICIALS: "among the key public officials",
    Audience.LEADERS: "among the other community leaders",
    Audience.COMMUNITY: "in the larger community",
    Audience.STAFF: "among the partner staff",
}


class RuleLine(NamedTuple):
    """A rule of a group in words. ``fitting`` are the persons (uid and name) whom it matches, by name.

    The other fields are those of the record: ``organisation``, ``plan`` and ``area`` are uids or None.
    """

    uid: str
    words: str
    fitting: tuple[tuple[str, str], ...]
    role: str
    audience: str
    organisation: str | None
    plan: str | None
    area: str | None
    row_version: int

    @property
    def matches(self) -> int:
        """How many persons it matches."""
        return len(self.fitting)


class SeatHolder(NamedTuple):
    """A seat in a group that was given by name. ``behind`` names the holders of a post, or tells that it is vacant.

    ``where`` is the organisation that the member belongs to.
    """

    membership: str
    member: str
    name: str
    kind: str
    seat: str
    behind: str
    where: str
    left_on: date | None


class GroupMembers(NamedTuple):
    """A group's seats by name, chair and deputy first, and its rules."""

    seats: tuple[SeatHolder, ...]
    rules: tuple[RuleLine, ...]


def rule_words(role: str = "", audience: str = "", organisation: str = "", plan: str = "", area: str = "") -> str:
    """Return a rule in words; organisation, plan and area are names, and what is empty is left unsaid."""
    parts = ["Everybody"]
    if role:
        where = f"the area “{area}”" if area else f"the plan “{plan}”" if plan else "any plan"
        parts.append(f"{role} in {where}")
    if audience:
        parts.append(_AUDIENCES[Audience(audience)])
    if organisation:
        parts.append(f"at {organisation}")
    return " ".join(parts)


def rules_of(group: str, today: date) -> list[RuleLine]:
    """Return a group's rules in words, with whom each matches on ``today``: nobody, for some."""
    return _rules(group, PeopleOn(today))


def members_of(group: str, today: date) -> GroupMembers:
    """Return who sits in a group by name, and the group's rules."""
    people = PeopleOn(today)
    seats = [_seat(seat, people) for seat in people.named_seats.get(group, ()) if seat.member in people.parties]
    return GroupMembers(tuple(sorted(seats, key=lambda seat: seat_order(seat.seat))), tuple(_rules(group, people)))


def seat_order(seat: str) -> int:
    """Return where a seat comes in a list: the chair first, then deputies, then all others."""
    words = seat.casefold()
    if "deputy" in words or "vice" in words:
        return 1
    return 0 if "chair" in words else 2


def _seat(seat: Seat, people: PeopleOn) -> SeatHolder:
    head = people.parties[seat.member]
    behind = people.holder_words(seat.member) if head.kind == PartyKind.POST else ""
    where = people.name(head.organisation)
    return SeatHolder(seat.membership, seat.member, head.name, head.kind, seat.seat, behind, where, head.left_on)


def _rules(group: str, people: PeopleOn) -> list[RuleLine]:
    named = {uid: rest for uid, *rest in rows(_named(group))}
    found = []
    for rule in people.rules.get(group, ()):
        plan, area, version = named[rule.uid]
        words = rule_words(rule.role, rule.audience, people.name(rule.organisation), plan or "", area or "")
        fitting = tuple((uid, people.name(uid)) for uid in people.in_order(people.fitting(rule)))
        found.append(
            RuleLine(
                rule.uid, words, fitting, rule.role, rule.audience, rule.organisation, rule.plan, rule.area, version
            )
        )
    return sorted(found, key=lambda line: line.words)


def _named(group: str) -> Any:
    """The query of a group's rules with the names of plan and area, and the version of each record."""
    query = MembershipRule.select(
        MembershipRule.uid, Plan.name, DevelopmentArea.title, MembershipRule.row_version
    ).left_outer_join(Plan, on=(MembershipRule.plan == Plan.uid))
    areas = query.switch(MembershipRule).left_outer_join(
        DevelopmentArea, on=(MembershipRule.area == DevelopmentArea.uid)
    )
    return areas.where(MembershipRule.group == group)

"""Groups: who has a seat by name, who is in by a rule, and as what."""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.people import Membership, Party
from tui_plan.model.places import next_position, quoted, stored_row
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Audience, PartyKind, RoleKind
from tui_plan.operations.checking import Rule, checked, line, reference, word
from tui_plan.operations.lapsing import day_of, lapsing
from tui_plan.operations.people import require_kind


class RuleValues(TypedDict, total=False):
    """Who is in: all that is given must fit. ``organisation``, ``plan`` and ``area`` are uids."""

    role: str
    audience: str
    organisation: str | None
    plan: str | None
    area: str | None


_LONGEST_SEAT = 80
SEAT_RULES: dict[str, Rule] = {"seat": line("The seat", limit=_LONGEST_SEAT)}
RULE_RULES: dict[str, Rule] = {
    "role": word(RoleKind, "The role", optional=True),
    "audience": word(Audience, "The audience", optional=True),
    "organisation": reference,
    "plan": reference,
    "area": reference,
}


def add_member(author: Author, group: str, member: str, seat: str = "member") -> str:
    """Give a party a seat in a group, and return the membership's uid; groups may not hold each other in a circle."""
    kept = checked({"seat": seat}, SEAT_RULES)
    on = day_of(author)
    among = PeopleOn(on).signers(member)
    with change(author, "Added a member to the group") as writer, lapsing(writer, on, among=among):
        require_kind(group, PartyKind.GROUP, "What has members", "group")
        writer.summary = f"Gave {_quoted(member)} a seat in {_quoted(group)}"
        position = next_position(Membership, Membership.group == group)
        uid = writer.create(Membership, group=group, member=member, position=position, **kept)
        check_member(group, member)
        return uid


def edit_member(author: Author, uid: str, seat: str, *, version_seen: int | None = None) -> bool:
    """Say as what somebody sits in a group, such as chair or deputy; return whether anything changed."""
    kept = checked({"seat": seat}, SEAT_RULES)
    with change(author, "Edited a seat") as writer:
        row = stored_row(Membership, uid)
        writer.summary = f"{_quoted(row['member'])} sits in {_quoted(row['group'])} as {kept['seat'] or 'member'}"
        return writer.update(Membership, uid, kept, version=version_seen)


def remove_member(author: Author, uid: str) -> None:
    """Take a seat in a group away."""
    with change(author, "Removed a member") as writer:
        row = stored_row(Membership, uid)
        writer.summary = f"Took the seat of {_quoted(row['member'])} in {_quoted(row['group'])} away"
        writer.delete(Membership, uid)


def add_rule(author: Author, group: str, **values: Unpack[RuleValues]) -> str:
    """Let all who fit a rule be in a group, and return the rule's uid."""
    kept = checked(values, RULE_RULES)
    check_rule(kept)
    with change(author, "Added a rule to the group") as writer, lapsing(writer, day_of(author)):
        require_kind(group, PartyKind.GROUP, "What has rules", "group")
        writer.summary = f"Added a rule to {_quoted(group)}"
        _check_home(kept)
        return writer.create(MembershipRule, group=group, **kept)


def edit_rule(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[RuleValues]) -> bool:
    """Change a rule of a group; return whether anything changed."""
    kept = checked(values, RULE_RULES)
    with change(author, "Edited a rule") as writer, lapsing(writer, day_of(author)):
        row = stored_row(MembershipRule, uid)
        writer.summary = f"Edited a rule of {_quoted(row['group'])}"
        check_rule(row | kept)
        _check_home(kept)
        return writer.update(MembershipRule, uid, kept, version=version_seen)


def remove_rule(author: Author, uid: str) -> None:
    """Remove a rule of a group."""
    with change(author, "Removed a rule") as writer:
        writer.summary = f"Removed a rule of {_quoted(stored_row(MembershipRule, uid)['group'])}"
        writer.delete(MembershipRule, uid)


def joined_seats(own: str, other: str) -> str:
    """Return as what somebody sits who comes to have two seats in one group; "member" goes without saying."""
    words = [word.strip() for seat in (own, other) for word in seat.split(",")]
    joined = ", ".join(dict.fromkeys(word for word in words if word not in {"", "member"}))
    return joined if joined and len(joined) <= _LONGEST_SEAT else own or other


def check_member(group: str, member: str) -> None:
    """Raise ``InvalidInput`` when a kept seat is there twice or makes a group its own member."""
    if Membership.select().where((Membership.group == group) & (Membership.member == member)).count() > 1:
        raise InvalidInput("They are in this group already.", "member")
    inside = {member}
    edge = inside
    while edge and group not in inside:
        edge = {uid for (uid,) in rows(Membership.select(Membership.member).where(Membership.group.in_(edge)))} - inside
        inside = inside | edge
    if group in inside:
        raise InvalidInput("A group cannot be a member of itself, directly or through another group.", "member")


def check_rule(row: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` when a rule says nothing, or looks in a plan for no role."""
    if not (row.get("role") or row.get("audience") or row.get("organisation")):
        raise InvalidInput("A rule needs a role, an audience or an organisation: all who fit are in the group.", "role")
    if (row.get("plan") or row.get("area")) and not row.get("role"):
        raise InvalidInput("Say which role in that plan or area the rule is about.", "role")


def _check_home(kept: Mapping[str, Any]) -> None:
    if kept.get("organisation"):
        require_kind(kept["organisation"], PartyKind.ORGANISATION, "Where they belong", "organisation")


def _quoted(party: str) -> str:
    return quoted(Party, stored_row(Party, party))

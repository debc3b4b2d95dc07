"""Seats by name and rules: who can sit where, as what, and what a rule must say."""

import pytest

from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.call_down import call_down
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.ledger import Change
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.people import Membership
from tui_plan.model.vocabulary import Audience, PartyKind, RoleKind
from tui_plan.operations.groups import (
    add_member,
    add_rule,
    edit_member,
    edit_rule,
    joined_seats,
    remove_member,
    remove_rule,
)
from tui_plan.operations.people import add_party
from tui_plan.operations.undoing import undo

ME = typed(TODAY)


def seats(group: str) -> list[tuple[str, str]]:
    found = PeopleOn(TODAY)
    return [(found.name(seat.member), seat.seat) for seat in found.named_seats.get(group, ())]


def uid_of(group: str, member: str) -> str:
    query = Membership.select(Membership.uid).where((Membership.group == group) & (Membership.member == member))
    return str(rows(query)[0][0])


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


def summary() -> str:
    return str(rows(Change.select(Change.summary).where(Change.id == last()))[0][0])


def test_seats_in_their_order_with_their_words(world: PeopleWorld) -> None:
    add_member(ME, world.board, world.dana, "  Secretary ")
    assert seats(world.board) == [
        ("Mayor", "chair"),
        ("Ana Ruiz", "deputy"),
        ("Cleo Marsh", "member"),
        ("Dana Lind", "Secretary"),
    ]
    assert summary() == "Gave “Dana Lind” a seat in “Board”"
    assert edit_member(ME, uid_of(world.board, world.dana), "treasurer")
    assert summary() == "“Dana Lind” sits in “Board” as treasurer"
    assert not edit_member(ME, uid_of(world.board, world.dana), "treasurer")
    remove_member(ME, uid_of(world.board, world.ana))
    assert summary() == "Took the seat of “Ana Ruiz” in “Board” away"
    undo(ME)
    assert seats(world.board)[1] == ("Ana Ruiz", "deputy")


@pytest.mark.parametrize(
    ("own", "other", "joined"),
    [
        ("member", "chair", "chair"),
        ("chair", "member", "chair"),
        ("member", "member", "member"),
        ("", "", ""),
        ("", "member", "member"),
        ("deputy", "chair", "deputy, chair"),
        ("deputy, chair", "chair", "deputy, chair"),
        ("x" * 60, "y" * 60, "x" * 60),
    ],
)
def test_two_seats_in_one(own: str, other: str, joined: str) -> None:
    assert joined_seats(own, other) == joined


def test_who_cannot_sit_where(world: PeopleWorld, refused: Refusal) -> None:
    circle = {"member": "A group cannot be a member of itself, directly or through another group."}
    assert refused(add_member, ME, world.panel, world.panel) == circle
    assert refused(add_member, ME, world.panel, world.everybody) == circle
    middle = add_party(ME, PartyKind.GROUP, name="Middle")
    add_member(ME, world.panel, middle)
    assert refused(add_member, ME, middle, world.everybody) == circle
    assert refused(add_member, ME, world.board, world.ana) == {"member": "They are in this group already."}
    assert refused(add_member, ME, world.ana, world.ben) == {"group": "What has members must be a group."}
    assert refused(add_member, ME, world.board, "nobody") == {"": "There is no such party in this database."}
    assert refused(edit_member, ME, uid_of(world.board, world.ana), "x" * 81) == {
        "seat": "The seat is 81 characters long; shorten it to 80."
    }


def test_an_undo_cannot_close_a_circle(world: PeopleWorld, refused: Refusal) -> None:
    remove_member(ME, uid_of(world.everybody, world.panel))
    removed = last()
    add_member(ME, world.panel, world.everybody)
    (sentence,) = refused(undo, ME, removed).values()
    assert sentence.endswith("A group cannot be a member of itself, directly or through another group.")


def test_a_rule_must_say_something(world: PeopleWorld, refused: Refusal) -> None:
    nothing = {"role": "A rule needs a role, an audience or an organisation: all who fit are in the group."}
    assert refused(add_rule, ME, world.owners) == nothing
    assert refused(add_rule, ME, world.owners, plan=world.plan) == nothing
    assert refused(add_rule, ME, world.owners, audience=Audience.STAFF, area=world.areas[0]) == {
        "role": "Say which role in that plan or area the rule is about."
    }
    assert refused(add_rule, ME, world.owners, role="boss", audience="all") == {
        "role": "The role is one of: accountable, responsible, consulted, informed, reviewer.",
        "audience": "The audience is one of: key public officials, other community leaders, larger community, "
        "partner staff.",
    }
    wrong = {"organisation": "Where they belong must be an organisation."}
    assert refused(add_rule, ME, world.owners, organisation=world.ana) == wrong
    assert refused(add_rule, ME, world.ana, audience=Audience.STAFF) == {"group": "What has rules must be a group."}
    rule = add_rule(ME, world.owners, audience=Audience.STAFF)
    assert refused(edit_rule, ME, rule, audience="") == nothing
    assert refused(edit_rule, ME, rule, organisation=world.board) == wrong


def test_a_rule_that_matches_nobody_is_fine(world: PeopleWorld) -> None:
    empty = add_party(ME, PartyKind.GROUP, name="Nobody yet")
    rule = add_rule(ME, empty, audience=Audience.COMMUNITY)
    found = PeopleOn(TODAY)
    assert found.fitting(found.rules[empty][0]) == set()
    assert call_down(empty, TODAY).lines == ()
    assert edit_rule(ME, rule, audience=Audience.STAFF)
    assert [line.name for line in call_down(empty, TODAY).lines] == ["Finn Berg"]
    remove_rule(ME, rule)
    assert summary() == "Removed a rule of “Nobody yet”"
    assert call_down(empty, TODAY).called == ()


def test_an_undo_cannot_leave_a_rule_that_says_nothing(world: PeopleWorld, refused: Refusal) -> None:
    rule = add_rule(ME, world.owners, role=RoleKind.INFORMED)
    edit_rule(ME, rule, audience=Audience.STAFF)
    gave = last()
    edit_rule(ME, rule, role="")
    assert list(refused(undo, ME, gave).values()) == [
        "It cannot be undone beside what was changed since. "
        "A rule needs a role, an audience or an organisation: all who fit are in the group."
    ]
    assert MembershipRule.select().where(MembershipRule.group == world.owners).count() == 2

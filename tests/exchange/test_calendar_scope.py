"""What somebody's calendar covers by way of groups: those they sit in by name, and those by a rule."""

from datetime import timedelta

from tests.people_world import FIRST, TODAY, PeopleWorld
from tui_plan.exchange.calendar_scope import party_scope
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.vocabulary import PartyKind, RoleKind
from tui_plan.operations import groups, people, posts


def names(it: PeopleWorld, party: str, days: int = 0) -> set[str]:
    day = TODAY + timedelta(days=days)
    return {PeopleOn(day).name(uid) for uid in party_scope(party, day).parties}


def test_groups_by_name_by_post_and_by_rule(world: PeopleWorld) -> None:
    assert names(world, world.ana) == {"Ana Ruiz", "Registrar", "Board", "Owners"}
    assert names(world, world.ben) == {"Ben Okafor", "Mayor", "Board", "Officials", "Everybody"}
    assert names(world, world.dana) == {"Dana Lind", "Officials", "Everybody"}
    assert names(world, world.chief) == {"Chief", "Everybody"}


def test_a_rule_follows_the_day(world: PeopleWorld) -> None:
    people.edit_party(FIRST, world.dana, left_on=TODAY)
    assert "Officials" in names(world, world.dana)
    assert "Officials" not in names(world, world.dana, days=1)
    posts.add_tenure(FIRST, world.chief, world.gus, start=TODAY + timedelta(days=2))
    assert "Owners" not in names(world, world.gus, days=1)
    assert "Owners" in names(world, world.gus, days=2)


def test_a_group_around_a_group_by_rule_is_reached_too(world: PeopleWorld) -> None:
    around = people.add_party(FIRST, PartyKind.GROUP, name="Around")
    groups.add_member(FIRST, around, world.officials)
    groups.add_rule(FIRST, world.officials, role=RoleKind.CONSULTED)
    assert {"Officials", "Around"} <= names(world, world.dana)
    assert "Around" not in names(world, world.cleo)


def test_the_roster_may_be_given_by_who_has_read_it(world: PeopleWorld) -> None:
    given = party_scope(world.ana, TODAY, people=PeopleOn(TODAY))
    assert given.parties == party_scope(world.ana, TODAY).parties

"""Whom to call of a group, in which order, by which two ways; never somebody who left, never one person twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from tests.people_steps import Step, steps, take
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.call_down import CallLine, Way, call_down
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import Audience, PartyKind
from tui_plan.operations import contacts, groups, merging, people, posts

ME = typed(TODAY)


def lines(group: str) -> list[tuple[str, str, str]]:
    return [(line.name, line.where, line.capacity) for line in call_down(group, TODAY).lines]


def test_in_the_order_of_the_seats_then_by_rule(world: PeopleWorld) -> None:
    assert lines(world.everybody) == [
        ("Gus Silva", "Northfield City", "stands in for Chief"),
        ("Finn Berg", "Northfield City", "stands in for Chief"),
        ("Dana Lind", "Housing Trust", ""),
        ("Ben Okafor", "Northfield City", "Mayor"),
    ]
    found = call_down(world.everybody, TODAY)
    assert (found.name, found.day) == ("Everybody", TODAY)
    assert found.called == (world.gus, world.finn, world.dana, world.ben)
    assert lines(world.board) == [
        ("Ben Okafor", "Northfield City", "Mayor"),
        ("Ana Ruiz", "Harbour College", "Registrar"),
        ("Cleo Marsh", "", ""),
    ]


def test_two_ways_in_their_order_and_no_letters(world: PeopleWorld) -> None:
    contacts.add_contact(ME, world.ana, kind="phone", value="3")
    contacts.add_contact(ME, world.gus, kind="address", value="1 Hill Road")
    ways = {line.name: line.ways for line in call_down(world.everybody, TODAY).lines}
    ways |= {line.name: line.ways for line in call_down(world.board, TODAY).lines}
    assert ways["Ana Ruiz"] == (
        Way("email", "ana@college.example.org", date(2026, 1, 9)),
        Way("mobile", "+44 7700 900001", None),
    )
    assert ways["Gus Silva"] == (Way("email", "gus@city.example.org", None),)
    assert ways["Dana Lind"] == ()


def test_a_vacant_post_is_stood_in_for_or_said(world: PeopleWorld) -> None:
    posts.set_alternates(ME, world.chief, [])
    assert lines(world.everybody)[0] == ("Chief: vacant", "Northfield City", "nobody stands in")
    assert call_down(world.everybody, TODAY).lines[0].uid == ""
    other = people.add_party(ME, PartyKind.POST, name="Chief", organisation=world.college)
    groups.add_member(ME, world.everybody, other)
    vacant = [line for line in lines(world.everybody) if not line[0].startswith(("Finn", "Gus", "Dana", "Ben"))]
    assert vacant == [
        ("Chief: vacant", "Northfield City", "nobody stands in"),
        ("Chief: vacant", "Harbour College", "nobody stands in"),
    ]


def test_who_left_is_not_called_and_stood_in_for(world: PeopleWorld) -> None:
    people.edit_party(ME, world.gus, left_on=TODAY - timedelta(days=1))
    people.edit_party(ME, world.ben, left_on=TODAY - timedelta(days=1))
    posts.set_alternates(ME, world.mayor, [world.gus, world.dana])
    assert lines(world.board)[0] == ("Dana Lind", "Northfield City", "stands in for Mayor")
    assert [name for name, *_ in lines(world.everybody)] == ["Finn Berg", "Dana Lind"]


def test_an_acting_holder_is_called_so(world: PeopleWorld) -> None:
    groups.add_member(ME, world.officials, world.warden)
    assert ("Finn Berg", "Housing Trust", "Warden (acting)") in lines(world.officials)


def test_a_seat_with_a_word_is_a_capacity(world: PeopleWorld) -> None:
    groups.add_member(ME, world.officials, world.cleo, "press officer")
    groups.add_member(ME, world.officials, world.city)
    assert ("Cleo Marsh", "", "press officer") in lines(world.officials)
    assert (
        CallLine(world.city, "Northfield City", "", "", (Way("email", "office@city.example.org", None),))
        in call_down(world.officials, TODAY).lines
    )


def test_nobody_to_call_is_no_line(world: PeopleWorld) -> None:
    empty = people.add_party(ME, PartyKind.GROUP, name="Empty")
    groups.add_rule(ME, empty, audience=Audience.COMMUNITY)
    assert (call_down(empty, TODAY).lines, call_down(empty, TODAY).called) == ((), ())


def test_only_a_group_is_called_down(world: PeopleWorld) -> None:
    merging.merge_parties(ME, world.board, world.owners)
    for uid in (world.ana, "nobody", world.owners):
        with pytest.raises(NotFound, match="no such group"):
            call_down(uid, TODAY)


@settings(IN_A_WORLD, max_examples=25)
@given(many=steps(most=9))
def test_everybody_in_it_who_is_here_is_called_once(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        found = PeopleOn(TODAY)
        for uid, head in found.parties.items():
            if head.kind != PartyKind.GROUP:
                continue
            called = call_down(uid, TODAY).called
            assert len(called) == len(set(called))
            assert not any(found.parties[each].is_gone(TODAY) for each in called)
            here = {person for person in found.persons(uid) if not found.parties[person].is_gone(TODAY)}
            assert here <= set(called)

"""Everything about a party on one page, the same as each question alone; and nothing of what was merged or is gone."""

from datetime import date

import pytest
from hypothesis import given, settings

from tests.model.replay import replayed
from tests.people_steps import Step, steps, take
from tests.people_truth import sitting
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.heard import contact_log, contacted
from tui_plan.insight.party_page import PartyPage, carried_by, party_page
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import Audience, PartyKind, RoleKind, Status
from tui_plan.operations import actions, groups, merging, parts, people, posts

ME = typed(TODAY)


def page(uid: str) -> PartyPage:
    return party_page(uid, TODAY)


def carried(uid: str) -> list[tuple[str, str, str]]:
    return [(line.action.ref, line.kind, line.through) for line in page(uid).carried]


def seats(uid: str) -> list[tuple[str, str, str]]:
    return [(line.group_name, line.member_name, line.seat) for line in page(uid).seats]


def test_a_person_whole(world: PeopleWorld) -> None:
    found = page(world.ana)
    assert found.values["name"] == "Ana Ruiz"
    assert found.names[world.college] == "Harbour College"
    assert [(line.kind, line.rank) for line in found.reach] == [("email", 1), ("mobile", 2), ("address", 3)]
    assert [(line.post_name, line.start) for line in found.holdings] == [("Registrar", date(2025, 1, 1))]
    assert carried(world.ana) == [("A-1", "accountable", "Registrar")]
    assert seats(world.ana) == [("Board", "Ana Ruiz", "deputy"), ("Owners", "Ana Ruiz", "by rule")]
    assert [(name, version, state) for _, name, version, state, _ in found.agreements] == [
        ("Ready together", "1.0", "agreed")
    ]
    assert found.contacted == contacted(world.ana, TODAY)
    assert found.log == tuple(contact_log(world.ana))
    assert (found.members, found.belonging, found.alternates, found.register) == ((), (), (), ())


def test_a_post_with_who_held_it_and_who_stands_in(world: PeopleWorld) -> None:
    registrar = page(world.registrar)
    assert [(line.person_name, line.runs_on(TODAY)) for line in registrar.holdings] == [
        ("Ana Ruiz", True),
        ("Eve Nakamura", False),
    ]
    chief = page(world.chief)
    assert chief.alternates == ((world.gus, "Gus Silva"), (world.finn, "Finn Berg"))
    assert (chief.names[world.city], chief.names[world.mayor]) == ("Northfield City", "Mayor")
    assert page(world.gus).stands_in_for == ((world.chief, "Chief"),)
    assert seats(world.mayor) == [("Board", "Mayor (Ben Okafor)", "chair")]
    assert seats(world.chief) == [("Everybody", "Chief (vacant)", "member")]


def test_an_organisation_with_what_belongs_to_it(world: PeopleWorld) -> None:
    found = page(world.city)
    assert [(kind, name) for _, kind, name in found.belonging] == [
        ("person", "Ben Okafor"),
        ("person", "Eve Nakamura"),
        ("person", "Gus Silva"),
        ("post", "Chief"),
        ("post", "Mayor"),
        ("organisation", "Housing Trust"),
    ]
    assert [line.title for line in page(world.trust).register] == ["Behind it"]


def test_a_group_with_its_members(world: PeopleWorld) -> None:
    assert [(line.member_name, line.seat) for line in page(world.everybody).members] == [
        ("Chief (vacant)", "member"),
        ("Panel", "member"),
        ("Dana Lind", "member"),
        ("Ben Okafor", "by rule"),
        ("Finn Berg", "by rule"),
        ("Gus Silva", "by rule"),
    ]
    assert seats(world.panel) == [("Everybody", "Panel", "member")]


def test_what_comes_by_a_post_a_group_and_a_group_within(world: PeopleWorld) -> None:
    assert carried(world.gus) == [("A-2", "responsible", "Panel")]
    parts.add_role(ME, [world.host], RoleKind.RESPONSIBLE, world.board)
    outer = people.add_party(ME, PartyKind.GROUP, name="Outer")
    groups.add_member(ME, outer, world.panel)
    parts.add_role(ME, [world.map], RoleKind.CONSULTED, outer)
    assert carried(world.gus) == [("A-2", "responsible", "Panel"), ("A-3", "consulted", "Outer")]
    assert carried(world.ben) == [("A-1", "responsible", ""), ("A-5", "responsible", "Board")]


def test_what_they_carry_by_name_goes_before_what_comes_by_others(world: PeopleWorld) -> None:
    parts.add_role(ME, [world.train], RoleKind.RESPONSIBLE, world.gus)
    parts.add_role(ME, [world.train], RoleKind.INFORMED, world.gus)
    assert carried(world.gus) == [("A-2", "responsible", ""), ("A-2", "informed", "")]


def test_open_actions_come_first(world: PeopleWorld) -> None:
    parts.add_role(ME, [world.printed, world.host], RoleKind.RESPONSIBLE, world.ana)
    assert [ref for ref, *_ in carried(world.ana)] == ["A-1", "A-5", "A-4"]
    actions.set_status(ME, [world.recruit], Status.WITHDRAWN, today=TODAY)
    assert [ref for ref, *_ in carried(world.ana)] == ["A-5", "A-1", "A-4"]


def test_the_present_holder_comes_first_then_the_latest(world: PeopleWorld) -> None:
    posts.add_tenure(ME, world.chief, world.ana, start=date(2020, 1, 1), end=date(2020, 12, 31))
    posts.add_tenure(ME, world.mayor, world.ana, start=date(2026, 5, 1), acting=True)
    assert [line.post_name for line in page(world.ana).holdings] == ["Registrar", "Mayor", "Chief"]


def test_who_is_gone_or_merged_has_no_page(world: PeopleWorld) -> None:
    merging.merge_parties(ME, world.ana, world.dana)
    with pytest.raises(NotFound, match="“Dana Lind” was merged into “Ana Ruiz”: choose that one"):
        page(world.dana)
    with pytest.raises(NotFound):
        page("nobody")


@settings(IN_A_WORLD, max_examples=20)
@given(many=steps(most=8))
def test_seats_and_roles_are_those_of_the_groups(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        now, day = replayed(), TODAY.isoformat()
        people_on = PeopleOn(TODAY)
        for uid, head in people_on.parties.items():
            found = page(uid)
            carriers = {uid, *people_on.posts.get(uid, ())}
            expected = {
                (group, member) for group in now["party"] for member in sitting(now, group, day) if member in carriers
            }
            assert {(line.group, line.member) for line in found.seats} == expected
            assert len(found.seats) == len(expected)
            if head.kind == PartyKind.PERSON:
                mine = {
                    (row["action"], row["kind"])
                    for row in now["role"].values()
                    if not row["checkpoint"] and uid in people_on.persons(row["party"])
                }
                assert {(line.action.uid, line.kind) for line in carried_by(uid, people_on)} == mine


def test_a_seat_stands_once_for_who_holds_a_post_and_acts_in_it_too(world: PeopleWorld) -> None:
    posts.add_tenure(ME, world.mayor, world.ben, start=date(2026, 3, 1), acting=True)
    groups.add_member(ME, world.panel, world.mayor)
    assert [line.member for line in page(world.ben).seats if line.group == world.panel] == [world.mayor]


def test_a_segment_lets_in_by_rule(world: PeopleWorld) -> None:
    people.edit_party(ME, world.cleo, audience=Audience.OFFICIALS)
    assert ("Officials", "Cleo Marsh", "by rule") in seats(world.cleo)

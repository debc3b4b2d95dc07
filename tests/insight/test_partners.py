"""What each partner promised and what came of it, in one form for all; and whether the convening group is whole."""

from datetime import date

import pytest
from hypothesis import given, settings

from tests.model.replay import replayed
from tests.people_steps import Step, steps, take
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.partners import (
    PartnerLine,
    PartnersReport,
    convening_gaps,
    partners,
    promises,
    promises_by_partner,
)
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Membership, Tenure
from tui_plan.model.vocabulary import PartyKind, RoleKind, Status
from tui_plan.operations import actions, groups, parts, people, plans, posts

ME = typed(TODAY)


def report(world: PeopleWorld) -> PartnersReport:
    return partners(world.plan, TODAY)


def line(world: PeopleWorld, name: str) -> PartnerLine:
    return next(one for one in report(world).lines if one.name == name)


def seat_of(group: str, member: str) -> str:
    query = Membership.select(Membership.uid).where((Membership.group == group) & (Membership.member == member))
    return str(rows(query)[0][0])


def test_all_partners_in_one_form(world: PeopleWorld) -> None:
    found = report(world)
    assert [(one.name, one.promised, one.done, one.late, one.under_way) for one in found.lines] == [
        ("Harbour College", 1, 0, 1, 0),
        ("Northfield City", 4, 1, 2, 1),
        ("Housing Trust", 2, 1, 0, 1),
    ]
    assert (found.name, found.group, found.chair, found.deputy) == (
        "Ready together",
        "Board",
        "Ben Okafor, Mayor",
        "Ana Ruiz",
    )
    assert [one.heard for one in found.lines] == [date(2026, 3, 3), date(2026, 3, 9), date(2026, 2, 20)]


def test_a_partner_with_nothing_promised_has_a_line(world: PeopleWorld) -> None:
    new = people.add_party(ME, PartyKind.ORGANISATION, name="New partner")
    plans.set_partners(ME, world.plan, [new])
    assert report(world).lines == (PartnerLine(new, "New partner", (), 0, 0, 0, 0, 0, 0, 0, None),)


def test_an_action_counts_once_for_each_partner_behind_it(world: PeopleWorld) -> None:
    parts.set_roles(
        ME,
        world.host,
        [
            (RoleKind.ACCOUNTABLE, world.college),
            (RoleKind.RESPONSIBLE, world.ana),
            (RoleKind.RESPONSIBLE, world.everybody),
        ],
    )
    assert line(world, "Harbour College").promised == 2
    assert line(world, "Northfield City").promised == 5
    assert line(world, "Housing Trust").promised == 3


OUTCOMES = [
    ({}, "under way"),
    ({"agreed": date(2026, 3, 16)}, "under way"),
    ({"agreed": date(2026, 3, 15)}, "late"),
    ({"forecast": date(2026, 3, 15)}, "late"),
    ({"agreed": date(2026, 3, 1), "forecast": date(2026, 5, 1)}, "late"),
    ({"status": "withdrawn"}, "withdrawn by agreement"),
    ({"status": "deferred", "agreed": date(2026, 3, 1)}, "deferred"),
    ({"status": "complete", "actual": date(2026, 3, 1)}, "kept on the first date"),
    ({"status": "complete", "agreed": date(2026, 3, 1), "actual": date(2026, 3, 1)}, "kept on the first date"),
    ({"status": "complete", "agreed": date(2026, 3, 1), "actual": date(2026, 3, 2)}, "done late"),
    (
        {"status": "complete", "baseline": date(2026, 2, 1), "agreed": date(2026, 3, 1), "actual": date(2026, 3, 1)},
        "kept after re-agreement",
    ),
    (
        {"status": "complete", "baseline": date(2026, 2, 1), "agreed": date(2026, 3, 1), "actual": date(2026, 2, 1)},
        "kept on the first date",
    ),
]


@pytest.mark.parametrize(("values", "outcome"), OUTCOMES)
def test_what_came_of_a_promise(world: PeopleWorld, values: dict[str, object], outcome: str) -> None:
    actions.edit_action(ME, world.host, today=TODAY, **values)  # type: ignore[arg-type]
    parts.set_roles(ME, world.host, [(RoleKind.RESPONSIBLE, world.trust)])
    (promise,) = (one for one in promises(world.plan, world.trust, TODAY) if one.ref == "A-5")
    assert promise.outcome == outcome
    assert promises_by_partner(world.plan, TODAY)[world.trust] == promises(world.plan, world.trust, TODAY)


@settings(IN_A_WORLD, max_examples=20)
@given(many=steps("roles", "one role", "status", "hold", "home", "seat", "merge", "undo", most=8))
def test_every_promise_has_one_outcome(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        live = set(replayed()["action"])
        for one in report(world).lines:
            parts_of_it = (one.done, one.under_way, one.late, one.withdrawn, one.deferred)
            assert sum(parts_of_it) == one.promised <= len(live)
            assert min(parts_of_it) >= 0
            assert len(promises(world.plan, one.uid, TODAY)) == one.promised


# The convening group


def gaps(world: PeopleWorld) -> list[str]:
    found = list(report(world).gaps)
    assert found == convening_gaps(world.plan, PeopleOn(TODAY))
    return found


def test_a_partner_without_a_seat_is_a_gap(world: PeopleWorld) -> None:
    assert [(one.name, one.seats) for one in report(world).lines] == [
        ("Harbour College", ("Ana Ruiz",)),
        ("Northfield City", ("Ben Okafor, Mayor",)),
        ("Housing Trust", ()),
    ]
    assert gaps(world) == ["Housing Trust has nobody in the group."]
    groups.add_member(ME, world.board, world.trust)
    assert line(world, "Housing Trust").seats == ("Housing Trust",)
    assert gaps(world) == []


def test_a_group_within_the_group_sits_with_its_people(world: PeopleWorld) -> None:
    groups.add_member(ME, world.board, world.panel, "chair")
    assert line(world, "Housing Trust").seats == ("Finn Berg",)
    assert report(world).chair == "Ben Okafor, Mayor"
    groups.add_member(ME, world.board, people.add_party(ME, PartyKind.GROUP, name="Hollow"))
    assert gaps(world) == ["The seat of Hollow is not filled: nobody is in that group."]


def test_a_vacant_seat_and_one_of_who_left_are_gaps(world: PeopleWorld) -> None:
    groups.add_member(ME, world.board, world.chief)
    people.edit_party(ME, world.cleo, left_on=date(2026, 3, 1))
    people.edit_party(ME, world.ben, left_on=date(2026, 3, 2))
    assert gaps(world) == [
        "Chair: nobody. Give a seat the word “chair”.",
        "The seat of Mayor is not filled: Ben Okafor left on 2026-03-02.",
        "The seat of Cleo Marsh is not filled: they left on 2026-03-01.",
        "The seat of Chief is not filled: it is vacant.",
        "Northfield City has nobody in the group.",
        "Housing Trust has nobody in the group.",
    ]


@pytest.mark.parametrize(
    ("seat", "chair", "deputy"),
    [
        ("Chair", True, False),
        ("Chairwoman", True, False),
        ("Co-chair", True, False),
        ("Deputy chair", False, True),
        ("Vice-Chair", False, True),
        ("deputy", False, True),
        ("secretary", False, False),
        ("member", False, False),
        ("secretary, chair", True, False),
        ("deputy, chair", True, True),
    ],
)
def test_chair_and_deputy_by_their_words(world: PeopleWorld, seat: str, chair: bool, deputy: bool) -> None:
    for member in (world.mayor, world.ana):
        groups.edit_member(ME, seat_of(world.board, member), "member")
    groups.edit_member(ME, seat_of(world.board, world.cleo), seat)
    found = report(world)
    assert (found.chair, found.deputy) == ("Cleo Marsh" if chair else "", "Cleo Marsh" if deputy else "")


def test_without_a_group_that_is_the_gap(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, convening_group=None)
    assert gaps(world) == ["No convening group: choose or add one for the plan, with e in the terminal."]
    assert report(world).group == ""


def test_who_sits_twice_is_named_once(world: PeopleWorld) -> None:
    groups.add_member(ME, world.board, world.ben)
    assert len(line(world, "Northfield City").seats) == 1
    posts.remove_tenure(ME, rows(Tenure.select(Tenure.uid).where(Tenure.person == world.ben))[0][0])
    assert line(world, "Northfield City").seats == ("Ben Okafor",)


def test_a_plan_that_is_gone_is_said(world: PeopleWorld) -> None:
    for ask in (lambda: partners("nowhere", TODAY), lambda: convening_gaps("nowhere", PeopleOn(TODAY))):
        with pytest.raises(NotFound, match="no longer there"):
            ask()
    actions.set_status(ME, [world.host], Status.COMPLETE, today=TODAY)

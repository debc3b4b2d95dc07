"""The roster as one list: what each party is, how it is reached, and what the coordinator should mend."""

from datetime import date, timedelta

from hypothesis import given, settings

from tests.people_steps import Step, steps, take
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.heard import Last
from tui_plan.insight.people_on import PeopleOn
from tui_plan.insight.roster import RosterRow, roster
from tui_plan.model.vocabulary import PartyKind, RoleKind, Status
from tui_plan.operations import actions, contacts, merging, parts, people, posts

ME = typed(TODAY)


def by_name(day: date = TODAY) -> dict[str, RosterRow]:
    return {row.name: row for row in roster(day)}


def test_everybody_by_name_with_what_they_are(world: PeopleWorld) -> None:
    found = roster(TODAY)
    assert [(row.name, row.what) for row in found] == [
        ("Ana Ruiz", "Registrar"),
        ("Ben Okafor", "Mayor"),
        ("Board", "3 members"),
        ("Chief", "vacant"),
        ("Cleo Marsh", ""),
        ("Dana Lind", ""),
        ("Eve Nakamura", ""),
        ("Everybody", "6 members"),
        ("Finn Berg", "Warden"),
        ("Gus Silva", ""),
        ("Harbour College", "2 on the roster"),
        ("Housing Trust", "2 on the roster"),
        ("Mayor", "Ben Okafor"),
        ("Northfield City", "6 on the roster"),
        ("Officials", "2 members"),
        ("Owners", "2 members"),
        ("Panel", "2 members"),
        ("Registrar", "Ana Ruiz"),
        ("Warden", "Finn Berg (acting)"),
    ]


def test_one_member_is_one_member(world: PeopleWorld) -> None:
    merging.merge_parties(ME, world.finn, world.gus)
    assert by_name()["Panel"].what == "1 member"


def test_posts_are_vacant_held_or_acted_in(world: PeopleWorld) -> None:
    found = by_name()
    assert [(row.vacant, row.acting) for row in (found["Chief"], found["Warden"], found["Mayor"])] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    posts.add_tenure(ME, world.warden, world.dana, start=TODAY)
    assert not by_name()["Warden"].acting


def test_how_they_are_reached_and_heard(world: PeopleWorld) -> None:
    found = by_name()
    ana, ben, cleo, city = (found[name] for name in ("Ana Ruiz", "Ben Okafor", "Cleo Marsh", "Northfield City"))
    assert (ana.reach, ana.reachable, ana.verified, ana.heard) == (
        "ana@college.example.org",
        True,
        True,
        Last(date(2026, 3, 3), "phone"),
    )
    assert (ben.reach, ben.verified, ben.where) == ("01632 960002", False, "Northfield City")
    assert (cleo.reach, cleo.reachable, cleo.heard) == ("", False, None)
    assert (city.reach, city.reachable, city.short_name) == ("office@city.example.org", True, "NC")
    mobile = contacts.add_contact(ME, world.ana, kind="mobile", value="999")
    contacts.prefer_contact(ME, mobile, -9)
    assert (by_name()["Ana Ruiz"].reach, by_name()["Ana Ruiz"].verified) == ("999", False)


def test_only_what_is_open_rests_on_somebody(world: PeopleWorld) -> None:
    assert {name for name, row in by_name().items() if row.carries} == {
        "Ana Ruiz",
        "Ben Okafor",
        "Chief",
        "Cleo Marsh",
        "Finn Berg",
        "Gus Silva",
        "Panel",
        "Registrar",
    }
    actions.set_status(ME, [world.recruit], Status.COMPLETE, today=TODAY)
    parts.add_role(ME, [world.host], RoleKind.CONSULTED, world.dana)
    carrying = {name for name, row in by_name().items() if row.carries}
    assert carrying == {"Chief", "Cleo Marsh", "Finn Berg", "Gus Silva", "Panel"}


def test_what_to_mend_in_two_words(world: PeopleWorld) -> None:
    people.edit_party(ME, world.ben, left_on=TODAY - timedelta(days=1))
    found = {name: row.problem(TODAY) for name, row in by_name().items()}
    assert {name: problem for name, problem in found.items() if problem} == {
        "Ben Okafor": "hand over",
        "Chief": "vacant",
        "Cleo Marsh": "never heard",
        "Dana Lind": "no contact",
    }
    later = {name: row.problem(TODAY + timedelta(days=40)) for name, row in by_name(TODAY + timedelta(days=40)).items()}
    assert later["Gus Silva"] == "silent"


def test_merged_records_are_not_on_it(world: PeopleWorld) -> None:
    merging.merge_parties(ME, world.ana, world.dana)
    assert "Dana Lind" not in by_name()


@settings(IN_A_WORLD, max_examples=15)
@given(many=steps(most=8))
def test_it_counts_as_the_groups_do(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        people_on = PeopleOn(TODAY)
        for row in roster(TODAY):
            if row.kind == PartyKind.GROUP:
                assert row.what.split()[0] == str(len(people_on.seats(row.uid)))
            assert row.vacant == (row.kind == PartyKind.POST and row.uid not in people_on.holdings)

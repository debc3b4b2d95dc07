"""Who has been silent too long: by their own cadence or ninety days, owners among them, the longest silence first."""

from datetime import date, timedelta

from hypothesis import given, settings

from tests.people_steps import Step, steps, take
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.heard import Last
from tui_plan.insight.roster import roster
from tui_plan.insight.silent import SILENT_AFTER, silent
from tui_plan.model.vocabulary import Direction, PartyKind, RoleKind, Status
from tui_plan.operations import actions, parts, people, plans
from tui_plan.operations.communications import record_communication

ME = typed(TODAY)


def names(**options: bool) -> list[str]:
    return [line.name for line in silent(TODAY, **options)]


def hear(party: str, day: date) -> None:
    record_communication(ME, [party], Direction.HEARD, on=day, today=TODAY, channel="phone")


def test_the_queue_with_what_rests_on_them(world: PeopleWorld) -> None:
    found = silent(TODAY)
    assert [(line.name, line.days, line.every, line.open, line.late) for line in found] == [
        ("Cleo Marsh", None, 90, 1, 0),
    ]
    later = silent(TODAY + timedelta(days=60))
    assert [(line.name, line.days, line.every, line.open, line.late) for line in later] == [
        ("Cleo Marsh", None, 90, 1, 1),
        ("Gus Silva", 84, 30, 1, 1),
    ]
    assert later[0].told == Last(date(2026, 3, 2), "email")
    assert later[1].heard == Last(date(2026, 2, 20), "phone")
    assert [line.where for line in later] == ["", "Northfield City"]


def test_the_cadence_itself_is_not_yet_silence(world: PeopleWorld) -> None:
    hear(world.cleo, TODAY - timedelta(days=SILENT_AFTER))
    assert names() == []
    people.edit_party(ME, world.cleo, hear_every=89)
    assert names() == ["Cleo Marsh"]
    people.edit_party(ME, world.cleo, hear_every=90)
    assert names() == []


def test_somebody_to_hear_from_need_carry_nothing(world: PeopleWorld) -> None:
    people.edit_party(ME, world.dana, hear_every=7)
    assert names() == ["Cleo Marsh", "Dana Lind"]
    assert names(owners_only=True) == ["Cleo Marsh"]
    assert [line.owner for line in silent(TODAY)] == [True, False]
    people.edit_party(ME, world.dana, left_on=TODAY - timedelta(days=1))
    assert names() == ["Cleo Marsh"]


def test_only_open_actions_of_a_plan_make_an_owner(world: PeopleWorld) -> None:
    other = plans.add_plan(ME, name="Other")
    assert silent(TODAY, other) == []
    assert [line.name for line in silent(TODAY, world.plan)] == ["Cleo Marsh"]
    actions.set_status(ME, [world.train], Status.DEFERRED, today=TODAY)
    assert names() == []
    parts.add_role(ME, [world.host], RoleKind.INFORMED, world.dana)
    assert names() == []
    parts.add_role(ME, [world.host], RoleKind.RESPONSIBLE, world.everybody)
    assert names() == ["Dana Lind"]


def test_the_longest_silence_comes_first(world: PeopleWorld) -> None:
    hear(world.cleo, date(2025, 11, 1))
    for party, day in ((world.dana, date(2025, 10, 1)), (world.finn, date(2025, 9, 1))):
        people.edit_party(ME, party, hear_every=1)
        hear(party, day)
    assert [(line.name, line.days) for line in silent(TODAY)] == [
        ("Dana Lind", 166),
        ("Cleo Marsh", 135),
        ("Finn Berg", 24),
    ]


@settings(IN_A_WORLD, max_examples=20)
@given(many=steps(most=10))
def test_the_roster_marks_exactly_those(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        for day in (TODAY, TODAY + timedelta(days=70)):
            marked = {row.uid for row in roster(day) if row.silent}
            assert marked == {line.uid for line in silent(day)}
            assert {line.uid for line in silent(day, owners_only=True)} <= {
                row.uid for row in roster(day) if row.carries and row.kind == PartyKind.PERSON
            }

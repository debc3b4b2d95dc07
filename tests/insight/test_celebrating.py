"""What is to be celebrated: what was finished and no achievement names yet, and achievements until they are thanked."""

from datetime import date, timedelta
from decimal import Decimal

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.celebrating import FRESH_DAYS, Celebrated, Good, celebrated, good_news, to_celebrate
from tui_plan.model.vocabulary import EntryKind, Status
from tui_plan.operations import actions, parts, plans
from tui_plan.operations.register import Leads, add_entry, close_entry, remove_entry, reopen_entry

ME = typed(TODAY)


def told(day: date = TODAY) -> list[tuple[str, str, date]]:
    return [(good.noun, good.ref, good.on) for good in to_celebrate(day)]


def finish(action: str, day: date, **values: bool) -> None:
    actions.edit_action(ME, action, today=TODAY, status=Status.COMPLETE, actual=day, **values)  # type: ignore[arg-type]


def achievement(title: str, leads: Leads = Leads(), on: date = TODAY) -> str:  # noqa: B008
    return add_entry(ME, leads, kind=EntryKind.ACHIEVEMENT, title=title, on=on)


def test_a_milestone_counts_once_it_is_complete(world: PeopleWorld) -> None:
    actions.edit_action(ME, world.recruit, today=TODAY, milestone=True)
    assert told() == []
    finish(world.recruit, TODAY - timedelta(days=2))
    finish(world.train, TODAY)
    assert to_celebrate(TODAY) == [
        Good(
            "milestone",
            world.recruit,
            "A-1",
            "Recruit",
            TODAY - timedelta(days=2),
            world.plan,
            "Ready together",
            "action",
            world.recruit,
        )
    ]
    entry = achievement("Twenty people", Leads(actions=(world.recruit,)))
    assert told() == [("achievement", "R-3", TODAY)]
    remove_entry(ME, entry)
    add_entry(ME, Leads(actions=(world.recruit,)), kind=EntryKind.LESSON, title="Ask early", on=TODAY)
    assert told() == [("milestone", "A-1", TODAY - timedelta(days=2))], "only an achievement speaks for it"


def test_a_step_objective_counts_when_nothing_of_it_is_left(world: PeopleWorld) -> None:
    actions.set_status(ME, [world.host], Status.WITHDRAWN, today=TODAY)
    assert told() == [("step objective", "S-2", date(2026, 1, 20))]
    (good,) = to_celebrate(TODAY, world.plan)
    assert (good.title, good.field, good.target) == ("Step", "objective", good.uid)
    actions.set_status(ME, [world.host], Status.DEFERRED, today=TODAY)
    assert told() == []
    finish(world.host, TODAY)
    assert told() == [("step objective", "S-2", TODAY)]
    achievement("Shelters stand", Leads(objectives=(good.target,)), on=TODAY - timedelta(days=1))
    assert told() == [("achievement", "R-3", TODAY - timedelta(days=1))]


def test_nothing_was_achieved_where_all_was_withdrawn(world: PeopleWorld) -> None:
    actions.set_status(ME, [world.printed, world.host], Status.WITHDRAWN, today=TODAY)
    assert told() == []


def test_the_first_outcome_of_an_area_counts(world: PeopleWorld) -> None:
    amounts = {"baseline": Decimal(100), "target": Decimal(10)}
    later, first = (
        parts.add_measure(ME, action, statement=f"Waiting {action}", **amounts)  # type: ignore[arg-type]
        for action in (world.recruit, world.train)
    )
    parts.add_reading(ME, later, taken_on=TODAY - timedelta(days=9), value=Decimal(120))
    assert told() == []
    parts.add_reading(ME, later, taken_on=TODAY - timedelta(days=3), value=Decimal(90))
    parts.add_reading(ME, first, taken_on=TODAY - timedelta(days=5), value=Decimal(99))
    (good,) = to_celebrate(TODAY)
    assert good[:5] == ("first outcome", world.train, "A-2", f"Waiting {world.train}", TODAY - timedelta(days=5))
    assert (good.field, good.target) == ("measure", first)
    achievement("Shorter waits", Leads(measures=(first,)))
    assert told() == [("achievement", "R-3", TODAY)]


def test_an_achievement_waits_until_it_is_celebrated(world: PeopleWorld) -> None:
    day = TODAY - timedelta(days=10)
    entry = achievement("All partners came", on=day)
    assert told() == [("achievement", "R-3", day)]
    assert celebrated() == []
    close_entry(ME, entry, on=TODAY, outcome="Cake at the review", party=world.ben)
    assert told() == []
    line = Celebrated(
        entry, "R-3", "All partners came", day, TODAY, "Ben Okafor", "Cake at the review", candour="shareable"
    )
    assert celebrated() == celebrated(world.plan, TODAY) == [line]
    assert celebrated(since=TODAY + timedelta(days=1)) == []
    assert [good.ref for good in good_news(day, TODAY).achieved] == ["R-3"]
    assert good_news(day + timedelta(days=1), TODAY).achieved == ()
    reopen_entry(ME, entry)
    assert told() == [("achievement", "R-3", day)]


def test_only_what_was_finished_lately(world: PeopleWorld) -> None:
    actions.set_status(ME, [world.host], Status.WITHDRAWN, today=TODAY)
    last = date(2026, 1, 20) + timedelta(days=FRESH_DAYS)
    assert told(last) == [("step objective", "S-2", date(2026, 1, 20))]
    assert told(last + timedelta(days=1)) == []
    assert told(date(2026, 1, 19)) == []


def test_only_the_plan_that_is_asked_about(world: PeopleWorld) -> None:
    other = plans.add_plan(ME, name="Other")
    actions.set_status(ME, [world.host], Status.WITHDRAWN, today=TODAY)
    add_entry(ME, kind=EntryKind.ACHIEVEMENT, title="Ours", on=TODAY, plan=world.plan)
    achievement("Of all")
    assert [good.title for good in to_celebrate(TODAY, other)] == ["Of all"]
    assert [good.title for good in to_celebrate(TODAY, world.plan)] == ["Of all", "Ours", "Step"]

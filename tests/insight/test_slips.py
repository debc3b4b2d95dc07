"""Which open actions do not happen as intended, how far behind they are, and for which that was assessed."""

from datetime import date, timedelta

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.slips import Slip, slips
from tui_plan.model.vocabulary import EntryKind, Status
from tui_plan.operations import actions, plans
from tui_plan.operations.register import Leads, add_entry, close_entry

ME = typed(TODAY)


def behind() -> dict[str, int]:
    return {slip.ref: slip.days for slip in slips(TODAY)}


def test_what_is_overdue_slips_by_the_days_since_then(world: PeopleWorld) -> None:
    first, second = slips(TODAY)
    assert first == Slip(
        world.map, 3, "Map", world.plan, ("Chief",), date(2026, 2, 20), date(2026, 2, 20), 24, assessed=False
    )
    assert (second.ref, second.owners, second.days) == ("A-1", ("Registrar", "Ben Okafor"), 6)
    actions.edit_action(ME, world.recruit, today=TODAY, agreed=TODAY)
    assert behind() == {"A-3": 24}


def test_what_is_expected_after_the_agreed_day_slips_by_the_days_between(world: PeopleWorld) -> None:
    actions.edit_action(ME, world.train, today=TODAY, forecast=date(2026, 5, 30))
    actions.edit_action(ME, world.recruit, today=TODAY, forecast=TODAY - timedelta(days=1))
    assert behind() == {"A-2": 30, "A-3": 24, "A-1": 6}
    actions.edit_action(ME, world.train, today=TODAY, forecast=date(2026, 4, 1))
    actions.set_status(ME, [world.map], Status.DEFERRED, today=TODAY)
    assert behind() == {"A-1": 6}
    actions.edit_action(ME, world.host, today=TODAY, forecast=TODAY - timedelta(days=3))
    assert behind() == {"A-1": 6, "A-5": 3}


def test_a_risk_or_an_issue_that_names_it_has_assessed_it(world: PeopleWorld) -> None:
    def assessed() -> set[str]:
        return {slip.ref for slip in slips(TODAY) if slip.assessed}

    add_entry(ME, Leads(actions=(world.map,)), kind=EntryKind.LESSON, title="Maps take long", on=TODAY)
    assert assessed() == set()
    issue = add_entry(
        ME, Leads(actions=(world.map,)), kind=EntryKind.ISSUE, title="No surveyor", on=TODAY, party=world.ben
    )
    assert assessed() == {"A-3"}
    close_entry(ME, issue, on=TODAY)
    assert assessed() == {"A-3"}
    risk = {"kind": EntryKind.RISK, "title": "Nobody comes", "likelihood": 2, "impact": 4, "party": world.ben}
    add_entry(ME, Leads(actions=(world.recruit, world.train)), on=TODAY, **risk)  # type: ignore[arg-type]
    assert assessed() == {"A-1", "A-3"}


def test_only_the_plan_that_is_asked_about(world: PeopleWorld) -> None:
    other = plans.add_plan(ME, name="Other")
    objective = plans.add_objective(ME, plans.add_area(ME, other, title="Area"), title="Step")
    late = actions.add_action(ME, objective, today=TODAY, title="Late", agreed=TODAY - timedelta(days=100))
    assert [(slip.action, slip.plan) for slip in slips(TODAY, other)] == [(late, other)]
    assert [slip.plan for slip in slips(TODAY)] == [other, world.plan, world.plan]

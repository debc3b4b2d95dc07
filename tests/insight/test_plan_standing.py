"""How the work of a plan stands: its stage and gate, risks that are grave, what is still to be celebrated."""

import pytest

from tests.people_world import TODAY, PeopleWorld, typed
from tests.progress_world import add_progress
from tui_plan.insight.plan_standing import PlanStanding, plan_standing
from tui_plan.insight.stages import stage_line
from tui_plan.model.vocabulary import EntryKind, Gate
from tui_plan.operations import register
from tui_plan.operations.plans import add_plan
from tui_plan.operations.stages import decide_gate

ME = typed(TODAY)


def test_a_plan_without_stages_or_register_stands_nowhere(world: PeopleWorld) -> None:
    assert plan_standing(world.plan, TODAY) == PlanStanding(None, None, 0, 0, 0)


def test_stage_gate_and_what_is_to_be_celebrated(world: PeopleWorld) -> None:
    known = add_progress(world)
    standing = plan_standing(world.plan, TODAY)
    assert standing.stage == stage_line(known.pilot)
    assert standing.gate is Gate.CLOSED
    assert standing.lacking > 0
    assert standing.uncelebrated > 0
    decide_gate(ME, known.pilot, Gate.OVERRIDDEN, on=TODAY, by=world.ben, because="The grant begins.")
    assert plan_standing(world.plan, TODAY).gate is Gate.OVERRIDDEN


@pytest.mark.parametrize(("likelihood", "impact", "grave"), [(3, 5, 1), (5, 5, 1), (3, 4, 0), (2, 5, 0)])
def test_only_open_risks_of_fifteen_and_more_are_grave(
    world: PeopleWorld, likelihood: int, impact: int, grave: int
) -> None:
    what = {"kind": EntryKind.RISK.value, "title": "Flood", "on": TODAY, "party": world.ben}
    risk = register.add_entry(ME, plan=world.plan, likelihood=likelihood, impact=impact, **what)  # type: ignore[arg-type]
    assert plan_standing(world.plan, TODAY).grave == grave
    register.close_entry(ME, risk, on=TODAY)
    assert plan_standing(world.plan, TODAY).grave == 0


def test_a_risk_of_another_plan_does_not_count_and_one_of_none_does(world: PeopleWorld) -> None:
    other = add_plan(ME, name="Another")
    what = {"kind": EntryKind.RISK.value, "title": "Flood", "on": TODAY, "party": world.ben}
    register.add_entry(ME, plan=other, likelihood=5, impact=5, **what)  # type: ignore[arg-type]
    assert (plan_standing(world.plan, TODAY).grave, plan_standing(other, TODAY).grave) == (0, 1)
    register.add_entry(ME, likelihood=5, impact=5, **what)  # type: ignore[arg-type]
    assert (plan_standing(world.plan, TODAY).grave, plan_standing(other, TODAY).grave) == (1, 2)

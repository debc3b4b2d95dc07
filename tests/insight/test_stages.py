"""The stages of a plan: in the order of their attempts, and which of them it is in."""

from datetime import date

import pytest

from tests.assessing_steps import assess
from tests.quality_plan import QualityPlan
from tui_plan.insight.stages import StageLine, current_stage, stage_line, stages
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import StageKind
from tui_plan.operations.stages import add_stage, edit_stage, remove_stage, skip_stage

ANA = Author("ana")


@pytest.fixture
def plan(quality: QualityPlan) -> str:
    return quality.plan


def line(uid: str) -> StageLine:
    return stage_line(uid)


def test_they_come_by_attempt_then_as_they_began(plan: str) -> None:
    reflection = add_stage(ANA, plan, kind=StageKind.REFLECTION)
    full = add_stage(ANA, plan, kind=StageKind.FULL, started_on=date(2026, 1, 1))
    again = add_stage(ANA, plan, kind=StageKind.FULL, started_on=date(2025, 1, 1))
    pilot = add_stage(ANA, plan, kind=StageKind.PILOTING, cycle=1)
    second = add_stage(ANA, plan, kind=StageKind.PILOTING, started_on=date(2026, 2, 1), cycle=2)
    order = [one.uid for one in stages(plan)]
    assert order == [full, pilot, reflection, again, second], "those to come follow in their usual order"
    skip_stage(ANA, pilot, "Done elsewhere")
    assert [one.uid for one in stages(plan)][:2] == [pilot, full]


def test_the_plan_is_in_what_is_under_way_else_what_comes_else_what_was(plan: str) -> None:
    assert current_stage(stages(plan)) is None
    pilot = add_stage(ANA, plan, kind=StageKind.PILOTING, skipped_because="Done elsewhere")
    assert current_stage(stages(plan)) == line(pilot)
    full = add_stage(ANA, plan, kind=StageKind.FULL)
    add_stage(ANA, plan, kind=StageKind.REFLECTION)
    assert current_stage(stages(plan)) == line(full)
    edit_stage(ANA, full, started_on=date(2026, 1, 1))
    again = add_stage(ANA, plan, kind=StageKind.FULL, started_on=date(2026, 2, 1))
    assert current_stage(stages(plan)) == line(again), "of two under way the later"
    edit_stage(ANA, again, ended_on=date(2026, 3, 1))
    edit_stage(ANA, full, ended_on=date(2026, 2, 1))
    found = current_stage(stages(plan))
    assert found is not None
    assert (found.kind, found.state) == (StageKind.REFLECTION, "to come")
    remove_stage(ANA, found.uid)
    assert current_stage(stages(plan)) == line(again)


def test_a_stage_tells_its_state_and_how_often_it_was_assessed(plan: str) -> None:
    uid = add_stage(ANA, plan, kind=StageKind.PILOTING, scope="Two sites", leadership="The mayor")
    assert (line(uid).ref, line(uid).state, line(uid).described, line(uid).runs) == ("T-1", "to come", False, 0)
    edit_stage(ANA, uid, success="300 taught", started_on=date(2026, 1, 1), ended_on=date(2026, 1, 1))
    assess(uid, {}, finished=False)
    assess(uid, {}, on=date(2026, 3, 1))
    assert (line(uid).state, line(uid).described, line(uid).runs) == ("ended", True, 2)
    assert stages("another plan") == []
    with pytest.raises(NotFound, match="This stage is no longer there: somebody removed it"):
        stage_line("nothing")

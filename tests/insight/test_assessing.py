"""What the screens of assessing show: last time beside now, how far each assessment is, two side by side, partners."""

from datetime import date, timedelta

import pytest

from tests.people_world import PeopleWorld, typed
from tui_plan.insight.assessing import assessment_lines, compared, differing, next_step, sheet_of
from tui_plan.insight.assessments import latest_of_partners
from tui_plan.insight.checklists import checklist_run
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import ChecklistKind, StageKind
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import Template, TemplateItem, finish_checklist, say_item
from tui_plan.operations.stages import add_stage

DAY = date(2026, 3, 2)
ME = typed(DAY)
KEYS = ("one", "two", "three")
SIGNS = {"✓": "in place", "◐": "partly in place", "○": "not yet", "–": "not applicable"}


def template(key: str = "own", keys: tuple[str, ...] = KEYS) -> Template:
    return Template(key, "Ours", ChecklistKind.STAGE, tuple(TemplateItem(each, f"Quality {each}") for each in keys))


def stage_in(world: PeopleWorld) -> str:
    return add_stage(ME, world.plan, kind=StageKind.PILOTING, started_on=DAY)


def assessed(stage: str, days: int, ratings: str, party: str | None = None, by: Template | None = None) -> str:
    """Assess on a day after the first; a sign for each quality in their order, a dot where it is not rated."""
    run = start_assessment(ME, by or template(), stage, on=DAY + timedelta(days), party=party)
    for item, sign in zip(checklist_run(run).items, ratings, strict=False):
        if sign in SIGNS:
            say_item(ME, item.uid, rating=SIGNS[sign], next_steps=f"After {ratings}")
    return run


def test_last_time_is_of_the_same_view_and_reaches_back_where_nothing_was_said(world: PeopleWorld) -> None:
    stage = stage_in(world)
    assessed(stage, 0, "✓◐○")
    assessed(stage, 1, "○○○", world.college)
    assessed(stage, 2, "◐··")
    sheet = sheet_of(assessed(stage, 3, "···"))
    assert sheet.plan == world.plan
    assert {key: said.rating for key, said in sheet.before.items()} == {
        "one": "partly in place",
        "two": "partly in place",
        "three": "not yet",
    }
    assert not any(said.anything for said in sheet.now.values())
    with pytest.raises(NotFound, match="no longer there"):
        sheet_of("gone")


def test_who_seeks_a_consensus_sees_how_each_partner_rated_it_last(world: PeopleWorld) -> None:
    stage = stage_in(world)
    assessed(stage, 0, "○○·", world.college)
    own = assessed(stage, 1, "✓◐·", world.college)
    assessed(stage, 1, "○–·", world.trust)
    both = sheet_of(assessed(stage, 2, "···"))
    college, trust = (run.who for run in latest_of_partners(world.plan, stage))
    assert both.views == {
        "one": ((college, "in place"), (trust, "not yet")),
        "two": ((college, "partly in place"), (trust, "not applicable")),
        "three": ((college, ""), (trust, "")),
    }
    assert sheet_of(own).views == {}, "a partner's own view is theirs alone"


def test_assessments_are_listed_with_how_far_they_are_the_running_ones_first(world: PeopleWorld) -> None:
    stage = stage_in(world)
    first, second, third = (assessed(stage, days, ratings) for days, ratings in ((0, "✓–·"), (1, "···"), (2, "✓✓✓")))
    finish_checklist(ME, third, on=DAY + timedelta(2))
    lines = assessment_lines(world.plan)
    assert [(line.run.uid, line.rated, line.items) for line in lines] == [(second, 0, 3), (first, 2, 3), (third, 3, 3)]


def test_two_are_compared_where_both_asked(world: PeopleWorld) -> None:
    stage = stage_in(world)
    one = assessed(stage, 0, "✓○", by=template(keys=("one", "two")))
    other = assessed(stage, 1, "✓◐", by=template(keys=("one", "three")))
    found = {each.quality.key: (each.in_both, each.rating_changed, each.changed) for each in compared(one, other)}
    assert found == {"one": (True, False, True), "two": (False, False, False), "three": (False, False, False)}
    assert not any(each.changed for each in compared(one, one))
    with pytest.raises(NotFound):
        compared(one, "gone")


def test_partners_differ_by_the_latest_of_each_by_one_checklist(world: PeopleWorld) -> None:
    stage, other = stage_in(world), template("other")
    assessed(stage, 0, "○○○", world.college)
    assessed(stage, 1, "○✓✓", world.city)
    latest = assessed(stage, 2, "✓✓◐", world.college)
    assessed(stage, 3, "○○○")
    found = differing(world.plan, stage)
    assert len(found.partners) == 2
    assert [(line.quality.key, line.spread) for line in found.lines] == [("one", 2), ("three", 1), ("two", 0)]
    assert [said.rating for said in found.said["one"]] == [
        dict(zip(found.partners, (view for _, view in found.lines[0].views), strict=True))[name]
        for name in found.partners
    ]
    assert latest in {run.uid for run in latest_of_partners(world.plan, stage)}
    assessed(stage, 4, "○○○", world.trust, by=other)
    assert [run.template for run in latest_of_partners(world.plan, stage)] == ["other"]
    assert len(latest_of_partners(world.plan, stage, "own")) == 2
    assert differing(world.plan, "gone") == ((), (), {})


def test_a_next_step_is_told_with_its_plan(world: PeopleWorld) -> None:
    run = assessed(stage_in(world), 0, "✓")
    step = next_step(checklist_run(run).items[0].uid)
    assert (step.plan, step.quality, step.words) == (world.plan, "Quality one", "After ✓")
    with pytest.raises(NotFound, match="somebody removed the assessment"):
        next_step("gone")

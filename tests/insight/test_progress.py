"""Under each stage its qualities, with what every assessment said of them: its own, and those of earlier attempts."""

from datetime import date
from pathlib import Path

from tui_plan.insight.checklists import checklist_run
from tui_plan.insight.progress import StageProgress, progress
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import ChecklistKind, PartyKind, Rating
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import Template, TemplateItem, finish_checklist, say_item
from tui_plan.operations.people import add_party
from tui_plan.operations.plans import add_plan
from tui_plan.operations.stages import add_stage

ANA = Author("ana")
TEMPLATE = Template(
    "two",
    "Two stages",
    ChecklistKind.STAGE,
    (
        TemplateItem("scope", "Scope is clear", "Piloting"),
        TemplateItem("time", "There is time", "Full implementation"),
        TemplateItem("talk", "Talk is honest", "Full implementation"),
        TemplateItem("other", "Something else", "Elsewhere"),
    ),
)


def assess(stage: str, on: date, *ratings: str, party: str | None = None, whole: bool = False) -> str:
    run = start_assessment(ANA, TEMPLATE, stage, on=on, party=party, whole=whole)
    for item, rating in zip(checklist_run(run).items, ratings, strict=False):
        say_item(ANA, item.uid, rating=rating)
    return run


def keys(found: StageProgress) -> list[str]:
    return [line.quality.key for line in found.qualities]


def test_a_stage_without_assessments_has_no_qualities(plan_database: Path) -> None:
    plan = add_plan(ANA, name="P")
    add_stage(ANA, plan, kind="piloting")
    (found,) = progress(plan)
    assert (found.runs, found.qualities, found.in_place) == ((), (), 0)


def test_each_stage_shows_the_qualities_under_its_own_heading(plan_database: Path) -> None:
    plan = add_plan(ANA, name="P")
    pilot = add_stage(ANA, plan, kind="piloting", started_on=date(2026, 1, 1))
    add_stage(ANA, plan, kind="full implementation")
    finish_checklist(
        ANA, assess(pilot, date(2026, 1, 5), Rating.IN_PLACE, Rating.NOT_YET, whole=True), on=date(2026, 1, 5)
    )
    first, full = progress(plan)
    assert keys(first) == ["scope", "other"], "what stands under no stage's heading belongs to who asked for it"
    assert keys(full) == ["time", "talk"]
    assert full.qualities[0].now == Rating.NOT_YET
    assert first.in_place == 1


def test_a_later_attempt_shows_what_was_said_in_the_attempts_before(plan_database: Path) -> None:
    plan = add_plan(ANA, name="P")
    one = add_stage(ANA, plan, kind="full implementation", started_on=date(2025, 1, 1))
    two = add_stage(ANA, plan, kind="full implementation", started_on=date(2026, 1, 1))
    finish_checklist(ANA, assess(one, date(2025, 2, 1), Rating.NOT_YET), on=date(2025, 2, 1))
    assert progress(plan)[1].runs == (), "an attempt that was not assessed says nothing by itself"
    assess(two, date(2026, 2, 1), "", Rating.IN_PLACE)
    first, second = progress(plan)
    assert [line.ratings for line in first.qualities] == [(Rating.NOT_YET,), ("",)]
    assert [line.ratings for line in second.qualities] == [(Rating.NOT_YET, ""), ("", Rating.IN_PLACE)]
    assert (first.earlier, second.earlier) == (0, 1)
    assert [line.now for line in second.qualities] == ["", ""], "neither an attempt before nor what is not finished"


def test_what_stands_now_was_agreed_on_in_a_finished_assessment_by_consensus(plan_database: Path) -> None:
    plan = add_plan(ANA, name="P")
    school = add_party(ANA, PartyKind.ORGANISATION, name="School")
    stage = add_stage(ANA, plan, kind="full implementation", started_on=date(2026, 1, 1))
    finish_checklist(ANA, assess(stage, date(2026, 1, 5), Rating.PARTLY), on=date(2026, 1, 5))
    assess(stage, date(2026, 2, 5), Rating.IN_PLACE, Rating.NOT_YET, party=school)
    assess(stage, date(2026, 3, 5), Rating.IN_PLACE, Rating.IN_PLACE)
    time, talk = progress(plan)[0].qualities
    assert (time.now, talk.now) == (Rating.PARTLY, "")
    assert not time.settled
    assert [run.who for run in talk.asked] == ["consensus", "School", "consensus"]

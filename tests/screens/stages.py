"""The stages that the screens of assessing are tested on: a pilot with a gate that was overridden, the full work, more.

Everything is written through the operations on the days on which it happened, so that the history tells it too.
"""

from datetime import date, timedelta

from tests.screens.plans import ANA, TODAY, make_small
from tui_plan.exchange.checklist_templates import template
from tui_plan.insight.checklists import checklist_run
from tui_plan.insight.finding import find_party, find_plan
from tui_plan.insight.outline import outline
from tui_plan.model.vocabulary import EntryKind, Gate, PartyKind, Rating
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import finish_checklist, say_item
from tui_plan.operations.following_up import Wanted, step_to_action
from tui_plan.operations.people import add_party
from tui_plan.operations.plans import set_partners
from tui_plan.operations.register import add_entry
from tui_plan.operations.stages import add_stage, decide_gate

LONG = (
    "Substitutes are hard to find, so that the second teacher often stays away from joint planning; the district has "
    "asked twice for a pool of substitutes, and the answer of the finance office is still to come. "
) * 3
ODD = "Meet [bold red]weekly[/] \x1b[31m & <b>write</b> it down"
_SIGNS = {"✓": Rating.IN_PLACE, "◐": Rating.PARTLY, "○": Rating.NOT_YET, "–": Rating.NOT_APPLICABLE, "·": ""}


def make_stages() -> None:
    """Make the small plan with three stages, six assessments of three views, one next step that became an action."""
    make_small()
    plan = find_plan()
    school = find_party("School")
    museum = add_party(ANA, PartyKind.ORGANISATION, name="City museum with its garden", short_name="Museum")
    set_partners(ANA, plan, [school, museum])
    pilot = add_stage(
        ANA,
        plan,
        kind="piloting",
        started_on=date(2025, 9, 1),
        scope="Four schools, grades 3 and 4.",
        leadership="María Chen with the four principals.",
        success="Four of five children read at their grade.",
    )
    full = add_stage(ANA, plan, kind="full implementation", started_on=date(2026, 2, 2), scope="All eleven schools.")
    add_stage(ANA, plan, kind="reflection")
    _assessed(pilot, date(2025, 10, 6), None, "○○◐○··○○")
    _assessed(pilot, date(2025, 11, 10), school, "✓◐✓◐◐○○○")
    _assessed(pilot, date(2025, 11, 10), museum, "○○✓◐✓○○–")
    last = _assessed(pilot, date(2026, 1, 19), None, "✓✓✓✓◐◐○✓")
    _assessed(full, date(2026, 3, 2), school, "✓◐○✓✓◐○✓✓✓◐◐✓○")
    _assessed(full, date(2026, 3, 9), None, "✓◐○", finish=False)
    step = next(item for item in checklist_run(last).items if item.next_steps)
    objective = outline(plan, TODAY)[0].objectives[0].uid
    step_to_action(
        ANA, step.uid, Wanted(objective, "Ask for a pool of substitutes", school, date(2026, 4, 30)), today=TODAY
    )
    decide_gate(
        ANA, pilot, Gate.OVERRIDDEN, on=date(2026, 2, 1), by=school, because="The grant begins in February. " + LONG
    )
    learned = {"plan": plan, "kind": EntryKind.LESSON.value, "on": date(2026, 1, 19), "stage": pilot}
    add_entry(ANA, title="Fix the planning day before the timetable is made", disposition="keep", **learned)
    add_entry(ANA, title=ODD, **learned)


def _assessed(stage: str, on: date, party: str | None, ratings: str, *, finish: bool = True) -> str:
    """Assess a stage; each sign is the rating of a quality, those that are left over are not rated."""
    run = start_assessment(ANA, template("progress"), stage, on=on, party=party)
    for place, (item, sign) in enumerate(zip(checklist_run(run).items, ratings, strict=False)):
        rating = _SIGNS[sign]
        if rating == Rating.IN_PLACE:
            say_item(
                ANA, item.uid, rating=rating, successes="Teams meet on Wednesdays.", evidence="Minutes of 12 meetings"
            )
        elif rating in {Rating.PARTLY, Rating.NOT_YET}:
            words = {"challenges": LONG if place == 1 else ODD, "next_steps": "Ask for a pool of substitutes."}
            say_item(ANA, item.uid, rating=rating, **words)
        elif rating:
            say_item(ANA, item.uid, rating=rating)
    if finish:
        finish_checklist(ANA, run, on=on + timedelta(days=1))
    return run

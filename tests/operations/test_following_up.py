"""What comes of words: an action of a next step or of an entry, a development area of an idea."""

from datetime import date

import pytest

from tests.assessing_steps import assess, item_of
from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.assessments import actions_of_items
from tui_plan.insight.register import entry_detail, links_of, named_by
from tui_plan.model.base import rows
from tui_plan.model.checklist import NextAction
from tui_plan.model.ledger import Change
from tui_plan.model.plan import Action, DevelopmentArea, Plan, Role, StepObjective
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.vocabulary import EntryKind, Rating, RoleKind, StageKind
from tui_plan.operations.actions import remove_actions
from tui_plan.operations.checklists import remove_checklist
from tui_plan.operations.following_up import Wanted, mitigate, promote_idea, step_to_action, unlink_step
from tui_plan.operations.parts import add_measure, remove_part
from tui_plan.operations.plans import add_objective, remove_area, remove_objective
from tui_plan.operations.register import Leads, add_entry, edit_entry, remove_entry
from tui_plan.operations.stages import add_stage
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
NEEDED = {
    "objective": "Say under which step objective the action belongs.",
    "title": "Say in a few words what will be done.",
    "party": "Say who answers for the action.",
    "agreed": "Say by when, with a date such as 2026-12-31.",
}


@pytest.fixture
def step(world: PeopleWorld) -> str:
    """A quality of a finished assessment that has a next step."""
    pilot = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    return item_of(assess(pilot, {"staff": {"rating": Rating.NOT_YET, "next_steps": "Train them"}}), "staff")


@pytest.fixture
def wanted(world: PeopleWorld) -> Wanted:
    objective = rows(StepObjective.select(StepObjective.uid).where(StepObjective.area == world.areas[1]))[0][0]
    return Wanted(objective, "Train all staff", world.ben, date(2026, 5, 1))


@pytest.fixture
def risk(world: PeopleWorld) -> str:
    values = {"likelihood": 4, "impact": 5, "party": world.ben, "plan": world.plan}
    return add_entry(ME, kind=EntryKind.RISK, title="The money ends", on=TODAY, **values)  # type: ignore[arg-type]


@pytest.fixture
def idea(world: PeopleWorld) -> str:
    values = {"cause": "Partners met at the lake", "plan": world.plan}
    return add_entry(ME, kind=EntryKind.IDEA, title="A shared boat", on=TODAY, **values)  # type: ignore[arg-type]


def action(uid: str) -> ActionRow:
    return action_rows(None, Action.uid == uid)[0]


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def test_a_next_step_becomes_an_action_though_the_assessment_is_finished(step: str, wanted: Wanted) -> None:
    before = tables()
    uid = step_to_action(ME, step, wanted, today=TODAY)
    assert summary() == "C-2 “Piloting: consensus” → A-6 “Train all staff”"
    assert tables()["checklist_item"] == before["checklist_item"]
    assert tables()["checklist_run"] == before["checklist_run"]
    row = action(uid)
    assert (row.title, row.expected) == ("Train all staff", date(2026, 5, 1))
    assert rows(Role.select(Role.kind, Role.party).where(Role.action == uid)) == [
        (RoleKind.ACCOUNTABLE.value, wanted.party)
    ]
    assert [one.ref for one in actions_of_items([step])[step]] == ["A-6"]
    assert [(one.ref, one.noun) for one in named_by(uid)] == [("C-2", "assessment")]
    after = tables()
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after
    unlink_step(ME, step, uid)
    assert summary() == "Unlinked A-6 “Train all staff” from a next step"
    assert (named_by(uid), action(uid).title) == ([], "Train all staff")


def test_an_action_needs_a_place_words_an_owner_and_a_day(
    step: str, risk: str, wanted: Wanted, refused: Refusal
) -> None:
    empty = Wanted(None, "", None, None)
    assert refused(step_to_action, ME, step, empty, today=TODAY) == NEEDED
    assert refused(mitigate, ME, risk, empty, today=TODAY) == NEEDED
    for field, sentence in NEEDED.items():
        one = wanted._replace(**{field: None})
        assert refused(step_to_action, ME, step, one, today=TODAY) == {field: sentence}
    assert refused(step_to_action, ME, step, wanted._replace(title=" \t"), today=TODAY) == {
        "title": "The action's title cannot be empty."
    }
    assert refused(step_to_action, ME, step, wanted._replace(objective="nowhere"), today=TODAY) == {
        "": "The step objective that this action names is not in this database. Choose another."
    }
    assert refused(step_to_action, ME, "nothing", wanted, today=TODAY) == {
        "": "There is no such checklist item in this database."
    }
    assert refused(mitigate, ME, "nothing", wanted, today=TODAY) == {
        "": "There is no such register entry in this database."
    }
    assert refused(unlink_step, ME, step, "nothing") == {"": "There is no such action in this database."}


def test_only_what_is_linked_can_be_unlinked(world: PeopleWorld, step: str, refused: Refusal) -> None:
    assert refused(unlink_step, ME, step, world.train) == {"": "This next step and this action do not name each other."}


def test_a_risk_is_answered_by_a_real_action(risk: str, wanted: Wanted) -> None:
    before = tables()
    uid = mitigate(ME, risk, wanted, today=TODAY)
    assert summary() == "R-3 “The money ends” → A-6 “Train all staff”"
    assert [(lead.ref, lead.noun, lead.day) for lead in entry_detail(risk).leads] == [
        ("A-6", "action", date(2026, 5, 1))
    ]
    assert entry_detail(risk).line.actions == 1
    assert [lead.ref for lead in named_by(uid)] == ["R-3"]
    undo(ME)
    assert tables() == before


def test_an_idea_becomes_a_development_area_once(world: PeopleWorld, idea: str, refused: Refusal) -> None:
    before = tables()
    area = promote_idea(ME, idea, on=TODAY)
    after = tables()
    assert summary() == "R-3 “A shared boat” became D-3 “A shared boat”"
    fields = (DevelopmentArea.title, DevelopmentArea.description, DevelopmentArea.position)
    assert rows(DevelopmentArea.select(*fields).where(DevelopmentArea.uid == area)) == [
        ("A shared boat", "Partners met at the lake", 2)
    ]
    found = entry_detail(idea)
    assert (found.area, found.line.closed_on) == ("D-3 A shared boat", TODAY)
    assert refused(promote_idea, ME, idea, on=TODAY) == {
        "": "R-3 “A shared boat” has become D-3 “A shared boat” already."
    }
    assert refused(remove_area, ME, area) == {
        "": "This development area cannot be removed while it is in use: R-3 “A shared boat”."
    }
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after


def test_what_cannot_be_promoted(world: PeopleWorld, risk: str, idea: str, refused: Refusal) -> None:
    issue = add_entry(ME, kind=EntryKind.ISSUE, title="No boat", on=TODAY, party=world.ben)
    for uid, words in ((risk, "R-3 “The money ends” is a risk"), (issue, "R-5 “No boat” is an issue")):
        assert refused(promote_idea, ME, uid, on=TODAY) == {"": f"{words}: only an idea becomes a development area."}
    assert refused(promote_idea, ME, idea, on=date(2026, 3, 1)) == {
        "closed_on": "Closed on (2026-03-01) comes before the day it was written down for (2026-03-16)."
    }
    edit_entry(ME, idea, title="x" * 400)
    assert refused(promote_idea, ME, idea, on=TODAY) == {
        "title": "The development area's title is 400 characters long; shorten it to 300."
    }
    assert promote_idea(ME, idea, on=TODAY, title="Boats")
    loose = add_entry(ME, kind=EntryKind.IDEA, title="A plane", on=TODAY)
    assert refused(promote_idea, ME, loose, on=TODAY) == {"plan": "Say first which plan the idea is for."}
    assert rows(RegisterEntry.select(RegisterEntry.area).where(RegisterEntry.uid == loose)) == [(None,)]
    assert Plan.select().count() == 1


def test_what_is_removed_is_no_longer_named_and_comes_back_with_its_links(
    world: PeopleWorld, step: str, risk: str, wanted: Wanted
) -> None:
    objective = add_objective(ME, world.areas[1], title="Boats")
    answer, follow = mitigate(ME, risk, wanted, today=TODAY), step_to_action(ME, step, wanted, today=TODAY)
    measure = add_measure(ME, world.train, statement="Trained")
    other = add_entry(ME, kind=EntryKind.DECISION, title="Ask the bank", on=TODAY)
    achievement = {"kind": EntryKind.ACHIEVEMENT, "title": "Afloat", "on": TODAY}
    achieved = add_entry(ME, Leads(objectives=(objective,), measures=(measure,)), **achievement)  # type: ignore[arg-type]
    edit_entry(ME, risk, leads=Leads(actions=(answer,), others=(other,)))
    before = tables()
    for remove, links, steps in (
        (lambda: remove_actions(ME, [answer, follow]), 3, 0),
        (lambda: remove_objective(ME, objective), 3, 1),
        (lambda: remove_part(ME, "outcome_measure", measure), 3, 1),
        (lambda: remove_actions(ME, [world.train]), 3, 1),
        (lambda: remove_entry(ME, other), 3, 1),
        (lambda: remove_entry(ME, achieved), 2, 1),
        (lambda: remove_entry(ME, risk), 2, 1),
    ):
        remove()
        assert (EntryLink.select().count(), NextAction.select().count()) == (links, steps)
        undo(ME)
        assert tables() == before
    assert links_of(achieved) == {"action": (), "objective": (objective,), "measure": (measure,), "other": ()}


def test_an_assessment_begun_by_mistake_leaves_its_actions(world: PeopleWorld, wanted: Wanted) -> None:
    pilot = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    run = assess(pilot, {}, finished=False)
    uid = step_to_action(ME, item_of(run, "staff"), wanted, today=TODAY)
    before = tables()
    remove_checklist(ME, run)
    assert action(uid).title == "Train all staff"
    assert NextAction.select().count() == 0
    undo(ME)
    assert tables() == before

"""What the register and the evaluation plan leave undone: each rule fires where it should, and nowhere else."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.linting import lint
from tui_plan.model.vocabulary import Disposition, EntryKind, Response, Status
from tui_plan.operations import actions, parts, people, plans
from tui_plan.operations.register import Leads, add_entry, close_entry, edit_entry

ME = typed(TODAY)
AGO = TODAY - timedelta(days=1)
RULES = {
    "untreated risk",
    "high risk",
    "late review",
    "late decision",
    "open lesson",
    "risk owner left",
    "issue owner left",
    "no core",
    "late data",
}


def found(world: PeopleWorld) -> list[tuple[str, str, str]]:
    report = lint(world.plan, TODAY)
    return [(one.rule, one.ref, one.sentence) for one in report.findings if one.rule in RULES]


@pytest.fixture
def risk(world: PeopleWorld) -> str:
    """A risk that nothing is wrong with."""
    return add_risk(world, title="The money ends", likelihood=2, impact=3)


def add_risk(world: PeopleWorld, **values: Any) -> str:
    return add_entry(ME, kind=EntryKind.RISK, on=TODAY, party=world.ben, plan=world.plan, **values)


def test_what_is_to_be_treated_needs_an_action(world: PeopleWorld, risk: str) -> None:
    assert found(world) == []
    edit_entry(ME, risk, response=Response.TREAT)
    assert found(world) == [("untreated risk", "R-3", "It is to be treated, but no action does so: make one.")]
    edit_entry(ME, risk, leads=Leads(actions=(world.train,)))
    assert found(world) == []


def test_a_high_risk_needs_an_open_action(world: PeopleWorld, risk: str) -> None:
    edit_entry(ME, risk, likelihood=5)
    high = [("high risk", "R-3", "It scores 15, and no open action answers it.")]
    assert found(world) == high
    edit_entry(ME, risk, leads=Leads(actions=(world.train,)))
    assert found(world) == []
    actions.set_status(ME, [world.train], Status.WITHDRAWN, today=TODAY)
    assert found(world) == high
    edit_entry(ME, risk, likelihood=4)
    assert found(world) == []


def test_what_should_have_been_looked_at_or_decided(world: PeopleWorld, risk: str) -> None:
    issue = add_entry(ME, kind=EntryKind.ISSUE, title="No room", on=AGO, party=world.ben, plan=world.plan, due=AGO)
    edit_entry(ME, risk, due=TODAY)
    late = ("late decision", "R-4", f"Its decision was needed by {AGO}: decide, or say when.")
    assert found(world) == [late]
    edit_entry(ME, risk, due=AGO)
    assert found(world) == [("late review", "R-3", f"It was to be looked at again on {AGO}."), late]
    for uid in (risk, issue):
        close_entry(ME, uid, on=TODAY)
    assert found(world) == []


def test_lessons_wait_for_their_disposition(world: PeopleWorld) -> None:
    uid = add_entry(ME, kind=EntryKind.LESSON, title="Ask early", on=TODAY, plan=world.plan)
    add_entry(ME, kind=EntryKind.LESSON, title="Of no plan", on=TODAY)
    assert found(world) == [("open lesson", "R-3", "Nobody has said whether to keep, change or drop it.")]
    edit_entry(ME, uid, disposition=Disposition.KEEP)
    assert found(world) == []


def test_an_owner_who_left_or_a_post_that_nobody_holds(world: PeopleWorld, risk: str) -> None:
    edit_entry(ME, risk, party=world.chief)
    assert found(world) == [("risk owner left", "R-3", "Chief is held by nobody: say who owns it now.")]
    edit_entry(ME, risk, party=world.mayor)
    assert found(world) == []
    add_entry(ME, kind=EntryKind.ISSUE, title="No room", on=TODAY, party=world.cleo, plan=world.plan)
    people.edit_party(ME, world.cleo, left_on=AGO)
    assert found(world) == [("issue owner left", "R-4", f"Cleo Marsh left on {AGO}: say who owns it now.")]


def test_an_agreed_plan_says_what_must_not_change(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, agreed_on=TODAY)
    sentence = "It was agreed, but no action is marked as a core component: say what must not change."
    assert found(world) == [("no core", "P-1", sentence)]
    actions.edit_action(ME, world.train, today=TODAY, core=True)
    assert found(world) == []


def test_data_that_is_overdue(world: PeopleWorld) -> None:
    measure = parts.add_measure(ME, world.train, statement="Wardens taught", due=date(2026, 3, 1))
    assert found(world) == [("late data", "A-2", "Its data was due on 2026-03-01.")]
    parts.add_reading(ME, measure, taken_on=date(2026, 3, 2), remark="Twelve")
    assert found(world) == []

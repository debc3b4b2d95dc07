"""The register as lists show it: what is open first, the matrix of risks, one entry whole, and what leads where."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessing_steps import assess, item_of
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.register import EntryLine, entry_detail, named_by, register_entries, risk_matrix
from tui_plan.model.as_of import as_of
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import EntryKind, StageKind
from tui_plan.operations.following_up import Wanted, promote_idea, step_to_action
from tui_plan.operations.meetings import add_meeting
from tui_plan.operations.parts import add_measure
from tui_plan.operations.plans import add_objective
from tui_plan.operations.register import Leads, add_entry, close_entry, edit_entry, remove_entry
from tui_plan.operations.stages import add_stage

ME = typed(TODAY)
RISK: dict[str, Any] = {"kind": EntryKind.RISK, "on": TODAY, "likelihood": 4, "impact": 5}


def line(uid: str) -> EntryLine:
    return entry_detail(uid).line


def titles(*values: Any, **options: Any) -> list[str]:
    return [one.title for one in register_entries(*values, **options)]


def test_what_is_open_comes_first_and_the_newest_of_it(world: PeopleWorld) -> None:
    for title, ago in (("old", 9), ("new", 0), ("older", 30)):
        uid = add_entry(ME, **RISK | {"on": TODAY - timedelta(days=ago)}, title=title, party=world.ben, plan=world.plan)
    late = add_entry(ME, kind=EntryKind.ISSUE, title="settled", on=TODAY, party=world.ben, plan=world.plan)
    close_entry(ME, late, on=TODAY)
    assert titles(world.plan, [EntryKind.RISK, EntryKind.ISSUE]) == ["new", "old", "older", "settled"]
    assert titles(world.plan, [EntryKind.ISSUE]) == ["settled"]
    assert (line(uid).plan_name, line(uid).party_name, line(uid).ref) == ("Ready together", "Ben Okafor", "R-5")


def test_what_names_no_plan_belongs_to_every_plan(world: PeopleWorld) -> None:
    assert titles(world.plan) == titles() == ["Behind it", "Speaks up for it"]
    assert titles("another plan") == ["Behind it"]


def test_scores_and_what_is_overdue(world: PeopleWorld) -> None:
    uid = add_entry(ME, **RISK, title="Ends", party=world.ben, due=TODAY - timedelta(days=1))
    assert (line(uid).score, line(uid).residual) == (20, None)
    edit_entry(ME, uid, residual_likelihood=2, residual_impact=3)
    assert line(uid).residual == 6
    assert line(uid).overdue(TODAY)
    assert not line(uid).overdue(TODAY - timedelta(days=1)), "on the day itself it is not late yet"
    close_entry(ME, uid, on=TODAY)
    assert not line(uid).overdue(TODAY)
    decision = add_entry(ME, kind=EntryKind.DECISION, title="Go", on=TODAY)
    assert (line(decision).is_open, line(decision).score) == (False, None)


def test_one_entry_whole(world: PeopleWorld) -> None:
    start = datetime.fromisoformat("2026-03-10T10:00")
    meeting = add_meeting(ME, world.plan, title="Review", start=start, timezone="Europe/London")
    stage = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    decision = add_entry(
        ME,
        kind=EntryKind.DECISION,
        title="Go on",
        on=TODAY,
        cause="Money",
        outcome="If paid",
        meeting=meeting,
        stage=stage,
    )
    found = entry_detail(decision)
    assert (found.cause, found.outcome, found.stage, found.meeting, found.area) == (
        "Money",
        "If paid",
        "Piloting",
        "Review of 2026-03-10",
        "",
    )
    idea = add_entry(ME, kind=EntryKind.IDEA, title="Boats", on=TODAY, plan=world.plan)
    promote_idea(ME, idea, on=TODAY)
    assert entry_detail(idea).area == "D-3 Boats"
    with pytest.raises(NotFound, match="This entry is no longer there: somebody removed it"):
        entry_detail("nothing")


def test_what_leads_where_is_told_from_both_ends(world: PeopleWorld) -> None:
    objective, measure = (
        add_objective(ME, world.areas[1], title="Boats"),
        add_measure(ME, world.train, statement="Taught"),
    )
    issue = add_entry(ME, kind=EntryKind.ISSUE, title="No boat", on=TODAY, party=world.ben, due=TODAY)
    risk = add_entry(ME, Leads((world.train,), others=(issue,)), **RISK, title="Ends", party=world.ben)
    achieved = add_entry(
        ME, Leads((world.map,), (objective,), (measure,)), kind=EntryKind.ACHIEVEMENT, title="Afloat", on=TODAY
    )
    assert [(lead.noun, lead.ref, lead.title, lead.status, lead.day) for lead in entry_detail(risk).leads] == [
        ("action", "A-2", "Train", "not started", date(2026, 4, 30)),
        ("issue", "R-3", "No boat", "open", TODAY),
    ]
    assert [(lead.noun, lead.ref, lead.title) for lead in entry_detail(achieved).leads] == [
        ("action", "A-3", "Map"),
        ("step objective", "S-3", "Boats"),
        ("outcome measure", "A-2", "Taught"),
    ]
    assert [(lead.ref, lead.noun, lead.status) for lead in entry_detail(issue).led_from] == [("R-4", "risk", "open")]
    close_entry(ME, risk, on=TODAY)
    pilot = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    step = item_of(assess(pilot, {}), "staff")
    made = step_to_action(ME, step, Wanted(objective, "Row", world.ben, TODAY), today=TODAY)
    assert [(lead.ref, lead.status) for lead in named_by(world.train)] == [("R-4", "closed")]
    assert [(lead.noun, lead.title, lead.day) for lead in named_by(made)] == [
        ("assessment", "Staff know what to do", TODAY)
    ]
    remove_entry(ME, issue)
    assert [lead.ref for lead in entry_detail(risk).leads] == ["A-2"]


def test_the_register_can_be_looked_at_as_it_was(world: PeopleWorld) -> None:
    uid = add_entry(ME, Leads((world.train,)), **RISK, title="Ends", party=world.ben)
    then = entry_detail(uid)
    later = typed(TODAY + timedelta(days=3))
    edit_entry(later, uid, title="Ended", impact=1, leads=Leads())
    close_entry(later, uid, on=TODAY)
    add_entry(later, kind=EntryKind.DECISION, title="Go on", on=TODAY)
    now = titles()
    with as_of(datetime.fromisoformat("2026-03-17T12:00")):
        was = entry_detail(uid)
        assert was._replace(line=was.line._replace(row_version=1)) == then
        assert titles() == ["Ends", "Behind it", "Speaks up for it"]
    assert titles() == now


@settings(IN_A_WORLD, max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.booleans()), max_size=8))
def test_every_open_risk_stands_once_in_the_matrix(world: PeopleWorld, risks: list[tuple[int, int, bool]]) -> None:
    with taken_back():
        wanted: dict[tuple[int, int], int] = {}
        for likelihood, impact, closed in risks:
            values = RISK | {"likelihood": likelihood, "impact": impact, "closed_on": TODAY if closed else None}
            add_entry(ME, **values, title="T", party=world.ben)
            if not closed:
                wanted[likelihood, impact] = wanted.get((likelihood, impact), 0) + 1
        found = risk_matrix(register_entries())
        assert {field: len(many) for field, many in found.items()} == wanted
        assert all(one.score == likelihood * impact for (likelihood, impact), many in found.items() for one in many)

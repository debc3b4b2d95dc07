"""Fidelity: what differs in core components since a baseline, and which adaptations say why."""

# ruff: noqa: DTZ001 (moments are UTC and naive by agreement)

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.comparing import end_of
from tui_plan.insight.drift import NO_BASELINE, NO_CORE, Drift, DriftLine, drift
from tui_plan.insight.evaluation import evaluation
from tui_plan.insight.history import FieldChange
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import RoleKind
from tui_plan.operations import actions, parts, plans
from tui_plan.operations.register import Leads, add_entry
from tui_plan.operations.undoing import undo

ADOPTED = Author("ana", at=datetime(2040, 1, 1, 12))
LATER = Author("ben", at=datetime(2040, 3, 1, 12))
DAY = date(2040, 3, 1)


@pytest.fixture
def adopted(quality: QualityPlan) -> QualityPlan:
    """The quality plan with three core components, named as it was adopted."""
    for action in (quality.standards, quality.agreement, quality.report):
        actions.edit_action(ADOPTED, action, today=TODAY, core=True)
    plans.name_baseline(ADOPTED, quality.plan, "As adopted")
    return quality


def edit(action: str, **values: object) -> None:
    actions.edit_action(LATER, action, today=TODAY, **values)  # type: ignore[arg-type]


def adapt(plan: str, *named: str, title: str = "Do it otherwise", on: date = DAY) -> str:
    values = {"kind": "adaptation", "title": title, "on": on, "plan": plan, "cause": "It rained", "manner": "reactive"}
    return add_entry(LATER, Leads(named), **values, fidelity="fidelity-consistent")  # type: ignore[arg-type]


def only(plan: str) -> DriftLine:
    (line,) = drift(plan, TODAY).lines
    return line


def told(found: Drift) -> list[tuple[str, str]]:
    return [(line.ref, line.what) for line in found.lines]


def test_nothing_differs_on_the_day_of_adoption(adopted: QualityPlan) -> None:
    found = drift(adopted.plan, TODAY)
    assert (found.baseline, found.at) == ("As adopted", datetime(2040, 1, 1, 12))
    assert (found.core, found.standing, found.new, found.lines, found.elsewhere, found.hint) == (3, 3, 0, (), (), "")


def test_what_says_something_else_than_was_agreed(adopted: QualityPlan) -> None:
    edit(adopted.standards, title="Draft rules", purpose="", description="Short", agreed=date(2026, 4, 1))
    line = only(adopted.plan)
    assert (line.ref, line.title, line.what, line.uid) == ("A-1", "Draft rules", "changed", adopted.standards)
    assert line.changes == (
        FieldChange("A-1", "title", "Draft the standards", "Draft rules"),
        FieldChange("A-1", "purpose", "So that all partners judge work alike", ""),
        FieldChange("A-1", "description", "", "Short"),
        FieldChange("A-1", "agreed date", "2026-03-10", "2026-04-01"),
    )
    assert drift(adopted.plan, TODAY).standing == 2


def test_what_does_not_touch_what_was_agreed(adopted: QualityPlan) -> None:
    edit(adopted.standards, confidence="green", confidence_reason="Fine", status="not started")
    edit(adopted.standards, forecast=date(2026, 3, 10))
    edit(adopted.survey, title="No component of the core")
    parts.add_note(LATER, "Note", today=TODAY, action=adopted.standards)
    parts.add_measure(LATER, adopted.standards, statement="More of it", target=Decimal(3))
    parts.add_role(LATER, [adopted.standards], RoleKind.INFORMED, adopted.ben)
    assert told(drift(adopted.plan, TODAY)) == []


def test_a_forecast_beyond_the_agreed_day(adopted: QualityPlan) -> None:
    assert told(drift(adopted.plan, TODAY)) == [], "it was forecast late at the baseline already"
    edit(adopted.agreement, forecast=date(2026, 5, 1))
    assert only(adopted.plan).changes == (FieldChange("A-2", "forecast date", "", "2026-05-01"),)
    edit(adopted.agreement, forecast=date(2026, 3, 12))
    assert told(drift(adopted.plan, TODAY)) == []
    edit(adopted.agreement, forecast=date(2026, 5, 1))
    edit(adopted.agreement, status="complete", actual=TODAY)
    assert told(drift(adopted.plan, TODAY)) == [], "what is done is forecast no more"


@pytest.mark.parametrize("status", ["deferred", "withdrawn"])
def test_what_was_given_up(adopted: QualityPlan, status: str) -> None:
    edit(adopted.agreement, status=status)
    line = only(adopted.plan)
    assert (line.what, line.changes) == (status, (FieldChange("A-2", "status", "not started", status),))
    plans.name_baseline(LATER, adopted.plan, "Without it")
    edit_again = Author("ben", at=datetime(2040, 4, 1))
    actions.edit_action(edit_again, adopted.agreement, today=TODAY, status="not started")
    (back,) = drift(adopted.plan, TODAY, "without it").lines
    assert (back.what, back.changes) == ("changed", (FieldChange("A-2", "status", status, "not started"),))


def test_other_carriers(adopted: QualityPlan) -> None:
    parts.set_roles(
        LATER, adopted.standards, [(RoleKind.ACCOUNTABLE, adopted.ana), (RoleKind.CONSULTED, adopted.college)]
    )
    assert only(adopted.plan).changes == (
        FieldChange("role", "accountable", "Registrar", "Ana Ruiz"),
        FieldChange("role", "responsible", "Harbour College", ""),
    )
    roles = [(RoleKind.RESPONSIBLE, adopted.college), (RoleKind.ACCOUNTABLE, adopted.registrar)]
    parts.set_roles(LATER, adopted.standards, roles)
    assert told(drift(adopted.plan, TODAY)) == [], "taken away and given again"


def test_other_targets(adopted: QualityPlan) -> None:
    (measure,) = evaluation(TODAY, adopted.plan)
    parts.edit_measure(LATER, measure.uid, target=Decimal(30), method="Counted")
    assert only(adopted.plan).changes == (FieldChange("Courses reviewed", "target", "50", "30"),)
    parts.remove_part(LATER, "outcome_measure", measure.uid)
    assert only(adopted.plan).changes == (FieldChange("outcome measure", "outcome measure", "Courses reviewed", ""),)


def test_what_is_no_longer_core_or_gone(adopted: QualityPlan) -> None:
    edit(adopted.standards, core=False)
    adapted = adapt(adopted.plan, adopted.report)
    actions.remove_actions(LATER, [adopted.report])
    found = drift(adopted.plan, TODAY)
    assert told(found) == [("A-1", "no longer core"), ("A-4", "removed")]
    assert (found.core, found.standing) == (3, 1)
    assert [one.uid for one in found.lines[1].adaptations] == [adapted], "it named what was removed since"
    assert found.lines[1].changes == ()
    assert found.elsewhere == ()
    undo(LATER)
    assert told(drift(adopted.plan, TODAY)) == [("A-1", "no longer core")]


def test_what_came_to_the_core_later(adopted: QualityPlan) -> None:
    edit(adopted.survey, core=True)
    assert told(drift(adopted.plan, TODAY)) == [], "it stands as it was, and is now part of the core"
    actions.add_action(LATER, adopted.objectives[2], today=TODAY, title="New", core=True)
    found = drift(adopted.plan, TODAY)
    assert (found.core, found.new, found.standing, found.lines) == (5, 1, 4, ())
    edit(adopted.survey, title="Ask all learners")
    assert told(drift(adopted.plan, TODAY)) == [("A-3", "changed")]


def test_the_adaptations_that_say_why(adopted: QualityPlan) -> None:
    edit(adopted.standards, title="Draft rules")
    edit(adopted.agreement, title="Shake hands")
    adapt(adopted.plan, adopted.standards, title="Before the plan was adopted", on=date(2039, 12, 1))
    second = adapt(adopted.plan, adopted.standards, adopted.survey, title="Second")
    first = adapt(adopted.plan, adopted.standards, title="First", on=date(2040, 2, 1))
    other = adapt(adopted.plan, adopted.survey, title="Elsewhere")
    found = drift(adopted.plan, TODAY)
    assert [one.uid for one in found.lines[0].adaptations] == [first, second]
    one = found.lines[0].adaptations[0]
    assert (one.ref, one.on, one.manner, one.fidelity) == ("R-3", date(2040, 2, 1), "reactive", "fidelity-consistent")
    assert found.unexplained == (found.lines[1],)
    assert [one.uid for one in found.elsewhere] == [other]


def test_without_a_name_the_first_baseline_counts(adopted: QualityPlan) -> None:
    edit(adopted.standards, title="Draft rules")
    plans.name_baseline(Author("ana", at=datetime(2040, 3, 2)), adopted.plan, "Second edition")
    assert drift(adopted.plan, TODAY).baseline == "As adopted"
    assert told(drift(adopted.plan, TODAY)) == [("A-1", "changed")]
    assert told(drift(adopted.plan, TODAY, "SECOND edition")) == []
    with pytest.raises(NotFound, match=r"no baseline “x” \(known: As adopted, Second edition\)"):
        drift(adopted.plan, TODAY, "x")


def test_without_any_baseline_the_day_of_agreement_counts(quality: QualityPlan) -> None:
    found = drift(quality.plan, TODAY)
    assert (found.at, found.core, found.hint) == (None, 0, NO_BASELINE)
    agreed = date(2039, 12, 31)
    plans.edit_plan(ADOPTED, quality.plan, agreed_on=agreed)
    assert drift(quality.plan, TODAY).hint == NO_BASELINE, "it has yet to be agreed"
    assert drift(quality.plan, agreed).hint == NO_CORE
    actions.edit_action(ADOPTED, quality.standards, today=TODAY, core=True)
    edit(quality.standards, title="Draft rules")
    found = drift(quality.plan, agreed)
    assert (found.baseline, found.at, found.hint) == ("as agreed on 2039-12-31", end_of(agreed), "")
    assert told(found) == [("A-1", "changed")]


def test_a_plan_that_is_gone(quality: QualityPlan) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        drift("0" * 32, TODAY)

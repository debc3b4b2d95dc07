"""What differs between two moments, net of what was turned back in between."""

# ruff: noqa: DTZ001 (moments are UTC and naive by agreement)

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import read_plan_file
from tui_plan.insight.comparing import RecordChange, baselines, compare, end_of, moment_named
from tui_plan.insight.history import FieldChange
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, RoleKind
from tui_plan.operations import actions, dependencies, parts, plans
from tui_plan.operations.people import add_party
from tui_plan.operations.undoing import redo, undo

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"
BEGIN = datetime(2040, 1, 1)
END = datetime(2040, 12, 31)


@pytest.fixture
def later() -> Author:
    """Somebody who types long after the plan was written."""
    return Author("ben", at=datetime(2040, 3, 1))


def changed(quality: QualityPlan, since: datetime = BEGIN, until: datetime = END) -> list[RecordChange]:
    return compare(quality.plan, since, until)


def test_a_change_is_told_with_both_values(quality: QualityPlan, later: Author) -> None:
    actions.edit_action(later, quality.standards, today=TODAY, forecast=date(2026, 5, 1))
    actions.edit_action(later, quality.standards, today=TODAY, forecast=date(2026, 6, 1), purpose="New")
    (one,) = changed(quality)
    assert (one.what, one.noun, one.ref, one.title, one.subject) == (
        "changed",
        "action",
        "A-1",
        "Draft the standards",
        quality.standards,
    )
    assert one.fields == (
        FieldChange("action", "forecast date", "2026-03-24", "2026-06-01"),
        FieldChange("action", "purpose", "So that all partners judge work alike", "New"),
    )


def test_what_was_turned_back_does_not_show(quality: QualityPlan, later: Author) -> None:
    actions.edit_action(later, quality.standards, today=TODAY, title="Other")
    undo(later)
    assert changed(quality) == []
    redo(later)
    assert [one.what for one in changed(quality)] == ["changed"]
    actions.edit_action(later, quality.standards, today=TODAY, title="Draft the standards")
    assert changed(quality) == []


def test_what_was_removed_and_brought_back_does_not_show(quality: QualityPlan, later: Author) -> None:
    actions.edit_action(later, quality.standards, today=TODAY, forecast=date(2026, 5, 1))
    actions.edit_action(later, quality.standards, today=TODAY, forecast=date(2026, 3, 24))
    actions.remove_actions(later, [quality.standards])
    undo(later)
    assert changed(quality) == []


def test_what_came_and_went_in_between_does_not_show(quality: QualityPlan, later: Author) -> None:
    uid = actions.add_action(later, quality.objectives[0], today=TODAY, title="Short-lived")
    actions.remove_actions(later, [uid])
    assert changed(quality) == []


def test_what_was_added(quality: QualityPlan, later: Author) -> None:
    uid = actions.add_action(later, quality.objectives[2], today=TODAY, title="New", agreed=date(2026, 9, 1))
    parts.set_roles(later, uid, [(RoleKind.RESPONSIBLE, quality.ana)])
    action, role = changed(quality)
    assert (action.what, action.ref, action.title) == ("added", "A-5", "New")
    assert FieldChange("A-5", "agreed date", "", "2026-09-01") in action.fields
    assert (role.what, role.noun, role.ref, role.subject) == ("added", "role", "A-5", uid)
    assert FieldChange("role", "party", "", "Ana Ruiz") in role.fields


def test_what_was_removed_keeps_its_reference_and_title(quality: QualityPlan, later: Author) -> None:
    actions.remove_actions(later, [quality.survey])
    found = changed(quality)
    assert {(one.what, one.ref, one.title) for one in found} == {("removed", "A-3", "Ask the learners")}
    action = next(one for one in found if one.noun == "action")
    assert FieldChange("A-3", "timescale note", "twice a year", "") in action.fields


def test_parts_are_told_by_what_they_hold(quality: QualityPlan, later: Author) -> None:
    college = add_party(later, PartyKind.ORGANISATION, name="New College")
    plans.set_partners(later, quality.plan, [college])
    parts.set_roles(later, quality.standards, [(RoleKind.RESPONSIBLE, quality.ana)])
    parts.add_note(later, "Waits\nfor the law", today=TODAY, action=quality.standards)
    dependencies.add_dependency(later, quality.report, quality.survey)
    told = {(one.what, one.noun, one.words) for one in changed(quality)}
    assert {
        ("added", "role", "Ana Ruiz, responsible"),
        ("added", "note", "Waits for the law"),
        ("added", "dependency", "A-3"),
        ("added", "partner", "New College"),
    } <= told


def test_only_what_lies_between_the_moments(quality: QualityPlan) -> None:
    for day, title in ((1, "First"), (2, "Second"), (3, "Third")):
        typed = Author("ben", at=datetime(2040, 3, day, 12))
        actions.edit_action(typed, quality.standards, today=TODAY, title=title)

    def titles(first: int, last: int) -> list[tuple[str, str]]:
        found = changed(quality, datetime(2040, 3, first, 12), datetime(2040, 3, last, 12))
        return [(field.before, field.after) for one in found for field in one.fields]

    assert titles(1, 2) == [("First", "Second")]
    assert titles(1, 3) == [("First", "Third")]
    assert titles(3, 9) == []


def test_other_plans_stay_out(quality: QualityPlan, later: Author) -> None:
    plans.add_plan(later, name="Another")
    assert changed(quality) == []


def test_named_baselines(quality: QualityPlan, later: Author) -> None:
    plans.name_baseline(later, quality.plan, "As agreed")
    assert [(one.name, one.at) for one in baselines(quality.plan)] == [("As agreed", datetime(2040, 3, 1))]
    assert moment_named(quality.plan, "AS AGREED") == datetime(2040, 3, 1)
    with pytest.raises(NotFound, match=r"no baseline “x” \(known: As agreed\)"):
        moment_named(quality.plan, "x")
    with pytest.raises(NotFound, match="known: none yet"):
        moment_named("0" * 32, "x")


def test_the_end_of_a_local_day() -> None:
    moment = end_of(date(2026, 3, 16)).replace(tzinfo=UTC)
    assert moment.astimezone().date() == date(2026, 3, 16)
    assert (moment + timedelta(seconds=1)).astimezone().date() == date(2026, 3, 17)


def test_the_cells_of_a_sheet_are_no_difference(plan_database: Path, later: Author) -> None:
    plan = import_plan(later, read_plan_file(REAL), today=TODAY).plan
    nouns = {one.noun for one in compare(plan, BEGIN, END)}
    assert "action" in nouns
    assert not {"source", "source row"} & nouns

"""Outlines and lists of actions: their order, their places, who is named first."""

from datetime import timedelta

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.action_rows import action_rows
from tui_plan.insight.outline import outline
from tui_plan.insight.urgent import most_overdue
from tui_plan.insight.whole_plan import shareable, whole_plan
from tui_plan.model.plan import Action
from tui_plan.model.schema import table_name
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import RoleKind
from tui_plan.operations import actions, parts, plans


def test_the_outline_is_in_the_order_of_the_plan(quality: QualityPlan) -> None:
    first, second = outline(quality.plan, TODAY)
    assert [(area.ref, area.place, area.title, area.priority) for area in (first, second)] == [
        ("D-1", "1", "Learners' views", "high"),
        ("D-2", "2", "Protocols", "low"),
    ]
    assert [(one.ref, one.place, one.title) for one in (*first.objectives, *second.objectives)] == [
        ("S-1", "1.1", "Agree standards"),
        ("S-2", "1.2", "Hear learners"),
        ("S-3", "2.1", "Write them down"),
    ]
    assert [action.ref for action in first.objectives[0].actions] == ["A-1", "A-2"]
    assert second.objectives[0].actions == ()
    assert first.counts.actions == sum(one.counts.actions for one in first.objectives) == 4


def test_what_is_moved_shows_at_its_new_place(quality: QualityPlan, author: Author) -> None:
    plans.move_in_order(author, table_name(Action), quality.agreement, -1)
    plans.move_in_order(author, "development_area", quality.areas[1], -1)
    areas = outline(quality.plan, TODAY)
    assert [(area.place, area.ref) for area in areas] == [("1", "D-2"), ("2", "D-1")]
    assert [action.ref for action in areas[1].objectives[0].actions] == ["A-2", "A-1"]
    assert [row.ref for row in action_rows(quality.plan)] == ["A-2", "A-1", "A-3", "A-4"]
    actions.move_actions(author, [quality.agreement], quality.objectives[2])
    assert [row.ref for row in action_rows(quality.plan)] == ["A-2", "A-1", "A-3", "A-4"]
    assert outline(quality.plan, TODAY)[0].objectives[0].actions[0].ref == "A-2"


def test_the_accountable_party_is_named_first_and_once(quality: QualityPlan, author: Author) -> None:
    roles = [
        (RoleKind.RESPONSIBLE, quality.ben),
        (RoleKind.RESPONSIBLE, quality.ana),
        (RoleKind.INFORMED, quality.board),
    ]
    parts.set_roles(author, quality.survey, [*roles, (RoleKind.ACCOUNTABLE, quality.ana)])
    (row,) = action_rows(quality.plan, Action.uid == quality.survey)
    assert [(owner.name, owner.role) for owner in row.owners] == [
        ("Ana Ruiz", "accountable"),
        ("Ben Okafor", "responsible"),
    ]
    (row,) = action_rows(quality.plan, Action.uid == quality.standards)
    assert [owner.label for owner in row.owners] == ["Registrar", "HC"]


def test_only_open_actions_are_blocked(quality: QualityPlan, author: Author) -> None:
    def blocked() -> list[str]:
        return [row.ref for row in action_rows() if row.blocked]

    assert blocked() == ["A-2"]
    actions.edit_action(author, quality.agreement, today=TODAY, status="deferred")
    assert blocked() == []
    actions.edit_action(author, quality.agreement, today=TODAY, status="in progress")
    for settled in ("complete", "withdrawn"):
        actions.edit_action(author, quality.standards, today=TODAY, status=settled)
        assert blocked() == []
    actions.edit_action(author, quality.standards, today=TODAY, status="deferred")
    assert blocked() == ["A-2"]


def test_the_most_overdue_come_first(quality: QualityPlan, author: Author) -> None:
    assert [row.ref for row in most_overdue(TODAY, quality.plan, 5)] == ["A-2"]
    later = TODAY + timedelta(days=30)
    assert [row.ref for row in most_overdue(later, quality.plan, 5)] == ["A-2", "A-1"]
    assert [row.ref for row in most_overdue(later, None, 1)] == ["A-2"]
    other = plans.add_plan(author, name="Another")
    assert most_overdue(later, other, 5) == []


def test_a_whole_plan_holds_texts_and_parts_of_every_action(quality: QualityPlan) -> None:
    whole = whole_plan(quality.plan, TODAY)
    assert [action.row.ref for action in whole.actions] == ["A-1", "A-2", "A-3", "A-4"]
    first = whole.actions[0]
    assert first.texts.purpose == "So that all partners judge work alike"
    assert first.texts.confidence_reason == "Two partners are late"
    assert first.parts.checkpoints[0].reviewers[0].name == "Quality Board"
    assert [role.kind for role in first.parts.roles] == ["accountable", "responsible", "consulted"]
    assert whole.actions[3].parts.roles == ()
    assert whole.descriptions[quality.areas[1]] == "Between all partners"
    assert whole.candid_notes == 2
    assert [note.text for note in shareable(first.parts.notes)] == ["They like the draft"]

"""How plans stand: the counts of the database against a plain recount of small random plans."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.health import Counts, area_counts, plan_health
from tui_plan.insight.outline import outline
from tui_plan.model.base import database
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Confidence, PartyKind, RoleKind, Status
from tui_plan.operations import actions, dependencies, parts, people, plans

DAYS = st.one_of(st.none(), st.integers(-20, 40).map(lambda days: TODAY + timedelta(days=days)))
ACTIONS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "agreed": DAYS,
        "forecast": DAYS,
        "confidence": st.sampled_from(["", *Confidence]),
    }
)
PLANS = st.lists(
    st.tuples(ACTIONS, st.sampled_from([None, *RoleKind][:-1]), st.integers(0, 5), st.integers(0, 2)), max_size=6
)


def recount(rows: list[ActionRow], waiting: set[str], owned: set[str]) -> tuple[Counts, date | None]:
    """Count by hand, from the words of the design alone; ``waiting`` actions need another that is not done with."""
    open_rows = [row for row in rows if row.status in {"not started", "in progress"}]
    dated = [(row, row.forecast or row.agreed) for row in open_rows]
    days = [day for _, day in dated if day is not None]
    by_status = {one.replace(" ", "_"): sum(row.status == one for row in rows) for one in Status}
    counts = Counts(
        actions=len(rows),
        **by_status,
        overdue=sum(day < TODAY for day in days),
        due_soon=sum(TODAY <= day <= TODAY + timedelta(days=14) for day in days),
        blocked=sum(row.uid in waiting for row in open_rows),
        unowned=sum(row.uid not in owned for row in open_rows),
        undated=sum(day is None for _, day in dated),
        red=sum(row.confidence == "red" for row in open_rows),
        amber=sum(row.confidence == "amber" for row in open_rows),
    )
    return counts, min((day for day in days if day >= TODAY), default=None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=PLANS)
def test_counts_are_those_of_a_plain_recount(
    quality: QualityPlan, author: Author, made: list[tuple[dict[str, object], RoleKind | None, int, int]]
) -> None:
    database.execute_sql("PRAGMA synchronous = off")
    plan = plans.add_plan(author, name="Random")
    areas = [plans.add_area(author, plan, title=f"Area {at}") for at in range(2)]
    objectives = [plans.add_objective(author, areas[at % 2], title=f"Step {at}") for at in range(3)]
    uids: list[str] = []
    waiting: set[str] = set()
    owned: set[str] = set()
    for at, (values, role, needed, place) in enumerate(made):
        uid = actions.add_action(author, objectives[place], today=TODAY, title=f"Action {at}", **values)  # type: ignore[arg-type]
        if role:
            parts.set_roles(author, uid, [(role, quality.ana)])
        if role in {RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE}:
            owned.add(uid)
        if needed < len(uids):
            dependencies.add_dependency(author, uid, uids[needed])
            if made[needed][0]["status"] not in {"complete", "withdrawn"}:
                waiting.add(uid)
        uids.append(uid)
    rows = action_rows(plan)
    (health,) = plan_health(TODAY, plan)
    assert (health.counts, health.next_day) == recount(rows, waiting, owned)
    assert health.counts.open == sum(row.is_open for row in rows)
    assert sum(row.overdue(TODAY) for row in rows) == health.counts.overdue
    assert sum(row.due_soon(TODAY) for row in rows) == health.counts.due_soon
    assert sum(row.blocked for row in rows) == health.counts.blocked
    assert sum(row.is_open and not row.owners for row in rows) == health.counts.unowned
    for uid in {row.area for row in rows}:
        assert area_counts(TODAY, plan)[uid] == recount([row for row in rows if row.area == uid], waiting, owned)[0]
    for objective in [objective for area in outline(plan, TODAY) for objective in area.objectives]:
        mine = [row for row in rows if row.objective == objective.uid]
        assert objective.counts == recount(mine, waiting, owned)[0]
    assert [area.counts for area in outline(plan, TODAY)] == [
        area_counts(TODAY, plan).get(area, Counts()) for area in areas
    ]


def test_the_quality_plan_stands_so(quality: QualityPlan) -> None:
    (health,) = plan_health(TODAY)
    assert (health.ref, health.name, health.areas, health.next_day) == ("P-1", "Quality together", 2, date(2026, 3, 24))
    assert health.counts == Counts(
        4, 2, 1, 1, 0, 0, overdue=1, due_soon=1, blocked=1, unowned=1, undated=1, red=1, amber=1
    )
    assert (health.counts.open, health.counts.share_complete) == (3, 0.25)
    assert health.needs_attention


def test_every_plan_is_told_in_the_order_of_numbers(quality: QualityPlan, author: Author) -> None:
    plans.add_plan(author, name="Another")
    first, second = plan_health(TODAY)
    assert (first.number, second.number) == (1, 2)
    assert (second.counts, second.areas, second.next_day) == (Counts(), 0, None)
    assert second.counts.share_complete is None
    assert not second.needs_attention


@pytest.mark.parametrize(
    ("days", "overdue", "soon"), [(-1, True, False), (0, False, True), (14, False, True), (15, False, False)]
)
def test_where_overdue_and_due_soon_begin_and_end(
    quality: QualityPlan, author: Author, days: int, overdue: bool, soon: bool
) -> None:
    plan = plans.add_plan(author, name="Edges")
    objective = plans.add_objective(author, plans.add_area(author, plan, title="Area"), title="Step")
    actions.add_action(author, objective, today=TODAY, title="Edge", agreed=TODAY + timedelta(days=days))
    (health,) = plan_health(TODAY, plan)
    assert (health.counts.overdue, health.counts.due_soon) == (overdue, soon)


def test_a_post_is_an_owner_even_when_vacant(quality: QualityPlan, author: Author) -> None:
    post = people.add_party(author, PartyKind.POST, name="Dean")
    parts.set_roles(author, quality.agreement, [(RoleKind.ACCOUNTABLE, post)])
    (health,) = plan_health(TODAY)
    assert health.counts.unowned == 0

"""What has waited longest: the overdue actions at the head of ``status``. It reads only the rows that it returns."""

from datetime import date

from tui_plan.insight.action_rows import ActionRow, action_rows, expected_day, is_open, of_plan
from tui_plan.model.base import rows
from tui_plan.model.plan import Action


def most_overdue(today: date, plan: str | None, most: int) -> list[ActionRow]:
    """Return the open actions of a plan (of all, if None) whose day passed longest ago, at most ``most``."""
    actions = Action.select(Action.uid)
    query = (actions if plan is None else of_plan(actions, plan)).where(
        is_open() & (expected_day() < today.isoformat())
    )
    worst = [uid for (uid,) in rows(query.order_by(expected_day(), Action.number).limit(most))]
    found = action_rows(plan, Action.uid.in_(worst)) if worst else []
    return sorted(found, key=lambda row: (row.expected or today, row.number))

"""The outline of a plan: its areas, step objectives and actions in order, with what each line needs to show."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.health import Counts, counts_of, sum_of
from tui_plan.model.base import rows
from tui_plan.model.plan import DevelopmentArea, Plan, StepObjective


class ObjectiveLine(NamedTuple):
    """A step objective with its actions. ``place`` is its number in the outline, such as 2.1."""

    uid: str
    number: int
    place: str
    title: str
    counts: Counts
    actions: tuple[ActionRow, ...]

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"S-{self.number}"


class AreaLine(NamedTuple):
    """A development area with its step objectives. ``place`` is its rank, from 1."""

    uid: str
    number: int
    place: str
    title: str
    priority: str
    counts: Counts
    objectives: tuple[ObjectiveLine, ...]

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"D-{self.number}"


class PlanOutline(NamedTuple):
    """A plan with its development areas."""

    uid: str
    number: int
    name: str
    counts: Counts
    areas: tuple[AreaLine, ...]

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"P-{self.number}"

    @property
    def actions(self) -> list[ActionRow]:
        """All its actions in plan order."""
        return [action for area in self.areas for objective in area.objectives for action in objective.actions]


def plan_outline(plan: str, today: date) -> PlanOutline | None:
    """Return a plan with its outline, or None if it is gone."""
    found = rows(Plan.select(Plan.number, Plan.name).where(Plan.uid == plan))
    if not found:
        return None
    areas = outline(plan, today)
    return PlanOutline(*(plan, *found[0], sum_of(area.counts for area in areas), areas))


def outline(plan: str, today: date) -> tuple[AreaLine, ...]:
    """Return a plan's development areas in order, each with its step objectives and their actions.

    What is counted comes from the actions, which are read anyway: counting in SQL would cost as much again.
    """
    actions: dict[str, list[ActionRow]] = defaultdict(list)
    for action in action_rows(plan):
        actions[action.objective].append(action)
    objectives = _objectives(plan)
    found = DevelopmentArea.select(
        DevelopmentArea.uid, DevelopmentArea.number, DevelopmentArea.title, DevelopmentArea.priority
    ).where(DevelopmentArea.plan == plan)
    areas: list[AreaLine] = []
    for place, head in enumerate(rows(found.order_by(DevelopmentArea.position, DevelopmentArea.number)), 1):
        uid, number, title, priority = head
        lines = tuple(
            ObjectiveLine(one, quoted, f"{place}.{at}", name, counts_of(actions[one], today), tuple(actions[one]))
            for at, (one, quoted, name) in enumerate(objectives[uid], 1)
        )
        counts = sum_of(line.counts for line in lines)
        areas.append(AreaLine(uid, number, str(place), title, priority, counts, lines))
    return tuple(areas)


def _objectives(plan: str) -> dict[str, list[tuple[str, int, str]]]:
    query = (
        StepObjective.select(StepObjective.area, StepObjective.uid, StepObjective.number, StepObjective.title)
        .join(DevelopmentArea)
        .where(DevelopmentArea.plan == plan)
        .order_by(StepObjective.position, StepObjective.number)
    )
    found: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for area, *head in rows(query):
        found[area].append((head[0], head[1], head[2]))
    return found

"""The outline of a plan: its areas, step objectives and actions in order, with what each line needs to show."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.health import Counts, area_counts, objective_counts
from tui_plan.model.base import rows
from tui_plan.model.plan import DevelopmentArea, StepObjective


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
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


@dataclass(frozen=True, slots=True)
class AreaLine:
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


def outline(plan: str, today: date) -> tuple[AreaLine, ...]:
    """Return a plan's development areas in order, each with its step objectives and their actions."""
    actions: dict[str, list[ActionRow]] = defaultdict(list)
    for action in action_rows(plan):
        actions[action.objective].append(action)
    objectives = _objectives(plan, objective_counts(today, plan), actions)
    of_area = area_counts(today, plan)
    found = DevelopmentArea.select(
        DevelopmentArea.uid, DevelopmentArea.number, DevelopmentArea.title, DevelopmentArea.priority
    ).where(DevelopmentArea.plan == plan)
    ordered = rows(found.order_by(DevelopmentArea.position, DevelopmentArea.number))
    return tuple(
        AreaLine(
            uid,
            number,
            str(place),
            title,
            priority,
            of_area.get(uid, Counts()),
            tuple(_line(place, *entry) for entry in enumerate(objectives.get(uid, ()), 1)),
        )
        for place, (uid, number, title, priority) in enumerate(ordered, 1)
    )


_Objective = tuple[str, int, str, Counts, tuple[ActionRow, ...]]


def _line(area_place: int, place: int, found: _Objective) -> ObjectiveLine:
    uid, number, title, counts, actions = found
    return ObjectiveLine(uid, number, f"{area_place}.{place}", title, counts, actions)


def _objectives(
    plan: str, counts: dict[str, Counts], actions: dict[str, list[ActionRow]]
) -> dict[str, list[_Objective]]:
    query = (
        StepObjective.select(StepObjective.uid, StepObjective.number, StepObjective.title, StepObjective.area)
        .join(DevelopmentArea)
        .where(DevelopmentArea.plan == plan)
        .order_by(StepObjective.position, StepObjective.number)
    )
    found: dict[str, list[_Objective]] = defaultdict(list)
    for uid, number, title, area in rows(query):
        found[area].append((uid, number, title, counts.get(uid, Counts()), tuple(actions.get(uid, ()))))
    return found

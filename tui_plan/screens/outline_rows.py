"""The outline as rows of a list: areas, step objectives and actions, and how each line looks. Plain values only."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.outline import AreaLine, ObjectiveLine
from tui_plan.screens.signs import (
    day_cell,
    late_cell,
    owner_cell,
    priority_words,
    progress_words,
    stalled_cell,
    state_cell,
    title_cell,
)
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, Reader, RowView

NO_OBJECTIVE = "(no step objective)"

COLUMNS = (
    Column("What", least=28),
    Column("Ref", width=6, drop=3),
    Column("Owner", width=11, drop=2),
    Column("Date", width=10, drop=1),
    Column("State", width=15),
)


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One line of the outline: exactly one of the three is there; ``area`` and ``objective`` also for what is below."""

    area: AreaLine
    objective: ObjectiveLine | None = None
    action: ActionRow | None = None

    @property
    def key(self) -> str:
        """The uid of what the line is about."""
        return (self.action or self.objective or self.area).uid

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return (self.action or self.objective or self.area).ref

    @property
    def title(self) -> str:
        """The title of what the line is about."""
        return (self.action or self.objective or self.area).title

    @property
    def depth(self) -> int:
        """0 for an area, 1 for a step objective, 2 for an action."""
        return (self.objective is not None) + (self.action is not None)


def outline_items(areas: tuple[AreaLine, ...]) -> list[OutlineItem]:
    """Return the outline as one list in the order shown."""
    items: list[OutlineItem] = []
    for area in areas:
        items.append(OutlineItem(area))
        for objective in area.objectives:
            items.append(OutlineItem(area, objective))
            items += [OutlineItem(area, objective, action) for action in objective.actions]
    return items


def only_overdue(items: list[OutlineItem], today: date) -> list[OutlineItem]:
    """Return the actions that are overdue, with the areas and objectives that they lie under."""
    late = [item for item in items if item.action is not None and item.action.overdue(today)]
    areas = {item.area.uid for item in late}
    objectives = {item.objective.uid for item in late if item.objective is not None}
    kept = areas | objectives | {item.key for item in late}
    return [item for item in items if item.key in kept]


def only_stalled(items: list[OutlineItem], stalled: Container[str]) -> list[OutlineItem]:
    """Return the step objectives among ``stalled`` (uids) with their actions, and the areas that they lie under."""
    kept = [item for item in items if item.objective is not None and item.objective.uid in stalled]
    areas = {item.area.uid for item in kept}
    return [
        item
        for item in items
        if (item.objective.uid in stalled if item.objective is not None else item.area.uid in areas)
    ]


def outline_rows(
    items: list[OutlineItem], today: date, style: str, stalled: Container[str] = ()
) -> ItemRows[OutlineItem, RowView]:
    """Return the rows of the outline; a filter looks at references, titles and owners.

    The step objectives among ``stalled`` (uids) say so.
    """
    return ItemRows(
        items,
        Reader(
            key=lambda item: item.key,
            view=lambda item, fold: _view(item, fold, today, style, stalled),
            text=_searched,
            depth=lambda item: item.depth,
        ),
    )


def _searched(item: OutlineItem) -> str:
    owners = " ".join(f"{owner.name} {owner.short_name}" for owner in item.action.owners) if item.action else ""
    return f"{item.ref} {item.title} {owners}"


def _view(item: OutlineItem, fold: Fold, today: date, style: str, stalled: Container[str]) -> RowView:
    if item.action is not None:
        return _action_view(item.action, today, style)
    if item.objective is not None:
        title = item.objective.title or NO_OBJECTIVE
        place, counts = item.objective.place, item.objective.counts
        cells = (Piece(f"{place} {title}"), Piece(item.ref, Role.DIM), Piece(progress_words(counts), Role.DIM))
        state = stalled_cell() if item.key in stalled else late_cell(counts)
        return RowView((*cells, "", state), indent=1, fold=fold)
    area = item.area
    head = Piece(f"{area.place} {area.title}", Role.STRONG)
    cells = (head, Piece(item.ref, Role.DIM), Piece(progress_words(area.counts), Role.DIM))
    return RowView((*cells, priority_words(area.priority), late_cell(area.counts)), fold=fold)


def _action_view(action: ActionRow, today: date, style: str) -> RowView:
    cells = (title_cell(action), Piece(action.ref, Role.DIM), owner_cell(action), day_cell(action, style))
    return RowView((*cells, state_cell(action, today)), indent=2)

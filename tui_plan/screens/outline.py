"""A plan's outline beside the detail: development areas, step objectives and actions, walked and changed by keys."""

from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.details import action_detail, record_values
from tui_plan.insight.outline import AreaLine, PlanOutline, plan_outline
from tui_plan.keys import bind
from tui_plan.model.errors import NotFound
from tui_plan.operations.actions import ActionValues, add_action
from tui_plan.operations.plans import (
    AreaValues,
    ObjectiveValues,
    add_area,
    add_objective,
    edit_area,
    edit_objective,
    move_in_order,
    remove_area,
    remove_objective,
)
from tui_plan.screens.action_blocks import action_blocks
from tui_plan.screens.beside import BesideScreen
from tui_plan.screens.detail_blocks import group_blocks
from tui_plan.screens.explaining import flow, step
from tui_plan.screens.forms_action import action_form
from tui_plan.screens.forms_plan import area_form, objective_form
from tui_plan.screens.narrowing import NOTHING, NarrowingScreen, Only
from tui_plan.screens.outline_rows import (
    COLUMNS,
    NO_OBJECTIVE,
    OutlineItem,
    only_overdue,
    only_stalled,
    outline_items,
    outline_rows,
)
from tui_plan.widgets.detail import Block, DetailView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.rows import ItemRows

_EMPTY = "This plan is empty. Press A to add its first development area; then a adds step objectives and actions."


class OutlineScreen(NarrowingScreen, BesideScreen[OutlineItem]):
    """One plan as a tree, with the detail of what the cursor is on."""

    NAME = "Plans"
    HELP = (
        "Areas, step objectives and actions in order. a adds below the cursor, A an area; K and J move in order. "
        "Enter opens an action's detail, and opens or closes what has actions beneath it. "
        "! keeps only what is late, # what has stalled; R writes down what a slip puts at risk."
    )
    CHANGING = NarrowingScreen.CHANGING | {"add", "add_area", "reorder"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.add", "add", show=True),
        bind("record.add_area", "add_area"),
        bind("record.up", "reorder(-1)"),
        bind("record.down", "reorder(1)"),
        bind("screen.overdue", "overdue"),
        bind("record.history", "history"),
        bind("plan.export", "export"),
    ]

    def __init__(self, plan: str, action: str = "") -> None:
        super().__init__()
        self._plan = plan
        self._first = action
        """The step objective or action (uid) to begin on, until the rows are there."""

        self._outline: PlanOutline | None = None
        self._items: list[OutlineItem] = []
        self._actions: frozenset[str] = frozenset()
        self._had_targets = False
        self._folded_before: frozenset[str] | None = None
        """What was folded before the outline was narrowed; None while all of it is shown."""

    @property
    def plan_uid(self) -> str:
        """The plan that is open."""
        return self._plan

    def compose_body(self) -> ComposeResult:
        """Yield the outline and the detail."""
        with Horizontal():
            yield LineList(COLUMNS, title=" ", empty=_EMPTY, id="outline")
            yield DetailView(id="detail", classes="beside")

    async def refresh_rows(self) -> None:
        """Ask for the outline again and show it, folds and filter kept."""
        found = await self.ask(plan_outline, self._plan, self.app.today)
        if found is None:
            self.app.pop_screen()
            return
        self._outline = found
        self._items = outline_items(found.areas)
        self._actions = frozenset(item.key for item in self._items if item.action is not None)
        await self.read_stalled()
        self.show_rows()
        first, self._first = self._first, ""
        self._go_to([first] if first else [])
        self.detail_soon()

    def targets(self) -> tuple[str, ...]:
        """Return the actions among what is marked, or under the cursor."""
        return tuple(key for key in self._list.targets if key in self._actions)

    def rows_of(self, uids: Iterable[str]) -> list[ActionRow]:
        """Return those of the actions that were read last."""
        wanted = set(uids)
        return [item.action for item in self._items if item.action is not None and item.key in wanted]

    def copied_text(self) -> str:
        """Return reference and title of what the cursor is on."""
        item = self.current()
        return f"{item.ref} {item.title}" if item is not None else ""

    def go_back(self) -> None:
        """Go back to the outline from the detail, and to the plans from the outline."""
        if not self.left_page() and not self.widen():
            self.app.pop_screen()

    # What the cursor is on

    @on(LineList.Activated)
    def _opened(self) -> None:
        """Show an action's detail; open or close what has actions beneath it."""
        item = self.current()
        rows = self._list.rows
        if item is None or item.action is not None or not isinstance(rows, ItemRows):
            self.action_other_pane()
        elif not rows.wanted:
            self._list.set_rows(rows.folded(item.key, closed=item.key not in rows.closed))

    @on(LineList.Marked)
    def _marked(self) -> None:
        self.refresh_bindings()

    async def show_detail(self) -> None:
        """Show what the cursor is on in full."""
        item = self.current()
        self._asked = item.key if item is not None else ""
        if self._had_targets != bool(self.targets()):
            self._had_targets = not self._had_targets
            self.refresh_bindings()
        with suppress(NotFound):  # a colleague has removed it; the rows will be read again at once
            await self._show_detail_of(item)

    async def _show_detail_of(self, item: OutlineItem | None) -> None:
        view = self.query_one(DetailView)
        if item is None:
            view.show("", "", [])
        elif item.action is not None:
            view.show(item.key, f"{item.ref} · action", await self._blocks_of(item.key))
        else:
            noun = "step_objective" if item.objective is not None else "development_area"
            values = await self.ask(record_values, noun, item.key)
            counts = (item.objective or item.area).counts
            title = item.title or NO_OBJECTIVE
            stalled = await self._why_stalled(item.key) if item.objective is not None else ()
            blocks = group_blocks(title, values["description"], values.get("priority", ""), counts, stalled)
            view.show(item.key, f"{item.ref} · {noun.replace('_', ' ')}", blocks)

    async def _blocks_of(self, action: str) -> list[Block]:
        from tui_plan.insight.evaluation import measures_of
        from tui_plan.insight.register import named_by

        today = self.app.today
        detail = await self.ask(action_detail, action, today)
        measures = await self.ask(measures_of, action) if detail.measures else []
        leads = await self.ask(named_by, action)
        return action_blocks(detail, today, self.date_style, measures=measures, leads=leads)

    async def _why_stalled(self, objective: str) -> tuple[str, ...]:
        from tui_plan.insight.stalled import stalled

        found = await self.ask(stalled, self.app.today, self._plan, objective)
        return found[0].reasons if found else ()

    # Changes

    @flow
    async def action_add(self) -> None:
        """Add a step objective to the area under the cursor, or an action to the step objective."""
        item = self.current()
        if item is None:
            await self._add_area()
        elif item.objective is None:
            await self._add_objective(item.area)
        else:
            await self._add_action(item.objective.uid, item.objective.title)

    async def _add_action(self, objective: str, title: str) -> None:
        made: list[str] = []

        async def submit(values: ActionValues) -> None:
            made.append(await self.ask(add_action, self.author(), objective, today=self.app.today, **values))

        await self.ask_kept(action_form({}, title, self.understand), submit, about=f"action-in:{objective}")
        self._go_to(made)

    async def _add_objective(self, area: AreaLine) -> None:
        made: list[str] = []

        async def submit(values: ObjectiveValues) -> None:
            made.append(await self.ask(add_objective, self.author(), area.uid, **values))

        await self.ask_kept(objective_form({}, area.title), submit, about=f"objective-in:{area.uid}")
        self._go_to(made)

    @flow
    async def action_add_area(self) -> None:
        """Add a development area at the end."""
        await self._add_area()

    async def _add_area(self) -> None:
        made: list[str] = []

        async def submit(values: AreaValues) -> None:
            made.append(await self.ask(add_area, self.author(), self._plan, **values))

        await self.ask_kept(area_form({}), submit, about=f"area-in:{self._plan}")
        self._go_to(made)

    @flow
    async def action_edit(self) -> None:
        """Edit what the cursor is on, or the one action that is marked."""
        item = self.current()
        if item is None:
            return
        if item.action is not None or self._list.marked:
            if (detail := await self._only_target()) is not None:
                await self.edit_one(detail)
        elif item.objective is not None:
            await self._edit_objective(item)
        else:
            await self._edit_area(item)

    async def _edit_objective(self, item: OutlineItem) -> None:
        values = await self.ask(record_values, "step_objective", item.key)
        version = int(values["row_version"])

        async def submit(typed: ObjectiveValues) -> None:
            await self.change_merging(edit_objective, self.author(), item.key, version_seen=version, **typed)

        await self.ask_kept(objective_form(values, item.area.title), submit, about=item.key, version=version)

    async def _edit_area(self, item: OutlineItem) -> None:
        values = await self.ask(record_values, "development_area", item.key)
        version = int(values["row_version"])

        async def submit(typed: AreaValues) -> None:
            await self.change_merging(edit_area, self.author(), item.key, version_seen=version, **typed)

        await self.ask_kept(area_form(values), submit, about=item.key, version=version)

    @flow
    async def action_remove(self) -> None:
        """Remove the actions, or the empty step objective or area under the cursor, after asking."""
        item = self.current()
        if item is None or item.action is not None or self._list.marked:
            await self.remove_actions()
            return
        remove = remove_objective if item.objective is not None else remove_area
        title = item.title or NO_OBJECTIVE
        if await self._sure(f"Remove “{title}”?", "Only what is empty can be removed. Undo brings it back."):
            await self.run_change(remove, self.author(), item.key)

    @step
    async def action_reorder(self, steps: int) -> None:
        """Move what the cursor is on up or down among its siblings."""
        if (item := self.current()) is not None:
            noun = ("development_area", "step_objective", "action")[item.depth]
            await self.run_change(move_in_order, self.author(), noun, item.key, steps)

    # Views

    def action_history(self) -> None:
        """Show what was changed in what the cursor is on."""
        from tui_plan.screens.history import HistoryScreen

        if (item := self.current()) is not None:
            self.app.push_screen(HistoryScreen(self, f"{item.ref} {item.title}", subject=item.key))

    @flow
    async def action_export(self) -> None:
        """Write a calendar, a paper or a file of the plan."""
        from tui_plan.screens.export import export_plan

        if self._outline is not None:
            await export_plan(self, self._plan, self._outline.name)

    def _go_to(self, made: list[str]) -> None:
        """Put the cursor on what was made, opening what it lies under."""
        if not made:
            return
        rows = self._list.rows
        item = next((item for item in self._items if item.key == made[0]), None)
        if isinstance(rows, ItemRows) and item is not None:
            above = {item.area.uid} | ({item.objective.uid} if item.objective is not None else set())
            if above & rows.closed:
                self._list.set_rows(ItemRows(rows.items, rows.reader, closed=rows.closed - above))
        self._list.move_to(made[0])

    def show_rows(self) -> None:
        """Show the lines as narrow as wanted, folds and filter kept."""
        if self._outline is None:
            return
        items = self._narrowed()
        rows = outline_rows(items, self.app.today, self.date_style, self.stalled)
        rows = ItemRows(items, rows.reader, closed=self._folds(), wanted=self._wanted)
        self._list.set_empty(NOTHING.get(self.only, _EMPTY) if self._items else _EMPTY)
        self._list.set_rows(rows)
        self._list.set_title(f"{self._outline.name} · {self.only}" if self.only else self._outline.name)
        counts = self._outline.counts
        late = f" · ! {counts.overdue} late" if counts.overdue else ""
        self.set_about(f"{self._outline.ref} · {counts.complete}/{counts.actions - counts.withdrawn} done{late}")

    def _folds(self) -> frozenset[str]:
        """Return what is folded: nothing once the outline is narrowed, and again what was when all is shown."""
        before = self._folded_before
        narrow = self.only is not Only.ALL
        if narrow == (before is not None):
            return self._folded
        self._folded_before = self._folded if narrow else None
        return frozenset() if before is None else before

    def _narrowed(self) -> list[OutlineItem]:
        if self.only is Only.OVERDUE:
            return only_overdue(self._items, self.app.today)
        return only_stalled(self._items, self.stalled) if self.only is Only.STALLED else self._items

"""Is it working: the outcome measures of a plan by area, with their course, data that is due, and what shows soon."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.details import plan_detail
from tui_plan.insight.evaluation import MeasureRow, evaluation, first_outcomes, quick_wins
from tui_plan.keys import bind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.evaluation_rows import (
    EvaluationItem,
    evaluation_blocks,
    evaluation_items,
    evaluation_view,
)
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import UndoingDialog
from tui_plan.screens.measure_rows import COLUMNS
from tui_plan.screens.measures import MeasuresDialog, write_reading
from tui_plan.screens.page_links import open_action
from tui_plan.screens.searching_dialog import SearchingDialog
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.rows import ItemRows, Reader, RowView

_EMPTY = (
    "Nothing is measured yet. Open the plan, put the cursor on an action and press m: say how you will know that it "
    "worked, from which baseline to which target, who collects the data and when."
)
_NONE_OVERDUE = "No data is overdue. Press ! to see everything again."


async def open_evaluation(owner: ChangingScreen, plan: str) -> None:
    """Show the evaluation of a plan (a uid) over a main screen; go to the action that was chosen there, if one was."""
    name = str((await owner.ask(plan_detail, plan)).values["name"])
    action = await owner.app.push_screen_wait(EvaluationDialog(owner, plan, name))
    if action:
        await open_action(owner, action)


class EvaluationDialog(SearchingDialog[EvaluationItem], UndoingDialog[EvaluationItem]):
    """The measures, the first outcome of each area, and quick wins; readings are written down here.

    It is left with the uid of an action to go to, or with nothing.
    """

    NAME = "Evaluation"
    TALL = True
    HELP = (
        "Way: how much of the way from baseline to target is done. Data due: when the next reading is due, and how "
        "late it is. R writes a reading down on one line, Enter shows all readings with their evidence. f goes to the "
        "action that is measured; on a quick win Enter does so too."
    )
    CHANGING = UndoingDialog.CHANGING | {"reading"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("measure.reading", "reading", show=True),
        bind("screen.overdue", "overdue", show=True),
        bind("action.follow", "follow", show=True),
        bind("screen.next_pane", "other_pane"),
        bind("plan.export", "export", show=True),
    ]

    def __init__(self, owner: ChangingScreen, plan: str, name: str) -> None:
        super().__init__(owner, name)
        self._plan = plan
        self._only_overdue = False

    def compose_panes(self) -> ComposeResult:
        """Yield the list, and the pane below it."""
        yield LineList(COLUMNS, title="Evaluation", empty=_EMPTY, markable=False)
        yield DetailView(classes="below")

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what needs a measure under the cursor."""
        if sentence := super().why_not(action, parameters):
            return sentence
        if action == "reading" and self._measure() is None:
            return "Put the cursor on an outcome measure first."
        if action == "follow" and not self._action():
            return "Put the cursor on an outcome measure or a quick win first."
        return ""

    async def read_again(self) -> None:
        """Show how the measures stand now."""
        ask, today, style = self._owner.ask, self._owner.app.today, self._owner.date_style
        measures = await ask(evaluation, today, self._plan)
        outcomes = await ask(first_outcomes, today, self._plan)
        wins = await ask(quick_wins, today, self._plan)
        items = evaluation_items(measures, outcomes, wins, today, only_overdue=self._only_overdue)
        reader = Reader[EvaluationItem, RowView](
            key=lambda item: item.key,
            view=lambda item, fold: evaluation_view(item, fold, today, style),
            text=lambda item: item.words,
            depth=lambda item: item.depth,
        )
        self.listed.set_empty(_NONE_OVERDUE if self._only_overdue else _EMPTY)
        self.show_items(items, reader)
        late = sum(row.overdue(today) for row in measures)
        self.listed.set_title(_title(len(measures), late, only_overdue=self._only_overdue))
        self._show_in_full()

    def opened(self) -> None:
        """Show all readings of a measure; go to a quick win; open or close what stands below a heading."""
        item, rows = self.current(), self.listed.rows
        if item is not None and item.depth == 0 and isinstance(rows, ItemRows) and not rows.wanted:
            self.listed.set_rows(rows.folded(item.key, closed=item.key not in rows.closed))
        elif item is not None and item.win is not None:
            self.action_follow()
        else:
            self._show_readings()

    def action_follow(self) -> None:
        """Leave, and say to which action to go."""
        if action := self._action():
            self.dismiss(action)

    @flow
    async def action_reading(self) -> None:
        """Write down a reading of the measure under the cursor."""
        if (row := self._measure()) is not None:
            await write_reading(self._owner, row)
            await self.read_again()

    @flow
    async def action_overdue(self) -> None:
        """Show only measures whose data is overdue, or everything again."""
        self._only_overdue = not self._only_overdue
        await self.read_again()

    @flow
    async def action_export(self) -> None:
        """Write the evaluation, to print or as a spreadsheet."""
        from tui_plan.exchange.progress_papers import EVALUATION_PAPERS
        from tui_plan.screens.export import hand_out

        await hand_out(self._owner, self._plan, self._heading, EVALUATION_PAPERS)

    def action_leave(self) -> None:
        """Show everything again before going back."""
        if self._only_overdue:
            self.action_overdue()
        else:
            super().action_leave()

    def copied_text(self) -> tuple[str, str]:
        """Return the line under the cursor."""
        item = self.current()
        return (item.title, f"Copied: {item.title}") if item is not None else ("", "")

    @flow
    async def _show_readings(self) -> None:
        if (row := self._measure()) is not None:
            heading = f"{row.action_ref} {row.action_title}"
            await self.app.push_screen_wait(MeasuresDialog(self._owner, row.action, heading, row.uid))
            await self.read_again()

    @on(LineList.Highlighted)
    def _show_in_full(self) -> None:
        item, pane = self.current(), self.query_one(DetailView)
        pane.display = item is not None
        self.refresh_bindings()
        if item is not None:
            blocks = evaluation_blocks(item, self._owner.app.today, self._owner.date_style)
            pane.show(item.key, _noun(item), blocks)

    def _action(self) -> str:
        """Return the action (uid) that is measured, or the quick win, under the cursor; nothing on a heading."""
        item = self.current() if self.is_mounted else None
        if item is None:
            return ""
        return item.measure.action if item.measure is not None else item.win.action.uid if item.win is not None else ""

    def _measure(self) -> MeasureRow | None:
        item = self.current() if self.is_mounted else None
        return item.measure if item is not None else None


def _noun(item: EvaluationItem) -> str:
    if item.measure is not None:
        return "Outcome measure"
    return "Quick win" if item.win is not None else "Development area" if item.first is not None else "Quick wins"


def _title(many: int, late: int, *, only_overdue: bool) -> str:
    if not many:
        return "Nothing measured"
    words = f"{many} outcome measure{'' if many == 1 else 's'}"
    words += f", data of {late} overdue" if late else ", no data overdue"
    return f"{words} · only what is overdue" if only_overdue else words

"""The outcome measures of one action with their readings: added, edited, removed; a reading is written on one line."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from tui_plan.insight.action_parts import ReadingLine
from tui_plan.insight.details import record_values
from tui_plan.insight.evaluation import MeasureRow, measures_of
from tui_plan.keys import bind
from tui_plan.operations.parts import (
    MeasureValues,
    ReadingValues,
    add_measure,
    add_reading,
    edit_measure,
    edit_reading,
    remove_part,
)
from tui_plan.screens.achieving import tell_new, waiting
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_parts import measure_form, reading_form, reading_line_form
from tui_plan.screens.measure_rows import COLUMNS, measure_blocks, measure_cells, reading_blocks, reading_cells
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.widgets.detail import Block
from tui_plan.widgets.lines import Piece
from tui_plan.widgets.rows import Fold, Reader, RowView


@dataclass(frozen=True, slots=True)
class MeasureItem:
    """One line: a measure, or one of its readings."""

    measure: MeasureRow
    reading: ReadingLine | None = None

    @property
    def key(self) -> str:
        """The uid of what the line is about."""
        return (self.reading or self.measure).uid


class MeasuresDialog(DetailedDialog[MeasureItem]):
    """A modal list of an action's measures, or of one of them, each with its readings below it, the latest first."""

    NAME = "Outcomes"
    TITLE = "Outcomes"
    EMPTY = "How you will know that it worked. Press a to add the first measure, then R for a reading."
    HELP = (
        "What is measured, from which baseline to which target, and what was read. R writes a reading down on one "
        "line: its day, its value, a remark. Way: how much of the way from baseline to target is done."
    )
    COLUMNS = COLUMNS
    CHANGING = DetailedDialog.CHANGING | {"reading"}
    BINDINGS: ClassVar[list[BindingType]] = [bind("measure.reading", "reading", show=True)]

    def __init__(self, owner: ChangingScreen, action: str, heading: str, measure: str = "") -> None:
        """``action`` and ``measure`` are uids; with a measure, that one alone is shown, and none is added."""
        super().__init__(owner, action, heading)
        self._measure = measure

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a measure, and adding where one alone is shown."""
        if (action == "reading" and not self._items) or (action == "add" and self._measure):
            return False
        return super().check_action(action, parameters)

    async def read_again(self) -> None:
        """Show the measures and readings as they are now."""
        rows = await self._owner.ask(measures_of, self._about)
        items = [item for row in rows if self._measure in {"", row.uid} for item in _items(row)]
        today, style = self._owner.app.today, self._owner.date_style
        reader = Reader[MeasureItem, RowView](
            key=lambda item: item.key,
            view=lambda item, fold: _view(item, fold, today, style),
            depth=lambda item: item.reading is not None,
        )
        self.show_items(items, reader)

    def in_full(self, item: MeasureItem) -> tuple[str, list[Block]]:
        """Return all of a measure, or of a reading."""
        if item.reading is not None:
            return "Reading", reading_blocks(item.measure, item.reading, self._owner.date_style)
        return "Outcome measure", measure_blocks(item.measure, self._owner.app.today, self._owner.date_style)

    async def add_item(self) -> None:
        """Ask for a new measure and keep it."""
        await self._ask_measure("", {})

    async def edit_item(self, item: MeasureItem) -> None:
        """Ask for new values and keep them."""
        if item.reading is not None:
            await self._ask_reading(item.measure, item.reading.uid)
        else:
            await self._ask_measure(item.key, await self._owner.ask(record_values, "outcome_measure", item.key))

    async def remove_item(self, item: MeasureItem) -> None:
        """Remove a measure or a reading, after asking."""
        noun = "reading" if item.reading is not None else "outcome_measure"
        what = f"the reading of {item.reading.taken_on}" if item.reading is not None else f"“{item.measure.statement}”"
        if await self.sure(f"Remove {what}?"):
            await self._owner.run_change(remove_part, self._owner.author(), noun, item.key)

    @flow
    async def action_reading(self) -> None:
        """Write down a reading of the measure under the cursor."""
        if (item := self.current()) is not None:
            await write_reading(self._owner, item.measure)
            await self.read_again()

    async def _ask_measure(self, uid: str, values: dict[str, Any]) -> None:
        owner, author = self._owner, self._owner.author()
        version = int(values.get("row_version", 0))

        async def submit(typed: MeasureValues) -> None:
            if uid:
                await owner.change_merging(edit_measure, author, uid, version_seen=version, **typed)
            else:
                self._added = await owner.ask(add_measure, author, self._about, **typed)

        spec = measure_form(values, await self.parties(), owner.understand)
        await owner.ask_kept(spec, submit, about=f"measures:{uid or self._about}", version=version)

    async def _ask_reading(self, row: MeasureRow, uid: str) -> None:
        owner = self._owner
        values = await owner.ask(record_values, "reading", uid)
        version = int(values["row_version"])

        async def submit(typed: ReadingValues) -> None:
            await owner.change_merging(edit_reading, owner.author(), uid, version_seen=version, **typed)

        spec = reading_form(values, row.statement, row.unit, owner.app.today, owner.understand)
        await owner.ask_kept(spec, submit, about=f"reading:{uid}", version=version)


async def write_reading(owner: ChangingScreen, row: MeasureRow) -> None:
    """Ask for a reading of a measure on one line, and keep it; say so where it shows the first outcome of an area."""
    before = await waiting(owner, row.plan)

    async def submit(typed: ReadingValues) -> None:
        await owner.ask(add_reading, owner.author(), row.uid, **typed)

    spec = reading_line_form(row.statement, row.unit, owner.app.today, owner.understand)
    if await owner.ask_kept(spec, submit, about=f"reading-of:{row.uid}") is not None:
        await tell_new(owner, row.plan, before)


def _items(row: MeasureRow) -> list[MeasureItem]:
    return [MeasureItem(row), *(MeasureItem(row, reading) for reading in reversed(row.readings))]


def _view(item: MeasureItem, fold: Fold, today: date, style: str) -> RowView:
    if item.reading is not None:
        return RowView(reading_cells(item.reading, style), indent=1, fold=Fold.LEAF)
    return RowView(measure_cells(item.measure, today, style, Piece(item.measure.statement)), fold=fold)

"""The history of a record, of a plan or of everything: who changed what, when, on whose word."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui_plan.insight.history import HistoryLine, history
from tui_plan.keys import bind
from tui_plan.operations.undoing import undo
from tui_plan.resources import style_file
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.confirm import Confirm
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, DetailView, Gap, Item, Labelled, Paragraph
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView
from tui_plan.widgets.text_line import TextLine

PAGE = 200
_COLUMNS = (
    Column("When", width=16),
    Column("What", least=30),
    Column("On whose word", width=22, drop=1),
    Column("Typed by", width=10, drop=2),
)


class HistoryScreen(ModalScreen[None]):
    """Changes, the newest first; the one under the cursor can be undone by its number."""

    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("history.undo", "undo_this", show=True),
        bind("history.more", "more"),
        bind("help.close", "leave", show=True),
    ]

    def __init__(
        self, owner: ChangingScreen, title: str, *, subject: str | None = None, plan: str | None = None
    ) -> None:
        super().__init__(classes="dialog")
        self._owner = owner
        self._title = title
        self._subject = subject
        self._plan = plan
        self._lines: list[HistoryLine] = []

    def compose(self) -> ComposeResult:
        """Yield the list, and under it what the change under the cursor did."""
        with Vertical(classes="dialog-box -list -tall"):
            yield TextLine(Piece(self._title, Role.DIM))
            yield LineList(_COLUMNS, title="History", empty="Nothing has been changed yet.", markable=False)
            yield DetailView(classes="below")
            yield KeyLine()

    async def on_mount(self) -> None:
        """Show the newest changes."""
        self._lines = await self._read(None)
        self._show()
        self.query_one(LineList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim undo for who may only read."""
        if action == "undo_this" and not self._owner.app.writable:
            return None
        return super().check_action(action, parameters)

    @on(LineList.Highlighted)
    async def _highlighted(self) -> None:
        if (line := self._current()) is not None:
            self.query_one(DetailView).show(str(line.number), f"Change {line.number}", change_blocks(line))
            if line is self._lines[-1] and len(self._lines) % PAGE == 0:
                await self.action_more()

    async def action_more(self) -> None:
        """Read older changes."""
        if self._lines:
            self._lines += await self._read(self._lines[-1].number)
            self._show()

    @work
    async def action_undo_this(self) -> None:
        """Turn back the change under the cursor, after asking."""
        line = self._current()
        if line is None:
            return
        sure = await self._owner.app.push_screen_wait(
            Confirm(f"Undo change {line.number}?", f"{line.summary}. It is refused if somebody has moved on since.")
        )
        if sure and await self._owner.run_change(undo, self._owner.author(), line.number) is not None:
            self._lines = await self._read(None)
            self._show()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    async def _read(self, before: int | None) -> list[HistoryLine]:
        return await self._owner.ask(history, self._subject, self._plan, limit=PAGE, before=before)

    def _current(self) -> HistoryLine | None:
        view = self.query_one(LineList)
        rows = view.rows
        return rows.item_of(view.cursor_key) if isinstance(rows, ItemRows) and view.cursor_key else None

    def _show(self) -> None:
        reader = Reader[HistoryLine, RowView](key=lambda line: str(line.number), view=lambda line, _: _view(line))
        rows = ItemRows[HistoryLine, RowView](self._lines, reader)
        self.query_one(LineList).set_rows(rows)


def change_blocks(line: HistoryLine) -> list[Block]:
    """Return a change in full: who, when, and each field before and after."""
    blocks: list[Block] = [Paragraph(line.summary, Role.STRONG)]
    word = f"{line.said_by}, by {line.channel}" if line.said_by and line.channel else line.said_by
    blocks += [Labelled("Typed by", line.typed_by), Labelled("On the word of", word or "nobody: their own")]
    blocks += [Gap()] if line.fields else []
    for field in line.fields:
        change = (
            f"{field.before} → {field.after}"
            if field.before and field.after
            else (field.after or f"{field.before} → nothing")
        )
        blocks.append(Item(f"{field.what} {field.field}: {change}"))
    return [*blocks, *([Paragraph(f"… and {line.more} more fields", Role.DIM)] if line.more else [])]


def _view(line: HistoryLine) -> RowView:
    word = f"{line.said_by} · {line.channel}" if line.said_by and line.channel else line.said_by
    what = Piece(line.summary, Role.DIM if line.undoes is not None else Role.PLAIN)
    return RowView((f"{line.at:%Y-%m-%d %H:%M}", what, word, Piece(line.typed_by, Role.DIM)))

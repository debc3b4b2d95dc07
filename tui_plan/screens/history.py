"""The history of a record, of a plan or of everything: who changed what, when, on whose word."""

from datetime import UTC
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.history import HistoryLine, history
from tui_plan.keys import bind
from tui_plan.model.vocabulary import Channel
from tui_plan.operations.undoing import undo
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import ListDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, DetailView, Gap, Item, Labelled, Paragraph
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView

PAGE = 200
_COLUMNS = (
    Column("When", width=16),
    Column("What", least=30),
    Column("On whose word", width=22, drop=1),
    Column("Typed by", width=10, drop=2),
)


class HistoryScreen(ListDialog[HistoryLine]):
    """Changes, the newest first; the one under the cursor can be undone by its number."""

    NAME = "History"
    TALL = True
    HELP = "Every change, the newest first: who typed it, and on whose word. u turns back the one under the cursor."
    CHANGING = frozenset({"undo_this"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("history.undo", "undo_this", show=True),
        bind("history.more", "more"),
        bind("screen.next_pane", "other_pane", show=True),
    ]

    def __init__(
        self, owner: ChangingScreen, title: str, *, subject: str | None = None, plan: str | None = None
    ) -> None:
        super().__init__(owner, title)
        self._subject = subject
        self._plan = plan
        self._lines: list[HistoryLine] = []

    def compose_list(self) -> ComposeResult:
        """Yield the list, and under it what the change under the cursor did."""
        yield LineList(_COLUMNS, title="History", empty="Nothing has been changed yet.", markable=False)
        yield DetailView(classes="below")

    async def read_again(self) -> None:
        """Show the newest changes."""
        self._lines = await self._read(None)
        self._show()

    @on(LineList.Highlighted)
    async def _highlighted(self) -> None:
        if (line := self.current()) is not None:
            self.query_one(DetailView).show(str(line.number), f"Change {line.number}", change_blocks(line))
            if line is self._lines[-1] and len(self._lines) % PAGE == 0:
                await self.action_more()

    async def action_more(self) -> None:
        """Read older changes."""
        if self._lines:
            self._lines += await self._read(self._lines[-1].number)
            self._show()

    def action_other_pane(self) -> None:
        """Go to what the change did, to scroll there, or back to the list."""
        detail, changes = self.query_one(DetailView), self.query_one(LineList)
        (changes if detail.has_focus else detail).focus()

    @flow
    async def action_undo_this(self) -> None:
        """Turn back the change under the cursor, after asking."""
        if (line := self.current()) is None:
            return
        detail = f"{line.summary}. It is refused if somebody has moved on since."
        if await self._owner.app.push_screen_wait(Confirm(f"Undo change {line.number}?", detail)):
            await self._owner.run_change(undo, self._owner.author(), line.number)
            await self.read_again()

    async def _read(self, before: int | None) -> list[HistoryLine]:
        return await self._owner.ask(history, self._subject, self._plan, limit=PAGE, before=before)

    def _show(self) -> None:
        reader = Reader[HistoryLine, RowView](key=lambda line: str(line.number), view=lambda line, _: _view(line))
        rows = ItemRows[HistoryLine, RowView](self._lines, reader)
        self.query_one(LineList).set_rows(rows)


def change_blocks(line: HistoryLine) -> list[Block]:
    """Return a change in full: who, when, and each field before and after."""
    blocks: list[Block] = [Paragraph(line.summary, Role.STRONG)]
    blocks += [Labelled("Typed by", f"{line.typed_by}, {_moment(line)}")]
    blocks += [Labelled("On the word of", _word(line) or "nobody else: what they knew themselves")]
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
    what = Piece(line.summary, Role.DIM if line.undoes is not None else Role.PLAIN)
    return RowView((_moment(line), what, _word(line), Piece(line.typed_by, Role.DIM)))


def _word(line: HistoryLine) -> str:
    """Return on whose word it was, and how that came; of an import that it was one."""
    if not line.said_by:
        return line.channel if line.channel == Channel.IMPORT else ""
    return f"{line.said_by} · {line.channel}" if line.channel else line.said_by


def _moment(line: HistoryLine) -> str:
    """Return when it was, by the coordinator's own clock; the ledger counts in UTC."""
    return f"{line.at.replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"

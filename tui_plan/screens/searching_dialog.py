"""What the longer modal lists share: a filter typed into the last line, marks, and copying. Esc drops them first."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.keys import bind
from tui_plan.screens.list_dialog import ListDialog
from tui_plan.widgets.filter_line import FilterLine
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.rows import ItemRows, Reader, RowView
from tui_plan.widgets.text import shown

T = TypeVar("T")


class SearchingDialog(ListDialog[T]):
    """A modal list that is searched and marked; subclasses give ``compose_panes``, and ``copied_text`` for ``y``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("screen.filter", "filter"),
        bind("program.copy", "copy"),
    ]

    def compose_panes(self) -> ComposeResult:
        """Yield the list first, and what belongs with it."""
        raise NotImplementedError

    def copied_text(self) -> tuple[str, str]:
        """Return what ``y`` copies, and what it says then."""
        return "", ""

    def compose_list(self) -> ComposeResult:
        """Yield the list and the line for the filter."""
        yield from self.compose_panes()
        yield FilterLine()

    @property
    def listed(self) -> LineList:
        """The list."""
        return self.query_one(LineList)

    def show_items(self, items: Sequence[T], reader: Reader[T, RowView], *, key: str | None = None) -> None:
        """Show ``items``, with filter and closed branches as they are; the cursor stays, or goes to ``key``."""
        before = self.listed.rows
        rows = ItemRows[T, RowView](items, reader)
        if isinstance(before, ItemRows):
            rows = ItemRows[T, RowView](items, reader, closed=before.closed, wanted=before.wanted)
        self.listed.set_rows(rows, key=key)

    def targets(self) -> list[T]:
        """Return what a change is for: the marked items in their order, else the one under the cursor."""
        rows = self.listed.rows
        if not isinstance(rows, ItemRows):
            return []
        wanted = set(self.listed.targets)
        return [item for item in rows.items if rows.reader.key(item) in wanted]

    async def action_filter(self) -> None:
        """Open the line for the filter."""
        await self.query_one(FilterLine).open()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Show only what holds the words, as they are typed."""
        event.stop()
        self.listed.search(event.wanted)

    def action_leave(self) -> None:
        """Drop the filter, else the marks, else go back."""
        if not self.query_one(FilterLine).close() and not self.listed.clear_marks():
            super().action_leave()

    def action_copy(self) -> None:
        """Copy to the clipboard of the terminal, also over SSH."""
        text, sentence = self.copied_text()
        if text:
            self.app.copy_to_clipboard(shown(text, lines=True))
        if sentence:
            self.say(sentence)

"""The line in which a filter is typed. It stays, closed or open, just above the keys, and tells every change."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui_plan.keys import bind
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.text_line import TextLine


class FilterLine(Horizontal):
    """Hidden until opened; Enter keeps the filter and goes back to the list, Esc drops it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("filter.keep", "keep", show=True),
        bind("filter.drop", "drop", show=True),
    ]

    @dataclass
    class Changed(Message):
        """The filter is now ``wanted``; nothing when it was dropped."""

        wanted: str

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._came_from: Widget | None = None

    def compose(self) -> ComposeResult:
        """Yield the sign and the input."""
        yield TextLine(Piece(" /", Role.ACCENT))
        yield Input(select_on_focus=False)

    def on_mount(self) -> None:
        """Keep the cursor from blinking."""
        self.query_one(Input).cursor_blink = False

    def open(self) -> None:
        """Show the line and put the focus there."""
        self._came_from = self.screen.focused
        self.display = True
        self.query_one(Input).focus()

    def close(self) -> bool:
        """Drop the filter; return whether there was one."""
        if not self.display:
            return False
        self.query_one(Input).value = ""
        self.action_keep()
        return True

    def action_keep(self) -> None:
        """Go back to the list; an empty filter is dropped."""
        self.display = bool(self.query_one(Input).value)
        if self._came_from is not None and self._came_from.is_attached:
            self._came_from.focus()

    def action_drop(self) -> None:
        """Drop the filter."""
        self.close()

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

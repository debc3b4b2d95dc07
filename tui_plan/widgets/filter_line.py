"""The line in which a filter is typed. It stays, closed or open, just above the keys, and tells every change."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from tui_plan.keys import bind
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.text_line import TextLine

if TYPE_CHECKING:
    from textual.widgets import Input


class FilterLine(Horizontal):
    """Hidden until opened; Enter keeps the filter and goes back to the list, Esc drops it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("filter.keep", "keep", show=True),
        bind("filter.drop", "drop", show=True),
    ]

    class Changed(Message):
        """The filter is now ``wanted``; nothing when it was dropped."""

        def __init__(self, wanted: str) -> None:
            super().__init__()
            self.wanted = wanted

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._wanted = ""
        self._came_from: Widget | None = None

    def compose(self) -> ComposeResult:
        """Yield the sign; the input comes when it is first needed, since loading it costs a twentieth of the start."""
        yield TextLine(Piece(" /", Role.ACCENT))

    async def open(self) -> None:
        """Show the line and put the focus there."""
        from textual.widgets import Input

        self._came_from = self.screen.focused
        self.display = True
        if not self.query(Input):
            line = Input(select_on_focus=False)
            line.cursor_blink = False
            await self.mount(line)
        self.query_one(Input).focus()

    def close(self) -> bool:
        """Drop the filter; return whether there was one."""
        if not self.display:
            return False
        from textual.widgets import Input

        self.query_one(Input).value = ""
        self._wanted = ""
        self.action_keep()
        return True

    def action_keep(self) -> None:
        """Go back to the list; an empty filter is dropped."""
        self.display = bool(self._wanted)
        if self._came_from is not None and self._came_from.is_attached:
            self._came_from.focus()

    def action_drop(self) -> None:
        """Drop the filter."""
        self.close()

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Tell every change."""
        event.stop()
        self._wanted = event.value
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: "Input.Submitted") -> None:
        """Keep the filter."""
        event.stop()
        self.action_keep()

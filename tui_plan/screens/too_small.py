"""What stands there while the terminal is smaller than 80 columns by 24 rows."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from tui_plan.keys import bind
from tui_plan.widgets.lines import Piece
from tui_plan.widgets.text_line import TextLine

LEAST_COLUMNS, LEAST_ROWS = 80, 24


class TooSmall(ModalScreen[None]):
    """Says what the program needs; it goes by itself when the terminal is large enough."""

    CSS = "TooSmall TextLine { width: 100%; height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [bind("program.quit", "app.quit")]

    def compose(self) -> ComposeResult:
        """Yield the sentence."""
        sentence = (
            f"tui-plan needs {LEAST_COLUMNS} columns and {LEAST_ROWS} rows. Make the terminal larger, or press q."
        )
        yield TextLine(Piece(sentence))
